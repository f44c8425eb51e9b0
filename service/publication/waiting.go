package publication

import (
	"context"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Wait is why documents wait for somebody.
type Wait string

// The waits, the most pressing first. What could not be published waits for
// review too, and what was given back is a draft too: each count is that of the
// list behind it.
const (
	WaitFailed    Wait = "failed"    // could not be published at its time
	WaitReview    Wait = "review"    // for the asker's review
	WaitReturned  Wait = "returned"  // the asker wrote it, and it was given back
	WaitDraft     Wait = "draft"     // the asker writes it
	WaitScheduled Wait = "scheduled" // signed, its time has not come
)

// Waiting are the documents of a kind that wait for somebody.
type Waiting struct {
	What   Wait
	Kind   model.Kind
	Count  int
	Oldest time.Time // since when the first of them waits; of what is scheduled, when the first appears
}

// waits are the lists of documents that wait, and since when each does.
var waits = []struct {
	what Wait
	list Question
	of   store.PublicationMoment
}{
	{WaitFailed, Question{Failed: true}, store.MomentLastAct},
	{WaitReview, Question{Waiting: true}, store.MomentSubmitted},
	{WaitReturned, Question{Returned: true}, store.MomentLastAct},
	{WaitDraft, Question{Mine: true, Stages: []model.Stage{model.StageDraft}}, store.MomentUpdated},
	{WaitScheduled, Question{Stages: []model.Stage{model.StageScheduled}}, store.MomentTime},
}

// Waiting lists what waits for somebody; that of which there is none is left out.
func (s *Service) Waiting(ctx context.Context, by model.Actor) (list []Waiting, err error) {
	for _, kind := range s.kinds() {
		seen, err := s.seen(ctx, by, kind)
		if err != nil {
			return nil, err
		}
		for _, wait := range waits {
			w := Waiting{What: wait.what, Kind: kind}
			f, err := s.filter(ctx, by, wait.list, seen)
			if err != nil {
				return nil, err
			}
			if w.Count, w.Oldest, err = s.store.CountWaiting(ctx, f, wait.of); err != nil {
				return nil, err
			}
			if w.Count > 0 {
				list = append(list, w)
			}
		}
	}
	return list, nil
}

// kinds are those that take the way, always in the same order.
func (s *Service) kinds() []model.Kind {
	return slices.DeleteFunc(model.Kinds(), func(k model.Kind) bool { return s.nouns[k] == nil })
}
