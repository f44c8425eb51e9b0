package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/service/consultation"
	"yuandu/service/meeting"
	"yuandu/service/publication"
	"yuandu/store"
)

// sampleMeeting is a meeting of the demo's government. It stands on a day of its own,
// before what it decided was issued, or so many working days from now.
type sampleMeeting struct {
	Key         string              `json:"key"`
	Column      string              `json:"column"`
	Term        string              `json:"term"`
	Number      int                 `json:"number"`
	Day         model.Day           `json:"day"`
	Workdays    int                 `json:"workdays"`
	Begins      string              `json:"begins"`
	Place       string              `json:"place"`
	Chair       string              `json:"chair"`
	Title       string              `json:"title"`
	Office      string              `json:"office"` // whose it is
	Departments []string            `json:"departments"`
	Guests      string              `json:"guests"`
	Text        string              `json:"text"`
	Items       []sampleItem        `json:"items"`
	Steps       []sampleMeetingStep `json:"steps"`
}

type sampleItem struct {
	Title       string       `json:"title"`
	Reporters   []string     `json:"reporters"`
	Responsible []string     `json:"responsible"`
	Topics      []string     `json:"topics"`
	Decision    string       `json:"decision"`
	Text        string       `json:"text"`
	Table       *sampleTable `json:"table"` // to take home
	Withheld    bool         `json:"withheld"`
	Ground      string       `json:"ground"`
}

type sampleTable struct {
	Name string     `json:"name"`
	Rows [][]string `json:"rows"`
}

// sampleMeetingStep is what somebody did: announce its agenda, publish what was
// decided, correct an item; or only draft it, or submit it to review.
type sampleMeetingStep struct {
	Do       string `json:"do"`
	After    int    `json:"after"` // working days after the meeting
	Note     string `json:"note"`
	Item     int    `json:"item"` // the corrected one, from 1
	Decision string `json:"decision"`
}

// meetingsInto has the sample's meetings announced, held and published by the same way
// as any others. Told before, they are not again.
func meetingsInto(ctx context.Context, h *house) error {
	var all []sampleMeeting
	if err := readSample("meetings.json", &all); err != nil {
		return err
	}
	c, err := newClerk(ctx, h)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b sampleMeeting) int { return cmp.Compare(c.dayOf(a), c.dayOf(b)) })
	copies, err := h.store.MeetingCopies(ctx, nil, true)
	if err != nil {
		return err
	}
	for i := max(len(copies)-1, 0); i < len(all); i++ {
		id := ""
		if i < len(copies) {
			id = copies[i].ID
		}
		if err := c.tell(ctx, all[i], id); err != nil {
			return fmt.Errorf("meeting %s: %w", all[i].Key, err)
		}
	}
	return nil
}

// clerk writes the sample's meetings and consultations down.
type clerk struct {
	storyteller
	press   *publication.Service
	hearing *consultation.Service
	offices map[string]string // IDs by short names
	columns map[string]string // IDs by names
}

func newClerk(ctx context.Context, h *house) (*clerk, error) {
	calendar, err := h.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	clock := &pastClock{}
	c := &clerk{storyteller: storyteller{house: h, clock: clock, calendar: calendar, now: time.Now(), by: model.System("demo")},
		offices: map[string]string{}, columns: map[string]string{}}
	meetings := meeting.New(h.store, h.city, h.search.Ask, clock)
	c.hearing = consultation.New(h.store, h.search.Ask, h.rules, clock)
	c.press = publication.New(h.store, clock, slog.Default(), meetings.Desk(h.rules), c.hearing.Desk())
	columns, err := meetings.Columns(ctx)
	if err != nil {
		return nil, err
	}
	for _, column := range columns {
		c.columns[column.Name] = column.ID
	}
	directory, err := h.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range directory.Departments {
		c.offices[d.ShortName] = d.ID
	}
	return c, nil
}

func (c *clerk) dayOf(m sampleMeeting) model.Day {
	if m.Day != "" {
		return m.Day
	}
	return c.workday(model.Today(c.now), m.Workdays)
}

// tell tells one meeting, or goes on with what was told of it before.
func (c *clerk) tell(ctx context.Context, m sampleMeeting, id string) error {
	told, err := c.toldOf(ctx, id)
	if err != nil {
		return err
	}
	m.Day = c.dayOf(m)
	for i := told; i < len(m.Steps); i++ {
		c.stand(c.workday(m.Day, m.Steps[i].After), i+1)
		p, err := c.written(ctx, m, m.Steps[i], id)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Steps[i].Do, err)
		}
		if err := c.sent(ctx, p, m.Steps[i]); err != nil {
			return fmt.Errorf("%s: %w", m.Steps[i].Do, err)
		}
		id = p.ID
	}
	return nil
}

// toldOf is how often a meeting was made public before the telling was cut off.
func (c *clerk) toldOf(ctx context.Context, id string) (n int, err error) {
	if id == "" {
		return 0, nil
	}
	events, err := c.store.PublicationEvents(ctx, model.KindMeeting, id)
	for _, e := range events {
		if e.Act == model.PubPublished || e.Act == model.PubCorrected {
			n++
		}
	}
	return n, err
}

