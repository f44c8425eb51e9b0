package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

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
