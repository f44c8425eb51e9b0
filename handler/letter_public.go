package handler

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/letter"
)

func (h *handler) publicLetterRoutes(api huma.API) {
	get[PublicLetterPage](api, "/api/v1/letters", "letters", "公开的来信和答复", h.listPublicLetters)
	get[PopularLetters](api, "/api/v1/letters/popular", "letters", "热门问答", h.popularLetters)
	get[PublicLetter](api, "/api/v1/letters/{id}", "letters", "一封公开的来信", h.getPublicLetter)
	act(h, api, "GET", "/api/v1/me/useful-letters/{id}", resident, "这封信我觉得有没有用", h.getThanks)
	act(h, api, "PUT", "/api/v1/me/useful-letters/{id}", resident, "觉得一封信有用", h.thank(true))
	act(h, api, "DELETE", "/api/v1/me/useful-letters/{id}", resident, "不再觉得有用", h.thank(false))

	d := deskRoutes[model.PublicLetterDraft](h, api, model.KindLetter, "/admin/v1/public-letters", "公开的来信")
	write, read := may(model.ActPublishLetters), may(model.ActReadLetters)
	act(h, api, "POST", "/admin/v1/letters/{id}/publication", write, "拟公开一封信", h.beginPublicLetter(d))
	act(h, api, "GET", "/admin/v1/public-letters/{id}/original", read, "拟公开的信的原文，要隐去什么", h.getOriginal)
	act(h, api, "GET", "/admin/v1/public-letters/lapsed", write, "依据失效、等待确认的答复", h.listLapsed)
	act(h, api, "POST", "/admin/v1/public-letters/{id}/confirmation", write, "确认答复仍然有效", h.confirmAnswer)
}

// PublicLettersIn asks for public letters.
type PublicLettersIn struct {
	Conditional
	Q          string   `query:"q" maxLength:"10000" doc:"关键词、拼音或一句话；超过 200 字的部分不看"`
	Department []string `query:"department,explode" maxItems:"50" doc:"答复的部门，可重复；含下属部门"`
	Topic      []string `query:"topic,explode" maxItems:"50" doc:"专题编号，可重复"`
	Sort       string   `query:"sort" enum:"relevance,newest,oldest" default:"relevance" doc:"排序方式"`
	Limit      int      `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset     int      `query:"offset" minimum:"0" default:"0" doc:"跳过条数；与每页条数之和不超过 1000"`
}

// PublicLetterPage is a part of the list of public letters.
type PublicLetterPage struct {
	Items    []PublicLetterItem `json:"items" doc:"这一页"`
	Total    int                `json:"total" doc:"一共多少封"`
	Hint     *Hint              `json:"hint" doc:"答案与所输入的有何不同"`
	Degraded bool               `json:"degraded" doc:"搜索引擎不可用，只按标题查找"`
}

// PublicLetterItem is a public letter in a list.
type PublicLetterItem struct {
	ID          string              `json:"id" doc:"编号"`
	Title       string              `json:"title" doc:"标题"`
	Channel     model.LetterChannel `json:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	ChannelName string              `json:"channel_name" doc:"栏目的名称"`
	Departments []Ref               `json:"departments" doc:"答复的部门"`
	Topics      []Ref               `json:"topics" doc:"民生专题"`
	Answered    model.Day           `json:"answered" doc:"答复日期"`
	Outcome     model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明，由答复的部门认定"`
	OutcomeName string              `json:"outcome_name" doc:"办理结果的名称"`
	Useful      int                 `json:"useful" doc:"多少人觉得有用"`
	Snippet     string              `json:"snippet" doc:"最相关的一段"`
	Highlights  Highlights          `json:"highlights"`
}

func publicLetterItem(i letter.PublicItem) PublicLetterItem {
	return PublicLetterItem{ID: i.ID, Title: i.Title, Channel: i.Channel, ChannelName: i.Channel.Name(), Departments: departmentRefs(i.Departments),
		Topics: topicRefs(i.Topics), Answered: i.Answered, Outcome: i.Outcome, OutcomeName: i.Outcome.Name(), Useful: i.Useful,
		Snippet: i.Snippet, Highlights: Highlights{ranges(i.TitleRanges), ranges(i.SnippetRanges)}}
}

func (h *handler) listPublicLetters(ctx context.Context, in *PublicLettersIn) (*Rendered, error) {
	page, err := h.Letters.Published(ctx, letter.Listing{Text: in.Q, Sort: model.Sort(in.Sort), Offset: in.Offset, Limit: in.Limit,
		Filters: map[string][]string{model.ByDepartment: in.Department, model.ByTopic: in.Topic}})
	if err != nil {
		return nil, err
	}
	if in.Offset == 0 && page.Total > 0 {
		h.Search.CountSearch(in.Q)
	}
	return render(PublicLetterPage{converted(page.Items, publicLetterItem), page.Total, hintSaid(page.Hint), page.Degraded})
}

