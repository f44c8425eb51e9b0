package store

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
)

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
