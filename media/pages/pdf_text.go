package pages

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxCharacters is how many characters of a page are read: a page of small
// print has 5,000.
const maxCharacters = 200_000

// glyph is a character where it stands on its page, in points, y down.
type glyph struct {
	char     rune
	box      Box
	blank    bool // put between words by whoever reads, not by whoever wrote
	unmapped bool // the file does not say which character it is
}

// text reads the words of a page.
func (p *pdf) text(page int) (*Text, error) {
	handle, err := p.page(page)
	if err != nil {
		return nil, err
	}
	layer := p.call("FPDFText_LoadPage", handle)
	if p.broken != nil {
		return nil, p.broken
	}
	if layer == 0 {
		return nil, ErrPageDamaged.With("", map[string]any{"page": page})
	}
	defer p.call("FPDFText_ClosePage", layer)
	r := &layerReader{pdf: p, layer: layer, size: p.about.Pages[page-1], fonts: map[uint64]*font{}, objects: map[uint64]*font{}}
	r.place = p.placing(handle, r.size)
	glyphs := r.read()
	if p.broken != nil {
		return nil, p.broken
	}
	t := compose(glyphs, r.size)
	bare := p.count("FPDFPage_CountObjects", handle) == 0
	t.Layer = layerOf(glyphs, bare, func() float64 { return p.pictureShare(handle, t.size) })
	t.Notes = r.notes(page)
	if t.Layer == LayerGarbage {
		t.Notes = append(t.Notes, Note{Code: NoteTextGarbage, Page: page})
	}
	return t, p.broken
}

// layerReader reads the characters behind a page.
type layerReader struct {
	*pdf
	layer   uint64
	size    Size
	place   affine
	fonts   map[uint64]*font // by handle
	objects map[uint64]*font // by the text object that is set in it
	missing []*font
}

// font is one that the page is set in.
type font struct {
	name     string
	embedded bool
	hanzi    int // how many of them are set in it
}

func (r *layerReader) read() []glyph {
	n := min(r.count("FPDFText_CountChars", r.layer), maxCharacters)
	glyphs := make([]glyph, 0, max(n, 0))
	var high rune
	for i := 0; i < n && r.broken == nil; i++ {
		g := r.one(uint64(i))
		switch {
		case utf16.IsSurrogate(g.char) && high == 0:
			high = g.char
			continue
		case high != 0:
			g.char, high = utf16.DecodeRune(high, g.char), 0
		}
		if unicode.Is(unicode.Han, g.char) {
			r.noteFont(uint64(i))
		}
		glyphs = append(glyphs, g)
	}
	return glyphs
}

func (r *layerReader) one(i uint64) glyph {
	g := glyph{char: rune(r.call("FPDFText_GetUnicode", r.layer, i))}
	g.blank = r.count("FPDFText_IsGenerated", r.layer, i) == 1
	if g.blank {
		return g
	}
	g.unmapped = r.count("FPDFText_HasUnicodeMapError", r.layer, i) == 1
	if r.is("FPDFText_GetLooseCharBox", r.layer, i, r.room) {
		four := r.floats(r.room, 4) // left, top, right, bottom
		g.box = r.place.box(four[0], four[1], four[2], four[3])
	}
	return g
}

// noteFont looks whether a character that is no letter of ours comes with its font.
func (r *layerReader) noteFont(i uint64) {
	object := r.call("FPDFText_GetTextObject", r.layer, i)
	if object == 0 {
		return
	}
	f := r.objects[object]
	if f == nil {
		f = r.fontOf(r.call("FPDFTextObj_GetFont", object))
		r.objects[object] = f
	}
	f.hanzi++
}

