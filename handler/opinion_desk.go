package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/consultation"
)

func (h *handler) opinionDeskRoutes(api huma.API) {
	read, answer := may(model.ActReadOpinions), may(model.ActAnswerOpinions)
	act(h, api, "GET", "/admin/v1/consultations/owed", read, "要办的意见征集：意见等人看的，结束了还没有公布采纳情况的", h.listOwedConsultations)
	act(h, api, "GET", "/admin/v1/consultations/{id}/opinions", read, "征集到的意见", h.listOpinions)
	act(h, api, "POST", "/admin/v1/consultations/{id}/opinions", answer, "录入电话、信函、会上的意见", h.enterOpinion)
	act(h, api, "GET", "/admin/v1/consultations/{id}/clauses", read, "征求意见稿的各条，已经没有的也在内", h.listClauses)
	act(h, api, "GET", "/admin/v1/consultations/{id}/survey", read, "问卷的回答", h.getSurvey)
	act(h, api, "GET", "/admin/v1/consultations/{id}/groups", read, "归在一起的意见，和可以归在一起的", h.listOpinionGroups)
	act(h, api, "GET", "/admin/v1/consultations/{id}/report", read, "由答复写成的采纳情况", h.writeReport)
	act(h, api, "POST", "/admin/v1/consultations/{id}/opinions/shown", answer, "公开没有个人信息的意见，可以一次多条", h.showOpinions)
	act(h, api, "POST", "/admin/v1/consultations/{id}/groups", answer, "把意见归在一起", h.groupOpinions)
	act(h, api, "PUT", "/admin/v1/consultations/{id}/groups/{group}/answer", answer, "答复归在一起的意见", h.answerGroup)
	act(h, api, "DELETE", "/admin/v1/consultations/{id}/groups/{group}", answer, "不再归在一起", h.ungroup)
	act(h, api, "PUT", "/admin/v1/opinions/{id}/look", answer, "看过一条意见：公开或者不公开", h.lookAtOpinion)
	act(h, api, "PUT", "/admin/v1/opinions/{id}/answer", answer, "答复一条意见", h.answerOpinion)
}

// OwedConsultations lists consultations of which something is to be done.
type OwedConsultations struct {
	Items []OwedConsultation `json:"items" doc:"结束最久的在前，正在征集的在后"`
}

// OwedConsultation is one in which opinions wait to be looked at, or of which it is owed
// what became of them.
type OwedConsultation struct {
	ID         string    `json:"id" doc:"编号"`
	Title      string    `json:"title" doc:"标题"`
	Department Ref       `json:"department" doc:"归哪个部门管理"`
	Closes     model.Day `json:"closes" doc:"哪天结束"`
	Days       int       `json:"days" doc:"结束几天了，0 为正在征集"`
	Nag        int       `json:"nag" doc:"过了 3、7、15 天中的哪一道，0 为还没有"`
	Opinions   int       `json:"opinions" doc:"多少条意见"`
	Waiting    int       `json:"waiting" doc:"其中多少条等人看"`
	Unanswered int       `json:"unanswered" doc:"其中多少条没有答复"`
}

