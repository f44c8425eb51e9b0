package store

import (
	"context"
	"fmt"
	"strings"
)

// sealedColumn is a column that holds sealed values: place says for what place
// a value is sealed, from the row's own key.
type sealedColumn struct {
	table, key, column string
	place              func(key []string) string
}

// sealedColumns are all of them: a test compares them with the tables. A key of
// two columns is written with a comma.
var sealedColumns = []sealedColumn{
	{"residents", "id", "openid_sealed", rowPlace("residents.openid_sealed")},
	{"residents", "id", "unionid_sealed", rowPlace("residents.unionid_sealed")},
	{"residents", "id", "phone_sealed", rowPlace("residents.phone_sealed")},
	{"residents", "id", "name_sealed", rowPlace("residents.name_sealed")},
	{"consents", "id", "guardian_sealed", rowPlace(guardianColumn)},
	{"staff", "id", "factor_sealed", rowPlace(factorColumn)},
	{"staff_sessions", "id", "offered_sealed", rowPlace(offeredColumn)},
	{"feedback", "id", "text_sealed", rowPlace(feedbackText)},
	{"feedback", "id", "about_quote_sealed", rowPlace(feedbackQuote)},
	{"feedback_answers", "id", "text_sealed", rowPlace(answerText)},
	{"feedback_answers", "id", "reason_sealed", rowPlace(answerReason)},
	{"feedback_answers", "id", "rating_sealed", rowPlace(answerRating)},
	{"feedback_events", "id", "text_sealed", rowPlace(feedbackRemark)},
	{"letters", "id", "title_sealed", rowPlace(letterTitle)},
	{"letters", "id", "text_sealed", rowPlace(letterText)},
	{"letters", "id", "place_sealed", rowPlace(letterPlace)},
	{"letters", "id", "contact_sealed", rowPlace(letterContact)},
	{"letters", "id", "extension_sealed", rowPlace(letterExtension)},
	{"letter_files", "file_id", "name_sealed", rowPlace(letterFileName)},
	{"letter_assists", "letter_id, department_id", "text_sealed", pairPlace(assistText)},
	{"letter_replies", "id", "text_sealed", rowPlace(replyText)},
	{"letter_replies", "id", "rating_sealed", rowPlace(replyRating)},
	{"letter_instructions", "id", "text_sealed", rowPlace(instructed)},
	{"letter_instructions", "id", "report_sealed", rowPlace(reported)},
	{"letter_events", "id", "text_sealed", rowPlace(letterStepText)},
	{"letter_supervisions", "id", "why_sealed", rowPlace(supervisionWhy)},
	{"letter_supervisions", "id", "text_sealed", rowPlace(supervisionText)},
	{"letter_supervisions", "id", "answer_sealed", rowPlace(supervisionAnswer)},
	{"letter_supervisions", "id", "note_sealed", rowPlace(supervisionNote)},
	{"letter_disputes", "id", "why_sealed", rowPlace(disputeWhy)},
	{"letter_disputes", "id", "meeting_sealed", rowPlace(disputeMeeting)},
	{"letter_disputes", "id", "decision_sealed", rowPlace(disputeDecision)},
	{"letter_calls", "id", "said_sealed", rowPlace(callSaid)},
	{"office_robots", "id", "address_sealed", rowPlace(robotAddress)},
	{"letter_drafts", "resident_id, channel", "text_sealed", pairPlace(letterDraftText)},
	{"opinions", "id", "text_sealed", rowPlace(opinionText)},
	{"opinions", "id", "wording_sealed", rowPlace(opinionWording)},
	{"opinions", "id", "signature_sealed", rowPlace(opinionSignature)},
	{"survey_answers", "id", "text_sealed", rowPlace(surveyText)},
	{"event_books", "event_id", "seed_sealed", rowPlace(bookSeed)},
	{"event_sign_ups", "id", "person_sealed", rowPlace(signUpPerson)},
	{"once", "scope, key", "answer_sealed", func(key []string) string { return oncePlace(key[0], key[1]) }},
}

// SealedColumns names every column that Reseal seals anew: table.column.
func SealedColumns() []string {
	list := make([]string, len(sealedColumns))
	for i, c := range sealedColumns {
		list[i] = c.table + "." + c.column
	}
	return list
}

func rowPlace(column string) func([]string) string {
	return func(key []string) string { return sealedPlace(column, key[0]) }
}

// resealPage is how many values one transaction seals anew.
const resealPage = 200

// Reseal seals every value anew that is sealed with another key than the
// present one, and says how many there were.
func (s *Store) Reseal(ctx context.Context, progress func(done int)) (done int, err error) {
	for _, c := range sealedColumns {
		for more := true; more; {
			err := s.InTx(ctx, func(tx *Tx) error {
				n, err := tx.resealSome(ctx, c)
				done, more = done+n, n == resealPage
				return err
			})
			if err != nil {
				return done, fmt.Errorf("seal %s.%s anew: %w", c.table, c.column, err)
			}
			progress(done)
		}
	}
	return done, nil
}

// sealedValue is a value with the key of its row.
type sealedValue struct {
	key    []string
	sealed []byte
}

func (tx *Tx) resealSome(ctx context.Context, c sealedColumn) (int, error) {
	list, err := tx.sealedByOthers(ctx, c, resealPage)
	if err != nil {
		return 0, err
	}
	for _, v := range list {
		plain, err := tx.store.vault.Open(c.place(v.key), v.sealed)
		if err != nil {
			return 0, err
		}
		sealed, err := tx.store.vault.Seal(c.place(v.key), plain)
		if err != nil {
			return 0, err
		}
		condition, args := c.is(v.key)
		if err := tx.exec(ctx, "seal anew", `UPDATE `+c.table+` SET `+c.column+` = $1 WHERE `+condition, append([]any{sealed}, args...)...); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// is the condition that picks a row by its key, from $2 on.
func (c sealedColumn) is(key []string) (string, []any) {
	if len(key) == 1 {
		return c.key + ` = $2`, []any{key[0]}
	}
	return `(` + c.key + `) = ($2, $3)`, []any{key[0], key[1]}
}

// sealedByOthers are values of a column that the present key did not seal.
func (tx *Tx) sealedByOthers(ctx context.Context, c sealedColumn, limit int) ([]sealedValue, error) {
	keys, err := tx.store.vault.current(true)
	if err != nil {
		return nil, err
	}
	id := sealKeyID(keys.Seals[0])
	two := strings.Contains(c.key, ",")
	return collect(ctx, tx.reads, func(row scanner) (v sealedValue, err error) {
		v.key = make([]string, 1)
		dest := []any{&v.key[0], &v.sealed}
		if two {
			v.key = make([]string, 2)
			dest = []any{&v.key[0], &v.key[1], &v.sealed}
		}
		return v, row.Scan(dest...)
	}, `SELECT `+c.key+`, `+c.column+` FROM `+c.table+` WHERE `+c.column+` IS NOT NULL AND substr(`+c.column+`, 2, 4) <> $1 LIMIT $2`, id[:], limit)
}

// SealedWithOthers counts the values that another key than the present one
// sealed.
func (s *Store) SealedWithOthers(ctx context.Context) (n int, err error) {
	err = s.InTx(ctx, func(tx *Tx) error {
		for _, c := range sealedColumns {
			list, err := tx.sealedByOthers(ctx, c, 1_000_000)
			if err != nil {
				return err
			}
			n += len(list)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("look for values under old keys: %w", err)
	}
	return n, nil
}
