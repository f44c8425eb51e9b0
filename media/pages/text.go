package pages

import (
	"strings"
	"unicode"
)

// Layer says whether there are words behind the picture of a page.
type Layer string

// What is behind a page.
const (
	LayerText    Layer = "text"
	LayerNone    Layer = "image"   // 仅图像: a scan, ready for a program that reads pictures
	LayerGarbage Layer = "garbage" // characters that stand for nothing: not to be searched
	LayerBlank   Layer = "blank"   // an empty page
	LayerRead    Layer = "ocr"     // read off the picture
)

// Span is a part of a text, in runes of its body.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Line is a line as printed.
type Line struct {
	Span
	Box  Box     `json:"box"`
	Size float64 `json:"size"` // how high its characters are, in points
}

// Text is what is written on a page, in the order in which it is read. The
// lines of a paragraph are joined, and paragraphs end with a line feed.
type Text struct {
	Layer      Layer  `json:"layer"`
	Body       string `json:"body"`
	Boxes      []Box  `json:"-"` // one for each rune of the body, empty for what is not printed
	Lines      []Line `json:"lines,omitempty"`
	Paragraphs []Span `json:"paragraphs,omitempty"`
	Notes      []Note `json:"notes,omitempty"`
	size       Size
}

// row is a line while it is being put together.
type row struct {
	glyphs   []glyph // blanks have no box
	box      Box
	size     float64 // height of its characters
	em       float64 // width of its hanzi
	vertical bool
}

// compose makes a text of the characters of a page, which come in the order in
// which they were set.
func compose(glyphs []glyph, size Size) *Text {
	regions := inReadingOrder(joinVertical(rowsOf(glyphs)))
	w := &textWriter{size: size}
	for _, region := range regions {
		w.write(region, edgesOf(region, size.Width))
	}
	return &Text{Layer: LayerText, Body: w.body.String(), Boxes: w.boxes, Lines: w.lines, Paragraphs: w.paragraphs, size: size}
}

// rowsOf cuts the characters where the next stands above or below the last.
func rowsOf(glyphs []glyph) []*row {
	var rows []*row
	var open *row
	space, real := false, false
	end := func() {
		if open != nil {
			open.measure()
			rows = append(rows, open)
		}
		open, space, real = nil, false, false
	}
	for _, g := range glyphs {
		switch {
		case g.char == '\r' || g.char == '\n':
			end()
			continue
		case unicode.IsSpace(g.char):
			space, real = true, real || !g.blank
			continue
		case g.char == 0xFFFE || g.char == 2: // how PDFium writes a hyphen at the end of a line
			g.char = '-'
		}
		if g.char < ' ' || g.box.Right == g.box.Left && g.box.Bottom == g.box.Top {
			continue
		}
		if open != nil && !open.goesOn(g) {
			end()
		}
		if open == nil {
			open = &row{}
		} else if space && open.needsBlank(g, real) {
			open.glyphs = append(open.glyphs, glyph{char: ' '})
		}
		open.glyphs = append(open.glyphs, g)
		space, real = false, false
	}
	end()
	return rows
}

// last is the last character that is printed.
func (r *row) last() glyph { return r.glyphs[len(r.glyphs)-1] }

// goesOn says whether a character stands beside the last one.
func (r *row) goesOn(g glyph) bool {
	l := r.last().box
	height := min(l.Bottom-l.Top, g.box.Bottom-g.box.Top)
	shared := min(l.Bottom, g.box.Bottom) - max(l.Top, g.box.Top)
	return shared > .4*height && g.box.Left > l.Left-height
}

// needsBlank says whether the blank between two characters is one of the text,
// or only of the print: hanzi are set apart for looks.
func (r *row) needsBlank(g glyph, real bool) bool {
	l := r.last()
	gap := g.box.Left - l.box.Right
	return real || isLatin(l.char) && isLatin(g.char) || gap > .8*(g.box.Bottom-g.box.Top)
}

