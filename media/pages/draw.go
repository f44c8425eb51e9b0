package pages

import "math"

// What PDFium draws into, and how.
const (
	formatGray = 1
	formatBGRx = 3
	drawNotes  = 1 // with what is written onto the page: stamps, seals
	drawGray   = 8
	white      = 0xFFFFFFFF
)

// raster is a page as dots: one byte each where it is gray, else blue, green,
// red and nothing.
type raster struct {
	width, height, stride int
	gray                  bool
	dots                  []byte
}

// heightAt is how high a picture of a page becomes, and whether that is allowed.
func (l *Limits) heightAt(s Size, width, page int) (int, error) {
	height := int(math.Round(float64(width) * s.Height / s.Width))
	if height < 1 || width > l.Pixels/height {
		return 0, ErrPageSize.With("", map[string]any{
			"page": page, "width": centimetres(s.Width), "height": centimetres(s.Height),
			"least": centimetres(l.Shortest), "most": centimetres(l.Longest),
		})
	}
	return height, nil
}

// draw lets PDFium draw a page. The dots are good until it is asked for the next.
func (s *sandbox) draw(page uint64, width, height int, gray bool) (*raster, error) {
	r := &raster{width: width, height: height, gray: gray, stride: width * 4}
	format, how := uint64(formatBGRx), uint64(drawNotes)
	if gray {
		format, how, r.stride = formatGray, drawNotes|drawGray, (width+3)&^3
	}
	at := s.canvas(r.stride * height)
	bitmap := s.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), format, at, uint64(r.stride))
	if s.broken != nil || bitmap == 0 {
		return nil, s.orMemory()
	}
	defer s.call("FPDFBitmap_Destroy", bitmap)
	s.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), white)
	s.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, how)
	if s.broken != nil {
		return nil, s.broken
	}
	r.dots = s.bytes(at, r.stride*height)
	return r, nil
}

// canvas is memory to draw into, kept from page to page.
func (s *sandbox) canvas(size int) uint64 {
	if size > s.canvasSize {
		if s.canvasAt != 0 {
			s.free(s.canvasAt)
		}
		s.canvasAt, s.canvasSize = s.call("malloc", uint64(size)), size
	}
	if s.canvasAt == 0 {
		s.canvasSize = 0
		s.broken = s.orMemory()
	}
	return s.canvasAt
}

func (s *sandbox) orMemory() error {
	if s.broken != nil {
		return s.broken
	}
	return ErrTooMuchMemory
}
