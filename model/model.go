// Package model holds the nouns of the service: policies and what they say of
// each other, departments, life topics, and the rules that need nothing but
// the noun itself and the day.
package model

// Kind names a noun that can be public, searched and linked to.
type Kind string

// The kinds that exist so far. A kind is part of addresses, of index names and
// of revision keys: it is never renamed.
const (
	KindPolicy         Kind = "policy"
	KindInterpretation Kind = "interpretation"
	KindLetter         Kind = "letter" // with its answer, once both are public
	KindMeeting        Kind = "meeting"
	KindAgendaItem     Kind = "agenda_item" // goes public with its meeting
	KindConsultation   Kind = "consultation"
	KindEvent          Kind = "event"
	KindGazette        Kind = "gazette"       // an issue; what of it is searched are its pieces
	KindGazettePiece   Kind = "gazette_piece" // goes public with its issue
)

// Kinds lists every searchable kind in the order in which answers show them.
func Kinds() []Kind {
	return []Kind{KindPolicy, KindInterpretation, KindLetter, KindMeeting, KindAgendaItem, KindConsultation, KindEvent, KindGazettePiece}
}

// Listed is a public document as a list of all of them names it.
type Listed struct {
	ID      string
	Updated Day
}
