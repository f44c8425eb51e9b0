package meeting

import (
	"context"

	"yuandu/model"
	"yuandu/store/search"
)

// Found is what a text finds among meetings, or among what they dealt with.
type Found struct {
	Items    []FoundItem
	Total    int
	Hint     model.Hint
	Degraded bool
}

// FoundItem is a meeting or an item, with the passage of it that fits best.
type FoundItem struct {
	ID, Title                  string
	MeetingID, Meeting         string // of an item, and the title of its meeting
	Day                        model.Day
	Departments                []model.Department
	Topics                     []model.Topic
	Snippet                    string
	TitleRanges, SnippetRanges []model.Range
}

const snippetWidth = 90

// Find finds public meetings (KindMeeting) or agenda items (KindAgendaItem), the best
// first.
func (s *Service) Find(ctx context.Context, kind model.Kind, text string, limit int) (*Found, error) {
	answer, degraded, err := s.ask(ctx, search.Question{Kind: kind, Text: text, Sort: model.Relevance, Today: s.today(), Limit: limit})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(answer.Hits))
	for i, h := range answer.Hits {
		ids[i] = h.ID
	}
	found := &Found{Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	if len(ids) == 0 {
		return found, nil
	}
	add := func(i FoundItem, body string) {
		i.TitleRanges = answer.Marks.Ranges(i.Title)
		i.Snippet, i.SnippetRanges = search.Passage(body, answer.Marks, snippetWidth)
		found.Items = append(found.Items, i)
	}
	if kind == model.KindMeeting {
		list, err := s.store.MeetingsOf(ctx, ids)
		for _, m := range list {
			add(FoundItem{ID: m.ID, Title: m.Title, Day: m.Day, Departments: m.Departments}, titles(m))
		}
		return found, err
	}
	list, err := s.store.IndexedAgendaItems(ctx, "", ids, len(ids))
	at := map[string]int{}
	for n, i := range list {
		at[i.ID] = n
	}
	for _, id := range ids {
		if n, there := at[id]; there {
			i := list[n]
			add(FoundItem{ID: i.ID, Title: i.Title, MeetingID: i.MeetingID, Meeting: i.Meeting, Day: i.Day, Departments: i.Responsible, Topics: i.Topics}, i.Decision+"\n"+i.Text)
		}
	}
	return found, err
}

// titles are what a meeting dealt with, in a line.
func titles(m model.Meeting) (text string) {
	for _, i := range m.Items {
		text += i.Title + "；"
	}
	return text
}
