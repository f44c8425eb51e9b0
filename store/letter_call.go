package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

const callSaid = "letter_calls.said_sealed"

// finalAnswer is the latest answer of a letter that is done with.
const finalAnswer = `FROM letters l JOIN letter_replies r ON r.letter_id = l.id AND r.sent_at > 0
	AND NOT EXISTS (SELECT 1 FROM letter_replies b WHERE b.letter_id = l.id AND b.sent_at > 0 AND b.n > r.n)
	WHERE l.state IN ('answered', 'closed') AND l.contact_sealed IS NOT NULL`

// Drawable are the letters answered from one day until another whose authors may be
// called: who left a way to be reached, and was not picked before for the same answer.
func (tx *Tx) Drawable(ctx context.Context, from, until model.Day) ([]model.Drawable, error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (d model.Drawable, err error) {
		return d, row.Scan(&d.ID, &d.DepartmentID, &d.Unsolved)
	}, `SELECT l.id, coalesce(l.lead_department_id, ''), r.satisfaction > 0 AND r.solved = 0 `+finalAnswer+`
		AND r.sent_day >= $1 AND r.sent_day <= $2 AND NOT EXISTS (SELECT 1 FROM letter_calls c WHERE c.reply_id = r.id)
		ORDER BY l.id`, from, until)
	if err != nil {
		return nil, fmt.Errorf("list letters for calls: %w", err)
	}
	return list, nil
}

// AddSample keeps a lot and the calls it picked.
func (tx *Tx) AddSample(ctx context.Context, v *model.LetterSample, calls []model.LetterCall) error {
	v.ID, v.Letters = NewID(), len(calls)
	err := tx.exec(ctx, "keep sample", `INSERT INTO letter_samples (id, from_day, until_day, share, unsolved, seed, drawn_by, drawn_at, letters)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, v.ID, v.From, v.Until, v.Percent, number(v.Unsolved), v.Seed, v.DrawnBy, v.DrawnAt.UnixMilli(), v.Letters)
	if err != nil {
		return err
	}
	for _, c := range calls {
		err := tx.exec(ctx, "keep call", `INSERT INTO letter_calls (id, sample_id, letter_id, reply_id, why, state, tries, staff_id, at, by_author,
				response, solved, satisfaction, counted)
			SELECT $1, $2, l.id, r.id, $4, $5, 0, '', 0, 0, 0, 0, 0, 0 `+finalAnswer+` AND l.id = $3`, NewID(), v.ID, c.LetterID, c.Why, c.State)
		if err != nil {
			return err
		}
	}
	return nil
}

// LetterSamples lists the lots, the latest first.
func (s *Store) LetterSamples(ctx context.Context, limit int) ([]model.LetterSample, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (v model.LetterSample, err error) {
		return v, row.Scan(&v.ID, &v.From, &v.Until, &v.Percent, &v.Unsolved, &v.Seed, &v.DrawnBy, milliseconds{&v.DrawnAt}, &v.Letters)
	}, `SELECT id, from_day, until_day, share, unsolved <> 0, seed, drawn_by, drawn_at, letters FROM letter_samples
		ORDER BY drawn_at DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("list samples: %w", err)
	}
	return list, nil
}

const callColumns = `c.id, c.sample_id, c.letter_id, c.why, c.state, c.tries, c.staff_id, c.at, c.by_author <> 0, c.response, c.solved <> 0,
	c.satisfaction, c.said_sealed, c.counted <> 0`

func (s *Store) scanCall(row scanner) (c model.LetterCall, err error) {
	var said []byte
	err = row.Scan(&c.ID, &c.SampleID, &c.LetterID, &c.Why, &c.State, &c.Tries, &c.StaffID, ifAny{&c.At}, &c.ByAuthor, &c.Rating.Response,
		&c.Rating.Solved, &c.Rating.Satisfaction, &said, &c.Counted)
	if err != nil {
		return c, err
	}
	c.Rating.At = c.At
	return c, s.openAll(c.ID, map[string]sealedInto{callSaid: {said, &c.Rating.Text}})
}

// CallFilter narrows a list of calls; what is empty does not.
type CallFilter struct {
	State         model.CallState
	SampleID      string
	LetterID      string
	Offset, Limit int
}

