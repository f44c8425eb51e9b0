package meeting

import (
	"context"
	"strings"

	"yuandu/media"
	"yuandu/model"
)

// Minutes are what the minutes of a meeting say, as a working copy, MinutesNote is what was not
// recognised.
type (
	Minutes     = media.Minutes
	MinutesNote = media.MinutesNote
)

// MinutesNoColumn is noted where no column fits the name of the meeting.
const MinutesNoColumn = "minutes.no_column"

// ReadMinutes recognises a meeting in the text of its minutes. Nothing is kept.
func (d *Desk) ReadMinutes(ctx context.Context, title string, passages []model.Passage) (*Minutes, error) {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	columns, err := d.store.MeetingColumns(ctx)
	if err != nil {
		return nil, err
	}
	m := media.ReadMinutes(title, passages, directory.Departments)
	if m.Draft.ColumnID = columnFor(columns, m.Draft.Title); m.Draft.ColumnID == "" {
		m.Notes = append(m.Notes, media.MinutesNote{Code: MinutesNoColumn, Count: 1})
	}
	return &m, nil
}

// columnFor is where a meeting of a name stands: the column that the name holds, or that
// of the numbered meetings for 常务会议; "" where none fits.
func columnFor(columns []model.MeetingColumn, title string) string {
	for _, c := range columns {
		if !c.Retired && (strings.Contains(title, c.Name) || c.Numbered && strings.Contains(title, "常务会议")) {
			return c.ID
		}
	}
	return ""
}
