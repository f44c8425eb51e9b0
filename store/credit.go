package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// Credits lists what a resident allows, by purpose.
func (r reads) Credits(ctx context.Context, residentID string) ([]model.Credit, error) {
	list, err := collect(ctx, r, scanCredit,
		`SELECT `+creditColumns+` FROM credits WHERE resident_id = $1 ORDER BY template`, residentID)
	if err != nil {
		return nil, fmt.Errorf("read credits: %w", err)
	}
	return list, nil
}

const creditColumns = `resident_id, template, count, lasting, answer, answered_at, spent, zeroed_at`

func scanCredit(row scanner) (c model.Credit, err error) {
	return c, row.Scan(&c.ResidentID, &c.Purpose, &c.Left, &c.Lasting, &c.Answer, ifAny{&c.AnsweredAt}, &c.Spent,
		ifAny{&c.ZeroedAt})
}

// creditHeld is model.Credit.IsHeld.
const creditHeld = `answer <> 'off' AND (lasting = 1 OR count > 0)`

// CreditHolders says which of some residents allow a message for a purpose.
func (r reads) CreditHolders(ctx context.Context, p model.Purpose, residentIDs []string) (map[string]bool, error) {
	w := r.creditsOf(p, residentIDs)
	list, err := collect(ctx, r, scanID, `SELECT resident_id FROM credits WHERE `+creditHeld+` AND `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("find who holds a credit: %w", err)
	}
	holders := make(map[string]bool, len(list))
	for _, id := range list {
		holders[id] = true
	}
	return holders, nil
}

func scanID(row scanner) (id string, err error) { return id, row.Scan(&id) }

// creditsOf are the conditions of the rows of some residents; more are the values
// of the parameters before it.
func (r reads) creditsOf(p model.Purpose, residentIDs []string, more ...any) *where {
	w := &where{args: more}
	w.and("template = ?", p)
	w.and(r.d.among("resident_id", "?"), asList(residentIDs))
	return w
}

// SpendCredits takes a credit from each of some residents who has one, and says who
// had. A lasting one is not diminished.
func (tx *Tx) SpendCredits(ctx context.Context, p model.Purpose, residentIDs []string) (spent []string, err error) {
	w := tx.creditsOf(p, residentIDs, tx.second())
	spent, err = collect(ctx, tx.reads, scanID, `UPDATE credits SET spent_at = $1, spent = spent + 1,
			count = CASE WHEN lasting = 1 THEN count ELSE count - 1 END
		WHERE `+w.String()+` AND `+creditHeld+` RETURNING resident_id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("spend credits: %w", err)
	}
	return spent, nil
}

// ReturnCredits gives back what was spent on calls that certainly sent nothing.
func (tx *Tx) ReturnCredits(ctx context.Context, p model.Purpose, residentIDs []string) error {
	w := tx.creditsOf(p, residentIDs)
	return tx.exec(ctx, "return credits", `UPDATE credits SET spent = spent - 1,
			count = CASE WHEN lasting = 1 THEN count ELSE count + 1 END
		WHERE `+w.String(), w.args...)
}

// ZeroCredits notes that WeChat let a message pass to none of some residents (43101):
// whatever we counted, nothing was left when their last credit was spent. What they
// accepted since then, while WeChat was being asked, is left to them.
func (tx *Tx) ZeroCredits(ctx context.Context, p model.Purpose, residentIDs []string) error {
	w := tx.creditsOf(p, residentIDs, tx.second())
	return tx.exec(ctx, "zero credits", `UPDATE credits SET
			zeroed_at = CASE WHEN spent_at > 0 THEN spent_at ELSE $1 END,
			lasting = CASE WHEN answer = 'accept' AND answered_at > spent_at THEN lasting ELSE 0 END,
			count = (SELECT CASE WHEN count(*) < credits.count THEN count(*) ELSE credits.count END FROM credit_entries e
				WHERE e.resident_id = credits.resident_id AND e.template = credits.template
				AND e.answer = 'accept' AND e.report_id = '' AND e.at > credits.spent_at)
		WHERE `+w.String(), w.args...)
}

// second is now, to the second.
func (tx *Tx) second() int64 { return tx.now() / 1000 * 1000 }
