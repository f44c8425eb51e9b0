package feedback

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Mine lists what a resident has given, the newest first, and counts it.
func (s *Service) Mine(ctx context.Context, by model.Actor, limit, offset int) ([]Shown, int, error) {
	list, total, err := s.store.FeedbackList(ctx, store.FeedbackFilter{Resident: by.ID, Newest: true, Limit: limit, Offset: offset})
	if err != nil {
		return nil, 0, err
	}
	all, err := s.shown(ctx, list...)
	return all, total, err
}

// OneOfMine reads one of a resident's own: that of others is not there.
func (s *Service) OneOfMine(ctx context.Context, by model.Actor, id string) (*Shown, error) {
	f, err := s.store.Feedback(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case f == nil || f.ResidentID != by.ID:
		return nil, model.ErrFeedbackMissing
	}
	return s.showOne(ctx, f)
}

// Add adds to one of a resident's own what came to mind later.
func (s *Service) Add(ctx context.Context, by model.Actor, id, text string) (*Shown, error) {
	text, err := model.Written(text, model.FeedbackText)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, by, id, "added", func(f *model.Feedback) ([]model.FeedbackEvent, error) { return f.Add(text, s.clock.Now()) })
}

// Rate keeps what a resident says of the present answer.
func (s *Service) Rate(ctx context.Context, by model.Actor, id string, r model.FeedbackRating) (*Shown, error) {
	if r.Text != "" {
		var err error
		if r.Text, err = model.Written(r.Text, model.FeedbackRemark); err != nil {
			return nil, err
		}
	}
	r.At = s.clock.Now()
	return s.mine(ctx, by, id, "rated", func(f *model.Feedback) ([]model.FeedbackEvent, error) { return f.Rate(r) })
}

func (s *Service) mine(ctx context.Context, by model.Actor, id, act string,
	do func(*model.Feedback) ([]model.FeedbackEvent, error)) (*Shown, error) {
	var f *model.Feedback
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if f, err = tx.FeedbackFor(ctx, id); err != nil {
			return err
		}
		if f.ResidentID != by.ID {
			return model.ErrFeedbackMissing
		}
		return keep(ctx, tx, by, f, act, do)
	})
	if err != nil {
		return nil, err
	}
	return s.showOne(ctx, f)
}

// keep does something to a feedback that was taken, and writes it down.
func keep(ctx context.Context, tx *store.Tx, by model.Actor, f *model.Feedback, act string,
	do func(*model.Feedback) ([]model.FeedbackEvent, error)) error {
	steps, err := do(f)
	if err != nil {
		return err
	}
	if err := tx.KeepFeedback(ctx, f, steps...); err != nil {
		return err
	}
	return note(ctx, tx, by, f, act)
}
