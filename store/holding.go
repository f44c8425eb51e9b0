package store

import (
	"context"
	"time"

	"yuandu/model"
)

// Holding is what one domain holds about residents in tables of its own, where no
// law asks to keep it: the account exports it, and erases all of it.
type Holding struct {
	What  string   // code of what is erased
	Holds []string // its tables
	Give  func(ctx context.Context, residentID string) (model.Section, error)
	Clear func(tx *Tx, ctx context.Context, residentID string) (int, error)
}

// Tables names the tables.
func (h *Holding) Tables() []string { return h.Holds }

// Export gives all of it.
func (h *Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	return h.Give(ctx, residentID)
}

// Erase forgets all of it.
func (h *Holding) Erase(ctx context.Context, tx *Tx, residentID string, _ time.Time) ([]model.ErasedItem, error) {
	n, err := h.Clear(tx, ctx, residentID)
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.ErasedItem{{What: h.What, Count: n}}, nil
}
