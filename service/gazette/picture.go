package gazette

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Widths are how wide pictures of pages can be had, in pixels.
var Widths = pages.Widths

// Picture is a picture of a page that can be read; who reads it closes Bytes.
type Picture struct {
	store.PrintedPicture
	Bytes blob.Object
}

// Picture opens a picture of a page of a public issue. Whether it is public is asked each
// time. A width that nobody has asked for before is drawn now, once however many ask, and
// kept.
func (s *Service) Picture(ctx context.Context, issueID string, page, width int) (*Picture, error) {
	kept, err := s.store.PublicPicture(context.WithoutCancel(ctx), issueID, page, width) // watching for its end costs more than it
	if err != nil {
		return nil, err
	}
	if kept != nil {
		if p, err := s.open(ctx, kept); !errors.Is(err, errPictureGone) {
			return p, err
		}
	}
	g, err := s.front(ctx, issueID)
	if err != nil {
		return nil, err
	}
	return s.pictureOf(ctx, g.File.SM3, page, width, g.PageCount)
}

// pictureOf opens a picture of a page of a file, and draws it where it is not kept.
func (s *Service) pictureOf(ctx context.Context, sum string, page, width, count int) (*Picture, error) {
	switch {
	case page < 1 || page > count:
		return nil, noSuchPage(page, count)
	case !slices.Contains(Widths, width):
		return nil, pages.ErrNoWidth
	}
	made, err, _ := s.drawing.Do(fmt.Sprintf("%s/%d/%d", sum, page, width), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drawFor) // others wait for it too
		defer cancel()
		return s.drawn(ctx, sum, page, width)
	})
	if err != nil {
		return nil, err
	}
	return s.open(ctx, made.(*store.PrintedPicture))
}

// How long a picture may take, and how often is looked whether another process has made it.
const (
	drawFor  = 40 * time.Second
	lookEach = 200 * time.Millisecond
)

// drawn is a picture that is kept, or is drawn by whoever of all processes comes first.
func (s *Service) drawn(ctx context.Context, sum string, page, width int) (*store.PrintedPicture, error) {
	for {
		kept, err := s.keptPicture(ctx, sum, page, width)
		if err != nil || kept != nil {
			return kept, err
		}
		lock, mine, err := s.cache.Lock(ctx, fmt.Sprintf("page:%s:%d:%d", sum, page, width), drawFor)
		if mine || err != nil { // without the cache it is drawn twice at worst
			if err == nil {
				defer lock.Unlock()
			}
			return s.draw(ctx, sum, page, width)
		}
		select {
		case <-ctx.Done():
			return nil, model.ErrFileUnavailable
		case <-time.After(lookEach):
		}
	}
}

func (s *Service) draw(ctx context.Context, sum string, page, width int) (*store.PrintedPicture, error) {
	kept, err := s.keptPicture(ctx, sum, page, width) // by whoever had the lock before
	if err != nil || kept != nil {
		return kept, err
	}
	path, forget, err := s.fetch(ctx, sum)
	if err != nil {
		return nil, err
	}
	defer forget()
	d, err := s.engines.Draw.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	picture, err := d.Picture(ctx, page, width)
	if err != nil {
		return nil, err
	}
	row, err := s.keepPicture(ctx, sum, page, width, picture)
	if err != nil {
		return nil, err
	}
	return row, s.store.InTx(ctx, func(tx *store.Tx) error { return tx.KeepPicture(ctx, row) })
}

// errPictureGone is for a picture that was kept and does not lie there any more: it is drawn
// anew.
var errPictureGone = errors.New("a picture of a page is gone")

// keptPicture is a picture that was drawn and lies where it should, nil where there is none.
func (s *Service) keptPicture(ctx context.Context, sum string, page, width int) (*store.PrintedPicture, error) {
	row, err := s.store.PrintedPicture(ctx, sum, page, width)
	if err != nil || row == nil {
		return nil, err
	}
	p, err := s.open(ctx, row)
	if errors.Is(err, errPictureGone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return row, p.Bytes.Close()
}

func (s *Service) open(ctx context.Context, p *store.PrintedPicture) (*Picture, error) {
	if object := s.held.get(p); object != nil {
		return &Picture{*p, object}, nil
	}
	object, err := s.bucket.Open(ctx, p.Key())
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return nil, errPictureGone
	case errors.Is(err, blob.ErrUnavailable):
		return nil, model.ErrFileUnavailable
	case err != nil:
		return nil, err
	}
	object, err = s.held.take(p, object)
	return &Picture{*p, object}, err
}
