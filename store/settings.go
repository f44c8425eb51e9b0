package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// MarkSettings grows when settings, the privacy text or a holiday year change.
const MarkSettings = "settings"

// Settings reads what the city set, or what a new house starts with.
func (r reads) Settings(ctx context.Context) (*model.Settings, error) {
	s := model.DefaultSettings()
	_, err := r.row(ctx, `SELECT content, version FROM settings WHERE name = 'city'`, nil, asJSON(&s), &s.Version)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return &s, nil
}

// SaveSettings replaces the settings if their version is still the one that
// was read: else it is ErrStale.
func (tx *Tx) SaveSettings(ctx context.Context, s *model.Settings) error {
	if err := tx.setting(ctx, "city", toJSON(s), &s.Version); err != nil {
		return err
	}
	tx.changed = true
	return tx.grow(ctx, MarkSettings)
}

// setting replaces what is kept under a name if its version is still the one that
// was read, 0 for nothing, and gives the new one: else it is ErrStale.
func (tx *Tx) setting(ctx context.Context, name, content string, version *int64) error {
	saved, err := tx.row(ctx, `INSERT INTO settings (name, content, version, changed_at) SELECT $4, $1, 1, CAST($2 AS BIGINT) WHERE CAST($3 AS BIGINT) = 0
		ON CONFLICT (name) DO NOTHING RETURNING version`, []any{content, tx.now(), *version, name}, version)
	if err == nil && !saved {
		saved, err = tx.row(ctx, `UPDATE settings SET content = $1, version = version + 1, changed_at = $2
			WHERE name = $4 AND version = $3 RETURNING version`, []any{content, tx.now(), *version, name}, version)
	}
	switch {
	case err != nil:
		return fmt.Errorf("save setting %s: %w", name, err)
	case !saved:
		return model.ErrStale
	}
	return nil
}

// LoadedYear is a year's holidays that an administrator loaded.
type LoadedYear struct {
	model.HolidayYear
	Version int64
}

// HolidayYears lists the years that were loaded, the oldest first.
func (r reads) HolidayYears(ctx context.Context) ([]LoadedYear, error) {
	list, err := collect(ctx, r, func(row scanner) (y LoadedYear, err error) {
		return y, row.Scan(asJSON(&y.HolidayYear), &y.Version)
	}, `SELECT content, version FROM holiday_years ORDER BY year`)
	if err != nil {
		return nil, fmt.Errorf("read holidays: %w", err)
	}
	return list, nil
}

// SaveHolidayYear loads a year, or replaces it if its version is still the one
// that was read, 0 for none: else it is ErrStale.
func (tx *Tx) SaveHolidayYear(ctx context.Context, y *LoadedYear) error {
	content := toJSON(y.HolidayYear)
	saved, err := tx.row(ctx, `INSERT INTO holiday_years (year, content, version, changed_at) SELECT CAST($1 AS BIGINT), $2, 1, CAST($3 AS BIGINT) WHERE CAST($4 AS BIGINT) = 0
		ON CONFLICT (year) DO NOTHING RETURNING version`, []any{y.Year, content, tx.now(), y.Version}, &y.Version)
	if err == nil && !saved {
		saved, err = tx.row(ctx, `UPDATE holiday_years SET content = $1, version = version + 1, changed_at = $2
			WHERE year = $3 AND version = $4 RETURNING version`, []any{content, tx.now(), y.Year, y.Version}, &y.Version)
	}
	switch {
	case err != nil:
		return fmt.Errorf("save holidays: %w", err)
	case !saved:
		return model.ErrStale
	}
	return tx.grow(ctx, MarkSettings)
}
