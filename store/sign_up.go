package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// The columns of sign-ups that are sealed.
const (
	bookSeed     = "event_books.seed_sealed"
	signUpPerson = "event_sign_ups.person_sealed"
)

const bookColumns = `event_id, title, place, begins_at, ends_at, ` + termColumns + `, cancelled, why, last, taken, seed_hash, seed, numbers, numbers_hash,
	fixed_at, drawn_at, reminded_at`

func scanBook(row scanner) (b model.Book, err error) {
	dest := []any{&b.EventID, &b.Title, &b.Place, ifAny{&b.BeginsAt}, ifAny{&b.EndsAt}}
	dest = append(dest, termsInto(&b.Terms)...)
	dest = append(dest, &b.Cancelled, &b.Why, &b.Last, &b.Taken, &b.SeedHash, &b.Seed, asJSON(&b.Numbers), &b.NumbersHash, ifAny{&b.FixedAt},
		ifAny{&b.DrawnAt}, ifAny{&b.RemindedAt})
	return b, row.Scan(dest...)
}

// Book reads the book of an event, nil where it never was public.
func (r reads) Book(ctx context.Context, eventID string) (*model.Book, error) {
	list, err := collect(ctx, r, scanBook, `SELECT `+bookColumns+` FROM event_books WHERE event_id = $1`, eventID)
	if err != nil {
		return nil, fmt.Errorf("read book of event: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// Books reads the books of some events by the IDs of the events.
func (r reads) Books(ctx context.Context, eventIDs []string) (map[string]model.Book, error) {
	books := map[string]model.Book{}
	if len(eventIDs) == 0 {
		return books, nil
	}
	var w where
	in(&w, "event_id", eventIDs)
	list, err := collect(ctx, r, scanBook, `SELECT `+bookColumns+` FROM event_books WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read books of events: %w", err)
	}
	for _, b := range list {
		books[b.EventID] = b
	}
	return books, nil
}

// BookFor reads the book of an event in order to write in it: until the transaction ends
// nobody else does. It is nil where there is none.
func (tx *Tx) BookFor(ctx context.Context, eventID string) (*model.Book, error) {
	if err := tx.exec(ctx, "take book of event", `UPDATE event_books SET last = last WHERE event_id = $1`, eventID); err != nil {
		return nil, err
	}
	return tx.Book(ctx, eventID)
}

// KeepBook writes the book of an event. A seed is written only where the book has none
// yet; "" writes none.
func (tx *Tx) KeepBook(ctx context.Context, b *model.Book, seed string) error {
	sealed, err := tx.store.sealOrNull(bookSeed, b.EventID, seed)
	if err != nil {
		return fmt.Errorf("seal seed: %w", err)
	}
	args := []any{b.EventID, b.Title, b.Place, millis(b.BeginsAt), millis(b.EndsAt)}
	args = append(args, termsOf(&b.Terms)...)
	args = append(args, oneIf(b.Cancelled), b.Why, b.Last, b.Taken, b.SeedHash, b.Seed, toJSON(append([]int{}, b.Numbers...)), b.NumbersHash, millis(b.FixedAt),
		millis(b.DrawnAt), millis(b.RemindedAt), millis(b.RemindAt()), sealed)
	return tx.exec(ctx, "keep book of event", `INSERT INTO event_books (`+bookColumns+`, remind_at, seed_sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
		ON CONFLICT (event_id) DO UPDATE SET title = excluded.title, place = excluded.place, begins_at = excluded.begins_at, ends_at = excluded.ends_at,
			opens_at = excluded.opens_at, closes_at = excluded.closes_at, draws_at = excluded.draws_at, places = excluded.places, how = excluded.how,
			most_persons = excluded.most_persons, asks_phone = excluded.asks_phone, asks = excluded.asks, cancelled = excluded.cancelled,
			why = excluded.why, last = excluded.last, taken = excluded.taken, seed_hash = excluded.seed_hash, seed = excluded.seed,
			numbers = excluded.numbers, numbers_hash = excluded.numbers_hash, fixed_at = excluded.fixed_at, drawn_at = excluded.drawn_at,
			reminded_at = excluded.reminded_at, remind_at = excluded.remind_at,
			seed_sealed = coalesce(event_books.seed_sealed, excluded.seed_sealed)`, args...)
}

// Count writes what a book counts, and nothing else of it.
func (tx *Tx) Count(ctx context.Context, b *model.Book) error {
	return tx.exec(ctx, "count in book of event", `UPDATE event_books SET last = $2, taken = $3 WHERE event_id = $1`, b.EventID, b.Last, b.Taken)
}

// SealedSeed opens the seed of a draw, "" where there is none. Only the draw itself asks.
func (tx *Tx) SealedSeed(ctx context.Context, eventID string) (seed string, err error) {
	var sealed []byte
	if _, err = tx.row(ctx, `SELECT seed_sealed FROM event_books WHERE event_id = $1`, []any{eventID}, &sealed); err != nil {
		return "", fmt.Errorf("read seed: %w", err)
	}
	return tx.store.vault.Open(sealedPlace(bookSeed, eventID), sealed)
}

// BooksDue names events of which at a moment the list of numbers is to be fixed, the
// places are to be drawn, or people are to be reminded.
func (s *Store) BooksDue(ctx context.Context, now time.Time) ([]string, error) {
	list, err := collect(ctx, s.reads, scanID, `
		SELECT event_id FROM event_books WHERE how = 'lottery' AND cancelled = 0 AND drawn_at = 0 AND closes_at <= $1 AND places > 0
			AND (fixed_at = 0 OR draws_at <= $2)
		UNION SELECT event_id FROM event_books WHERE cancelled = 0 AND places > 0 AND reminded_at = 0 AND remind_at <= $3 AND begins_at > $4
		ORDER BY event_id LIMIT 100`, now.UnixMilli(), now.UnixMilli(), now.UnixMilli(), now.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("look for books that are due: %w", err)
	}
	return list, nil
}

const signUpColumns = `s.id, s.event_id, s.number, coalesce(s.resident_id, ''), s.state, s.turn, s.persons, s.code, s.signed_at, s.cancelled_at, s.came_at, s.checked_by`

// scanSignUp reads a sign-up without what the person told.
func scanSignUp(row scanner) (v model.SignUp, err error) {
	return v, row.Scan(&v.ID, &v.EventID, &v.Number, &v.ResidentID, &v.State, &v.Turn, &v.Persons, &v.Code, milliseconds{&v.SignedAt}, ifAny{&v.CancelledAt},
		ifAny{&v.CameAt}, &v.CheckedBy)
}

func (r reads) signUps(ctx context.Context, condition string, args ...any) ([]model.SignUp, error) {
	list, err := collect(ctx, r, scanSignUp, `SELECT `+signUpColumns+` FROM event_sign_ups s WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read sign-ups: %w", err)
	}
	return list, nil
}

// SignUpsTo lists all sign-ups to an event by their numbers, those that were taken back too,
// without what people told.
func (r reads) SignUpsTo(ctx context.Context, eventID string) ([]model.SignUp, error) {
	return r.signUps(ctx, `s.event_id = $1 ORDER BY s.number`, eventID)
}

// SignUpOf is the last sign-up of a resident to an event, nil where there is none.
func (r reads) SignUpOf(ctx context.Context, eventID, residentID string) (*model.SignUp, error) {
	return first(r.signUps(ctx, `s.event_id = $1 AND s.resident_id = $2 ORDER BY s.number DESC LIMIT 1`, eventID, residentID))
}

func first(list []model.SignUp, err error) (*model.SignUp, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// TimesSignedUp counts how often a resident signed up to an event.
func (tx *Tx) TimesSignedUp(ctx context.Context, eventID, residentID string) (n int, err error) {
	_, err = tx.row(ctx, `SELECT count(*) FROM event_sign_ups WHERE event_id = $1 AND resident_id = $2`, []any{eventID, residentID}, &n)
	return n, err
}

// SignUpByCode is the sign-up to an event that has a code, nil where there is none.
func (r reads) SignUpByCode(ctx context.Context, eventID, code string) (*model.SignUp, error) {
	return first(r.signUps(ctx, `s.event_id = $1 AND s.code = $2`, eventID, code))
}

// Waiting lists who waits for a place, in the order in which they move up.
func (tx *Tx) Waiting(ctx context.Context, eventID string, limit int) ([]model.SignUp, error) {
	return tx.signUps(ctx, `s.event_id = $1 AND s.state = $2 ORDER BY s.turn LIMIT $3`, eventID, model.SignUpWaiting, limit)
}

// Ahead counts who moves up before a turn.
func (r reads) Ahead(ctx context.Context, eventID string, turn int) (n int, err error) {
	_, err = r.row(ctx, `SELECT count(*) FROM event_sign_ups WHERE event_id = $1 AND state = $2 AND turn < $3`,
		[]any{eventID, model.SignUpWaiting, turn}, &n)
	return n, err
}

// SignUpsOf lists what a resident signed up for, the newest first, of each event the last.
func (s *Store) SignUpsOf(ctx context.Context, residentID string, limit int) ([]model.SignUp, error) {
	return s.signUps(ctx, `s.resident_id = $1 AND NOT EXISTS (SELECT 1 FROM event_sign_ups n WHERE n.event_id = s.event_id AND n.resident_id = s.resident_id
		AND n.number > s.number) ORDER BY s.signed_at DESC, s.id DESC LIMIT $2`, residentID, limit)
}

// OwnSignUps tells where a resident stands with each of some events, those left out to which
// they did not sign up.
func (s *Store) OwnSignUps(ctx context.Context, residentID string, eventIDs []string) (map[string]model.SignUpState, error) {
	states := map[string]model.SignUpState{}
	if len(eventIDs) == 0 {
		return states, nil
	}
	var w where
	w.and("s.resident_id = ?", residentID)
	in(&w, "s.event_id", eventIDs)
	list, err := s.signUps(ctx, w.String()+` ORDER BY s.number`, w.args...)
	for _, v := range list {
		states[v.EventID] = v.State
	}
	return states, err
}

// AllSignUpsOf lists all of a resident's sign-ups with what they told.
func (r reads) AllSignUpsOf(ctx context.Context, residentID string) ([]model.SignUp, error) {
	return r.signUps(ctx, `s.resident_id = $1 ORDER BY s.signed_at, s.id`, residentID)
}

// AddSignUp keeps a new sign-up.
func (tx *Tx) AddSignUp(ctx context.Context, v *model.SignUp) error {
	v.ID = NewID()
	sealing := sealing{store: tx.store, id: v.ID}
	person := sealing.sealJSON(signUpPerson, v.Person == model.SignUpPerson{}, v.Person)
	if sealing.err != nil {
		return sealing.err
	}
	return tx.exec(ctx, "add sign-up", `
		INSERT INTO event_sign_ups (id, event_id, number, resident_id, state, turn, persons, code, person_sealed, signed_at, cancelled_at, came_at, checked_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '')`,
		v.ID, v.EventID, v.Number, orNull(v.ResidentID), v.State, v.Turn, v.Persons, v.Code, person, v.SignedAt.UnixMilli())
}

// KeepSignUp writes where somebody stands. Who is not coming any more, nothing is kept of.
func (tx *Tx) KeepSignUp(ctx context.Context, v *model.SignUp) error {
	return tx.exec(ctx, "keep sign-up", `UPDATE event_sign_ups SET state = $2, turn = $3, cancelled_at = CAST($4 AS BIGINT), came_at = $5, checked_by = $6,
		person_sealed = CASE WHEN CAST($4 AS BIGINT) = 0 THEN person_sealed END WHERE id = $1`,
		v.ID, v.State, v.Turn, millis(v.CancelledAt), millis(v.CameAt), v.CheckedBy)
}

// PersonsTo reads who signed up to an event and did not take it back, with what they told;
// who asks writes an audit line with the reason.
func (tx *Tx) PersonsTo(ctx context.Context, eventID string) ([]model.SignUp, error) {
	return tx.store.persons(ctx, tx.reads, `s.event_id = $1 AND s.state <> 'cancelled' ORDER BY s.number`, eventID)
}

// OwnPerson is what a resident told who signed up.
func (s *Store) OwnPerson(ctx context.Context, id string) (p model.SignUpPerson, err error) {
	list, err := s.persons(ctx, s.reads, `s.id = $1`, id)
	if err != nil || len(list) == 0 {
		return p, err
	}
	return list[0].Person, nil
}

func (s *Store) persons(ctx context.Context, from reads, condition string, args ...any) ([]model.SignUp, error) {
	list, err := collect(ctx, from, func(row scanner) (v model.SignUp, err error) {
		var sealed []byte
		err = row.Scan(&v.ID, &v.EventID, &v.Number, &v.ResidentID, &v.State, &v.Turn, &v.Persons, &v.Code, milliseconds{&v.SignedAt}, ifAny{&v.CancelledAt},
			ifAny{&v.CameAt}, &v.CheckedBy, &sealed)
		if err != nil {
			return v, err
		}
		text, err := s.vault.Open(sealedPlace(signUpPerson, v.ID), sealed)
		if err != nil {
			return v, err
		}
		return v, fromSealed(text, &v.Person)
	}, `SELECT `+signUpColumns+`, s.person_sealed FROM event_sign_ups s WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read who signed up: %w", err)
	}
	return list, nil
}

// SignUpFigures count what came of the sign-up to an event.
func (r reads) SignUpFigures(ctx context.Context, eventID string) (f model.SignUpFigures, err error) {
	_, err = r.row(ctx, `SELECT count(CASE WHEN state <> 'cancelled' THEN 1 END), CAST(coalesce(sum(CASE WHEN state = 'in' THEN persons END), 0) AS BIGINT),
			count(CASE WHEN state = 'waiting' THEN 1 END), count(CASE WHEN state = 'entered' THEN 1 END), count(CASE WHEN state = 'cancelled' THEN 1 END),
			CAST(coalesce(sum(CASE WHEN came_at > 0 THEN persons END), 0) AS BIGINT)
		FROM event_sign_ups WHERE event_id = $1`, []any{eventID}, &f.Signed, &f.In, &f.Waiting, &f.Entered, &f.Cancelled, &f.Came)
	if err != nil {
		return f, fmt.Errorf("count sign-ups: %w", err)
	}
	return f, nil
}

// ForgetSignUps forgets what people told who signed up to events that ended before a moment.
func (tx *Tx) ForgetSignUps(ctx context.Context, ended time.Time) error {
	return tx.exec(ctx, "forget who signed up", `UPDATE event_sign_ups SET person_sealed = NULL
		WHERE person_sealed IS NOT NULL AND event_id IN (SELECT event_id FROM event_books WHERE ends_at < $1)`, ended.UnixMilli())
}

// CutSignUp cuts a resident from a sign-up.
func (tx *Tx) CutSignUp(ctx context.Context, id string) error {
	return tx.exec(ctx, "cut resident from sign-up", `UPDATE event_sign_ups SET resident_id = NULL, person_sealed = NULL WHERE id = $1`, id)
}

// TouchEvents has answers about events made anew.
func (tx *Tx) TouchEvents() { tx.changed = true }
