package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

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
