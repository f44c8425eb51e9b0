package search

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yuandu/model"
)

// Range is a found piece of a text: its start and its length in UTF-16 units,
// as browsers count.
type Range = model.Range

// Marks are the folded words to mark in an answer. Whole ones are marked
// wherever they stand. Parts are pieces of them: one is marked only where no
// whole word that it is a piece of stands.
type Marks struct {
	Whole, Parts []string
	Enough       int // whole words that a passage is as good as any with: others say the same; 0 is all
}

// Ranges finds the marks in a short text, such as a title.
func (m Marks) Ranges(text string) []Range {
	found := slices.Collect(hits(text, m.Whole))
	return Ranges(text, slices.Concat(m.Whole, m.uncovered(found)))
}

// uncovered lists the parts that are no piece of a whole word among those found.
func (m Marks) uncovered(found []hit) []string {
	var parts []string
	for _, part := range m.Parts {
		if !slices.ContainsFunc(found, func(h hit) bool { return strings.Contains(m.Whole[h.mark], part) }) {
			parts = append(parts, part)
		}
	}
	return parts
}

// Ranges lists every place of text where one of the marks stands, however it
// is written there. Places that touch are one. Marks are folded, text is not.
func Ranges(text string, marks []string) []Range {
	var found []Range
	for h := range hits(text, marks) {
		if last := len(found) - 1; last >= 0 && h.unit <= found[last][0]+found[last][1] {
			found[last][1] = max(found[last][1], h.unit+h.units-found[last][0])
		} else {
			found = append(found, Range{h.unit, h.units})
		}
	}
	return found
}

// hit is a mark in a text.
type hit struct {
	mark        int // its number
	from        int // its first byte
	char        int // its first character
	unit, units int // its first UTF-16 unit, and how many it has
}

// hits reads text once, from its beginning to its end, and yields where the
// marks stand. Nothing is folded or copied but the character at hand: bodies
// are long, and most of an answer's time would go into that.
func hits(text string, marks []string) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		firsts, begins := beginnings(marks)
		pages := foldedPages()
		char, wide := 0, 0 // wide characters have two UTF-16 units
		for i, size := 0, 0; i < len(text); i += size {
			var r rune
			if r, size = hanAt(text, i); size == 0 {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			if f := pages.fold(r); begins[byte(f)] {
				for n, first := range firsts {
					if first != f {
						continue
					}
					if units := standsAt(text[i:], marks[n]); units > 0 && !yield(hit{n, i, char, char + wide, units}) {
						return
					}
				}
			}
			char++
			if r > 0xFFFF {
				wide++
			}
		}
	}
}

// beginnings are the first characters of the marks, and their low bytes.
func beginnings(marks []string) (firsts []rune, begins [256]bool) {
	firsts = make([]rune, len(marks))
	for i, mark := range marks {
		first, size := utf8.DecodeRuneInString(mark)
		if size == 0 {
			first = -1
		}
		firsts[i], begins[byte(first)] = first, true
	}
	return firsts, begins
}

// hanAt decodes the characters that most of our texts consist of faster than
// utf8 does: those of three bytes from U+1000 to U+CFFF. For others size is 0.
func hanAt(text string, i int) (r rune, size int) {
	if i+2 >= len(text) {
		return 0, 0
	}
	a, b, c := text[i], text[i+1], text[i+2]
	if a < 0xE1 || a > 0xEC || b&0xC0 != 0x80 || c&0xC0 != 0x80 {
		return 0, 0
	}
	return rune(a&0x0F)<<12 | rune(b&0x3F)<<6 | rune(c&0x3F), 3
}

// standsAt is how many UTF-16 units of text a mark takes that text begins
// with; 0 where it does not.
func standsAt(text, mark string) (units int) {
	for _, wanted := range mark {
		r, size := utf8.DecodeRuneInString(text)
		if size == 0 || FoldRune(r) != wanted {
			return 0
		}
		text = text[size:]
		if units++; r > 0xFFFF {
			units++
		}
	}
	return units
}

const (
	passageWidth = 90     // characters, where the caller has no wish
	fewestWidth  = 20     // characters
	enoughHits   = 64     // of one mark
	reach        = 30_000 // characters that are read for a better place after the first hit
)

// Passage is the piece of a text, about width characters long (0: 90), that
// holds most of the marks, long ones before short ones, and the earliest of
// such pieces; where there are none, the beginning. It begins with a sentence
// if one begins nearby, line breaks are blanks, and … stands where a sentence
// was cut.
func Passage(text string, marks Marks, width int) (snippet string, ranges []Range) {
	if width <= 0 {
		width = passageWidth
	}
	width = max(width, fewestWidth)
	found := firstHits(text, marks.Whole, width, cmp.Or(marks.Enough, len(marks.Whole)))
	parts := marks.uncovered(found)
	used := slices.Concat(marks.Whole, parts)
	if len(parts) > 0 {
		found = together(found, firstHits(text, parts, width, len(parts)), len(marks.Whole))
	}
	start := 0
	if best, ok := bestPlace(found, worth(used, len(marks.Whole)), width); ok {
		start = beginning(text, best, width)
	}
	snippet = cutPassage(text, start, width)
	return snippet, Ranges(snippet, used)
}

