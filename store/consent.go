package store

import (
	"context"
	"fmt"
	"strings"
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

const guardianColumn = "consents.guardian_sealed"

// Consent reads the latest consent of a resident, nil where there is none.
func (s *Store) Consent(ctx context.Context, residentID string) (*model.Consent, error) {
	list, err := s.Consents(ctx, residentID, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Consents lists consents of a resident, the latest first.
func (s *Store) Consents(ctx context.Context, residentID string, limit int) ([]model.Consent, error) {
	list, err := collect(ctx, s.reads, s.scanConsent, `SELECT id, resident_id, privacy_version, given_at, withdrawn_at, minor,
			guardian_relation, guardian_sealed
		FROM consents WHERE resident_id = $1 ORDER BY given_at DESC, id DESC LIMIT $2`, residentID, limit)
	if err != nil {
		return nil, fmt.Errorf("read consents: %w", err)
	}
	return list, nil
}

func (s *Store) scanConsent(row scanner) (c model.Consent, err error) {
	var minor int64
	var sealed []byte
	err = row.Scan(&c.ID, &c.ResidentID, &c.PrivacyVersion, milliseconds{&c.GivenAt}, ifAny{&c.WithdrawnAt}, &minor,
		&c.Guardian.Relation, &sealed)
	if err != nil {
		return c, err
	}
	c.Minor = minor == 1
	guardian, err := s.vault.Open(sealedPlace(guardianColumn, c.ID), sealed)
	c.Guardian.Name, c.Guardian.Phone, _ = strings.Cut(guardian, "\n")
	return c, err
}

// AddConsent keeps a consent.
func (tx *Tx) AddConsent(ctx context.Context, c *model.Consent) error {
	c.ID, c.GivenAt = NewID(), time.UnixMilli(tx.now())
	guardian := ""
	if c.Minor {
		guardian = c.Guardian.Name + "\n" + c.Guardian.Phone
	}
	sealed, err := tx.store.sealOrNull(guardianColumn, c.ID, guardian)
	if err != nil {
		return fmt.Errorf("add consent: %w", err)
	}
	return tx.exec(ctx, "add consent", `
		INSERT INTO consents (id, resident_id, privacy_version, given_at, minor, guardian_relation, guardian_sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.ID, c.ResidentID, c.PrivacyVersion, tx.now(), oneIf(c.Minor), c.Guardian.Relation, sealed)
}

// WithdrawConsent withdraws every consent of a resident and says whether there
// was one.
func (tx *Tx) WithdrawConsent(ctx context.Context, residentID string) (bool, error) {
	ids, err := collect(ctx, tx.reads, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`UPDATE consents SET withdrawn_at = $1 WHERE resident_id = $2 AND withdrawn_at = 0 RETURNING id`, tx.now(), residentID)
	if err != nil {
		return false, fmt.Errorf("withdraw consent: %w", err)
	}
	return len(ids) > 0, nil
}

// EraseGuardians forgets who agreed for a child, and says how many consents a
// resident gave.
func (tx *Tx) EraseGuardians(ctx context.Context, residentID string) (consents int, err error) {
	if _, err := tx.row(ctx, `SELECT count(*) FROM consents WHERE resident_id = $1`, []any{residentID}, &consents); err != nil {
		return 0, fmt.Errorf("count consents: %w", err)
	}
	return consents, tx.exec(ctx, "erase guardians", `UPDATE consents SET guardian_sealed = NULL, guardian_relation = ''
		WHERE resident_id = $1`, residentID)
}

// ForgetConsents forgets the consents of those whose account was erased before
// a moment.
func (tx *Tx) ForgetConsents(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget consents", `DELETE FROM consents WHERE resident_id IN
		(SELECT id FROM residents WHERE erased_at > 0 AND erased_at < $1)`, before.UnixMilli())
}

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

// ResidentCounts are how many residents there are, in what state; never who.
type ResidentCounts struct {
	Total, SeenThisMonth, WithPhone, Minors, Withdrawn, Erased int
	Agreed                                                     map[int64]int // by version of the privacy text
}

// ResidentCounts counts residents. since is from when on they count as seen.
func (r reads) ResidentCounts(ctx context.Context, since time.Time) (*ResidentCounts, error) {
	c := &ResidentCounts{Agreed: map[int64]int{}}
	_, err := r.row(ctx, `SELECT
			coalesce(sum(CASE WHEN erased_at = 0 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN erased_at = 0 AND seen_at >= $1 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN phone_hash IS NOT NULL THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN erased_at > 0 THEN 1 ELSE 0 END), 0)
		FROM residents`, []any{since.UnixMilli()}, &c.Total, &c.SeenThisMonth, &c.WithPhone, &c.Erased)
	if err != nil {
		return nil, fmt.Errorf("count residents: %w", err)
	}
	latest := `FROM consents c JOIN residents r ON r.id = c.resident_id AND r.erased_at = 0
		WHERE NOT EXISTS (SELECT 1 FROM consents n WHERE n.resident_id = c.resident_id AND (n.given_at, n.id) > (c.given_at, c.id))`
	_, err = r.row(ctx, `SELECT coalesce(sum(CASE WHEN c.withdrawn_at > 0 THEN 1 ELSE 0 END), 0), coalesce(sum(c.minor), 0) `+latest,
		nil, &c.Withdrawn, &c.Minors)
	if err != nil {
		return nil, fmt.Errorf("count consents: %w", err)
	}
	_, err = collect(ctx, r, func(row scanner) (any, error) {
		var version int64
		var count int
		err := row.Scan(&version, &count)
		c.Agreed[version] = count
		return nil, err
	}, `SELECT c.privacy_version, count(*) `+latest+` AND c.withdrawn_at = 0 GROUP BY c.privacy_version`)
	if err != nil {
		return nil, fmt.Errorf("count consents: %w", err)
	}
	return c, nil
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
