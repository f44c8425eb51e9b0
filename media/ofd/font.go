package ofd

import (
	"encoding/binary"
	"errors"
	"sort"
)

// face is the file of a font, as far as it has to be understood: which drawing is
// which character, and how wide it is.
type face struct {
	data            []byte
	compact         bool // CFF alone, else a TrueType file
	glyphs          int
	codes           []uint16 // CFF with names of its own for its drawings: the name of each
	upem            float64
	ascent, descent float64 // of a font of size 1
	advances        []byte  // the table hmtx
	metrics         int     // how many drawings it gives the width of
	maps            []charMap
}

// charMap says which drawing is a character.
type charMap struct {
	symbols bool // for drawings of its own, from U+F000 on
	of      func(r rune) int
}

var errFont = errors.New("ofd: a font that can't be read")

// Usual measures of a font of size 1, where it does not say them.
const (
	usualAscent  = .88
	usualDescent = .22
)

// openFace understands the file of a font. Tables that lead nowhere make it unusable: a
// program that draws would leave its words out and say nothing.
func openFace(data []byte) (f *face, err error) {
	defer func() {
		if recover() != nil { // a table that ends too early
			f, err = nil, errFont
		}
	}()
	if len(data) < 12 {
		return nil, errFont
	}
	f = &face{data: data, upem: 1000, ascent: usualAscent, descent: usualDescent}
	at := 0
	switch string(data[:4]) {
	case "ttcf":
		at = int(binary.BigEndian.Uint32(data[12:]))
		fallthrough
	case "\x00\x01\x00\x00", "true", "OTTO":
		return f, f.open(tablesOf(data, at))
	}
	if data[0] == 1 && data[2] >= 4 && data[3] >= 1 && data[3] <= 4 {
		return f, f.openCompact(data)
	}
	return nil, errFont
}

func tablesOf(data []byte, at int) map[string][]byte {
	tables := map[string][]byte{}
	n := int(binary.BigEndian.Uint16(data[at+4:]))
	for i := range n {
		entry := data[at+12+16*i:]
		from, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if uint64(from)+uint64(size) <= uint64(len(data)) {
			tables[string(entry[:4])] = data[from : from+size]
		}
	}
	return tables
}

func (f *face) open(tables map[string][]byte) error {
	for _, name := range []string{"head", "hhea", "hmtx", "maxp"} {
		if len(tables[name]) < 4 {
			return errFont
		}
	}
	f.upem = float64(binary.BigEndian.Uint16(tables["head"][18:]))
	f.glyphs = int(binary.BigEndian.Uint16(tables["maxp"][4:]))
	f.metrics = int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	f.advances = tables["hmtx"]
	if f.upem < 16 || f.glyphs == 0 || f.metrics == 0 || len(f.advances) < 4*f.metrics {
		return errFont
	}
	f.measure(tables["hhea"])
	if table := tables["cmap"]; len(table) > 4 {
		f.readMaps(table)
	}
	if outlines := tables["CFF "]; outlines != nil {
		f.data = outlines
		return f.openCompact(outlines)
	}
	if len(tables["glyf"]) == 0 || len(tables["loca"]) == 0 {
		return errFont
	}
	return nil
}

func (f *face) measure(hhea []byte) {
	up := float64(int16(binary.BigEndian.Uint16(hhea[4:]))) / f.upem
	down := -float64(int16(binary.BigEndian.Uint16(hhea[6:]))) / f.upem
	if up > .6 && up < 1.3 {
		f.ascent = min(max(up, usualAscent), 1.05)
	}
	if down > .05 && down < .6 {
		f.descent = min(max(down, .14), .32)
	}
}

// advance is how wide a drawing is, of a font of size 1; 0 where it is not said.
func (f *face) advance(glyph int) float64 {
	if f.metrics == 0 || glyph < 0 {
		return 0
	}
	at := 4 * min(glyph, f.metrics-1)
	if at+2 > len(f.advances) {
		return 0
	}
	return float64(binary.BigEndian.Uint16(f.advances[at:])) / f.upem
}

// glyph is the drawing of a character, 0 where there is none.
func (f *face) glyph(r rune) int {
	for _, m := range f.maps {
		g := m.of(r)
		if g == 0 && m.symbols && r < 0x100 {
			g = m.of(0xF000 + r)
		}
		if g > 0 && g < f.glyphs {
			return g
		}
	}
	return 0
}

// readMaps reads the maps from characters that are for Unicode or for symbols.
func (f *face) readMaps(table []byte) {
	n := int(binary.BigEndian.Uint16(table[2:]))
	for i := range n {
		entry := table[4+8*i:]
		platform, encoding := binary.BigEndian.Uint16(entry), binary.BigEndian.Uint16(entry[2:])
		if platform != 0 && (platform != 3 || encoding != 0 && encoding != 1 && encoding != 10) {
			continue
		}
		at := binary.BigEndian.Uint32(entry[4:])
		if int64(at)+6 > int64(len(table)) {
			continue
		}
		if of := mapOf(table[at:]); of != nil {
			f.maps = append(f.maps, charMap{platform == 3 && encoding == 0, of})
		}
	}
}

func mapOf(t []byte) func(r rune) int {
	switch binary.BigEndian.Uint16(t) {
	case 0:
		return func(r rune) int {
			if r < 0 || r > 255 || 6+int(r) >= len(t) {
				return 0
			}
			return int(t[6+r])
		}
	case 4:
		return segmentMap(t)
	case 6:
		first, n := rune(binary.BigEndian.Uint16(t[6:])), rune(binary.BigEndian.Uint16(t[8:]))
		return func(r rune) int {
			if r < first || r >= first+n {
				return 0
			}
			return short(t, 10+2*int(r-first))
		}
	case 12:
		return groupMap(t)
	}
	return nil
}

// short reads two bytes, 0 where there are none.
func short(t []byte, at int) int {
	if at < 0 || at+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[at:]))
}

// segmentMap is a map of format 4.
func segmentMap(t []byte) func(r rune) int {
	n := short(t, 6) / 2
	return func(r rune) int {
		if r > 0xFFFF || r < 0 {
			return 0
		}
		i := sort.Search(n, func(i int) bool { return short(t, 14+2*i) >= int(r) })
		first := short(t, 16+2*n+2*i)
		if i == n || first > int(r) {
			return 0
		}
		delta, where := short(t, 16+4*n+2*i), 16+6*n+2*i
		offset := short(t, where)
		if offset == 0 {
			return (int(r) + delta) & 0xFFFF
		}
		g := short(t, where+offset+2*(int(r)-first))
		if g == 0 {
			return 0
		}
		return (g + delta) & 0xFFFF
	}
}

// groupMap is a map of format 12.
func groupMap(t []byte) func(r rune) int {
	if len(t) < 16 {
		return nil
	}
	long := func(at int) int { return int(binary.BigEndian.Uint32(t[at:])) }
	n := min(long(12), (len(t)-16)/12)
	return func(r rune) int {
		i := sort.Search(n, func(i int) bool { return long(16+12*i+4) >= int(r) })
		if i == n || long(16+12*i) > int(r) {
			return 0
		}
		return long(16+12*i+8) + int(r) - long(16+12*i)
	}
}
