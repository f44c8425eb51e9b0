package gazette

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// mostTries is how often a file is taken up again after reading it broke off.
const mostTries = 5

// ImportWidths are drawn when an issue is brought in: for lists, and for a phone. The others of
// Widths are drawn when somebody first asks for them.
var ImportWidths = []int{1080, 360}

// Free lets the files that a killed process was reading be taken at once.
func (m *Importer) Free(ctx context.Context) error { return m.store.FreePrinted(ctx) }

// Work reads the files that wait, and makes drafts of them. Any number of processes may do it:
// one reads a file, page by page, and where it breaks off another goes on.
func (m *Importer) Work(ctx context.Context) error {
	for {
		if err := m.settle(ctx); err != nil {
			return err
		}
		p, tries, err := m.store.TakePrinted(ctx, m.holder)
		if err != nil || p == nil {
			return err
		}
		if err := m.readOne(ctx, p, tries); err != nil && !errors.Is(err, store.ErrNotHeld) {
			return fmt.Errorf("read printed file %s: %w", p.SM3, err)
		}
	}
}

// readOne reads a file, or says why it can't be read.
func (m *Importer) readOne(ctx context.Context, p *model.PrintedFile, tries int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	err = error(model.ErrGazetteInterrupted)
	if tries <= mostTries {
		err = m.readPages(ctx, p)
	}
	var why *model.Error
	if ctx.Err() != nil || !errors.As(err, &why) || why.Kind == model.Unavailable && tries <= mostTries {
		return err
	}
	p.Step, p.Problem = model.PrintedFailed, model.Problem{Code: why.Code, Args: why.Args}
	return m.store.InTx(ctx, func(tx *store.Tx) error { return tx.KeepPrinted(ctx, p, m.holder) })
}

// readPages reads and draws every page, and then looks for what the whole contains.
func (m *Importer) readPages(ctx context.Context, p *model.PrintedFile) error {
	path, forget, err := m.fetch(ctx, p.SM3)
	if err != nil {
		return err
	}
	defer forget()
	kept, err := m.store.PagesKept(ctx, p.SM3)
	if err != nil {
		return err
	}
	k := &keeper{Importer: m, file: p, kept: kept}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go k.hold(ctx, cancel)
	err = m.engines.Import.Each(ctx, path, func(d *pages.Document, page int) error { return k.page(ctx, d, page) })
	if err == nil {
		err = k.flush(ctx)
	}
	if err == nil {
		err = k.whole(ctx)
	}
	if cause := context.Cause(ctx); cause != nil && err != nil {
		return cause
	}
	return err
}

// fetch brings the bytes of an SM3 into a file, which forget takes away.
func (s *Service) fetch(ctx context.Context, sum string) (path string, forget func(), err error) {
	key, err := s.store.BlobOf(ctx, sum)
	if err == nil && key == "" {
		err = model.ErrFileNotFound
	}
	if err != nil {
		return "", nil, err
	}
	object, err := s.bucket.Open(ctx, key)
	if errors.Is(err, blob.ErrUnavailable) {
		err = model.ErrFileUnavailable
	}
	if err != nil {
		return "", nil, err
	}
	defer object.Close()
	file, err := os.CreateTemp("", "yuandu-issue-")
	if err != nil {
		return "", nil, fmt.Errorf("make room for a file: %w", err)
	}
	forget = func() { _ = os.Remove(file.Name()) }
	_, err = io.Copy(file, object)
	if err = errors.Join(err, file.Close()); err != nil {
		forget()
		return "", nil, fmt.Errorf("fetch file: %w", err)
	}
	return file.Name(), forget, nil
}

// keeper keeps the pages of a file as they are read, some at a time.
type keeper struct {
	*Importer
	file *model.PrintedFile
	kept map[int]bool

	mu      sync.Mutex
	about   *pages.Info
	waiting []keptPage
	saving  sync.Mutex
}

type keptPage struct {
	page     store.PrintedPage
	pictures []store.PrintedPicture
}

// Of how many pages, and how often, is written down how far a file has come.
const (
	pagesAtOnce = 12
	holdEvery   = 15 * time.Second
)

// hold tells others now and then that the file is being read; it ends the reading where
// somebody else has taken the file.
func (k *keeper) hold(ctx context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(holdEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := k.flush(ctx); err != nil {
				cancel(err)
				return
			}
		}
	}
}

