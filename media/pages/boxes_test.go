package pages_test

import (
	"image"
	"math/rand/v2"

	"yuandu/media/pages"
)

// coversWell takes a phrase by chance and compares the ink in its boxes with
// that right above and below them, where a box that is too small or in the wrong
// place would leave some.
func coversWell(seen image.Image, text *pages.Text, dice *rand.Rand) bool {
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
		inside := inks(seen, b)
		if inside < .005 {
			return false
		}
		within += inside * area * height
		around += (inks(seen, above) + inks(seen, below)) * area * ring
	}
	return len(boxes) > 0 && around < .03*(within+around)
}
