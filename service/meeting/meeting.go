// Package meeting is what the government's meetings decided: what is coming, what was
// said, and whether it was made public in time.
package meeting

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// City is what the service asks of the city: its calendar, and from when on something is
// urgent.
type City interface {
	Calendar(ctx context.Context) (*model.Calendar, error)
	Settings(ctx context.Context) (*model.Settings, error)
}

// Service is the meetings.
type Service struct {
	store *store.Store
	city  City
	ask   search.Asker
	clock model.Clock
}

// New makes the service; ask finds what is public of meetings.
func New(s *store.Store, city City, ask search.Asker, clock model.Clock) *Service {
	return &Service{s, city, ask, clock}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Listing is what somebody wants to see of the meetings; what is empty does not narrow.
type Listing struct {
	Column        string
	Year          int
	Offset, Limit int
}

// Page is a part of the list of meetings.
type Page struct {
	Items []Shown
	Total int
}

// Shown is a meeting, how far it has come today, and until when the rest of what it
// decides has to be public.
type Shown struct {
	model.Meeting
	Phase   model.MeetingPhase
	Due     model.Deadline // without a day where nothing is waited for
	Overdue bool
}

// PhaseName is how far it has come, in Chinese. Where nothing of a meeting is public but
// that it was held, nothing more is to be waited for.
func (m *Shown) PhaseName() string {
	if m.Phase == model.MeetingHeld && !m.Waits() {
		return "已召开"
	}
	return m.Phase.Name()
}

// shown shows meetings as they stand today.
func (s *Service) shown(ctx context.Context, list ...model.Meeting) ([]Shown, error) {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	shown := make([]Shown, len(list))
	for n, m := range list {
		shown[n] = Shown{Meeting: m, Phase: m.PhaseOn(s.today())}
		if m.Day == "" || !m.Waits() {
			continue
		}
		if shown[n].Due, err = model.DisclosureTerm.Due(calendar, m.Day); err != nil {
			return nil, err
		}
		shown[n].Overdue = shown[n].Due.Day < s.today()
	}
	return shown, nil
}

// Meetings lists public meetings, the newest first.
func (s *Service) Meetings(ctx context.Context, l Listing) (*Page, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	list, total, err := s.store.Meetings(ctx, store.MeetingFilter{ColumnID: l.Column, Year: l.Year, Limit: l.Limit, Offset: l.Offset})
	if err != nil {
		return nil, err
	}
	items, err := s.shown(ctx, list...)
	return &Page{items, total}, err
}

// Meeting reads a public meeting. It is ErrWithdrawn, with the reason, where it was
// public once, else ErrMeetingMissing.
func (s *Service) Meeting(ctx context.Context, id string) (*Shown, error) {
	m, err := s.store.Meeting(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case m == nil:
		return nil, s.gone(ctx, id)
	}
	return s.one(ctx, *m)
}

func (s *Service) one(ctx context.Context, m model.Meeting) (*Shown, error) {
	list, err := s.shown(ctx, m)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (s *Service) gone(ctx context.Context, id string) error {
	return s.store.Gone(ctx, model.KindMeeting, id, model.ErrMeetingMissing)
}

// Item is an item with the meeting that deals with it.
type Item struct {
	model.AgendaItem
	Meeting Shown
}

// Item reads a public item. It is ErrAgendaItemWithheld, with the ground, where it is not
// public by law, ErrWithdrawn where its meeting was taken back, else ErrAgendaItemMissing.
func (s *Service) Item(ctx context.Context, id string) (*Item, error) {
	i, err := s.store.AgendaItem(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case i == nil:
		return nil, s.itemGone(ctx, id)
	}
	m, err := s.Meeting(ctx, i.MeetingID)
	if err != nil {
		return nil, err
	}
	return &Item{*i, *m}, nil
}

func (s *Service) itemGone(ctx context.Context, id string) error {
	lost, err := s.store.LostItem(ctx, id)
	switch {
	case err != nil:
		return err
	case lost == nil:
		return model.ErrAgendaItemMissing
	case lost.Ground != "":
		return model.ErrAgendaItemWithheld.With("", map[string]any{"ground": lost.Ground})
	}
	if err = s.gone(ctx, lost.MeetingID); errors.Is(err, model.ErrMeetingMissing) {
		return model.ErrAgendaItemMissing
	}
	return err
}

// Columns lists where meetings stand, in their order.
func (s *Service) Columns(ctx context.Context) ([]model.MeetingColumn, error) {
	return s.store.MeetingColumns(ctx)
}

// Shelf is a column with the years in which it holds public meetings, the newest first.
type Shelf struct {
	model.MeetingColumn
	Years []int
}

// Shelves are the columns in their order, retired ones too.
func (s *Service) Shelves(ctx context.Context) ([]Shelf, error) {
	columns, err := s.store.MeetingColumns(ctx)
	if err != nil {
		return nil, err
	}
	years, err := s.store.MeetingYears(ctx)
	list := make([]Shelf, len(columns))
	for n, c := range columns {
		list[n] = Shelf{c, years[c.ID]}
	}
	return list, err
}

// Followables let residents follow the meetings of a column, and what becomes of an item.
func (s *Service) Followables() []model.Followable {
	return []model.Followable{
		{Kind: model.KindMeetingColumn, Name: "kind.meeting_column", Missing: model.ErrMeetingColumnMissing, Names: s.columnNames},
		{Kind: model.KindAgendaItem, Name: "kind.agenda_item", Missing: model.ErrAgendaItemMissing, Names: s.store.AgendaItemTitles},
	}
}

func (s *Service) columnNames(ctx context.Context, keys []string) (map[string]string, error) {
	list, err := s.store.MeetingColumns(ctx)
	names := map[string]string{}
	for _, c := range list {
		if slices.Contains(keys, c.ID) {
			names[c.ID] = c.Name
		}
	}
	return names, err
}

// columnName is how long the name of a column may be, in characters.
const columnName = 20

// AddColumn adds a thematic column.
func (s *Service) AddColumn(ctx context.Context, by model.Actor, name string, numbered bool) (*model.MeetingColumn, error) {
	c := &model.MeetingColumn{Name: strings.TrimSpace(name), Numbered: numbered}
	if err := checkName(c.Name); err != nil {
		return nil, err
	}
	return c, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddMeetingColumn(ctx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, by, columnAudit("meeting_column.added", c))
	})
}

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > columnName {
		return model.ErrMeetingColumnName.With("", map[string]any{"most": columnName})
	}
	return nil
}

