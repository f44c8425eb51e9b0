package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// Home reads how the city laid out the first page; nothing where it never did.
func (r reads) Home(ctx context.Context) (*model.Home, error) {
	h := &model.Home{}
	_, err := r.row(ctx, `SELECT content, version FROM settings WHERE name = 'home'`, nil, asJSON(h), &h.Version)
	if err != nil {
		return nil, fmt.Errorf("read home: %w", err)
	}
	return h, nil
}

// SaveHome replaces the layout if its version is still the one that was read:
// else it is ErrStale.
func (tx *Tx) SaveHome(ctx context.Context, h *model.Home) error {
	if err := tx.setting(ctx, "home", toJSON(h), &h.Version); err != nil {
		return err
	}
	tx.changed = true
	return nil
}
