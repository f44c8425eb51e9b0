package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// AddErasure keeps the certificate of an erasure under its number.
func (tx *Tx) AddErasure(ctx context.Context, residentID string, e *model.Erasure) error {
	e.ErasedAt = time.UnixMilli(tx.now()).In(model.Shanghai)
	return tx.exec(ctx, "add erasure", `INSERT INTO erasures (number, resident_id, erased_at, items) VALUES ($1, $2, $3, $4)`,
		e.Number, residentID, tx.now(), toJSON(e.Items))
}

// Erasure reads a certificate by its number, nil where there is none.
func (r reads) Erasure(ctx context.Context, number string) (*model.Erasure, error) {
	list, err := r.erasures(ctx, `WHERE number = $1`, number)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Erasures lists certificates, the newest first.
func (r reads) Erasures(ctx context.Context, limit, offset int) ([]model.Erasure, error) {
	return r.erasures(ctx, `ORDER BY erased_at DESC, number LIMIT $1 OFFSET $2`, limit, offset)
}

func (r reads) erasures(ctx context.Context, which string, args ...any) ([]model.Erasure, error) {
	list, err := collect(ctx, r, func(row scanner) (e model.Erasure, err error) {
		return e, row.Scan(&e.Number, milliseconds{&e.ErasedAt}, asJSON(&e.Items))
	}, `SELECT number, erased_at, items FROM erasures `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("read erasures: %w", err)
	}
	return list, nil
}
