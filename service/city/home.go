package city

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Home is how the first page is laid out. known are the blocks that there are,
// as a city starts with them.
func (s *Service) Home(ctx context.Context, known []model.HomeBlock) (*model.Home, error) {
	h, err := s.store.Home(ctx)
	if err != nil {
		return nil, err
	}
	h.Complete(known)
	return h, nil
}

// EditHome lays out the first page if nobody has done so since its version.
func (s *Service) EditHome(ctx context.Context, by model.Actor, known []model.HomeBlock, h *model.Home) error {
	if !by.May(model.ActEditHome) {
		return model.ErrNotAllowed
	}
	if wrong := h.Validate(known); wrong != nil {
		return wrong
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveHome(ctx, h); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "home.edited", Object: model.Ref{Kind: "settings", ID: "home"}, Details: h})
	})
}
