package media

import (
	"image"
	"image/draw"
	"io"
	"time"

	"github.com/bep/imagemeta"
)

// orientation is how the camera was held, as EXIF numbers it: 1 to 8. Notes that
// can't be read tell nothing, and go with all the others.
func orientation(r io.ReadSeeker, format imagemeta.ImageFormat) (o int) {
	if format == 0 {
		return 1
	}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: format, Sources: imagemeta.EXIF, Timeout: 5 * time.Second,
		Warnf:           func(string, ...any) {},
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" && t.Namespace == "IFD0" },
		HandleTag: func(t imagemeta.TagInfo) error {
			if v, ok := t.Value.(uint16); ok && v <= 8 {
				o = int(v)
			}
			return imagemeta.ErrStopWalking
		},
	})
	return max(o, 1)
}

// turned is a picture as it is meant to be seen. From 5 on the sides change
// places.
func turned(src image.Image, orientation int) image.Image {
	if orientation == 1 {
		return src
	}
	from := plain(src)
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			p := seenAt(orientation, image.Pt(x, y), image.Pt(w-1, h-1))
			copy(to.Pix[to.PixOffset(p.X, p.Y):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}

// seenAt is where a pixel is to be seen; last is the one in the far corner.
func seenAt(orientation int, p, last image.Point) image.Point {
	if orientation >= 5 {
		p, last = image.Pt(p.Y, p.X), image.Pt(last.Y, last.X)
	}
	switch orientation {
	case 2, 6:
		p.X = last.X - p.X
	case 3, 7:
		p.X, p.Y = last.X-p.X, last.Y-p.Y
	case 4, 8:
		p.Y = last.Y - p.Y
	}
	return p
}

// plain is a picture in the one form in which its pixels lie in a row, from 0,0.
func plain(src image.Image) *image.RGBA {
	if p, ok := src.(*image.RGBA); ok && p.Rect.Min == (image.Point{}) {
		return p
	}
	to := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(to, to.Rect, src, src.Bounds().Min, draw.Src)
	return to
}
