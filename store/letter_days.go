package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// LettersDue lists open letters behind a place in the order of their days, with what
// deadlines are counted from and no more. What somebody is about to change is left
// out: that is counted when it is kept.
func (tx *Tx) LettersDue(ctx context.Context, behind LetterDaysJob, limit int) ([]model.Letter, error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (l model.Letter, err error) {
		var x model.LetterExtension
		err = row.Scan(&l.ID, &l.State, &l.Term.Workdays, &l.Term.Law, &l.Term.Article, &x.Workdays, &x.Was, ifAny{&x.At},
			milliseconds{&l.AskedAt}, &l.DueDay)
		if x.Workdays > 0 {
			x.Asked, l.Extension = model.Today(x.At), &x
		}
		return l, err
	}, `SELECT id, state, term_workdays, term_law, term_article, extended_workdays, extended_was, extended_at, asked_at, due_day
		FROM letters WHERE due_day <> '' AND (due_day, id) > ($1, $2) ORDER BY due_day, id LIMIT $3`+tx.d.skipLocked(), behind.Due, behind.ID, limit)
	if err != nil {
		return nil, fmt.Errorf("list letters by their days: %w", err)
	}
	return list, nil
}

// MoveDue has open letters due on another day, and what offices help with and have
// instructions for with them.
func (tx *Tx) MoveDue(ctx context.Context, ids []string, day model.Day) error {
	list := asList(ids)
	err := tx.exec(ctx, "move days of letters", `UPDATE letters SET due_day = $1, version = version + 1 WHERE `+tx.d.among("id", "$2"), day, list)
	for _, table := range []string{"letter_assists", "letter_instructions"} {
		if err == nil {
			err = tx.exec(ctx, "move days of "+table, `UPDATE `+table+` SET due_day = $1 WHERE `+tx.d.among("letter_id", "$2"), day, list)
		}
	}
	return err
}
