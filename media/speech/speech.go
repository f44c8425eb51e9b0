// Package speech makes a voice of a document: its text as it is said, sentence
// by sentence, the sound of it, and which moment of the sound belongs to which
// words.
package speech

import "context"

// Speaker is an engine that speaks Mandarin. It gets text as Sentences give it:
// hanzi, letters, and no figures or signs but the marks of pauses.
type Speaker interface {
	// Name tells the engine and its voice apart from others: a voice that was
	// made by another one is another voice.
	Name() string
	// Rate is how many samples make a second.
	Rate() int
	// Speak gives the samples of one sentence of at most MostSpoken characters.
	Speak(ctx context.Context, sentence string) ([]int16, error)
}
