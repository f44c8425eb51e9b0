package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"yuandu/model"
)

// What residents' hashes and seals are made for.
const (
	hashOpenID = "openid"
	hashPhone  = "phone"
)

// ResidentByOpenID finds a resident, nil where there is none.
func (s *Store) ResidentByOpenID(ctx context.Context, openID string) (*model.Resident, error) {
	hash, err := s.vault.Hash(hashOpenID, openID)
	if err != nil {
		return nil, fmt.Errorf("find resident: %w", err)
	}
	return s.resident(ctx, s.reads, `openid_hash = $1`, hash)
}

// Resident reads a resident, nil where there is none or it was erased.
func (s *Store) Resident(ctx context.Context, id string) (*model.Resident, error) {
	return s.resident(ctx, s.reads, `id = $1 AND erased_at = 0`, id)
}

// Resident reads a resident for a change: nobody else changes it until this
// transaction has ended.
func (tx *Tx) Resident(ctx context.Context, id string) (*model.Resident, error) {
	if err := tx.exec(ctx, "take resident", `UPDATE residents SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	return tx.store.resident(ctx, tx.reads, `id = $1 AND erased_at = 0`, id)
}

// TakeResident keeps others from changing what a resident has until this
// transaction has ended; there is false where the resident was erased.
func (tx *Tx) TakeResident(ctx context.Context, id string) (there bool, err error) {
	there, err = tx.row(ctx, `UPDATE residents SET version = version WHERE id = $1 AND erased_at = 0 RETURNING id`, []any{id}, new(string))
	if err != nil {
		return false, fmt.Errorf("take resident: %w", err)
	}
	return there, nil
}

// ForResident does something to what a resident has, which nobody else does
// meanwhile; it is ErrSignInNeeded where the resident was erased.
func (s *Store) ForResident(ctx context.Context, id string, do func(*Tx) error) error {
	return s.InTx(ctx, func(tx *Tx) error {
		there, err := tx.TakeResident(ctx, id)
		switch {
		case err != nil:
			return err
		case !there:
			return model.ErrSignInNeeded
		}
		return do(tx)
	})
}

func (s *Store) resident(ctx context.Context, from reads, condition string, arg any) (*model.Resident, error) {
	r := &model.Resident{}
	var openID, unionID, phone, name []byte
	found, err := from.row(ctx, `SELECT id, openid_sealed, unionid_sealed, phone_sealed, name_sealed, created_at, seen_at, version
		FROM residents WHERE `+condition, []any{arg}, &r.ID, &openID, &unionID, &phone, &name,
		milliseconds{&r.CreatedAt}, milliseconds{&r.SeenAt}, &r.Version)
	if err == nil && found {
		err = s.openAll(r.ID, map[string]sealedInto{"residents.openid_sealed": {openID, &r.OpenID}, "residents.unionid_sealed": {unionID, &r.UnionID},
			"residents.phone_sealed": {phone, &r.Phone}, "residents.name_sealed": {name, &r.Name}})
	}
	if err != nil {
		return nil, fmt.Errorf("read resident: %w", err)
	}
	if !found {
		return nil, nil
	}
	return r, nil
}

// sealedInto is a sealed value and where it goes when it is opened.
type sealedInto struct {
	sealed []byte
	into   *string
}

func (s *Store) openAll(id string, columns map[string]sealedInto) (err error) {
	for column, c := range columns {
		if *c.into, err = s.vault.Open(sealedPlace(column, id), c.sealed); err != nil {
			return fmt.Errorf("%s: %w", column, err)
		}
	}
	return nil
}

// sealedPlace is the place that a column of a row is sealed for.
func sealedPlace(column, id string) string { return column + ":" + id }

// sealOrNull seals a value for a column, NULL for "".
func (s *Store) sealOrNull(column, id, value string) (any, error) {
	if value == "" {
		return nil, nil
	}
	return s.vault.Seal(sealedPlace(column, id), value)
}

func (s *Store) hashOrNull(kind, value string) (any, error) {
	if value == "" {
		return nil, nil
	}
	return s.vault.Hash(kind, value)
}

// SaveResident adds a resident, or changes the one of the same ID if its
// version is still the one that was read: else it is ErrStale. One openid has
// one resident: added again, the first one's ID is given.
func (tx *Tx) SaveResident(ctx context.Context, r *model.Resident) error {
	added := r.ID == ""
	if added {
		r.ID = NewID()
	}
	sealed, err := tx.store.sealResident(r)
	if err != nil {
		return fmt.Errorf("save resident: %w", err)
	}
	if added {
		return tx.addResident(ctx, r, sealed)
	}
	changed, err := tx.row(ctx, `UPDATE residents SET phone_hash = $1, phone_sealed = $2, name_sealed = $3, version = version + 1
		WHERE id = $4 AND version = $5 AND erased_at = 0 RETURNING version`,
		[]any{sealed.phoneHash, sealed.phone, sealed.name, r.ID, r.Version}, &r.Version)
	if err != nil {
		return fmt.Errorf("save resident: %w", err)
	}
	if !changed {
		return model.ErrStale
	}
	return nil
}

type sealedResident struct{ openIDHash, openID, unionID, phoneHash, phone, name any }

func (s *Store) sealResident(r *model.Resident) (v sealedResident, err error) {
	for _, column := range []struct {
		into  *any
		name  string
		value string
	}{{&v.openID, "residents.openid_sealed", r.OpenID}, {&v.unionID, "residents.unionid_sealed", r.UnionID},
		{&v.phone, "residents.phone_sealed", r.Phone}, {&v.name, "residents.name_sealed", r.Name}} {
		if *column.into, err = s.sealOrNull(column.name, r.ID, column.value); err != nil {
			return v, err
		}
	}
	if v.openIDHash, err = s.hashOrNull(hashOpenID, r.OpenID); err != nil {
		return v, err
	}
	v.phoneHash, err = s.hashOrNull(hashPhone, r.Phone)
	return v, err
}

// addResident leaves the row of somebody who signed in elsewhere meanwhile as
// it is.
func (tx *Tx) addResident(ctx context.Context, r *model.Resident, v sealedResident) error {
	now := tx.now()
	_, err := tx.row(ctx, `
		INSERT INTO residents (id, openid_hash, openid_sealed, unionid_sealed, phone_hash, phone_sealed, name_sealed, created_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
		ON CONFLICT (openid_hash) DO UPDATE SET seen_at = excluded.seen_at RETURNING id, created_at, seen_at, version`,
		[]any{r.ID, v.openIDHash, v.openID, v.unionID, v.phoneHash, v.phone, v.name, now},
		&r.ID, milliseconds{&r.CreatedAt}, milliseconds{&r.SeenAt}, &r.Version)
	if err != nil {
		return fmt.Errorf("add resident: %w", err)
	}
	return nil
}

// AddResidentSession keeps a device's sign-in under the hash of its token.
func (tx *Tx) AddResidentSession(ctx context.Context, v *model.ResidentSession, tokenHash string) error {
	v.ID = NewID()
	return tx.exec(ctx, "add resident session", `
		INSERT INTO resident_sessions (id, resident_id, token_hash, device, created_at, seen_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, v.ID, v.ResidentID, tokenHash, v.Device,
		v.CreatedAt.UnixMilli(), v.SeenAt.UnixMilli(), v.ExpiresAt.UnixMilli())
}

const residentSessionColumns = `id, resident_id, device, created_at, seen_at, expires_at, ended_at, ended_why`

func scanResidentSession(row scanner) (v model.ResidentSession, err error) {
	return v, row.Scan(&v.ID, &v.ResidentID, &v.Device, milliseconds{&v.CreatedAt}, milliseconds{&v.SeenAt},
		milliseconds{&v.ExpiresAt}, ifAny{&v.EndedAt}, &v.EndedWhy)
}

// ResidentSession finds a session by the hash of its token, nil where there is
// none. It may have ended.
func (r reads) ResidentSession(ctx context.Context, tokenHash string) (*model.ResidentSession, error) {
	list, err := collect(ctx, r, scanResidentSession,
		`SELECT `+residentSessionColumns+` FROM resident_sessions WHERE token_hash = $1`, tokenHash)
	if err != nil {
		return nil, fmt.Errorf("read resident session: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// ResidentSessions lists the sessions of a resident that last, the latest seen
// first.
func (r reads) ResidentSessions(ctx context.Context, residentID string, now time.Time) ([]model.ResidentSession, error) {
	list, err := collect(ctx, r, scanResidentSession, `SELECT `+residentSessionColumns+` FROM resident_sessions
		WHERE resident_id = $1 AND ended_at = 0 AND expires_at > $2 ORDER BY seen_at DESC, id DESC LIMIT 100`, residentID, now.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("list resident sessions: %w", err)
	}
	return list, nil
}

// SeeResident notes that a session was used, and lets it last until a moment.
func (tx *Tx) SeeResident(ctx context.Context, v *model.ResidentSession) error {
	err := tx.exec(ctx, "see resident", `UPDATE resident_sessions SET seen_at = $1, expires_at = $2 WHERE id = $3`,
		v.SeenAt.UnixMilli(), v.ExpiresAt.UnixMilli(), v.ID)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "see resident", `UPDATE residents SET seen_at = $1 WHERE id = $2`, v.SeenAt.UnixMilli(), v.ResidentID)
}

// EndResidentSession ends one session of a resident and says whether it lasted
// until now.
func (tx *Tx) EndResidentSession(ctx context.Context, residentID, id, why string) (bool, error) {
	ended, err := tx.row(ctx, `UPDATE resident_sessions SET ended_at = $1, ended_why = $2
		WHERE resident_id = $3 AND id = $4 AND ended_at = 0 RETURNING id`, []any{tx.now(), why, residentID, id}, new(string))
	if err != nil {
		return false, fmt.Errorf("end resident session: %w", err)
	}
	return ended, nil
}

// ForgetResidentSessions forgets sessions that ended before a moment, or would
// have.
func (tx *Tx) ForgetResidentSessions(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget resident sessions", `DELETE FROM resident_sessions
		WHERE expires_at < $1 OR (ended_at > 0 AND ended_at < $1)`, before.UnixMilli())
}

// EraseResident empties a resident's row, ends the sessions and says how many
// there were; ok is false where it was erased already.
func (tx *Tx) EraseResident(ctx context.Context, id string) (sessions int, ok bool, err error) {
	ok, err = tx.row(ctx, `UPDATE residents SET erased_at = $1, openid_hash = NULL, openid_sealed = NULL, unionid_sealed = NULL,
			phone_hash = NULL, phone_sealed = NULL, name_sealed = NULL, version = version + 1
		WHERE id = $2 AND erased_at = 0 RETURNING id`, []any{tx.now(), id}, new(string))
	if err != nil || !ok {
		return 0, false, err
	}
	if _, err := tx.row(ctx, `SELECT count(*) FROM resident_sessions WHERE resident_id = $1`, []any{id}, &sessions); err != nil {
		return 0, false, fmt.Errorf("count resident sessions: %w", err)
	}
	return sessions, true, tx.exec(ctx, "end resident sessions", `UPDATE resident_sessions
		SET device = '', ended_at = $1, ended_why = $2 WHERE resident_id = $3 AND ended_at = 0`, tx.now(), model.EndedErased, id)
}

func orNull(id string) sql.NullString { return sql.NullString{String: id, Valid: id != ""} }
