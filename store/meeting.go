package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

const meetingColumns = `m.id, m.version, c.id, c.version, c.name, c.numbered, c.position, c.retired, m.term, m.number, m.title, m.day, m.begins, m.place, m.chair, m.guests,
	m.video_url, m.source_url, m.withheld, m.published_at, m.updated_at,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM meeting_departments x WHERE x.meeting_id = m.id), '')`

const fromMeetings = ` FROM meetings m JOIN meeting_columns c ON c.id = m.column_id WHERE `

func scanMeeting(d *Directory, row scanner, more ...any) (m model.Meeting, err error) {
	var departments string
	c := &m.Column
	dest := []any{&m.ID, &m.Version, &c.ID, &c.Version, &c.Name, &c.Numbered, &c.Position, &c.Retired, &m.Term, &m.Number, &m.Title, &m.Day, &m.Begins,
		&m.Place, &m.Chair, &m.Guests, &m.VideoURL, &m.SourceURL, asJSON(&m.Withheld), milliseconds{&m.PublishedAt}, milliseconds{&m.UpdatedAt},
		&departments}
	err = row.Scan(append(dest, more...)...)
	m.Departments = d.DepartmentsOf(split(departments))
	return m, err
}

const agendaItemColumns = `i.id, i.meeting_id, i.position, i.title, i.decision, i.video_url,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM agenda_item_reporters x WHERE x.item_id = i.id), ''),
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM agenda_item_departments x WHERE x.item_id = i.id), ''),
	coalesce((SELECT string_agg(x.topic_id, ',' ORDER BY x.position) FROM agenda_item_topics x WHERE x.item_id = i.id), '')`

func scanAgendaItem(d *Directory, row scanner, more ...any) (i model.AgendaItem, err error) {
	var reporters, responsible, topics string
	dest := []any{&i.ID, &i.MeetingID, &i.Position, &i.Title, &i.Decision, &i.VideoURL, &reporters, &responsible, &topics}
	err = row.Scan(append(dest, more...)...)
	i.Reporters, i.Responsible, i.Topics = d.DepartmentsOf(split(reporters)), d.DepartmentsOf(split(responsible)), d.TopicsOf(split(topics))
	return i, err
}

