package store

import (
	"context"
	"fmt"
	"slices"
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
	Due            time.Time
}

// FindDue finds messages of an announcement whose time has come, those that are due
// from a moment on: nobody else finds them until the transaction ends, and if they
// are in a wave then, until it ends. No resident is called twice at a time, whatever
// the announcement. The openid stays "" where the resident was erased.
//
// A database that keeps what was deleted for a while looks at all that was sent
// before it finds what was not: who takes many begins where the last ones ended.
// Where there are more than half of limit there may be more.
func (tx *Tx) FindDue(ctx context.Context, announcementID string, from time.Time, limit int) ([]Call, error) {
	for {
		found, err := tx.findDue(ctx, announcementID, from, limit)
		if err != nil {
			return nil, err
		}
		if tx.store.Private() {
			return tx.withOpenIDs(found)
		}
		// Who had a resident taken when the question began may have let go before the
		// answer, and is calling now.
		others, err := tx.residentsUnderWay(ctx)
		if err != nil {
			return nil, err
		}
		free := slices.DeleteFunc(slices.Clone(found), func(d dueCall) bool { return others[d.ResidentID] })
		if len(free) == len(found) || len(free) > limit/2 {
			return tx.withOpenIDs(free)
		}
	}
}

type dueCall struct {
	Call
	openID []byte // sealed
}

func (tx *Tx) findDue(ctx context.Context, announcementID string, from time.Time, limit int) ([]dueCall, error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (dueCall, error) {
		d := dueCall{Call: Call{AnnouncementID: announcementID}}
		return d, row.Scan(&d.ID, &d.ResidentID, &d.Template, &d.Tries, milliseconds{&d.Due}, &d.openID)
	}, `SELECT d.id, d.resident_id, d.template, d.tries + 1, d.due_at, CASE WHEN r.erased_at = 0 THEN r.openid_sealed END
		FROM deliveries d JOIN residents r ON r.id = d.resident_id
		WHERE d.announcement_id = CAST($1 AS TEXT) AND d.state = 'pending' AND d.due_at >= CAST($2 AS BIGINT) AND d.due_at <= CAST($3 AS BIGINT)
		AND d.resident_id NOT IN (`+tx.underWay("residents", "")+`)
		ORDER BY d.due_at LIMIT $4`+tx.d.skipLocked(), announcementID, millis(from), tx.now(), limit)
	if err != nil {
		return nil, fmt.Errorf("find messages that are due: %w", err)
	}
	return list, nil
}

