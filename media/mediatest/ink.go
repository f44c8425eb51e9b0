package mediatest

import (
	"image"
	"math/rand/v2"

	"yuandu/media/pages"
)

// Ink is which share of a part of a picture is not white.
func Ink(p image.Image, b pages.Box) float64 {
	r := p.Bounds()
	x0, x1 := int(b.Left*float64(r.Dx())+.5), int(b.Right*float64(r.Dx())+.5)
	y0, y1 := int(b.Top*float64(r.Dy())+.5), int(b.Bottom*float64(r.Dy())+.5)
	dark, all := 0, 0
	for y := max(y0, 0); y < min(y1, r.Dy()); y++ {
		for x := max(x0, 0); x < min(x1, r.Dx()); x++ {
			all++
			if v, _, _, _ := p.At(x, y).RGBA(); v < 0xA000 {
				dark++
			}
		}
	}
	return float64(dark) / float64(max(all, 1))
}

// CoversWell takes a phrase by chance and compares the ink in its boxes with
// that right above and below them, where a box that is too small or in the wrong
// place would leave some.
func CoversWell(seen image.Image, text *pages.Text, dice *rand.Rand) bool {
	length := min(4+dice.IntN(20), len(text.Boxes))
	from := dice.IntN(max(len(text.Boxes)-length, 1))
	boxes := text.Cover(pages.Span{From: from, To: from + length})
	within, around := 0., 0.
	for _, b := range boxes {
		height := b.Bottom - b.Top
		ring := height / 8
		above := pages.Box{Left: b.Left, Right: b.Right, Top: b.Top - ring, Bottom: b.Top}
		below := pages.Box{Left: b.Left, Right: b.Right, Top: b.Bottom, Bottom: b.Bottom + ring}
		area := b.Right - b.Left
		inside := Ink(seen, b)
		if inside < .005 {
			return false
		}
		within += inside * area * height
		around += (Ink(seen, above) + Ink(seen, below)) * area * ring
	}
	return len(boxes) > 0 && around < .03*(within+around)
}
