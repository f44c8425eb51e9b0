package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/service/letter"
	"yuandu/service/publication"
	"yuandu/store"
)

// sampleLetter is what somebody of the demo once wrote to the government, and what
// became of it; days are working days.
type sampleLetter struct {
	Key         string              `json:"key"`
	Channel     model.LetterChannel `json:"channel"`
	Source      model.LetterSource  `json:"source"`
	By          string              `json:"by"` // who plays the author at the simulated WeChat
	Contact     sampleContact       `json:"contact"`
	Topic       string              `json:"topic"`
	Wants       string              `json:"wants"` // an office, "" for 不知道找谁
	Title       string              `json:"title"`
	Text        string              `json:"text"`
	Place       string              `json:"place"`
	MayPublish  bool                `json:"may_publish"`
	Anonymous   bool                `json:"anonymous"`
	WorkdaysAgo int                 `json:"workdays_ago"`
	Steps       []sampleLetterStep  `json:"steps"`
}

type sampleContact struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

type sampleLetterStep struct {
	Do           string              `json:"do"`
	After        int                 `json:"after"` // working days after the letter came
	To           string              `json:"to"`
	Of           string              `json:"of"`
	Assist       []string            `json:"assist"`
	Why          string              `json:"why"`
	Text         string              `json:"text"`
	Plan         string              `json:"plan"`
	Days         int                 `json:"days"` // working days; of a supervision, days until its office answers
	Outcome      model.LetterOutcome `json:"outcome"`
	Basis        string              `json:"basis"`
	Response     int                 `json:"response"`
	Solved       bool                `json:"solved"`
	Satisfaction int                 `json:"satisfaction"`
	Ground       model.LetterGround  `json:"ground"`
	Route        string              `json:"route"`

	// Of a letter that the Supervisor looks at.
	Cause  model.SupervisionCause  `json:"cause"`
	Result model.SupervisionResult `json:"result"`

	// Of a letter that is made public: its words, and to how many it was useful.
	Title    string `json:"title"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
	Useful   int    `json:"useful"`
}

// lettersInto lets the people of the sample write, and offices answer, by the same way
// as any others. Told before, it is not again.
func lettersInto(ctx context.Context, h *house) error {
	var all []sampleLetter
	if err := readSample("letters.json", &all); err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b sampleLetter) int { return cmp.Compare(b.WorkdaysAgo, a.WorkdaysAgo) })
	t, err := newPostman(ctx, h)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.By != "" && !slices.Contains(t.people, l.By) {
			t.people = append(t.people, l.By)
		}
	}
	told, last, err := t.told(ctx)
	if err != nil {
		return err
	}
	for i := max(told-1, 0); i < len(all); i++ {
		var before *model.Letter
		if i == told-1 {
			before = last
		}
		if err := t.tell(ctx, all[i], before); err != nil {
			return fmt.Errorf("letter %s: %w", all[i].Key, err)
		}
	}
	return t.call(ctx)
}

// postman tells the sample's letters to the house.
type postman struct {
	storyteller
	letters *letter.Service
	press   *publication.Service
	offices map[string]string // IDs by name
	people  []string          // who write by the mini program
}

func newPostman(ctx context.Context, h *house) (*postman, error) {
	calendar, err := h.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	clock := &pastClock{}
	t := &postman{storyteller: storyteller{house: h, clock: clock, calendar: calendar, now: time.Now(), by: model.System("demo")},
		letters: letter.New(h.store, h.city, h.search.Ask, clock), offices: map[string]string{}}
	t.letterDesk = t.letters.Desk(h.rules)
	t.press = publication.New(h.store, clock, slog.Default(), t.letterDesk)
	names, err := t.letters.NamesFor(ctx, nil)
	for id, name := range names.Departments {
		t.offices[name] = id
	}
	return t, err
}

// told is how many were told before the telling was cut off, and the last of them,
// which may not have come to its end.
func (t *postman) told(ctx context.Context) (int, *model.Letter, error) {
	list, n, err := t.store.Letters(ctx, store.LetterFilter{Newest: true, Limit: 1})
	if err != nil || n == 0 {
		return 0, nil, err
	}
	last, err := t.store.Letter(ctx, list[0].ID)
	return n, last, err
}

// tell tells one of them, or goes on with what was told of it before.
func (t *postman) tell(ctx context.Context, l sampleLetter, before *model.Letter) error {
	author, err := t.author(ctx, l)
	if err != nil {
		return err
	}
	begun := t.workday(model.Today(t.now), -l.WorkdaysAgo)
	if before == nil {
		t.stand(begun, 0)
		if before, err = t.send(ctx, author, l); err != nil {
			return err
		}
	}
	public, err := publishedOf(ctx, t.store, before.ID)
	if err != nil {
		return err
	}
	for i := letterStepsOf(before) + public; i < len(l.Steps); i++ {
		t.stand(t.workday(begun, l.Steps[i].After), i+1)
		if err := t.step(ctx, author, before.ID, l.Steps[i]); err != nil {
			return fmt.Errorf("%s: %w", l.Steps[i].Do, err)
		}
	}
	return nil
}

// author is who wrote, the house itself where staff took it down.
func (t *postman) author(ctx context.Context, l sampleLetter) (model.Actor, error) {
	if l.Source != model.LetterByMini {
		return t.by, nil
	}
	return t.resident(ctx, l.By)
}

func (t *postman) send(ctx context.Context, author model.Actor, l sampleLetter) (*model.Letter, error) {
	v := letter.Sending{Channel: l.Channel, Source: l.Source, Topic: l.Topic, Wanted: t.offices[l.Wants], Title: l.Title, Text: l.Text,
		Place: model.LetterPlace{Words: l.Place}, Contact: model.LetterContact(l.Contact), MayPublish: l.MayPublish, Anonymous: l.Anonymous}
	do := t.letters.Send
	if l.Source != model.LetterByMini {
		do = t.letters.Enter
	}
	sent, err := do(ctx, author, v)
	if err != nil {
		return nil, err
	}
	return &sent.Letter, nil
}

// letterStepsOf counts what somebody did; what follows from it by itself is left out.
func letterStepsOf(l *model.Letter) (n int) {
	for _, e := range l.Events {
		switch e.What {
		case model.LetterStepReceived, model.LetterStepReopened, model.LetterStepEscalated, model.LetterStepClosed, model.LetterStepEnding,
			model.LetterStepDesignated, model.LetterStepProposed:
		default:
			n++
		}
	}
	return n
}

// step does what somebody did.
func (t *postman) step(ctx context.Context, author model.Actor, id string, s sampleLetterStep) (err error) {
	switch s.Do {
	case "add":
		_, err = t.letters.Add(ctx, author, id, s.Text)
	case "rate":
		_, err = t.letters.Rate(ctx, author, id, model.LetterRating{Response: s.Response, Solved: s.Solved, Satisfaction: s.Satisfaction, Text: s.Text})
	case "question":
		_, err = t.letters.Ask(ctx, author, id, s.Text)
	case "withdraw":
		_, err = t.letters.Withdraw(ctx, author, id, s.Why)
	case "publish":
		err = t.publish(ctx, id, s)
	default:
		var now *model.Letter
		if now, err = t.store.Letter(ctx, id); err == nil {
			err = t.act(ctx, now, s)
		}
	}
	return err
}

// act does what staff did.
func (t *postman) act(ctx context.Context, l *model.Letter, s sampleLetterStep) (err error) {
	r := letter.Ref{ID: l.ID, Version: l.Version}
	switch s.Do {
	case "dispatch", "designate":
		d := letter.Dispatching{Lead: t.offices[s.To], Final: s.Do == "designate", Why: s.Why}
		for _, name := range s.Assist {
			d.Assists = append(d.Assists, t.offices[name])
		}
		_, err = t.letters.Dispatch(ctx, t.by, r, d)
	case "return":
		_, err = t.letters.Return(ctx, t.by, r, s.Why)
	case "note":
		_, err = t.letters.Note(ctx, t.by, r, s.Text)
	case "assist":
		_, err = t.letters.Help(ctx, t.by, r, t.offices[s.Of], s.Text)
	case "extend":
		_, err = t.letters.Extend(ctx, t.by, r, t.workday(l.DueDay, s.Days), s.Why, s.Plan)
	case "draft":
		_, err = t.letters.Draft(ctx, t.by, r, letter.Reply{Text: s.Text, Basis: s.Basis, Outcome: s.Outcome})
	case "sign":
		_, err = t.letters.Sign(ctx, t.by, r)
	case "refuse":
		_, err = t.letters.Refuse(ctx, t.by, r, s.Ground, s.Text+s.Route)
	case "instruct":
		_, err = t.letters.Instruct(ctx, t.by, r, t.offices[s.To], s.Text)
	case "supervise", "explain", "close", "set_aside":
		err = t.watch(ctx, l, s)
	case "end":
		var asked *letter.Shown
		if asked, err = t.letters.AskToEnd(ctx, t.by, r, s.Why); err == nil {
			_, err = t.letters.End(ctx, t.by, letter.Ref{ID: l.ID, Version: asked.Version}, true, s.Why)
		}
	}
	return err
}
