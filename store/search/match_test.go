package search_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

const matchDay = model.Day("2026-11-24")

var knownSynonyms = search.NewSynonyms(search.DefaultSynonyms())

func TestASavedSearchFindsWhatTheSearchWould(t *testing.T) {
	d := &search.Doc{Title: "鸢都市居民基本养老保险实施办法", NumberKey: "鸢政办发|2021|8", Cites: []string{"鸢政发|2020|3"},
		Keywords: []string{"鸢都市人力资源和社会保障局", "市人社局"}, Body: "年满六十周岁可以领取养老金，5G 网上也能办。公积金不在此列。",
		Facets:    map[string][]string{"topic": {"elderly", "insurance"}, "year": {"2021"}},
		Published: "2021-03-30", Days: model.Days{Repealed: "2026-11-25"}}
	m := search.NewMatcher(d, knownSynonyms, matchDay)
	for _, c := range []struct {
		says, text, filter string
		want               bool
	}{
		{"a word of the title", "养老保险", "", true},
		{"all words, wherever they stand", "养老保险 领取", "", true},
		{"not if one is missing", "养老保险 补缴", "", false},
		{"an office's other name", "市人社局", "", true},
		{"another word for it", "住房公积金", "", true},
		{"in other characters", "養老保險", "", true},
		{"letters and figures", "5g", "", true},
		{"its number", "鸢政办发〔2021〕8号", "", true},
		{"its number in other brackets", "鸢政办发(2021)8号", "", true},
		{"a number that it cites", "鸢政发〔2020〕3号", "", true},
		{"no other number", "鸢政办发〔2021〕9号", "", false},
		{"what one office issued in a year", "鸢政办发2021", "", true},
		{"not by sound", "养劳保险", "", false},
		{"not by pinyin", "yanglao", "", false},
		{"not by a part of the question", "退休后养老金怎么领取", "", false},
		{"a filter", "养老", "topic=insurance", true},
		{"another filter", "养老", "topic=housing", false},
		{"a filter alone", "", "year=2021", true},
		{"validity on the day", "", "validity=in_force", true},
		{"not what it will be tomorrow", "", "validity=repealed", false},
	} {
		v := saved(c.text, c.filter)
		if got := m.Matches(v); got != c.want {
			t.Errorf("%s: %q %s: %v", c.says, c.text, c.filter, got)
		}
		if anchor := search.Anchor(v, knownSynonyms); c.want && !slices.Contains(m.Anchors(), anchor) {
			t.Errorf("%s: %q is looked for under %q, and the document is not", c.says, c.text, anchor)
		}
	}
}

func TestASearchIsTheSameHoweverItIsWritten(t *testing.T) {
	for _, same := range [][]string{{"养老 补贴", " 補貼　养老", "“养老” 补贴"}, {"5G基站", "５g 基站"}, {"鸢政发〔2022〕11号"}} {
		for _, text := range same {
			if got, want := search.Canonical(text), search.Canonical(same[0]); got != want || got == "" {
				t.Errorf("%q is %q, not %q", text, got, want)
			}
		}
	}
	for _, nothing := range []string{"", " ", "🎉🎉", "。，"} {
		if got := search.Canonical(nothing); got != "" {
			t.Errorf("%q asks for %q", nothing, got)
		}
	}
}

// The test of truth: what the search finds without loosening anything is what
// would have been told, document by document, of the same words and filters.
func TestWhatIsToldIsWhatIsFound(t *testing.T) {
	docs := archives(t)
	t.Run("bleve", func(t *testing.T) { tellTruth(t, holding(t, docs), docs) })
	t.Run("meilisearch", func(t *testing.T) {
		cfg := meiliConfig(t)
		index := openMeili(t, cfg)
		t.Cleanup(func() { dropIndexes(t, cfg) })
		fill(t, index, docs)
		tellTruth(t, index, docs)
	})
}

