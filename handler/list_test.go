package handler_test

import (
	"cmp"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"yuandu/handler"
	"yuandu/model"
)

// list asks for a part of the list of policies.
func (h *house) list(t testing.TB, query string) handler.PolicyPage {
	t.Helper()
	return read[handler.PolicyPage](t, h, "GET /api/v1/policies?"+query)
}

func titles(items []handler.PolicyItem) []string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = item.Title
	}
	return list
}

func TestTheListSaysWhatAResidentChoosesBy(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		page := h.list(t, "q=鸢民发〔2024〕3号")
		got := page.Items[0]
		want := handler.PolicyItem{
			ID: h.ids["鸢民发〔2024〕3号"], Title: "鸢都市民政局 鸢都市医疗保障局关于推进医养结合的通知", DocNumber: "鸢民发〔2024〕3号",
			Departments: []handler.Ref{{ID: h.ids["鸢都市民政局"], Name: "鸢都市民政局"}, {ID: h.ids["鸢都市医疗保障局"],
				Name: "鸢都市医疗保障局"}},
			Category: "通知", PublishedDate: "2024-01-12", Validity: "in_force",
			Topics:  []handler.Ref{{ID: "medical", Name: "就医"}, {ID: "elderly", Name: "养老"}},
			Snippet: got.Snippet, Highlights: handler.Highlights{Title: [][2]int{}, Snippet: got.Highlights.Snippet},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nis not\n%+v", got, want)
		}
		if !strings.HasPrefix(got.Snippet, "各县市区：") {
			t.Errorf("the passage is %q", got.Snippet)
		}
		for _, c := range []struct{ number, validity string }{
			{"鸢政发〔2023〕1号", "amended"}, {"鸢政办发〔2019〕12号", "repealed"}, {"鸢住建发〔2026〕9号", "pending"},
			{"鸢人社发〔2020〕22号", "expired"}, {"鸢人社发〔2024〕30号", "in_force"}, {"鸢教发〔2012〕2号", "repealed"}, {"鸢教发〔2013〕6号",
				"expired"},
		} {
			if got := h.list(t, "q="+c.number).Items[0]; got.DocNumber != c.number || got.Validity != c.validity {
				t.Errorf("%s is %s %s, not %s", c.number, got.DocNumber, got.Validity, c.validity)
			}
		}
		if !h.list(t, "q=鸢都市养老服务管理办法").Items[0].HasInterpretation || h.list(t, "q=招聘会").Items[0].HasInterpretation {
			t.Error("what has an interpretation is said wrongly")
		}
		bare := h.list(t, "q=历史建筑名录").Items[0]
		if bare.PublishedDate != "" || bare.DocNumber != "" || bare.Departments == nil || len(bare.Departments) != 0 ||
			bare.Topics == nil {
			t.Errorf("a document of which little is known: %+v", bare)
		}
	})
}

// marked are the words that ranges, counted as browsers count, mark in a text.
func marked(t testing.TB, text string, ranges [][2]int) []string {
	t.Helper()
	units := utf16.Encode([]rune(text))
	words, end := []string{}, 0
	for _, r := range ranges {
		if r[0] < end || r[1] < 1 || r[0]+r[1] > len(units) {
			t.Fatalf("range %v is not in %q behind %d", r, text, end)
		}
		end = r[0] + r[1]
		words = append(words, string(utf16.Decode(units[r[0]:end])))
	}
	return words
}

func TestFoundWordsAreMarkedWhereBrowsersCountThem(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			q, title       string
			inTitle, inAll string // the words marked in the title, and one of the passage
		}{
			{"养老服务", "鸢都市养老服务管理办法", "养老服务", ""},
			{"消费券", "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版", "消费券", "消费券"},
			{"𠮷版", "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版", "𠮷版", ""},
			{"養老保險", "鸢都市城乡居民基本养老保险实施办法", "基本养老保险", ""}, // which means the same
			{"养老院", "關於養老院消防設施的規定", "養老院", "養老院"},
			{"wuye", "鸢都市物业服务收费管理细则", "物业", "物业"},
			{"灵活就业 社会保险", "灵活就业人员社会保险缴费指引", "灵活就业 社会保险", ""},
		} {
			i := slices.IndexFunc(h.list(t, "q="+c.q).Items,
				func(i handler.PolicyItem) bool { return i.Title == c.title })
			if i < 0 {
				t.Errorf("%s does not find %s", c.q, c.title)
				continue
			}
			item := h.list(t, "q="+c.q).Items[i]
			if got := strings.Join(marked(t, item.Title, item.Highlights.Title), " "); got != c.inTitle {
				t.Errorf("%s marks %q in %s", c.q, got, c.title)
			}
			if words := marked(t, item.Snippet, item.Highlights.Snippet); c.inAll != "" &&
				!slices.Contains(words, c.inAll) {
				t.Errorf("%s marks %q in the passage %q", c.q, words, item.Snippet)
			}
		}
		for _, item := range h.list(t, "limit=100").Items {
			if len(item.Highlights.Title)+len(item.Highlights.Snippet) > 0 {
				t.Errorf("nothing was asked, yet %v is marked in %s", item.Highlights, item.Title)
			}
		}
	})
}

