package search

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// tick is how often the queue is looked at without being woken: changes by
// other processes and those put off come to light by it.
const tick = 300 * time.Millisecond

// Run keeps the index in step until ctx ends. It is what a serving process does
// all day; commands call Finish.
func (s *Service) Run(ctx context.Context) {
	s.store.Watch(s.wake)
	beat := time.NewTicker(tick)
	defer beat.Stop()
	trouble := &trouble{log: s.log}
	for {
		err := s.CatchUp(ctx)
		if ctx.Err() != nil {
			return
		}
		trouble.note(err)
		if err != nil {
			pause(ctx, 2*time.Second)
		}
		if err := s.flushHotWords(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("searched words not counted", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-beat.C:
		}
	}
}

// Wake lets Run look at the queue now.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// trouble says once a minute that the index is behind, and once that it is not
// any more: a server that is away for a night must not fill the log.
type trouble struct {
	log  *slog.Logger
	said time.Time
}

func (t *trouble) note(err error) {
	switch {
	case err == nil && !t.said.IsZero():
		t.said = time.Time{}
		t.log.Info("search index is in step again")
	case err != nil && time.Since(t.said) > time.Minute:
		t.said = time.Now()
		t.log.Warn("search index is behind, trying on", "error", err)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// CatchUp does all that is due now: a rebuild that is wanted or needed, then
// the queue. Where somebody else is at it, nothing.
func (s *Service) CatchUp(ctx context.Context) error {
	_, err := s.catchUp(ctx)
	return err
}

// Finish does all that is due now, waiting while somebody else is at it: a
// process that was killed keeps its lock for a while.
func (s *Service) Finish(ctx context.Context) error {
	return s.patiently(ctx, s.catchUp)
}

func (s *Service) patiently(ctx context.Context, try func(context.Context) (ran bool, err error)) error {
	for {
		ran, err := try(ctx)
		if ran || err != nil {
			return err
		}
		if pause(ctx, tick); ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (s *Service) catchUp(ctx context.Context) (ran bool, err error) {
	if due, err := s.due(ctx); err != nil || !due {
		return true, err
	}
	return s.alone(ctx, func(ctx context.Context) error {
		failed := s.rebuildIfDue(ctx) // what is queued need not wait for it
		for {
			n, err := s.drain(ctx)
			if err != nil || n == 0 {
				return errors.Join(failed, err)
			}
		}
	})
}

// due looks whether there is anything to do, without a lock.
func (s *Service) due(ctx context.Context) (bool, error) {
	queue, err := s.store.QueuedForIndex(ctx, 1)
	if err != nil || len(queue) > 0 {
		return true, err
	}
	wanted, err := s.store.WantedRebuild(ctx)
	if err != nil || wanted != "" {
		return true, err
	}
	return errors.Is(s.index.Health(ctx), search.ErrOutdated), nil
}

// drain brings a batch of queued documents into the index and says how many.
// It reads what is true now: the queue carries only names.
func (s *Service) drain(ctx context.Context) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	queue, err := s.store.QueuedForIndex(ctx, pageSize)
	if err != nil || len(queue) == 0 {
		return 0, err
	}
	for _, kind := range model.Kinds() {
		if err := s.drainKind(ctx, kind, queue); err != nil {
			return 0, err
		}
	}
	return len(queue), nil
}

func (s *Service) drainKind(ctx context.Context, kind model.Kind, queue []store.Queued) error {
	var mine []store.Queued
	var ids []string
	for _, q := range queue {
		if q.Kind == kind {
			mine = append(mine, q)
			ids = append(ids, q.ID)
		}
	}
	if len(mine) == 0 {
		return nil
	}
	docs, err := s.docs(ctx, kind, "", ids)
	if err != nil {
		return err
	}
	var refused, refusedNext *search.OpError
	if s.next != nil {
		if err := s.next.Apply(ctx, kind, changes(ids, docs)); err != nil && !errors.As(err, &refusedNext) {
			return err
		}
	}
	err = s.index.Apply(ctx, kind, changes(ids, docs))
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	return s.settle(ctx, mine, refused)
}

// changes puts the documents that are public and removes the others.
func changes(ids []string, docs []search.Doc) []search.Op {
	public := make(map[string]*search.Doc, len(docs))
	for i := range docs {
		public[docs[i].ID] = &docs[i]
	}
	ops := make([]search.Op, len(ids))
	for i, id := range ids {
		ops[i] = search.Op{ID: id, Put: public[id]}
	}
	return ops
}

func puts(docs []search.Doc) []search.Op {
	ops := make([]search.Op, len(docs))
	for i := range docs {
		ops[i] = search.Op{ID: docs[i].ID, Put: &docs[i]}
	}
	return ops
}

func (s *Service) settle(ctx context.Context, queue []store.Queued, refused *search.OpError) error {
	if refused == nil {
		return s.store.Indexed(ctx, queue)
	}
	var taken, put []store.Queued
	for _, q := range queue {
		if _, bad := refused.Refused[q.ID]; bad {
			put = append(put, q)
		} else {
			taken = append(taken, q)
		}
	}
	s.log.Error("the search index refuses documents", "count", len(put), "first", put[0].ID)
	if err := s.store.IndexRefused(ctx, put, func(id string) string { return refused.Refused[id] }); err != nil {
		return err
	}
	return s.store.Indexed(ctx, taken)
}
