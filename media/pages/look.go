package pages

// Look is what a page looks like, which decides how its picture is kept.
type Look string

// The looks, from the smallest picture to the largest.
const (
	LookPrint  Look = "print"  // black on white: sixteen grays
	LookColour Look = "colour" // some colours, as of a red letterhead and a seal: a palette
	LookPhoto  Look = "photo"  // photographs and scans
)

// measured is what a look at the dots counts.
type measured struct {
	dots, coloured, smooth int
	colours                [4096]int // dots by colour, four bits each of red, green and blue
}

// When a page is no longer black on white, and when it is a photograph.
const (
	vivid        = 40    // between the strongest and the weakest of red, green and blue
	colouredFrom = .0003 // of all dots
	smoothFrom   = .06   // of all dots
	paletteMiss  = .02   // of coloured dots that a palette may change visibly
	paletteSize  = 240
)

// measure counts the dots of a page that was drawn in colour.
func measure(r *raster) *measured {
	m := &measured{dots: r.width * r.height}
	for y := 0; y < r.height; y++ {
		line := r.dots[y*r.stride : y*r.stride+4*r.width]
		below := line
		if y+1 < r.height {
			below = r.dots[(y+1)*r.stride : (y+1)*r.stride+4*r.width]
		}
		for x := 0; x < len(line); x += 4 {
			m.colours[colourOf(line[x:])]++
			if isVivid(line[x:]) {
				m.coloured++
			}
			if x+8 <= len(line) && isSmooth(line[x+1], line[x+5], below[x+1]) {
				m.smooth++
			}
		}
	}
	return m
}

func colourOf(bgr []byte) int { return int(bgr[2]>>4)<<8 | int(bgr[1]>>4)<<4 | int(bgr[0]>>4) }

func isVivid(bgr []byte) bool {
	b, g, r := bgr[0], bgr[1], bgr[2]
	return max(b, g, r)-min(b, g, r) > vivid
}

// isSmooth says whether a dot is neither paper nor ink and differs a little from
// its neighbours: photographs and scans are full of such, print and flat fields
// have none.
func isSmooth(v, right, below byte) bool {
	if v < 24 || v > 244 {
		return false
	}
	a, b := difference(v, right), difference(v, below)
	return a < 20 && b < 20 && a+b > 0
}

func difference(a, b byte) byte { return max(a, b) - min(a, b) }

// look says what the page is.
func (m *measured) look() Look {
	share := func(n int) float64 { return float64(n) / float64(max(m.dots, 1)) }
	switch {
	case share(m.smooth) > smoothFrom:
		return LookPhoto
	case share(m.coloured) < colouredFrom:
		return LookPrint
	}
	return LookColour
}