func (r *layerReader) fontOf(handle uint64) *font {
	if f := r.fonts[handle]; f != nil {
		return f
	}
	f := &font{embedded: handle == 0 || r.count("FPDFFont_GetIsEmbedded", handle) != 0}
	r.fonts[handle] = f
	if !f.embedded {
		size := r.call("FPDFFont_GetBaseFontName", handle, r.room, roomSize)
		name := string(r.bytes(r.room, int(min(size, roomSize))))
		f.name = strings.ToValidUTF8(strings.Trim(name, "\x00"), "")
		r.missing = append(r.missing, f)
	}
	return f
}

func (r *layerReader) notes(page int) []Note {
	code := NoteFontMissing
	if r.about.HasHanzi {
		code = NoteFontReplaced
	}
	var notes []Note
	for _, f := range r.missing {
		notes = append(notes, Note{Code: code, Page: page, Count: f.hanzi, Name: f.name})
	}
	return notes
}

// affine takes a place in a PDF to one on the page as it is seen, in points.
type affine struct{ a, b, c, d, e, f float64 }

// placing asks PDFium, which knows of turned pages and of cut edges.
func (p *pdf) placing(page uint64, s Size) affine {
	const fineness = 100_000_000
	at := func(x, y float64) (float64, float64) {
		p.call("FPDF_PageToDevice", page, 0, 0, fineness, fineness, 0, f64(x), f64(y), p.room, p.room+4)
		two := p.ints(p.room, 2)
		return float64(two[0]) * s.Width / fineness, float64(two[1]) * s.Height / fineness
	}
	e, f := at(0, 0)
	a, b := at(100, 0)
	c, d := at(0, 100)
	return affine{(a - e) / 100, (b - f) / 100, (c - e) / 100, (d - f) / 100, e, f}
}

func (m affine) at(x, y float64) (float64, float64) { return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f }

func (m affine) box(left, top, right, bottom float64) Box {
	x1, y1 := m.at(left, top)
	x2, y2 := m.at(right, bottom)
	return Box{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
}

// layerOf says whether there are words behind a page, and whether they are any.
func layerOf(glyphs []glyph, bare bool, pictured func() float64) Layer {
	written, letters, strange, symbols := 0, 0, 0, 0
	for _, g := range glyphs {
		if g.blank || unicode.IsSpace(g.char) {
			continue
		}
		written++
		switch {
		case g.unmapped || isStrange(g.char):
			strange++
		case isSymbol(g.char):
			symbols++
		case unicode.IsLetter(g.char): // dots of a list of contents say nothing of its words
			letters++
		}
	}
	switch {
	case written == 0 && bare:
		return LayerBlank
	case written < fewWords && pictured() > mostlyPicture, written == 0:
		return LayerNone
	case float64(strange) > garbageShare*float64(letters+strange), 2*(strange+symbols) > written:
		return LayerGarbage
	}
	return LayerText
}

// When a page counts as a picture, and a text as none.
const (
	fewWords      = 20  // a page number, a stamp
	mostlyPicture = .6  // of the page
	garbageShare  = .15 // of characters that stand for nothing
)

// isSymbol says whether a character is one of a font of symbols, as the dots of lists are.
func isSymbol(r rune) bool { return r >= 0xF020 && r <= 0xF0FF }

// isStrange says whether a character is one that no text is written in.
func isStrange(r rune) bool {
	return !isSymbol(r) && (r == unicode.ReplacementChar || r < ' ' || unicode.Is(unicode.Co, r) || !unicode.IsGraphic(r))
}

// pictureShare is how much of the page its pictures cover.
func (p *pdf) pictureShare(page uint64, s Size) float64 {
	const picture, most = 3, 2000
	share := 0.
	for i := range min(p.count("FPDFPage_CountObjects", page), most) {
		object := p.call("FPDFPage_GetObject", page, uint64(i))
		if p.count("FPDFPageObj_GetType", object) != picture {
			continue
		}
		if p.is("FPDFPageObj_GetBounds", object, p.room, p.room+4, p.room+8, p.room+12) {
			b := p.floats(p.room, 4)
			share += max(b[2]-b[0], 0) * max(b[3]-b[1], 0) / (s.Width * s.Height)
		}
	}
	return share
}