// page reads and draws a page, unless it is kept already.
func (k *keeper) page(ctx context.Context, d *pages.Document, page int) error {
	if err := k.opened(ctx, d.Info()); err != nil || k.kept[page] {
		return err
	}
	size := d.Info().Pages[page-1]
	p := keptPage{page: store.PrintedPage{Page: page, Width: size.Width, Height: size.Height}}
	err := k.fill(ctx, d, &p)
	if errors.Is(err, pages.ErrPageDamaged) {
		p = keptPage{page: store.PrintedPage{Page: page, Width: size.Width, Height: size.Height, Layer: string(layerUnread), Packed: []byte{}}}
		err = nil
	}
	if err != nil {
		return err
	}
	k.mu.Lock()
	k.waiting = append(k.waiting, p)
	full := len(k.waiting) >= pagesAtOnce
	k.mu.Unlock()
	if full {
		return k.flush(ctx)
	}
	return nil
}

// opened notes how many pages there are, once.
func (k *keeper) opened(ctx context.Context, about *pages.Info) error {
	k.mu.Lock()
	first := k.about == nil
	k.about = about
	k.mu.Unlock()
	if !first {
		return nil
	}
	k.saving.Lock()
	k.file.Step, k.file.Pages = model.PrintedPages, len(about.Pages)
	k.saving.Unlock()
	return k.flush(ctx)
}

func (k *keeper) fill(ctx context.Context, d *pages.Document, p *keptPage) error {
	text, err := d.Text(ctx, p.page.Page)
	if err == nil {
		text, err = k.engines.Read.Read(ctx, d, p.page.Page, text)
	}
	if err != nil {
		return err
	}
	p.page.Layer, p.page.Body = string(text.Layer), text.Body
	if p.page.Packed, err = text.Pack(); err != nil {
		return err
	}
	for _, width := range ImportWidths {
		picture, err := d.Picture(ctx, p.page.Page, width)
		if err != nil {
			return err
		}
		row, err := k.keepPicture(ctx, k.file.SM3, p.page.Page, width, picture)
		if err != nil {
			return err
		}
		p.page.Look = string(picture.Look)
		p.pictures = append(p.pictures, *row)
	}
	return nil
}

// flush writes down what waits, and that the file is still being read.
func (k *keeper) flush(ctx context.Context) error {
	k.mu.Lock()
	list := k.waiting
	k.waiting = nil
	k.mu.Unlock()
	k.saving.Lock()
	defer k.saving.Unlock()
	return k.store.InTx(ctx, func(tx *store.Tx) error {
		for n := range list {
			if err := tx.KeepPage(ctx, k.file.SM3, &list[n].page, list[n].pictures); err != nil {
				return err
			}
		}
		return tx.KeepPrinted(ctx, k.file, k.holder)
	})
}

// whole looks for what the file contains, and ends the reading.
func (k *keeper) whole(ctx context.Context) error {
	k.saving.Lock()
	k.file.Step = model.PrintedPieces
	k.saving.Unlock()
	if err := k.flush(ctx); err != nil {
		return err
	}
	kept, err := k.store.PrintedPages(ctx, k.file.SM3, 1, k.file.Pages)
	if err != nil {
		return err
	}
	texts, err := textsOf(kept)
	if err != nil {
		return err
	}
	made := read(k.about, texts)
	k.saving.Lock()
	defer k.saving.Unlock()
	k.file.Step = model.PrintedDone
	return k.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetReading(ctx, k.file.SM3, made); err != nil {
			return err
		}
		return tx.KeepPrinted(ctx, k.file, k.holder)
	})
}

// keepPicture puts a picture into the bucket; its row is for whoever called to keep.
func (s *Service) keepPicture(ctx context.Context, sum string, page, width int, p *pages.Picture) (*store.PrintedPicture, error) {
	tag := sm3.Sum(p.Content)
	row := &store.PrintedPicture{SM3: sum, Page: page, Width: width, Height: p.Height, MediaType: p.MediaType, Size: int64(len(p.Content)),
		Tag: hex.EncodeToString(tag[:16])}
	err := s.bucket.Put(ctx, row.Key(), bytes.NewReader(p.Content), row.Size, row.MediaType)
	if errors.Is(err, blob.ErrUnavailable) {
		err = model.ErrFileStorageAway
	}
	return row, err
}
