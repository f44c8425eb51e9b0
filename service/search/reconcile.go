package search

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Reconcile compares the index with the database and queues what differs. It
// says how many documents that were.
func (s *Service) Reconcile(ctx context.Context) (queued int, err error) {
	for _, kind := range model.Kinds() {
		wrong, err := s.differences(ctx, kind)
		if err != nil {
			return queued, err
		}
		if err := s.queue(ctx, kind, wrong); err != nil {
			return queued, err
		}
		queued += len(wrong)
	}
	return queued, nil
}

func (s *Service) queue(ctx context.Context, kind model.Kind, ids []string) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.QueueIndex(ctx, kind, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// differences walks both lists in the order of IDs and names every document
// that one of them lacks or holds in another version.
func (s *Service) differences(ctx context.Context, kind model.Kind) ([]string, error) {
	truth, err := all(func(after string) ([]store.Version, error) { return s.versions(ctx, kind, after, 1000) },
		func(v store.Version) string { return v.ID })
	if err != nil {
		return nil, err
	}
	held, err := all(func(after string) ([]search.Entry, error) { return s.index.Entries(ctx, kind, after, 1000) },
		func(e search.Entry) string { return e.ID })
	if err != nil {
		return nil, err
	}
	versions := make(map[string]int64, len(held))
	for _, e := range held {
		versions[e.ID] = e.Version
	}
	var wrong []string
	for _, v := range truth {
		if versions[v.ID] != v.Version {
			wrong = append(wrong, v.ID)
		}
		delete(versions, v.ID)
	}
	for id := range versions {
		wrong = append(wrong, id)
	}
	return wrong, nil
}

func all[T any](page func(after string) ([]T, error), id func(T) string) ([]T, error) {
	var list []T
	for after := ""; ; {
		next, err := page(after)
		if err != nil || len(next) == 0 {
			return list, err
		}
		list = append(list, next...)
		after = id(next[len(next)-1])
	}
}
