package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// PrivacyText reads a version of the privacy text, or the newest where version
// is 0; nil where there is none.
func (r reads) PrivacyText(ctx context.Context, version int64) (*model.PrivacyText, error) {
	t := &model.PrivacyText{}
	found, err := r.row(ctx, `SELECT version, text, summary, published_at FROM privacy_texts
		WHERE $1 = 0 OR version = $1 ORDER BY version DESC LIMIT 1`, []any{version},
		&t.Version, &t.Text, &t.Summary, milliseconds{&t.PublishedAt})
	if err != nil {
		return nil, fmt.Errorf("read privacy text: %w", err)
	}
	if !found {
		return nil, nil
	}
	return t, nil
}

// PrivacyVersion is the newest version of the privacy text, 0 before there is
// one.
func (r reads) PrivacyVersion(ctx context.Context) (version int64, err error) {
	if _, err = r.row(ctx, `SELECT coalesce(max(version), 0) FROM privacy_texts`, nil, &version); err != nil {
		return 0, fmt.Errorf("read privacy version: %w", err)
	}
	return version, nil
}

// PrivacyVersions lists every version of the privacy text, the newest first.
func (r reads) PrivacyVersions(ctx context.Context) ([]model.PrivacyText, error) {
	list, err := collect(ctx, r, func(row scanner) (t model.PrivacyText, err error) {
		return t, row.Scan(&t.Version, &t.Text, &t.Summary, milliseconds{&t.PublishedAt})
	}, `SELECT version, text, summary, published_at FROM privacy_texts ORDER BY version DESC`)
	if err != nil {
		return nil, fmt.Errorf("list privacy texts: %w", err)
	}
	return list, nil
}

// AddPrivacyText publishes the version after the newest one there is.
func (tx *Tx) AddPrivacyText(ctx context.Context, t *model.PrivacyText) error {
	t.PublishedAt = time.UnixMilli(tx.now())
	_, err := tx.row(ctx, `INSERT INTO privacy_texts (version, text, summary, published_at)
		SELECT coalesce(max(version), 0) + 1, $1, $2, CAST($3 AS BIGINT) FROM privacy_texts RETURNING version`,
		[]any{t.Text, t.Summary, t.PublishedAt.UnixMilli()}, &t.Version)
	if err != nil {
		return fmt.Errorf("add privacy text: %w", err)
	}
	return tx.grow(ctx, MarkSettings)
}