func isLatin(r rune) bool { return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func (r *row) measure() {
	var heights, widths []float64
	r.box = Box{}
	for _, g := range r.glyphs {
		if g.char == ' ' {
			continue
		}
		r.box = r.box.union(g.box)
		heights = append(heights, g.box.Bottom-g.box.Top)
		if unicode.Is(unicode.Han, g.char) {
			widths = append(widths, g.box.Right-g.box.Left)
		}
	}
	r.size = median(heights)
	if r.em = median(widths); r.em == 0 || r.vertical {
		r.em = r.size * .8
	}
}

// joinVertical joins characters that stand one below the other, as in a line
// that is read downwards.
func joinVertical(rows []*row) []*row {
	var joined []*row
	for _, r := range rows {
		if n := len(joined); n > 0 && joined[n-1].goesDown(r) {
			joined[n-1].glyphs = append(joined[n-1].glyphs, r.glyphs...)
			joined[n-1].vertical = true
			joined[n-1].measure()
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

func (r *row) goesDown(next *row) bool {
	if len(next.glyphs) != 1 || len(r.glyphs) != 1 && !r.vertical {
		return false
	}
	above, below := r.last().box, next.box
	width := min(above.Right-above.Left, below.Right-below.Left)
	shared := min(above.Right, below.Right) - max(above.Left, below.Left)
	gap := below.Top - above.Bottom
	return shared > .6*width && gap > -.5*next.size && gap < .6*next.size
}

// textWriter writes rows down as paragraphs.
type textWriter struct {
	size       Size
	body       strings.Builder
	boxes      []Box
	lines      []Line
	paragraphs []Span
}

func (w *textWriter) write(region []*row, edge edges) {
	var last *row
	for _, r := range region {
		switch {
		case last == nil || !edge.joins(last, r):
			w.begin()
		case isLatin(last.last().char) && isLatin(r.glyphs[0].char):
			w.put(glyph{char: ' '})
		}
		w.line(r)
		last = r
	}
}

// begin begins a paragraph.
func (w *textWriter) begin() {
	if len(w.boxes) > 0 {
		w.put(glyph{char: '\n'})
	}
	w.paragraphs = append(w.paragraphs, Span{len(w.boxes), len(w.boxes)})
}

func (w *textWriter) line(r *row) {
	from := len(w.boxes)
	for _, g := range r.glyphs {
		w.put(g)
	}
	w.lines = append(w.lines, Line{Span{from, len(w.boxes)}, w.share(r.box), r.size})
	w.paragraphs[len(w.paragraphs)-1].To = len(w.boxes)
}

func (w *textWriter) put(g glyph) {
	w.body.WriteRune(g.char)
	w.boxes = append(w.boxes, w.share(g.box))
}

func (w *textWriter) share(b Box) Box {
	return Box{b.Left / w.size.Width, b.Top / w.size.Height, b.Right / w.size.Width, b.Bottom / w.size.Height}
}

// edges are where the lines of a column begin and end.
type edges struct{ left, right, pitch, size float64 }

// edgesOf measures a column. One that takes up most of the page ends as far from
// the page's edge as it begins, also where every line of it is short, as in a
// list of contents.
func edgesOf(region []*row, width float64) edges {
	var lefts, rights, pitches, ems, sizes []float64
	for i, r := range region {
		lefts, rights = append(lefts, r.box.Left), append(rights, r.box.Right)
		ems, sizes = append(ems, r.em), append(sizes, r.size)
		if i > 0 {
			pitches = append(pitches, r.box.Top-region[i-1].box.Top)
		}
	}
	e := edges{quantile(lefts, .1), quantile(rights, .9), quantile(pitches, .3), median(sizes)}
	if mirrored := width - e.left - median(ems); e.left < width*.3 && e.right > width*.35 && e.left > 0 {
		e.right = max(e.right, mirrored)
	}
	return e
}

// How lines tell that a paragraph ends, in hanzi and in the usual step from line
// to line.
const (
	apartBy      = 1.25 // steps to the next line
	indentBy     = 1.5  // hanzi that the next line is set in
	fullWithin   = 1    // hanzi to the edge, of a line that ends a sentence
	brokenWithin = 4    // of a line that doesn't: a word that may not be broken, or a bracket, went to the next
)

// joins says whether a line goes on in the next: not where it ends early, nor
// where the next is set in, is of another size or stands apart.
func (e edges) joins(a, b *row) bool {
	step := b.box.Top - a.box.Top
	switch {
	case a.vertical != b.vertical, a.size > 1.08*b.size, b.size > 1.08*a.size:
		return false
	case a.vertical:
		return true
	case step < 0:
		return false
	case a.size > 1.2*e.size: // a title goes on as it likes
		return step < 2*a.size
	case step > apartBy*e.pitch && e.pitch > 0:
		return false
	case e.isCentred(a) && e.isCentred(b):
		return true
	}
	within := brokenWithin * a.em
	if strings.ContainsRune(sentenceEnds, a.last().char) {
		within = fullWithin * a.em
	}
	return b.box.Left-e.left < indentBy*b.em && e.right-a.box.Right < within
}

// isCentred says whether a line stands in the middle, with room on both sides.
func (e edges) isCentred(r *row) bool {
	left, right := r.box.Left-e.left, e.right-r.box.Right
	return left > 2*r.em && right > 2*r.em && max(left-right, right-left) < 1.5*r.em
}
