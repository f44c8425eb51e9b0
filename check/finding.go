// Package check looks through a document before it goes public: for personal
// data, hidden characters, doubtful links, broken tables and wrong words.
package check

import (
	"cmp"
	"strings"
)

// Severity says what a finding asks of the writer.
type Severity string

// The severities.
const (
	Stop Severity = "stop" // must be mended before a review
	Ask  Severity = "ask"  // must be mended, or kept with a reason
	Note Severity = "note" // is only said
)

// compare puts the gravest first.
func (s Severity) compare(t Severity) int {
	const order = "stop ask note"
	return cmp.Compare(strings.Index(order, string(s)), strings.Index(order, string(t)))
}

// Finding is something in a text that a person should look at.
type Finding struct {
	Code     string
	Severity Severity
	Place    Place
	Text     string         // the piece itself; of personal data no more than a masked form, of a link its host
	Hint     map[string]any // what the sentence of the code needs, instead: what to write
}

// Place is where something stands. Passage, Row and Cell are -1 where there is
// none; From and Len count UTF-16 units within the text.
type Place struct {
	Field   string
	Passage int
	Row     int
	Cell    int
	From    int
	Len     int
}

// byPlace puts findings in the order in which they are read.
func byPlace(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Place.Passage, b.Place.Passage),
		cmp.Compare(a.Place.Row, b.Place.Row),
		cmp.Compare(a.Place.Cell, b.Place.Cell),
		cmp.Compare(a.Place.From, b.Place.From),
		cmp.Compare(b.Place.Len, a.Place.Len),
		a.Severity.compare(b.Severity),
		cmp.Compare(a.Code, b.Code),
	)
}

// Rules are what the city adds to the rules that hold everywhere.
type Rules struct {
	Forbidden    []Word
	Mistyped     []Mistype
	OwnHosts     []string // ends of hosts of the city itself
	TrustedHosts []string // ends of hosts that may be linked to: gov.cn
	Names        bool     // say also which tables list people by name

	Gone        map[string]bool // addresses at which there is nothing, as they are written
	Unreachable map[string]bool // addresses at which nobody answers
}

// Word is a word that must not be used, and why.
type Word struct {
	Text     string
	Instead  string
	Why      string
	RightIn  []string // words around it in which it is right
	Severity Severity // Stop where it is empty
}

// Mistype is a word that is often written wrong.
type Mistype struct {
	Wrong, Right string
	RightIn      []string // words around it in which it is right
	Severity     Severity // Ask where it is empty
}
