package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

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

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
