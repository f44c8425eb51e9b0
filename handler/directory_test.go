package handler_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/handler"
	"yuandu/model"
	"yuandu/store"
)

func TestSuggestionsGoOnWithWhatIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for typed, want := range map[string]string{
			"住房公积金": "鸢都市住房公积金提取管理办法", "gongji": "鸢都市住房公积金提取管理办法", "養老": "鸢都市养老服务管理办法",
			"国办发2018": "国务院办公厅关于开展政务服务工作的通知", "券": "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版",
		} {
			items := read[handler.SuggestionPage](t, h, "GET /api/v1/policies/suggest?q="+typed).Items
			i := slices.IndexFunc(items, func(s handler.SuggestionItem) bool { return s.Text == want })
			if i < 0 || items[i].Kind != "policy" || items[i].ID != h.ids[want] || len(items) > 8 {
				t.Errorf("%s: %+v", typed, items)
				continue
			}
			if words := marked(t, want, items[i].Highlights); strings.Contains(want, typed) &&
				!slices.Contains(words, typed) {
				t.Errorf("%s: %q is marked in %s", typed, words, want)
			}
		}
		for _, nothing := range []string{"", "+", "😀", strings.Repeat("养", 300), "xyzzyx"} {
			if a := h.ask(t, "GET /api/v1/policies/suggest?q="+nothing); a.StatusCode != 200 ||
				strings.TrimSpace(a.body) != `{"items":[]}` {
				t.Errorf("%.10q: %d %s", nothing, a.StatusCode, a.body)
			}
		}
	})
}

func TestThereAreEighteenTopicsWithTheirCounts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		items := read[handler.TopicPage](t, h, "GET /api/v1/topics").Items
		if len(items) != 18 || items[0].Name != "教育" || items[17].Name != "公共安全" {
			t.Fatalf("%+v", items)
		}
		for _, topic := range items {
			if n := h.list(t, "topic="+topic.ID).Total; n != topic.Policies || topic.Icon == "" ||
				!isChinese(topic.Explanation) {
				t.Errorf("%+v, and %d are found", topic, n)
			}
		}
	})
}

func TestOfficesStandInATree(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		seen := map[string]bool{"": true}
		items := read[handler.DepartmentPage](t, h, "GET /api/v1/departments").Items
		for _, d := range items {
			if !seen[d.ParentID] {
				t.Errorf("%s stands before the office above it", d.Name)
			}
			seen[d.ID] = true
			if n := h.list(t, "department="+d.ID).Total; n != d.Policies {
				t.Errorf("%s: %d policies, and %d are found", d.Name, d.Policies, n)
			}
			if d.Aliases == nil {
				t.Errorf("%s: aliases are null", d.Name)
			}
		}
		i := slices.IndexFunc(items, func(d handler.DepartmentItem) bool { return d.ShortName == "市人社局" })
		if items[i].Name != "鸢都市人力资源和社会保障局" ||
			!slices.Equal(items[i].Aliases,
				[]string{"人社局"}) || items[i].ParentID != h.ids["鸢都市人民政府"] || items[i].Policies != 8 {
			t.Errorf("%+v", items[i])
		}
	})
}

func TestOneSearchAsksForEveryKind(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		page := read[handler.KindsPage](t, h, "GET /api/v1/search?q=公积金&limit=1")
		if len(page.Kinds) != 8 || page.Kinds[2].Kind != "letter" || page.Kinds[0].Kind != "policy" || page.Kinds[1].Kind != "interpretation" {
			t.Fatalf("%+v", page)
		}
		policies, interpretations := page.Kinds[0], page.Kinds[1]
		if policies.Total != h.list(t, "q=公积金").Total || len(policies.Items) != 1 || policies.Items[0].Validity == "" {
			t.Errorf("policies: %+v", policies)
		}
		found := interpretations.Items[0]
		if interpretations.Total != 2 || len(interpretations.Items) != 1 || !strings.Contains(found.Title, "公积金提取") ||
			found.Validity != "" ||
			!slices.Contains(found.Policies, handler.Ref{ID: h.ids["鸢公积金发〔2022〕3号"], Name: "鸢都市住房公积金提取管理办法"}) {
			t.Errorf("interpretations: %+v", interpretations)
		}
		if words := marked(t, found.Title, found.Highlights.Title); !slices.Contains(words, "公积金") &&
			!slices.Contains(words, "住房公积金") {
			t.Errorf("%q is marked in %s", words, found.Title)
		}
		loosened := read[handler.KindsPage](t, h, "GET /api/v1/search?q=gongjijin")
		for _, k := range loosened.Kinds[:2] {
			if k.Hint == nil || k.Hint.Kind != "loosened" || k.Total == 0 {
				t.Errorf("pinyin among %s: %+v", k.Kind, k)
			}
		}
	})
}

