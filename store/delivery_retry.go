package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// TakeEnded takes an announcement, which nobody ends or retries meanwhile; nil
// where there is none.
func (tx *Tx) TakeEnded(ctx context.Context, id string) (*model.Announcement, error) {
	if err := tx.exec(ctx, "take announcement", `UPDATE announcements SET told = told WHERE id = $1`, id); err != nil {
		return nil, err
	}
	return tx.Announcement(ctx, id)
}

// LastRefused is when WeChat was asked last to take a message of an announcement
// whose text or field it refused; zero where it never was.
func (r reads) LastRefused(ctx context.Context, announcementID string) (at time.Time, err error) {
	_, err = r.row(ctx, `SELECT coalesce(max(called_at), 0) FROM deliveries WHERE announcement_id = $1 AND state = 'failed' AND `+deliveryEnded+` AND why IN ('text', 'field')`,
		[]any{announcementID}, ifAny{&at})
	if err != nil {
		return at, fmt.Errorf("read what was refused last: %w", err)
	}
	return at, nil
}

// Retriable lists messages that ended in one way and whose residents allow one
// now.
func (tx *Tx) Retriable(ctx context.Context, f DeliveryFilter) ([]model.Delivery, error) {
	return tx.deliveries(ctx, f, ` AND EXISTS (SELECT 1 FROM credits c WHERE c.resident_id = d.resident_id AND c.template = d.template AND `+creditHeld+`)`)
}

// Retry lets messages wait for their turn again that ended in a state, each until
// its time, and says how many did. Those that are in another state by now stay.
func (tx *Tx) Retry(ctx context.Context, state model.DeliveryState, list []model.Delivery) (int, error) {
	if len(list) == 0 {
		return 0, nil
	}
	var values strings.Builder
	args := []any{state}
	for i, d := range list {
		if i > 0 {
			values.WriteString(", ")
		}
		fmt.Fprintf(&values, "(CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS BIGINT))", len(args)+1, len(args)+2, len(args)+3)
		args = append(args, d.ID, d.Why, d.DueAt.UnixMilli())
	}
	ids, err := tx.ids(ctx, `WITH v (id, why, due_at) AS (VALUES `+values.String()+`)
		UPDATE deliveries SET state = 'pending', why = v.why, due_at = v.due_at, code = 0, field = '', msgid = '', tries = 0, settled_at = 0
		FROM v WHERE deliveries.id = v.id AND deliveries.state = $1 RETURNING deliveries.id`, args...)
	if err != nil {
		return 0, fmt.Errorf("let messages wait again: %w", err)
	}
	return len(ids), nil
}

// Reopen lets an announcement send again that had nothing left to send; what
// WeChat refused of it is to be tried anew where that was mended.
func (tx *Tx) Reopen(ctx context.Context, id string, mended bool) error {
	tx.announced = true
	return tx.exec(ctx, "reopen announcement", `UPDATE announcements SET ended_at = 0, stage = CASE WHEN stage = 'told' THEN 'sending' ELSE stage END,
		trimmed = CASE WHEN $2 = 1 THEN '' ELSE trimmed END, refused = CASE WHEN $2 = 1 THEN '' ELSE refused END WHERE id = $1`, id, oneIf(mended))
}
