package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// The columns of letters that hold what somebody wrote, or who wrote it.
const (
	letterTitle     = "letters.title_sealed"
	letterText      = "letters.text_sealed"
	letterPlace     = "letters.place_sealed"
	letterContact   = "letters.contact_sealed"
	letterExtension = "letters.extension_sealed"
)

const letterColumns = `l.id, l.number, coalesce(l.resident_id, ''), l.channel, l.source, l.topic_id, coalesce(l.wanted_department_id, ''), l.title_sealed,
	l.text_sealed, l.place_sealed, l.may_publish <> 0, l.anonymous <> 0, l.checked, l.state, coalesce(l.lead_department_id, ''), l.handler_id, l.round,
	l.designated <> 0, l.term_workdays, l.term_law, l.term_article, l.extended_workdays, l.extended_was, l.extended_by, l.extended_at, l.extension_sealed, l.ground,
	coalesce(l.merged_into, ''), l.entered_by, l.received_at, l.asked_at, l.due_day, l.updated_at, l.version`

// scanLetter reads a letter without its contact, and without what hangs on it.
func (s *Store) scanLetter(row scanner) (l model.Letter, err error) {
	var title, text, place, extension []byte
	var x model.LetterExtension
	err = row.Scan(&l.ID, &l.Number, &l.ResidentID, &l.Channel, &l.Source, &l.TopicID, &l.WantedID, &title, &text, &place, &l.MayPublish,
		&l.Anonymous, &l.Check, &l.State, &l.LeadID, &l.HandlerID, &l.Round, &l.Designated, &l.Term.Workdays, &l.Term.Law, &l.Term.Article,
		&x.Workdays, &x.Was, &x.StaffID, ifAny{&x.At}, &extension, &l.Ground, &l.MergedInto, &l.EnteredBy, milliseconds{&l.ReceivedAt},
		milliseconds{&l.AskedAt}, &l.DueDay, milliseconds{&l.UpdatedAt}, &l.Version)
	if err != nil {
		return l, err
	}
	var where, why string
	err = s.openAll(l.ID, map[string]sealedInto{letterTitle: {title, &l.Title}, letterText: {text, &l.Text}, letterPlace: {place, &where},
		letterExtension: {extension, &why}})
	if err != nil {
		return l, err
	}
	if x.Workdays > 0 {
		x.Asked, l.Extension = model.Today(x.At), &x
		if err := fromSealed(why, &writtenExtension{&x.Why, &x.Plan}); err != nil {
			return l, err
		}
	}
	return l, fromSealed(where, &writtenPlace{&l.Place.Words, &l.Place.Lat, &l.Place.Lng})
}

// What stands behind one seal.
type (
	writtenPlace struct {
		Words *string  `json:"words"`
		Lat   *float64 `json:"lat"`
		Lng   *float64 `json:"lng"`
	}
	writtenExtension struct {
		Why  *string `json:"why"`
		Plan *string `json:"plan"`
	}
)

func fromSealed(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// sealing seals the texts of a row; the first error stands for all.
type sealing struct {
	store *Store
	id    string
	err   error
}

func (s *sealing) seal(column, value string) any {
	sealed, err := s.store.sealOrNull(column, s.id, value)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("seal %s: %w", column, err)
	}
	return sealed
}

// sealJSON seals something of more than one part, nothing where it is empty.
func (s *sealing) sealJSON(column string, empty bool, v any) any {
	if empty {
		return s.seal(column, "")
	}
	return s.seal(column, toJSON(v))
}

// Letter reads a whole letter, nil where there is none.
func (s *Store) Letter(ctx context.Context, id string) (*model.Letter, error) {
	return s.letter(ctx, s.reads, id)
}

// LetterFor reads a whole letter in order to change it: until the transaction ends
// nobody else does. It is ErrLetterMissing where there is none.
func (tx *Tx) LetterFor(ctx context.Context, id string) (*model.Letter, error) {
	if err := tx.exec(ctx, "take letter", `UPDATE letters SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	l, err := tx.store.letter(ctx, tx.reads, id)
	if err == nil && l == nil {
		err = model.ErrLetterMissing
	}
	return l, err
}

func (s *Store) letter(ctx context.Context, from reads, id string) (*model.Letter, error) {
	list, err := collect(ctx, from, s.scanLetter, `SELECT `+letterColumns+` FROM letters l WHERE l.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read letter: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], s.letterParts(ctx, from, &list[0])
}

// LetterContact reads how the author of a letter can be reached; who asks writes an
// audit line with the reason.
func (tx *Tx) LetterContact(ctx context.Context, id string) (c model.LetterContact, err error) {
	return tx.store.contactOf(ctx, tx.reads, id)
}

// LetterAuthorName is how the author of a letter is called, for the checks that keep
// the name from the public: nobody is shown it. "" where it is not known.
func (s *Store) LetterAuthorName(ctx context.Context, id string) (string, error) {
	c, err := s.contactOf(ctx, s.reads, id)
	return strings.TrimSpace(c.Name), err
}

func (s *Store) contactOf(ctx context.Context, from reads, id string) (c model.LetterContact, err error) {
	var sealed []byte
	if _, err = from.row(ctx, `SELECT contact_sealed FROM letters WHERE id = $1`, []any{id}, &sealed); err != nil {
		return c, fmt.Errorf("read contact: %w", err)
	}
	var text string
	if err = s.openAll(id, map[string]sealedInto{letterContact: {sealed, &text}}); err != nil {
		return c, fmt.Errorf("read contact: %w", err)
	}
	return c, fromSealed(text, &c)
}

