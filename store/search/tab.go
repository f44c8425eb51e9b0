package search

import (
	"context"

	"yuandu/model"
)

// Tab is what a text finds of a kind, the best first: a tab of a search.
type Tab struct {
	Lines    []Line
	Total    int
	Hint     model.Hint
	Degraded bool
}

// Line is a found document as all kinds show it.
type Line struct {
	ID, Title   string
	Day         model.Day
	MeetingID   string // of an item of an agenda
	Meeting     string // its title
	Departments []model.Department
	Topics      []model.Topic
	Facts       []string // what else a list says of it, as people read it
	Text        string   // where its passage is taken from
	Shown
}

// Shown is where the words of a question stand in the title of a document, and in the
// passage of it that fits best.
type Shown struct {
	Snippet                    string
	TitleRanges, SnippetRanges []model.Range
}

// Show marks the words of the question in a document.
func (a *Answer) Show(title, text string) Shown {
	v := Shown{TitleRanges: a.Marks.Ranges(title)}
	v.Snippet, v.SnippetRanges = Passage(text, a.Marks, 0)
	return v
}

// IDs of the hits, in their order.
func (f *Found) IDs() []string {
	ids := make([]string, len(f.Hits))
	for i, h := range f.Hits {
		ids[i] = h.ID
	}
	return ids
}

// Tab asks for the documents of a kind that fit a text best. lines reads those of some
// IDs, in whatever order; one that is not public any more is left out.
func (ask Asker) Tab(ctx context.Context, q Question, lines func(ctx context.Context, ids []string) ([]Line, error)) (*Tab, error) {
	q.Sort = model.Relevance
	answer, degraded, err := ask(ctx, q)
	if err != nil {
		return nil, err
	}
	tab := &Tab{Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	ids := answer.IDs()
	if len(ids) == 0 {
		return tab, nil
	}
	list, err := lines(ctx, ids)
	by := map[string]Line{}
	for _, l := range list {
		by[l.ID] = l
	}
	for _, id := range ids {
		if l, there := by[id]; there {
			l.Shown = answer.Show(l.Title, l.Text)
			tab.Lines = append(tab.Lines, l)
		}
	}
	return tab, err
}
