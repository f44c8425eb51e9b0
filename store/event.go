package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yuandu/model"
)

const termColumns = `opens_at, closes_at, draws_at, places, how, most_persons, asks_phone, asks`

func termsInto(t *model.SignUpTerms) []any {
	return []any{ifAny{&t.OpensAt}, ifAny{&t.ClosesAt}, ifAny{&t.DrawsAt}, &t.Places, &t.How, &t.MostPersons, &t.AsksPhone, &t.Asks}
}

func termsOf(t *model.SignUpTerms) []any {
	return []any{millis(t.OpensAt), millis(t.ClosesAt), millis(t.DrawsAt), t.Places, t.How, t.MostPersons, oneIf(t.AsksPhone), t.Asks}
}

const eventColumns = `e.id, e.version, e.kind, e.title, e.place, e.address, e.begins_at, e.ends_at, e.audience, e.contacts, e.meeting_id, e.consultation_id,
	e.opens_at, e.closes_at, e.draws_at, e.places, e.how, e.most_persons, e.asks_phone, e.asks, e.cancelled, e.decision, e.result, e.review, e.report,
	e.published_at, e.updated_at,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM event_departments x WHERE x.event_id = e.id), ''),
	coalesce((SELECT string_agg(x.topic_id, ',' ORDER BY x.position) FROM event_topics x WHERE x.event_id = e.id), '')`

func scanEvent(d *Directory, row scanner, more ...any) (e model.Event, err error) {
	var departments, topics string
	var report model.Body
	dest := []any{&e.ID, &e.Version, &e.Kind, &e.Title, &e.Place, &e.Address, ifAny{&e.BeginsAt}, ifAny{&e.EndsAt}, &e.Audience, &e.Contacts,
		&e.MeetingID, &e.ConsultationID}
	dest = append(dest, termsInto(&e.Terms)...)
	dest = append(dest, &e.Cancelled, &e.Decision, &e.Result, &e.Review, asJSON(&report), milliseconds{&e.PublishedAt}, milliseconds{&e.UpdatedAt},
		&departments, &topics)
	err = row.Scan(append(dest, more...)...)
	e.Report, e.Departments, e.Topics = report, d.DepartmentsOf(split(departments)), d.TopicsOf(split(topics))
	return e, err
}

// Event reads a public event, nil where there is none.
func (s *Store) Event(ctx context.Context, id string) (*model.Event, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (e model.Event, err error) {
		var body model.Body
		e, err = scanEvent(d, row, asJSON(&body))
		e.Body = body
		return e, err
	}, `SELECT `+eventColumns+`, e.body FROM events e WHERE e.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read event: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	e := &list[0]
	if e.Attachments, err = s.attachments(ctx, model.KindEvent, id); err != nil {
		return nil, fmt.Errorf("read attachments of event: %w", err)
	}
	return e, nil
}

// EventFilter narrows public events; what is empty does not. After keeps those that end
// after a moment, the next one first; Before those that ended before it, the last first.
type EventFilter struct {
	Kind          model.EventKind
	After, Before time.Time
	Held          bool // not cancelled
	Limit, Offset int
}

// Events lists public events without texts, and counts all that match.
func (s *Store) Events(ctx context.Context, f EventFilter) (list []model.Event, total int, err error) {
	w, order := &where{}, "e.begins_at DESC, e.id DESC"
	w.and("1 = 1")
	if f.Kind != "" {
		w.and("e.kind = ?", f.Kind)
	}
	if f.Held {
		w.and("e.cancelled = ''")
	}
	if !f.After.IsZero() {
		w.and("e.ends_at > ?", f.After.UnixMilli())
		order = "e.begins_at, e.id"
	}
	if !f.Before.IsZero() {
		w.and("e.ends_at <= ?", f.Before.UnixMilli())
	}
	if _, err := s.row(ctx, `SELECT count(*) FROM events e WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count events: %w", err)
	}
	args := append(w.args, f.Limit, f.Offset)
	list, err = s.events(ctx, fmt.Sprintf(`%s ORDER BY %s LIMIT $%d OFFSET $%d`, w, order, len(args)-1, len(args)), args...)
	return list, total, err
}

// EventsOf reads public events of some IDs, in the order of the IDs; those that are gone
// are left out.
func (s *Store) EventsOf(ctx context.Context, ids []string) ([]model.Event, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "e.id", ids)
	list, err := s.events(ctx, w.String(), w.args...)
	return inOrder(ids, list, func(e *model.Event) string { return e.ID }), err
}

// mostBeside is how many events a consultation or a meeting shows.
const mostBeside = 20

// EventsOfConsultation lists the public events that belong to a consultation, the first one
// to begin at first.
func (s *Store) EventsOfConsultation(ctx context.Context, consultationID string) ([]model.Event, error) {
	return s.events(ctx, `e.consultation_id = $1 AND e.consultation_id <> '' ORDER BY e.begins_at, e.id LIMIT $2`, consultationID, mostBeside)
}

// EventsOfMeeting lists the public events at which one can sit in on a meeting, the first one
// to begin at first.
func (s *Store) EventsOfMeeting(ctx context.Context, meetingID string) ([]model.Event, error) {
	return s.events(ctx, `e.meeting_id = $1 AND e.meeting_id <> '' ORDER BY e.begins_at, e.id LIMIT $2`, meetingID, mostBeside)
}

// ConsultationsOfEvent is the consultation that a public event belongs to, as a list of one
// or none.
func (r reads) ConsultationsOfEvent(ctx context.Context, id string) ([]string, error) {
	list, err := collect(ctx, r, scanID, `SELECT consultation_id FROM events WHERE id = $1 AND consultation_id <> ''`, id)
	if err != nil {
		return nil, fmt.Errorf("read consultation of event: %w", err)
	}
	return list, nil
}

