package ofd

import (
	"math"
	"strings"
	"unicode"
)

// item is a drawing of a text: the character it stands for, and of a font that is in the
// file which drawing it is.
type item struct {
	char        rune
	glyph       int // -1 where the character says it
	first, last int // characters that it is drawn for
	x, y        float64
}

// setting is how a text is set.
type setting struct {
	o          *node
	font       *font
	size       float64
	wide       float64 // how much wider than high
	turned     float64 // each character, clockwise
	slanted    bool
	heavy      bool // lines around, for want of a bold font
	substitute bool // the font is not here
}

// mostCharacters is how many of a page are read.
const mostCharacters = 200_000

// text draws a text and notes where its characters stand.
func (p *painter) text(o *node) {
	s := p.settingOf(o)
	if s.size <= 0 || s.size > farthest/10 {
		return
	}
	chars, runs := p.codesOf(o)
	if len(chars) == 0 || len(p.page.Glyphs)+len(chars) > mostCharacters {
		return
	}
	items := itemsOf(o, chars)
	for _, r := range runs {
		r.set(items)
	}
	p.noteFont(s, chars)
	if !p.silent {
		p.page.Glyphs = append(p.page.Glyphs, p.placed(s, chars, items)...)
	}
	if s.substitute {
		items = s.spelled(items, chars)
	}
	p.drawText(s, items)
}

func (p *painter) settingOf(o *node) *setting {
	s := &setting{o: o, font: p.font(o.attr("Font")), size: o.number("Size", 0), wide: o.number("HScale", 1), turned: o.number("CharDirection", 0)}
	if s.wide <= 0 || s.wide > 100 {
		s.wide = 1
	}
	s.substitute = s.font.face == nil
	s.heavy = o.number("Weight", 400) >= 600 && !(s.font.bold && !s.substitute) || s.font.bold && s.substitute
	s.slanted = o.is("Italic", false)
	return s
}

// font is the font of a number.
func (p *painter) font(id string) *font {
	n := p.res.fonts[id]
	f := fontOf(id, n)
	if part := p.res.parts[id]; part != "" {
		f.face = p.file.face(part)
	}
	return f
}

// run is a part of a text that says where it begins and how far its drawings are apart.
type run struct {
	first, last int // characters
	x, y        float64
	across      []float64
	down        []float64
}

// codesOf are the characters of a text and how they are set. One that does not say where it
// begins begins where the one before did.
func (p *painter) codesOf(o *node) (chars []rune, runs []run) {
	x, y := 0., 0.
	for _, code := range o.all("TextCode") {
		x, y = code.number("X", x), code.number("Y", y)
		list := []rune(strings.Trim(code.text, "\r\n\t"))
		if len(chars)+len(list) > mostCharacters {
			return chars, runs
		}
		runs = append(runs, run{len(chars), len(chars) + len(list), x, y, deltas(code.attr("DeltaX"), len(list)), deltas(code.attr("DeltaY"), len(list))})
		chars = append(chars, list...)
	}
	return chars, runs
}

// deltas reads distances, of which g n v is one n times.
func deltas(s string, most int) []float64 {
	most += 64 // a character can be several drawings
	var list []float64
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	for i := 0; i < len(fields) && len(list) < most; i++ {
		if fields[i] != "g" || i+2 >= len(fields) {
			v, _ := number(fields[i]) // 0 for none
			list = append(list, v)
			continue
		}
		n, _ := number(fields[i+1])
		v, _ := number(fields[i+2])
		for range min(int(n), most-len(list)) {
			list = append(list, v)
		}
		i += 2
	}
	return list
}

// itemsOf are the drawings of a text: one a character, but where the text says which ones.
func itemsOf(o *node, chars []rune) []item {
	var items []item
	at := 0
	plain := func(to int) {
		for ; at < to; at++ {
			items = append(items, item{char: chars[at], glyph: -1, first: at, last: at + 1})
		}
	}
	for _, t := range o.all("CGTransform") {
		from := t.whole("CodePosition", 0)
		glyphs := numbers(t.child("Glyphs").said())
		codes := max(t.whole("CodeCount", 1), 1)
		if from < at || from >= len(chars) || len(glyphs) == 0 || len(items)+len(glyphs) > mostCharacters {
			continue
		}
		plain(from)
		to := min(from+codes, len(chars))
		for i, g := range glyphs {
			it := item{char: chars[min(from+i, to-1)], glyph: int(g), first: from, last: to}
			if len(glyphs) == codes {
				if from+i >= to {
					break
				}
				it.first, it.last = from+i, from+i+1
			}
			items = append(items, it)
		}
		at = to
	}
	plain(len(chars))
	return items
}

// set says where drawings stand.
func (r run) set(items []item) {
	x, y, n := r.x, r.y, 0
	for i := range items {
		it := &items[i]
		if it.first < r.first || it.first >= r.last {
			continue
		}
		it.x, it.y = x, y
		if n < len(r.across) {
			x += r.across[n]
		}
		if n < len(r.down) {
			y += r.down[n]
		}
		n++
	}
}

func turnedBy(degrees float64) matrix {
	if degrees == 0 {
		return same
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return matrix{cos, sin, -sin, cos, 0, 0}
}

// drawText writes the drawings of a text, each in its place.
func (p *painter) drawText(s *setting, items []item) {
	fill, line := p.colour(p.part(s.o, "FillColor")), p.colour(p.part(s.o, "StrokeColor"))
	mode, width := p.textMode(s)
	if mode < 0 {
		return
	}
	if s.heavy && mode == 0 {
		mode, line, width = 2, fill, s.size*.03
	}
	p.setColours(s.o, fill, line)
	p.out.op("w", width)
	p.out.op("BT")
	p.out.op("Tr", float64(mode))
	shape := scale(s.size*s.wide, -s.size)
	if s.slanted {
		shape = matrix{1, 0, .21, 1, 0, 0}.then(shape)
	}
	shape = shape.then(turnedBy(s.turned))
	set := ""
	for i, it := range items {
		font, code := p.drawing(s, it)
		if font == "" {
			continue
		}
		if font != set {
			p.out.WriteString("/" + font + " 1 Tf\n")
			set = font
		}
		m := scale(s.squeeze(items, i), 1).then(shape).then(shift(it.x, it.y))
		p.out.op("Tm", m[:]...)
		p.out.WriteString("<" + code + "> Tj\n")
	}
	p.out.op("ET")
}

// textMode is whether a text is filled, drawn as lines, or both; -1 for neither.
func (p *painter) textMode(s *setting) (mode int, width float64) {
	fill, stroke := s.o.is("Fill", true), s.o.is("Stroke", false)
	width = p.size(s.o, "LineWidth", usualLine)
	switch {
	case fill && stroke:
		return 2, width
	case fill:
		return 0, width
	case stroke:
		return 1, width
	}
	return -1, width
}
