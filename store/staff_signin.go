package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// Credentials are by what somebody of the staff proves who it is.
type Credentials struct {
	PasswordHash string
	Factor       string // secret of the time-based codes, base32; "" before it is enrolled
}

const factorColumn = "staff.factor_sealed"

// Credentials reads what a sign-in is checked against.
func (s *Store) Credentials(ctx context.Context, staffID string) (Credentials, error) {
	var c Credentials
	var sealed []byte
	_, err := s.row(ctx, `SELECT password_hash, factor_sealed FROM staff WHERE id = $1`, []any{staffID}, &c.PasswordHash, &sealed)
	if err == nil {
		c.Factor, err = s.vault.Open(sealedPlace(factorColumn, staffID), sealed)
	}
	if err != nil {
		return c, fmt.Errorf("read credentials: %w", err)
	}
	return c, nil
}

// SetPassword keeps the hash of a password; mustChange where somebody else
// chose it.
func (tx *Tx) SetPassword(ctx context.Context, staffID, hash string, mustChange bool) error {
	return tx.exec(ctx, "set password", `UPDATE staff SET password_hash = $1, password_set_at = $2, must_change = $3, version = version + 1
		WHERE id = $4`, hash, tx.now(), oneIf(mustChange), staffID)
}

// SetFactor keeps the secret of the second factor, sealed, or takes it away
// with "".
func (tx *Tx) SetFactor(ctx context.Context, staffID, secret string) error {
	sealed, err := tx.store.sealOrNull(factorColumn, staffID, secret)
	if err != nil {
		return fmt.Errorf("set second factor: %w", err)
	}
	at := tx.now()
	if secret == "" {
		at = 0
	}
	return tx.exec(ctx, "set second factor", `UPDATE staff SET factor_sealed = $1, factor_at = $2, factor_step = 0, version = version + 1
		WHERE id = $3`, sealed, at, staffID)
}

// UseStep notes that the code of a 30-second step was used; false where it or
// a later one was already.
func (tx *Tx) UseStep(ctx context.Context, staffID string, step int64) (bool, error) {
	used, err := tx.row(ctx, `UPDATE staff SET factor_step = $1 WHERE id = $2 AND factor_step < $1 RETURNING id`,
		[]any{step, staffID}, new(string))
	if err != nil {
		return false, fmt.Errorf("use code: %w", err)
	}
	return used, nil
}

