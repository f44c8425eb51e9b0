package speech

import (
	"slices"
	"strings"
	"time"
)

// MostSpoken is how many characters a sentence has at most: what the strictest
// engine takes in one call.
const MostSpoken = 150

// Silences between sentences.
const (
	sentenceGap = 250 * time.Millisecond
	blockGap    = 400 * time.Millisecond
	headingGap  = 700 * time.Millisecond
)

// Sentence is what is spoken in one breath, and where it stands in the document.
type Sentence struct {
	Text  string
	Block int // counts the blocks of the body, or the lines of a text, from 0
	Range     // of its block
	// Source says of every rune of Text where it comes from.
	Source []Range
	// Gap is the silence after it.
	Gap time.Duration
}

// sentences cuts what is said of a block into sentences: after 。；！？, and where one
// is too long after its last pause that fits.
func (s *spoken) sentences(block int) (all []Sentence) {
	begun := 0
	cut := func(end int) {
		if k, ok := s.sentence(block, begun, end); ok {
			all = append(all, k)
		}
		begun = end
	}
	for i, r := range s.runes {
		if strings.ContainsRune("。；！？", r) {
			cut(i + 1)
		} else if i+1-begun >= MostSpoken {
			cut(s.breath(begun, i+1))
		}
	}
	cut(len(s.runes))
	return all
}

// breath is where a sentence without an end is cut: behind its last pause in the second
// half, or else before end.
func (s *spoken) breath(begun, end int) int {
	for _, among := range []string{"，：", "、"} {
		for i := end - 1; i > begun+(end-begun)/2; i-- {
			if strings.ContainsRune(among, s.runes[i]) {
				return i + 1
			}
		}
	}
	return end
}

func (s *spoken) sentence(block, begun, end int) (Sentence, bool) {
	for begun < end && isPause(s.runes[begun]) {
		begun++
	}
	if begun == end {
		return Sentence{}, false
	}
	k := Sentence{Text: string(s.runes[begun:end]), Block: block, Source: slices.Clone(s.source[begun:end]), Gap: sentenceGap}
	k.Range = k.Source[0]
	for _, from := range k.Source {
		k.From, k.To = min(k.From, from.From), max(k.To, from.To)
	}
	return k, true
}
