package publication

import (
	"context"
	"errors"

	"yuandu/model"
	"yuandu/store"
)

// PublishDue publishes all documents whose time has come. One that cannot be
// published goes back to review and says why; it does not keep the others. Any
// number of processes may do it: each document appears once.
func (s *Service) PublishDue(ctx context.Context) error {
	for {
		list, err := s.store.Due(ctx, s.clock.Now(), 50)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, p := range list {
			if err := s.publishOne(ctx, Ref{p.Kind, p.ID, p.Version}); err != nil {
				return err
			}
		}
	}
}

func (s *Service) publishOne(ctx context.Context, r Ref) error {
	house := model.System("schedule")
	_, err := s.act(ctx, house, r, model.ActReviewDocuments, func(tx *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		if !p.IsDue(s.clock.Now()) {
			return model.PublicationEvent{}, model.ErrNotScheduled
		}
		return s.appear(ctx, tx, house, p)
	})
	var refused *model.Error
	switch {
	case errors.Is(err, model.ErrStale), errors.Is(err, model.ErrNotScheduled):
		return nil // somebody was faster: it is published, held or withdrawn
	case errors.As(err, &refused):
		s.log.Warn("a scheduled document was refused", "kind", r.Kind, "id", r.ID, "code", refused.Code)
		return s.refuse(ctx, house, r, refused)
	}
	return err
}

// refuse gives a document whose time came back to review.
func (s *Service) refuse(ctx context.Context, house model.Actor, r Ref, why *model.Error) error {
	_, err := s.act(ctx, house, r, model.ActReviewDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubFailed, Note: why.Code}, p.Hold(p.Review.By, s.clock.Now())
	})
	if errors.Is(err, model.ErrStale) {
		return nil
	}
	return err
}
