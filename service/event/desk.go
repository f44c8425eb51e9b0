package event

import (
	"context"
	"slices"
	"strings"
	"time"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// Desk is events on their way to the public: first the announcement, then, as corrections,
// what changes and what came of it.
type Desk struct {
	*Service
	rules func(context.Context) (check.Rules, error)
}

// Desk gives the way of publications what it must know of events; rules are what texts are
// checked by.
func (s *Service) Desk(rules func(context.Context) (check.Rules, error)) *Desk {
	return &Desk{s, rules}
}

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindEvent }

// Read understands a working copy.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	e, err := model.ReadDraft[model.EventDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if e.Kind != "" && e.Kind.Name() == "" {
		return model.WorkingCopy{}, model.ErrEventKind
	}
	for field, text := range e.Moments() {
		if _, err := model.ParseMoment(text); err != nil {
			return model.WorkingCopy{}, model.ErrEventMoment.With(field, nil)
		}
	}
	return model.WorkingCopy{Content: model.WriteDraft(e), Title: e.Title, Files: e.Files()}, nil
}

// Public is what is public of an event, as a working copy; nil where nothing is.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) {
	e, err := d.store.Event(ctx, id)
	if err != nil || e == nil {
		return nil, err
	}
	draft := &model.EventDraft{Kind: e.Kind, Title: e.Title, Place: e.Place, Address: e.Address, Begins: model.WriteMoment(e.BeginsAt),
		Ends: model.WriteMoment(e.EndsAt), Audience: e.Audience, Contacts: e.Contacts, Body: media.Passages(e.Body), MeetingID: e.MeetingID,
		ConsultationID: e.ConsultationID, SignUp: e.Terms.Draft(), Cancelled: e.Cancelled, Report: media.Passages(e.Report), Decision: e.Decision,
		Result: e.Result, Review: e.Review, Attachments: model.DraftFiles(e.Attachments),
		DepartmentIDs: model.DepartmentIDs(e.Departments), TopicIDs: model.TopicIDs(e.Topics)}
	return model.WriteDraft(draft), nil
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	e, err := d.eventOf(ctx, d.store, id, content)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(e.Canonical())
	return f, slices.Concat(e.Attachments, e.Pictures), err
}

// Preview is the event that a working copy would be.
func (d *Desk) Preview(ctx context.Context, id string, content []byte) (*Shown, error) {
	e, err := d.eventOf(ctx, d.store, id, content)
	if err != nil {
		return nil, err
	}
	v, err := d.one(ctx, *e)
	if err == nil && e.Terms.Places > 0 {
		b := &model.Book{Terms: e.Terms, Cancelled: e.Cancelled != ""}
		v.SignUp = &SignUpShown{SignUpTerms: e.Terms, Phase: phaseOf(b, d.clock.Now()), Left: e.Terms.Places}
	}
	return v, err
}

// Publish makes a working copy what is public, and its book what that says.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, edition store.Edition) (int64, error) {
	e, err := d.eventOf(ctx, tx, p.ID, p.Content)
	if err != nil {
		return 0, err
	}
	if e.Kind == "" || e.BeginsAt.IsZero() || !e.EndsAt.After(e.BeginsAt) {
		return 0, model.ErrEventMoment.With("begins", nil) // somebody who only rehearses comes without one
	}
	if err := tx.PublishEvent(ctx, e, edition); err != nil {
		return 0, err
	}
	return e.Version, d.keepBook(ctx, tx, e)
}

type reader interface {
	Files(ctx context.Context, ids []string) ([]model.Attachment, error)
	Attached(ctx context.Context, files []model.DraftFile) ([]model.Attachment, error)
}

// eventOf is the public event that a working copy would be.
func (d *Desk) eventOf(ctx context.Context, r reader, id string, content []byte) (*model.Event, error) {
	draft, err := model.ReadDraft[model.EventDraft](content)
	if err != nil {
		return nil, err
	}
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	begins, _ := model.ParseMoment(draft.Begins)
	ends, _ := model.ParseMoment(draft.Ends)
	e := &model.Event{ID: id, Kind: draft.Kind, Title: strings.TrimSpace(draft.Title), Departments: directory.DepartmentsOf(draft.DepartmentIDs),
		Place: strings.TrimSpace(draft.Place), Address: strings.TrimSpace(draft.Address), BeginsAt: begins, EndsAt: ends,
		Audience: strings.TrimSpace(draft.Audience), Contacts: strings.TrimSpace(draft.Contacts), Body: media.Build(draft.Body),
		Topics: directory.TopicsOf(draft.TopicIDs), MeetingID: draft.MeetingID, ConsultationID: draft.ConsultationID, Terms: model.TermsOf(draft.SignUp),
		Cancelled: strings.TrimSpace(draft.Cancelled), Report: media.Build(draft.Report), Decision: strings.TrimSpace(draft.Decision),
		Result: strings.TrimSpace(draft.Result), Review: strings.TrimSpace(draft.Review)}
	if e.Attachments, err = r.Attached(ctx, draft.Attachments); err != nil {
		return nil, err
	}
	e.Pictures, err = r.Files(ctx, slices.Concat(model.FilesOf(draft.Body), model.FilesOf(draft.Report)))
	return e, err
}

