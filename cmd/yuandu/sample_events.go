package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/event"
	"yuandu/service/publication"
	"yuandu/store"
)

// sampleEvent is an event of the demo's offices. Days are counted from today.
type sampleEvent struct {
	Key         string          `json:"key"`
	Kind        model.EventKind `json:"kind"`
	Title       string          `json:"title"`
	Office      string          `json:"office"` // whose it is
	Departments []string        `json:"departments"`
	Topics      []string        `json:"topics"`
	Of          string          `json:"consultation"` // the title of the one that it is held for
	Place       string          `json:"place"`
	Address     string          `json:"address"`
	Announced   int             `json:"announced"`
	Begins      sampleMoment    `json:"begins"`
	Ends        sampleMoment    `json:"ends"`
	Audience    string          `json:"audience"`
	Contacts    string          `json:"contacts"`
	Text        string          `json:"text"`
	SignUp      sampleSignUp    `json:"sign_up"`
	People      []int           `json:"people"` // how many come with each who signs up
	Words       []string        `json:"words"`
	Came        int             `json:"came"`  // of those who have a place
	After       int             `json:"after"` // when the rest was told
	Report      string          `json:"report"`
	Decision    string          `json:"decision"`
	Result      string          `json:"result"`
	Review      string          `json:"review"`
	Cancelled   string          `json:"cancelled"`
}

type sampleSignUp struct {
	Opens       int             `json:"opens"`
	Closes      int             `json:"closes"`
	Draws       int             `json:"draws"`
	Places      int             `json:"places"`
	How         model.SignUpHow `json:"how"`
	MostPersons int             `json:"most_persons"`
	Phone       bool            `json:"phone"`
	Asks        string          `json:"asks"`
}

// sampleMoment is a time of day so many days from today: [9, "09:00"].
type sampleMoment struct {
	days int
	time string
}

// UnmarshalJSON reads the pair.
func (m *sampleMoment) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&m.days, &m.time})
}

// eventsInto has the sample's events announced, signed up to, drawn and told of by the
// same way as any others. Each has an ID of its own, by which a telling that was cut off
// goes on.
func eventsInto(ctx context.Context, h *house) error {
	var all []sampleEvent
	if err := readSample("events.json", &all); err != nil {
		return err
	}
	c, err := newClerk(ctx, h)
	if err != nil {
		return err
	}
	host := &host{clerk: c, events: event.New(h.store, h.search.Ask, c.clock), consultations: map[string]string{}}
	listed, _, err := h.store.Consultations(ctx, store.ConsultationFilter{Limit: 1000})
	if err != nil {
		return err
	}
	for _, v := range listed {
		host.consultations[v.Title] = v.ID
	}
	host.press = publication.New(h.store, c.clock, slog.Default(), host.events.Desk(h.rules))
	for n, e := range all {
		if err := host.hold(ctx, e, fmt.Sprintf("01EVENT%019d", n+1)); err != nil {
			return fmt.Errorf("event %s: %w", e.Key, err)
		}
	}
	return nil
}

// host holds the sample's events.
type host struct {
	*clerk
	events        *event.Service
	consultations map[string]string // IDs of the public ones by title
}

func (h *host) at(m sampleMoment) string {
	return string(model.Today(h.now).Add(m.days)) + "T" + m.time
}

// stands puts the clock to a day and a time of it.
func (h *host) stands(days int, clock string) {
	h.clock.at, _ = model.ParseMoment(h.at(sampleMoment{days, clock}))
}

func (h *host) hold(ctx context.Context, e sampleEvent, id string) error {
	h.stands(e.Announced, "10:00")
	if err := h.announce(ctx, e, id); err != nil {
		return err
	}
	if err := h.fill(ctx, e, id); err != nil {
		return err
	}
	if err := h.draw(ctx, e); err != nil {
		return err
	}
	if err := h.comes(ctx, e, id); err != nil {
		return err
	}
	if e.After == 0 {
		return nil
	}
	h.stands(e.After, "16:00")
	return h.tellsRest(ctx, e, id)
}

func (h *host) announce(ctx context.Context, e sampleEvent, id string) error {
	p, err := h.store.Publication(ctx, model.KindEvent, id)
	if err != nil || p != nil && p.Public {
		return err
	}
	if p == nil {
		d := h.draft(e)
		if p, err = h.press.BeginUnder(ctx, h.by, model.KindEvent, id, h.offices[e.Office], model.WriteDraft(d)); err != nil {
			return err
		}
	}
	return h.signed(ctx, p, "")
}

func (h *host) draft(e sampleEvent) *model.EventDraft {
	s := e.SignUp
	day := func(n int, clock string) string { return h.at(sampleMoment{n, clock}) }
	d := &model.EventDraft{Kind: e.Kind, Title: e.Title, DepartmentIDs: h.officesOf(e.Departments), TopicIDs: e.Topics,
		ConsultationID: h.consultations[e.Of], Place: e.Place, Address: e.Address,
		Begins: h.at(e.Begins), Ends: h.at(e.Ends), Audience: e.Audience, Contacts: e.Contacts, Body: passagesOf(e.Text),
		SignUp: &model.SignUpDraft{Opens: day(s.Opens, "09:00"), Closes: day(s.Closes, "18:00"), Places: s.Places, How: s.How, MostPersons: s.MostPersons,
			AsksPhone: s.Phone, Asks: s.Asks}}
	if s.How == model.Lottery {
		d.SignUp.Draws = day(s.Draws, "10:00")
	}
	return d
}