// written is the working copy of a meeting with what a step says in it, begun where there
// is none.
func (c *clerk) written(ctx context.Context, m sampleMeeting, s sampleMeetingStep, id string) (*model.Publication, error) {
	if id == "" {
		content, err := c.content(ctx, m, s, &model.MeetingDraft{})
		if err != nil {
			return nil, err
		}
		return c.press.Begin(ctx, c.by, model.KindMeeting, c.offices[m.Office], model.WriteDraft(content))
	}
	p, err := c.press.Get(ctx, c.by, model.KindMeeting, id)
	if err == nil && p.Stage == model.StagePublished {
		p, err = c.press.Reopen(ctx, c.by, refOf(p))
	}
	if err != nil || p.Stage != model.StageDraft {
		return p, err
	}
	before, err := model.ReadDraft[model.MeetingDraft](p.Content)
	if err != nil {
		return nil, err
	}
	content, err := c.content(ctx, m, s, before)
	if err != nil {
		return nil, err
	}
	return c.press.Write(ctx, c.by, refOf(p), model.WriteDraft(content))
}

func refOf(p *model.Publication) publication.Ref {
	return publication.Ref{Kind: p.Kind, ID: p.ID, Version: p.Version}
}

// sent brings a working copy as far as a step says.
func (c *clerk) sent(ctx context.Context, p *model.Publication, s sampleMeetingStep) (err error) {
	if s.Do != "draft" && p.Stage == model.StageDraft {
		if p, err = c.submitted(ctx, p); err != nil {
			return err
		}
	}
	if s.Do == "draft" || s.Do == "submit" {
		return nil
	}
	return c.signed(ctx, p, s.Note)
}

// signed has somebody else sign a working copy, and tells nobody.
func (c *clerk) signed(ctx context.Context, p *model.Publication, note string) error {
	review := model.Review{Attribute: model.OpenToAll, Why: "示例数据，不告诉订阅的人", Note: note}
	_, err := c.press.Sign(ctx, sampleSigner, refOf(p), review, time.Time{})
	return err
}

// submitted excuses what the checks find, which is nothing in most of them.
func (c *clerk) submitted(ctx context.Context, p *model.Publication) (*model.Publication, error) {
	sent, err := c.press.Submit(ctx, c.by, refOf(p), nil, "")
	if !errors.Is(err, model.ErrFindings) {
		return sent, err
	}
	found, err := c.press.Findings(ctx, c.by, p.Kind, p.ID)
	if err != nil {
		return nil, err
	}
	var excuses []model.Excuse
	for _, f := range found {
		excuses = append(excuses, model.Excuse{Finding: f.Number, Reason: "示例，可以保留"})
	}
	return c.press.Submit(ctx, c.by, refOf(p), excuses, "")
}

// content is what a meeting's working copy holds after a step; its items keep their IDs.
func (c *clerk) content(ctx context.Context, m sampleMeeting, s sampleMeetingStep, before *model.MeetingDraft) (*model.MeetingDraft, error) {
	if s.Do == "correct" {
		before.Items[s.Item-1].Decision = s.Decision
		return before, nil
	}
	d := &model.MeetingDraft{ColumnID: c.columns[m.Column], Term: m.Term, Number: m.Number, Title: m.Title, Day: m.Day, Begins: m.Begins, Place: m.Place,
		Chair: m.Chair, DepartmentIDs: c.officesOf(m.Departments), Guests: m.Guests, Body: passagesOf(m.Text)}
	for n, i := range m.Items {
		v := model.AgendaItemDraft{Title: i.Title, ReporterIDs: c.officesOf(i.Reporters), ResponsibleIDs: c.officesOf(i.Responsible), TopicIDs: i.Topics,
			Withheld: i.Withheld, Ground: i.Ground}
		if n < len(before.Items) {
			v.ID = before.Items[n].ID
		}
		if s.Do != "announce" {
			v.Decision, v.Body = i.Decision, passagesOf(i.Text)
			if err := c.enclose(ctx, &v, i.Table); err != nil {
				return nil, err
			}
		}
		d.Items = append(d.Items, v)
	}
	return d, nil
}

func (c *clerk) officesOf(names []string) (ids []string) {
	for _, name := range names {
		ids = append(ids, c.offices[name])
	}
	return ids
}

func passagesOf(text string) []model.Passage { return media.Passages(media.Structure(text)) }

// enclose gives an item a table to take home.
func (c *clerk) enclose(ctx context.Context, i *model.AgendaItemDraft, table *sampleTable) error {
	if table == nil {
		return nil
	}
	content, err := spreadsheet(table.Rows)
	if err != nil {
		return err
	}
	return c.store.InTx(ctx, func(tx *store.Tx) error {
		name := table.Name + "（示例）.xlsx"
		f, err := c.file.Keep(ctx, tx, name, spreadsheetType, content)
		if err != nil {
			return err
		}
		i.Attachments = []model.DraftFile{{FileID: f.FileID, Name: name}}
		return nil
	})
}
