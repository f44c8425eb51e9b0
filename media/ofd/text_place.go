package ofd

import "unicode"

// spelled are drawings of a font that is not here as the characters that they stand for: another
// font has other drawings.
func (s *setting) spelled(items []item, chars []rune) (list []item) {
	for i := 0; i < len(items); {
		first := items[i]
		wide := s.advance(first) * s.size
		for i++; i < len(items) && items[i].first == first.first; i++ {
		}
		if i < len(items) && items[i].y == first.y && items[i].x > first.x {
			wide = items[i].x - first.x
		}
		n := first.last - first.first
		for k := range n {
			list = append(list, item{char: chars[first.first+k], glyph: -1, first: first.first + k, last: first.first + k + 1,
				x: first.x + wide*float64(k)/float64(n), y: first.y})
		}
	}
	return list
}

// placed are the characters where they stand on the page. Drawings that stand for several
// characters share their place among these.
func (p *painter) placed(s *setting, chars []rune, items []item) []Glyph {
	list, turned := make([]Glyph, 0, len(chars)), p.m.quarters()
	for i := 0; i < len(items); {
		first := items[i]
		box := p.boxOf(s, items, i)
		for i++; i < len(items) && items[i].first == first.first; i++ {
			box = box.union(p.boxOf(s, items, i))
		}
		n := first.last - first.first
		step := (box.Right - box.Left) / float64(n)
		for k := range n {
			one := Box{box.Left + float64(k)*step, box.Top, box.Left + float64(k+1)*step, box.Bottom}
			list = append(list, Glyph{chars[first.first+k], p.m.box(one), turned})
		}
	}
	return list
}

// boxOf is the place of a drawing, before the matrix of its text.
func (p *painter) boxOf(s *setting, items []item, i int) Box {
	it := items[i]
	advance := s.advance(it) * s.size * s.wide
	if i+1 < len(items) && s.turned == 0 && items[i+1].y == it.y {
		gap := items[i+1].x - it.x
		half := s.substitute && gap > .45*s.size && gap < .56*s.size // letters of 宋体 are as wide as each other
		if gap > advance*.3 && gap < advance || half {
			advance = gap
		}
	}
	up, down := usualAscent, usualDescent
	if !s.substitute {
		up, down = s.font.face.ascent, s.font.face.descent
	}
	box := Box{0, -up * s.size, advance, down * s.size}
	return turnedBy(s.turned).then(shift(it.x, it.y)).box(box)
}

// advance is how wide a drawing is, of a font of size 1.
func (s *setting) advance(it item) float64 {
	if !s.substitute {
		g := it.glyph
		if g < 0 {
			g = s.font.face.glyph(it.char)
		}
		if a := s.font.face.advance(g); a > 0 {
			return a
		}
	}
	switch c := it.char; {
	case c > ' ' && c <= '~':
		return s.font.latinWidth(c)
	case c >= 0x2E80 || c >= 0x2010 && c < 0x2070:
		return 1
	case unicode.IsSpace(c):
		return .25
	}
	return .56
}

// squeeze is how much narrower a letter of another font has to be to keep off the next.
func (s *setting) squeeze(items []item, i int) float64 {
	if !s.substitute || i+1 >= len(items) || items[i].char > '~' || items[i+1].y != items[i].y {
		return 1
	}
	room, wide := items[i+1].x-items[i].x, s.advance(items[i])*s.size*s.wide
	if room <= 0 || room >= wide {
		return 1
	}
	return max(room/wide, .5)
}