// lettersFound are public letters in the shape of policies, for the tabs of a search.
func (h *handler) lettersFound(ctx context.Context, text string, limit int) (*PolicyPage, error) {
	page, err := h.Letters.Published(ctx, letter.Listing{Text: text, Sort: model.Relevance, Limit: limit})
	if err != nil {
		return nil, err
	}
	return &PolicyPage{Total: page.Total, Hint: hintSaid(page.Hint), Degraded: page.Degraded, Items: converted(page.Items, func(i letter.PublicItem) PolicyItem {
		return PolicyItem{ID: i.ID, Title: i.Title, Departments: departmentRefs(i.Departments), Topics: topicRefs(i.Topics),
			PublishedDate: string(i.Answered), Snippet: i.Snippet, Highlights: Highlights{ranges(i.TitleRanges), ranges(i.SnippetRanges)}}
	})}, nil
}

// PopularIn asks for the letters that were most useful.
type PopularIn struct {
	Conditional
	Topic string `query:"topic" maxLength:"26" doc:"专题编号；空着为全部"`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"5" doc:"要几条"`
}

// PopularLetters are the letters that were most useful.
type PopularLetters struct {
	Items []PublicLetterItem `json:"items" doc:"觉得有用的人多的在前"`
}

func (h *handler) popularLetters(ctx context.Context, in *PopularIn) (*Rendered, error) {
	list, err := h.Letters.Useful(ctx, in.Topic, in.Limit)
	if err != nil {
		return nil, err
	}
	return render(PopularLetters{converted(list, func(l model.PublicLetter) PublicLetterItem {
		return publicLetterItem(letter.PublicItem{PublicLetter: l})
	})})
}

// PublicLetter is a public letter with its answers.
type PublicLetter struct {
	ID          string              `json:"id" doc:"编号"`
	Title       string              `json:"title" doc:"标题"`
	Channel     model.LetterChannel `json:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	ChannelName string              `json:"channel_name" doc:"栏目的名称"`
	Author      string              `json:"author" doc:"写信人同意公开的称呼；匿名时为空"`
	Exchanges   []model.Question    `json:"exchanges" doc:"来信和答复，追问和再次答复在后；再次答复没有问"`
	Departments []Ref               `json:"departments" doc:"答复的部门"`
	Topics      []Ref               `json:"topics" doc:"民生专题"`
	Asked       model.Day           `json:"asked" doc:"来信日期"`
	Answered    model.Day           `json:"answered" doc:"答复日期"`
	Confirmed   model.Day           `json:"confirmed" doc:"部门最近一次确认答复仍然有效的日期，没有时为空"`
	Outcome     model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明，由答复的部门认定"`
	OutcomeName string              `json:"outcome_name" doc:"办理结果的名称"`
	Basis       []LetterBasis       `json:"basis" doc:"答复依据的文件"`
	Useful      int                 `json:"useful" doc:"多少人觉得有用"`
}

// LetterBasis is a policy that an answer rests on.
type LetterBasis struct {
	ID           string         `json:"id" doc:"文件编号；现在没有公开时为空"`
	Title        string         `json:"title" doc:"文件的标题"`
	DocNumber    string         `json:"doc_number" doc:"文号，没有时为空"`
	Article      string         `json:"article" doc:"第几条；整份文件时为空"`
	Validity     model.Validity `json:"validity" enum:"pending,in_force,amended,expired,repealed" doc:"今天的有效性"`
	ValidityName string         `json:"validity_name" doc:"有效性的名称"`
}

func (h *handler) publicLetter(l *model.PublicLetter) PublicLetter {
	today := model.Today(h.Clock.Now())
	return PublicLetter{ID: l.ID, Title: l.Title, Channel: l.Channel, ChannelName: l.Channel.Name(), Author: l.Author,
		Exchanges: append([]model.Question{}, l.Exchanges...), Departments: departmentRefs(l.Departments), Topics: topicRefs(l.Topics),
		Asked: l.Asked, Answered: l.Answered, Confirmed: l.Confirmed, Outcome: l.Outcome, OutcomeName: l.Outcome.Name(), Useful: l.Useful,
		Basis: converted(l.Basis, func(b model.LetterBasis) LetterBasis {
			v := b.Days.On(today)
			return LetterBasis{b.ID, b.Title, b.DocNumber, b.Article, v, v.Name()}
		})}
}

