package pages

import (
	"context"
	"errors"
)

// Document is a file that is open in a worker. One question at a time is
// answered; a worker that a page broke is replaced for the next page.
type Document struct {
	engine  *Engine
	path    string
	process *process
	about   *Info
	broken  int // pages that broke a worker
	closed  bool
}

// Info is what the file says of itself.
func (d *Document) Info() *Info { return d.about }

// Text reads the words of a page; pages are counted from 1.
func (d *Document) Text(ctx context.Context, page int) (*Text, error) {
	a, err := d.ask(ctx, question{Act: askText, Page: page})
	if err != nil {
		return nil, err
	}
	if a.Text == nil {
		return nil, errFrame
	}
	a.Text.Boxes = unpackBoxes(a.bytes)
	a.Text.size = d.about.Pages[page-1]
	return a.Text, nil
}

// Picture draws a page as wide as one of Widths says.
func (d *Document) Picture(ctx context.Context, page, width int) (*Picture, error) {
	a, err := d.ask(ctx, question{Act: askPicture, Page: page, Width: width})
	if err != nil {
		return nil, err
	}
	if a.Picture == nil {
		return nil, errFrame
	}
	a.Picture.Content = a.bytes
	return a.Picture, nil
}

// Close ends the worker and lets another one start.
func (d *Document) Close() {
	if d.closed {
		return
	}
	d.closed = true
	d.leave()
	<-d.engine.free
}

func (d *Document) leave() {
	if d.process != nil {
		d.process.end()
		d.process = nil
	}
}

// start starts a worker and has it open the file.
func (d *Document) start(ctx context.Context) error {
	cache, err := d.engine.cache()
	if err != nil {
		return err
	}
	fonts := d.engine.fonts()
	if d.process, err = d.engine.launch(); err != nil {
		return err
	}
	limits := d.engine.settings.Limits
	within, done := d.engine.opening(cache)
	defer done()
	a, err := d.process.ask(ctx, question{Act: askOpen, Path: d.path, Cache: cache, Fonts: fonts, Limits: &limits}, within)
	if err == nil {
		err = a.err()
	}
	if err != nil {
		d.leave()
		return err
	}
	if a.Info == nil {
		return errFrame
	}
	d.about = a.Info
	return nil
}

var errClosed = errors.New("pages: the document is closed")

func (d *Document) ask(ctx context.Context, q question) (*answer, error) {
	switch {
	case d.closed:
		return nil, errClosed
	case q.Page < 1 || q.Page > len(d.about.Pages):
		return nil, ErrNoSuchPage.With("", map[string]any{"page": q.Page})
	case d.broken > d.engine.settings.Limits.BadPages:
		return nil, ErrDamaged
	}
	if d.process == nil {
		if err := d.start(ctx); err != nil {
			return nil, err
		}
	}
	a, err := d.process.ask(ctx, q, d.engine.settings.Limits.PageTime)
	if err == nil && a.Last || err != nil {
		d.leave()
		if ctx.Err() == nil {
			d.broken++
		}
	}
	if err == nil {
		err = a.err()
	}
	if errors.Is(err, ErrDamaged) {
		err = ErrPageDamaged.With("", map[string]any{"page": q.Page})
	}
	return a, err
}
