package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yuandu/model"
)

// TellCredit keeps a telling of what a resident answered who was taken by
// TakeResident, and counts it where it is the first to tell of a tap. An event that
// is pushed again changes nothing.
func (tx *Tx) TellCredit(ctx context.Context, residentID string, t model.CreditTelling) error {
	id := NewID()
	if t.Source == model.CreditFromPhone {
		t.Mark = id // a report comes once: its request has a key
	}
	fresh, err := tx.row(ctx, `INSERT INTO credit_entries (id, resident_id, template, answer, at, source, mark, told_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
		[]any{id, residentID, t.Purpose, t.Answer, t.At.UnixMilli(), t.Source, t.Mark, tx.now()}, new(string))
	if err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	if !fresh {
		return nil
	}
	known, err := tx.pairTellings(ctx, residentID, id, t)
	if err != nil || known {
		return err
	}
	return tx.takeAnswer(ctx, residentID, t)
}

// takeAnswer counts an answer, while nobody spends.
func (tx *Tx) takeAnswer(ctx context.Context, residentID string, t model.CreditTelling) error {
	list, err := collect(ctx, tx.reads, scanCredit, `INSERT INTO credits (resident_id, template) VALUES ($1, $2)
		ON CONFLICT (resident_id, template) DO UPDATE SET count = credits.count RETURNING `+creditColumns,
		residentID, t.Purpose)
	if err != nil {
		return fmt.Errorf("take credit: %w", err)
	}
	c := &list[0]
	c.Take(t)
	return tx.exec(ctx, "count credit", `UPDATE credits SET count = $1, lasting = $2, answer = $3, answered_at = $4
		WHERE resident_id = $5 AND template = $6`,
		c.Left, oneIf(c.Lasting), c.Answer, millis(c.AnsweredAt), residentID, t.Purpose)
}

// creditEntry is a telling as far as pairing it goes.
type creditEntry struct {
	id, reportID string
	isEvent      bool
	at           time.Time
}

// tellingsAround is how far around a telling others are looked at.
const tellingsAround = 24 * time.Hour

// pairTellings pairs a telling that was kept under an ID with others of the same
// answer; known says that one of them has told of its tap already. Those that came
// in an odd order change partners for it.
func (tx *Tx) pairTellings(ctx context.Context, residentID, id string, t model.CreditTelling) (known bool, err error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (e creditEntry, err error) {
		return e, row.Scan(&e.id, &e.reportID, &e.isEvent, milliseconds{&e.at})
	}, `SELECT id, report_id, CASE WHEN source = 'phone' THEN 0 ELSE 1 END, at FROM credit_entries
		WHERE resident_id = $1 AND template = $2 AND answer = $3 AND at >= $4 AND at <= $5 ORDER BY at, id`,
		residentID, t.Purpose, t.Answer, t.At.Add(-tellingsAround).UnixMilli(), t.At.Add(tellingsAround).UnixMilli())
	if err != nil {
		return false, fmt.Errorf("read answers: %w", err)
	}
	before, after := 0, 0
	for _, p := range paired(unbroken(list, id)) {
		before += oneIf(p.event.reportID != "")
		after += oneIf(p.reportID != "")
		if p.reportID == p.event.reportID {
			continue
		}
		err := tx.exec(ctx, "pair answers", `UPDATE credit_entries SET report_id = $1 WHERE id = $2`, p.reportID, p.event.id)
		if err != nil {
			return false, err
		}
	}
	return after > before, nil
}

// unbroken is the part of a list around one of its entries in which none is too far
// from the next to be of the same tap: nothing in it pairs with anything outside.
func unbroken(list []creditEntry, id string) []creditEntry {
	from := slices.IndexFunc(list, func(e creditEntry) bool { return e.id == id })
	until := from + 1
	near := func(a, b creditEntry) bool { return b.at.Sub(a.at) <= model.CreditTellingsApart }
	for from > 0 && near(list[from-1], list[from]) {
		from--
	}
	for until < len(list) && near(list[until-1], list[until]) {
		until++
	}
	return list[from:until]
}

// pairing is an event with the report of the same tap, "" where there is none.
type pairing struct {
	event    creditEntry
	reportID string
}

func paired(list []creditEntry) (pairs []pairing) {
	var ids []string
	var reports, events []time.Time
	for _, e := range list {
		if e.isEvent {
			pairs, events = append(pairs, pairing{event: e}), append(events, e.at)
		} else {
			ids, reports = append(ids, e.id), append(reports, e.at)
		}
	}
	for i, report := range model.PairCreditTellings(reports, events) {
		if report >= 0 {
			pairs[i].reportID = ids[report]
		}
	}
	return pairs
}

// CreditAnswers lists what a resident answered, the latest first, each tap once.
func (r reads) CreditAnswers(ctx context.Context, residentID string, limit int) ([]model.CreditTelling, error) {
	list, err := collect(ctx, r, func(row scanner) (t model.CreditTelling, err error) {
		return t, row.Scan(&t.Purpose, &t.Answer, &t.Source, milliseconds{&t.At})
	}, `SELECT template, answer, source, at FROM credit_entries WHERE resident_id = $1 AND report_id = ''
		ORDER BY at DESC, id DESC LIMIT $2`, residentID, limit)
	if err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	return list, nil
}

// ForgetCreditAnswers forgets what was told before a moment. Counts stay.
func (tx *Tx) ForgetCreditAnswers(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget answers", `DELETE FROM credit_entries WHERE told_at < $1`, before.UnixMilli())
}

// EraseCredits forgets what a resident allowed, and says for how many purposes.
func (tx *Tx) EraseCredits(ctx context.Context, residentID string) (int, error) {
	return tx.eraseList(ctx, "credits", residentID)
}

// EraseCreditAnswers forgets what a resident answered, and says how often.
func (tx *Tx) EraseCreditAnswers(ctx context.Context, residentID string) (int, error) {
	return tx.eraseList(ctx, "credit_entries", residentID)
}
