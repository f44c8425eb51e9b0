package store

import (
	"context"
	"errors"
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

// IndexedMeeting is a meeting with the plain text of what is told of all of it.
type IndexedMeeting struct {
	model.Meeting
	Text string
}

// IndexedMeetings reads meetings as the search index wants them: the next limit ones
// after an ID, or those of some IDs.
func (s *Store) IndexedMeetings(ctx context.Context, after string, ids []string, limit int) ([]IndexedMeeting, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	w := afterOrOf("m.id", after, ids)
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (m IndexedMeeting, err error) {
		m.Meeting, err = scanMeeting(d, row, &m.Text)
		return m, err
	}, fmt.Sprintf(`SELECT `+meetingColumns+`, m.text`+fromMeetings+`%s ORDER BY m.id LIMIT $%d`, w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read meetings for the index: %w", err)
	}
	return list, nil
}

// IndexedAgendaItem is an item with its plain text and what it needs of its meeting.
type IndexedAgendaItem struct {
	model.AgendaItem
	Version  int64
	Day      model.Day
	ColumnID string
	Meeting  string // its title
	Text     string
}

// IndexedAgendaItems reads items as the search index wants them: the next limit ones
// after an ID, or those of some IDs.
func (s *Store) IndexedAgendaItems(ctx context.Context, after string, ids []string, limit int) ([]IndexedAgendaItem, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	w := afterOrOf("i.id", after, ids)
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (i IndexedAgendaItem, err error) {
		i.AgendaItem, err = scanAgendaItem(d, row, &i.Version, &i.Text, &i.Day, &i.ColumnID, &i.Meeting)
		return i, err
	}, fmt.Sprintf(`SELECT `+agendaItemColumns+`, i.version, i.text, m.day, m.column_id, m.title
		FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id WHERE %s ORDER BY i.id LIMIT $%d`, w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read agenda items for the index: %w", err)
	}
	return list, nil
}

func afterOrOf(column, after string, ids []string) *where {
	w := &where{}
	w.and(column+" > ?", after)
	if ids != nil {
		in(w, column, ids)
	}
	return w
}

// MeetingVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) MeetingVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "meetings", after, limit)
}

// AgendaItemVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) AgendaItemVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "agenda_items", after, limit)
}

// PublishMeeting makes a meeting with its items public, or changes what is public of
// it. An item that stood in it and does not any more is public nowhere; gone says
// whether there is one.
func (tx *Tx) PublishMeeting(ctx context.Context, m *model.Meeting, e Edition) (gone bool, err error) {
	there, err := tx.row(ctx, `SELECT version, published_at FROM meetings WHERE id = $1`, []any{m.ID}, &m.Version, milliseconds{&m.PublishedAt})
	if err != nil {
		return false, fmt.Errorf("look for meeting: %w", err)
	}
	if !there {
		m.PublishedAt = tx.store.clock.Now()
		if m.Version, err = tx.versionsServed(ctx, model.KindMeeting, m.ID); err != nil {
			return false, err
		}
	}
	m.Version++
	m.UpdatedAt = tx.store.clock.Now()
	files := [][]model.Attachment{m.Attachments, m.Pictures}
	for _, i := range m.Items {
		files = append(files, i.Attachments, i.Pictures)
	}
	f := formOf(m.Canonical(), e, files...)
	if err := tx.writeMeeting(ctx, m, f.hash); err != nil {
		return false, err
	}
	if gone, err = tx.setItems(ctx, m); err != nil {
		return false, err
	}
	return gone, errors.Join(tx.keepRevision(ctx, model.KindMeeting, m.ID, m.Version, f), tx.QueueIndex(ctx, model.KindMeeting, m.ID))
}

