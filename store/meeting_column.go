package store

import (
	"context"
	"fmt"
	"strconv"

	"yuandu/model"
)

// MeetingColumns lists where meetings stand, in their order, retired ones too.
func (r reads) MeetingColumns(ctx context.Context) ([]model.MeetingColumn, error) {
	list, err := collect(ctx, r, func(row scanner) (c model.MeetingColumn, err error) {
		return c, row.Scan(&c.ID, &c.Version, &c.Name, &c.Numbered, &c.Position, &c.Retired)
	}, `SELECT id, version, name, numbered, position, retired FROM meeting_columns ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("read meeting columns: %w", err)
	}
	return list, nil
}

// MeetingYears lists in which years each column holds public meetings, the newest first.
func (r reads) MeetingYears(ctx context.Context) (map[string][]int, error) {
	years := map[string][]int{}
	_, err := collect(ctx, r, func(row scanner) (year int, err error) {
		var column, text string
		if err = row.Scan(&column, &text); err == nil {
			year, err = strconv.Atoi(text)
		}
		years[column] = append(years[column], year)
		return year, err
	}, `SELECT DISTINCT column_id, substr(day, 1, 4) AS held_in FROM meetings ORDER BY column_id, held_in DESC`)
	if err != nil {
		return nil, fmt.Errorf("read years of meetings: %w", err)
	}
	return years, nil
}

// AddMeetingColumn adds a column behind the others. It is ErrMeetingColumnTaken where
// another has the name.
func (tx *Tx) AddMeetingColumn(ctx context.Context, c *model.MeetingColumn) error {
	c.ID, c.Version = NewID(), 1
	added, err := tx.row(ctx, `INSERT INTO meeting_columns (id, version, name, numbered, position, retired)
		SELECT $1, 1, $2, $3, (SELECT coalesce(max(position), 0) + 1 FROM meeting_columns), 0
		WHERE NOT EXISTS (SELECT 1 FROM meeting_columns WHERE name = $2) RETURNING position`, []any{c.ID, c.Name, number(c.Numbered)}, &c.Position)
	switch {
	case err != nil:
		return fmt.Errorf("add meeting column: %w", err)
	case !added:
		return model.ErrMeetingColumnTaken
	}
	return nil
}

// SaveMeetingColumn changes a column that was read in a version. Errors are ErrStale and
// ErrMeetingColumnTaken. What stands in it shows its name, so all of that has changed.
func (tx *Tx) SaveMeetingColumn(ctx context.Context, c *model.MeetingColumn) error {
	taken, err := tx.row(ctx, `SELECT id FROM meeting_columns WHERE name = $1 AND id <> $2`, []any{c.Name, c.ID}, new(string))
	if err != nil {
		return fmt.Errorf("look for meeting column: %w", err)
	}
	if taken {
		return model.ErrMeetingColumnTaken
	}
	kept, err := tx.row(ctx, `UPDATE meeting_columns SET name = $3, position = $4, retired = $5, version = version + 1
		WHERE id = $1 AND version = $2 RETURNING version`, []any{c.ID, c.Version, c.Name, c.Position, number(c.Retired)}, &c.Version)
	switch {
	case err != nil:
		return fmt.Errorf("save meeting column: %w", err)
	case !kept:
		return model.ErrStale
	}
	tx.changed = true
	return tx.exec(ctx, "touch meetings", `UPDATE meetings SET version = version + 1, updated_at = $2 WHERE column_id = $1`, c.ID, tx.now())
}
