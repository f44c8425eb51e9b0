package search

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/meilisearch/meilisearch-go"

	"yuandu/model"
)

// meiliRebuild is a set of indexes in the making, one a kind.
type meiliRebuild struct {
	meili   *Meili
	mark    string // stands in the settings of the new indexes
	writing map[model.Kind]*sync.Mutex
	done    bool
}

// Rebuild makes new, empty indexes beside the ones that answer, and drops what
// a rebuild that was cut off has left. That it is the only one holds within
// this process; between processes the caller holds a lock.
func (m *Meili) Rebuild(ctx context.Context) (Rebuild, error) {
	if !m.rebuild.TryLock() {
		return nil, ErrRebuilding
	}
	r := &meiliRebuild{meili: m, writing: map[model.Kind]*sync.Mutex{},
		mark: "yuandubuild" + strings.ToLower(rand.Text())}
	for _, kind := range model.Kinds() {
		r.writing[kind] = &sync.Mutex{}
		err := m.drop(ctx, m.next(kind))
		if err == nil {
			err = m.create(ctx, m.next(kind), meiliSettings(r.mark))
		}
		if err != nil {
			m.rebuild.Unlock()
			return nil, m.fail(ctx, "begin a new index of "+string(kind), err)
		}
	}
	return r, nil
}

// create makes an index with its settings before any document.
func (m *Meili) create(ctx context.Context, uid string, settings *meilisearch.Settings) error {
	err := m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return m.server.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: uid, PrimaryKey: "id"})
	})
	if err != nil {
		return err
	}
	err = m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return m.server.Index(uid).UpdateFacetSearchWithContext(ctx, false) // false cannot be sent with the others
	})
	if err != nil {
		return err
	}
	return m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return m.server.Index(uid).UpdateSettingsWithContext(ctx, settings)
	})
}

// drop deletes an index if there is one.
func (m *Meili) drop(ctx context.Context, uid string) error {
	if _, err := m.marks(ctx, uid); err != nil {
		if isMissing(err) {
			return nil
		}
		return err
	}
	return m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return m.server.DeleteIndexWithContext(ctx, uid)
	})
}

func (r *meiliRebuild) Apply(ctx context.Context, kind model.Kind, ops []Op) error {
	writing := r.writing[kind]
	if writing == nil || r.done {
		return errors.New("this rebuild has no index of " + string(kind))
	}
	return r.meili.apply(ctx, writing, r.meili.next(kind), ops)
}

// Commit swaps all new indexes in by one task, which is whole or not at all,
// and drops the old ones. It may be called again when its end was not seen:
// the mark tells an index that was swapped in already.
func (r *meiliRebuild) Commit(ctx context.Context) error {
	if r.done {
		return ctx.Err()
	}
	m := r.meili
	for _, kind := range model.Kinds() {
		m.writing[kind].Lock()
		defer m.writing[kind].Unlock()
	}
	swapped, err := r.isSwapped(ctx)
	if err == nil && !swapped {
		err = r.swap(ctx)
	}
	if err != nil {
		return m.fail(ctx, "swap the new index in", err)
	}
	r.dropNext(ctx) // what stays is dropped when the next rebuild begins
	r.end()
	return nil
}

func (r *meiliRebuild) isSwapped(ctx context.Context) (bool, error) {
	m := r.meili
	swaps := meilisearch.TasksQuery{Types: []meilisearch.TaskType{meilisearch.TaskTypeIndexSwap}} // of no one index
	if err := m.waitForAll(ctx, swaps); err != nil {
		return false, err
	}
	marks, err := m.marks(ctx, m.live(model.Kinds()[0]))
	if isMissing(err) {
		return false, nil
	}
	return slices.Contains(marks, r.mark), err
}

// swap puts each new index in the place of the one that answers, or, the first
// time, in the empty place.
func (r *meiliRebuild) swap(ctx context.Context) error {
	m := r.meili
	var pairs []*meilisearch.SwapIndexesParams
	for _, kind := range model.Kinds() {
		_, err := m.marks(ctx, m.live(kind))
		if err != nil && !isMissing(err) {
			return err
		}
		pair := []string{m.next(kind), m.live(kind)}
		pairs = append(pairs, &meilisearch.SwapIndexesParams{Indexes: pair, Rename: err != nil})
	}
	return m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return m.server.SwapIndexesWithContext(ctx, pairs)
	})
}

// Abort drops the new indexes.
func (r *meiliRebuild) Abort(ctx context.Context) error {
	if r.done {
		return nil
	}
	defer r.end()
	return r.meili.fail(ctx, "drop the new index", r.dropNext(ctx))
}

func (r *meiliRebuild) dropNext(ctx context.Context) error {
	var errs []error
	for _, kind := range model.Kinds() {
		errs = append(errs, r.meili.drop(ctx, r.meili.next(kind)))
	}
	return errors.Join(errs...)
}

func (r *meiliRebuild) end() {
	r.done = true
	r.meili.rebuild.Unlock()
}
