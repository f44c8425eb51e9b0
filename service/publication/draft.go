package publication

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Reopen begins a working copy of a document that is public, was withdrawn or
// kept.
func (s *Service) Reopen(ctx context.Context, by model.Actor, r Ref) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (e model.PublicationEvent, err error) {
		public, err := s.nouns[r.Kind].Public(ctx, r.ID)
		if err != nil {
			return e, err
		}
		return model.PublicationEvent{Act: model.PubReopened}, p.Reopen(by.ID, public, s.clock.Now())
	})
}

// Discard throws a working copy away. A draft that never was public can be taken
// back for DeletedFor.
func (s *Service) Discard(ctx context.Context, by model.Actor, r Ref) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubDiscarded}, p.Discard(by.ID, s.clock.Now())
	})
}

// Restore takes back a draft that was thrown away.
func (s *Service) Restore(ctx context.Context, by model.Actor, r Ref) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubRestored}, p.Restore(by.ID, s.clock.Now())
	})
}

// DeletedFor is how long a draft that was thrown away can be taken back.
const DeletedFor = 30 * 24 * time.Hour

// hereFor is how long somebody counts as being in a working copy after the last
// word from the browser.
const hereFor = 45 * time.Second

// Be notes that somebody is in a working copy just now, and says who else is.
func (s *Service) Be(ctx context.Context, by model.Actor, kind model.Kind, id string) (others []string, err error) {
	if _, err := s.Get(ctx, by, kind, id); err != nil {
		return nil, err
	}
	return others, s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		others, err = tx.Be(ctx, kind, id, by.ID, s.clock.Now().Add(-hereFor))
		return err
	})
}

// Leave notes that somebody has left a working copy.
func (s *Service) Leave(ctx context.Context, by model.Actor, kind model.Kind, id string) error {
	if _, err := s.Get(ctx, by, kind, id); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Leave(ctx, kind, id, by.ID, s.clock.Now().Add(-24*time.Hour))
	})
}

// Sweep forgets drafts that were thrown away long ago, each night.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.ForgetDeleted(ctx, s.clock.Now().Add(-DeletedFor))
	})
}

// History lists what was done on the way of a document, the newest first.
func (s *Service) History(ctx context.Context, by model.Actor, kind model.Kind, id string) ([]model.PublicationEvent, error) {
	if _, err := s.Get(ctx, by, kind, id); err != nil {
		return nil, err
	}
	return s.store.PublicationEvents(ctx, kind, id)
}
