// Package follow is what residents keep an eye on: documents that they keep
// (收藏), and what they follow (订阅).
package follow

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Service is favourites and follows.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

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
func (s *Service) Follows(ctx context.Context, residentID string, limit, offset int) ([]model.Follow, int, error) {
	return s.store.Follows(ctx, residentID, limit, offset)
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

var missing = map[model.Kind]*model.Error{
	model.KindPolicy: model.ErrPolicyMissing, model.KindInterpretation: model.ErrInterpretationMissing,
	model.KindTopic: model.ErrTopicMissing, model.KindDepartment: model.ErrDepartmentMissing,
}

// Keep keeps a public document.
func (s *Service) Keep(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	return s.add(ctx, residentID, t, (*store.Tx).AddFavourite)
}

// Follow follows a topic, a department or a public policy.
func (s *Service) Follow(ctx context.Context, residentID string, t Thing) (model.Marks, error) {
	return s.add(ctx, residentID, t, (*store.Tx).AddFollow)
}

type adding func(tx *store.Tx, ctx context.Context, residentID string, kind model.Kind, id string) (found bool, err error)

func (s *Service) add(ctx context.Context, residentID string, t Thing, add adding) (m model.Marks, err error) {
	return s.change(ctx, residentID, t, func(tx *store.Tx, t Thing) error {
		found, err := add(tx, ctx, residentID, t.Kind, t.ID)
		if err == nil && !found {
			err = missing[t.Kind]
		}
		return err
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

// change changes a resident's lists, which nobody else does meanwhile, and gives
// what the resident has made of the thing then.
func (s *Service) change(ctx context.Context, residentID string, t Thing, do func(*store.Tx, Thing) error) (m model.Marks, err error) {
	if t, err = s.now(ctx, t); err != nil {
		return m, err
	}
	return m, s.store.InTx(ctx, func(tx *store.Tx) error {
		there, err := tx.TakeResident(ctx, residentID)
		switch {
		case err != nil:
			return err
		case !there:
			return model.ErrSignInNeeded
		}
		if err := do(tx, t); err != nil {
			return err
		}
		m, err = tx.Marks(ctx, residentID, t.Kind, t.ID)
		return err
	})
}
