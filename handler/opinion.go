package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/consultation"
)

// OpinionForm is what a resident finds when they begin to say something.
type OpinionForm struct {
	Opinions  []MyOpinion          `json:"opinions" doc:"以前提过的"`
	Answers   []model.SurveyAnswer `json:"answers" doc:"以前答过的问卷"`
	Supported []string             `json:"supported" doc:"支持了哪些意见，按编号"`
	Until     time.Time            `json:"until" doc:"最晚何时提交；结束前打开过意见表的，结束后半小时内还可以提交"`
}

// MyOpinion is what a resident said.
type MyOpinion struct {
	Opinion
	ConsultationID string             `json:"consultation_id" doc:"哪次意见征集"`
	Consultation   string             `json:"consultation" doc:"意见征集的标题，已经不公开时为空"`
	Phase          string             `json:"phase" enum:",coming,open,closed,adopted" doc:"意见征集的进展，不公开时为空"`
	State          model.OpinionState `json:"state" enum:"waiting,shown,hidden" doc:"waiting 等人看过再公开，shown 公开了，hidden 不公开"`
	Why            string             `json:"why" doc:"不公开的理由"`
	UpdatedAt      time.Time          `json:"updated_at" doc:"最近何时改的"`
}

func myOpinion(o consultation.Mine) MyOpinion {
	return MyOpinion{opinion(o.Opinion), o.ConsultationID, o.Title, string(o.Phase), o.State, o.Why, o.UpdatedAt}
}

// FormIn opens the form of a consultation.
type FormIn struct {
	Keyed
	ID string `path:"id" maxLength:"26" doc:"意见征集的编号"`
}

func (h *handler) openOpinionForm(ctx context.Context, in *FormIn) (*Private[OpinionForm], error) {
	f, err := h.Consultations.OpenForm(ctx, who(ctx).Actor, in.ID)
	if err != nil {
		return nil, err
	}
	return private(OpinionForm{converted(f.Opinions, func(o model.Opinion) MyOpinion { return myOpinion(consultation.Mine{Opinion: o}) }),
		append([]model.SurveyAnswer{}, f.Answers...), append([]string{}, f.Supported...), f.Until}), nil
}

// ClauseIn names what is spoken to.
type ClauseIn struct {
	Keyed
	ID     string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Clause string `path:"clause" maxLength:"26" doc:"哪一条；whole 为整体"`
}

// OpinionIn is what somebody has to say.
type OpinionIn struct {
	ClauseIn
	Body struct {
		Stance    model.Stance `json:"stance" enum:"support,change,against" doc:"support 赞成，change 建议修改，against 不赞成"`
		Text      string       `json:"text,omitempty" doc:"意见，最多 5000 字；赞成时可以不写"`
		Wording   string       `json:"wording,omitempty" doc:"建议的表述，最多 5000 字"`
		Signature string       `json:"signature,omitempty" doc:"公开时的署名，最多 20 字；不写就不署名"`
	}
}

func (h *handler) sayOpinion(ctx context.Context, in *OpinionIn) (*Private[MyOpinion], error) {
	o, err := h.Consultations.Say(ctx, who(ctx).Actor, consultation.Saying{ConsultationID: in.ID, ClauseID: clauseOf(in.Clause), Stance: in.Body.Stance,
		Text: in.Body.Text, Wording: in.Body.Wording, Signature: in.Body.Signature})
	if err != nil {
		return nil, err
	}
	return private(myOpinion(consultation.Mine{Opinion: *o})), nil
}

func (h *handler) takeBackOpinion(ctx context.Context, in *ClauseIn) (*Done, error) {
	return done(), h.Consultations.TakeBack(ctx, who(ctx).Actor, in.ID, clauseOf(in.Clause))
}

// SurveyIn is what somebody answers.
type SurveyIn struct {
	FormIn
	Body struct {
		Answers []model.SurveyAnswer `json:"answers" maxItems:"30" doc:"对每个问题的回答；没有回答的不写"`
	}
}

func (h *handler) answerSurvey(ctx context.Context, in *SurveyIn) (*Done, error) {
	return done(), h.Consultations.AnswerSurvey(ctx, who(ctx).Actor, in.ID, in.Body.Answers)
}

// MyOpinionsIn asks for what somebody said.
type MyOpinionsIn struct {
	Limit  int `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int `query:"offset" minimum:"0" maximum:"100000" default:"0" doc:"跳过条数"`
}

// MyOpinionPage is a part of what somebody said.
type MyOpinionPage struct {
	Items []MyOpinion `json:"items" doc:"新的在前"`
	Total int         `json:"total" doc:"一共多少条"`
}

func (h *handler) listMyOpinions(ctx context.Context, in *MyOpinionsIn) (*Private[MyOpinionPage], error) {
	list, total, err := h.Consultations.Mine(ctx, who(ctx).Actor, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(MyOpinionPage{converted(list, myOpinion), total}), nil
}

// SupportIn names what is supported.
type SupportIn struct {
	Keyed
	ID string `path:"id" maxLength:"26" doc:"意见的编号"`
}

// SupportCount is how many support an opinion.
type SupportCount struct {
	Supports int `json:"supports" doc:"多少人支持"`
}

func (h *handler) supportOpinion(support bool) func(context.Context, *SupportIn) (*Private[SupportCount], error) {
	return func(ctx context.Context, in *SupportIn) (*Private[SupportCount], error) {
		n, err := h.Consultations.Support(ctx, who(ctx).Actor, in.ID, support)
		if err != nil {
			return nil, err
		}
		return private(SupportCount{n}), nil
	}
}
