package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// PushSettings are the wishes of some residents: what is usual, where they changed
// nothing.
func (r reads) PushSettings(ctx context.Context, residentIDs ...string) (map[string]model.PushSettings, error) {
	w := &where{}
	in(w, "resident_id", residentIDs)
	settings := make(map[string]model.PushSettings, len(residentIDs))
	for _, id := range residentIDs {
		settings[id] = model.UsualPush
	}
	_, err := collect(ctx, r, func(row scanner) (struct{}, error) {
		var id string
		var p model.PushSettings
		err := row.Scan(&id, &p.Quiet.From, &p.Quiet.Until, &p.Most, ifAny{&p.MutedAt}, &p.Version)
		settings[id] = p
		return struct{}{}, err
	}, `SELECT resident_id, quiet_from, quiet_until, most, muted_at, version FROM push_settings WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read wishes about messages: %w", err)
	}
	return settings, nil
}

// SetPushSettings keeps a resident's wishes, if they are still as they were read:
// else it is ErrStale.
func (tx *Tx) SetPushSettings(ctx context.Context, residentID string, p *model.PushSettings) error {
	kept, err := tx.row(ctx, `INSERT INTO push_settings (resident_id, quiet_from, quiet_until, most, muted_at, version)
		SELECT $1, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT) + 1
		WHERE $6 = 0 OR EXISTS (SELECT 1 FROM push_settings s WHERE s.resident_id = $1)
		ON CONFLICT (resident_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
			most = excluded.most, muted_at = excluded.muted_at, version = excluded.version
		WHERE push_settings.version = excluded.version - 1 RETURNING version`,
		[]any{residentID, p.Quiet.From, p.Quiet.Until, p.Most, millis(p.MutedAt), p.Version}, &p.Version)
	if err != nil {
		return fmt.Errorf("keep wishes about messages: %w", err)
	}
	if !kept {
		return model.ErrStale
	}
	return nil
}

// Gates lists what keeps messages back, or did last.
func (r reads) Gates(ctx context.Context) ([]model.Gate, error) {
	list, err := collect(ctx, r, func(row scanner) (g model.Gate, err error) {
		return g, row.Scan(&g.Template, &g.Why, &g.Code, milliseconds{&g.Since}, ifAny{&g.Until}, &g.StaffID, &g.Reason)
	}, `SELECT template, why, code, since, until, staff_id, reason FROM push_gates ORDER BY template`)
	if err != nil {
		return nil, fmt.Errorf("read gates: %w", err)
	}
	return list, nil
}

// ShutGate keeps messages back until a moment, or until it is opened. One that
// somebody of the staff shut is opened by them alone.
func (tx *Tx) ShutGate(ctx context.Context, g model.Gate) error {
	return tx.exec(ctx, "shut gate", `INSERT INTO push_gates (template, why, code, since, until, staff_id, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (template) DO UPDATE SET why = excluded.why, code = excluded.code,
		since = excluded.since, until = excluded.until, staff_id = excluded.staff_id, reason = excluded.reason
		WHERE push_gates.staff_id = '' OR excluded.staff_id <> ''`,
		g.Template, g.Why, g.Code, tx.now(), millis(g.Until), g.StaffID, g.Reason)
}

// OpenGate lets messages go out again.
func (tx *Tx) OpenGate(ctx context.Context, template model.Purpose) error {
	tx.announced = true
	return tx.exec(ctx, "open gate", `DELETE FROM push_gates WHERE template = $1`, template)
}

// MendGate lets messages go out again that only a template kept back.
func (tx *Tx) MendGate(ctx context.Context, template model.Purpose) error {
	tx.announced = true
	return tx.exec(ctx, "open gate of template", `DELETE FROM push_gates WHERE template = $1 AND staff_id = ''`, template)
}

// DigestReaders lists, by their IDs, the next residents after one for whom notices
// of a pace wait for a digest.
func (tx *Tx) DigestReaders(ctx context.Context, pace model.Pace, after string, limit int) ([]string, error) {
	return tx.ids(ctx, `SELECT DISTINCT n.resident_id FROM notices n WHERE n.pace = $1 AND n.digest = '' AND n.pace <> 'now'
		AND n.resident_id > $2 ORDER BY n.resident_id LIMIT $3`, pace, after, limit)
}

// Gather puts what was told to residents before a moment into a round of digests,
// and counts for each what they have not read.
func (tx *Tx) Gather(ctx context.Context, round string, pace model.Pace, before time.Time, residentIDs []string) (map[string]int, error) {
	w := &where{}
	w.and("pace = ?", pace)
	w.and("digest = ''")
	w.and("told_at < ?", before.UnixMilli())
	in(w, "resident_id", residentIDs)
	counts := map[string]int{}
	_, err := collect(ctx, tx.reads, func(row scanner) (struct{}, error) {
		var id string
		var open bool
		err := row.Scan(&id, &open)
		if open {
			counts[id]++
		}
		return struct{}{}, err
	}, fmt.Sprintf(`UPDATE notices SET digest = $%d WHERE %s RETURNING resident_id, read_at = 0 AND deleted_at = 0`, len(w.args)+1, w),
		append(w.args, round)...)
	if err != nil {
		return nil, fmt.Errorf("gather for a digest: %w", err)
	}
	return counts, nil
}
