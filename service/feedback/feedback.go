// Package feedback is what residents tell the house about itself: mistakes in
// texts, complaints and suggestions; who answers them, until when, and what the
// residents say of the answers.
package feedback

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// City is what the service asks of the city: its calendar and its settings.
type City interface {
	Calendar(ctx context.Context) (*model.Calendar, error)
	Settings(ctx context.Context) (*model.Settings, error)
}

// Service is the feedback.
type Service struct {
	store *store.Store
	city  City
	clock model.Clock
}

// New makes the service.
func New(s *store.Store, city City, clock model.Clock) *Service { return &Service{s, city, clock} }

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Place is where in a document a resident found something.
type Place struct {
	Kind              model.Kind
	ID, Anchor, Quote string
}

// Gift is what a resident gives.
type Gift struct {
	Kind  model.FeedbackKind
	Text  string
	About *Place // needed for a mistake
}

// Give takes in what a resident has to say. A mistake goes to the department that
// has the document; all else waits until the Supervisor says who answers it.
func (s *Service) Give(ctx context.Context, by model.Actor, g Gift) (*model.Feedback, error) {
	f, err := s.read(ctx, by, g)
	if err != nil {
		return nil, err
	}
	settings, err := s.city.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return f, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := s.mayGive(ctx, tx, f, settings.Phone); err != nil {
			return err
		}
		year := model.Today(f.CreatedAt).Year()
		n, err := tx.NextNumber(ctx, model.FeedbackSeries, year)
		if err != nil {
			return err
		}
		f.Number = model.FeedbackSeries.Number(settings.NumberPrefix, year, n)
		received := model.FeedbackEvent{At: f.CreatedAt, What: model.StepReceived, DepartmentID: f.DepartmentID}
		if err := tx.AddFeedback(ctx, f, received); err != nil {
			return err
		}
		return note(ctx, tx, by, f, "received")
	})
}

// read makes a feedback of what was given.
func (s *Service) read(ctx context.Context, by model.Actor, g Gift) (*model.Feedback, error) {
	text, err := model.Written(g.Text, model.FeedbackText)
	switch {
	case err != nil:
		return nil, err
	case g.Kind == model.FeedbackMistake && g.About == nil:
		return nil, model.ErrFeedbackNoPlace
	}
	now := s.clock.Now()
	f := &model.Feedback{ResidentID: by.ID, Kind: g.Kind, Text: text, State: model.FeedbackReceived, AskedAt: now, CreatedAt: now, UpdatedAt: now}
	if g.About == nil {
		return f, nil
	}
	d, err := s.publicDocument(ctx, g.About.Kind, g.About.ID)
	switch {
	case err != nil:
		return nil, err
	case d == nil:
		return nil, model.ErrFeedbackNotPublic
	}
	f.About = d.about(g.About)
	if g.Kind == model.FeedbackMistake {
		f.DepartmentID, err = s.ownerOf(ctx, d)
	}
	return f, err
}

// mayGive lets a resident give so and so much a day. The resident's row is taken,
// so that nobody gets by who asks twice at once; for what can't wait there is the phone.
func (s *Service) mayGive(ctx context.Context, tx *store.Tx, f *model.Feedback, phone string) error {
	r, err := tx.Resident(ctx, f.ResidentID)
	switch {
	case err != nil:
		return err
	case r == nil:
		return model.ErrSignInNeeded
	}
	today := model.Today(f.CreatedAt)
	n, err := tx.CountFeedbackOf(ctx, r.ID, today.Start())
	if err == nil && n >= model.FeedbackPerDay {
		err = model.ErrFeedbackLimit.With("", map[string]any{"most": model.FeedbackPerDay, "day": today.Add(1).Chinese(), "phone": phone})
	}
	return err
}

// note writes the audit line of an act: never a text.
func note(ctx context.Context, tx *store.Tx, by model.Actor, f *model.Feedback, act string) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "feedback." + act, Object: model.Ref{Kind: "feedback", ID: f.ID},
		Details: noted{f.Kind, f.State, f.DepartmentID, f.Version}})
}

type noted struct {
	Kind       model.FeedbackKind  `json:"kind"`
	State      model.FeedbackState `json:"state"`
	Department string              `json:"department,omitempty"`
	Version    int64               `json:"version"`
}

// Shown is a feedback with what follows from the calendar.
type Shown struct {
	model.Feedback
	Due     model.Deadline // no day where nothing is waited for
	Overdue bool
	Left    int // working days until it is due, negative where it is overdue
}

// shown tells of some feedback what follows from the calendar today.
func (s *Service) shown(ctx context.Context, list ...model.Feedback) ([]Shown, error) {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Shown, len(list))
	for i := range list {
		v := Shown{Feedback: list[i]}
		if v.Due, err = v.Feedback.Due(calendar); err != nil {
			return nil, err
		}
		v.Overdue = v.IsOverdue(v.Due, s.today())
		if v.IsOpen() {
			v.Left = calendar.WorkdaysLeft(v.Due.Day, s.today())
		}
		all[i] = v
	}
	return all, nil
}

func (s *Service) showOne(ctx context.Context, f *model.Feedback) (*Shown, error) {
	all, err := s.shown(ctx, *f)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// overdueBefore is the moment before which everything that is open is overdue.
func (s *Service) overdueBefore(ctx context.Context) (time.Time, error) {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return time.Time{}, err
	}
	day, err := calendar.OverdueFrom(s.today(), model.FeedbackWorkdays)
	return day.Add(1).Start(), err
}

// Departments are the names of departments by ID.
func (s *Service) Departments(ctx context.Context) (map[string]string, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, d := range directory.Departments {
		names[d.ID] = d.Name
	}
	return names, nil
}
