package meeting

import (
	"context"

	"yuandu/model"
	"yuandu/store/search"
)

// Find finds public meetings (KindMeeting) or agenda items (KindAgendaItem), the best
// first.
func (s *Service) Find(ctx context.Context, kind model.Kind, text string, limit int) (*search.Tab, error) {
	lines := s.meetingLines
	if kind == model.KindAgendaItem {
		lines = s.itemLines
	}
	return s.ask.Tab(ctx, search.Question{Kind: kind, Text: text, Today: s.today(), Limit: limit}, lines)
}

func (s *Service) meetingLines(ctx context.Context, ids []string) (lines []search.Line, err error) {
	list, err := s.store.MeetingsOf(ctx, ids)
	for _, m := range list {
		lines = append(lines, search.Line{ID: m.ID, Title: m.Title, Day: m.Day, Departments: m.Departments, Text: titles(m)})
	}
	return lines, err
}

func (s *Service) itemLines(ctx context.Context, ids []string) (lines []search.Line, err error) {
	list, err := s.store.IndexedAgendaItems(ctx, "", ids, len(ids))
	for _, i := range list {
		lines = append(lines, search.Line{ID: i.ID, Title: i.Title, Day: i.Day, MeetingID: i.MeetingID, Meeting: i.Meeting,
			Departments: i.Responsible, Topics: i.Topics, Text: i.Decision + "\n" + i.Text})
	}
	return lines, err
}

// titles are what a meeting dealt with, in a line.
func titles(m model.Meeting) (text string) {
	for _, i := range m.Items {
		text += i.Title + "；"
	}
	return text
}
