package pages

import (
	"bufio"
	"errors"
	"image/color"
	"io"
	"os"
	"runtime/debug"
	"slices"
)

// Work is the life of a worker: it opens one file, answers what is asked about
// it, and ends when nobody asks any more. The process that calls it should do
// nothing else.
func Work(in io.Reader, out io.Writer) error {
	questions := make(chan question)
	go func() {
		defer os.Exit(0) // whoever asked is gone: also while PDFium is busy
		r := bufio.NewReader(in)
		for {
			var q question
			if _, err := readFrame(r, &q); err != nil {
				return
			}
			questions <- q
		}
	}()
	w := &worker{}
	for q := range questions {
		a := w.answer(q)
		if err := writeFrame(out, a, a.bytes); err != nil || a.Last {
			return err
		}
	}
	return nil
}

// worker holds the one file that is open.
type worker struct {
	sandbox *sandbox
	file    printed
	limits  *Limits
	looks   map[int]seen
}

// seen is what a page looked like when it was first drawn.
type seen struct {
	look    Look
	palette color.Palette
}

var errNotOpen = errors.New("pages: no file is open")

// answer answers a question. What broke PDFium is told as being about the page
// that was asked for.
func (w *worker) answer(q question) *answer {
	a, err := w.try(q)
	if err != nil {
		a = refuse(err)
	}
	a.Last = w.sandbox != nil && w.sandbox.broken != nil || q.Act == askOpen && err != nil
	return a
}

func (w *worker) try(q question) (*answer, error) {
	if q.Act == askOpen {
		return w.open(q)
	}
	if w.file == nil {
		return nil, errNotOpen
	}
	if q.Page < 1 || q.Page > len(w.file.info().Pages) {
		return nil, ErrNoSuchPage.With("", map[string]any{"page": q.Page})
	}
	if w.file.info().Pages[q.Page-1].Width == 0 {
		return nil, ErrPageDamaged.With("", map[string]any{"page": q.Page})
	}
	if q.Act == askText {
		t, err := w.file.text(q.Page)
		if err != nil {
			return nil, err
		}
		return &answer{Text: t, bytes: packBoxes(t.Boxes)}, nil
	}
	p, err := w.picture(q.Page, q.Width)
	if err != nil {
		return nil, err
	}
	return &answer{Picture: p, bytes: p.Content}, nil
}

func (w *worker) open(q question) (*answer, error) {
	w.limits, w.looks = q.Limits, map[int]seen{}
	size := int64(0)
	if s, err := os.Stat(q.Path); err == nil {
		size = min(s.Size(), w.limits.File)
	}
	if err := confine(w.limits, size); err != nil {
		return nil, err
	}
	debug.SetMemoryLimit(w.limits.Process / 2)
	s, err := openSandbox(q.Cache, q.Fonts, w.limits.Guest+size)
	if err != nil {
		return nil, err
	}
	w.sandbox = s
	if w.file, err = openFile(q, s); err != nil {
		return nil, err
	}
	about := w.file.info()
	about.HasHanzi = q.Fonts != ""
	return &answer{Info: about}, nil
}

// picture draws a page. How its picture is kept is decided by how it looks when
// it is first drawn, so that it does not change from width to width.
func (w *worker) picture(page, width int) (*Picture, error) {
	if !slices.Contains(Widths, width) {
		return nil, ErrNoWidth
	}
	height, err := w.limits.heightAt(w.file.info().Pages[page-1], width, page)
	if err != nil {
		return nil, err
	}
	handle, err := w.file.page(page)
	if err != nil {
		return nil, err
	}
	known, met := w.looks[page]
	r, err := w.sandbox.draw(handle, width, height, met && known.look == LookPrint)
	if err != nil {
		return nil, err
	}
	if !met {
		known = lookAt(r)
		w.looks[page] = known
	}
	return r.encode(known.look, known.palette)
}

// lookAt measures a page; one whose colours no palette holds counts as a
// photograph.
func lookAt(r *raster) seen {
	m := measure(r)
	s := seen{look: m.look()}
	if s.look == LookColour {
		var miss float64
		if s.palette, miss = m.palette(); miss > paletteMiss {
			s = seen{look: LookPhoto}
		}
	}
	return s
}
