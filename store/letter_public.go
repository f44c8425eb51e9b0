package store

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
)

const publicLetterColumns = `l.id, l.version, l.title, l.channel, l.author, l.outcome, l.asked_day, l.answered_day, l.confirmed_day,
	l.lapses_on, l.useful, l.published_at, l.updated_at, l.exchanges,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM public_letter_departments x WHERE x.letter_id = l.id), ''),
	coalesce((SELECT string_agg(x.topic_id, ',' ORDER BY x.position) FROM public_letter_topics x WHERE x.letter_id = l.id), '')`

func scanPublicLetter(d *Directory, row scanner) (l model.PublicLetter, err error) {
	var departments, topics string
	err = row.Scan(&l.ID, &l.Version, &l.Title, &l.Channel, &l.Author, &l.Outcome, &l.Asked, &l.Answered, &l.Confirmed,
		&l.LapsesOn, &l.Useful, milliseconds{&l.PublishedAt}, milliseconds{&l.UpdatedAt}, asJSON(&l.Exchanges), &departments, &topics)
	l.Departments, l.Topics = d.DepartmentsOf(split(departments)), d.TopicsOf(split(topics))
	return l, err
}

// publicLetters reads public letters with what their answers rest on.
func (s *Store) publicLetters(ctx context.Context, condition string, args ...any) ([]model.PublicLetter, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (model.PublicLetter, error) { return scanPublicLetter(d, row) },
		`SELECT `+publicLetterColumns+` FROM public_letters l WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read public letters: %w", err)
	}
	return list, s.readBasis(ctx, list)
}

// readBasis reads what the answers of some letters rest on. A policy that is not
// public any more binds nobody.
func (r reads) readBasis(ctx context.Context, list []model.PublicLetter) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[string]*model.PublicLetter, len(list))
	ids := make([]string, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	var w where
	in(&w, "x.letter_id", ids)
	_, err := collect(ctx, r, func(row scanner) (b model.LetterBasis, err error) {
		var letter string
		err = row.Scan(&letter, &b.ID, &b.Title, &b.DocNumber, &b.PublishedDate, &b.Article,
			&b.Days.Effective, &b.Days.Expiry, &b.Days.Amended, &b.Days.Repealed, &b.Days.Stated)
		at[letter].Basis = append(at[letter].Basis, b)
		return b, err
	}, `SELECT x.letter_id, coalesce(p.id, ''), coalesce(p.title, x.title), coalesce(p.doc_number, x.doc_number), coalesce(p.published_date, ''),
			x.article, coalesce(p.effective_date, ''), coalesce(p.expiry_date, ''), coalesce(p.amended_on, ''), coalesce(p.repealed_on, ''),
			coalesce(p.stated, '`+string(model.Repealed)+`')
		FROM public_letter_basis x LEFT JOIN policies p ON p.id = x.policy_id WHERE `+w.String()+` ORDER BY x.letter_id, x.position`, w.args...)
	if err != nil {
		return fmt.Errorf("read basis of public letters: %w", err)
	}
	return nil
}

// PublicLetter reads a public letter, nil where there is none.
func (s *Store) PublicLetter(ctx context.Context, id string) (*model.PublicLetter, error) {
	list, err := s.publicLetters(ctx, `l.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// PublicLetters reads public letters of some IDs, in the order of the IDs; those that
// are gone are left out.
func (s *Store) PublicLetters(ctx context.Context, ids []string) ([]model.PublicLetter, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "l.id", ids)
	list, err := s.publicLetters(ctx, w.String(), w.args...)
	return inOrder(ids, list, func(l *model.PublicLetter) string { return l.ID }), err
}

