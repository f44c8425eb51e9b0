package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	"github.com/gofrs/flock"
	"go.etcd.io/bbolt"

	"yuandu/model"
)

// bleveRules names the way in which documents are cut and kept. An index of
// other rules is rebuilt.
const bleveRules = "1"

// Bleve is the embedded index: a folder that one process holds. It keeps its
// generations side by side (<folder>/<generation>/<kind>); the file CURRENT
// names the one that answers.
type Bleve struct {
	folder string
	lock   *flock.Flock

	mu      sync.RWMutex
	live    *generation // nil while there is none that can be read
	broken  atomic.Bool
	rebuild sync.Mutex
}

// ErrHeld says that another process holds the index folder.
var ErrHeld = errors.New("another process holds the search index")

// OpenBleve opens the index in a folder, which it makes if need be. A missing
// or damaged index, or one of other rules, is no error: Health asks for a
// Rebuild. A folder held by another process is ErrHeld.
func OpenBleve(folder string) (*Bleve, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("make index folder: %w", err)
	}
	b := &Bleve{folder: folder, lock: flock.New(filepath.Join(folder, "lock"))}
	held, err := b.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock index folder: %w", err)
	}
	if !held {
		return nil, ErrHeld
	}
	name, rules := b.current()
	if name != "" {
		if b.live, err = openGeneration(filepath.Join(folder, name)); err != nil {
			slog.Warn("search index damaged, it will be rebuilt", "error", err)
		}
	}
	b.broken.Store(!b.live.isWhole() || rules != bleveRules)
	b.sweep()
	return b, nil
}

// current reads CURRENT: the generation's name and its rules.
func (b *Bleve) current() (name, rules string) {
	text, err := os.ReadFile(filepath.Join(b.folder, "CURRENT"))
	if err != nil {
		return "", ""
	}
	name, rules, _ = strings.Cut(strings.TrimSpace(string(text)), " ")
	if name = filepath.Base(name); name == "." || name == ".." {
		return "", "" // the folder that holds them all is none of them
	}
	return name, rules
}

// sweep removes generations that a crash or a damage left behind.
func (b *Bleve) sweep() {
	entries, _ := os.ReadDir(b.folder)
	for _, e := range entries {
		if e.IsDir() && (b.live == nil || e.Name() != filepath.Base(b.live.folder)) {
			os.RemoveAll(filepath.Join(b.folder, e.Name()))
		}
	}
}

// use takes the generation that answers; the caller releases it.
func (b *Bleve) use() (*generation, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.live == nil {
		return nil, fmt.Errorf("embedded index is not built: %w", ErrUnavailable)
	}
	b.live.users.Add(1)
	return b.live, nil
}

// Health is ErrOutdated while the index is missing, damaged or of other rules.
func (b *Bleve) Health(ctx context.Context) error {
	if b.broken.Load() {
		return ErrOutdated
	}
	return ctx.Err()
}

// Entries lists what is held, ordered by ID.
func (b *Bleve) Entries(ctx context.Context, kind model.Kind, after string, limit int) ([]Entry, error) {
	g, err := b.use()
	if err != nil {
		return nil, err
	}
	defer g.release()
	return g.shelves[kind].columns.entries(after, limit), ctx.Err()
}

// Close waits for the questions under way and lets the folder go.
func (b *Bleve) Close() error {
	b.mu.Lock()
	g := b.live
	b.live = nil
	b.mu.Unlock()
	var err error
	if g != nil {
		g.users.Wait()
		err = g.close()
	}
	return errors.Join(err, b.lock.Unlock())
}

// generation is one whole index: a shelf a kind.
type generation struct {
	folder  string
	shelves map[model.Kind]*shelf
	users   sync.WaitGroup
}

// shelf is the index of one kind.
type shelf struct {
	index   bleve.Index
	columns *columns
	read    segmentOrdinals
	writing sync.Mutex
}

func (g *generation) release() { g.users.Done() }