// Touches is what those follow who are told of a change.
func (d *Desk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.EventTouches(ctx, id)
}

// Withdraw takes the event from the public, and tells those who signed up.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	if err := d.closeBook(ctx, tx, id); err != nil {
		return err
	}
	return tx.WithdrawEvent(ctx, id)
}

// Check finds in a working copy what must not go public, and what is missing.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.EventDraft](p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rules(ctx)
	if err != nil {
		return nil, err
	}
	book, err := d.store.Book(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	list := append(lacks(draft, d.clock.Now()), lacksOfSignUp(draft, book, d.clock.Now())...)
	lost, err := d.lacksOccasion(ctx, draft)
	if err != nil {
		return nil, err
	}
	list = append(list, lost...)
	for field, text := range map[string]string{"title": draft.Title, "place": draft.Place, "address": draft.Address, "audience": draft.Audience,
		"cancelled": draft.Cancelled, "decision": draft.Decision, "result": draft.Result, "review": draft.Review} {
		list = append(list, check.Line(field, text, rules)...)
	}
	list = append(list, check.Text("body", draft.Body, rules)...)
	return append(list, check.Text("report", draft.Report, rules)...), nil
}

// lacks is what an event has to have before it is public.
func lacks(d *model.EventDraft, now time.Time) []check.Finding {
	begins, _ := model.ParseMoment(d.Begins)
	ends, _ := model.ParseMoment(d.Ends)
	told := len(d.Report) > 0 || d.Decision+d.Result+d.Review != ""
	m := check.Missing{}
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(d.Kind == "", check.Stop, "event.no_kind", "kind")
	m.When(len(d.DepartmentIDs) == 0, check.Stop, "event.no_department", "department_ids")
	m.When(strings.TrimSpace(d.Place) == "", check.Stop, "event.no_place", "place")
	m.When(begins.IsZero(), check.Stop, "event.no_begin", "begins")
	m.When(!ends.After(begins), check.Stop, "event.ends_first", "ends")
	m.When(strings.TrimSpace(d.Audience) == "", check.Ask, "event.no_audience", "audience")
	m.When(strings.TrimSpace(d.Contacts) == "", check.Note, "event.no_contacts", "contacts")
	m.When(told && begins.After(now), check.Stop, "event.told_before", "report")
	m.When(d.Kind == model.EventAttendance && d.MeetingID == "", check.Note, "event.no_meeting", "meeting_id")
	return m.List
}

// lacksOccasion finds where a working copy belongs to a consultation, or to a meeting, that
// nobody can read.
func (d *Desk) lacksOccasion(ctx context.Context, draft *model.EventDraft) ([]check.Finding, error) {
	m := check.Missing{}
	if draft.ConsultationID != "" {
		titles, err := d.store.ConsultationTitles(ctx, []string{draft.ConsultationID})
		if err != nil {
			return nil, err
		}
		m.When(titles[draft.ConsultationID] == "", check.Stop, "event.no_consultation", "consultation_id")
	}
	if draft.MeetingID != "" {
		meetings, err := d.store.MeetingsOf(ctx, []string{draft.MeetingID})
		if err != nil {
			return nil, err
		}
		m.When(len(meetings) == 0, check.Stop, "event.meeting_gone", "meeting_id")
	}
	return m.List, nil
}

// lacksOfSignUp is what a sign-up has to have, and what can't be changed of it any more.
func lacksOfSignUp(d *model.EventDraft, b *model.Book, now time.Time) []check.Finding {
	m := check.Missing{}
	if d.SignUp == nil {
		m.When(b != nil && b.Last > 0, check.Stop, "event.terms_changed", "sign_up")
		return m.List
	}
	t := model.TermsOf(d.SignUp)
	begins, _ := model.ParseMoment(d.Begins)
	m.When(t.Places == 0, check.Stop, "event.no_places", "places")
	m.When(t.OpensAt.IsZero(), check.Stop, "event.no_opening", "opens")
	m.When(!t.ClosesAt.After(t.OpensAt), check.Stop, "event.closes_first", "closes")
	m.When(t.ClosesAt.After(begins), check.Stop, "event.closes_late", "closes")
	m.When(t.How == model.Lottery && (t.DrawsAt.Before(t.ClosesAt) || t.DrawsAt.After(begins)), check.Stop, "event.draws_when", "draws")
	m.When(d.Cancelled == "" && t.How == model.Lottery && (b == nil || b.SeedHash == "") && !t.OpensAt.After(now), check.Stop, "event.seed_late", "opens")
	m.When(b != nil && b.Last > 0 && t.How != b.Terms.How, check.Stop, "event.terms_changed", "sign_up")
	m.When(b != nil && t.Places < b.Taken, check.Stop, "event.places_taken", "places")
	return m.List
}
