package search_test

import (
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

// archive is a small index as a resident would meet it.
func archive(t *testing.T) search.Finder {
	t.Helper()
	return holding(t, []search.Doc{
		{ID: "01", Title: "鸢都市居民基本养老保险实施办法", NumberKey: "鸢政办发|2021|8", Published: "2021-03-30",
			Body: "年满六十周岁可以领取养老金。退休人员到社区办理。", Facets: map[string][]string{"topic": {"elderly"}}},
		{ID: "02", Title: "鸢都市养老服务管理办法", NumberKey: "鸢政发|2022|11", Published: "2022-11-14", Body: "养老机构应当备案。"},
		{ID: "03", Title: "鸢都市人民政府关于修改《鸢都市养老服务管理办法》的决定", NumberKey: "鸢政发|2025|9", Published: "2025-08-28",
			Body: "将第十条修改为……（鸢政发〔2022〕11号）", Cites: []string{"鸢政发|2022|11"}},
		{ID: "04", Title: "鸢都市居家养老服务办法", Published: "2025-01-01", Days: model.Days{Repealed: "2025-06-01"}, Body: "旧的养老办法。"},
		{ID: "05", Title: "住房公积金提取细则", Published: "2024-01-01", Body: "租房可以提取公积金。社会保险缴费记录不作要求。"},
		{ID: "06", Title: "城市绿化条例", Published: "2020-01-01", Body: "保护绿地，方便老年人休息，不得占用。保险丝也不得私拉。"},
	})
}

// holding is an index that holds policies.
func holding(t *testing.T, docs []search.Doc) search.Finder {
	t.Helper()
	index := openBleve(t, t.TempDir())
	fill(t, index, docs)
	return index
}

// fill builds an index of policies.
func fill(t *testing.T, index search.Index, docs []search.Doc) {
	t.Helper()
	next, err := index.Rebuild(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ops []search.Op
	for _, d := range docs {
		d.Kind, d.Version = model.KindPolicy, 1
		ops = append(ops, search.Op{ID: d.ID, Put: &d})
	}
	if err := next.Apply(ctx, model.KindPolicy, ops); err != nil {
		t.Fatal(err)
	}
	if err := next.Commit(ctx); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, f search.Finder, q search.Question) search.Answer {
	t.Helper()
	q.Kind, q.Today = model.KindPolicy, "2026-11-24"
	if q.Sort == "" {
		q.Sort = search.Relevance
	}
	if q.Limit == 0 {
		q.Limit = 20
	}
	a, err := search.Ask(ctx, f, q, search.NewSynonyms(search.DefaultSynonyms()))
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	return a
}

func order(a search.Answer) string {
	var ids []string
	for _, h := range a.Hits {
		ids = append(ids, h.ID)
	}
	return strings.Join(ids, " ")
}

func TestAsResidentsAsk(t *testing.T) {
	f := archive(t)
	for _, c := range []struct{ says, typed, order, hint, shown string }{
		{"a document number finds its document, then those that cite it", "鸢政发[2022]11号", "02 03", "cited", "鸢政发〔2022〕11号"},
		{"however it is written", "鸢政发２０２２年第11号", "02 03", "cited", "鸢政发〔2022〕11号"},
		{"a number in the middle of a sentence is seen", "请问（鸢政发〔2022〕11号）还有效吗", "02 03", "cited", "鸢政发〔2022〕11号"},
		{"or pasted from a chat, behind what was said there", "看下这个 鸢政发[2022]11号", "02 03", "cited", "鸢政发〔2022〕11号"},
		{"without a blank before it as well", "上面让看鸢政发〔2022〕11号", "02 03", "cited", "鸢政发〔2022〕11号"},
		{"an issuer and a year list what was issued", "鸢政办发2021", "01", "", ""},
		{"the document comes before the one that amends it, and the repealed one last", "养老服务", "02 03 04", "", ""},
		{"letters are read as pinyin", "gongjijin", "05", "pinyin", "公积金"},
		{"and as initials", "gjj", "05", "pinyin", "公积金"},
		{"what sounds alike is understood, and said", "养劳保险", "01", "sound", "养老保险"},
		{"traditional characters are the same characters", "養老保險", "01", "", ""},
		{"a synonym finds what is written otherwise", "社保", "05", "", ""},
		{"a question is answered by the words that carry it", "退休后养老金怎么领取", "01", "", ""},
		{"a word that is known is parted from what is written behind it", "社保租房", "05", "", ""},
		{"nothing is found of nothing", "🎉🎉", "", "", ""},
	} {
		a := ask(t, f, search.Question{Text: c.typed})
		if order(a) != c.order || string(a.Hint.Reason) != c.hint || a.Hint.Shown != c.shown {
			t.Errorf("%s: %q → [%s] hint %q %q, not [%s] %q %q", c.says, c.typed, order(a), a.Hint.Reason, a.Hint.Shown, c.order, c.hint, c.shown)
		}
	}
}

func TestATitleThatSaysItInOtherWordsComesFirst(t *testing.T) {
	const day = "2025-01-01"
	f := holding(t, []search.Doc{
		{ID: "01", Title: "归侨侨眷权益保护办法", Published: day, Body: strings.Repeat("异地就医由医保报销，即基本医疗保险、医疗保障。", 5)},
		{ID: "02", Title: "职工基本医疗保险办法", Published: day, Body: "医保基金支付的费用，参保人不得重复报销。在异地就医的，应当备案。" +
			strings.Repeat("本办法由市医疗保障部门负责解释。", 20)},
	})
	if a := ask(t, f, search.Question{Text: "异地医保怎么报销"}); order(a) != "02 01" {
		t.Errorf("found in the order [%s]", order(a))
	}
}

func TestFiltersNeverLoosenAReading(t *testing.T) {
	a := ask(t, archive(t), search.Question{Text: "公积金", Filters: map[string][]string{"topic": {"elderly"}}, Facets: []string{"topic"}})
	if a.Total != 0 || a.Hint.Reason != "" {
		t.Errorf("found [%s], hint %q", order(a), a.Hint.Reason)
	}
}

func TestWithoutAnEngineTitlesAndNumbersAreStillFound(t *testing.T) {
	scan := search.NewScan(model.KindPolicy, []search.Doc{
		{ID: "01", Title: "鸢都市居民基本养老保险实施办法", NumberKey: "鸢政办发|2021|8", Facets: map[string][]string{"year": {"2021"}}},
		{ID: "02", Title: "住房公积金提取细则", Facets: map[string][]string{"year": {"2024"}}},
	})
	for typed, want := range map[string]string{"养老": "01", "鸢政办发(2021)8号": "01", "gongjijin": "02", "養老": "01", "学校": ""} {
		if a := ask(t, scan, search.Question{Text: typed}); order(a) != want {
			t.Errorf("%q finds [%s]", typed, order(a))
		}
	}
	a := ask(t, scan, search.Question{Filters: map[string][]string{"year": {"2024"}}, Facets: []string{"year", search.ValidityFacet}})
	if a.Total != 1 || len(a.Facets["year"]) != 2 || a.Facets[search.ValidityFacet][0].Count != 1 {
		t.Errorf("browsing: %d, %v", a.Total, a.Facets)
	}
}