// signed brings a draft to the public, excusing what the checks ask about.
func (h *host) signed(ctx context.Context, p *model.Publication, note string) (err error) {
	r := publication.Ref{Kind: model.KindEvent, ID: p.ID, Version: p.Version}
	if p.Stage == model.StageDraft {
		p, err = h.press.Submit(ctx, h.by, r, nil, "")
		if errors.Is(err, model.ErrFindings) {
			p, err = h.excused(ctx, r)
		}
		if err != nil {
			return err
		}
		r.Version = p.Version
	}
	review := model.Review{Attribute: model.OpenToAll, Why: "示例数据，不告诉订阅的人", Note: note}
	_, err = h.press.Sign(ctx, sampleSigner, r, review, time.Time{})
	return err
}

func (h *host) excused(ctx context.Context, r publication.Ref) (*model.Publication, error) {
	found, err := h.press.Findings(ctx, h.by, r.Kind, r.ID)
	if err != nil {
		return nil, err
	}
	var excuses []model.Excuse
	for _, f := range found {
		excuses = append(excuses, model.Excuse{Finding: f.Number, Reason: "示例活动，可以保留"})
	}
	return h.press.Submit(ctx, h.by, r, excuses, "")
}

// fill lets people sign up, who are nobody that can be played.
func (h *host) fill(ctx context.Context, e sampleEvent, id string) error {
	for n, persons := range e.People {
		h.stands(e.SignUp.Opens, fmt.Sprintf("09:%02d", n+1))
		r := &model.Resident{OpenID: fmt.Sprintf("sample-visitor-%02d", n+1)}
		if err := h.store.InTx(ctx, func(tx *store.Tx) error { return tx.SaveResident(ctx, r) }); err != nil {
			return err
		}
		v := event.Entry{EventID: id, Persons: persons, SignUpPerson: model.SignUpPerson{
			Name: fmt.Sprintf("示例居民%d", n+1), Phone: fmt.Sprintf("0536-55502%02d", n+1)}}
		if n < len(e.Words) {
			v.Words = e.Words[n]
		}
		_, err := h.events.SignUp(ctx, model.Actor{Kind: model.AResident, ID: r.ID}, v)
		if err != nil && !errors.Is(err, model.ErrSignUpClosed) && !errors.Is(err, model.ErrEventOff) {
			return err
		}
	}
	return nil
}

// draw has a draw of the past held at its time.
func (h *host) draw(ctx context.Context, e sampleEvent) error {
	if e.SignUp.How != model.Lottery || e.SignUp.Draws >= 0 {
		return nil
	}
	h.stands(e.SignUp.Closes, "18:00")
	if err := h.events.Work(ctx); err != nil {
		return err
	}
	h.stands(e.SignUp.Draws, "10:00")
	return h.events.Work(ctx)
}

// comes checks in the first of those who have a place.
func (h *host) comes(ctx context.Context, e sampleEvent, id string) error {
	list, err := h.store.SignUpsTo(ctx, id)
	if err != nil {
		return err
	}
	h.stands(e.Begins.days, e.Begins.time)
	for n, v := range list[:min(e.Came, len(list))] {
		h.clock.at = h.clock.at.Add(time.Duration(n) * time.Minute)
		if v.State != model.SignUpIn || !v.CameAt.IsZero() {
			continue
		}
		if _, err := h.events.CheckIn(ctx, h.by, id, v.Code); err != nil {
			return err
		}
	}
	return nil
}

// tellsRest corrects what is public of an event by what came of it.
func (h *host) tellsRest(ctx context.Context, e sampleEvent, id string) error {
	p, err := h.press.Get(ctx, h.by, model.KindEvent, id)
	if err != nil {
		return err
	}
	public, err := h.store.Event(ctx, id)
	if err != nil || public.IsReported() || public.Cancelled != "" {
		return err
	}
	if p.Stage == model.StagePublished {
		if p, err = h.press.Reopen(ctx, h.by, publication.Ref{Kind: model.KindEvent, ID: id, Version: p.Version}); err != nil {
			return err
		}
	}
	if p.Stage == model.StageDraft {
		d, err := model.ReadDraft[model.EventDraft](p.Content)
		if err != nil {
			return err
		}
		d.Report, d.Decision, d.Result, d.Review, d.Cancelled = passagesOf(e.Report), e.Decision, e.Result, e.Review, strings.TrimSpace(e.Cancelled)
		r := publication.Ref{Kind: model.KindEvent, ID: id, Version: p.Version}
		if p, err = h.press.Write(ctx, h.by, r, model.WriteDraft(d)); err != nil {
			return err
		}
	}
	return h.signed(ctx, p, "补充活动的情况")
}
