package pages

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Settings say how workers are started.
type Settings struct {
	Program     string   // our own binary
	Arguments   []string // that make it a worker: media-worker
	Environment []string // all that a worker is told of ours: no keys, no addresses
	Folder      string   // to keep a compiled PDFium and the fonts in
	Fonts       []string // folders or files to look for hanzi in; nil for where systems keep them
	Processes   int      // at once; 0 for two
	Limits      Limits
}

// Engine opens files in processes of their own.
type Engine struct {
	settings Settings
	free     chan struct{} // one for each process that may run
	fonts    func() string
	cold     sync.Mutex // held by who compiles PDFium, which the others wait for
}

// New makes an engine. It starts nothing.
func New(s Settings) *Engine {
	if s.Processes < 1 {
		s.Processes = 2
	}
	if s.Limits == (Limits{}) {
		s.Limits = UsualLimits()
	}
	e := &Engine{settings: s, free: make(chan struct{}, s.Processes)}
	e.fonts = sync.OnceValue(func() string { return gatherFonts(s.Fonts, filepath.Join(s.Folder, "fonts")) })
	return e
}

// HasHanzi says whether this machine has a font with hanzi, for files that bring
// none. Without one their pages would be blank, and say so.
func (e *Engine) HasHanzi() bool { return e.fonts() != "" }

// Open opens a file in a process of its own, as soon as one may be started. The
// document has to be closed.
func (e *Engine) Open(ctx context.Context, path string) (*Document, error) {
	path, err := filepath.Abs(path) // workers stand elsewhere
	if err != nil {
		return nil, err
	}
	select {
	case e.free <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d := &Document{engine: e, path: path}
	if err := d.start(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Each opens a file in as many processes as may run, and shares its pages among
// them. It ends with the first error that work gives.
func (e *Engine) Each(ctx context.Context, path string, work func(d *Document, page int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var last atomic.Int64
	var group sync.WaitGroup
	for range e.settings.Processes {
		group.Go(func() {
			if err := e.share(ctx, path, &last, work); err != nil {
				cancel(err)
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// share works on the next page that nobody works on yet, until there is none.
func (e *Engine) share(ctx context.Context, path string, last *atomic.Int64, work func(d *Document, page int) error) error {
	d, err := e.Open(ctx, path)
	if err != nil {
		return err
	}
	defer d.Close()
	for page := int(last.Add(1)); page <= len(d.about.Pages); page = int(last.Add(1)) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := work(d, page); err != nil {
			return err
		}
	}
	return nil
}

// coldTime is how long opening may take that has to compile PDFium first, on a busy machine.
const coldTime = 4 * time.Minute

// opening is how long opening a file may take. Where PDFium is not compiled yet, one compiles it
// for all: it is no fault of the file.
func (e *Engine) opening(cache string) (within time.Duration, done func()) {
	usual := e.settings.Limits.OpenTime
	if cache == "" || isWarm(cache) {
		return usual, func() {}
	}
	e.cold.Lock()
	if isWarm(cache) {
		e.cold.Unlock()
		return usual, func() {}
	}
	return coldTime, e.cold.Unlock
}

// isWarm says whether something compiled is kept.
func isWarm(cache string) bool {
	found := false
	_ = filepath.WalkDir(cache, func(_ string, at os.DirEntry, err error) error {
		if err == nil && at.Type().IsRegular() {
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}

// cache is where the compiled PDFium is kept.
func (e *Engine) cache() (string, error) {
	if e.settings.Folder == "" {
		return "", nil
	}
	folder, err := filepath.Abs(filepath.Join(e.settings.Folder, "pdfium"))
	if err != nil {
		return "", err
	}
	return folder, os.MkdirAll(folder, 0o700)
}
