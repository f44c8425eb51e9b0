package check

import "fmt"

// Missing gathers what a working copy lacks.
type Missing struct{ List []Finding }

// When notes that something is lacking in a field.
func (m *Missing) When(lacks bool, severity Severity, code, field string) {
	if lacks {
		m.List = append(m.List, Finding{Code: code, Severity: severity, Place: PlaceOf(field)})
	}
}

// PlaceOf is a field as a whole.
func PlaceOf(field string) Place { return Place{Field: field, Passage: -1, Row: -1, Cell: -1} }

// LineOf checks one of several lines of a field.
func LineOf(field string, n int, text string, rules Rules) []Finding {
	return Line(fmt.Sprintf("%s:%d", field, n), text, rules)
}
