package handler

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

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
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PolicyItem is a document in a list.
type PolicyItem struct {
	ID                string     `json:"id"`
	Title             string     `json:"title"`
	DocNumber         string     `json:"doc_number" doc:"文号，没有时为空"`
	Departments       []Ref      `json:"departments" doc:"发文机关；空表示不详"`
	Category          string     `json:"category,omitempty" doc:"文种"`
	PublishedDate     string     `json:"published_date" doc:"发布日期，不详时为空"`
	Validity          string     `json:"validity,omitempty" enum:"pending,in_force,amended,expired,repealed" doc:"有效性"`
	Topics            []Ref      `json:"topics"`
	HasInterpretation bool       `json:"has_interpretation"`
	Cites             bool       `json:"cites,omitempty" doc:"按文号查找时：它不是该文号的文件，而是引用了该文号"`
	Policies          []Ref      `json:"policies,omitempty" doc:"解读的是哪些文件"`
	Snippet           string     `json:"snippet" doc:"最相关的一段"`
	Highlights        Highlights `json:"highlights"`
}

// Highlights are the places of found words: start and length in UTF-16 units.
type Highlights struct {
	Title   [][2]int `json:"title"`
	Snippet [][2]int `json:"snippet"`
}

// PolicyPage is a part of the list of policies.
type PolicyPage struct {
	Items    []PolicyItem       `json:"items"`
	Total    int                `json:"total"`
	Facets   map[string][]Facet `json:"facets" doc:"各筛选项的数量，键为 department topic category year validity；不计本项自身的筛选"`
	Hint     *Hint              `json:"hint" doc:"答案与所输入的有何不同"`
	Degraded bool               `json:"degraded" doc:"搜索引擎不可用，只按标题和文号查找"`
}

// Facet is a value of a filter and how many documents it would leave.
type Facet struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Hint says how an answer differs from what was typed.
type Hint struct {
	Kind  string `json:"kind" doc:"loosened 放宽了条件，cited 含引用该文号的文件"`
	Text  string `json:"text"`
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
	answer := &PolicyPage{Items: make([]PolicyItem, len(page.Items)), Total: page.Total,
		Facets: map[string][]Facet{}, Hint: hintOf(page), Degraded: page.Degraded}
	for i := range page.Items {
		answer.Items[i] = policyItem(&page.Items[i])
	}
	for name, values := range page.Facets {
		list := make([]Facet, len(values))
		for i, v := range values {
			list[i] = Facet(v)
		}
		answer.Facets[name] = list
	}
	return answer
}

func hintOf(page *policy.Page) *Hint {
	hint := page.Hint
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

func policyItem(i *policy.Item) PolicyItem {
	return PolicyItem{ID: i.ID, Title: i.Title, DocNumber: i.DocNumber, Departments: departmentRefs(i.Departments),
		Category: i.Category, PublishedDate: string(i.PublishedDate), Validity: string(i.Validity), Topics: topicRefs(i.Topics),
		HasInterpretation: i.HasInterpretation, Cites: i.Cites, Policies: policyRefs(i.Policies), Snippet: i.Snippet,
		Highlights: Highlights{Title: ranges(i.TitleRanges), Snippet: ranges(i.SnippetRanges)}}
}

func ranges(r []model.Range) [][2]int {
	if r == nil {
		return [][2]int{}
	}
	return r
}

func departmentRefs(list []model.Department) []Ref {
	refs := make([]Ref, len(list))
	for i, d := range list {
		refs[i] = Ref{d.ID, d.Name}
	}
	return refs
}

func topicRefs(list []model.Topic) []Ref {
	refs := make([]Ref, len(list))
	for i, t := range list {
		refs[i] = Ref{t.ID, t.Name}
	}
	return refs
}

// PolicyDetail is a whole policy.
type PolicyDetail struct {
	ID              string                 `json:"id"`
	Version         int64                  `json:"version" doc:"每次变动加一"`
	Title           string                 `json:"title"`
	DocNumber       string                 `json:"doc_number"`
	IndexNumber     string                 `json:"index_number" doc:"索引号"`
	Departments     []Ref                  `json:"departments"`
	Theme           string                 `json:"theme" doc:"主题分类"`
	Category        string                 `json:"category" doc:"文种"`
	Topics          []Ref                  `json:"topics"`
	WrittenDate     string                 `json:"written_date" doc:"成文日期"`
	PublishedDate   string                 `json:"published_date" doc:"发布日期"`
	EffectiveDate   string                 `json:"effective_date" doc:"生效日期"`
	ExpiryDate      string                 `json:"expiry_date" doc:"失效日期，当日仍有效"`
	Validity        string                 `json:"validity" enum:"pending,in_force,amended,expired,repealed"`
	ValidityName    string                 `json:"validity_name"`
	Body            []Block                `json:"body"`
	Relations       []Relation             `json:"relations"`
	Interpretations []InterpretationDetail `json:"interpretations"`
	Attachments     []Attachment           `json:"attachments"`
	Source          Source                 `json:"source"`
	PublishedAt     time.Time              `json:"published_at" doc:"在本站公开的时刻"`
	URL             string                 `json:"url" doc:"永久网址"`
}

// Block is one piece of a document's text.
type Block struct {
	Kind   string     `json:"kind" enum:"part,chapter,section,heading,article,paragraph,item,table"`
	Anchor string     `json:"anchor,omitempty" doc:"可用于定位，如 a12 是第十二条"`
	Label  string     `json:"label,omitempty" doc:"第十二条、（三）等"`
	Text   string     `json:"text,omitempty"`
	Level  int        `json:"level,omitempty"`
	Rows   [][]string `json:"rows,omitempty" doc:"表格，第一行是表头"`
}

// Relation is what this document does to another, or another to it.
type Relation struct {
	Kind          string `json:"kind" enum:"amends,repeals,replaces,based_on,cites"`
	Direction     string `json:"direction" enum:"outgoing,incoming" doc:"incoming 表示对方对本文件"`
	Name          string `json:"name" doc:"中文说法，如“被废止”"`
	Since         string `json:"since,omitempty"`
	ID            string `json:"id,omitempty" doc:"对方未收录时没有"`
	Title         string `json:"title"`
	DocNumber     string `json:"doc_number"`
	PublishedDate string `json:"published_date,omitempty"`
}

// Attachment is a file of a document.
type Attachment struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size" doc:"字节"`
	URL       string `json:"url"`
}