// IndexedLetters reads public letters as the search index wants them: the next limit
// ones after an ID, or those of some IDs.
func (s *Store) IndexedLetters(ctx context.Context, after string, ids []string, limit int) ([]model.PublicLetter, error) {
	var w where
	w.and("l.id > ?", after)
	if ids != nil {
		in(&w, "l.id", ids)
	}
	w.args = append(w.args, limit)
	return s.publicLetters(ctx, fmt.Sprintf(`%s ORDER BY l.id LIMIT $%d`, &w, len(w.args)), w.args...)
}

// NewestPublicLetters reads the letters that became public last.
func (s *Store) NewestPublicLetters(ctx context.Context, limit int) ([]model.PublicLetter, error) {
	return s.publicLetters(ctx, `1 = 1 ORDER BY l.published_at DESC, l.id DESC LIMIT $1`, limit)
}

// LetterVersions lists IDs and versions of public letters, ordered by ID, after an ID.
func (s *Store) LetterVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "public_letters", after, limit)
}

// UsefulLetters reads the public letters that were useful to most people and whose
// answers stand on a day, of a topic or, for "", of all.
func (s *Store) UsefulLetters(ctx context.Context, topic string, day model.Day, limit int) ([]model.PublicLetter, error) {
	var w where
	w.and("(l.lapses_on = '' OR l.lapses_on > ?)", day)
	if topic != "" {
		w.and("l.id IN (SELECT letter_id FROM public_letter_topics WHERE topic_id = ?)", topic)
	}
	w.args = append(w.args, limit)
	return s.publicLetters(ctx, fmt.Sprintf(`%s ORDER BY l.useful DESC, l.answered_day DESC, l.id DESC LIMIT $%d`, &w, len(w.args)), w.args...)
}

