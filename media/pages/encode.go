package pages

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
)

const photoQuality = 80 // of JPEG

// encode keeps dots as the picture that suits their look.
func (r *raster) encode(look Look, palette color.Palette) (*Picture, error) {
	p := &Picture{Width: r.width, Height: r.height, Look: look, MediaType: "image/png"}
	var b bytes.Buffer
	var err error
	switch look {
	case LookPrint:
		err = encoder.Encode(&b, r.inGrays())
	case LookColour:
		err = encoder.Encode(&b, r.inPalette(palette))
	default:
		p.MediaType = "image/jpeg"
		err = jpeg.Encode(&b, r.inFull(), &jpeg.Options{Quality: photoQuality})
	}
	p.Content = b.Bytes()
	return p, err
}

// buffers spares every picture the making of its compressor.
type buffers struct{ kept *png.EncoderBuffer }

func (b *buffers) Get() *png.EncoderBuffer  { return b.kept }
func (b *buffers) Put(e *png.EncoderBuffer) { b.kept = e }

var encoder = png.Encoder{BufferPool: &buffers{}} // a worker draws one page at a time

// grays are the sixteen that print is kept in: four bits a dot.
var grays = func() color.Palette {
	p := make(color.Palette, 16)
	for i := range p {
		p[i] = color.Gray{Y: uint8(i * 17)}
	}
	return p
}()

// nearestGray gives the gray of the sixteen for every gray.
var nearestGray = func() (list [256]uint8) {
	for v := range list {
		list[v] = uint8((v + 8) / 17)
	}
	return list
}()

func (r *raster) inGrays() *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, r.width, r.height), grays)
	step := 4
	if r.gray {
		step = 1
	}
	for y := range r.height {
		from, to := r.dots[y*r.stride:], p.Pix[y*p.Stride:][:r.width]
		for x := range to {
			if step == 1 {
				to[x] = nearestGray[from[x]]
			} else {
				d := from[4*x:]
				to[x] = nearestGray[(int(d[2])*299+int(d[1])*587+int(d[0])*114+500)/1000]
			}
		}
	}
	return p
}

func (r *raster) inPalette(palette color.Palette) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, r.width, r.height), palette)
	var nearest [4096]int16 // 0 where it was not asked for yet
	for y := range r.height {
		from, to := r.dots[y*r.stride:], p.Pix[y*p.Stride:][:r.width]
		for x := range to {
			d := from[4*x:]
			c := colourOf(d)
			if nearest[c] == 0 {
				nearest[c] = int16(palette.Index(middle(c))) + 1
			}
			to[x] = uint8(nearest[c] - 1)
		}
	}
	return p
}

// middle is the colour that stands for all that share their upper bits; white
// stays white.
func middle(c int) color.RGBA {
	wide := func(v int) uint8 { return uint8(v&15) * 17 }
	return color.RGBA{wide(c >> 8), wide(c >> 4), wide(c), 255}
}

// palette is the colours that most dots have, the grays among them, and which
// share of the coloured dots it would miss.
func (m *measured) palette() (color.Palette, float64) {
	p := slices.Clone(grays)
	order := make([]int, 0, len(m.colours))
	all := 0
	for c, n := range m.colours {
		if n > 0 && !isGray(c) {
			order, all = append(order, c), all+n
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(m.colours[b], m.colours[a]), cmp.Compare(a, b))
	})
	held := 0
	for _, c := range order[:min(len(order), paletteSize)] {
		p = append(p, middle(c))
		held += m.colours[c]
	}
	return p, 1 - float64(held)/float64(max(all, 1))
}

func isGray(c int) bool { return c>>8 == c>>4&15 && c>>8 == c&15 }

// inFull is the picture with all its colours.
func (r *raster) inFull() image.Image {
	box := image.Rect(0, 0, r.width, r.height)
	if r.gray {
		return &image.Gray{Pix: r.dots, Stride: r.stride, Rect: box}
	}
	p := image.NewRGBA(box)
	for y := range r.height {
		from, to := r.dots[y*r.stride:], p.Pix[y*p.Stride:]
		for x := 0; x < 4*r.width; x += 4 {
			to[x], to[x+1], to[x+2], to[x+3] = from[x+2], from[x+1], from[x], 255
		}
	}
	return p
}