func tellTruth(t *testing.T, f search.Finder, docs []search.Doc) {
	t.Helper()
	matchers := make([]*search.Matcher, len(docs))
	anchors := make([]map[string]bool, len(docs))
	for i := range docs {
		matchers[i] = search.NewMatcher(&docs[i], knownSynonyms, matchDay)
		anchors[i] = map[string]bool{}
		for _, a := range matchers[i].Anchors() {
			anchors[i][a] = true
		}
	}
	asked, compared, loosened, documents := 0, 0, 0, 0
	for _, q := range questions(docs) {
		asked++
		v := saved(q.text, q.filter)
		answer := ask(t, f, search.Question{Text: v.Text, Filters: v.Filters, Limit: len(docs) + 1})
		if answer.Hint.Loosened() {
			loosened++
			continue
		}
		compared++
		v.Text = answer.Meant
		anchor := search.Anchor(v, knownSynonyms)
		var told []string
		for i, m := range matchers {
			if !m.Matches(v) {
				continue
			}
			told = append(told, docs[i].ID)
			if !anchors[i][anchor] {
				t.Errorf("%q: %s is found, but not under the anchor %q", v.Text, docs[i].Title, anchor)
			}
		}
		found := strings.Fields(order(answer))
		slices.Sort(found)
		documents += len(found)
		if strings.Join(found, " ") != strings.Join(told, " ") {
			t.Errorf("%q %s (%q): the search finds %d, %d would be told; %s", q.text, q.filter, v.Text, len(found), len(told), difference(docs, found, told))
		}
	}
	t.Logf("%d documents, %d questions: %d compared, which find %d, and %d answered by something looser", len(docs), asked, compared, documents, loosened)
	if compared < 150 || documents < compared {
		t.Errorf("only %d of %d questions were compared, which find %d", compared, asked, documents)
	}
}

func difference(docs []search.Doc, found, told []string) string {
	for _, d := range docs {
		if f, o := slices.Contains(found, d.ID), slices.Contains(told, d.ID); f != o {
			return fmt.Sprintf("%s %s: found %v, told %v", d.NumberKey, d.Title, f, o)
		}
	}
	return ""
}

type typed struct{ text, filter string }

// questions are what residents type, what journalists paste, and what stands in the
// documents themselves, with and without filters.
func questions(docs []search.Doc) (list []typed) {
	for _, text := range strings.Split(typedWords, "\n") {
		list = append(list, typed{text, ""})
	}
	for i := range docs {
		d := &docs[i]
		switch i % 9 {
		case 0:
			list = append(list, typed{d.Title, ""})
		case 1:
			if n := strings.Split(d.NumberKey, "|"); len(n) == 3 && n[1] != "0" {
				list = append(list, typed{fmt.Sprintf("%s〔%s〕%s号", n[0], n[1], n[2]), ""}, typed{n[0] + "[" + n[1] + "]第" + n[2] + "号", ""}, typed{n[0] + n[1], ""})
			}
		case 2:
			if body := []rune(d.Body); len(body) > 400 {
				list = append(list, typed{string(body[300:306]), ""}, typed{string(body[300:303]) + " " + string(body[350:353]), ""})
			}
		}
	}
	for i, filter := range []string{"topic=养老", "year=2025", "category=通知", "validity=in_force", "validity=repealed,expired", "year=2024,2025",
		"category=办法", "department=国务院办公厅", "topic=住房,教育", "year=1949"} {
		list = append(list, typed{"", filter})
		for _, text := range strings.Split(typedWords, "\n")[i*4 : i*4+6] {
			list = append(list, typed{text, filter})
		}
	}
	return list
}

