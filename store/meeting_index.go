package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

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
