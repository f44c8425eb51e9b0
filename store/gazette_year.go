package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// GazetteYears are the years of which somebody said how many issues they have.
func (r reads) GazetteYears(ctx context.Context) (map[int]*model.GazetteYear, error) {
	years := map[int]*model.GazetteYear{}
	_, err := collect(ctx, r, func(row scanner) (*model.GazetteYear, error) {
		y := &model.GazetteYear{}
		err := row.Scan(&y.Year, &y.Version, &y.Issues, asJSON(&y.Gaps))
		years[y.Year] = y
		return y, err
	}, `SELECT year, version, issues, gaps FROM gazette_years ORDER BY year`)
	if err != nil {
		return nil, fmt.Errorf("read years of the gazette: %w", err)
	}
	return years, nil
}

// SaveGazetteYear keeps what a year has; version 0 is of one that nobody has written yet. It is
// ErrStale where somebody has meanwhile.
func (tx *Tx) SaveGazetteYear(ctx context.Context, y *model.GazetteYear) error {
	kept, err := tx.row(ctx, `INSERT INTO gazette_years (year, version, issues, gaps) SELECT $1, 1, $2, $3
			WHERE $4 = 0 OR EXISTS (SELECT 1 FROM gazette_years WHERE year = $5)
		ON CONFLICT (year) DO UPDATE SET version = gazette_years.version + 1, issues = excluded.issues, gaps = excluded.gaps
			WHERE gazette_years.version = $6
		RETURNING version`, []any{y.Year, y.Issues, toJSON(y.Gaps), y.Version, y.Year, y.Version}, &y.Version)
	switch {
	case err != nil:
		return fmt.Errorf("save year of the gazette: %w", err)
	case !kept:
		return model.ErrStale
	}
	tx.changed = true
	return nil
}