// AddLetter keeps a new letter, which gets an ID, with its contact, its files and its
// first steps.
func (tx *Tx) AddLetter(ctx context.Context, l *model.Letter, steps ...model.LetterEvent) error {
	l.ID, l.Version = NewID(), 1
	v := &sealing{tx.store, l.ID, nil}
	args := []any{l.ID, l.Number, orNull(l.ResidentID), l.Channel, l.Source, l.TopicID, orNull(l.WantedID), v.seal(letterTitle, l.Title),
		v.seal(letterText, l.Text), v.sealJSON(letterPlace, l.Place.IsEmpty(), writtenPlace{&l.Place.Words, &l.Place.Lat, &l.Place.Lng}),
		v.sealJSON(letterContact, l.Contact == model.LetterContact{}, l.Contact), number(l.MayPublish), number(l.Anonymous), l.Check, l.State,
		orNull(l.LeadID), l.HandlerID, l.Round, number(l.Designated), l.Term.Workdays, l.Term.Law, l.Term.Article, l.Ground, l.EnteredBy,
		l.ReceivedAt.UnixMilli(), l.AskedAt.UnixMilli(), l.DueDay, l.UpdatedAt.UnixMilli()}
	if v.err != nil {
		return v.err
	}
	err := tx.exec(ctx, "add letter", `
		INSERT INTO letters (id, number, resident_id, channel, source, topic_id, wanted_department_id, title_sealed, text_sealed, place_sealed,
			contact_sealed, may_publish, anonymous, checked, state, lead_department_id, handler_id, round, designated, term_workdays, term_law,
			term_article, ground, entered_by, received_at, asked_at, due_day, updated_at, extended_workdays, extended_was, extended_by, extended_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
			0, '', '', 0, 1)`, args...)
	if err != nil {
		return err
	}
	if err := tx.bindLetterFiles(ctx, l); err != nil {
		return err
	}
	return tx.keepLetterParts(ctx, l, steps)
}

// KeepLetter writes a letter that LetterFor has read, what hangs on it, and the steps
// that were taken.
func (tx *Tx) KeepLetter(ctx context.Context, l *model.Letter, steps ...model.LetterEvent) error {
	l.Version++
	x := model.LetterExtension{}
	if l.Extension != nil {
		x = *l.Extension
	}
	v := &sealing{tx.store, l.ID, nil}
	extension := v.sealJSON(letterExtension, x.Workdays == 0, writtenExtension{&x.Why, &x.Plan})
	if v.err != nil {
		return v.err
	}
	err := tx.exec(ctx, "keep letter", `UPDATE letters SET may_publish = $2, checked = $3, state = $4, lead_department_id = $5, handler_id = $6, round = $7,
			designated = $8, term_workdays = $9, term_law = $10, term_article = $11, extended_workdays = $12, extended_by = $13, extended_at = $14,
			extension_sealed = $15, ground = $16, merged_into = $17, asked_at = $18, due_day = $19, updated_at = $20, topic_id = $21, version = $22, extended_was = $23
		WHERE id = $1`, l.ID, number(l.MayPublish), l.Check, l.State, orNull(l.LeadID), l.HandlerID, l.Round, number(l.Designated),
		l.Term.Workdays, l.Term.Law, l.Term.Article, x.Workdays, x.StaffID, millis(x.At), extension, l.Ground, orNull(l.MergedInto),
		l.AskedAt.UnixMilli(), l.DueDay, l.UpdatedAt.UnixMilli(), l.TopicID, l.Version, x.Was)
	if err != nil {
		return err
	}
	return tx.keepLetterParts(ctx, l, steps)
}

// CountLettersOf counts what a resident has sent since a moment.
func (r reads) CountLettersOf(ctx context.Context, residentID string, since time.Time) (n int, err error) {
	_, err = r.row(ctx, `SELECT count(*) FROM letters WHERE resident_id = $1 AND received_at >= $2`, []any{residentID, since.UnixMilli()}, &n)
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}

// CutLetters cuts all letters of a resident from the person, and says how many there
// were, and how many of them are still being handled. What was written is kept.
func (tx *Tx) CutLetters(ctx context.Context, residentID string, now time.Time) (all, open int, err error) {
	ids, err := tx.ids(ctx, `SELECT id FROM letters WHERE resident_id = $1 ORDER BY id`, residentID)
	if err != nil {
		return 0, 0, fmt.Errorf("cut letters: %w", err)
	}
	for _, id := range ids {
		l, err := tx.LetterFor(ctx, id)
		if err != nil {
			return 0, 0, err
		}
		if l.State.IsOpen() {
			open++
		}
		if err := tx.cutLetter(ctx, l, now); err != nil {
			return 0, 0, err
		}
	}
	for _, table := range []string{"letter_files", "letter_drafts"} {
		loose := map[string]string{"letter_files": ` AND letter_id IS NULL`}[table]
		if err := tx.exec(ctx, "cut "+table, `DELETE FROM `+table+` WHERE resident_id = $1`+loose, residentID); err != nil {
			return 0, 0, err
		}
	}
	err = tx.exec(ctx, "cut files of letters", `UPDATE letter_files SET resident_id = NULL WHERE resident_id = $1`, residentID)
	return len(ids), open, err
}

func (tx *Tx) cutLetter(ctx context.Context, l *model.Letter, now time.Time) error {
	err := tx.exec(ctx, "cut letter", `UPDATE letters SET resident_id = NULL, contact_sealed = NULL, may_publish = 0 WHERE id = $1`, l.ID)
	if err != nil {
		return err
	}
	l.MayPublish = false
	return tx.KeepLetter(ctx, l, model.LetterEvent{At: now, What: model.LetterStepCut})
}
