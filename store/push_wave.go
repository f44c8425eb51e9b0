package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yuandu/model"
)

// PushWave is messages of one announcement that WeChat is asked to send together.
// It is written down before WeChat is asked. What it holds is under way until it
// ends: no other message goes to its residents.
type PushWave struct {
	ID             string
	AnnouncementID string
	Purpose        model.Purpose
	Calls          []Call
}

// BeginWave writes down that WeChat will be asked for each message of a wave, and
// gives it its ID.
func (tx *Tx) BeginWave(ctx context.Context, w *PushWave) error {
	w.ID = NewID()
	deliveries, residents := make([]string, len(w.Calls)), make([]string, len(w.Calls))
	for i, c := range w.Calls {
		deliveries[i], residents[i] = c.ID, c.ResidentID
	}
	return tx.exec(ctx, "begin wave", `INSERT INTO push_waves (id, announcement_id, template, deliveries, residents, asked, begun_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, w.ID, w.AnnouncementID, w.Purpose, asList(deliveries), asList(residents), len(w.Calls), tx.now())
}

// EndWave notes that all answers to a wave are settled; sent is how many messages
// WeChat took.
func (tx *Tx) EndWave(ctx context.Context, id string, sent int) error {
	return tx.exec(ctx, "end wave", `UPDATE push_waves SET ended_at = $2, sent = $3 WHERE id = $1`, id, tx.now(), sent)
}

// GiveUpWaves settles calls whose answer nobody hears any more: they were begun
// before a moment, and the process that made them is gone. Their messages may have
// been sent, so they never are again.
func (s *Store) GiveUpWaves(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		// Asked each second, and hardly ever is there one: all that waits is not gone through for it.
		lost, err := tx.ids(ctx, `SELECT id FROM push_waves WHERE ended_at = 0 AND begun_at < $1`, before.UnixMilli())
		if err != nil {
			return fmt.Errorf("look for lost waves: %w", err)
		}
		if len(lost) == 0 {
			return nil
		}
		err = tx.exec(ctx, "give up calls", `UPDATE deliveries SET state = 'unknown', why = 'died', tries = tries + 1, called_at = $2, settled_at = $3
			WHERE state = 'pending' AND id IN (`+tx.underWay("deliveries", ` AND w.begun_at < $1`)+`)`, before.UnixMilli(), before.UnixMilli(), tx.now())
		if err != nil {
			return err
		}
		return tx.exec(ctx, "end lost waves", `UPDATE push_waves SET ended_at = $2 WHERE ended_at = 0 AND begun_at < $1`, before.UnixMilli(), tx.now())
	})
}

// ForgetWaves forgets waves that ended before a moment.
func (s *Store) ForgetWaves(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "forget waves", `DELETE FROM push_waves WHERE ended_at > 0 AND ended_at < $1`, before.UnixMilli())
	})
}

// underWay asks for the deliveries, or the residents, of waves that have not ended.
func (r reads) underWay(which, more string) string {
	return `SELECT j.value FROM push_waves w, ` + r.d.each("w."+which) + ` j WHERE w.ended_at = 0` + more
}

// residentsUnderWay are the residents whom WeChat is being asked to send a message.
func (tx *Tx) residentsUnderWay(ctx context.Context) (map[string]bool, error) {
	lists, err := tx.ids(ctx, `SELECT residents FROM push_waves WHERE ended_at = 0`)
	if err != nil {
		return nil, fmt.Errorf("read waves: %w", err)
	}
	residents := map[string]bool{}
	for _, list := range lists {
		var ids []string
		if err := json.Unmarshal([]byte(list), &ids); err != nil {
			return nil, fmt.Errorf("read wave: %w", err)
		}
		for _, id := range ids {
			residents[id] = true
		}
	}
	return residents, nil
}

// Pace is how fast messages of one purpose go, and how many wait.
type Pace struct {
	Asked, Sent int // since a moment: those that WeChat was asked to send, and those that it took
	Due, Later  int // messages that wait: their time has come, or not yet
}

// Paces tells how fast messages went since a moment, by purpose; it is no longer
// ago than ended waves are kept.
func (r reads) Paces(ctx context.Context, since, now time.Time) (map[model.Purpose]Pace, error) {
	paces := map[model.Purpose]Pace{}
	read := func(into func(*Pace) []any) func(scanner) (any, error) {
		return func(row scanner) (any, error) {
			var of model.Purpose
			var p Pace
			err := row.Scan(append([]any{&of}, into(&p)...)...)
			old := paces[of]
			paces[of] = Pace{old.Asked + p.Asked, old.Sent + p.Sent, old.Due + p.Due, old.Later + p.Later}
			return nil, err
		}
	}
	_, err := collect(ctx, r, read(func(p *Pace) []any { return []any{&p.Asked, &p.Sent} }),
		`SELECT template, CAST(sum(CASE WHEN begun_at >= $1 THEN asked ELSE 0 END) AS BIGINT),
			CAST(sum(CASE WHEN ended_at >= $1 THEN sent ELSE 0 END) AS BIGINT) FROM push_waves GROUP BY template`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count messages of the last minute: %w", err)
	}
	_, err = collect(ctx, r, read(func(p *Pace) []any { return []any{&p.Due, &p.Later} }), // an announcement's sort is what its messages are for
		`SELECT a.sort, coalesce(sum(CASE WHEN d.due_at <= $1 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN d.due_at > $1 THEN 1 ELSE 0 END), 0)
		FROM announcements a JOIN deliveries d ON d.announcement_id = a.id AND d.state = 'pending' WHERE a.ended_at = 0 GROUP BY a.sort`, now.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count messages that wait: %w", err)
	}
	return paces, nil
}