// firstHits lists the first hits of each mark. It stops where nothing better
// can follow, at a piece with enough of the marks, and a long way after the
// first hit.
func firstHits(text string, marks []string, width, enough int) []hit {
	if len(marks) == 0 {
		return nil
	}
	var found []hit
	counts, last := make([]int, len(marks)), make([]int, len(marks))
	for h := range hits(text, marks) {
		if len(found) > 0 && h.char > found[0].char+reach {
			break
		}
		if counts[h.mark]++; counts[h.mark] > enoughHits {
			continue
		}
		found = append(found, h)
		last[h.mark] = h.char
		if seenSince(h.char+h.units-width, counts, last) >= enough {
			break
		}
	}
	return found
}

// seenSince counts the marks that were last seen at from or later.
func seenSince(from int, counts, last []int) (seen int) {
	for i := range last {
		if counts[i] > 0 && last[i] >= from {
			seen++
		}
	}
	return seen
}

// together puts the hits of parts among those of whole words.
func together(whole, parts []hit, wholes int) []hit {
	for i := range parts {
		parts[i].mark += wholes
	}
	all := append(whole, parts...)
	slices.SortStableFunc(all, func(a, b hit) int { return a.from - b.from })
	return all
}

// worth is what each mark is worth in a passage: a whole word more than the
// parts of another, a long one more than a short one.
func worth(marks []string, wholes int) []int {
	worth := make([]int, len(marks))
	for i, mark := range marks {
		worth[i] = 1
		if i < wholes {
			worth[i] = 4 * utf8.RuneCountInString(mark)
		}
	}
	return worth
}

// place is where the first mark of a passage begins, and how many characters
// it is from there to the end of the last.
type place struct{ from, chars int }

func bestPlace(found []hit, worth []int, width int) (best place, ok bool) {
	within := make([]int, len(worth))
	most, sum, next := 0, 0, 0
	for i, h := range found {
		for ; next < len(found) && (next <= i || found[next].char+found[next].units <= h.char+width); next++ {
			if m := found[next].mark; within[m] == 0 {
				sum += worth[m]
			}
			within[found[next].mark]++
		}
		if sum > most {
			last := found[next-1]
			most, best, ok = sum, place{h.from, last.char + last.units - h.char}, true
		}
		if within[h.mark]--; within[h.mark] == 0 {
			sum -= worth[h.mark]
		}
	}
	return best, ok
}

const lead = 12 // characters before the first mark where no sentence begins nearby

// beginning is the byte at which the passage around a place begins.
func beginning(text string, at place, width int) int {
	if utf8.RuneCountInString(text[:min(len(text), utf8.UTFMax*width+1)]) <= width {
		return 0
	}
	back := max(0, min(width-at.chars, width/2))
	start, led := at.from, at.from
	for n := 0; start > 0; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if endsSentence(r) {
			return start
		}
		if n == back {
			return wordStart(text, led, at.from)
		}
		start -= size
		if n < lead {
			led = start
		}
	}
	return 0
}

// wordStart moves a beginning out of a number or a word of letters.
func wordStart(text string, start, end int) int {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:])
		if isHan(before) || !isWordRune(before) || isHan(r) || !isWordRune(r) {
			break
		}
		before, start = r, start+size
	}
	return start
}

func endsSentence(r rune) bool {
	switch r {
	case '。', '；', '！', '？', '\n', '\r', '\u2028', '\u2029':
		return true
	}
	return false
}

// cutPassage takes width characters from start on, blanks as one.
func cutPassage(text string, start, width int) string {
	var b strings.Builder
	b.Grow(3*width + 6)
	if r, _ := utf8.DecodeLastRuneInString(text[:start]); start > 0 && !endsSentence(r) {
		b.WriteRune('…')
	}
	blank, last := false, '。'
	begun := b.Len()
	for _, r := range text[start:] {
		if isBlank(r) {
			blank = b.Len() > begun
			continue
		}
		if b.Len() == begun && strings.ContainsRune("”」』》）", r) { // belongs to the sentence before
			continue
		}
		if width--; width < 0 {
			if !endsSentence(last) {
				b.WriteRune('…')
			}
			break
		}
		if blank {
			b.WriteByte(' ')
			width--
			blank = false
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func isBlank(r rune) bool { return r <= ' ' || r == 0x7F || r > 0x7F && unicode.IsSpace(r) }