func (tx *Tx) withOpenIDs(list []dueCall) ([]Call, error) {
	calls := make([]Call, len(list))
	for i, d := range list {
		calls[i] = d.Call
		if d.openID == nil {
			continue
		}
		if err := tx.store.openAll(d.ResidentID, map[string]sealedInto{"residents.openid_sealed": {d.openID, &calls[i].OpenID}}); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// Settlement is what came of a call.
type Settlement struct {
	Call  *Call
	State model.DeliveryState
	Why   model.Reason
	Code  int64
	Field string
	MsgID string
	Asked time.Time // when WeChat was asked; zero where it was not
	DueAt time.Time // of one that is to be tried again
}

// Settle notes what came of calls. What an event of WeChat's has told meanwhile
// stands.
func (tx *Tx) Settle(ctx context.Context, outcomes []Settlement) error {
	if len(outcomes) == 0 {
		return nil
	}
	var values strings.Builder
	args := make([]any, 0, len(outcomes)*10)
	for i, o := range outcomes {
		settled := tx.now()
		if o.State == model.DeliveryPending {
			settled = 0
		}
		if i > 0 {
			values.WriteString(", ")
		}
		n := len(args)
		fmt.Fprintf(&values, "(CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS BIGINT), CAST($%d AS BIGINT), CAST($%d AS BIGINT))",
			n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9, n+10)
		args = append(args, o.Call.ID, o.State, o.Why, o.Code, o.Field, o.MsgID, o.Call.Tries, millis(o.Asked), millis(o.DueAt), settled)
	}
	return tx.exec(ctx, "settle messages", `WITH v (id, state, why, code, field, msgid, tries, called_at, due_at, settled_at) AS (VALUES `+values.String()+`)
		UPDATE deliveries SET state = v.state, why = v.why, code = v.code, field = v.field, msgid = v.msgid, settled_at = v.settled_at,
			tries = CASE WHEN v.called_at > 0 THEN v.tries ELSE deliveries.tries END,
			called_at = CASE WHEN v.called_at > 0 THEN v.called_at ELSE deliveries.called_at END,
			due_at = CASE WHEN v.due_at > 0 THEN v.due_at ELSE deliveries.due_at END
		FROM v WHERE deliveries.id = v.id AND deliveries.state IN ('pending', 'unknown')`, args...)
}

// mostStopped is how many messages are stopped, or refused, in one transaction.
const mostStopped = 5000

// DropDeliveries settles messages of an announcement that wait, a part of them at
// a time: they will not be sent. It says how many they were. Those that somebody is
// just taking are left for the next time, or are sent.
func (tx *Tx) DropDeliveries(ctx context.Context, announcementID string, state model.DeliveryState, why model.Reason) (int, error) {
	const waits = `SELECT d.id FROM deliveries d WHERE d.announcement_id = $1 AND d.state = 'pending' AND d.id NOT IN (`
	list, err := tx.ids(ctx, waits+tx.underWay("deliveries", "")+`) LIMIT $2`+tx.d.skipLocked(), announcementID, mostStopped)
	if err != nil {
		return 0, fmt.Errorf("find messages to drop: %w", err)
	}
	// Asked again: who had one taken when the question began may have called since.
	list, err = tx.ids(ctx, `UPDATE deliveries SET state = $1, why = $2, settled_at = $3
		WHERE `+tx.d.among("id", "$4")+` AND id NOT IN (`+tx.underWay("deliveries", "")+`) RETURNING id`,
		state, why, tx.now(), asList(list))
	if err != nil {
		return 0, fmt.Errorf("drop messages: %w", err)
	}
	return len(list), nil
}

// EndAnnouncement ends an announcement of which nothing waits or is under way; ended
// is false where something is. It is looked for from its end, where it is found at
// once.
func (tx *Tx) EndAnnouncement(ctx context.Context, id string) (ended bool, err error) {
	const done = ` WHERE id = $1 AND ended_at = 0 AND stage IN ('sending', 'stopped')
		AND (SELECT d.id FROM deliveries d WHERE d.announcement_id = $1 AND d.state = 'pending' ORDER BY d.due_at DESC LIMIT 1) IS NULL RETURNING id`
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
	const set = `UPDATE deliveries SET state = $1, why = $2, code = $3, settled_at = $4, called_at = CASE WHEN called_at = 0 THEN $4 ELSE called_at END WHERE `
	args := []any{state, why, c.Failed, tx.now()}
	if c.MsgID != "" {
		found, err = tx.row(ctx, set+`id = (SELECT d.id FROM deliveries d WHERE d.resident_id = $6 AND d.msgid = $5 ORDER BY d.created_at DESC LIMIT 1) RETURNING id`,
			append(args, c.MsgID, c.ResidentID), new(string))
	}
	if err == nil && !found {
		found, err = tx.row(ctx, set+`id = (SELECT d.id FROM deliveries d WHERE d.resident_id = $5 AND d.template = $6
			AND (d.msgid = '' OR CAST($7 AS TEXT) = '') AND (d.state IN ('sent', 'unknown') AND d.called_at <= $8
				OR d.state = 'pending' AND d.id IN (`+tx.underWay("deliveries", " AND w.begun_at <= $8")+`))
			ORDER BY CASE WHEN d.state = 'pending' THEN 0 ELSE 1 END, d.called_at DESC LIMIT 1) RETURNING id`,
			append(args, c.ResidentID, c.Template, c.MsgID, c.At.UnixMilli()+later), new(string))
	}
	if err != nil {
		return false, fmt.Errorf("confirm message: %w", err)
	}
	return found, nil
}

// deliveryCounts is true of messages that reached somebody, or will.
const deliveryCounts = `state IN ('pending', 'sent', 'confirmed', 'unknown')`

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