func (f *CallFilter) conditions() *where {
	w := &where{}
	w.and("c.tries >= 0")
	for _, c := range []struct{ text, value string }{{"c.state = ?", string(f.State)}, {"c.sample_id = ?", f.SampleID}, {"c.letter_id = ?", f.LetterID}} {
		if c.value != "" {
			w.and(c.text, c.value)
		}
	}
	return w
}

// LetterCalls lists calls, those that were tried longest ago first, and counts them up to
// MostCounted.
func (s *Store) LetterCalls(ctx context.Context, f CallFilter) (list []model.LetterCall, total int, err error) {
	w, order := f.conditions(), "c.at, c.id"
	if f.State != model.CallWaiting {
		order = "c.at DESC, c.id DESC"
	}
	list, err = collect(ctx, s.reads, s.scanCall, `SELECT `+callColumns+` FROM letter_calls c WHERE `+w.String()+
		fmt.Sprintf(` ORDER BY %s LIMIT %d OFFSET %d`, order, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list calls: %w", err)
	}
	_, err = s.row(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM letter_calls c WHERE %s LIMIT %d) counted`, w.String(), MostCounted), w.args, &total)
	if err != nil {
		return nil, 0, fmt.Errorf("count calls: %w", err)
	}
	return list, total, nil
}

// CallCounts counts calls by their state.
func (s *Store) CallCounts(ctx context.Context, sampleID string) (map[model.CallState]int, error) {
	rows, err := collect(ctx, s.reads, scanCount, `SELECT state, count(*) FROM letter_calls WHERE sample_id = $1 OR $1 = '' GROUP BY state`, sampleID)
	if err != nil {
		return nil, fmt.Errorf("count calls: %w", err)
	}
	of := map[model.CallState]int{}
	for _, r := range rows {
		of[model.CallState(r.id)] = r.n
	}
	return of, nil
}

// CallFor reads a call in order to change it, with the ID of the answer it is about. It
// is ErrCallMissing where there is none.
func (tx *Tx) CallFor(ctx context.Context, id string) (c model.LetterCall, replyID string, err error) {
	if err := tx.exec(ctx, "take call", `UPDATE letter_calls SET tries = tries WHERE id = $1`, id); err != nil {
		return c, "", err
	}
	list, err := collect(ctx, tx.reads, tx.store.scanCall, `SELECT `+callColumns+` FROM letter_calls c WHERE c.id = $1`, id)
	switch {
	case err != nil:
		return c, "", fmt.Errorf("read call: %w", err)
	case len(list) == 0:
		return c, "", model.ErrCallMissing
	}
	_, err = tx.row(ctx, `SELECT reply_id FROM letter_calls WHERE id = $1`, []any{id}, &replyID)
	return list[0], replyID, err
}

// KeepCall writes a call that CallFor has read.
func (tx *Tx) KeepCall(ctx context.Context, c *model.LetterCall) error {
	v := &sealing{tx.store, c.ID, nil}
	said := v.seal(callSaid, c.Rating.Text)
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep call", `UPDATE letter_calls SET state = $2, tries = $3, staff_id = $4, at = $5, by_author = $6, response = $7, solved = $8,
			satisfaction = $9, said_sealed = $10, counted = $11 WHERE id = $1`, c.ID, c.State, c.Tries, c.StaffID, millis(c.At), number(c.ByAuthor),
		c.Rating.Response, number(c.Rating.Solved), c.Rating.Satisfaction, said, number(c.Counted))
}

// AnsweredAt is when the answer that a call is about was sent, by the letter.
func (s *Store) AnsweredAt(ctx context.Context, letterIDs []string) (map[string]time.Time, error) {
	of := map[string]time.Time{}
	if len(letterIDs) == 0 {
		return of, nil
	}
	w := &where{}
	in(w, "letter_id", letterIDs)
	_, err := collect(ctx, s.reads, func(row scanner) (id string, err error) {
		var at int64
		err = row.Scan(&id, &at)
		of[id] = time.UnixMilli(at).In(model.Shanghai)
		return id, err
	}, `SELECT letter_id, max(sent_at) FROM letter_replies WHERE `+w.String()+` AND sent_at > 0 GROUP BY letter_id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read when letters were answered: %w", err)
	}
	return of, nil
}
