package handler

import (
	"context"

	"yuandu/service/letter"
)

// InstructIn is what the mayor's office wants done.
type InstructIn struct {
	LetterEdit
	Body struct {
		Department string `json:"department" minLength:"1" maxLength:"26" doc:"交给哪个部门"`
		Text       string `json:"text" minLength:"1" maxLength:"500" doc:"批示"`
	}
}

func (h *handler) instructLetter(ctx context.Context, in *InstructIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Instruct(ctx, by(ctx), r, in.Body.Department, in.Body.Text)
	})
}

// ReportIn is what a department did about an instruction.
type ReportIn struct {
	LetterEdit
	Instruction string `path:"instruction" maxLength:"26" doc:"批示的编号"`
	Body        struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"落实情况"`
	}
}

func (h *handler) reportInstruction(ctx context.Context, in *ReportIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Report(ctx, by(ctx), r, in.Instruction, in.Body.Text)
	})
}
