// Package check looks through a document before it goes public: for personal
// data, hidden characters, doubtful links, broken tables and wrong words.
package check

// Severity says what a finding asks of the writer.
type Severity string

// The severities.
const (
	Stop Severity = "stop" // must be mended before a review
	Ask  Severity = "ask"  // must be mended, or kept with a reason
	Note Severity = "note" // is only said
)

// Finding is something in a text that a person should look at.
type Finding struct {
	Code     string
	Severity Severity
	Place    Place
	Text     string         // the piece itself; of personal data no more than a masked form
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

// Rules are what the city adds to the rules that hold everywhere.
type Rules struct {
	Forbidden    []Word
	Mistyped     []Mistype
	OwnHosts     []string // hosts of the city itself
	TrustedHosts []string // ends of hosts that may be linked to: gov.cn
}

// Word is a word that must not be used, and why.
type Word struct {
	Text    string
	Instead string
	Why     string
}

// Mistype is a word that is often written wrong.
type Mistype struct {
	Wrong, Right string
	RightIn      []string // words around it in which it is right
}