// Source says where a document was taken from.
type Source struct {
	URL string `json:"url"`
}

// ByID asks for one thing.
type ByID struct {
	Conditional
	ID string `path:"id" maxLength:"64" doc:"编号"`
}

func (h *handler) getPolicy(ctx context.Context, in *ByID) (*Rendered, error) {
	state, err := h.Policy.State(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return h.kept.get("policy "+in.ID, state, func() (made, error) {
		d, err := h.Policy.Get(ctx, in.ID)
		if err != nil {
			return made{}, err
		}
		return made{value: h.policyDetail(d)}, nil
	})
}

func (h *handler) policyDetail(d *policy.Detail) *PolicyDetail {
	answer := &PolicyDetail{
		ID: d.ID, Version: d.Version, Title: d.Title, DocNumber: d.DocNumber, IndexNumber: d.IndexNumber,
		Departments: departmentRefs(d.Departments), Theme: d.Theme, Category: d.Category, Topics: topicRefs(d.Topics),
		WrittenDate: string(d.WrittenDate), PublishedDate: string(d.PublishedDate), EffectiveDate: string(d.EffectiveDate),
		ExpiryDate: string(d.ExpiryDate), Validity: string(d.Validity), ValidityName: d.Validity.Name(), Body: blocks(d.Body),
		Relations: []Relation{}, Interpretations: []InterpretationDetail{}, Attachments: []Attachment{},
		Source: Source{webAddress(d.SourceURL)}, PublishedAt: d.PublishedAt.In(model.Shanghai), URL: h.PublicURL + "/policies/" + d.ID,
	}
	for _, l := range d.Links {
		answer.Relations = append(answer.Relations, relationOf(l))
	}
	for i := range d.Interpretations {
		answer.Interpretations = append(answer.Interpretations, interpretationDetail(&d.Interpretations[i]))
	}
	for _, a := range d.Attachments {
		answer.Attachments = append(answer.Attachments, Attachment{a.FileID, a.Name, a.MediaType, a.Size, fileURL(a.FileID)})
	}
	return answer
}

func blocks(body model.Body) []Block {
	list := make([]Block, len(body))
	for i, b := range body {
		list[i] = Block{string(b.Kind), b.Anchor, b.Label, b.Text, b.Level, b.Rows}
	}
	return list
}

// relationNames are the relations as this document's reader would say them.
var relationNames = map[model.RelationKind][2]string{
	model.Amends:   {"修改", "被修改"},
	model.Repeals:  {"废止", "被废止"},
	model.Replaces: {"代替", "被代替"},
	model.BasedOn:  {"依据", "是其依据"},
	model.Cites:    {"引用", "被引用"},
}

func relationOf(l model.Link) Relation {
	r := Relation{Kind: string(l.Kind), Direction: "outgoing", Name: relationNames[l.Kind][0], Since: string(l.Since),
		ID: l.Policy.ID, Title: l.Policy.Title, DocNumber: l.Policy.DocNumber, PublishedDate: string(l.Policy.PublishedDate)}
	if l.Incoming {
		r.Direction, r.Name = "incoming", relationNames[l.Kind][1]
	}
	return r
}

func fileURL(id string) string { return "/api/v1/files/" + id }
