package bench

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// question is one of the mix: what a resident types and chooses.
type question struct {
	text    string
	filters map[string][]string
	sort    string // relevance where empty
	offset  int
}

const pageLimit = 20

// typed are texts alone.
var typed = []string{
	"险", "税", "房", "学",
	"养老", "社保", "医保", "落户", "住房", "就业", "教育", "环保", "消防", "食品", "税收", "补贴",
	"公积金", "居住证", "养犬", "残疾人", "二手房", "幼儿园",
	"养老保险", "住房公积", "行政许可", "食品安全", "义务教育", "退役军人", "个人所得税", "城市房地产管理",
	"养老 补贴", "住房公积金 贷款", "養老保險", "养劳保险",
	"gongjijin", "yanglao", "zhufang", "ylbx",
	"国办发〔2018〕123号", "国发[2019]5号", "国办发2018 123号", "琼公积金贷〔2026〕10号", "国办发〔2018〕",
	"退休后养老金怎么领取", "公积金贷款需要什么条件", "孩子上学要办什么手续", "买房可以提取公积金吗", "失业了怎么申请补助",
}

// facet is a value of a filter, as the API counts them.
type facet struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// page is as much of an answer as the measurements look at.
type page struct {
	Items []struct {
		ID         string `json:"id"`
		Snippet    string `json:"snippet"`
		Highlights struct {
			Title, Snippet [][2]int
		} `json:"highlights"`
	} `json:"items"`
	Total    int                `json:"total"`
	Facets   map[string][]facet `json:"facets"`
	Degraded bool               `json:"degraded"`
}

// mix is the questions of the search figures, in an order that no kind leads.
// The filters are the most frequent values that the running API offers.
func mix(t *testing.T, address string) []question {
	t.Helper()
	all := ask(t, http.DefaultClient, address+question{}.path())
	top := func(name string, i int) map[string][]string {
		return map[string][]string{name: {all.Facets[name][i].Value}}
	}
	questions := []question{
		{}, {sort: "newest", offset: 40}, {filters: top("topic", 1)}, {filters: top("department", 0), sort: "oldest"},
		{text: "住房", filters: top("year", 1)}, {text: "公积金", filters: top("department", 2)},
		{text: "管理", filters: top("validity", 0)}, {text: "保障", filters: top("topic", 0)},
		{text: "教育", filters: top("category", 0), sort: "newest"}, {text: "安全", filters: top("category", 1), offset: 20},
		{text: "补贴", filters: both(top("topic", 0), top("year", 2))},
		{text: "行政处罚", filters: both(top("validity", 0), top("department", 3))},
		{text: "社会保险", sort: "newest"}, {text: "环境保护", sort: "oldest"}, {text: "住房", offset: 60}, {text: "条例", offset: 200},
	}
	for _, text := range typed {
		questions = append(questions, question{text: text})
	}
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	return questions
}

func both(a, b map[string][]string) map[string][]string {
	for name, values := range b {
		a[name] = values
	}
	return a
}

// path is the question to our API.
func (q question) path() string {
	v := url.Values{"q": {q.text}, "limit": {strconv.Itoa(pageLimit)}}
	for name, values := range q.filters {
		v[name] = values
	}
	if q.sort != "" {
		v.Set("sort", q.sort)
	}
	if q.offset > 0 {
		v.Set("offset", strconv.Itoa(q.offset))
	}
	return "/api/v1/policies?" + v.Encode()
}

// varied is the same question in the n-th other spelling: with blanks behind
// it, which mean nothing but make it another one for whatever keeps answers.
func (q question) varied(n int) question {
	blanks := []string{" ", "\t", "\u3000", "\u00a0"}
	var tail strings.Builder
	for range 8 {
		tail.WriteString(blanks[n%len(blanks)])
		n /= len(blanks)
	}
	q.text += tail.String()
	return q
}

func ask(t testing.TB, client *http.Client, address string) (p page) {
	t.Helper()
	body, _ := fetch(t, client, address)
	must(t, json.Unmarshal(body, &p))
	return p
}
