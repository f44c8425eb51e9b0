// Package search keeps the search index in step with the database, answers
// questions from it, and counts what people look for.
package search

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// Tab is what a text finds of a kind, Line a document of it.
type (
	Tab  = search.Tab
	Line = search.Line
)

// Service is searching: every noun asks through it.
type Service struct {
	store *store.Store
	index search.Index
	cache cache.Cache
	clock model.Clock
	log   *slog.Logger

	synonyms kept[*search.Synonyms]
	titles   map[model.Kind]*kept[*search.Scan]
	hot      hotWords

	wake    chan struct{}
	busy    sync.Mutex // whoever catches up or rebuilds, in this process
	writing sync.Mutex // one writer to the index in this process, page by page
	next    search.Rebuild
}

// New makes the service. cache holds the lock by which one process at a time
// writes to a shared index.
func New(s *store.Store, index search.Index, c cache.Cache, clock model.Clock, log *slog.Logger) *Service {
	v := &Service{store: s, index: index, cache: c, clock: clock, log: log, wake: make(chan struct{}, 1),
		titles: map[model.Kind]*kept[*search.Scan]{}}
	for _, k := range model.Kinds() {
		v.titles[k] = &kept[*search.Scan]{}
	}
	return v
}

// Ask answers a question from the index, and, while that is away, from the
// titles in the database: then degraded is true.
func (s *Service) Ask(ctx context.Context, q search.Question) (answer search.Answer, degraded bool, err error) {
	synonyms, err := s.Synonyms(ctx)
	if err != nil {
		return answer, false, err
	}
	return s.askWith(ctx, q, synonyms)
}

func (s *Service) askWith(ctx context.Context, q search.Question, synonyms *search.Synonyms) (answer search.Answer, degraded bool, err error) {
	answer, err = search.Ask(ctx, s.index, q, synonyms)
	if !errors.Is(err, search.ErrUnavailable) {
		return answer, false, err
	}
	scan, err := s.scan(ctx, q.Kind)
	if err != nil {
		return answer, true, err
	}
	answer, err = search.Ask(ctx, scan, q, synonyms)
	return answer, true, err
}

// Synonyms are those that the product knows and those that the city wrote, in
// every process as soon as they are saved: no document needs to be indexed anew.
func (s *Service) Synonyms(ctx context.Context) (*search.Synonyms, error) {
	mark, err := s.store.Mark(ctx, store.MarkWords)
	if err != nil {
		return nil, err
	}
	return s.synonyms.get(mark, func() (*search.Synonyms, error) { return s.synonymsWith(ctx, nil) })
}

// synonymsWith are the synonyms as they would be with one entry more, or with
// another in the place of the one of its ID.
func (s *Service) synonymsWith(ctx context.Context, proposed *model.WordEntry) (*search.Synonyms, error) {
	own, err := s.store.Words(ctx, model.SynonymWords)
	if err != nil {
		return nil, err
	}
	off, err := s.store.WordsOff(ctx, model.SynonymWords)
	if err != nil {
		return nil, err
	}
	if proposed != nil {
		own = slices.DeleteFunc(own, func(e model.WordEntry) bool { return e.ID == proposed.ID })
		own = append(own, *proposed)
	}
	return search.SynonymsOf(own, off), nil
}

// scan reads the titles of a kind, or gives those read since the last change.
func (s *Service) scan(ctx context.Context, kind model.Kind) (*search.Scan, error) {
	mark, err := s.store.Mark(ctx, store.MarkPublic)
	if err != nil {
		return nil, err
	}
	return s.titles[kind].get(mark, func() (*search.Scan, error) {
		var all []search.Doc
		for after := ""; ; {
			docs, err := s.docs(ctx, kind, after, nil)
			if err != nil || len(docs) == 0 {
				return search.NewScan(kind, all), err
			}
			after = docs[len(docs)-1].ID
			for i := range docs {
				docs[i].Body = ""
			}
			all = append(all, docs...)
		}
	})
}

// Health says how search is: nil, or why it answers degraded.
func (s *Service) Health(ctx context.Context) error {
	return s.index.Health(ctx)
}

// kept is a value that is made anew when a mark has grown.
type kept[T any] struct {
	mu    sync.Mutex
	made  bool
	mark  int64
	value T
}

func (k *kept[T]) get(mark int64, make func() (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made && k.mark == mark {
		return k.value, nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	k.made, k.mark, k.value = true, mark, v
	return v, nil
}
