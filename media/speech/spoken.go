package speech

import (
	"strings"
	"unicode"
)

// Range is a stretch of the runes of a block: of its label, its text and its cells,
// one after another and with nothing between them. To is the first behind it.
type Range struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// spoken is what is said of a line, rune by rune, with where each comes from.
type spoken struct {
	runes  []rune
	source []Range
}

// utter appends words that are said for a stretch of the source.
func (s *spoken) utter(words string, from Range) {
	for _, r := range words {
		if isPause(r) {
			s.pause(r, from)
			continue
		}
		s.runes = append(s.runes, r)
		s.source = append(s.source, from)
	}
}

// pauses are in the order of their length.
const pauses = "、，：；。？！"

func isPause(r rune) bool { return strings.ContainsRune(pauses, r) }

// pause appends a pause; of several that follow one another the longest is held.
func (s *spoken) pause(r rune, from Range) {
	last := len(s.runes) - 1
	switch {
	case last < 0: // nobody begins with a pause
	case !isPause(s.runes[last]):
		s.runes = append(s.runes, r)
		s.source = append(s.source, from)
	default:
		s.source[last].To = max(s.source[last].To, from.To)
		if strings.IndexRune(pauses, r) > strings.IndexRune(pauses, s.runes[last]) {
			s.runes[last] = r
		}
	}
}

// silent gives what is not said to the rune before it: a closing quotation mark
// belongs to its sentence.
func (s *spoken) silent(from Range) {
	if last := len(s.source) - 1; last >= 0 {
		s.source[last].To = max(s.source[last].To, from.To)
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' }
