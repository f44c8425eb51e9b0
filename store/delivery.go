package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

func appendDelivery(rows [][]any, announcementID string, t Told, now int64) [][]any {
	if t.Plan.State == "" {
		return rows
	}
	settled := int64(0)
	if t.Plan.State != model.DeliveryPending {
		settled = now
	}
	return append(rows, []any{NewID(), announcementID, t.ResidentID, t.Template, t.Plan.State, t.Plan.Why, t.Plan.DueAt.UnixMilli(), now, settled})
}

func (tx *Tx) addDeliveries(ctx context.Context, rows [][]any) error {
	return tx.insert(ctx, "add messages", `INSERT INTO deliveries
		(id, announcement_id, resident_id, template, state, why, due_at, created_at, settled_at) VALUES`, rows)
}

// Call is a message that WeChat is to be asked to send, now and once.
type Call struct {
	ID             string
	AnnouncementID string
	ResidentID     string
	OpenID         string `json:"-"`
	Template       model.Purpose
	Tries          int // this one included
}

// ErrOvertaken is where another process called one of the residents in the same
// moment: the transaction may be tried again at once.
var ErrOvertaken = errors.New("another call to the same resident began")

// ClaimDeliveries takes messages of an announcement whose time has come, those that
// are due from a moment on: they are being called from now on, and who takes them
// must say what came of it. No resident is called twice at a time, whatever the
// announcement. The openid stays "" where the resident was erased. last is when the
// last of them was due.
//
// A database that keeps what was deleted for a while looks at all that was taken
// before it finds what was not: who takes many begins where the last ones ended.
func (tx *Tx) ClaimDeliveries(ctx context.Context, announcementID string, from time.Time, limit int) (calls []Call, last time.Time, err error) {
	calls, err = collect(ctx, tx.reads, func(row scanner) (Call, error) {
		c := Call{AnnouncementID: announcementID}
		var sealed []byte
		var due time.Time
		err := row.Scan(&c.ID, &c.ResidentID, &c.Template, &c.Tries, milliseconds{&due}, &sealed)
		if due.After(last) {
			last = due
		}
		if err == nil && sealed != nil {
			err = tx.store.openAll(c.ResidentID, map[string]sealedInto{"residents.openid_sealed": {sealed, &c.OpenID}})
		}
		return c, err
	}, `UPDATE deliveries SET state = 'calling', called_at = $1, tries = tries + 1
		FROM (SELECT d.id FROM deliveries d JOIN residents r ON r.id = d.resident_id
			WHERE d.announcement_id = $2 AND d.state = 'pending' AND d.due_at >= $3 AND d.due_at <= $4
			AND (SELECT count(*) FROM deliveries c WHERE c.resident_id = d.resident_id AND c.state = 'calling') = 0
			ORDER BY d.due_at LIMIT $5`+tx.d.skipLocked()+`) AS due
		WHERE deliveries.id = due.id RETURNING deliveries.id, resident_id, template, tries, due_at,
			(SELECT r.openid_sealed FROM residents r WHERE r.id = deliveries.resident_id AND r.erased_at = 0)`,
		tx.now(), announcementID, millis(from), tx.now(), limit)
	switch {
	case isTwice(err):
		return nil, last, ErrOvertaken
	case err != nil:
		return nil, last, fmt.Errorf("claim messages: %w", err)
	}
	return calls, last, nil
}

// Settlement is what came of a call.
type Settlement struct {
	Call  *Call
	State model.DeliveryState
	Why   model.Reason
	Code  int64
	Field string
	MsgID string
	DueAt time.Time // of one that is to be tried again
}

// Settle notes what came of calls. What an event of WeChat's has told meanwhile
// stands.
func (tx *Tx) Settle(ctx context.Context, outcomes []Settlement) error {
	if len(outcomes) == 0 {
		return nil
	}
	var values strings.Builder
	args := make([]any, 0, len(outcomes)*8)
	for i, o := range outcomes {
		settled := tx.now()
		if o.State == model.DeliveryPending {
			settled = 0
		}
		if i > 0 {
			values.WriteString(", ")
		}
		n := len(args)
		fmt.Fprintf(&values, "(CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS BIGINT))",
			n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8)
		args = append(args, o.Call.ID, o.State, o.Why, o.Code, o.Field, o.MsgID, millis(o.DueAt), settled)
	}
	return tx.exec(ctx, "settle messages", `WITH v (id, state, why, code, field, msgid, due_at, settled_at) AS (VALUES `+values.String()+`)
		UPDATE deliveries SET state = v.state, why = v.why, code = v.code, field = v.field, msgid = v.msgid, settled_at = v.settled_at,
			due_at = CASE WHEN v.due_at > 0 THEN v.due_at ELSE deliveries.due_at END
		FROM v WHERE deliveries.id = v.id AND deliveries.state IN ('calling', 'unknown')`, args...)
}

// GiveUpCalls settles calls whose answer nobody hears any more: they were begun
// before a moment, and the process that made them is gone. Their messages may have
// been sent, so they never are again.
func (s *Store) GiveUpCalls(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "give up calls", `UPDATE deliveries SET state = 'unknown', why = 'died', settled_at = $1
			WHERE state = 'calling' AND called_at < $2`, tx.now(), before.UnixMilli())
	})
}

// mostStopped is how many messages are stopped, or refused, in one transaction.
const mostStopped = 5000

