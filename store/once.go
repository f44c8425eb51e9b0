package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// keepOnce keeps the key of the request that this transaction belongs to. A
// key that is there already undoes the transaction: the request was done.
func (tx *Tx) keepOnce(ctx context.Context) error {
	o := model.OnceOf(ctx)
	if o == nil || o.Recorded {
		return nil
	}
	var key, made string
	if n := len(tx.lines); n > 0 {
		made = tx.lines[n-1].Object.ID
	}
	kept, err := tx.row(ctx, `INSERT INTO once (scope, key, route, body_sm3, done_at, made) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT DO NOTHING RETURNING key`, []any{o.Scope, o.Key, o.Route, o.BodySum, tx.now(), made}, &key)
	switch {
	case err != nil:
		return fmt.Errorf("keep request key: %w", err)
	case !kept:
		return model.ErrDoneBefore
	}
	o.Recorded = true
	return nil
}

// Done is a request that was done, and its answer where that could be kept.
type Done struct {
	Route, BodySum string
	Answer         string // "" where the process died between doing and answering
	Made           string // ID of what was made or changed, "" where nothing names it
}

func oncePlace(scope, key string) string { return "once:" + scope + ":" + key }

// Done finds a request by its key, nil where it was not done.
func (s *Store) Done(ctx context.Context, scope, key string) (*Done, error) {
	d := &Done{}
	var sealed []byte
	found, err := s.row(ctx, `SELECT route, body_sm3, answer_sealed, made FROM once WHERE scope = $1 AND key = $2`,
		[]any{scope, key}, &d.Route, &d.BodySum, &sealed, &d.Made)
	if err == nil && found {
		d.Answer, err = s.vault.Open(oncePlace(scope, key), sealed)
	}
	if err != nil {
		return nil, fmt.Errorf("read request key: %w", err)
	}
	if !found {
		return nil, nil
	}
	return d, nil
}

// KeepAnswer keeps the answer to a request that was done, sealed.
func (s *Store) KeepAnswer(ctx context.Context, o *model.Once, answer string) error {
	sealed, err := s.vault.Seal(oncePlace(o.Scope, o.Key), answer)
	if err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "keep answer", `UPDATE once SET answer_sealed = $1 WHERE scope = $2 AND key = $3`, sealed, o.Scope, o.Key)
	})
}

// ForgetOnce forgets request keys that are older than a moment.
func (tx *Tx) ForgetOnce(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget request keys", `DELETE FROM once WHERE done_at < $1`, before.UnixMilli())
}

// EraseOnce forgets the request keys of one asker, and the answers with them.
func (tx *Tx) EraseOnce(ctx context.Context, scope string) error {
	return tx.exec(ctx, "forget request keys", `DELETE FROM once WHERE scope = $1`, scope)
}
