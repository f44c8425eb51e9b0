package letter

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what the service holds about residents.
type Holding struct{ *Service }

// Holding is what the service holds about residents.
func (s *Service) Holding() Holding { return Holding{s} }

// Tables names the tables it answers for.
func (h Holding) Tables() []string {
	return []string{"letters", "letter_files", "letter_drafts", "public_letter_thanks"}
}

// Export gives a resident all letters, step by step.
func (h Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "letters", Title: "export.letters", Columns: []string{"export.receipt", "export.kind", "export.when",
		"export.step", "export.about", "export.words"}}
	ids, err := h.store.LetterIDs(ctx, residentID)
	if err != nil {
		return v, err
	}
	for _, id := range ids {
		l, err := h.store.Letter(ctx, id)
		if err != nil {
			return v, err
		}
		v.Rows = append(v.Rows, exported(l)...)
	}
	thanked, err := h.store.ThankedLetters(ctx, residentID)
	for _, title := range thanked {
		v.Rows = append(v.Rows, []string{"", "", "", "觉得有用", title, ""})
	}
	return v, err
}

// exported are the steps of a letter that its author may know of.
func exported(l *model.Letter) (rows [][]string) {
	answered, rated := sent(l), sent(l)
	for _, e := range l.Events {
		text := e.Text
		switch e.What {
		case model.LetterStepReceived:
			text = l.Text
		case model.LetterStepAnswered:
			text = answered[0].Outcome.Name() + "：" + answered[0].Text
			answered = answered[1:]
		case model.LetterStepRated:
			text, rated = nextRating(rated)
		case model.LetterStepDispatched, model.LetterStepDesignated:
			text = "" // why is the offices' own
		case model.LetterStepMerged:
			text = "" // the other letter is somebody else's
		}
		if !e.What.IsInternal() {
			rows = append(rows, []string{l.Number, l.Channel.Name(), e.At.In(model.Shanghai).Format(time.DateTime), e.What.Name(), l.Title, text})
		}
	}
	return rows
}

func sent(l *model.Letter) (list []model.LetterReply) {
	for _, r := range l.Replies {
		if r.IsSent() {
			list = append(list, r)
		}
	}
	return list
}

// nextRating is what was said of the next answer that was rated.
func nextRating(list []model.LetterReply) (text string, rest []model.LetterReply) {
	for i, r := range list {
		if r.Rating != nil {
			return r.Rating.Text, list[i+1:]
		}
	}
	return "", nil
}

// Erase cuts the resident from all letters, and forgets how the person can be reached.
// What was written is kept, sealed: what is open is still to be answered, and both are
// records of the offices' work (条例第二十五条, 档案法). Nothing of it stays public: nobody
// is there any more who agrees.
func (h Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, now time.Time) ([]model.ErasedItem, error) {
	if err := tx.ForgetThanks(ctx, residentID); err != nil {
		return nil, err
	}
	ids, err := tx.LetterIDs(ctx, residentID)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if err := h.leavePublic(ctx, tx, id); err != nil {
			return nil, err
		}
	}
	n, open, err := tx.CutLetters(ctx, residentID, now)
	if err != nil || n == 0 {
		return nil, err
	}
	item := model.ErasedItem{What: "erased.letters", Count: n, Kept: "kept.letters"}
	if open > 0 {
		item.Kept = "kept.letters_open"
	}
	return []model.ErasedItem{item}, nil
}
