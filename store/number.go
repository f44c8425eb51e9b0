package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// NextNumber gives the next number of a series in a year, from 1 on. It is taken
// with the transaction: one that is undone gives it back, so that no number is
// missing, and others of the series wait until this one has ended.
func (tx *Tx) NextNumber(ctx context.Context, s model.Series, year int) (n int64, err error) {
	_, err = tx.row(ctx, `INSERT INTO numbers (series, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (series, year) DO UPDATE SET last = numbers.last + 1 RETURNING last`, []any{s.Name, year}, &n)
	if err != nil {
		return 0, fmt.Errorf("number %s: %w", s.Name, err)
	}
	return n, nil
}
