package check

import (
	"cmp"
	"slices"
	"unicode/utf16"

	"yuandu/model"
)

// Line checks a single line: a title, the name of a file.
func Line(field, text string, rules Rules) []Finding {
	return piece(Place{Field: field, Passage: -1, Row: -1, Cell: -1}, text, rules)
}

// Text checks the passages of a body, in their order.
func Text(field string, passages []model.Passage, rules Rules) (list []Finding) {
	for n, p := range passages {
		at := Place{Field: field, Passage: n, Row: -1, Cell: -1}
		list = append(list, piece(at, p.Text, rules)...)
		for r, row := range p.Rows {
			for c, cell := range row {
				at.Row, at.Cell = r, c
				list = append(list, piece(at, cell, rules)...)
			}
		}
	}
	return list
}

// piece checks one stretch of text; what it finds comes in the order of the text.
func piece(at Place, text string, rules Rules) []Finding {
	s := scan{at: at, text: text}
	s.personal()
	s.hidden()
	s.words(rules)
	slices.SortStableFunc(s.found, func(a, b Finding) int { return cmp.Compare(a.Place.From, b.Place.From) })
	return s.found
}

// scan gathers what is found in one stretch of text.
type scan struct {
	at    Place
	text  string
	found []Finding
}

// add notes the bytes from from to to. shown is what may be kept of them.
func (s *scan) add(f Finding, from, to int, shown string) {
	f.Place, f.Text = s.at, shown
	f.Place.From, f.Place.Len = units(s.text[:from]), units(s.text[from:to])
	s.found = append(s.found, f)
}

// units counts as browsers do.
func units(s string) int { return len(utf16.Encode([]rune(s))) }
