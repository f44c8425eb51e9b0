package model

import "time"

// SpokenKind is a kind of documents that can be heard (在线听).
type SpokenKind struct {
	Kind    Kind
	Missing *Error // for who asks for the voice of one that is not public
}

// SpokenKinds is the table of them. A noun that joins adds a line here, one in
// store/voice.go (its public rows) and one in service/voice/source.go (what is said of it).
func SpokenKinds() []SpokenKind {
	return []SpokenKind{
		{KindPolicy, ErrPolicyMissing},
		{KindInterpretation, ErrInterpretationMissing},
		{KindGazettePiece, ErrGazettePieceMissing},
	}
}

// SpokenKindOf is the line of a kind, false where nothing of the kind is heard.
func SpokenKindOf(kind Kind) (SpokenKind, bool) {
	for _, k := range SpokenKinds() {
		if k.Kind == kind {
			return k, true
		}
	}
	return SpokenKind{}, false
}

// Voice is what a public document sounds like. It holds for one version of it: after a
// change there is none until what is said of the new one has been looked at.
type Voice struct {
	Kind    Kind
	ID      string
	Key     string // changes with whatever is heard
	Engine  string // with its voice and pace
	Size    int64  // of the MP3, in bytes
	Length  time.Duration
	Version int64 // of the document
	MadeAt  time.Time
}

// VoiceMark says when a sentence is heard and which words it is: From and To count the
// UTF-16 units of a place of the document's page, To the first behind them.
type VoiceMark struct {
	Start int    `json:"start" doc:"从第几毫秒起"`
	End   int    `json:"end" doc:"到第几毫秒止"`
	Place string `json:"place" doc:"文中哪一处：title 是标题，b0、b1…… 是正文第几块，q1、a1…… 是第几个问题和它的回答"`
	From  int    `json:"from" doc:"从那一处的第几个字起（UTF-16），标号、正文、表格各格依次连着数"`
	To    int    `json:"to" doc:"到第几个字之前"`
}

// VoiceState says how a document's voice stands, as those see it who look after voices.
type VoiceState string

// The states.
const (
	VoiceMade    VoiceState = "made"
	VoiceWaiting VoiceState = "waiting" // to be made, or made anew
	VoiceFailing VoiceState = "failing" // it did not go well so far, and is tried again
	VoiceSilent  VoiceState = "silent"  // nothing in it can be read aloud, or it is older than what is
)

// ErrVoiceMissing is for a document that has no voice, or none any more.
var ErrVoiceMissing = &Error{NotFound, "voice.not_found", "", nil}

// ErrVoiceOff is why nothing is read aloud where the city wants none.
var ErrVoiceOff = &Error{Unavailable, "voice.off", "", nil}

// ErrVoiceUnspoken is for a kind of documents of which none is heard.
var ErrVoiceUnspoken = &Error{Invalid, "voice.unspoken", "", nil}
