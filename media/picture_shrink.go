package media

import (
	"image"
	"image/draw"
)

// shrunk is a picture whose longer side is at most so long, each pixel the mean of
// those that it stands for. It goes row by row: the scalers of the libraries take
// thirty-two bytes for a pixel, half a gigabyte for a photograph.
func shrunk(src image.Image, longest int) image.Image {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if max(w, h) <= longest {
		return src
	}
	long := max(w, h)
	to := image.NewRGBA(image.Rect(0, 0, max(1, w*longest/long), max(1, h*longest/long)))
	s := &shrinker{to: to, w: w, h: h, row: make([]uint64, len(to.Pix)/to.Rect.Dy()), sum: make([]uint64, len(to.Pix)/to.Rect.Dy())}
	line := image.NewRGBA(image.Rect(0, 0, w, 1))
	for y := range h {
		draw.Draw(line, line.Rect, src, src.Bounds().Min.Add(image.Pt(0, y)), draw.Src)
		s.gather(line.Pix)
		s.add(y)
	}
	return to
}

// shrinker weighs pixels by how much of them lies within a pixel of the small
// picture, in whole numbers: a pixel is dw wide where a small one is w wide.
type shrinker struct {
	to       *image.RGBA
	w, h     int
	row, sum []uint64 // of a line, and of the lines of a small line so far
}

// gather makes small pixels of one line.
func (s *shrinker) gather(line []byte) {
	clear(s.row)
	dw := s.to.Rect.Dx()
	for x := range s.w {
		first, within := share(x, dw, s.w)
		for c, v := range line[4*x : 4*x+4] {
			s.row[4*first+c] += uint64(v) * uint64(within)
			if within < dw {
				s.row[4*first+4+c] += uint64(v) * uint64(dw-within)
			}
		}
	}
}

// add adds line y to the small line that it lies in, and to the next one where it
// reaches over.
func (s *shrinker) add(y int) {
	dh := s.to.Rect.Dy()
	first, within := share(y, dh, s.h)
	for i, v := range s.row {
		s.sum[i] += v * uint64(within)
	}
	if (y+1)*dh < (first+1)*s.h {
		return
	}
	whole := uint64(s.w) * uint64(s.h)
	line := s.to.Pix[first*s.to.Stride:]
	for i, v := range s.sum {
		line[i] = byte((v + whole/2) / whole)
		s.sum[i] = s.row[i] * uint64(dh-within)
	}
}

// share says in which small pixel the i-th one begins, and how much of it lies
// there, of n in all.
func share(i, n, size int) (first, within int) {
	first = i * n / size
	return first, min(n, (first+1)*size-i*n)
}