func (tx *Tx) writeMeeting(ctx context.Context, m *model.Meeting, hash string) error {
	if m.Withheld == nil {
		m.Withheld = []string{}
	}
	err := tx.exec(ctx, "save meeting", `
		INSERT INTO meetings (id, version, column_id, term, number, title, day, begins, place, chair, guests, video_url, source_url, withheld,
			sm3, published_at, updated_at, text, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, column_id = excluded.column_id, term = excluded.term, number = excluded.number,
			title = excluded.title, day = excluded.day, begins = excluded.begins, place = excluded.place, chair = excluded.chair,
			guests = excluded.guests, video_url = excluded.video_url, source_url = excluded.source_url, withheld = excluded.withheld,
			sm3 = excluded.sm3, updated_at = excluded.updated_at, text = excluded.text, body = excluded.body`,
		m.ID, m.Version, m.Column.ID, m.Term, m.Number, m.Title, m.Day, m.Begins, m.Place, m.Chair, m.Guests, m.VideoURL, m.SourceURL, toJSON(m.Withheld),
		hash, m.PublishedAt.UnixMilli(), m.UpdatedAt.UnixMilli(), m.Body.Plain(), toJSON(m.Body))
	return errors.Join(err,
		tx.setList(ctx, "meeting_departments", "meeting_id", "department_id", m.ID, departmentIDs(m.Departments)),
		tx.setFiles(ctx, model.KindMeeting, m.ID, m.Attachments, m.Pictures))
}

// setItems makes the items of a meeting those that it has now.
func (tx *Tx) setItems(ctx context.Context, m *model.Meeting) (gone bool, err error) {
	before, err := tx.ids(ctx, `SELECT id FROM agenda_items WHERE meeting_id = $1`, m.ID)
	if err != nil {
		return false, err
	}
	stay := map[string]bool{}
	for n := range m.Items {
		i := &m.Items[n]
		i.MeetingID, i.Position, stay[i.ID] = m.ID, n, true
		if err := tx.writeItem(ctx, m, i); err != nil {
			return false, err
		}
	}
	for _, id := range before {
		if stay[id] {
			continue
		}
		gone = true
		if err := tx.dropItem(ctx, id); err != nil {
			return false, err
		}
	}
	return gone, nil
}

// writeItem is ErrAgendaItemTwice where another meeting has the item.
func (tx *Tx) writeItem(ctx context.Context, m *model.Meeting, i *model.AgendaItem) error {
	kept, err := tx.row(ctx, `
		INSERT INTO agenda_items (id, meeting_id, position, version, updated_at, title, decision, video_url, text, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET position = excluded.position, version = excluded.version, updated_at = excluded.updated_at,
			title = excluded.title, decision = excluded.decision, video_url = excluded.video_url, text = excluded.text, body = excluded.body
			WHERE agenda_items.meeting_id = excluded.meeting_id
		RETURNING id`,
		[]any{i.ID, i.MeetingID, i.Position, m.Version, m.UpdatedAt.UnixMilli(), i.Title, i.Decision, i.VideoURL, i.Body.Plain(), toJSON(i.Body)}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("save agenda item: %w", err)
	case !kept:
		return model.ErrAgendaItemTwice
	}
	topics := make([]string, len(i.Topics))
	for n, t := range i.Topics {
		topics[n] = t.ID
	}
	return errors.Join(
		tx.setList(ctx, "agenda_item_reporters", "item_id", "department_id", i.ID, departmentIDs(i.Reporters)),
		tx.setList(ctx, "agenda_item_departments", "item_id", "department_id", i.ID, departmentIDs(i.Responsible)),
		tx.setList(ctx, "agenda_item_topics", "item_id", "topic_id", i.ID, topics),
		tx.setFiles(ctx, model.KindAgendaItem, i.ID, i.Attachments, i.Pictures),
		tx.QueueIndex(ctx, model.KindAgendaItem, i.ID))
}

func (tx *Tx) dropItem(ctx context.Context, id string) error {
	return errors.Join(
		tx.exec(ctx, "take files away", `DELETE FROM attachments WHERE owner_kind = 'agenda_item' AND owner_id = $1`, id),
		tx.exec(ctx, "drop agenda item", `DELETE FROM agenda_items WHERE id = $1`, id),
		tx.QueueIndex(ctx, model.KindAgendaItem, id))
}

