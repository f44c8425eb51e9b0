package ofd

import (
	"fmt"
	"unicode"
)

// noteFont tells once a text whose font is not here.
func (p *painter) noteFont(s *setting, chars []rune) {
	if !s.substitute {
		return
	}
	kind := FontAbsent
	if p.res.parts[s.font.id] != "" {
		kind = FontUnusable
	}
	for _, c := range chars {
		if c > 0xFF && !unicode.IsSpace(c) {
			p.note(kind, s.font.name)
		}
	}
}

// drawing is how a drawing is written: the name of a font of the PDF, and the code in it;
// "" where nothing is to be drawn.
func (p *painter) drawing(s *setting, it item) (font, code string) {
	if face := s.font.face; face != nil {
		g := it.glyph
		if g < 0 {
			g = face.glyph(it.char)
		}
		if g > 0 && g < face.glyphs || g == 0 && it.glyph == 0 {
			if g < len(face.codes) {
				g = int(face.codes[g])
			}
			return p.embedded(s.font), fmt.Sprintf("%04X", g)
		}
	}
	switch c := it.char; {
	case unicode.IsSpace(c) || unicode.IsControl(c):
		return "", ""
	case c <= 0x7E:
		return p.latin(s.font), fmt.Sprintf("%02X", c)
	case c > 0xFFFF || !unicode.In(c, known...):
		p.note(GlyphsUnknown, s.font.name)
		return "", ""
	default:
		return p.hanzi(s.font), fmt.Sprintf("%04X", c)
	}
}

// known are the scripts that fonts with hanzi have.
var known = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul, unicode.Latin, unicode.Greek,
	unicode.Cyrillic, unicode.Common}

// embedded puts the font of the file into the PDF, once.
func (p *painter) embedded(f *font) string {
	key := "file:" + p.res.parts[f.id]
	if p.setIn[key] == "" {
		dict, entry, kind := "", "/FontFile2", "/CIDFontType2/CIDToGIDMap/Identity"
		if f.face.compact {
			dict, entry, kind = "/Subtype/CIDFontType0C", "/FontFile3", "/CIDFontType0"
		}
		file := fmt.Sprintf("%s %d 0 R", entry, p.pdf.stream(dict, f.face.data))
		p.setIn[key] = p.fonts.name(p.type0(f, "Identity-H", kind, "Identity", file))
	}
	return p.setIn[key]
}

// hanzi is what stands for a font that is not here: PDFium looks for one with hanzi.
func (p *painter) hanzi(f *font) string {
	name := "STSong-Light"
	if f.sans {
		name = "SimHei"
	}
	if p.setIn[name] == "" {
		substitute := *f
		substitute.name = name
		p.setIn[name] = p.fonts.name(p.type0(&substitute, "UniGB-UCS2-H", "/CIDFontType0", "GB1", ""))
	}
	return p.setIn[name]
}

func (p *painter) type0(f *font, encoding, kind, ordering, file string) int {
	name := "F" + fmt.Sprint(len(p.fonts.list))
	if ordering == "GB1" {
		name = f.name
	}
	flags := 4 | 2 // symbols, serifs
	if f.sans {
		flags = 4
	}
	descriptor := p.pdf.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[-200 -300 1200 1100]/ItalicAngle 0/Ascent 880/Descent -120"+
		"/CapHeight 700/StemV 80%s>>", name, flags, file))
	below := p.pdf.add(fmt.Sprintf("<</Type/Font/Subtype%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>/DW 1000/FontDescriptor %d 0 R>>",
		kind, name, ordering, descriptor))
	return p.pdf.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s/DescendantFonts[%d 0 R]>>", name, encoding, below))
}

// latin is what stands for the letters of a font that is not here.
func (p *painter) latin(f *font) string {
	name := "Times-Roman"
	switch {
	case f.fixed:
		name = "Courier"
	case f.sans:
		name = "Helvetica"
	}
	if p.setIn[name] == "" {
		p.setIn[name] = p.fonts.name(p.pdf.add("<</Type/Font/Subtype/Type1/BaseFont/" + name + "/Encoding/WinAnsiEncoding>>"))
	}
	return p.setIn[name]
}

// Widths of the letters that stand for those of a font that is not here, of a font of size 1000,
// from the blank to ~, as Adobe published them for every printer.
var (
	serifWidths = [95]int{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
		278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722,
		944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
		278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541}
	sansWidths = [95]int{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
		278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667,
		944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
		278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}
)

func (f *font) latinWidth(c rune) float64 {
	switch {
	case f.fixed:
		return .6
	case f.sans:
		return float64(sansWidths[c-' ']) / 1000
	}
	return float64(serifWidths[c-' ']) / 1000
}