func columnAudit(act string, c *model.MeetingColumn) model.AuditEntry {
	return model.AuditEntry{Act: act, Object: model.Ref{Kind: "meeting_column", ID: c.ID}, Details: map[string]any{"name": c.Name, "retired": c.Retired}}
}

// ColumnChange is what somebody makes of a column that they read in a version.
type ColumnChange struct {
	ID       string
	Version  int64
	Name     string
	Position int
	Retired  bool
}

// ChangeColumn renames, moves or retires a column. What stands in it stays.
func (s *Service) ChangeColumn(ctx context.Context, by model.Actor, v ColumnChange) (*model.MeetingColumn, error) {
	c := &model.MeetingColumn{ID: v.ID, Version: v.Version, Name: strings.TrimSpace(v.Name), Position: v.Position, Retired: v.Retired}
	if err := checkName(c.Name); err != nil {
		return nil, err
	}
	return c, s.store.InTx(ctx, func(tx *store.Tx) error {
		before, err := columnOf(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		c.Numbered = before.Numbered
		if err := tx.SaveMeetingColumn(ctx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, by, columnAudit("meeting_column.changed", c))
	})
}

type columns interface {
	MeetingColumns(ctx context.Context) ([]model.MeetingColumn, error)
}

// columnOf is a column by its ID, ErrMeetingColumnMissing where there is none.
func columnOf(ctx context.Context, r columns, id string) (model.MeetingColumn, error) {
	list, err := r.MeetingColumns(ctx)
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	if err == nil {
		err = model.ErrMeetingColumnMissing
	}
	return model.MeetingColumn{}, err
}