func TestWhatManySearchForIsSuggestedToOthersAndNothingElseIs(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		hot := func() []string { return read[handler.HotWordPage](t, h, "GET /api/v1/search/hot").Items }
		if words := hot(); words == nil || len(words) != 0 {
			t.Errorf("before anybody asked: %q", words)
		}
		asks := map[string][]string{
			"GET /api/v1/policies?q=养老服务":                      {"If-None-Match: *"}, // whoever has the answer already asks all the same
			"GET /api/v1/search?q=公积金提取":                       nil,
			"GET /policies?q=老旧小区":                             nil,
			"GET /api/v1/policies?q=张建国先生":                     nil, // somebody
			"GET /api/v1/policies?q=办法 13812345678":            nil, // somebody's telephone
			"GET /api/v1/policies?q=37070219900101001X养老":      nil,
			"GET /api/v1/policies?q=办法加微信":                     nil,
			"GET /api/v1/policies?q=狗官办法":                      nil,
			"GET /api/v1/policies?q=没有这样的词xq":                  nil, // which found nothing
			"GET /api/v1/policies?q=招聘会&offset=20":             nil, // the same search, turned on
			"GET /api/v1/policies/suggest?q=临时救助":              nil, // while typing
			"GET /api/v1/policies?q=<script>alert(1)</script>": nil,
		}
		for range 5 {
			for ask, with := range asks {
				h.ask(t, ask, with...)
			}
		}
		for range 2 {
			h.ask(t, "GET /api/v1/policies?q=课后服务") // too few to be nobody in particular
		}
		h.flush(t, "养老服务")
		words := hot()
		slices.Sort(words)
		if want := []string{"公积金提取", "养老服务", "老旧小区"}; !slices.Equal(words, slices.Sorted(slices.Values(want))) {
			t.Errorf("%q, not %q", words, want)
		}
		h.tell(t, []story{
			{name: "the home page shows them", ask: "GET /",
				status: 200, says: []string{"大家在搜", "老旧小区"}, hides: []string{"张建国", "138123", "狗官"}},
			{name: "typing goes on with them", ask: "GET /api/v1/policies/suggest?q=养老服",
				status: 200, says: []string{`{"kind":"word","text":"养老服务"`}},
		})
		h.clock.Move(15 * 24 * time.Hour)
		if words := hot(); len(words) != 0 {
			t.Errorf("two weeks later: %q", words)
		}
	})
}

// flush lets the searched words be counted, as a serving process does all day,
// and waits until a word is among them.
func (h *house) flush(t testing.TB, word string) {
	t.Helper()
	running, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		h.search.Run(running)
	}()
	defer func() {
		stop()
		<-ended
	}()
	for patience := time.Now().Add(20 * time.Second); time.Now().Before(patience); {
		words, err := h.store.HotWords(ctx, model.Today(h.clock.Now()), 1, 100)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(words, func(w store.CountedWord) bool { return w.Word == word }) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%s was not counted", word)
}

func TestTheOfficesPageShowsWhoStandsBelowWhom(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		page := h.ask(t, "GET /departments").body
		for _, line := range []string{`<li><a href="/policies?department=«鸢都市人民政府»">`,
			`<li class="depth-1"><a href="/policies?department=«鸢都市住房和城乡建设局»">`,
			`<li class="depth-2"><a href="/policies?department=«鸢都市住房公积金管理中心»">`} {
			if line = h.fill(t, line); !strings.Contains(page, line) {
				t.Errorf("there is no %s", line)
			}
		}
	})
}
