package meeting

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// Desk is meetings on their way to the public: first what is on the agenda, then, as a
// correction, what was decided.
type Desk struct {
	*Service
	rules func(context.Context) (check.Rules, error)
}

// Desk gives the way of publications what it must know of meetings; rules are what texts
// are checked by.
func (s *Service) Desk(rules func(context.Context) (check.Rules, error)) *Desk {
	return &Desk{s, rules}
}

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindMeeting }

var hours = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// Read understands a working copy, and gives every item that has none its ID.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	m, err := model.ReadDraft[model.MeetingDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if err := model.ReadDays(m.Days()); err != nil {
		return model.WorkingCopy{}, err
	}
	if m.Begins != "" && !hours.MatchString(m.Begins) {
		return model.WorkingCopy{}, model.ErrMeetingTime
	}
	seen := map[string]bool{}
	for n := range m.Items {
		i := &m.Items[n]
		if i.ID == "" {
			i.ID = store.NewID()
		}
		if seen[i.ID] {
			return model.WorkingCopy{}, model.ErrAgendaItemTwice
		}
		seen[i.ID] = true
	}
	return model.WorkingCopy{Content: model.WriteDraft(m), Title: m.Title, Files: m.Files()}, nil
}

// Public is what is public of a meeting, as a working copy; nil where nothing is. Items
// that are not public are taken from the last working copy that was signed: of what is
// public, only their grounds tell.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) {
	m, err := d.store.Meeting(ctx, id)
	if err != nil || m == nil {
		return nil, err
	}
	draft := &model.MeetingDraft{ColumnID: m.Column.ID, Term: m.Term, Number: m.Number, Title: m.Title, Day: m.Day, Begins: m.Begins, Place: m.Place,
		Chair: m.Chair, DepartmentIDs: model.DepartmentIDs(m.Departments), Guests: m.Guests, Body: media.Passages(m.Body), VideoURL: m.VideoURL, SourceURL: m.SourceURL,
		Attachments: model.DraftFiles(m.Attachments)}
	for _, i := range m.Items {
		draft.Items = append(draft.Items, itemDraft(i))
	}
	held, err := d.store.WithheldItems(ctx, id)
	for _, h := range held {
		draft.Items = slices.Insert(draft.Items, min(h.Position, len(draft.Items)), h.Draft)
	}
	return model.WriteDraft(draft), err
}

func itemDraft(i model.AgendaItem) model.AgendaItemDraft {
	return model.AgendaItemDraft{ID: i.ID, Title: i.Title, ReporterIDs: model.DepartmentIDs(i.Reporters), Decision: i.Decision, ResponsibleIDs: model.DepartmentIDs(i.Responsible),
		Body: media.Passages(i.Body), VideoURL: i.VideoURL, Attachments: model.DraftFiles(i.Attachments),
		TopicIDs: model.TopicIDs(i.Topics)}
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	m, _, err := d.meetingOf(ctx, d.store, id, content)
	if err != nil {
		return f, nil, err
	}
	files = slices.Concat(m.Attachments, m.Pictures)
	for _, i := range m.Items {
		files = append(append(files, i.Attachments...), i.Pictures...)
	}
	f, err = model.ReadCanonical(m.Canonical())
	return f, files, err
}

// Preview is the meeting that a working copy would be.
func (d *Desk) Preview(ctx context.Context, id string, content []byte) (*Shown, error) {
	m, _, err := d.meetingOf(ctx, d.store, id, content)
	if err != nil {
		return nil, err
	}
	return d.one(ctx, *m)
}

// Publish makes a working copy what is public. Where an item stood there before and does
// not any more, no older version is shown either.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	m, held, err := d.meetingOf(ctx, tx, p.ID, p.Content)
	if err == nil && m.Column.ID == "" {
		err = model.ErrMeetingColumnNone // somebody who only rehearses comes without one
	}
	if err != nil {
		return 0, err
	}
	gone, err := tx.PublishMeeting(ctx, m, e)
	if err != nil {
		return 0, err
	}
	if err := tx.KeepWithheldItems(ctx, p.ID, held); err != nil {
		return 0, err
	}
	if err := tx.DropLostItems(ctx, p.ID); err != nil {
		return 0, err
	}
	if gone {
		err = tx.CloseOlderRevisions(ctx, model.KindMeeting, p.ID, m.Version, store.Closure{Reason: itemGone})
	}
	return m.Version, err
}

// itemGone stands where an older version stood that shows an item which is not public
// any more.
const itemGone = "有议题不再公开"

type reader interface {
	columns
	Files(ctx context.Context, ids []string) ([]model.Attachment, error)
	Attached(ctx context.Context, files []model.DraftFile) ([]model.Attachment, error)
}