// LapsedLetters reads the public letters of some departments whose answers stand no
// more on a day, those that lapsed first at first; and counts them. all is true for
// those of every department.
func (s *Store) LapsedLetters(ctx context.Context, departments []string, all bool, day model.Day, limit, offset int) ([]model.PublicLetter, int, error) {
	var w where
	w.and("l.lapses_on <> '' AND l.lapses_on <= ?", day)
	if !all {
		w.and("l.id IN (SELECT x.letter_id FROM public_letter_departments x WHERE "+s.d.among("x.department_id", "?")+")", asList(departments))
	}
	var total int
	if _, err := s.row(ctx, `SELECT count(*) FROM public_letters l WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count lapsed letters: %w", err)
	}
	args := append(w.args, limit, offset)
	list, err := s.publicLetters(ctx, fmt.Sprintf(`%s ORDER BY l.lapses_on, l.id LIMIT $%d OFFSET $%d`, &w, len(args)-1, len(args)), args...)
	return list, total, err
}

// PublishLetter makes a letter public, or changes what is public of it.
func (tx *Tx) PublishLetter(ctx context.Context, l *model.PublicLetter, e Edition) error {
	there, err := tx.row(ctx, `SELECT version, published_at, confirmed_day, useful FROM public_letters WHERE id = $1`, []any{l.ID},
		&l.Version, milliseconds{&l.PublishedAt}, &l.Confirmed, &l.Useful)
	if err != nil {
		return fmt.Errorf("look for public letter: %w", err)
	}
	if !there {
		l.PublishedAt = tx.store.clock.Now()
		if l.Version, err = tx.versionsServed(ctx, model.KindLetter, l.ID); err != nil {
			return err
		}
	}
	l.Version++
	l.UpdatedAt = tx.store.clock.Now()
	f := formOf(l.Canonical(), e)
	if err := tx.writePublicLetter(ctx, l, f.hash); err != nil {
		return err
	}
	if err := tx.keepRevision(ctx, model.KindLetter, l.ID, l.Version, f); err != nil {
		return err
	}
	return tx.lapseLetter(ctx, l.ID)
}

func (tx *Tx) writePublicLetter(ctx context.Context, l *model.PublicLetter, hash string) error {
	err := tx.exec(ctx, "save public letter", `
		INSERT INTO public_letters (id, version, title, channel, author, outcome, asked_day, answered_day, confirmed_day, lapses_on, useful,
			sm3, published_at, updated_at, exchanges)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, author = excluded.author,
			outcome = excluded.outcome, answered_day = excluded.answered_day, sm3 = excluded.sm3, updated_at = excluded.updated_at,
			exchanges = excluded.exchanges`,
		l.ID, l.Version, l.Title, l.Channel, l.Author, l.Outcome, l.Asked, l.Answered, l.Confirmed, l.Useful, hash,
		l.PublishedAt.UnixMilli(), l.UpdatedAt.UnixMilli(), toJSON(l.Exchanges))
	if err != nil {
		return err
	}
	topics := make([]string, len(l.Topics))
	for i, t := range l.Topics {
		topics[i] = t.ID
	}
	return errors.Join(
		tx.setList(ctx, "public_letter_departments", "letter_id", "department_id", l.ID, departmentIDs(l.Departments)),
		tx.setList(ctx, "public_letter_topics", "letter_id", "topic_id", l.ID, topics),
		tx.setBasis(ctx, l))
}

func (tx *Tx) setBasis(ctx context.Context, l *model.PublicLetter) error {
	if err := tx.exec(ctx, "clear basis", `DELETE FROM public_letter_basis WHERE letter_id = $1`, l.ID); err != nil {
		return err
	}
	for n, b := range l.Basis {
		err := tx.exec(ctx, "save basis", `INSERT INTO public_letter_basis (letter_id, position, policy_id, title, doc_number, article)
			VALUES ($1, $2, $3, $4, $5, $6)`, l.ID, n, b.ID, b.Title, b.DocNumber, b.Article)
		if err != nil {
			return err
		}
	}
	return nil
}

// lapseLetter derives until when an answer stands, and queues it for the index.
func (tx *Tx) lapseLetter(ctx context.Context, id string) error {
	list := []model.PublicLetter{{ID: id}}
	l := &list[0]
	there, err := tx.row(ctx, `SELECT answered_day, confirmed_day FROM public_letters WHERE id = $1`, []any{id}, &l.Answered, &l.Confirmed)
	if err != nil || !there {
		return err
	}
	if err := tx.readBasis(ctx, list); err != nil {
		return err
	}
	l.Lapse()
	if err := tx.exec(ctx, "derive until when an answer stands", `UPDATE public_letters SET lapses_on = $2 WHERE id = $1`, id, l.LapsesOn); err != nil {
		return err
	}
	return tx.QueueIndex(ctx, model.KindLetter, id)
}

// touchLettersOf gives the public letters that rest on a policy a new version, and
// derives anew until when their answers stand.
func (tx *Tx) touchLettersOf(ctx context.Context, policyID string) error {
	ids, err := tx.ids(ctx, `UPDATE public_letters SET version = version + 1, updated_at = $2
		WHERE id IN (SELECT letter_id FROM public_letter_basis WHERE policy_id = $1) RETURNING id`, policyID, tx.now())
	if err != nil {
		return fmt.Errorf("touch letters that rest on a policy: %w", err)
	}
	for _, id := range ids {
		if err := tx.lapseLetter(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// ConfirmLetter keeps that an office says, on a day, that an answer still stands.
func (tx *Tx) ConfirmLetter(ctx context.Context, id string, day model.Day) error {
	err := tx.exec(ctx, "confirm answer", `UPDATE public_letters SET confirmed_day = $2, version = version + 1, updated_at = $3 WHERE id = $1`,
		id, day, tx.now())
	if err != nil {
		return err
	}
	return tx.lapseLetter(ctx, id)
}

// WithdrawLetter takes a letter from the public, and what was taken from it into the lists
// of others: its title, and the words that somebody quoted.
func (tx *Tx) WithdrawLetter(ctx context.Context, id string) error {
	for _, doing := range []struct{ what, text string }{
		{"note version", `UPDATE publications SET served = (SELECT version FROM public_letters WHERE id = $1) WHERE kind = 'letter' AND id = $1`},
		{"withdraw public letter", `DELETE FROM public_letters WHERE id = $1`},
		{"forget quotes of letter", `UPDATE feedback SET about_quote_sealed = NULL WHERE about_kind = 'letter' AND about_id = $1`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, id); err != nil {
			return err
		}
	}
	for _, doing := range []struct{ what, text string }{
		{"forget title of kept letter", `UPDATE favourites SET title = $2 WHERE kind = 'letter' AND key = $1`},
		{"forget title of told letter", `UPDATE feedback SET about_title = $2 WHERE about_kind = 'letter' AND about_id = $1`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, id, model.LetterTakenBack); err != nil {
			return err
		}
	}
	return tx.QueueIndex(ctx, model.KindLetter, id)
}

// LetterTouches is what those follow who are told of a public letter: its topics and
// the departments that answered.
func (tx *Tx) LetterTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'topic', topic_id FROM public_letter_topics WHERE letter_id = $1
		UNION SELECT 'department', department_id FROM public_letter_departments WHERE letter_id = $2`, id, id)
}