// WithdrawMeeting takes a meeting with its items from the public.
func (tx *Tx) WithdrawMeeting(ctx context.Context, id string) error {
	items, err := tx.ids(ctx, `SELECT id FROM agenda_items WHERE meeting_id = $1`, id)
	if err != nil {
		return err
	}
	for _, item := range items {
		if err := tx.dropItem(ctx, item); err != nil {
			return err
		}
	}
	return errors.Join(
		tx.exec(ctx, "take files away", `DELETE FROM attachments WHERE owner_kind = 'meeting' AND owner_id = $1`, id),
		tx.exec(ctx, "note version", `UPDATE publications SET served = (SELECT version FROM meetings WHERE id = $1) WHERE kind = 'meeting' AND id = $1`, id),
		tx.exec(ctx, "withdraw meeting", `DELETE FROM meetings WHERE id = $1`, id),
		tx.QueueIndex(ctx, model.KindMeeting, id))
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

// WithheldItem is an item of a public meeting that is not public, and its place among
// all items.
type WithheldItem struct {
	Position int
	Draft    model.AgendaItemDraft
}

// WithheldItems are those of a public meeting, in their order.
func (s *Store) WithheldItems(ctx context.Context, meetingID string) ([]WithheldItem, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (i WithheldItem, err error) {
		return i, row.Scan(&i.Position, asJSON(&i.Draft))
	}, `SELECT position, content FROM withheld_items WHERE meeting_id = $1 ORDER BY position`, meetingID)
	if err != nil {
		return nil, fmt.Errorf("read withheld items: %w", err)
	}
	return list, nil
}

// LostItem is an item that nobody reads any more, and why.
type LostItem struct {
	MeetingID string
	Ground    string // on which it is not public, "" where its meeting is not
}

// LostItem looks for an item that is withheld by a public meeting, or is one of a meeting
// that is not public; nil where there is none.
func (s *Store) LostItem(ctx context.Context, id string) (*LostItem, error) {
	marked := `%"` + id + `"%`
	held := model.AgendaItemDraft{}
	lost := &LostItem{}
	found, err := s.row(ctx, `SELECT meeting_id, content FROM withheld_items WHERE content LIKE $1`, []any{marked}, &lost.MeetingID, asJSON(&held))
	if err == nil && found && held.ID == id {
		lost.Ground = held.Ground
		return lost, nil
	}
	if err == nil {
		found, err = s.row(ctx, `SELECT id FROM publications WHERE kind = 'meeting' AND public = 0 AND withdrawal <> 'null' AND content LIKE $1`,
			[]any{marked}, &lost.MeetingID)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("look for lost agenda item: %w", err)
	case !found:
		return nil, nil
	}
	return lost, nil
}

// KeepWithheldItems keeps which items of a public meeting are not public.
func (tx *Tx) KeepWithheldItems(ctx context.Context, meetingID string, items []WithheldItem) error {
	err := tx.exec(ctx, "clear withheld items", `DELETE FROM withheld_items WHERE meeting_id = $1`, meetingID)
	for _, i := range items {
		if err != nil {
			return err
		}
		err = tx.exec(ctx, "keep withheld item", `INSERT INTO withheld_items (meeting_id, position, content) VALUES ($1, $2, $3)`,
			meetingID, i.Position, toJSON(i.Draft))
	}
	return err
}

// MeetingCopy is a meeting on its way, as what is to be disclosed is counted from it.
type MeetingCopy struct {
	ID           string
	Stage        model.Stage
	Public       bool
	DepartmentID string
	Content      []byte // the working copy, nil where nothing is being changed
}

// MeetingCopies reads the meetings that are on their way or public, of some departments;
// all is true for those of every department.
func (s *Store) MeetingCopies(ctx context.Context, departments []string, all bool) ([]MeetingCopy, error) {
	var w where
	w.and("kind = ? AND deleted_at = 0 AND stage <> ?", model.KindMeeting, model.StageKept)
	if !all {
		w.and(s.d.among("department_id", "?"), asList(departments))
	}
	list, err := collect(ctx, s.reads, func(row scanner) (c MeetingCopy, err error) {
		var public int
		var content string
		err = row.Scan(&c.ID, &c.Stage, &public, &c.DepartmentID, &content)
		c.Public, c.Content = public == 1, []byte(content)
		return c, err
	}, `SELECT id, stage, public, coalesce(department_id, ''), content FROM publications WHERE `+w.String()+` ORDER BY id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read meetings on their way: %w", err)
	}
	return list, nil
}
