package handler

import (
	"context"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/search"
)

const pathRelated = "/api/v1/related"

// mostOfAnswer is how much of an answer is shown at once, in characters; the rest
// stands in its document.
const mostOfAnswer = 1500

// RelatedIn is what somebody is writing. It stands in the body: addresses are kept
// in logs, and nobody has sent anything yet.
type RelatedIn struct {
	Body struct {
		Text  string `json:"text" maxLength:"20000" doc:"正在写的内容；不会记下来"`
		Topic string `json:"topic,omitempty" maxLength:"40" doc:"选了的专题，没有选不填"`
	}
}

// RelatedPage is what others were answered.
type RelatedPage struct {
	Items []RelatedItem `json:"items" doc:"可能是答案的，合适的在前，最多 5 条；已经失效的不在其中"`
}

// RelatedItem is an answer that may be the one that is looked for.
type RelatedItem struct {
	Kind         model.Kind     `json:"kind" enum:"letter,interpretation,policy" doc:"letter 公开的来信，interpretation 解读，policy 政策文件"`
	ID           string         `json:"id" doc:"文件或来信的编号"`
	Anchor       string         `json:"anchor" doc:"在文件里的位置，没有为空"`
	Title        string         `json:"title" doc:"文件或来信的标题"`
	Asked        string         `json:"asked" doc:"它回答的问题，没有为空"`
	Snippet      string         `json:"snippet" doc:"最相关的一段"`
	Highlights   [][2]int       `json:"highlights" doc:"找到的词在这一段中的位置：起点和长度，以 UTF-16 单元计"`
	Text         string         `json:"text" doc:"答案的全文，太长的截断"`
	Cut          bool           `json:"cut" doc:"后面还有，要打开文件看"`
	Offices      []Ref          `json:"offices" doc:"答复或发布的部门，可能为空"`
	Source       *RelatedSource `json:"source" doc:"依据的文件，没有为 null"`
	Date         model.Day      `json:"date" doc:"答复或发布的日期，不详时为空"`
	Validity     model.Validity `json:"validity" enum:"pending,in_force,amended" doc:"依据的文件现在的有效性"`
	ValidityName string         `json:"validity_name" doc:"有效性的中文"`
}

// RelatedSource is the policy that an answer rests on.
type RelatedSource struct {
	ID        string `json:"id" doc:"文件的编号，本系统没有收录时为空"`
	Title     string `json:"title" doc:"文件的标题"`
	DocNumber string `json:"doc_number" doc:"文号，没有时为空"`
	Article   string `json:"article" doc:"第几条，不详时为空"`
}

// TransformSchema says that there may be no source.
func (*RelatedSource) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return nullable(s)
}

func (h *handler) related(ctx context.Context, in *RelatedIn) (*Private[RelatedPage], error) {
	list, err := h.Search.Related(ctx, in.Body.Text, in.Body.Topic)
	if err != nil {
		return nil, err
	}
	return private(RelatedPage{converted(list, relatedItem)}), nil
}

func relatedItem(r search.Related) RelatedItem {
	text, cut := shortened(r.Text, mostOfAnswer)
	return RelatedItem{Kind: r.Kind, ID: r.ID, Anchor: r.Anchor, Title: r.Title, Asked: r.Asked, Snippet: r.Snippet, Highlights: ranges(r.Ranges),
		Text: text, Cut: cut, Offices: departmentRefs(r.Offices), Source: relatedSource(r.Source), Date: r.Day,
		Validity: r.Validity, ValidityName: r.Validity.Name()}
}

func relatedSource(s *search.RelatedSource) *RelatedSource {
	if s == nil || s.Title == "" {
		return nil
	}
	return &RelatedSource{s.ID, s.Title, s.DocNumber, s.Article}
}

// shortened is the beginning of a text, of most characters, and whether there is more.
func shortened(text string, most int) (string, bool) {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) <= most {
		return string(runes), false
	}
	return string(runes[:most]) + "…", true
}
