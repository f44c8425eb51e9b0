package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/letter"
)

// ContactIn says why somebody has to know how an author can be reached.
type ContactIn struct {
	Keyed
	LetterID
	Body struct {
		Why string `json:"why" minLength:"1" maxLength:"500" doc:"为什么要看，记入审计"`
	}
}

// LetterContact is how an author can be reached.
type LetterContact struct {
	Name  string `json:"name" doc:"称呼，没有为空"`
	Phone string `json:"phone" doc:"电话，没有为空"`
}

func (h *handler) readContact(ctx context.Context, in *ContactIn) (*Private[LetterContact], error) {
	c, err := h.Letters.Contact(ctx, by(ctx), in.ID, in.Body.Why)
	return private(LetterContact{c.Name, c.Phone}), err
}

// LetterWhyIn says why something is done.
type LetterWhyIn struct {
	LetterEdit
	Body struct {
		Why string `json:"why" minLength:"1" maxLength:"500" doc:"理由，来信人看不到"`
	}
}

func (h *handler) returnLetter(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Return(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) sendBackReply(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.SendBack(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) askToEndLetter(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.AskToEnd(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) takeLetter(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Take(ctx, by(ctx), r) })
}

func (h *handler) signReply(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Sign(ctx, by(ctx), r) })
}

// LetterTextIn is what somebody writes on a letter.
type LetterTextIn struct {
	LetterEdit
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"内容，来信人看不到"`
	}
}

// HelpLetterIn is what a helping office says.
type HelpLetterIn struct {
	LetterEdit
	Body struct {
		Text       string `json:"text" minLength:"1" maxLength:"20000" doc:"协办意见，来信人看不到"`
		Department string `json:"department,omitempty" maxLength:"26" doc:"替哪个部门写；只属于一个协办部门的不用填"`
	}
}

func (h *handler) helpLetter(ctx context.Context, in *HelpLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Help(ctx, by(ctx), r, in.Body.Department, in.Body.Text)
	})
}

func (h *handler) noteOnLetter(ctx context.Context, in *LetterTextIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Note(ctx, by(ctx), r, in.Body.Text) })
}

// DraftReplyIn is a reply as somebody writes it.
type DraftReplyIn struct {
	LetterEdit
	Body struct {
		Text    string              `json:"text" minLength:"1" maxLength:"20000" doc:"给来信人的答复，最多5000个字"`
		Basis   string              `json:"basis,omitempty" maxLength:"500" doc:"依据的文件和条款"`
		Outcome model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明"`
	}
}

func (h *handler) draftReply(ctx context.Context, in *DraftReplyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Draft(ctx, by(ctx), r, letter.Reply{Text: in.Body.Text, Basis: in.Body.Basis, Outcome: in.Body.Outcome})
	})
}

// ExtendLetterIn takes a longer time.
type ExtendLetterIn struct {
	LetterEdit
	Body struct {
		Day  model.Day `json:"day" maxLength:"10" doc:"延长到哪天"`
		Why  string    `json:"why" minLength:"1" maxLength:"500" doc:"为什么，来信人看得到"`
		Plan string    `json:"plan" minLength:"1" maxLength:"500" doc:"接下来怎么办，来信人看得到"`
	}
}

func (h *handler) extendLetter(ctx context.Context, in *ExtendLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Extend(ctx, by(ctx), r, in.Body.Day, in.Body.Why, in.Body.Plan)
	})
}
