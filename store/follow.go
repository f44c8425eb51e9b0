package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// Follows lists what a resident follows, the newest first, and counts all.
func (s *Store) Follows(ctx context.Context, residentID string, limit, offset int) (list []model.Follow, total int, err error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	list, err = collect(ctx, s.reads, func(row scanner) (model.Follow, error) { return scanFollow(d, row, &total) },
		`SELECT f.kind, f.key, f.followed_at, coalesce(p.title, f.name), p.id IS NULL, coalesce(b.withdrawal, 'null'), count(*) OVER ()
		FROM follows f LEFT JOIN policies p ON f.kind = 'policy' AND p.id = f.key
		LEFT JOIN publications b ON b.kind = f.kind AND b.id = f.key AND b.public = 0
		WHERE f.resident_id = $1 ORDER BY f.followed_at DESC, f.key DESC, f.kind LIMIT $2 OFFSET $3`, residentID, limit, offset)
	if err == nil && len(list) == 0 && offset > 0 {
		_, err = s.row(ctx, `SELECT count(*) FROM follows WHERE resident_id = $1`, []any{residentID}, &total)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("list follows: %w", err)
	}
	return list, total, nil
}

func scanFollow(d *Directory, row scanner, total *int) (f model.Follow, err error) {
	var gone bool
	var withdrawal *model.Withdrawal
	err = row.Scan(&f.Kind, &f.Key, milliseconds{&f.FollowedAt}, &f.Name, &gone, asJSON(&withdrawal), total)
	switch f.Kind {
	case model.KindTopic:
		if t := d.Topic(f.Key); t != nil {
			f.Name, gone = t.Name, false
		}
	case model.KindDepartment:
		if at := d.Department(f.Key); at != nil {
			f.Name, gone = at.Name, false
		}
	}
	if gone {
		f.Loss = &model.Loss{Withdrawal: withdrawal}
	}
	return f, err
}

// followable says by kind where what may be followed is.
var followable = map[model.Kind]string{
	model.KindTopic:      `d.name, CAST($4 AS BIGINT) FROM topics d`,
	model.KindDepartment: `d.name, CAST($4 AS BIGINT) FROM departments d`,
	model.KindPolicy:     `d.title, CAST($4 AS BIGINT) FROM policies d`,
}

// AddFollow lets a resident who was taken by TakeResident follow something; found
// is false where that is not there. Followed again, nothing changes.
func (tx *Tx) AddFollow(ctx context.Context, residentID string, kind model.Kind, key string) (found bool, err error) {
	held, err := tx.room(ctx, "follows", residentID, kind, key)
	switch {
	case err != nil || held.there:
		return held.there, err
	case held.count >= model.MostFollows:
		return true, model.ErrFollowsFull.With("", map[string]any{"most": model.MostFollows})
	}
	found, err = tx.row(ctx, `INSERT INTO follows (resident_id, kind, key, name, followed_at)
		SELECT $1, $2, d.id, `+followable[kind]+` WHERE d.id = $3 RETURNING key`, []any{residentID, kind, key, tx.now()}, new(string))
	if err != nil {
		return false, fmt.Errorf("add follow: %w", err)
	}
	return found, nil
}

// RemoveFollow ends that a resident follows something.
func (tx *Tx) RemoveFollow(ctx context.Context, residentID string, kind model.Kind, key string) error {
	return tx.exec(ctx, "remove follow", `DELETE FROM follows WHERE resident_id = $1 AND kind = $2 AND key = $3`, residentID, kind, key)
}

// EraseFollows forgets what a resident followed, and says how much it was.
func (tx *Tx) EraseFollows(ctx context.Context, residentID string) (int, error) {
	return tx.eraseList(ctx, "follows", residentID)
}