// Thank keeps whether a public letter was useful to a resident, once, and gives the
// count. It is ErrLetterMissing where there is none.
func (tx *Tx) Thank(ctx context.Context, id, residentID string, useful bool) (count int, err error) {
	change := `DELETE FROM public_letter_thanks WHERE letter_id = $1 AND resident_id = $2`
	args := []any{id, residentID}
	if useful {
		change = `INSERT INTO public_letter_thanks (letter_id, resident_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
		args = append(args, tx.now())
	}
	if there, err := tx.row(ctx, `SELECT useful FROM public_letters WHERE id = $1`, []any{id}, &count); err != nil || !there {
		return 0, errors.Join(err, model.ErrLetterMissing)
	}
	if err := tx.exec(ctx, "thank for a letter", change, args...); err != nil {
		return 0, err
	}
	return tx.countThanks(ctx, id)
}

func (tx *Tx) countThanks(ctx context.Context, id string) (count int, err error) {
	_, err = tx.row(ctx, `UPDATE public_letters SET useful = (SELECT count(*) FROM public_letter_thanks WHERE letter_id = $1)
		WHERE id = $1 RETURNING useful`, []any{id}, &count)
	if err != nil {
		return 0, fmt.Errorf("count to whom a letter was useful: %w", err)
	}
	tx.changed = true
	return count, nil
}

// Thanked says whether a public letter was useful to a resident.
func (s *Store) Thanked(ctx context.Context, id, residentID string) (bool, error) {
	there, err := s.row(ctx, `SELECT letter_id FROM public_letter_thanks WHERE letter_id = $1 AND resident_id = $2`, []any{id, residentID}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for thanks: %w", err)
	}
	return there, nil
}

// ThankedLetters are the titles of the public letters that were useful to a resident.
func (s *Store) ThankedLetters(ctx context.Context, residentID string) (titles []string, err error) {
	titles, err = collect(ctx, s.reads, scanID, `SELECT l.title FROM public_letter_thanks t JOIN public_letters l ON l.id = t.letter_id
		WHERE t.resident_id = $1 ORDER BY t.at DESC`, residentID)
	if err != nil {
		return nil, fmt.Errorf("read thanks: %w", err)
	}
	return titles, nil
}

// ForgetThanks forgets to whom letters were useful, of one resident.
func (tx *Tx) ForgetThanks(ctx context.Context, residentID string) error {
	ids, err := tx.ids(ctx, `DELETE FROM public_letter_thanks WHERE resident_id = $1 RETURNING letter_id`, residentID)
	for _, id := range ids {
		if _, failed := tx.countThanks(ctx, id); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return fmt.Errorf("forget thanks: %w", err)
	}
	return nil
}