func (s *Store) events(ctx context.Context, condition string, args ...any) ([]model.Event, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (model.Event, error) { return scanEvent(d, row) },
		`SELECT `+eventColumns+` FROM events e WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return list, nil
}

// IndexedEvent is an event with its plain text.
type IndexedEvent struct {
	model.Event
	Text string
}

// IndexedEvents reads events as the search index wants them: the next limit ones after
// an ID, or those of some IDs.
func (s *Store) IndexedEvents(ctx context.Context, after string, ids []string, limit int) ([]IndexedEvent, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	w := afterOrOf("e.id", after, ids)
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (e IndexedEvent, err error) {
		e.Event, err = scanEvent(d, row, &e.Text)
		return e, err
	}, fmt.Sprintf(`SELECT `+eventColumns+`, e.text FROM events e WHERE %s ORDER BY e.id LIMIT $%d`, w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read events for the index: %w", err)
	}
	return list, nil
}

// EventVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) EventVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "events", after, limit)
}

// PublishEvent makes an event public, or changes what is public of it.
func (tx *Tx) PublishEvent(ctx context.Context, v *model.Event, e Edition) error {
	there, err := tx.row(ctx, `SELECT version, published_at FROM events WHERE id = $1`, []any{v.ID}, &v.Version, milliseconds{&v.PublishedAt})
	if err != nil {
		return fmt.Errorf("look for event: %w", err)
	}
	if !there {
		v.PublishedAt = tx.store.clock.Now()
		if v.Version, err = tx.versionsServed(ctx, model.KindEvent, v.ID); err != nil {
			return err
		}
	}
	v.Version++
	v.UpdatedAt = tx.store.clock.Now()
	f := formOf(v.Canonical(), e, v.Attachments, v.Pictures)
	return errors.Join(tx.writeEvent(ctx, v, f.hash), tx.keepRevision(ctx, model.KindEvent, v.ID, v.Version, f), tx.QueueIndex(ctx, model.KindEvent, v.ID))
}

func (tx *Tx) writeEvent(ctx context.Context, v *model.Event, hash string) error {
	args := []any{v.ID, v.Version, v.Kind, v.Title, v.Place, v.Address, millis(v.BeginsAt), millis(v.EndsAt), v.Audience, v.Contacts, v.MeetingID,
		v.ConsultationID}
	args = append(args, termsOf(&v.Terms)...)
	args = append(args, v.Cancelled, v.Decision, v.Result, v.Review, hash, v.PublishedAt.UnixMilli(), v.UpdatedAt.UnixMilli(), eventText(v), toJSON(v.Body),
		toJSON(v.Report))
	err := tx.exec(ctx, "save event", `
		INSERT INTO events (id, version, kind, title, place, address, begins_at, ends_at, audience, contacts, meeting_id, consultation_id, `+termColumns+`,
			cancelled, decision, result, review, sm3, published_at, updated_at, text, body, report)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, title = excluded.title, place = excluded.place,
			address = excluded.address, begins_at = excluded.begins_at, ends_at = excluded.ends_at, audience = excluded.audience,
			contacts = excluded.contacts, meeting_id = excluded.meeting_id, consultation_id = excluded.consultation_id,
			opens_at = excluded.opens_at, closes_at = excluded.closes_at, draws_at = excluded.draws_at, places = excluded.places, how = excluded.how,
			most_persons = excluded.most_persons, asks_phone = excluded.asks_phone, asks = excluded.asks, cancelled = excluded.cancelled,
			decision = excluded.decision, result = excluded.result, review = excluded.review, sm3 = excluded.sm3, updated_at = excluded.updated_at,
			text = excluded.text, body = excluded.body, report = excluded.report`, args...)
	topics := make([]string, len(v.Topics))
	for n, t := range v.Topics {
		topics[n] = t.ID
	}
	return errors.Join(err,
		tx.setList(ctx, "event_departments", "event_id", "department_id", v.ID, departmentIDs(v.Departments)),
		tx.setList(ctx, "event_topics", "event_id", "topic_id", v.ID, topics),
		tx.setFiles(ctx, model.KindEvent, v.ID, v.Attachments, v.Pictures))
}

// eventText is what of an event is found by its words.
func eventText(v *model.Event) string {
	text := v.Body.Plain()
	for _, more := range []string{v.Place, v.Audience, v.Report.Plain(), v.Decision, v.Result, v.Review} {
		if more != "" {
			text += "\n" + more
		}
	}
	return text
}

// WithdrawEvent takes an event from the public. Its book stays.
func (tx *Tx) WithdrawEvent(ctx context.Context, id string) error {
	return errors.Join(
		tx.exec(ctx, "take files away", `DELETE FROM attachments WHERE owner_kind = 'event' AND owner_id = $1`, id),
		tx.exec(ctx, "note version", `UPDATE publications SET served = (SELECT version FROM events WHERE id = $1) WHERE kind = 'event' AND id = $1`, id),
		tx.exec(ctx, "withdraw event", `DELETE FROM events WHERE id = $1`, id),
		tx.QueueIndex(ctx, model.KindEvent, id))
}

// EventTouches is what those follow who are told of an event: its topics, who holds it, the
// consultation that it belongs to, and the column of the meeting that one can sit in on.
func (tx *Tx) EventTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'topic', topic_id FROM event_topics WHERE event_id = $1
		UNION SELECT 'department', department_id FROM event_departments WHERE event_id = $2
		UNION SELECT 'consultation', c.id FROM events e JOIN consultations c ON c.id = e.consultation_id WHERE e.id = $3
		UNION SELECT 'meeting_column', m.column_id FROM events e JOIN meetings m ON m.id = e.meeting_id WHERE e.id = $4`, id, id, id, id)
}
