package search

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"yuandu/model"
)

// What bleve takes at once: larger batches cost memory, smaller ones time.
const (
	batchSize = 250     // documents
	batchText = 2 << 20 // bytes of text
)

// Apply writes to the generation that answers.
func (b *Bleve) Apply(ctx context.Context, kind model.Kind, ops []Op) error {
	g, err := b.use()
	if err != nil {
		return err
	}
	defer g.release()
	return g.apply(ctx, kind, ops)
}

func (g *generation) apply(ctx context.Context, kind model.Kind, ops []Op) error {
	s := g.shelves[kind]
	if s == nil {
		return fmt.Errorf("no index of %s: %w", kind, ErrUnavailable)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	for len(ops) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := batchLength(ops)
		if err := s.write(ops[:n]); err != nil {
			return err
		}
		ops = ops[n:]
	}
	return nil
}

// batchLength is how many of the changes fit into a batch, one at least.
func batchLength(ops []Op) int {
	text := 0
	for n, op := range ops {
		if op.Put != nil {
			text += len(op.Put.Body)
		}
		if n > 0 && (n == batchSize || text > batchText) {
			return n
		}
	}
	return len(ops)
}

// write makes the text findable first and durable with it; then the columns
// show the documents.
func (s *shelf) write(ops []Op) error {
	batch := s.index.NewBatch()
	var rows []*row
	var gone []string
	for _, op := range latest(ops) {
		switch {
		case op.Put == nil:
			batch.Delete(op.ID)
			gone = append(gone, op.ID)
		case s.columns.version(op.ID) < op.Put.Version:
			r := rowOf(op.Put)
			s.columns.reserve(op.ID)
			if err := batch.IndexAdvanced(bleveDocument(op.Put, r)); err != nil {
				return fmt.Errorf("index %s: %w", op.ID, err)
			}
			rows = append(rows, r)
		}
	}
	if err := s.index.Batch(batch); err != nil {
		return fmt.Errorf("write embedded index: %w", err)
	}
	for _, id := range gone {
		s.columns.remove(id)
	}
	for _, r := range rows {
		s.columns.set(r)
	}
	return nil
}

// latest keeps what the changes of each document come to: the newest version
// put since it was last removed.
func latest(ops []Op) []Op {
	place := make(map[string]int, len(ops))
	kept := make([]Op, 0, len(ops))
	for _, op := range ops {
		i, seen := place[op.ID]
		switch {
		case !seen:
			place[op.ID] = len(kept)
			kept = append(kept, op)
		case op.Put == nil || kept[i].Put == nil || kept[i].Put.Version < op.Put.Version:
			kept[i] = op
		}
	}
	return kept
}

func bleveDocument(d *Doc, r *row) *document.Document {
	doc := document.NewDocument(d.ID)
	text := func(name, value string, options index.FieldIndexingOptions) {
		doc.AddField(document.NewTextFieldCustom(name, nil, []byte(value), options, grams{}))
	}
	lines := func(name string, values []string) {
		doc.AddField(document.NewTextFieldCustom(name, nil, []byte(strings.Join(values, "\n")),
			index.IndexField|index.SkipFreqNorm, keys{}))
	}
	text(fieldText, d.Title+"\n"+strings.Join(d.Keywords, "\n")+"\n"+d.Body, index.IndexField)
	text(fieldTitle, d.Title, index.IndexField)
	lines(fieldPinyin, PinyinTerms(d.Title))
	lines(fieldNumber, numberKeys(d.NumberKey))
	lines(fieldCites, d.Cites)
	doc.AddField(document.NewTextFieldCustom(fieldRow, nil, r.stored(), index.StoreField, keys{}))
	return doc
}

// numberKeys are a number's key and the beginning of it that stands for its
// issuer and year.
func numberKeys(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key, key[:strings.LastIndexByte(key, '|')+1]}
}

// load fills the columns from what the index has stored.
func (s *shelf) load() error {
	advanced, err := s.index.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index is no scorch index")
	}
	for _, segment := range snapshot.Segments() {
		numbers := segment.DocNumbersLive().Iterator()
		for numbers.HasNext() {
			if err := s.loadRow(segment, uint64(numbers.Next())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *shelf) loadRow(segment *scorch.SegmentSnapshot, number uint64) error {
	var failed error
	err := segment.VisitDocument(number, func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldRow {
			return true
		}
		r := &row{}
		if failed = json.Unmarshal(value, r); failed == nil {
			s.columns.set(r)
		}
		return false
	})
	if err == nil {
		err = failed
	}
	return err
}

// bleveRebuild is a generation in the making.
type bleveRebuild struct {
	bleve *Bleve
	next  *generation
	done  bool
}

// Rebuild begins a new generation beside the one that answers.
func (b *Bleve) Rebuild(ctx context.Context) (Rebuild, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !b.rebuild.TryLock() {
		return nil, ErrRebuilding
	}
	name := "g" + strconv.FormatInt(time.Now().UnixNano(), 36)
	next, err := makeGeneration(filepath.Join(b.folder, name))
	if err != nil {
		b.rebuild.Unlock()
		return nil, err
	}
	return &bleveRebuild{bleve: b, next: next}, nil
}

func (r *bleveRebuild) Apply(ctx context.Context, kind model.Kind, ops []Op) error {
	return r.next.apply(ctx, kind, ops)
}

// Commit names the new generation in CURRENT, by rename, and lets it answer.
// The old one goes when the last question to it has been answered.
func (r *bleveRebuild) Commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil || r.done {
		return err
	}
	b := r.bleve
	if err := writeDurably(filepath.Join(b.folder, "CURRENT"), filepath.Base(r.next.folder)+" "+bleveRules+"\n"); err != nil {
		return fmt.Errorf("name the new index: %w", err)
	}
	b.mu.Lock()
	old := b.live
	b.live = r.next
	b.mu.Unlock()
	b.broken.Store(false)
	r.end()
	if old != nil {
		go retire(old)
	}
	return nil
}

func retire(g *generation) {
	g.users.Wait()
	g.close()
	os.RemoveAll(g.folder)
}

func (r *bleveRebuild) Abort(context.Context) error {
	if r.done {
		return nil
	}
	defer r.end()
	if err := r.next.close(); err != nil {
		return fmt.Errorf("drop the new index: %w", err)
	}
	return os.RemoveAll(r.next.folder)
}

func (r *bleveRebuild) end() {
	r.done = true
	r.bleve.rebuild.Unlock()
}

// writeDurably replaces a small file so that a crash leaves the old or the new.
func writeDurably(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".next-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
