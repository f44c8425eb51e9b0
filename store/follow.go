package store

import (
	"context"
	"database/sql"
	"fmt"

	"yuandu/model"
)

// FollowCounts is how much a resident follows, and how much of it rests.
type FollowCounts struct{ Total, Paused int }

// Follows lists what a resident follows, the newest first, and counts all. Names
// are those of when it was followed; a loss is there only where it was withdrawn.
func (s *Store) Follows(ctx context.Context, residentID string, limit, offset int) (list []model.Follow, n FollowCounts, err error) {
	list, err = collect(ctx, s.reads, scanFollow, `SELECT f.kind, f.key, f.name, f.followed_at, f.pace, f.paused, coalesce(b.withdrawal, 'null')
		FROM follows f LEFT JOIN publications b ON b.kind = f.kind AND b.id = f.key AND b.public = 0
		WHERE f.resident_id = $1 ORDER BY f.followed_at DESC, f.key DESC, f.kind LIMIT $2 OFFSET $3`, residentID, limit, offset)
	if err == nil {
		_, err = s.row(ctx, `SELECT count(*), CAST(coalesce(sum(paused), 0) AS BIGINT) FROM follows WHERE resident_id = $1`, []any{residentID}, &n.Total, &n.Paused)
	}
	if err != nil {
		return nil, n, fmt.Errorf("list follows: %w", err)
	}
	return list, n, nil
}

func scanFollow(row scanner) (f model.Follow, err error) {
	var withdrawal *model.Withdrawal
	err = row.Scan(&f.Kind, &f.Key, &f.Name, milliseconds{&f.FollowedAt}, &f.Pace, &f.Paused, asJSON(&withdrawal))
	if withdrawal != nil {
		f.Loss = &model.Loss{Withdrawal: withdrawal}
	}
	return f, err
}

// AddFollow lets a resident who was taken by TakeResident follow something of a
// name. Followed again, nothing changes.
func (tx *Tx) AddFollow(ctx context.Context, residentID string, thing model.Touch, name string) error {
	held, err := tx.room(ctx, "follows", residentID, thing.Kind, thing.Key)
	switch {
	case err != nil || held.there:
		return err
	case held.count >= model.MostFollows:
		return model.ErrFollowsFull.With("", map[string]any{"most": model.MostFollows})
	}
	return tx.exec(ctx, "add follow", `INSERT INTO follows (resident_id, kind, key, name, followed_at) VALUES ($1, $2, $3, $4, $5)`,
		residentID, thing.Kind, thing.Key, name, tx.now())
}

// EditFollow changes how a resident is told of what they follow; found is false
// where they don't.
func (tx *Tx) EditFollow(ctx context.Context, residentID string, thing model.Touch, e model.FollowEdit) (found bool, err error) {
	found, err = tx.row(ctx, `UPDATE follows SET pace = coalesce($4, pace), paused = coalesce($5, paused)
		WHERE resident_id = $1 AND kind = $2 AND key = $3 RETURNING key`,
		[]any{residentID, thing.Kind, thing.Key, e.Pace, asNumber(e.Paused)}, new(string))
	if err != nil {
		return false, fmt.Errorf("edit follow: %w", err)
	}
	return found, nil
}

// PauseFollows lets all that a resident follows rest, or go on.
func (tx *Tx) PauseFollows(ctx context.Context, residentID string, paused bool) error {
	return tx.exec(ctx, "pause follows", `UPDATE follows SET paused = $2 WHERE resident_id = $1 AND paused <> $2`, residentID, asNumber(&paused))
}

// asNumber is how a yes or no is kept, NULL for neither.
func asNumber(b *bool) sql.NullInt64 {
	switch {
	case b == nil:
		return sql.NullInt64{}
	case *b:
		return sql.NullInt64{Int64: 1, Valid: true}
	}
	return sql.NullInt64{Valid: true}
}

// RemoveFollow ends that a resident follows something.
func (tx *Tx) RemoveFollow(ctx context.Context, residentID string, kind model.Kind, key string) error {
	return tx.unlist(ctx, "follows", residentID, kind, key)
}

// EraseFollows forgets what a resident followed, and says how much it was.
func (tx *Tx) EraseFollows(ctx context.Context, residentID string) (int, error) {
	return tx.eraseList(ctx, "follows", residentID)
}