// SetRecoveryCodes replaces the recovery codes of somebody; each works once.
func (tx *Tx) SetRecoveryCodes(ctx context.Context, staffID string, codes []string) error {
	if err := tx.exec(ctx, "forget recovery codes", `DELETE FROM staff_recovery_codes WHERE staff_id = $1`, staffID); err != nil {
		return err
	}
	for _, code := range codes {
		hash, err := tx.store.vault.Hash("recovery "+staffID, code)
		if err != nil {
			return fmt.Errorf("keep recovery code: %w", err)
		}
		err = tx.exec(ctx, "keep recovery code", `INSERT INTO staff_recovery_codes (staff_id, code_hash) VALUES ($1, $2)`, staffID, hash)
		if err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode uses up a recovery code and says how many are left; ok is
// false where it is not one, or was used.
func (tx *Tx) UseRecoveryCode(ctx context.Context, staffID, code string) (left int, ok bool, err error) {
	hash, err := tx.store.vault.Hash("recovery "+staffID, code)
	if err != nil {
		return 0, false, fmt.Errorf("use recovery code: %w", err)
	}
	ok, err = tx.row(ctx, `UPDATE staff_recovery_codes SET used_at = $1 WHERE staff_id = $2 AND code_hash = $3 AND used_at = 0
		RETURNING staff_id`, []any{tx.now(), staffID, hash}, new(string))
	if err == nil {
		left, err = tx.RecoveryCodesLeft(ctx, staffID)
	}
	if err != nil {
		return 0, false, fmt.Errorf("use recovery code: %w", err)
	}
	return left, ok, nil
}

// RecoveryCodesLeft counts the recovery codes that still work.
func (r reads) RecoveryCodesLeft(ctx context.Context, staffID string) (n int, err error) {
	_, err = r.row(ctx, `SELECT count(*) FROM staff_recovery_codes WHERE staff_id = $1 AND used_at = 0`, []any{staffID}, &n)
	return n, err
}

const staffSessionColumns = `id, staff_id, stage, address, agent, created_at, seen_at, expires_at, ended_at, ended_why`

func scanStaffSession(row scanner) (v model.StaffSession, err error) {
	return v, row.Scan(&v.ID, &v.StaffID, &v.Stage, &v.Address, &v.Agent, milliseconds{&v.CreatedAt}, milliseconds{&v.SeenAt},
		milliseconds{&v.ExpiresAt}, ifAny{&v.EndedAt}, &v.EndedWhy)
}

// AddStaffSession keeps a sign-in under the hash of its token.
func (tx *Tx) AddStaffSession(ctx context.Context, v *model.StaffSession, tokenHash string) error {
	v.ID = NewID()
	return tx.exec(ctx, "add staff session", `
		INSERT INTO staff_sessions (id, staff_id, token_hash, stage, address, agent, created_at, seen_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, v.ID, v.StaffID, tokenHash, v.Stage, v.Address, v.Agent,
		v.CreatedAt.UnixMilli(), v.SeenAt.UnixMilli(), v.ExpiresAt.UnixMilli())
}

// StaffSession finds a session by the hash of its token, nil where there is
// none. It may have ended.
func (r reads) StaffSession(ctx context.Context, tokenHash string) (*model.StaffSession, error) {
	list, err := collect(ctx, r, scanStaffSession, `SELECT `+staffSessionColumns+` FROM staff_sessions WHERE token_hash = $1`, tokenHash)
	if err != nil {
		return nil, fmt.Errorf("read staff session: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// StaffSessions lists the sessions of somebody that may still last, the latest
// seen first; the caller looks whether they live.
func (r reads) StaffSessions(ctx context.Context, staffID string, now time.Time) ([]model.StaffSession, error) {
	list, err := collect(ctx, r, scanStaffSession, `SELECT `+staffSessionColumns+` FROM staff_sessions
		WHERE staff_id = $1 AND ended_at = 0 AND expires_at > $2 AND seen_at > $3 AND stage = 'full'
		ORDER BY seen_at DESC, id DESC LIMIT 100`, staffID, now.UnixMilli(), now.Add(-model.StaffIdle).UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("list staff sessions: %w", err)
	}
	return list, nil
}

// SeeStaff notes that a session was used.
func (tx *Tx) SeeStaff(ctx context.Context, v *model.StaffSession) error {
	err := tx.exec(ctx, "see staff", `UPDATE staff_sessions SET seen_at = $1 WHERE id = $2`, v.SeenAt.UnixMilli(), v.ID)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "see staff", `UPDATE staff SET seen_at = $1 WHERE id = $2`, v.SeenAt.UnixMilli(), v.StaffID)
}

// MoveStaffSession brings a session to another stage under a new token: one
// that was seen before the step is worth nothing after it.
func (tx *Tx) MoveStaffSession(ctx context.Context, v *model.StaffSession, tokenHash string) error {
	return tx.exec(ctx, "move staff session", `UPDATE staff_sessions SET stage = $1, token_hash = $2, seen_at = $3, expires_at = $4, offered_sealed = NULL
		WHERE id = $5 AND ended_at = 0`, v.Stage, tokenHash, v.SeenAt.UnixMilli(), v.ExpiresAt.UnixMilli(), v.ID)
}

const offeredColumn = "staff_sessions.offered_sealed"

// OfferFactor keeps the secret of a second factor that a session is enrolling.
func (tx *Tx) OfferFactor(ctx context.Context, sessionID, secret string) error {
	sealed, err := tx.store.sealOrNull(offeredColumn, sessionID, secret)
	if err != nil {
		return fmt.Errorf("offer second factor: %w", err)
	}
	return tx.exec(ctx, "offer second factor", `UPDATE staff_sessions SET offered_sealed = $1 WHERE id = $2`, sealed, sessionID)
}

// OfferedFactor is the secret that a session is enrolling, "" for none.
func (s *Store) OfferedFactor(ctx context.Context, sessionID string) (secret string, err error) {
	var sealed []byte
	if _, err = s.row(ctx, `SELECT offered_sealed FROM staff_sessions WHERE id = $1`, []any{sessionID}, &sealed); err == nil {
		secret, err = s.vault.Open(sealedPlace(offeredColumn, sessionID), sealed)
	}
	if err != nil {
		return "", fmt.Errorf("read offered factor: %w", err)
	}
	return secret, nil
}

// EndStaffSessions ends the sessions of somebody: the one of an ID, or all but
// one where id is "". It says how many.
func (tx *Tx) EndStaffSessions(ctx context.Context, staffID, id, but, why string) (int, error) {
	ended, err := collect(ctx, tx.reads, func(row scanner) (id string, err error) { return id, row.Scan(&id) }, `
		UPDATE staff_sessions SET ended_at = $1, ended_why = $2
		WHERE staff_id = $3 AND ($4 = '' OR id = $4) AND id <> $5 AND ended_at = 0 RETURNING id`, tx.now(), why, staffID, id, but)
	if err != nil {
		return 0, fmt.Errorf("end staff sessions: %w", err)
	}
	return len(ended), nil
}

// ForgetStaffSessions forgets sessions that ended before a moment, or would
// have, and failures that old.
func (tx *Tx) ForgetStaffSessions(ctx context.Context, before time.Time) error {
	err := tx.exec(ctx, "forget staff sessions", `DELETE FROM staff_sessions WHERE expires_at < $1 OR (ended_at > 0 AND ended_at < $1)`,
		before.UnixMilli())
	if err != nil {
		return err
	}
	return tx.exec(ctx, "forget failures", `DELETE FROM sign_in_failures WHERE last_at < $1`, before.UnixMilli())
}

// Failures are wrong passwords and codes in a row under one login name.
type Failures struct {
	Count int
	Until time.Time // no further try before; zero for none
}

// Failures reads the failures under a login name, known here or not.
func (s *Store) Failures(ctx context.Context, login string) (f Failures, err error) {
	hash, err := s.vault.Hash("login", login)
	if err == nil {
		_, err = s.row(ctx, `SELECT count, until FROM sign_in_failures WHERE login_hash = $1`, []any{hash}, &f.Count, ifAny{&f.Until})
	}
	if err != nil {
		return f, fmt.Errorf("read failures: %w", err)
	}
	return f, nil
}

// AddFailure counts one more failure under a login name. until says from when
// on the next try is let in, given how many there are now.
func (tx *Tx) AddFailure(ctx context.Context, login string, until func(count int) time.Time) (f Failures, err error) {
	hash, err := tx.store.vault.Hash("login", login)
	if err == nil {
		_, err = tx.row(ctx, `INSERT INTO sign_in_failures (login_hash, count, last_at, until) VALUES ($1, 1, $2, 0)
			ON CONFLICT (login_hash) DO UPDATE SET count = sign_in_failures.count + 1, last_at = excluded.last_at
			RETURNING count`, []any{hash, tx.now()}, &f.Count)
	}
	if err == nil {
		f.Until = until(f.Count)
		err = tx.exec(ctx, "count failure", `UPDATE sign_in_failures SET until = $1 WHERE login_hash = $2`, millis(f.Until), hash)
	}
	if err != nil {
		return f, fmt.Errorf("count failure: %w", err)
	}
	return f, nil
}

// ForgiveFailures forgets the failures under a login name.
func (tx *Tx) ForgiveFailures(ctx context.Context, login string) error {
	hash, err := tx.store.vault.Hash("login", login)
	if err != nil {
		return fmt.Errorf("forgive failures: %w", err)
	}
	return tx.exec(ctx, "forgive failures", `DELETE FROM sign_in_failures WHERE login_hash = $1`, hash)
}
