package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yuandu/model"
	"yuandu/service/feedback"
	"yuandu/store"
)

// sampleFeedback is something that a resident of the demo once said, and what
// became of it; days are working days.
type sampleFeedback struct {
	By          string             `json:"by"` // who plays the resident at the simulated WeChat
	Kind        model.FeedbackKind `json:"kind"`
	Text        string             `json:"text"`
	About       string             `json:"about"` // a document number
	Anchor      string             `json:"anchor"`
	Quote       string             `json:"quote"`
	WorkdaysAgo int                `json:"workdays_ago"`
	Steps       []sampleStep       `json:"steps"`
}

type sampleStep struct {
	Do           string                `json:"do"`
	After        int                   `json:"after"` // working days after the beginning
	Text         string                `json:"text"`
	Outcome      model.FeedbackOutcome `json:"outcome"`
	Reason       string                `json:"reason"`
	To           string                `json:"to"`
	Why          string                `json:"why"`
	Satisfaction int                   `json:"satisfaction"`
	Solved       bool                  `json:"solved"`
}

// pastClock stands where the sample is told of.
type pastClock struct{ at time.Time }

func (c *pastClock) Now() time.Time { return c.at }

// storyteller tells the sample's feedback to the house.
type storyteller struct {
	*house
	clock    *pastClock
	calendar *model.Calendar
	now      time.Time
	by       model.Actor
}

// feedbackInto lets the residents of the sample say what they have to say, and
// offices answer it, by the same way as any other. Told before, it is not again.
func feedbackInto(ctx context.Context, h *house) error {
	text, err := sample.ReadFile("sample/feedback.json")
	if err != nil {
		return err
	}
	var all []sampleFeedback
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("feedback.json: %w", err)
	}
	calendar, err := h.city.Calendar(ctx)
	if err != nil {
		return err
	}
	clock := &pastClock{}
	t := &storyteller{house: h, clock: clock, calendar: calendar, now: time.Now(), by: model.System("demo")}
	t.feedback = feedback.New(h.store, h.city, clock)
	told, last, err := t.told(ctx)
	if err != nil {
		return err
	}
	for i := max(told-1, 0); i < len(all); i++ {
		var before *model.Feedback
		if i == told-1 {
			before = last
		}
		if err := t.tell(ctx, all[i], before); err != nil {
			return fmt.Errorf("feedback of %d working days ago: %w", all[i].WorkdaysAgo, err)
		}
	}
	return nil
}

// told is how much was told before the telling was cut off, and the last of it,
// which may not have come to its end.
func (t *storyteller) told(ctx context.Context) (int, *model.Feedback, error) {
	list, n, err := t.store.FeedbackList(ctx, store.FeedbackFilter{Newest: true, Limit: 1})
	if err != nil || n == 0 {
		return 0, nil, err
	}
	last, err := t.store.Feedback(ctx, list[0].ID)
	return n, last, err
}

// tell tells one of them, or goes on with what was told of it before.
func (t *storyteller) tell(ctx context.Context, f sampleFeedback, before *model.Feedback) error {
	resident, err := t.resident(ctx, f.By)
	if err != nil {
		return err
	}
	begun := t.workday(model.Today(t.now), -f.WorkdaysAgo)
	if before == nil {
		t.stand(begun, 0)
		if before, err = t.give(ctx, resident, f); err != nil {
			return err
		}
	}
	for i := stepsOf(before); i < len(f.Steps); i++ {
		t.stand(t.workday(begun, f.Steps[i].After), i+1)
		if err := t.step(ctx, resident, before.ID, f.Steps[i]); err != nil {
			return fmt.Errorf("%s: %w", f.Steps[i].Do, err)
		}
	}
	return nil
}

func (t *storyteller) give(ctx context.Context, resident model.Actor, f sampleFeedback) (*model.Feedback, error) {
	g := feedback.Gift{Kind: f.Kind, Text: f.Text}
	if f.About != "" {
		found, err := t.store.PublicByNumber(ctx, model.NumberKey(f.About))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s is not in the sample", f.About)
		}
		g.About = &feedback.Place{Kind: model.KindPolicy, ID: found[0].ID, Anchor: f.Anchor, Quote: f.Quote}
	}
	return t.feedback.Give(ctx, resident, g)
}

// stepsOf counts what somebody did; what follows from it by itself is left out.
func stepsOf(f *model.Feedback) (n int) {
	for _, e := range f.Events {
		switch e.What {
		case model.StepReceived, model.StepReopened, model.StepClosed:
		default:
			n++
		}
	}
	return n
}

// step does what somebody did.
func (t *storyteller) step(ctx context.Context, resident model.Actor, id string, s sampleStep) (err error) {
	now, err := t.store.Feedback(ctx, id)
	if err != nil {
		return err
	}
	r := feedback.Ref{ID: id, Version: now.Version}
	switch s.Do {
	case "add":
		_, err = t.feedback.Add(ctx, resident, id, s.Text)
	case "rate":
		_, err = t.feedback.Rate(ctx, resident, id, model.FeedbackRating{Satisfaction: s.Satisfaction, Solved: s.Solved, Text: s.Text})
	case "note":
		_, err = t.feedback.Note(ctx, t.by, r, s.Text)
	case "answer":
		_, err = t.feedback.Answer(ctx, t.by, r, feedback.Reply{Text: s.Text, Outcome: s.Outcome, Reason: s.Reason})
	case "assign":
		err = t.assign(ctx, r, s)
	}
	return err
}

func (t *storyteller) assign(ctx context.Context, r feedback.Ref, s sampleStep) error {
	departments, err := t.feedback.Departments(ctx)
	if err != nil {
		return err
	}
	for id, name := range departments {
		if name == s.To {
			_, err = t.feedback.Assign(ctx, t.by, r, id, s.Why)
			return err
		}
	}
	return fmt.Errorf("%s is not in the sample", s.To)
}

// resident is somebody who can be played at the simulated WeChat.
func (t *storyteller) resident(ctx context.Context, name string) (model.Actor, error) {
	r := t.played(name)
	err := t.store.InTx(ctx, func(tx *store.Tx) error { return tx.SaveResident(ctx, &r) })
	return model.Actor{Kind: model.AResident, ID: r.ID}, err
}

// workday is so many working days after a day, or before it.
func (t *storyteller) workday(day model.Day, n int) model.Day {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if day = day.Add(step); t.calendar.Workday(day) {
			n--
		}
	}
	return day
}

// Within a day of the sample, one thing follows the other.
const (
	officeOpens = 9*time.Hour + 12*time.Minute
	nextThing   = 83 * time.Minute
)

// stand puts the clock to the n-th thing of a day, never behind now.
func (t *storyteller) stand(day model.Day, n int) {
	t.clock.at = day.Start().Add(officeOpens + time.Duration(n)*nextThing)
	if t.clock.at.After(t.now) {
		t.clock.at = t.now.Add(time.Duration(n-10) * time.Minute)
	}
}