func TestFiltersNarrowTheList(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		all := h.list(t, "limit=100")
		for _, c := range []struct {
			name, query string
			want        func(handler.PolicyItem) bool
		}{
			{"an office with its own documents alone", "department=«鸢都市就业服务中心»", h.from("鸢都市就业服务中心")},
			{"an office with those below it", "department=«鸢都市人力资源和社会保障局»",
				h.from("鸢都市人力资源和社会保障局", "鸢都市社会保险事业中心", "鸢都市就业服务中心")},
			{"two offices are either of them", "department=«鸢都市教育局»&department=«鸢都市住房公积金管理中心»",
				h.from("鸢都市教育局", "鸢都市住房公积金管理中心")},
			{"a topic", "topic=housing", about("housing")},
			{"two topics are either of them", "topic=housing&topic=elderly", about("housing", "elderly")},
			{"a category", "category=办法", func(i handler.PolicyItem) bool { return i.Category == "办法" }},
			{"a year", "year=2025", in("2025")},
			{"two years", "year=2025&year=2015", in("2025", "2015")},
			{"a validity", "validity=repealed", func(i handler.PolicyItem) bool { return i.Validity == "repealed" }},
			{"what holds", "validity=in_force&validity=amended",
				func(i handler.PolicyItem) bool { return i.Validity == "in_force" || i.Validity == "amended" }},
			{"all together", "department=«鸢都市人民政府»&topic=elderly&category=办法&year=2023&validity=amended",
				func(i handler.PolicyItem) bool { return i.DocNumber == "鸢政发〔2023〕1号" }},
			{"what nothing has", "year=1999", func(handler.PolicyItem) bool { return false }},
			{"an office that is not there", "department=nowhere", func(handler.PolicyItem) bool { return false }},
			{"filters left empty, as forms send them",
				"q=&department=&topic=&category=&year=&validity=&sort=&limit=100",
				func(handler.PolicyItem) bool { return true }},
		} {
			var want []string
			for _, item := range all.Items {
				if c.want(item) {
					want = append(want, item.Title)
				}
			}
			page := h.list(t, c.query+"&limit=100")
			got := titles(page.Items)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || page.Total != len(want) {
				t.Errorf("%s: %d %q\nnot %q", c.name, page.Total, got, want)
			}
		}
	})
}

func (h *house) from(offices ...string) func(handler.PolicyItem) bool {
	return func(i handler.PolicyItem) bool {
		return slices.ContainsFunc(i.Departments, func(d handler.Ref) bool { return slices.Contains(offices, d.Name) })
	}
}

func about(topics ...string) func(handler.PolicyItem) bool {
	return func(i handler.PolicyItem) bool {
		return slices.ContainsFunc(i.Topics, func(t handler.Ref) bool { return slices.Contains(topics, t.ID) })
	}
}

func in(years ...string) func(handler.PolicyItem) bool {
	return func(i handler.PolicyItem) bool {
		return len(i.PublishedDate) > 4 && slices.Contains(years, i.PublishedDate[:4])
	}
}

func TestTheListIsInTheOrderAskedFor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		newest, oldest := h.list(t, "sort=newest&limit=100").Items, h.list(t, "sort=oldest&limit=100").Items
		day := func(a, b handler.PolicyItem) int { return cmp.Compare(a.PublishedDate, b.PublishedDate) }
		dated := func(items []handler.PolicyItem) []handler.PolicyItem {
			return slices.DeleteFunc(slices.Clone(items),
				func(i handler.PolicyItem) bool { return i.PublishedDate == "" })
		}
		if !slices.IsSortedFunc(dated(oldest), day) {
			t.Error("oldest first is not")
		}
		if !slices.IsSortedFunc(dated(newest), func(a, b handler.PolicyItem) int { return day(b, a) }) {
			t.Error("newest first is not")
		}
		if last := newest[len(newest)-1]; last.PublishedDate != "" {
			t.Errorf("what has no day comes before %s", last.Title)
		}
		if first := h.list(t, "q=养老服务补贴办法").Items[0]; first.Title != "鸢都市居家养老服务补贴办法" &&
			first.Title != "鸢都市居家和社区养老服务补贴办法" {
			t.Errorf("first comes %s", first.Title)
		}
		if browse, newest := h.list(t, ""), h.list(t, "sort=newest"); !slices.Equal(titles(browse.Items),
			titles(newest.Items)) {
			t.Error("without a question the newest are not first")
		}
	})
}