// meetingOf is the public meeting that a working copy would be, and beside it the items
// that are withheld.
func (d *Desk) meetingOf(ctx context.Context, r reader, id string, content []byte) (*model.Meeting, []store.WithheldItem, error) {
	draft, err := model.ReadDraft[model.MeetingDraft](content)
	if err != nil {
		return nil, nil, err
	}
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	m := &model.Meeting{ID: id, Term: strings.TrimSpace(draft.Term), Number: draft.Number, Title: strings.TrimSpace(draft.Title), Day: draft.Day,
		Begins: draft.Begins, Place: strings.TrimSpace(draft.Place), Chair: strings.TrimSpace(draft.Chair),
		Departments: directory.DepartmentsOf(draft.DepartmentIDs), Guests: strings.TrimSpace(draft.Guests), Body: media.Build(draft.Body),
		VideoURL: draft.VideoURL, SourceURL: draft.SourceURL}
	if draft.ColumnID != "" {
		if m.Column, err = columnOf(ctx, r, draft.ColumnID); err != nil {
			return nil, nil, err
		}
	}
	if m.Attachments, err = r.Attached(ctx, draft.Attachments); err != nil {
		return nil, nil, err
	}
	if m.Pictures, err = r.Files(ctx, model.FilesOf(draft.Body)); err != nil {
		return nil, nil, err
	}
	var held []store.WithheldItem
	for n, v := range draft.Items {
		if v.Withheld {
			m.Withheld = append(m.Withheld, strings.TrimSpace(v.Ground))
			held = append(held, store.WithheldItem{Position: n, Draft: v})
			continue
		}
		i, err := itemOf(ctx, r, directory, v)
		if err != nil {
			return nil, nil, err
		}
		i.MeetingID, i.Position = id, len(m.Items)
		m.Items = append(m.Items, i)
	}
	return m, held, nil
}

func itemOf(ctx context.Context, r reader, directory *store.Directory, v model.AgendaItemDraft) (i model.AgendaItem, err error) {
	i = model.AgendaItem{ID: v.ID, Title: strings.TrimSpace(v.Title), Reporters: directory.DepartmentsOf(v.ReporterIDs),
		Decision: strings.TrimSpace(v.Decision), Responsible: directory.DepartmentsOf(v.ResponsibleIDs), Topics: directory.TopicsOf(v.TopicIDs),
		Body: media.Build(v.Body), VideoURL: v.VideoURL}
	if i.Attachments, err = r.Attached(ctx, v.Attachments); err != nil {
		return i, err
	}
	i.Pictures, err = r.Files(ctx, model.FilesOf(v.Body))
	return i, err
}

// Touches is what those follow who are told of a change.
func (d *Desk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.MeetingTouches(ctx, id)
}

// Withdraw takes the meeting with all its items from the public.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawMeeting(ctx, id)
}

// Check finds in a working copy what must not go public, and what is missing. What is
// withheld is not looked at: it does not go public.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.MeetingDraft](p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rules(ctx)
	if err != nil {
		return nil, err
	}
	list := lacks(draft, d.today())
	for field, text := range map[string]string{"title": draft.Title, "place": draft.Place, "chair": draft.Chair, "guests": draft.Guests} {
		list = append(list, check.Line(field, text, rules)...)
	}
	list = append(list, check.Text("body", draft.Body, rules)...)
	for n, i := range draft.Items {
		if i.Withheld {
			list = append(list, check.LineOf("grounds", n, i.Ground, rules)...)
			continue
		}
		list = append(list, check.LineOf("items", n, i.Title, rules)...)
		list = append(list, check.LineOf("decisions", n, i.Decision, rules)...)
		list = append(list, check.Text(fmt.Sprintf("texts:%d", n), i.Body, rules)...)
	}
	return list, nil
}

// lacks is what a meeting has to have before it is public.
func lacks(d *model.MeetingDraft, today model.Day) []check.Finding {
	m := check.Missing{}
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(d.ColumnID == "", check.Stop, "meeting.no_column", "column_id")
	m.When(d.Day == "", check.Stop, "meeting.no_day", "day")
	m.When(len(d.Items) == 0, check.Stop, "meeting.no_items", "items")
	for n, i := range d.Items {
		m.When(!i.Withheld && strings.TrimSpace(i.Title) == "", check.Stop, "agenda_item.no_title", fmt.Sprintf("items:%d", n))
		m.When(i.Withheld && strings.TrimSpace(i.Ground) == "", check.Stop, "agenda_item.no_ground", fmt.Sprintf("grounds:%d", n))
		m.When(d.Day != "" && d.Day <= today && i.Open(), check.Ask, "agenda_item.undecided", fmt.Sprintf("decisions:%d", n))
		m.When(strings.TrimSpace(i.Decision) != "" && d.Day > today, check.Stop, "agenda_item.decided_before", fmt.Sprintf("decisions:%d", n))
		m.When(!i.Withheld && len(i.ResponsibleIDs) == 0 && strings.TrimSpace(i.Decision) != "", check.Note, "agenda_item.no_office", fmt.Sprintf("items:%d", n))
	}
	return m.List
}