// Meeting reads a public meeting with its public items, nil where there is none.
func (s *Store) Meeting(ctx context.Context, id string) (*model.Meeting, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (m model.Meeting, err error) {
		var body model.Body
		m, err = scanMeeting(d, row, asJSON(&body))
		m.Body = body
		return m, err
	}, `SELECT `+meetingColumns+`, m.body`+fromMeetings+`m.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read meeting: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	m := &list[0]
	if m.Attachments, err = s.attachments(ctx, model.KindMeeting, id); err != nil {
		return nil, fmt.Errorf("read attachments of meeting: %w", err)
	}
	m.Items, err = s.wholeItems(ctx, d, `i.meeting_id = $1 ORDER BY i.position`, id)
	return m, err
}

// AgendaItem reads a public item, nil where there is none.
func (s *Store) AgendaItem(ctx context.Context, id string) (*model.AgendaItem, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.wholeItems(ctx, d, `i.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (s *Store) wholeItems(ctx context.Context, d *Directory, condition string, args ...any) ([]model.AgendaItem, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (i model.AgendaItem, err error) {
		var body model.Body
		i, err = scanAgendaItem(d, row, asJSON(&body))
		i.Body = body
		return i, err
	}, `SELECT `+agendaItemColumns+`, i.body FROM agenda_items i WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read agenda items: %w", err)
	}
	for n := range list {
		if list[n].Attachments, err = s.attachments(ctx, model.KindAgendaItem, list[n].ID); err != nil {
			return nil, fmt.Errorf("read attachments of agenda item: %w", err)
		}
	}
	return list, nil
}

// MeetingFilter narrows public meetings; what is empty does not.
type MeetingFilter struct {
	ColumnID      string
	Year          int
	Limit, Offset int
}

// Meetings lists public meetings with their items, without texts, the newest first, and
// counts all that match.
func (s *Store) Meetings(ctx context.Context, f MeetingFilter) (list []model.Meeting, total int, err error) {
	w := &where{}
	w.and("1 = 1")
	if f.ColumnID != "" {
		w.and("m.column_id = ?", f.ColumnID)
	}
	if f.Year > 0 {
		w.and("m.day >= ? AND m.day < ?", fmt.Sprintf("%04d-01-01", f.Year), fmt.Sprintf("%04d-01-01", f.Year+1))
	}
	if _, err := s.row(ctx, `SELECT count(*)`+fromMeetings+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count meetings: %w", err)
	}
	args := append(w.args, f.Limit, f.Offset)
	list, err = s.meetings(ctx, fmt.Sprintf(`%s ORDER BY m.day DESC, m.id DESC LIMIT $%d OFFSET $%d`, w, len(args)-1, len(args)), args...)
	return list, total, err
}

// MeetingsOf reads public meetings of some IDs, in the order of the IDs; those that are
// gone are left out.
func (s *Store) MeetingsOf(ctx context.Context, ids []string) ([]model.Meeting, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "m.id", ids)
	list, err := s.meetings(ctx, w.String(), w.args...)
	return inOrder(ids, list, func(m *model.Meeting) string { return m.ID }), err
}

func (s *Store) meetings(ctx context.Context, condition string, args ...any) ([]model.Meeting, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (model.Meeting, error) { return scanMeeting(d, row) },
		`SELECT `+meetingColumns+fromMeetings+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read meetings: %w", err)
	}
	ids, at := make([]string, len(list)), map[string]*model.Meeting{}
	for n := range list {
		ids[n], at[list[n].ID] = list[n].ID, &list[n]
	}
	items, err := s.agendaItems(ctx, d, "i.meeting_id", ids)
	for _, i := range items {
		at[i.MeetingID].Items = append(at[i.MeetingID].Items, i)
	}
	return list, err
}

func (s *Store) agendaItems(ctx context.Context, d *Directory, column string, ids []string) ([]model.AgendaItem, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, column, ids)
	list, err := collect(ctx, s.reads, func(row scanner) (model.AgendaItem, error) { return scanAgendaItem(d, row) },
		`SELECT `+agendaItemColumns+` FROM agenda_items i WHERE `+w.String()+` ORDER BY i.meeting_id, i.position`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read agenda items: %w", err)
	}
	return list, nil
}

// AgendaItems reads public items of some IDs, in the order of the IDs; those that are
// gone are left out.
func (s *Store) AgendaItems(ctx context.Context, ids []string) ([]model.AgendaItem, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.agendaItems(ctx, d, "i.id", ids)
	return inOrder(ids, list, func(i *model.AgendaItem) string { return i.ID }), err
}

// AgendaItemTitles are the titles of public items by their IDs.
func (s *Store) AgendaItemTitles(ctx context.Context, ids []string) (map[string]string, error) {
	list, err := s.AgendaItems(ctx, ids)
	titles := map[string]string{}
	for _, i := range list {
		titles[i.ID] = i.Title
	}
	return titles, err
}

// MeetingTouches is what those follow who are told of a meeting: its column, its items
// with their topics, and the departments that see to them.
func (tx *Tx) MeetingTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'meeting_column', column_id FROM meetings WHERE id = $1
		UNION SELECT 'agenda_item', id FROM agenda_items WHERE meeting_id = $2
		UNION SELECT 'topic', t.topic_id FROM agenda_items i JOIN agenda_item_topics t ON t.item_id = i.id WHERE i.meeting_id = $3
		UNION SELECT 'department', d.department_id FROM agenda_items i JOIN agenda_item_departments d ON d.item_id = i.id WHERE i.meeting_id = $4`,
		id, id, id, id)
}