func TestPagesHaveNeitherHolesNorDoubles(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, query := range []string{"", "sort=oldest", "q=养老", "q=办法", "q=鸢都市&sort=newest",
			"topic=elderly&sort=oldest", "q=yanglao"} {
			whole := h.list(t, query+"&limit=100")
			var turned []string
			for offset := 0; offset < whole.Total; offset += 7 {
				page := h.list(t, fmt.Sprintf("%s&limit=7&offset=%d", query, offset))
				if page.Total != whole.Total || len(page.Items) != min(7, whole.Total-offset) {
					t.Errorf("%s from %d: %d of %d", query, offset, len(page.Items), page.Total)
				}
				turned = append(turned, titles(page.Items)...)
			}
			if !slices.Equal(turned, titles(whole.Items)) {
				t.Errorf("%q: turning pages shows\n%q, not\n%q", query, turned, titles(whole.Items))
			}
			if len(whole.Items) != whole.Total {
				t.Errorf("%q: %d items of %d", query, len(whole.Items), whole.Total)
			}
			if past := h.list(t, query+"&offset=900&limit=100"); past.Total != whole.Total || len(past.Items) != 0 {
				t.Errorf("%q: past the end: %d of %d", query, len(past.Items), past.Total)
			}
		}
	})
}

// count is a facet's value with its count, as it can be compared.
func counts(facets []handler.Facet) map[string]int {
	m := map[string]int{}
	for _, f := range facets {
		m[f.Value] = f.Count
	}
	return m
}

// Every count of every combination of question and filters is held against
// counting by hand over all that the question finds.
func TestCountsAreRightUnderEveryCombination(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		tree := h.tree(t)
		for _, c := range combinations(h, 100) {
			all := h.list(t, url.Values{"q": {c.q}, "limit": {"100"}}.Encode())
			page := h.list(t, c.encode())
			hand := tree.count(all.Items, c.filters)
			if page.Total != hand.total {
				t.Errorf("%v: total %d, by hand %d", c, page.Total, hand.total)
			}
			for facet, want := range hand.facets {
				got, ok := page.Facets[facet]
				if !ok || !reflect.DeepEqual(counts(got), want) {
					t.Errorf("%v: %s is counted %v, by hand %v", c, facet, counts(got), want)
				}
			}
			if len(page.Facets) != len(hand.facets) {
				t.Errorf("%v: counts %d filters", c, len(page.Facets))
			}
		}
	})
}

func TestCountedValuesHaveNamesAndAnOrder(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		facets := h.list(t, "").Facets
		for _, c := range []struct{ facet, value, label string }{
			{"department", h.ids["鸢都市教育局"], "鸢都市教育局"}, {"topic", "elderly", "养老"}, {"category", "办法", "办法"},
			{"year", "2025", "2025年"}, {"validity", "amended", "已被修改"},
		} {
			if !slices.ContainsFunc(facets[c.facet], func(f handler.Facet) bool {
				return f.Value == c.value &&
					f.Label == c.label
			}) {
				t.Errorf("%s: no %s among %v", c.facet, c.label, facets[c.facet])
			}
		}
		for name, list := range facets {
			order := func(a, b handler.Facet) int { return cmp.Compare(b.Count, a.Count) }
			if name == "year" {
				order = func(a, b handler.Facet) int { return cmp.Compare(b.Value, a.Value) }
			}
			if !slices.IsSortedFunc(list, order) {
				t.Errorf("%s: %v", name, list)
			}
			for _, f := range list {
				if f.Value == "" || f.Label == "" || f.Count < 1 {
					t.Errorf("%s: %+v", name, f)
				}
				if n := h.list(t, name+"="+url.QueryEscape(f.Value)).Total; n != f.Count {
					t.Errorf("%s=%s finds %d, counted were %d", name, f.Value, n, f.Count)
				}
			}
		}
		if n := len(facets["validity"]); n != len(model.Validities()) {
			t.Errorf("%d validities in a house that has all", n)
		}
	})
}
