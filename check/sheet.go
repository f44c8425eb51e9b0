package check

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sheet is a stretch of text as it was written, and as it is read: with
// ordinary signs for full-width ones and without what nobody sees, which is
// where numbers, names and addresses are looked for.
type sheet struct {
	text   string
	plain  string
	source []int32 // where in text the sign begins that a byte of plain belongs to
	col    column
	linked []span // of plain: what links take up
	counts []span // of plain: the numbers that were found
	marks  []mark
}

// span is a stretch of plain text, in bytes.
type span struct{ from, to int }

// mark is a finding whose place is still bytes of text.
type mark struct {
	Finding
	from, to int
	secret   span // of plain: what must not be read, without the name before it
}

func newSheet(text string, col column) *sheet {
	s := &sheet{text: text, col: col}
	var plain strings.Builder
	plain.Grow(len(text))
	s.source = make([]int32, 0, len(text))
	for at, r := range text {
		if r = ordinary(r); r < 0 {
			continue
		}
		plain.WriteRune(r)
		for range utf8.RuneLen(r) {
			s.source = append(s.source, int32(at))
		}
	}
	s.plain = plain.String()
	return s
}

// ordinary is the common sign for r, -1 for one that takes no room.
func ordinary(r rune) rune {
	switch {
	case r < 0x80, r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case isDash(r):
		return '-'
	case isBlank(r):
		return ' '
	case isInvisible(r):
		return -1
	}
	return r
}

func isDash(r rune) bool { return r >= '\u2010' && r <= '\u2015' || r == '\u2212' }

// add notes a stretch of plain text.
func (s *sheet) add(at span, f Finding) { s.addSecret(at, at, f) }

// addSecret notes a stretch of plain text of which the secret is a part.
func (s *sheet) addSecret(at, secret span, f Finding) {
	from, to := s.written(at)
	s.marks = append(s.marks, mark{f, from, to, secret})
}

// written is where a stretch of plain text stands in the text.
func (s *sheet) written(at span) (from, to int) {
	from, to = int(s.source[at.from]), int(s.source[at.to-1])
	_, size := utf8.DecodeRuneInString(s.text[to:])
	return from, to + size
}

// inLink says whether a stretch is part of a link.
func (s *sheet) inLink(at span) bool { return meets(s.linked, at) }

// meets says whether a stretch overlaps one of a list, which is in order.
func meets(list []span, at span) bool {
	n := sort.Search(len(list), func(i int) bool { return list[i].to > at.from })
	return n < len(list) && list[n].from < at.to
}

// findings are the marks in the order of the text. Signs that only look wide
// are not mentioned where the number they make up already is.
func (s *sheet) findings(at Place) []Finding {
	slices.SortStableFunc(s.marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to),
			a.Severity.compare(b.Severity), cmp.Compare(a.Code, b.Code))
	})
	var list []Finding
	read, units, said := 0, 0, 0
	for _, m := range s.marks {
		if strings.HasPrefix(m.Code, "personal.") {
			said = max(said, m.to)
		} else if m.Code == codeWide && m.to <= said {
			continue
		}
		units += unitsOf(s.text[read:m.from])
		read = m.from
		m.Place = at
		m.Place.From, m.Place.Len = units, unitsOf(s.text[m.from:m.to])
		list = append(list, m.Finding)
	}
	return list
}

// unitsOf counts as browsers do.
func unitsOf(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// back is the piece of plain text before at, no longer than size bytes and from
// the border of a sign.
func (s *sheet) back(at, size int) string {
	from := max(0, at-size)
	for from < at && !utf8.RuneStart(s.plain[from]) {
		from++
	}
	return s.plain[from:at]
}

// ahead is the piece of plain text from at, no longer than size bytes.
func (s *sheet) ahead(at, size int) string {
	to := min(len(s.plain), at+size)
	for to > at && to < len(s.plain) && !utf8.RuneStart(s.plain[to]) {
		to--
	}
	return s.plain[at:to]
}

// each calls visit with every place of word in the plain text.
func (s *sheet) each(word string, visit func(at int)) {
	for from := 0; ; {
		at := strings.Index(s.plain[from:], word)
		if at < 0 {
			return
		}
		visit(from + at)
		from += at + len(word)
	}
}

func isHan(r rune) bool { return r >= 0x3400 && unicode.Is(unicode.Han, r) }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isWordByte(b byte) bool {
	return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}