// DropDeliveries settles messages of an announcement that wait, a part of them at
// a time: they will not be sent. It says how many they were.
func (tx *Tx) DropDeliveries(ctx context.Context, announcementID string, state model.DeliveryState, why model.Reason) (int, error) {
	list, err := tx.ids(ctx, `UPDATE deliveries SET state = $1, why = $2, settled_at = $3 WHERE id IN
		(SELECT d.id FROM deliveries d WHERE d.announcement_id = $4 AND d.state = 'pending' LIMIT $5) RETURNING id`,
		state, why, tx.now(), announcementID, mostStopped)
	if err != nil {
		return 0, fmt.Errorf("drop messages: %w", err)
	}
	return len(list), nil
}

// EndAnnouncement ends an announcement of which nothing waits and nothing is under
// way; ended is false where something is. What waits is looked for from its end,
// where it is found at once.
func (tx *Tx) EndAnnouncement(ctx context.Context, id string) (ended bool, err error) {
	const done = ` WHERE id = $1 AND ended_at = 0 AND stage IN ('sending', 'stopped')
		AND CASE WHEN (SELECT d.id FROM deliveries d WHERE d.announcement_id = $1 AND d.state = 'pending' ORDER BY d.due_at DESC LIMIT 1) IS NOT NULL THEN 0
			WHEN EXISTS (SELECT 1 FROM deliveries d WHERE d.announcement_id = $1 AND d.state = 'calling') THEN 0 ELSE 1 END = 1 RETURNING id`
	// Taken first and looked at again: whoever lets messages be sent once more just now is seen then.
	ended, err = tx.row(ctx, `UPDATE announcements SET told = told`+done, []any{id}, new(string))
	if err == nil && ended {
		ended, err = tx.row(ctx, `UPDATE announcements SET ended_at = $2, stage = CASE WHEN stage = 'sending' THEN 'told' ELSE stage END`+done,
			[]any{id, tx.now()}, new(string))
	}
	if err != nil {
		return false, fmt.Errorf("end announcement: %w", err)
	}
	return ended, nil
}

// SetAnnouncementRefused notes why WeChat takes none of an announcement's messages,
// or which field it takes only when it is trimmed.
func (tx *Tx) SetAnnouncementRefused(ctx context.Context, id, trimmed string, refused model.Reason) error {
	tx.announced = true
	return tx.exec(ctx, "note what is refused", `UPDATE announcements SET trimmed = $2, refused = $3 WHERE id = $1`, id, trimmed, refused)
}

// Confirmed is what an event of WeChat's tells of a message.
type Confirmed struct {
	ResidentID string
	Template   model.Purpose
	MsgID      string // "" where WeChat gave none
	At         time.Time
	Failed     int64 // WeChat's number, 0 where it arrived
}

// later is how much later WeChat's clock may run than ours, in ms.
const later = 5000

// Confirm notes that a message arrived, or was lost on the way. It is found by its
// id, else it is the last one to the resident by that template which waits for
// word; found is false where there is none.
func (tx *Tx) Confirm(ctx context.Context, c Confirmed) (found bool, err error) {
	state := model.DeliveryConfirmed
	why := model.Reason("")
	if c.Failed != 0 {
		state, why = model.DeliveryFailed, model.WhyOther
	}
	const set = `UPDATE deliveries SET state = $1, why = $2, code = $3, settled_at = $4 WHERE `
	args := []any{state, why, c.Failed, tx.now()}
	if c.MsgID != "" {
		found, err = tx.row(ctx, set+`msgid = $5 AND resident_id = $6 RETURNING id`, append(args, c.MsgID, c.ResidentID), new(string))
	}
	if err == nil && !found {
		found, err = tx.row(ctx, set+`id = (SELECT d.id FROM deliveries d WHERE d.resident_id = $5 AND d.template = $6
			AND d.state IN ('calling', 'sent', 'unknown') AND (d.msgid = '' OR CAST($7 AS TEXT) = '') AND d.called_at <= $8 ORDER BY d.called_at DESC LIMIT 1) RETURNING id`,
			append(args, c.ResidentID, c.Template, c.MsgID, c.At.UnixMilli()+later), new(string))
	}
	if err != nil {
		return false, fmt.Errorf("confirm message: %w", err)
	}
	return found, nil
}

// deliveryCounts is true of messages that reached somebody, or will.
const deliveryCounts = `state IN ('pending', 'calling', 'sent', 'confirmed', 'unknown')`

// SentSince counts the messages to some residents since a moment that reached them,
// or will.
func (r reads) SentSince(ctx context.Context, since time.Time, residentIDs []string) (map[string]int, error) {
	w := &where{args: []any{since.UnixMilli()}}
	in(w, "r.id", residentIDs)
	counts := map[string]int{}
	_, err := collect(ctx, r, func(row scanner) (struct{}, error) {
		var id string
		var n int
		err := row.Scan(&id, &n)
		counts[id] = n
		return struct{}{}, err
	}, `SELECT r.id, (SELECT count(*) FROM deliveries d WHERE d.resident_id = r.id AND d.created_at >= $1 AND `+deliveryCounts+`)
		FROM residents r WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("count messages of the day: %w", err)
	}
	return counts, nil
}

// DeliveryCounts counts the messages of an announcement by state.
func (r reads) DeliveryCounts(ctx context.Context, announcementID string) (map[model.DeliveryState]int, error) {
	counts := map[model.DeliveryState]int{}
	_, err := collect(ctx, r, func(row scanner) (struct{}, error) {
		var state model.DeliveryState
		var n int
		err := row.Scan(&state, &n)
		counts[state] = n
		return struct{}{}, err
	}, `SELECT state, count(*) FROM deliveries WHERE announcement_id = $1 GROUP BY state`, announcementID)
	if err != nil {
		return nil, fmt.Errorf("count messages: %w", err)
	}
	return counts, nil
}
