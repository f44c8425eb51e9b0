// Package follow is what residents keep an eye on: documents that they keep
// (收藏), and what they follow (订阅), searches among it.
package follow

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is favourites and follows.
type Service struct {
	store  *store.Store
	search Search
	clock  model.Clock
	kinds  map[model.Kind]model.Followable
}

// Search is what following searches needs of searching.
type Search struct {
	Ask      search.Asker
	Synonyms func(ctx context.Context) (*search.Synonyms, error)
	// Doc reads a document as the index holds it, nil where it is not public.
	Doc func(ctx context.Context, kind model.Kind, id string) (*search.Doc, error)
	// PolicyDoc is a policy, public or not yet, as the index would hold it.
	PolicyDoc func(ctx context.Context, p *store.IndexedPolicy) (*search.Doc, error)
}

// New makes the service. kinds are what can be followed beside searches.
func New(s *store.Store, searching Search, clock model.Clock, kinds ...model.Followable) *Service {
	v := &Service{store: s, search: searching, clock: clock, kinds: map[model.Kind]model.Followable{}}
	for _, k := range append(kinds, v.searches()) {
		v.kinds[k.Kind] = k
	}
	return v
}

// mostWords is how many words of a question about favourites are looked at.
const mostWords = 8

// Favourites lists what a resident keeps, the newest first, and counts all that
// match. text is words of titles, or a document number; "" matches all.
func (s *Service) Favourites(ctx context.Context, residentID, text string, limit, offset int) ([]model.Favourite, int, error) {
	f := store.FavouriteFilter{Number: model.NumberKey(text), Words: strings.Fields(text), Limit: limit, Offset: offset}
	f.Words = f.Words[:min(len(f.Words), mostWords)]
	return s.store.Favourites(ctx, residentID, f)
}

// Follows lists what a resident follows, the newest first, and counts all.
func (s *Service) Follows(ctx context.Context, residentID string, limit, offset int) ([]model.Follow, store.FollowCounts, error) {
	list, n, err := s.store.Follows(ctx, residentID, limit, offset)
	if err == nil {
		err = s.today(ctx, list)
	}
	return list, n, err
}

// today gives follows the names that they have today, and says which are lost.
func (s *Service) today(ctx context.Context, list []model.Follow) error {
	keys := map[model.Kind][]string{}
	for _, f := range list {
		keys[f.Kind] = append(keys[f.Kind], f.Key)
	}
	for kind, of := range s.kinds {
		if len(keys[kind]) == 0 {
			continue
		}
		names, err := of.Names(ctx, keys[kind])
		if err != nil {
			return err
		}
		for i := range list {
			if f := &list[i]; f.Kind == kind {
				rename(f, names)
			}
		}
	}
	return s.withSearches(ctx, list, keys[model.KindSearch])
}

func rename(f *model.Follow, names map[string]string) {
	name, there := names[f.Key]
	switch {
	case there:
		f.Name, f.Loss = name, nil
	case f.Loss == nil:
		f.Loss = &model.Loss{}
	}
}

// Marks says what a resident has made of one thing.
func (s *Service) Marks(ctx context.Context, residentID string, thing Thing) (model.Marks, error) {
	thing, err := s.now(ctx, thing)
	if err != nil {
		return model.Marks{}, err
	}
	return s.store.Marks(ctx, residentID, thing.Kind, thing.ID)
}

// Thing is what can be kept or followed.
type Thing struct {
	Kind model.Kind
	ID   string
}

// now is where a thing is today: in another one, where it was merged into that.
func (s *Service) now(ctx context.Context, t Thing) (Thing, error) {
	moved, err := s.store.MovedTo(ctx, t.Kind, t.ID)
	if moved != "" {
		t.ID = moved
	}
	return t, err
}

// Keep keeps a public document.
func (s *Service) Keep(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	kind, known := model.KeptKindOf(t.Kind)
	if !known {
		return model.Marks{}, model.ErrKeptKind
	}
	return s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		found, err := tx.AddFavourite(ctx, residentID, t.Kind, t.ID)
		if err == nil && !found {
			err = kind.Missing
		}
		return err
	})
}

// Follow follows something.
func (s *Service) Follow(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	kind, known := s.kinds[t.Kind]
	if !known {
		return model.Marks{}, model.ErrFollowKind
	}
	t, err := s.now(ctx, t)
	if err != nil {
		return model.Marks{}, err
	}
	names, err := kind.Names(ctx, []string{t.ID})
	if err != nil {
		return model.Marks{}, err
	}
	name, there := names[t.ID]
	if !there {
		return model.Marks{}, kind.Missing
	}
	return s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		return tx.AddFollow(ctx, residentID, model.Touch{Kind: t.Kind, Key: t.ID}, name)
	})
}

// Drop lets go of a document that was kept.
func (s *Service) Drop(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	return s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		return tx.RemoveFavourite(ctx, residentID, t.Kind, t.ID)
	})
}

// Unfollow ends that something is followed.
func (s *Service) Unfollow(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	return s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		return tx.RemoveFollow(ctx, residentID, t.Kind, t.ID)
	})
}

// Edit changes how a resident is told of something that they follow.
func (s *Service) Edit(ctx context.Context, residentID string, t Thing, e model.FollowEdit) error {
	_, err := s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		found, err := tx.EditFollow(ctx, residentID, model.Touch{Kind: t.Kind, Key: t.ID}, e)
		if err == nil && !found {
			err = model.ErrNotFollowed
		}
		return err
	})
	return err
}

// PauseAll lets all that a resident follows rest, or go on.
func (s *Service) PauseAll(ctx context.Context, residentID string, paused bool) error {
	return s.store.ForResident(ctx, residentID, func(tx *store.Tx) error { return tx.PauseFollows(ctx, residentID, paused) })
}

// change changes a resident's lists, and gives what the resident has made of the
// thing then.
func (s *Service) change(ctx context.Context, residentID string, t Thing, do func(*store.Tx, Thing) error) (m model.Marks, err error) {
	if t, err = s.now(ctx, t); err != nil {
		return m, err
	}
	return m, s.store.ForResident(ctx, residentID, func(tx *store.Tx) error {
		if err := do(tx, t); err != nil {
			return err
		}
		m, err = tx.Marks(ctx, residentID, t.Kind, t.ID)
		return err
	})
}
