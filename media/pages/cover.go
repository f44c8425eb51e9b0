package pages

import (
	"strings"
	"unicode"
)

// Cover gives the boxes that cover a part of the text, one for each line that
// it goes over.
func (t *Text) Cover(part Span) []Box {
	var list []Box
	for i := max(part.From, 0); i < min(part.To, len(t.Boxes)); i++ {
		b := t.Boxes[i]
		if b.IsEmpty() {
			continue
		}
		if n := len(list); n > 0 && t.together(list[n-1], b) {
			list[n-1] = list[n-1].union(b)
			continue
		}
		list = append(list, b)
	}
	return list
}

// together says whether a character belongs to the box of those before it.
func (t *Text) together(a, b Box) bool {
	return beside(a, b, t.ratio()) || beside(turned(a), turned(b), 1/t.ratio()) && a.Right-a.Left < 1.5*(b.Right-b.Left)
}

// ratio is the page's width in its heights.
func (t *Text) ratio() float64 {
	if t.size.Height == 0 {
		return 1
	}
	return t.size.Width / t.size.Height
}

// beside says whether b follows a on the same line, or overlaps it.
func beside(a, b Box, ratio float64) bool {
	height := min(a.Bottom-a.Top, b.Bottom-b.Top)
	shared := min(a.Bottom, b.Bottom) - max(a.Top, b.Top)
	gap := (max(a.Left, b.Left) - min(a.Right, b.Right)) * ratio
	return shared > .5*height && gap < 3*height && b.Left >= a.Left-height/ratio
}

func turned(b Box) Box { return Box{b.Top, b.Left, b.Bottom, b.Right} }

// Find gives every place where a phrase stands, whatever blanks and line feeds
// are in either.
func (t *Text) Find(phrase string) []Span {
	sought := []rune(tightened(phrase))
	if len(sought) == 0 {
		return nil
	}
	var body []rune
	var at []int
	for i, r := range []rune(t.Body) {
		if !unicode.IsSpace(r) {
			body, at = append(body, unicode.ToLower(r)), append(at, i)
		}
	}
	var found []Span
	for i := 0; i+len(sought) <= len(body); i++ {
		if string(body[i:i+len(sought)]) == string(sought) {
			found = append(found, Span{at[i], at[i+len(sought)-1] + 1})
			i += len(sought) - 1
		}
	}
	return found
}

// tightened is a phrase as it is compared.
func tightened(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}