// isWhole tells an index of all kinds from one that was built before there were
// some of them: that goes on answering for those it has until it is rebuilt.
func (g *generation) isWhole() bool { return g != nil && len(g.shelves) == len(model.Kinds()) }

func (g *generation) close() error {
	var errs []error
	for _, s := range g.shelves {
		errs = append(errs, s.index.Close())
	}
	return errors.Join(errs...)
}

func makeGeneration(folder string) (*generation, error) {
	return eachShelf(folder, model.Kinds(), func(path string) (bleve.Index, error) {
		return bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	})
}

// openGeneration opens what is there. Bleve may panic on damaged files.
func openGeneration(folder string) (g *generation, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // mapped files may be shorter than they say
	defer func() {
		if p := recover(); p != nil {
			g, err = nil, fmt.Errorf("open search index: %v", p)
		}
	}()
	kinds := kindsIn(folder)
	if len(kinds) == 0 {
		return nil, errors.New("the index that is named is not there")
	}
	if err := verify(folder, kinds); err != nil {
		return nil, err
	}
	return eachShelf(folder, kinds, func(path string) (bleve.Index, error) {
		return bleve.OpenUsing(path, map[string]any{"bolt_timeout": (2 * time.Second).String()})
	})
}

// kindsIn are the kinds that have a folder.
func kindsIn(folder string) []model.Kind {
	return slices.DeleteFunc(model.Kinds(), func(kind model.Kind) bool {
		_, err := os.Stat(filepath.Join(folder, string(kind)))
		return errors.Is(err, fs.ErrNotExist)
	})
}

// verify compares every segment of an index with the checksum at its end. Bleve
// does not, and a few changed bytes would only make documents impossible to find.
// Files that the index does not name are what a kill left half written.
func verify(folder string, kinds []model.Kind) error {
	for _, kind := range kinds {
		store := filepath.Join(folder, string(kind), "store")
		names, err := segments(filepath.Join(store, "root.bolt"))
		if err != nil {
			return err
		}
		for _, name := range names {
			segment, err := os.ReadFile(filepath.Join(store, name))
			if err != nil {
				return fmt.Errorf("read segment: %w", err)
			}
			end := len(segment) - crc32.Size
			if end < 0 || crc32.ChecksumIEEE(segment[:end]) != binary.BigEndian.Uint32(segment[end:]) {
				return fmt.Errorf("segment %s is damaged", name)
			}
		}
	}
	return nil
}

// segments lists the files that the newest snapshot of bleve's list names. Older
// snapshots wait there to be removed.
func segments(list string) (names []string, err error) {
	db, err := bbolt.Open(list, 0, &bbolt.Options{ReadOnly: true, Timeout: 2 * time.Second})
	if err != nil {
		return nil, fmt.Errorf("open list of segments: %w", err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		snapshots := tx.Bucket(util.BoltSnapshotsBucket)
		if snapshots == nil {
			return nil // nothing was written yet
		}
		newest, _ := snapshots.Cursor().Last()
		snapshot := snapshots.Bucket(newest)
		if snapshot == nil {
			return errors.New("the list of segments is damaged")
		}
		return snapshot.ForEachBucket(func(key []byte) error {
			if name := snapshot.Bucket(key).Get(util.BoltPathKey); name != nil {
				names = append(names, filepath.Base(string(name)))
			}
			return nil
		})
	})
	return names, err
}

func eachShelf(folder string, kinds []model.Kind, open func(path string) (bleve.Index, error)) (*generation, error) {
	g := &generation{folder: folder, shelves: map[model.Kind]*shelf{}}
	for _, kind := range kinds {
		index, err := open(filepath.Join(folder, string(kind)))
		if err != nil {
			g.close()
			return nil, fmt.Errorf("open search index of %s: %w", kind, err)
		}
		s := &shelf{index: index, columns: newColumns()}
		g.shelves[kind] = s
		if err := s.load(); err != nil {
			g.close()
			return nil, fmt.Errorf("load search index of %s: %w", kind, err)
		}
	}
	return g, nil
}
