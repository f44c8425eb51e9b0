package search

import (
	"container/heap"
	"math"
	"sort"
)

// match is one document whose text was found.
type match struct {
	ord    int32
	day    int32  // of publishing, as a number
	holds  bool   // today
	titled bool   // its title answers by itself
	title  string // folded
	row    *row
	place  float64
	score  float64 // bleve's, where the text was looked at and it was asked for
}

// placed gives each match its place by title, day and validity. top is the page
// of those whose titles answer; it is settled where they fill it and no other can
// come before them, whatever bleve thinks of it, or where there are no others.
func placed(passed []match, q Query) (top *page, settled bool) {
	r, others := newRanking(q), math.Inf(-1)
	top = &page{limit: q.Offset + q.Limit, before: before(q)}
	for i := range passed {
		m := &passed[i]
		number := ""
		if q.Mode == Number {
			number = m.row.NumberKey
		}
		if m.place, m.titled = r.place(m.title, number, int(m.day), m.holds); m.titled {
			top.offer(*m)
		} else {
			others = max(others, m.place)
		}
	}
	full := len(top.held) == top.limit && (top.limit == 0 || top.held[0].place > others+weightEngine)
	return top, full || math.IsInf(others, -1)
}

// addOpinions adds to the places what bleve thinks of those whose titles do not
// answer.
func addOpinions(passed []match) {
	best := 0.0
	for _, m := range passed {
		best = max(best, m.score)
	}
	for i := range passed {
		if m := &passed[i]; !m.titled {
			m.place += opinion(m.score, best)
		}
	}
}

// first are the first of the passed matches, as many as the asked page needs.
func first(passed []match, q Query) *page {
	top := &page{limit: q.Offset + q.Limit, before: before(q)}
	for _, m := range passed {
		top.offer(m)
	}
	return top
}

// before is the order of an answer. A question without text is answered
// newest first.
func before(q Query) func(a, b match) bool {
	newer := func(a, b match) bool {
		if a.row.Published != b.row.Published {
			return a.row.Published > b.row.Published
		}
		return a.row.ID > b.row.ID
	}
	switch {
	case q.Sort == Oldest:
		return func(a, b match) bool {
			if (a.row.Published == "") != (b.row.Published == "") {
				return b.row.Published == ""
			}
			return newer(b, a)
		}
	case q.Sort == Newest || q.Mode == Browse:
		return newer
	}
	return func(a, b match) bool {
		if a.place != b.place {
			return a.place > b.place
		}
		return newer(a, b)
	}
}

// page keeps the first limit matches of those offered, the last of them on top.
type page struct {
	limit  int
	held   []match
	before func(a, b match) bool
}

func (p *page) offer(m match) {
	switch {
	case len(p.held) < p.limit:
		heap.Push(p, m)
	case p.limit > 0 && p.before(m, p.held[0]):
		p.held[0] = m
		heap.Fix(p, 0)
	}
}

// hits is the asked page of those held, in order.
func (p *page) hits(q Query) (list []Hit) {
	sort.Slice(p.held, func(i, j int) bool { return p.before(p.held[i], p.held[j]) })
	for _, m := range p.held[min(q.Offset, len(p.held)):] {
		list = append(list, m.row.hit(m.place))
	}
	return list
}

func (p *page) Len() int           { return len(p.held) }
func (p *page) Less(i, j int) bool { return p.before(p.held[j], p.held[i]) }
func (p *page) Swap(i, j int)      { p.held[i], p.held[j] = p.held[j], p.held[i] }
func (p *page) Push(x any)         { p.held = append(p.held, x.(match)) }
func (p *page) Pop() any {
	last := p.held[len(p.held)-1]
	p.held = p.held[:len(p.held)-1]
	return last
}
