package feedback

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what the service holds about residents.
type Holding struct{ store *store.Store }

// NewHolding makes the holding.
func NewHolding(s *store.Store) Holding { return Holding{s} }

// Tables names the tables it answers for.
func (h Holding) Tables() []string { return []string{"feedback"} }

// Export gives a resident all that was given and answered, step by step.
func (h Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "feedback", Title: "export.feedback", Columns: []string{"export.receipt", "export.kind", "export.when",
		"export.step", "export.about", "export.quote", "export.words"}}
	ids, err := h.store.FeedbackIDs(ctx, residentID)
	if err != nil {
		return v, err
	}
	for _, id := range ids {
		f, err := h.store.Feedback(ctx, id)
		if err != nil {
			return v, err
		}
		v.Rows = append(v.Rows, exported(f)...)
	}
	return v, nil
}

// exported are the steps of a feedback that its resident may know of.
func exported(f *model.Feedback) (rows [][]string) {
	about := model.FeedbackAbout{}
	if f.About != nil {
		about = *f.About
	}
	for _, e := range f.Passed() {
		text := e.Text
		switch e.What {
		case model.StepReceived:
			text = f.Text
		case model.StepAnswered:
			text = e.Answer.Outcome.Name() + "：" + e.Answer.Text + reasoned(e.Answer.Reason)
		case model.StepRated:
			text = e.Answer.Rating.Text
		case model.StepAssigned:
			text = "" // why is the offices' own
		}
		if !e.What.IsInternal() {
			rows = append(rows, []string{f.Number, f.Kind.Name(), e.At.In(model.Shanghai).Format(time.DateTime), e.What.Name(), about.Title, about.Quote, text})
		}
	}
	return rows
}

func reasoned(reason string) string {
	if reason == "" {
		return ""
	}
	return "（理由：" + reason + "）"
}

// Erase cuts the resident from all feedback. What was written is kept, sealed:
// what is open is still to be answered, and both are records of the offices' work.
func (h Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, now time.Time) ([]model.ErasedItem, error) {
	n, err := tx.CutFeedback(ctx, residentID, now)
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.ErasedItem{{What: "erased.feedback", Count: n, Kept: "kept.feedback"}}, nil
}