func (h *handler) listOwedConsultations(ctx context.Context, _ *struct{}) (*Private[OwedConsultations], error) {
	list, err := h.Consultations.Owed(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	return private(OwedConsultations{converted(list, func(o consultation.Owed) OwedConsultation {
		return OwedConsultation{o.ID, o.Title, Ref{o.At.ID, o.At.Name}, o.Closes, o.DaysLate, o.Nag, o.Said.Opinions, o.Said.Waiting, o.Said.Unanswered}
	})}), nil
}

// OpinionsIn asks for what was said.
type OpinionsIn struct {
	ID     string             `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Clause string             `query:"clause" maxLength:"26" doc:"哪一条；whole 为对整体的，空着为全部"`
	State  model.OpinionState `query:"state" enum:"waiting,shown,hidden" doc:"公开没有；空着为全部"`
	Stance model.Stance       `query:"stance" enum:"support,change,against" doc:"态度；空着为全部"`
	Group  string             `query:"group" maxLength:"26" doc:"归在哪一组；none 为没有归组的，空着为全部"`
	Open   bool               `query:"open" doc:"只要没有答复的"`
	Sort   string             `query:"sort" enum:"given,supports" default:"given" doc:"given 先来的在前，supports 支持的人多的在前"`
	Limit  int                `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int                `query:"offset" minimum:"0" maximum:"100000" default:"0" doc:"跳过条数"`
}

// HeardPage is a part of what was said, for staff.
type HeardPage struct {
	Items      []HeardOpinion `json:"items" doc:"这一页"`
	Total      int            `json:"total" doc:"一共多少条"`
	People     int            `json:"people" doc:"多少人提了意见"`
	Opinions   int            `json:"opinions" doc:"全部意见多少条"`
	Waiting    int            `json:"waiting" doc:"其中等人看的"`
	Unanswered int            `json:"unanswered" doc:"其中没有答复的"`
	Verdicts   []VerdictCount `json:"verdicts" doc:"答复了的各多少条"`
	MayAnswer  bool           `json:"may_answer" doc:"可以公开、归并和答复"`
}

// HeardOpinion is an opinion as staff see it.
type HeardOpinion struct {
	Opinion
	Version    int64              `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Source     string             `json:"source" doc:"怎么来的：小程序、电话、信函、会上"`
	State      model.OpinionState `json:"state" enum:"waiting,shown,hidden" doc:"waiting 等人看，shown 公开了，hidden 不公开"`
	Why        string             `json:"why" doc:"不公开的理由"`
	Shown      string             `json:"shown" doc:"公开的文字"`
	ShownWord  string             `json:"shown_wording" doc:"公开的建议表述"`
	Original   MarkedText         `json:"original" doc:"意见的原文，和建议隐去的"`
	OwnWording MarkedText         `json:"original_wording" doc:"建议表述的原文，和建议隐去的"`
	GroupID    string             `json:"group_id" doc:"归在哪一组，没有为空"`
	Place      string             `json:"place" doc:"改在采纳后文本的哪一条，就是原来那一条时为空"`
	UpdatedAt  time.Time          `json:"updated_at" doc:"最近何时改的"`
	AnsweredAt *time.Time         `json:"answered_at" doc:"何时答复，没有为 null"`
}

func heardOpinion(o consultation.Said) HeardOpinion {
	v := HeardOpinion{Opinion: opinion(o.Opinion), Version: o.Version, Source: o.Source.Name(), State: o.State, Why: o.Why, Shown: o.Shown, ShownWord: o.ShownWording,
		Original: markedText(o.Text), OwnWording: markedText(o.Wording), GroupID: o.GroupID, Place: o.Place, UpdatedAt: o.UpdatedAt}
	v.Text, v.Opinion.Wording = o.Text.Text, o.Wording.Text
	if !o.AnsweredAt.IsZero() {
		v.AnsweredAt = &o.AnsweredAt
	}
	return v
}

// EnterIn is what somebody said by telephone, on paper or at a hearing.
type EnterIn struct {
	Keyed
	ID   string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Body struct {
		Source    model.OpinionSource `json:"source" enum:"phone,paper,hall" doc:"phone 电话，paper 信函，hall 听证会、座谈会上"`
		Clause    string              `json:"clause,omitempty" maxLength:"26" doc:"说的是哪一条；空着为整体"`
		Stance    model.Stance        `json:"stance" enum:"support,change,against" doc:"态度"`
		Text      string              `json:"text,omitempty" doc:"意见，最多 5000 字"`
		Wording   string              `json:"wording,omitempty" doc:"建议的表述，最多 5000 字"`
		Signature string              `json:"signature,omitempty" doc:"公开时的署名，最多 20 字"`
	}
}

func (h *handler) enterOpinion(ctx context.Context, in *EnterIn) (*Private[HeardOpinion], error) {
	b := in.Body
	o, err := h.Consultations.Enter(ctx, by(ctx), b.Source, consultation.Saying{ConsultationID: in.ID, ClauseID: b.Clause, Stance: b.Stance, Text: b.Text,
		Wording: b.Wording, Signature: b.Signature})
	if err != nil {
		return nil, err
	}
	return versioned(heardOpinion(*o), o.Version), nil
}

// noGroup asks for what is in no group.
const noGroup = "none"

func (h *handler) listOpinions(ctx context.Context, in *OpinionsIn) (*Private[HeardPage], error) {
	f := consultation.Filter{ConsultationID: in.ID, ClauseID: clauseFilter(in.Clause), State: in.State, Stance: in.Stance, Unanswered: in.Open,
		WithWords: in.Open, MostSupported: in.Sort == "supports", Limit: in.Limit, Offset: in.Offset}
	if in.Group != "" {
		group := in.Group
		if group == noGroup {
			group = ""
		}
		f.GroupID = &group
	}
	v, err := h.Consultations.Opinions(ctx, by(ctx), f)
	if err != nil {
		return nil, err
	}
	return private(HeardPage{converted(v.Items, heardOpinion), v.Total, v.Counts.People, v.Counts.Opinions, v.Counts.Waiting, v.Counts.Unanswered,
		verdictCounts(v.Counts.Verdicts), v.Rights.Answer}), nil
}

// ClauseList are the clauses of a draft.
type ClauseList struct {
	Items []DeskClause `json:"items" doc:"现在的在前，按顺序；已经没有的在后"`
}

// DeskClause is a clause as staff see it.
type DeskClause struct {
	ID     string `json:"id" doc:"编号"`
	Anchor string `json:"anchor" doc:"在正文里的位置"`
	Label  string `json:"label" doc:"叫什么"`
	Text   string `json:"text" doc:"全文"`
	Gone   bool   `json:"gone" doc:"已经不在征求意见稿里"`
	Into   string `json:"into" doc:"并入了哪一条，没有为空"`
}

func (h *handler) listClauses(ctx context.Context, in *DeskID) (*Private[ClauseList], error) {
	list, err := h.Consultations.Clauses(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(ClauseList{converted(list, func(c model.Clause) DeskClause {
		return DeskClause{c.ID, c.Anchor, c.Label, c.Text, c.Gone, c.Into}
	})}), nil
}

// SurveyHeard is how questions were answered, for staff.
type SurveyHeard struct {
	Items []HeardQuestion `json:"items" doc:"各个问题"`
}

// HeardQuestion is a question and its answers.
type HeardQuestion struct {
	SurveyResult
	Question model.SurveyQuestion `json:"question" doc:"问题"`
	Texts    []string             `json:"texts" doc:"写下的回答"`
}

func (h *handler) getSurvey(ctx context.Context, in *DeskID) (*Private[SurveyHeard], error) {
	list, err := h.Consultations.SurveyHeard(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(SurveyHeard{converted(list, func(r consultation.SurveyResult) HeardQuestion {
		return HeardQuestion{surveyResult(r), r.SurveyQuestion, converted(r.Texts, func(m consultation.Marked) string { return m.Text })}
	})}), nil
}

// OpinionGroups are the groups of a consultation, and what might be one.
type OpinionGroups struct {
	Items    []OpinionGroup    `json:"items" doc:"归好的，大的在前"`
	Proposed []OpinionProposal `json:"proposed" doc:"可以归在一起的，大的在前；由人决定"`
}

// OpinionProposal are opinions that might be one group.
type OpinionProposal struct {
	IDs      []string       `json:"ids" doc:"哪些意见"`
	Opinions []HeardOpinion `json:"opinions" doc:"其中几条"`
}

func (h *handler) listOpinionGroups(ctx context.Context, in *DeskID) (*Private[OpinionGroups], error) {
	g, err := h.Consultations.Groups(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(OpinionGroups{converted(g.Items, opinionGroup), converted(g.Proposed, func(p consultation.Proposal) OpinionProposal {
		return OpinionProposal{p.IDs, converted(p.Opinions, heardOpinion)}
	})}), nil
}

// WrittenReport is a report that wrote itself.
type WrittenReport struct {
	Report     []model.Passage `json:"report" doc:"采纳情况的说明，供修改"`
	Unanswered int             `json:"unanswered" doc:"还有多少条意见没有答复；答复完才能公布"`
}

func (h *handler) writeReport(ctx context.Context, in *DeskID) (*Private[WrittenReport], error) {
	report, unanswered, err := h.Consultations.WriteReport(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(WrittenReport{report, unanswered}), nil
}

// ShowIn names opinions that everybody may read.
type ShowIn struct {
	Keyed
	ID   string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Body struct {
		IDs []string `json:"ids" minItems:"1" maxItems:"200" doc:"哪些意见"`
	}
}

// ShownCount is how many opinions are public now.
type ShownCount struct {
	Shown int `json:"shown" doc:"公开了多少条"`
	Left  int `json:"left" doc:"多少条要一条一条看：像有个人信息，或者看过了"`
}

func (h *handler) showOpinions(ctx context.Context, in *ShowIn) (*Private[ShownCount], error) {
	shown, left, err := h.Consultations.ShowAll(ctx, by(ctx), in.ID, in.Body.IDs)
	if err != nil {
		return nil, err
	}
	return private(ShownCount{shown, left}), nil
}

// GroupIn puts opinions together.
type GroupIn struct {
	Keyed
	ID   string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Body struct {
		Gist string   `json:"gist" maxLength:"1000" doc:"这些意见说了什么，最多 200 字；公布采纳情况时公开"`
		IDs  []string `json:"ids" maxItems:"5000" doc:"哪些意见，说的是同一条"`
	}
}

func (h *handler) groupOpinions(ctx context.Context, in *GroupIn) (*Private[OpinionGroup], error) {
	g, err := h.Consultations.Group(ctx, by(ctx), in.ID, in.Body.Gist, in.Body.IDs)
	if err != nil {
		return nil, err
	}
	return versioned(opinionGroup(*g), g.Version), nil
}

// AnswerIn says what became of opinions.
type AnswerIn struct {
	Verdict model.Verdict `json:"verdict" enum:"adopted,partly,not_adopted,noted,outside" doc:"adopted 采纳，partly 部分采纳，not_adopted 未采纳，noted 供参考，outside 不属本次范围"`
	Reason  string        `json:"reason" doc:"理由，最多 1000 字"`
	Place   string        `json:"place,omitempty" doc:"改在采纳后文本的哪一条，如第十五条；就是原来那一条时空着"`
}

// GroupEdit is an act on a group that was read.
type GroupEdit struct {
	Edit
	ID    string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Group string `path:"group" maxLength:"26" doc:"组的编号"`
}

// GroupAnswerIn answers a group.
type GroupAnswerIn struct {
	GroupEdit
	Body AnswerIn
}

func (h *handler) answerGroup(ctx context.Context, in *GroupAnswerIn) (*Private[OpinionGroup], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	g, err := h.Consultations.AnswerGroup(ctx, by(ctx), in.ID, consultation.Ref{ID: in.Group, Version: version}, model.Answer(in.Body))
	if err != nil {
		return nil, err
	}
	return versioned(opinionGroup(*g), g.Version), nil
}

func (h *handler) ungroup(ctx context.Context, in *GroupEdit) (*Done, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return done(), h.Consultations.Ungroup(ctx, by(ctx), in.ID, consultation.Ref{ID: in.Group, Version: version})
}

// OpinionEdit is an act on an opinion that was read.
type OpinionEdit struct {
	Edit
	ID string `path:"id" maxLength:"26" doc:"意见的编号"`
}

// LookIn is what somebody decides who has looked at an opinion.
type LookIn struct {
	OpinionEdit
	Body struct {
		Show    bool   `json:"show" doc:"公开"`
		Text    string `json:"text,omitempty" doc:"公开的文字，隐去个人信息"`
		Wording string `json:"wording,omitempty" doc:"公开的建议表述，隐去个人信息"`
		Why     string `json:"why,omitempty" doc:"不公开的理由，提意见的人看得到"`
	}
}

func (h *handler) lookAtOpinion(ctx context.Context, in *LookIn) (*Private[HeardOpinion], error) {
	return h.onOpinion(ctx, &in.OpinionEdit, func(r consultation.Ref) (*consultation.Said, error) {
		return h.Consultations.LookAt(ctx, by(ctx), r, consultation.Look(in.Body))
	})
}

// OpinionAnswerIn answers an opinion.
type OpinionAnswerIn struct {
	OpinionEdit
	Body AnswerIn
}

func (h *handler) answerOpinion(ctx context.Context, in *OpinionAnswerIn) (*Private[HeardOpinion], error) {
	return h.onOpinion(ctx, &in.OpinionEdit, func(r consultation.Ref) (*consultation.Said, error) {
		return h.Consultations.Answer(ctx, by(ctx), r, model.Answer(in.Body))
	})
}

// onOpinion does something to an opinion; who was too slow is told what is there now.
func (h *handler) onOpinion(ctx context.Context, in *OpinionEdit, do func(consultation.Ref) (*consultation.Said, error)) (*Private[HeardOpinion], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	o, err := do(consultation.Ref{ID: in.ID, Version: version})
	if err != nil {
		return nil, withCurrent(err, func() (HeardOpinion, error) {
			now, err := h.Consultations.OpinionNow(ctx, by(ctx), in.ID)
			if err != nil {
				return HeardOpinion{}, err
			}
			return heardOpinion(*now), nil
		})
	}
	return versioned(heardOpinion(*o), o.Version), nil
}