const typedWords = `养老
养老保险
公积金
住房公积金
公积金提取
公积金 2025
社保
医保报销
异地就医
低保
低保标准
残疾人补贴
招生
入学 随迁子女
幼儿园
创业贷款
创业担保贷款
失业金
工伤
灵活就业
人才补贴
老旧小区改造
加装电梯
物业费
契税
首套房
租房补贴
公租房
政务公开
双随机
放管服
营商环境
电动车
垃圾分类
烟花爆竹
大气污染
食品安全
消防
绿化
古树名木
养老服务 补贴
“养老服务” 机构
補貼
５G
退休后养老金怎么领取
孩子上小学需要什么材料
租房可以提取公积金吗
低保怎么申请
看病报销比例是多少
gongjijin
yanglao
gjj
养劳保险
国办发〔2018〕123号
请问国办发〔2018〕123号还有效吗
国发〔2019〕5号
国办发2018
国发2019
主席令第33号
2025年
2.5
100元
税
🎉
市教育局
国务院
鸢都市
第三条
通知如下
关于印发
自发布之日起施行
高质量发展
数字政府
低空经济
新能源汽车
充电桩
生育津贴
育儿补贴
高龄津贴`

func saved(text, filter string) *model.SavedSearch {
	v := &model.SavedSearch{Text: text}
	if name, values, ok := strings.Cut(filter, "="); ok {
		v.Filters = map[string][]string{name: strings.Split(values, ",")}
	}
	return v
}

// archives are the sample's documents, and some hundred real ones where they are.
func archives(t *testing.T) []search.Doc {
	t.Helper()
	files, err := filepath.Glob("../../cmd/yuandu/sample/policies/*.md")
	if err != nil || len(files) < 50 {
		t.Fatal("no sample documents", err)
	}
	var docs []search.Doc
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, sampleDoc(string(text)))
	}
	for _, file := range []string{"policies_statecouncil.jsonl", "policies_housing.jsonl"} {
		docs = append(docs, realDocs(t, filepath.Join("../../../shared/data/policies", file), 150)...)
	}
	for i := range docs {
		docs[i].ID = fmt.Sprintf("%04d", i)
	}
	return docs
}

func sampleDoc(text string) search.Doc {
	_, text, _ = strings.Cut(text, "---\n")
	head, body, _ := strings.Cut(text, "---\n")
	fields := map[string]string{}
	for _, line := range strings.Split(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		fields[name] = value
	}
	d := paperDoc(fields["标题"], fields["文号"], fields["发布日期"], body)
	d.Keywords = []string{fields["发文机关"]}
	d.Facets["department"], d.Facets["topic"] = strings.Split(fields["发文机关"], "、"), strings.Split(fields["专题"], ";")
	d.Days.Expiry = model.Day(fields["失效日期"])
	return d
}

func paperDoc(title, number, day, body string) search.Doc {
	d := search.Doc{Title: title, NumberKey: model.NumberKey(number), Body: body, Published: model.Day(day), Facets: map[string][]string{}}
	for _, n := range model.FindDocNumbers(body) {
		if n.Key() != d.NumberKey {
			d.Cites = append(d.Cites, n.Key())
		}
	}
	if y := d.Published.Year(); y > 0 {
		d.Facets["year"] = []string{strconv.Itoa(y)}
	}
	for _, category := range []string{"通知", "办法", "意见", "决定", "细则"} {
		if strings.HasSuffix(title, category) {
			d.Facets["category"] = []string{category}
		}
	}
	return d
}

func realDocs(t *testing.T, path string, most int) (docs []search.Doc) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Logf("without %s", filepath.Base(path))
		return nil
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() && len(docs) < most {
		var p struct {
			Title     string `json:"title"`
			DocNumber string `json:"doc_number"`
			Issuer    string `json:"issuer"`
			Date      string `json:"date"`
			Published string `json:"published_date"`
			Text      string `json:"text"`
			Validity  string `json:"validity"`
		}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		d := paperDoc(p.Title, p.DocNumber, p.Date+p.Published, p.Text)
		d.Facets["department"] = []string{p.Issuer}
		if strings.Contains(p.Validity, "废止") {
			d.Days.Stated = model.Repealed
		}
		docs = append(docs, d)
	}
	return docs
}
