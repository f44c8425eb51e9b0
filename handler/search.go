package handler

import (
	"context"
	"errors"

	"yuandu/model"
	"yuandu/service/policy"
	"yuandu/service/search"
)

// SearchQuery asks for everything that a text finds.
type SearchQuery struct {
	Conditional
	Q     string `query:"q" maxLength:"10000" doc:"查找什么；超过 200 字的部分不看"`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"5" doc:"每类几条"`
}

// KindsPage is what was found, kind by kind.
type KindsPage struct {
	Kinds   []KindItems `json:"kinds" doc:"各类信息"`
	Gazette *GazetteAt  `json:"gazette,omitempty" doc:"要找的是公报的一期或一页时：就是它"`
}

// KindItems is what was found of one kind, in the shape of that kind's list.
type KindItems struct {
	Kind     string       `json:"kind" enum:"policy,interpretation,letter,meeting,agenda_item,consultation,event,gazette_piece" doc:"政策文件、解读、公开的来信、会议、议题、意见征集、活动或公报的篇目"`
	Total    int          `json:"total" doc:"一共多少条"`
	Items    []PolicyItem `json:"items" doc:"最相关的几条"`
	Hint     *Hint        `json:"hint"`
	Degraded bool         `json:"degraded" doc:"搜索引擎不可用，只按标题和文号查找"`
}

func (h *handler) searchAll(ctx context.Context, in *SearchQuery) (*Rendered, error) {
	l := policy.Listing{Text: in.Q, Sort: model.Relevance, Limit: in.Limit, NoFacets: true}
	answer, found := KindsPage{}, false
	for _, kind := range model.Kinds() {
		shown, err := h.found(ctx, kind, l)
		if err != nil {
			return nil, err
		}
		answer.Kinds = append(answer.Kinds, KindItems{string(kind), shown.Total, shown.Items, shown.Hint, shown.Degraded})
		found = found || shown.Total > 0
	}
	if g, p, err := h.Gazettes.Place(ctx, in.Q); err == nil {
		answer.Gazette, found = gazetteAt(g, p), true
	} else if !errors.As(err, new(*model.Error)) {
		return nil, err
	}
	if found {
		h.Search.CountSearch(in.Q)
	}
	return render(answer)
}

// found is what a text finds of a kind.
func (h *handler) found(ctx context.Context, kind model.Kind, l policy.Listing) (*PolicyPage, error) {
	switch kind {
	case model.KindLetter:
		return h.lettersFound(ctx, l.Text, l.Limit)
	case model.KindMeeting, model.KindAgendaItem:
		return tabPage(h.Meetings.Find(ctx, kind, l.Text, l.Limit))
	case model.KindConsultation:
		return tabPage(h.Consultations.Find(ctx, l.Text, l.Limit))
	case model.KindEvent:
		return tabPage(h.Events.Find(ctx, l.Text, l.Limit))
	case model.KindGazettePiece:
		return h.piecesFound(ctx, l)
	}
	list := h.Policy.List
	if kind == model.KindInterpretation {
		list = h.Policy.Interpretations
	}
	page, err := list(ctx, l)
	if err != nil {
		return nil, err
	}
	return policyPage(page), nil
}

// tabPage is what a text found of a kind, in the shape of policies.
func tabPage(tab *search.Tab, err error) (*PolicyPage, error) {
	if err != nil {
		return nil, err
	}
	return &PolicyPage{Total: tab.Total, Hint: hintSaid(tab.Hint), Degraded: tab.Degraded, Items: converted(tab.Lines, func(l search.Line) PolicyItem {
		return PolicyItem{ID: l.ID, Title: l.Title, Departments: departmentRefs(l.Departments), Topics: topicRefs(l.Topics),
			PublishedDate: string(l.Day), Snippet: l.Snippet, Highlights: Highlights{ranges(l.TitleRanges), ranges(l.SnippetRanges)}}
	})}, nil
}

// SuggestQuery is what has been typed so far.
type SuggestQuery struct {
	Conditional
	Q string `query:"q" maxLength:"10000" doc:"已输入的字，可以是拼音或拼音首字母"`
}

// SuggestionPage goes on with what is being typed.
type SuggestionPage struct {
	Items []SuggestionItem `json:"items" doc:"提示，合适的在前"`
}

// SuggestionItem is a word that others searched, or a document.
type SuggestionItem struct {
	Kind       string   `json:"kind" enum:"word,policy" doc:"文件或常搜的词"`
	Text       string   `json:"text" doc:"标题或词"`
	ID         string   `json:"id,omitempty" doc:"文件编号"`
	Highlights [][2]int `json:"highlights" doc:"起点和长度，按 UTF-16 计"`
}

func (h *handler) suggestPolicies(ctx context.Context, in *SuggestQuery) (*Rendered, error) {
	hot, err := h.Search.HotWords(ctx)
	if err != nil {
		return nil, err
	}
	list, err := h.Policy.Suggest(ctx, in.Q, hot)
	if err != nil {
		return nil, err
	}
	return render(SuggestionPage{converted(list, func(s policy.Suggestion) SuggestionItem {
		return SuggestionItem{s.Kind, s.Text, s.ID, ranges(s.Ranges)}
	})})
}

// HotWordPage lists what is searched most.
type HotWordPage struct {
	Items []string `json:"items" doc:"搜得最多的词，多的在前"`
}

func (h *handler) hotWords(ctx context.Context, _ *Conditional) (*Rendered, error) {
	words, err := h.Search.HotWords(ctx)
	if err != nil {
		return nil, err
	}
	return render(HotWordPage{words})
}
