package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/letter"
)

// HandOverLettersIn gives letters to a colleague.
type HandOverLettersIn struct {
	Keyed
	Body struct {
		IDs []string `json:"ids" minItems:"1" maxItems:"100" doc:"哪些来信的编号"`
		To  string   `json:"to" minLength:"1" maxLength:"26" doc:"交给哪位同事"`
		Why string   `json:"why" minLength:"1" maxLength:"500" doc:"为什么移交，来信人看不到"`
	}
}

// LettersHanded is what became of letters that were to change hands.
type LettersHanded struct {
	Moved int          `json:"moved" doc:"移交了多少封"`
	Left  []LetterLeft `json:"left" doc:"没有移交的，和为什么"`
}

// LetterLeft is a letter of several to which nothing was done.
type LetterLeft struct {
	ID     string `json:"id" doc:"来信的编号"`
	Number string `json:"number" doc:"受理编号，给人看"`
	Why    string `json:"why" doc:"为什么没有办"`
}

func (h *handler) handOverLetters(ctx context.Context, in *HandOverLettersIn) (*Private[LettersHanded], error) {
	handed, err := h.Letters.HandOver(ctx, by(ctx), in.Body.IDs, in.Body.To, in.Body.Why)
	if err != nil {
		return nil, err
	}
	return private(LettersHanded{len(handed.Moved), converted(handed.Left, letterLeft)}), nil
}

func letterLeft(l letter.Left) LetterLeft {
	return LetterLeft{l.ID, l.Number, say(l.Why.Code, l.Why.Args)}
}

// LetterColleagues are those to whom letters can be given.
type LetterColleagues struct {
	Items []LetterColleagueItem `json:"items" doc:"可以办理本部门来信的同事"`
}

// LetterColleagueItem is somebody to whom letters can be given.
type LetterColleagueItem struct {
	ID         string `json:"id" doc:"工作人员的编号"`
	Name       string `json:"name" doc:"同事的姓名"`
	Title      string `json:"title" doc:"职务，没有时为空"`
	Department string `json:"department" doc:"所在部门，没有为空"`
}

func (h *handler) letterColleagues(ctx context.Context, _ *struct{}) (*Private[LetterColleagues], error) {
	list, err := h.Letters.Colleagues(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	names, err := h.Directory.Names(ctx)
	return private(LetterColleagues{converted(list, func(s model.Staff) LetterColleagueItem {
		return LetterColleagueItem{s.ID, s.Name, s.Title, names[s.DepartmentID]}
	})}), err
}
