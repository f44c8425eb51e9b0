package pages

import "strings"

// Mended is a text as a person wrote it anew, a paragraph a line. What is unchanged at its
// beginning and its end stands where it stood; what is between stands where the words stood
// whose place it takes. A page without words is divided evenly.
func (t *Text) Mended(body string) *Text {
	body = strings.Trim(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
	m := &mender{old: t, to: []rune(body), from: origins([]rune(t.Body), []rune(body))}
	m.text = &Text{Layer: LayerText, Body: body, Boxes: make([]Box, len(m.to)), Notes: t.Notes, size: t.size}
	m.lines = lineOf(t)
	for i := 0; i < len(m.to); {
		end := i
		for end < len(m.to) && m.to[end] != '\n' {
			end++
		}
		if end > i {
			m.paragraph(Span{i, end})
		}
		i = end + 1
	}
	return m.text
}

type mender struct {
	old, text *Text
	to        []rune
	from      []int // where a rune stood, -1 for nowhere
	lines     []int // of the old text, by rune; -1 for none
}

// origins say of each rune of a text which one of an older text it was, or is instead of.
func origins(old, now []rune) []int {
	head, tail := 0, 0
	for head < min(len(old), len(now)) && old[head] == now[head] {
		head++
	}
	for tail < min(len(old), len(now))-head && old[len(old)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	from := make([]int, len(now))
	for i := range now {
		switch between := len(now) - head - tail; {
		case i < head:
			from[i] = i
		case i >= len(now)-tail:
			from[i] = len(old) - (len(now) - i)
		case len(old) == 0:
			from[i] = -1
		default:
			from[i] = min(head+(i-head)*(len(old)-head-tail)/between, len(old)-1)
		}
	}
	return from
}

func lineOf(t *Text) []int {
	of := make([]int, len(t.Boxes))
	for i := range of {
		of[i] = -1
	}
	for n, l := range t.Lines {
		for i := l.From; i < min(l.To, len(of)); i++ {
			of[i] = n
		}
	}
	return of
}

// paragraph puts the runes of a paragraph where they stood, and has its lines be those in
// which they stood.
func (m *mender) paragraph(span Span) {
	m.text.Paragraphs = append(m.text.Paragraphs, span)
	last, open := -2, false
	for i := span.From; i < span.To; i++ {
		n := -1
		if f := m.from[i]; f >= 0 && f < len(m.lines) {
			n, m.text.Boxes[i] = m.lines[f], m.old.Boxes[f]
		}
		if n < 0 && open { // a blank between lines
			n = last
		}
		if !open || n != last {
			m.text.Lines = append(m.text.Lines, m.line(n, i))
			last, open = n, true
		}
		m.text.Lines[len(m.text.Lines)-1].To = i + 1
	}
}

// line begins a line: one of the old text, or where there is none a part of the page.
func (m *mender) line(n, at int) Line {
	if n >= 0 {
		old := m.old.Lines[n]
		return Line{Span{at, at}, old.Box, old.Size}
	}
	top := .08 + .84*float64(at)/float64(len(m.to))
	return Line{Span{at, at}, Box{.08, top, .92, min(top+.03, .95)}, .012 * m.old.size.Height}
}
