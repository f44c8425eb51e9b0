package check

import (
	"slices"

	"yuandu/model"
)

// Line checks a single line: a title, the name of a file.
func Line(field, text string, rules Rules) []Finding {
	return newChecker(rules).line(Place{Field: field, Passage: -1, Row: -1, Cell: -1}, text, column{})
}

// Text checks the passages of a body, in their order.
func Text(field string, passages []model.Passage, rules Rules) []Finding {
	c := newChecker(rules)
	var list []Finding
	for n, p := range passages {
		at := Place{Field: field, Passage: n, Row: -1, Cell: -1}
		list = append(list, c.line(at, p.Text, column{})...)
		if p.Kind == model.PassageTable || len(p.Rows) > 0 {
			list = append(list, c.table(at, p)...)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

// checker is a set of rules, made ready to be looked for.
type checker struct {
	rules Rules
	words lexicon
}

func newChecker(rules Rules) *checker {
	return &checker{rules, newLexicon(rules)}
}

// line checks one stretch of text, a cell of column col perhaps.
func (c *checker) line(at Place, text string, col column) []Finding {
	if text == "" {
		return nil
	}
	s := newSheet(text, col)
	s.links(c.rules)
	s.numbers()
	s.plates()
	s.homes()
	s.contacts()
	s.dates()
	s.hidden()
	s.punctuation()
	s.words(c.words)
	return s.findings(at)
}
