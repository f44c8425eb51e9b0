package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"yuandu/model"
	"yuandu/store/search"
)

// rebuildIfDue builds the index anew where somebody asked for it or the index
// itself does.
func (s *Service) rebuildIfDue(ctx context.Context) error {
	wanted, err := s.store.WantedRebuild(ctx)
	if err != nil {
		return err
	}
	needed := errors.Is(s.index.Health(ctx), search.ErrOutdated)
	if wanted == "" && !needed {
		return nil
	}
	total, err := s.rebuild(ctx, func(done, total int) error {
		return s.noteRebuild(ctx, wanted, done, total, false, nil)
	})
	if err == nil {
		s.log.Info("search index rebuilt", "documents", total)
	}
	if ctx.Err() != nil { // the wish stays and is taken up by the next process
		return ctx.Err()
	}
	return errors.Join(err, s.noteRebuild(ctx, wanted, total, total, err == nil, err))
}

func (s *Service) noteRebuild(ctx context.Context, wanted string, done, total int, finished bool, problem error) error {
	if wanted == "" {
		return nil
	}
	text := ""
	if problem != nil {
		text = problem.Error()
	}
	return s.store.RebuildProgress(ctx, wanted, done, total, finished, text)
}

// Reindex builds the index anew, in this process, as soon as nobody else writes
// to it.
func (s *Service) Reindex(ctx context.Context, progress func(done, total int)) (total int, err error) {
	show := func(done, total int) error { progress(done, total); return nil }
	err = s.patiently(ctx, func(ctx context.Context) (bool, error) {
		return s.alone(ctx, func(ctx context.Context) (err error) {
			total, err = s.rebuild(ctx, show)
			return err
		})
	})
	return total, err
}

// rebuild fills a new index beside the one that answers and swaps them. While
// it runs, changes from the queue go into both. Reading a page and writing it
// is one step for the queue, so that neither overtakes the other.
func (s *Service) rebuild(ctx context.Context, progress func(done, total int) error) (done int, err error) {
	total, err := s.public(ctx)
	if err != nil {
		return 0, err
	}
	next, err := s.index.Rebuild(ctx)
	if err != nil {
		return 0, err
	}
	defer next.Abort(context.WithoutCancel(ctx))
	s.log.Info("search index is being rebuilt", "documents", total)
	s.setNext(next)
	defer s.setNext(nil)
	for _, kind := range model.Kinds() {
		for after, more := "", true; more; {
			if after, more, err = s.copyPage(ctx, next, kind, after, &done); err != nil {
				return done, err
			}
			if err := progress(done, max(total, done)); err != nil {
				return done, err
			}
			if _, err := s.drain(ctx); err != nil && !errors.Is(err, search.ErrUnavailable) {
				return done, err
			}
		}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := next.Commit(ctx); err != nil {
		return done, fmt.Errorf("swap the search index: %w", err)
	}
	s.next = nil
	return done, s.store.TouchPublic(ctx) // kept answers are made anew
}

func (s *Service) setNext(next search.Rebuild) {
	s.writing.Lock()
	s.next = next
	s.writing.Unlock()
}

func (s *Service) copyPage(ctx context.Context, next search.Rebuild, kind model.Kind, after string, done *int) (last string, more bool, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	docs, err := s.docs(ctx, kind, after, nil)
	if err != nil || len(docs) == 0 {
		return after, false, err
	}
	var refused *search.OpError
	err = next.Apply(ctx, kind, puts(docs))
	if errors.As(err, &refused) {
		err = s.queue(ctx, kind, slices.Sorted(maps.Keys(refused.Refused))) // where tries are counted
	}
	if err != nil {
		return after, false, err
	}
	*done += len(docs)
	return docs[len(docs)-1].ID, true, nil
}

// public counts the public documents of every kind.
func (s *Service) public(ctx context.Context) (int, error) {
	n := 0
	for _, kind := range model.Kinds() {
		for after := ""; ; {
			page, err := s.versions(ctx, kind, after, 5000)
			if err != nil {
				return 0, err
			}
			if len(page) == 0 {
				break
			}
			n += len(page)
			after = page[len(page)-1].ID
		}
	}
	return n, nil
}
