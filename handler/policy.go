package handler

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/policy"
)

// PolicyQuery is what can be asked of the list of policies.
type PolicyQuery struct {
	Conditional
	Q          string   `query:"q" maxLength:"10000" doc:"标题、文号、关键词、拼音或一句话；超过 200 字的部分不看"`
	Department []string `query:"department,explode" maxItems:"50" doc:"部门编号，可重复；含下属部门"`
	Topic      []string `query:"topic,explode" maxItems:"50" doc:"专题编号，可重复"`
	Category   []string `query:"category,explode" maxItems:"50" doc:"文种，可重复"`
	Year       []int    `query:"year,explode" minimum:"1900" maximum:"2200" maxItems:"50" doc:"发布年份，可重复"`
	Validity   []string `query:"validity,explode" maxItems:"50" enum:"pending,in_force,amended,expired,repealed" doc:"有效性，可重复"`
	Sort       string   `query:"sort" enum:"relevance,newest,oldest" default:"relevance" doc:"排序方式"`
	Limit      int      `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset     int      `query:"offset" minimum:"0" default:"0" doc:"跳过条数；与每页条数之和不超过 1000"`
}

// Ref names something by its ID.
type Ref struct {
	ID   string `json:"id" doc:"编号"`
	Name string `json:"name" doc:"名称"`
}

// PolicyItem is a document in a list.
type PolicyItem struct {
	ID                string      `json:"id" doc:"编号"`
	Title             string      `json:"title" doc:"标题"`
	DocNumber         string      `json:"doc_number" doc:"文号，没有时为空"`
	Departments       []Ref       `json:"departments" doc:"发文机关；空表示不详"`
	Category          string      `json:"category,omitempty" doc:"文种"`
	PublishedDate     string      `json:"published_date" doc:"发布日期，不详时为空"`
	Validity          string      `json:"validity,omitempty" enum:"pending,in_force,amended,expired,repealed" doc:"有效性"`
	Topics            []Ref       `json:"topics" doc:"民生专题"`
	HasInterpretation bool        `json:"has_interpretation" doc:"有没有解读"`
	Cites             bool        `json:"cites,omitempty" doc:"按文号查找时：它不是该文号的文件，而是引用了该文号"`
	Policies          []Ref       `json:"policies,omitempty" doc:"解读的是哪些文件"`
	Gazette           *GazetteRef `json:"gazette,omitempty" doc:"公报的篇目：摘要在哪一期、哪一页"`
	Snippet           string      `json:"snippet" doc:"最相关的一段"`
	Highlights        Highlights  `json:"highlights"`
}

// Highlights are the places of found words: start and length in UTF-16 units.
type Highlights struct {
	Title   [][2]int `json:"title" doc:"找到的词在标题中的位置，算法同上"`
	Snippet [][2]int `json:"snippet" doc:"找到的词在摘要中的位置：起点和长度，以 UTF-16 单元计"`
}

// PolicyPage is a part of the list of policies.
type PolicyPage struct {
	Items    []PolicyItem       `json:"items" doc:"这一页"`
	Total    int                `json:"total" doc:"一共多少份"`
	Facets   map[string][]Facet `json:"facets" doc:"各筛选项的数量，键为 department topic category year validity；不计本项自身的筛选"`
	Hint     *Hint              `json:"hint" doc:"答案与所输入的有何不同"`
	Degraded bool               `json:"degraded" doc:"搜索引擎不可用，只按标题和文号查找"`
}

// Facet is a value of a filter and how many documents it would leave.
type Facet struct {
	Value string `json:"value" doc:"筛选时填的值"`
	Label string `json:"label" doc:"名称"`
	Count int    `json:"count" doc:"选它会留下多少份"`
}

// Hint says how an answer differs from what was typed.
type Hint struct {
	Kind  string `json:"kind" doc:"loosened 放宽了条件，cited 含引用该文号的文件"`
	Text  string `json:"text" doc:"一句说明"`
	Query string `json:"query" doc:"实际查找的词"`
}

// TransformSchema says that there may be no hint.
func (*Hint) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema { return nullable(s) }

func nullable(s *huma.Schema) *huma.Schema {
	s.Nullable = true
	return s
}

func (q *PolicyQuery) listing() policy.Listing {
	years := make([]string, len(q.Year))
	for i, y := range q.Year {
		years[i] = strconv.Itoa(y)
	}
	filters := map[string][]string{}
	for name, values := range map[string][]string{policy.ByDepartment: q.Department, policy.ByTopic: q.Topic,
		policy.ByCategory: q.Category, policy.ByYear: years, policy.ByValidity: q.Validity} {
		if len(values) > 0 {
			filters[name] = values
		}
	}
	return policy.Listing{Text: q.Q, Filters: filters, Sort: model.Sort(q.Sort), Limit: q.Limit, Offset: q.Offset}
}

// key is the query as the name of its answer.
func (q *PolicyQuery) key() string {
	l := q.listing()
	v := url.Values(l.Filters)
	return fmt.Sprintf("list %s %d %d %s %s", l.Sort, l.Offset, l.Limit, v.Encode(), l.Text)
}

func (h *handler) listPolicies(ctx context.Context, in *PolicyQuery) (*Rendered, error) {
	if in.Offset > model.MaxWindow-in.Limit {
		return nil, model.ErrPageTooDeep.With("offset", map[string]any{"most": model.MaxWindow})
	}
	state, err := h.Policy.ListState(ctx)
	if err != nil {
		return nil, err
	}
	r, err := h.kept.get(in.key(), state, func() (made, error) {
		page, err := h.Policy.List(ctx, in.listing())
		if err != nil {
			return made{}, err
		}
		return made{policyPage(page), page.Total, page.Degraded}, nil
	})
	if err == nil && in.Offset == 0 && r.found > 0 {
		h.Search.CountSearch(in.Q)
	}
	return r, err
}

func policyPage(page *policy.Page) *PolicyPage {
	answer := &PolicyPage{Items: converted(page.Items, policyItem), Total: page.Total,
		Facets: map[string][]Facet{}, Hint: hintOf(page), Degraded: page.Degraded}
	for name, values := range page.Facets {
		answer.Facets[name] = converted(values, func(f policy.Facet) Facet { return Facet(f) })
	}
	return answer
}

func hintOf(page *policy.Page) *Hint { return hintSaid(page.Hint) }

func hintSaid(hint model.Hint) *Hint {
	if hint.Reason == "" {
		return nil
	}
	kind := "loosened"
	if !hint.Loosened() {
		kind = "cited"
	}
	return &Hint{Kind: kind, Query: hint.Shown,
		Text: say("hint."+string(hint.Reason), map[string]any{"asked": hint.Asked, "shown": hint.Shown})}
}

func policyItem(i policy.Item) PolicyItem {
	return PolicyItem{ID: i.ID, Title: i.Title, DocNumber: i.DocNumber, Departments: departmentRefs(i.Departments),
		Category: i.Category, PublishedDate: string(i.PublishedDate), Validity: string(i.Validity),
		Topics: topicRefs(i.Topics), HasInterpretation: i.HasInterpretation, Cites: i.Cites,
		Policies: policyRefs(i.Policies), Snippet: i.Snippet,
		Highlights: Highlights{Title: ranges(i.TitleRanges), Snippet: ranges(i.SnippetRanges)}}
}

func ranges(r []model.Range) [][2]int {
	if r == nil {
		return [][2]int{}
	}
	return r
}

func departmentRefs(list []model.Department) []Ref {
	return converted(list, func(d model.Department) Ref { return Ref{d.ID, d.Name} })
}

func topicRefs(list []model.Topic) []Ref {
	return converted(list, func(t model.Topic) Ref { return Ref{t.ID, t.Name} })
}

// policyRefs names policies; what is known of one that is not here may be its
// number alone.
func policyRefs(list []model.PolicyRef) []Ref {
	return converted(list, func(p model.PolicyRef) Ref { return Ref{p.ID, cmp.Or(p.Title, p.DocNumber)} })
}
