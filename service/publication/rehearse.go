package publication

import (
	"context"
	"errors"

	"yuandu/model"
	"yuandu/store"
)

// Rehearsed is the change that would be told of a document.
type Rehearsed struct {
	Announcement *model.Announcement
	Touches      []model.Touch
	Policy       *store.IndexedPolicy // what saved searches would look at, nil where they don't
}

// errRehearsed undoes a rehearsal.
var errRehearsed = errors.New("a rehearsal is undone")

// Rehearse makes a working copy public as Sign would, looks whom that touches, and
// undoes it all: so it comes to what Sign then comes to.
func (s *Service) Rehearse(ctx context.Context, by model.Actor, kind model.Kind, id string) (*Rehearsed, error) {
	var r *Rehearsed
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		p, err := tx.PublicationFor(ctx, kind, id)
		if err != nil {
			return err
		}
		if err := s.may(ctx, by, model.ActReviewDocuments, kind, p.DepartmentID); err != nil {
			return err
		}
		if p.Content == nil {
			return model.ErrNotInReview
		}
		if r, err = s.rehearsed(ctx, tx, p); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return r, err
}

func (s *Service) rehearsed(ctx context.Context, tx *store.Tx, p *model.Publication) (*Rehearsed, error) {
	c := &model.Change{Kind: p.Kind, Object: p.ID, What: model.PubPublished}
	if p.Public {
		c.What = model.PubCorrected
	}
	if _, err := s.nouns[p.Kind].Publish(ctx, tx, p, store.Edition{Act: c.What}); err != nil {
		return nil, err
	}
	return s.touched(ctx, tx, c, p.Title)
}

// touched is what telling of a document touches, as it is public now.
func (s *Service) touched(ctx context.Context, tx *store.Tx, c *model.Change, title string) (*Rehearsed, error) {
	touches, err := s.touches(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	r := &Rehearsed{Announcement: announcementOf(c, title, &model.Review{}), Touches: touches}
	if c.Kind == model.KindPolicy && r.Announcement.Stage == model.StageMatching {
		r.Policy, err = tx.IndexedPolicy(ctx, c.Object)
	}
	return r, err
}

// RehearseAgain looks whom it would touch to tell of a policy that is public
// already, as if it had just been published or corrected.
func (s *Service) RehearseAgain(ctx context.Context, id string, what model.PublicationAct) (r *Rehearsed, err error) {
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		p, err := tx.IndexedPolicy(ctx, id)
		if err == nil && p == nil {
			err = model.ErrPolicyMissing
		}
		if err != nil {
			return err
		}
		r, err = s.touched(ctx, tx, &model.Change{Kind: model.KindPolicy, Object: id, What: what}, p.Title)
		return err
	})
	return r, err
}
