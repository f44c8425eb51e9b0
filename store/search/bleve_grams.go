package search

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// grams is the analyzer of the embedded index: every Chinese character alone
// and with its right neighbour, every other word whole, all folded.
type grams struct{}

const longestWord = 64 // bytes; what is longer is cut

func (grams) Analyze(input []byte) analysis.TokenStream {
	text, marks := foldMarked(input)
	slab := make([]analysis.Token, 0, 2*len(marks))
	add := func(from, to, position int) {
		slab = append(slab, analysis.Token{Term: text[from:to], Start: from, End: to, Position: position})
	}
	for i, m := range marks {
		add(m.from, m.to, i+1)
		if m.han && i+1 < len(marks) && marks[i+1].han && marks[i+1].from == m.to {
			add(m.from, marks[i+1].to, i+1)
		}
	}
	stream := make(analysis.TokenStream, len(slab))
	for i := range slab {
		stream[i] = &slab[i]
	}
	return stream
}

// keys is the analyzer of fields whose values are looked up whole, one a line.
type keys struct{}

func (keys) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	from := 0
	for i := 0; i <= len(input); i++ {
		if i < len(input) && input[i] != '\n' {
			continue
		}
		if i > from {
			stream = append(stream, &analysis.Token{Term: input[from:i], Start: from, End: i, Position: len(stream) + 1})
		}
		from = i + 1
	}
	return stream
}

// queryGrams cuts a folded word as the index does, but keeps single characters
// only where nothing longer covers them.
func queryGrams(word string) []string {
	text, marks := foldMarked([]byte(word))
	var cut []string
	for i, m := range marks {
		switch {
		case m.han && i+1 < len(marks) && marks[i+1].han && marks[i+1].from == m.to:
			cut = append(cut, string(text[m.from:marks[i+1].to]))
		case m.han && i > 0 && marks[i-1].han && marks[i-1].to == m.from: // the last of a run
		default:
			cut = append(cut, string(text[m.from:m.to]))
		}
	}
	return cut
}

// mark is one character of Chinese or one word of anything else.
type mark struct {
	from, to int
	han      bool
}

// foldMarked folds text and finds its marks; other characters part them.
func foldMarked(input []byte) (text []byte, marks []mark) {
	text = make([]byte, 0, len(input)+8)
	marks = make([]mark, 0, len(input)/3+1)
	word := -1
	end := func() {
		if word >= 0 {
			marks = append(marks, mark{word, min(len(text), word+longestWord), false})
		}
		word = -1
	}
	for len(input) > 0 {
		r, size := utf8.DecodeRune(input)
		input = input[size:]
		r = FoldRune(r)
		from := len(text)
		switch {
		case isHan(r):
			end()
			text = utf8.AppendRune(text, r)
			marks = append(marks, mark{from, len(text), true})
		case isWordRune(r):
			if word < 0 {
				word = from
			}
			text = utf8.AppendRune(text, r)
		default:
			end()
			text = append(text, ' ')
		}
	}
	end()
	return text, marks
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r == '〇' || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF || r >= 0xF900 && r <= 0xFAFF
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
