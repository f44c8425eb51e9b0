package feedback

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Question asks for a list of feedback; what is empty does not narrow it.
type Question struct {
	State         State
	Kind          model.FeedbackKind
	Department    string // and all below it
	Unassigned    bool
	Number        string
	Offset, Limit int
}

// State is by what staff look for feedback.
type State string

// The states that staff look for.
const (
	Open     State = "open"
	Overdue  State = "overdue"
	Answered State = "answered"
	Closed   State = "closed"
)

// Counts are how many there are; Words what residents say of the answers.
type (
	Counts = store.FeedbackCounts
	Words  = store.FeedbackWords
)

// Page is a part of a list.
type Page struct {
	Items  []Shown
	Total  int
	Counts Counts // of all that the asker sees, whatever the question
}

// List lists the feedback that somebody may see: what is due first comes first.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) (*Page, error) {
	all, err := s.seen(ctx, by)
	if err != nil {
		return nil, err
	}
	before, err := s.overdueBefore(ctx)
	if err != nil {
		return nil, err
	}
	page := &Page{}
	if page.Counts, err = s.store.CountFeedback(ctx, all, before); err != nil {
		return nil, err
	}
	f := all
	f.Kind, f.Unassigned, f.Number, f.Offset, f.Limit = q.Kind, q.Unassigned, strings.TrimSpace(q.Number), q.Offset, q.Limit
	switch q.State {
	case Open:
		f.States = []model.FeedbackState{model.FeedbackReceived, model.FeedbackReopened}
	case Overdue:
		f.AskedBefore = before
	case Answered, Closed:
		f.States = []model.FeedbackState{model.FeedbackState(q.State)}
	}
	if f.Departments, err = s.below(ctx, q.Department); err != nil {
		return nil, err
	}
	list, total, err := s.store.FeedbackList(ctx, f)
	if err != nil {
		return nil, err
	}
	page.Total = total
	page.Items, err = s.shown(ctx, list...)
	return page, err
}

// below are a department and all below it, nil for none.
func (s *Service) below(ctx context.Context, id string) ([]string, error) {
	if id == "" {
		return nil, nil
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if list := directory.Downward(directory.Now(id)); list != nil {
		return list, nil
	}
	return []string{id}, nil
}

// seen is all feedback that somebody may see.
func (s *Service) seen(ctx context.Context, by model.Actor) (f store.FeedbackFilter, err error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return f, err
	}
	f.Within, f.Limited = directory.Within(by, model.ActReadFeedback)
	return f, nil
}

// Waiting counts what waits for somebody's answer.
func (s *Service) Waiting(ctx context.Context, by model.Actor) (c Counts, err error) {
	f, err := s.seen(ctx, by)
	if err != nil {
		return c, err
	}
	before, err := s.overdueBefore(ctx)
	if err != nil {
		return c, err
	}
	return s.store.CountFeedback(ctx, f, before)
}

// Figures are how feedback was dealt with since a day.
type Figures struct {
	Since            model.Day
	Received         int
	Answered, OnTime int
	Overdue          int // now
	Words            Words
}

// figuresFor is how far back the figures go, in months.
const figuresFor = 12

// Figures counts how the feedback that somebody may see was dealt with. An answer
// is on time by the calendar; what no resident rated counts as unrated.
func (s *Service) Figures(ctx context.Context, by model.Actor) (v Figures, err error) {
	f, err := s.seen(ctx, by)
	if err != nil {
		return v, err
	}
	v.Since = model.Today(s.clock.Now().AddDate(0, -figuresFor, 0))
	since := v.Since.Start()
	if v.Received, err = s.store.CountReceived(ctx, f, since); err != nil {
		return v, err
	}
	if v.Words, err = s.store.CountWords(ctx, f, since); err != nil {
		return v, err
	}
	waiting, err := s.Waiting(ctx, by)
	if err != nil {
		return v, err
	}
	v.Overdue = waiting.Overdue
	days, err := s.store.AnsweredDays(ctx, f, since)
	if err != nil {
		return v, err
	}
	return v, s.onTime(ctx, days, &v)
}

func (s *Service) onTime(ctx context.Context, days []store.AnsweredDays, v *Figures) error {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return err
	}
	for _, d := range days {
		ok, err := calendar.WasOnTime(d.Asked, d.Answered, model.FeedbackWorkdays)
		if err != nil {
			return err
		}
		if v.Answered += d.Count; ok {
			v.OnTime += d.Count
		}
	}
	return nil
}
