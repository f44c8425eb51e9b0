package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/letter"
)

// EnterLetterIn is a letter that came to staff.
type EnterLetterIn struct {
	Keyed
	Body struct {
		LetterForm
		Source model.LetterSource `json:"source" enum:"phone,counter,paper" doc:"phone 电话，counter 窗口，paper 信函"`
	}
}

func (h *handler) enterLetter(ctx context.Context, in *EnterLetterIn) (*Private[LetterRecord], error) {
	v := in.Body.sending()
	v.Source = in.Body.Source
	entered, err := h.Letters.Enter(ctx, by(ctx), v)
	return h.answerLetterRecord(ctx, entered, err)
}

// DispatchIn gives a letter to offices.
type DispatchIn struct {
	LetterEdit
	Body struct {
		Lead    string      `json:"lead" minLength:"1" maxLength:"26" doc:"主办部门"`
		Assists []string    `json:"assists,omitempty" maxItems:"10" doc:"协办部门"`
		Term    *LetterTerm `json:"term,omitempty" doc:"法规另有期限的，几个工作日、依据；不填为 5 个工作日"`
		Final   bool        `json:"final,omitempty" doc:"指定办理：不能再退回"`
		Why     string      `json:"why,omitempty" maxLength:"500" doc:"为什么交给它，来信人看不到"`
	}
}

func (h *handler) dispatchLetter(ctx context.Context, in *DispatchIn) (*Private[LetterRecord], error) {
	d := letter.Dispatching{Lead: in.Body.Lead, Assists: in.Body.Assists, Final: in.Body.Final, Why: in.Body.Why}
	if t := in.Body.Term; t != nil {
		d.Term = model.Term{Workdays: t.Workdays, Law: t.Law, Article: t.Article}
	}
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Dispatch(ctx, by(ctx), r, d) })
}

// RefuseLetterIn does not accept a letter.
type RefuseLetterIn struct {
	LetterEdit
	Body struct {
		Ground model.LetterGround `json:"ground" enum:"litigation,foi,petition,secret,concluded,emergency,not_city" doc:"litigation 诉讼仲裁等，foi 信息公开，petition 信访中，secret 秘密或隐私，concluded 已依法办结，emergency 紧急求助，not_city 不属本市"`
		Text   string             `json:"text" minLength:"1" maxLength:"500" doc:"理由，和可以去哪里；来信人看得到"`
	}
}

func (h *handler) refuseLetter(ctx context.Context, in *RefuseLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Refuse(ctx, by(ctx), r, in.Body.Ground, in.Body.Text)
	})
}

// MergeLetterIn has a letter go with another.
type MergeLetterIn struct {
	LetterEdit
	Body struct {
		Into string `json:"into" minLength:"1" maxLength:"40" doc:"并入哪一封：编号或受理编号"`
	}
}

func (h *handler) mergeLetter(ctx context.Context, in *MergeLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Merge(ctx, by(ctx), r, in.Body.Into) })
}

func (h *handler) clearLetter(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Clear(ctx, by(ctx), r) })
}

// EndLetterIn says whether a letter ends without solution.
type EndLetterIn struct {
	LetterEdit
	Body struct {
		Agreed bool   `json:"agreed" doc:"同意终结；不同意就继续办理"`
		Why    string `json:"why" minLength:"1" maxLength:"500" doc:"理由；同意终结的，来信人看得到"`
	}
}

func (h *handler) endLetter(ctx context.Context, in *EndLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.End(ctx, by(ctx), r, in.Body.Agreed, in.Body.Why)
	})
}
