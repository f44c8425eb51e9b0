package search

import (
	"context"
	"strings"

	"yuandu/model"
)

// Scan answers from titles at hand, without an engine: what is left of search
// while the index is away. It finds by title and document number, and filters,
// counts and orders as the index does.
type Scan struct {
	kind    model.Kind
	columns *columns
}

// NewScan makes a Scan over documents; their bodies are not looked at.
func NewScan(kind model.Kind, docs []Doc) *Scan {
	s := &Scan{kind, newColumns()}
	for i := range docs {
		s.columns.set(rowOf(&docs[i]))
	}
	return s
}

// Find reads every title.
func (s *Scan) Find(ctx context.Context, q Query) (Found, error) {
	if q.Kind != s.kind {
		return Found{}, ctx.Err()
	}
	var matches []match
	rank := newRanking(q)
	for i, r := range s.columns.rows {
		if rank.says(r, s.columns.facts[i].title) {
			matches = append(matches, match{ord: int32(i)})
		}
	}
	found, passed := s.columns.count(q, matches)
	if isRanked(q) {
		placed(passed, q)
	}
	found.Hits = first(passed, q).hits(q)
	return found, ctx.Err()
}

// says tells whether a document answers by its title, folded, or its number.
func (r *ranking) says(d *row, title string) bool {
	q := &r.query
	switch q.Mode {
	case Browse:
		return true
	case Number:
		return d.NumberKey != "" && (d.NumberKey == q.Text || strings.HasSuffix(q.Text, "|") && strings.HasPrefix(d.NumberKey, q.Text))
	case All:
		if holdsAll(title, q.Text) {
			return true
		}
		for _, v := range q.Variants {
			if holdsAll(title, v) {
				return true
			}
		}
		return false
	case Any:
		return r.titleShare(title) >= anyShare
	case Similar:
		return r.titleShare(title) >= similarShare
	}
	_, _, ok := PinyinRange(d.Title, q.Text)
	return ok
}

func holdsAll(title, text string) bool {
	words := strings.Fields(text)
	for _, w := range words {
		if !strings.Contains(title, w) {
			return false
		}
	}
	return len(words) > 0
}