func (h *handler) getPublicLetter(ctx context.Context, in *ByID) (*Rendered, error) {
	l, err := h.Letters.ReadPublic(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(h.publicLetter(l))
}

// Thanks say whether a letter was useful.
type Thanks struct {
	Mine   bool `json:"mine" doc:"我觉得有用"`
	Useful int  `json:"useful" doc:"多少人觉得有用"`
}

func (h *handler) getThanks(ctx context.Context, in *LetterID) (*Private[Thanks], error) {
	mine, count, err := h.Letters.Thanked(ctx, who(ctx).Actor, in.ID)
	if err != nil {
		return nil, err
	}
	return private(Thanks{mine, count}), nil
}

func (h *handler) thank(useful bool) func(context.Context, *LetterID) (*Private[Thanks], error) {
	return func(ctx context.Context, in *LetterID) (*Private[Thanks], error) {
		count, err := h.Letters.Thank(ctx, who(ctx).Actor, in.ID, useful)
		if err != nil {
			return nil, err
		}
		return private(Thanks{useful, count}), nil
	}
}

// BeginLetterIn names the letter that is to be public.
type BeginLetterIn struct {
	Keyed
	LetterID
}

// beginPublicLetter opens the working copy of a letter, or gives the one that is there.
func (h *handler) beginPublicLetter(d *desk[model.PublicLetterDraft]) func(context.Context, *BeginLetterIn) (*Private[DeskRecord[model.PublicLetterDraft]], error) {
	return func(ctx context.Context, in *BeginLetterIn) (*Private[DeskRecord[model.PublicLetterDraft]], error) {
		content, department, err := h.LetterDesk.Propose(ctx, by(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		p, err := h.Publication.BeginUnder(ctx, by(ctx), model.KindLetter, in.ID, department, content)
		return d.answer(ctx, p, err)
	}
}

// OriginalLetter is a letter word by word, beside which it is made fit to be public.
type OriginalLetter struct {
	Number     string             `json:"number" doc:"信的编号，只给办信的人看"`
	MayPublish bool               `json:"may_publish" doc:"写信人现在是否同意公开"`
	Anonymous  bool               `json:"anonymous" doc:"写信人要求公开时匿名"`
	Title      MarkedText         `json:"title" doc:"标题"`
	Exchanges  []OriginalExchange `json:"exchanges" doc:"来信和答复，按先后"`
}

// OriginalExchange is what was asked, and answered.
type OriginalExchange struct {
	Ask    MarkedText `json:"question" doc:"问"`
	Answer MarkedText `json:"answer" doc:"答"`
}

// MarkedText is a text with what should not be public.
type MarkedText struct {
	Text  string       `json:"text" doc:"原文"`
	Spans []MarkedSpan `json:"spans" doc:"建议隐去的"`
}

// MarkedSpan is a stretch that should not be public.
type MarkedSpan struct {
	Kind    string `json:"kind" doc:"id_number 证件号，phone 电话，bank_card 银行卡，plate 车牌，address 住址，name 姓名，email 邮箱，account 账号，paper 其他证件"`
	From    int    `json:"from" doc:"从第几个字符起（UTF-16）"`
	Length  int    `json:"length" doc:"有几个字符"`
	Instead string `json:"instead" doc:"建议改成什么"`
}

func markedText(m letter.Marked) MarkedText {
	t := MarkedText{Text: m.Text, Spans: []MarkedSpan{}}
	for _, s := range m.Spans {
		t.Spans = append(t.Spans, MarkedSpan{string(s.Kind), s.From, s.Len, s.StandIn(m.Text)})
	}
	return t
}

func (h *handler) getOriginal(ctx context.Context, in *LetterID) (*Private[OriginalLetter], error) {
	o, err := h.LetterDesk.Original(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(OriginalLetter{o.Letter.Number, o.Letter.MayPublish, o.Letter.Anonymous, markedText(o.Title),
		converted(o.Exchanges, func(x letter.MarkedExchange) OriginalExchange {
			return OriginalExchange{markedText(x.Ask), markedText(x.Answer)}
		})}), nil
}

// LapsedIn asks for answers that stand no more.
type LapsedIn struct {
	Offset int `query:"offset" minimum:"0" maximum:"100000" doc:"从第几封起"`
	Limit  int `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少封"`
}

// LapsedPage is a page of answers that stand no more.
type LapsedPage struct {
	Total int          `json:"total" doc:"共多少封"`
	Items []LapsedItem `json:"items" doc:"先失效的在前"`
}

// LapsedItem is an answer that stands no more.
type LapsedItem struct {
	PublicLetter
	LapsedOn model.Day `json:"lapsed_on" doc:"从哪天起不再展示"`
}

func (h *handler) listLapsed(ctx context.Context, in *LapsedIn) (*Private[LapsedPage], error) {
	list, total, err := h.Letters.Lapsed(ctx, by(ctx), in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(LapsedPage{total, converted(list, func(l model.PublicLetter) LapsedItem {
		return LapsedItem{h.publicLetter(&l), l.LapsesOn}
	})}), nil
}

// ConfirmAnswerIn says why an answer still stands.
type ConfirmAnswerIn struct {
	Keyed
	LetterID
	Body struct {
		Why string `json:"why" minLength:"2" maxLength:"500" doc:"为什么答复仍然有效，例如新文件里的对应条款"`
	}
}

func (h *handler) confirmAnswer(ctx context.Context, in *ConfirmAnswerIn) (*Private[PublicLetter], error) {
	l, err := h.Letters.Confirm(ctx, by(ctx), in.ID, in.Body.Why)
	if err != nil {
		return nil, err
	}
	return private(h.publicLetter(l)), nil
}
