package handler

import (
	"context"
	"time"

	"yuandu/service/letter"
)

// AlikeLetters are letters about the same matter as one.
type AlikeLetters struct {
	First AlikeLetter   `json:"first" doc:"并案时由它带头的一封"`
	Items []AlikeLetter `json:"items" doc:"说的像是同一件事的来信，早的在前，不含带头的一封"`
}

// AlikeLetter is a letter about the same matter as others.
type AlikeLetter struct {
	ID         string    `json:"id" doc:"编号，用于地址"`
	Number     string    `json:"number" doc:"受理编号，给人看"`
	Title      string    `json:"title" doc:"来信的标题"`
	Place      string    `json:"place" doc:"地点，没有为空"`
	ReceivedAt time.Time `json:"received_at" doc:"何时收到的"`
	StateName  string    `json:"state_name" doc:"状态的中文"`
	Department *Ref      `json:"department" doc:"主办部门，还没有分派为 null"`
}

// LetterMatters are matters about which several letters came.
type LetterMatters struct {
	Items []AlikeLetters `json:"items" doc:"来信多的在前；每件至少有一封还没有分派"`
}

func (h *handler) alikeLetters(ctx context.Context, in *LetterID) (*Private[AlikeLetters], error) {
	m, err := h.Letters.Alike(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	return private(letterMatter(*m, names)), err
}

func (h *handler) letterMatters(ctx context.Context, _ *struct{}) (*Private[LetterMatters], error) {
	list, err := h.Letters.Matters(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	return private(LetterMatters{converted(list, func(m letter.Matter) AlikeLetters { return letterMatter(m, names) })}), err
}

func letterMatter(m letter.Matter, names letter.Names) AlikeLetters {
	one := func(v letter.Shown) AlikeLetter {
		return AlikeLetter{v.ID, v.Number, v.Title, v.Place.Words, v.ReceivedAt, v.State.Name(), refOf(v.LeadID, names.Departments)}
	}
	return AlikeLetters{one(m.First), converted(m.With, one)}
}

// MergeLettersIn has letters go with another.
type MergeLettersIn struct {
	Keyed
	LetterID
	Body struct {
		IDs []string `json:"ids" minItems:"1" maxItems:"500" doc:"把哪些来信并入这一封：它们的编号"`
	}
}

// LettersMerged is what became of letters that were to go with another.
type LettersMerged struct {
	Merged int          `json:"merged" doc:"并入了多少封"`
	Left   []LetterLeft `json:"left" doc:"没有并入的，和为什么"`
}

func (h *handler) mergeLetters(ctx context.Context, in *MergeLettersIn) (*Private[LettersMerged], error) {
	merged, err := h.Letters.MergeSome(ctx, by(ctx), in.ID, in.Body.IDs)
	if err != nil {
		return nil, err
	}
	return private(LettersMerged{merged.Done, converted(merged.Left, letterLeft)}), nil
}
