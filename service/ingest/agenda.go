package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yuandu/media"
	"yuandu/model"
)

// isAgenda says whether a row is an item of a meeting, and no document of its own.
func (r Row) isAgenda() bool {
	return r.record.of(AgendaTitle) != nil || r.record.of(MeetingName) != nil && r.record.of(Title) == nil
}

// required are the columns that no row may lack.
func (r Row) required() []Column {
	if r.isAgenda() {
		return []Column{MeetingName, MeetingDay, AgendaTitle}
	}
	return []Column{Title, Text}
}

// shelves are the columns of meetings by their names.
type shelves map[string]string

type shelfReader interface {
	MeetingColumns(ctx context.Context) ([]model.MeetingColumn, error)
}

func shelvesOf(ctx context.Context, in shelfReader) (shelves, error) {
	list, err := in.MeetingColumns(ctx)
	known := shelves{}
	for _, c := range list {
		if !c.Retired {
			known[c.Name] = c.ID
		}
	}
	return known, err
}

// of is where the meeting of a row stands: where it says so, else among the executive
// ones where its name does; "" leaves it to its writers.
func (s shelves) of(row Row) string {
	v := row.Values
	if v[MeetingShelf] == "" && strings.Contains(v[MeetingName], "常务会议") {
		return model.ExecutiveColumn
	}
	return s[v[MeetingShelf]]
}

// wrong is that a row names a column which is not there, nil where it is fine.
func (s shelves) wrong(row Row) *RowError {
	name := row.Values[MeetingShelf]
	if _, known := s[name]; known || name == "" {
		return nil
	}
	var names []string
	for n := range s {
		names = append(names, n)
	}
	slices.Sort(names)
	return row.Reject(MeetingShelf, fmt.Sprintf("没有“%s”这个会议栏目，可用的有 %s", name, strings.Join(names, "、")))
}

// officesOfAgenda are the offices that an item names.
func officesOfAgenda(row Row) []string {
	return slices.Concat(issuersOf(row.Values[Reporters]), issuersOf(row.Values[Responsible]))
}

// oddAgenda is what of an item somebody should look at.
func (r *reading) oddAgenda(row Row) (list []model.ImportWarning) {
	day := model.Day(row.Values[MeetingDay])
	told := map[string]any{"column": MeetingDay.Name(), "day": day}
	if day > model.Today(r.clock.Now()) {
		list = append(list, model.ImportWarning{Code: model.OddFuture, Args: told})
	}
	if day < firstDay {
		list = append(list, model.ImportWarning{Code: model.OddOld, Args: told})
	}
	for _, name := range r.known.without(officesOfAgenda(row)) {
		list = append(list, model.ImportWarning{Code: model.OddIssuer, Args: map[string]any{"name": name}})
	}
	return list
}

// without are the names that no office goes by.
func (o offices) without(names []string) (strange []string) {
	for _, name := range names {
		if _, is := o[name]; !is {
			strange = append(strange, name)
		}
	}
	return strange
}

// agendaOf gathers an item into the meeting that its rows become.
func (m *making) agendaOf(row Row, noted *model.ImportRow) {
	g := m.meetings[noted.DraftID]
	if g == nil {
		g = &gathered{name: nameOf(row), draft: m.meetingDraft(row)}
		m.meetings[noted.DraftID] = g
		m.order = append(m.order, noted.DraftID)
	}
	g.rows = append(g.rows, noted)
	v := row.Values
	g.draft.Chair = cmp.Or(g.draft.Chair, v[MeetingChair])
	g.draft.Items = append(g.draft.Items, model.AgendaItemDraft{Title: v[AgendaTitle], Decision: v[Decision],
		ReporterIDs: m.named(issuersOf(v[Reporters])), ResponsibleIDs: m.named(issuersOf(v[Responsible])),
		TopicIDs: model.TopicIDs(topicsOf(row, v[AgendaTitle], "", v[Decision]))})
}

// gathered is a meeting with the rows that are its items.
type gathered struct {
	name  name
	draft *model.MeetingDraft
	rows  []*model.ImportRow
}

func (m *making) meetingDraft(row Row) *model.MeetingDraft {
	v := row.Values
	d := &model.MeetingDraft{ColumnID: m.shelves.of(row), Title: v[MeetingName], Day: model.Day(v[MeetingDay])}
	d.Term, d.Number = media.SessionOf(v[MeetingName])
	return d
}

// convene lets the meetings that were gathered become drafts.
func (m *making) convene(ctx context.Context) error {
	for _, id := range m.order {
		g := m.meetings[id]
		content, err := json.Marshal(g.draft)
		if err != nil {
			return fmt.Errorf("write meeting: %w", err)
		}
		m.waiting = append(m.waiting, made{row: g.rows[0], also: g.rows[1:], name: g.name, content: content})
		if len(m.waiting) == makeRows {
			if err := m.flush(ctx, false); err != nil {
				return err
			}
		}
	}
	return nil
}
