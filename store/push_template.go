package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

const pushTemplateColumns = `purpose, wechat_id, title, long_term, fields, version, updated_at, updated_by`

func scanPushTemplate(row scanner) (t model.PushTemplate, err error) {
	return t, row.Scan(&t.Purpose, &t.WeChatID, &t.Title, &t.Long, asJSON(&t.Fields), &t.Version, milliseconds{&t.UpdatedAt}, &t.UpdatedBy)
}

// PushTemplates lists the templates that were set up.
func (r reads) PushTemplates(ctx context.Context) ([]model.PushTemplate, error) {
	list, err := collect(ctx, r, scanPushTemplate, `SELECT `+pushTemplateColumns+` FROM push_templates ORDER BY purpose`)
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	return list, nil
}

// PushTemplate is what serves a purpose, nil where nothing was set up.
func (r reads) PushTemplate(ctx context.Context, purpose model.Purpose) (*model.PushTemplate, error) {
	list, err := collect(ctx, r, scanPushTemplate, `SELECT `+pushTemplateColumns+` FROM push_templates WHERE purpose = $1`, purpose)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read template: %w", err)
	case len(list) == 0:
		return nil, nil
	}
	return &list[0], nil
}

// KeepPushTemplate sets up what serves a purpose, or replaces it if its version
// is still the one that was read, 0 for none: else it is ErrStale.
func (tx *Tx) KeepPushTemplate(ctx context.Context, t *model.PushTemplate) error {
	t.UpdatedAt = tx.store.clock.Now()
	kept, err := tx.row(ctx, `INSERT INTO push_templates (`+pushTemplateColumns+`)
		SELECT $1, $2, $3, CAST($4 AS BIGINT), $5, 1, CAST($6 AS BIGINT), $7 WHERE CAST($8 AS BIGINT) = 0
		ON CONFLICT (purpose) DO NOTHING RETURNING version`,
		[]any{t.Purpose, t.WeChatID, t.Title, oneIf(t.Long), toJSON(t.Fields), tx.now(), t.UpdatedBy, t.Version}, &t.Version)
	if err == nil && !kept {
		kept, err = tx.row(ctx, `UPDATE push_templates SET wechat_id = $2, title = $3, long_term = $4, fields = $5, updated_at = $6, updated_by = $7,
			version = version + 1 WHERE purpose = $1 AND version = $8 RETURNING version`,
			[]any{t.Purpose, t.WeChatID, t.Title, oneIf(t.Long), toJSON(t.Fields), tx.now(), t.UpdatedBy, t.Version}, &t.Version)
	}
	switch {
	case err != nil:
		return fmt.Errorf("keep template: %w", err)
	case !kept:
		return model.ErrStale
	}
	return nil
}

// RecentPolicies lists the IDs of the policies that became public last.
func (r reads) RecentPolicies(ctx context.Context, limit int) ([]string, error) {
	list, err := collect(ctx, r, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`SELECT id FROM policies ORDER BY published_at DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("list recent policies: %w", err)
	}
	return list, nil
}
