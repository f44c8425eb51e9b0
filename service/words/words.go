// Package words is the lists of words that a city keeps: what means the same in
// a search, what is shown as searched much, and what documents must not say.
package words

import (
	"context"
	"slices"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is the lists.
type Service struct {
	store *store.Store
	clock model.Clock
}

// New makes the service.
func New(s *store.Store, clock model.Clock) *Service { return &Service{s, clock} }

// Table is a list as those who keep it see it.
type Table struct {
	Own     []Entry
	Shipped []Shipped // what the product knows
}

// Entry is an entry that the city wrote.
type Entry struct {
	model.WordEntry
	AlsoIn []model.WordContent // other groups of synonyms that have one of its words
}

// Shipped is an entry that the product knows.
type Shipped struct {
	model.WordEntry
	Off bool // the city has switched it off
}

// List reads a list.
func (s *Service) List(ctx context.Context, list model.WordList) (*Table, error) {
	own, err := s.store.Words(ctx, list)
	if err != nil {
		return nil, err
	}
	off, err := s.store.WordsOff(ctx, list)
	if err != nil {
		return nil, err
	}
	t := &Table{}
	for _, e := range shipped(list) {
		t.Shipped = append(t.Shipped, Shipped{e, off[e.Name]})
	}
	known := inUse(list, own, off)
	for _, e := range own {
		t.Own = append(t.Own, Entry{e, alsoIn(e, known)})
	}
	if list == model.HotWords {
		slices.SortStableFunc(t.Own, func(a, b Entry) int { return a.Position - b.Position })
	}
	return t, nil
}

// shipped are the entries that the product knows.
func shipped(list model.WordList) (entries []model.WordEntry) {
	switch list {
	case model.SynonymWords:
		return search.ShippedSynonyms()
	case model.ForbiddenWords:
		for _, w := range check.Forbidden() {
			entries = append(entries, model.WordEntry{List: list, Name: w.Text, WordContent: model.WordContent{Words: []string{w.Text},
				Instead: w.Instead, Note: w.Why, RightIn: w.RightIn, Severity: string(w.Severity)}})
		}
	case model.MistypedWords:
		for _, m := range check.Mistypes() {
			entries = append(entries, model.WordEntry{List: list, Name: m.Wrong, WordContent: model.WordContent{Words: []string{m.Wrong},
				Instead: m.Right, RightIn: m.RightIn, Severity: string(m.Severity)}})
		}
	}
	return entries
}

// inUse are all entries by which the house goes.
func inUse(list model.WordList, own []model.WordEntry, off map[string]bool) []model.WordEntry {
	entries := slices.DeleteFunc(shipped(list), func(e model.WordEntry) bool { return off[e.Name] })
	return append(entries, own...)
}

// nameOf is what an entry is of.
func nameOf(list model.WordList, c model.WordContent) string {
	switch list {
	case model.SynonymWords:
		return search.SynonymName(c)
	case model.HotWords:
		return search.Fold(c.Words[0])
	}
	return c.Words[0]
}

// alsoIn are the other groups of synonyms that have a word of an entry: what is
// said for it is more than the group tells.
func alsoIn(e model.WordEntry, known []model.WordEntry) (list []model.WordContent) {
	if e.List != model.SynonymWords {
		return nil
	}
	for _, other := range known {
		if other.Name != e.Name && slices.ContainsFunc(other.Words, func(w string) bool { return says(e.Words, w) }) {
			list = append(list, other.WordContent)
		}
	}
	return list
}

// says tells whether a word is among some, however it is written.
func says(words []string, word string) bool {
	word = search.Fold(word)
	return slices.ContainsFunc(words, func(w string) bool { return search.Fold(w) == word })
}

// Rules are the lists by which documents are checked before they go public.
func (s *Service) Rules(ctx context.Context) (rules check.Rules, err error) {
	forbidden, err := s.inUse(ctx, model.ForbiddenWords)
	if err != nil {
		return rules, err
	}
	mistyped, err := s.inUse(ctx, model.MistypedWords)
	for _, e := range forbidden {
		rules.Forbidden = append(rules.Forbidden, check.Word{Text: e.Words[0], Instead: e.Instead, Why: e.Note, RightIn: e.RightIn,
			Severity: check.Severity(e.Severity)})
	}
	for _, e := range mistyped {
		rules.Mistyped = append(rules.Mistyped, check.Mistype{Wrong: e.Words[0], Right: e.Instead, RightIn: e.RightIn,
			Severity: check.Severity(e.Severity)})
	}
	return rules, err
}

func (s *Service) inUse(ctx context.Context, list model.WordList) ([]model.WordEntry, error) {
	own, err := s.store.Words(ctx, list)
	if err != nil {
		return nil, err
	}
	off, err := s.store.WordsOff(ctx, list)
	return inUse(list, own, off), err
}
