package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yuandu/model"
)

// MostCounted is up to how many letters are counted: a box says 999+.
const MostCounted = 1000

// Letters lists letters without what hangs on them, and counts those that match, up
// to MostCounted: of what ends on this page the number is known.
func (s *Store) Letters(ctx context.Context, f LetterFilter) (list []model.Letter, total int, err error) {
	if list, err = s.LettersOnly(ctx, f); err != nil {
		return nil, 0, err
	}
	if len(list) < f.Limit && (len(list) > 0 || f.Offset == 0) {
		return list, min(f.Offset+len(list), MostCounted), nil
	}
	total, err = s.CountLetters(ctx, f)
	return list, total, err
}

// LettersOnly lists letters as Letters does, and does not count them.
func (s *Store) LettersOnly(ctx context.Context, f LetterFilter) ([]model.Letter, error) {
	few, err := s.matchesFew(ctx, f)
	if err != nil {
		return nil, err
	}
	return s.lettersOnly(ctx, f, few)
}

func (s *Store) lettersOnly(ctx context.Context, f LetterFilter, few bool) ([]model.Letter, error) {
	w := &where{}
	found, order := f.found(w, f.Offset+f.Limit, few), f.order().of("l.", "id")
	list, err := collect(ctx, s.reads, s.scanLetter, `SELECT `+letterColumns+` FROM letters l WHERE l.id IN (`+
		found+fmt.Sprintf(` LIMIT %d OFFSET %d) ORDER BY %s`, f.Limit, f.Offset, order), w.args...)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return list, nil
}

// LettersWithAnswers lists letters with their latest answers, without the words of those.
func (s *Store) LettersWithAnswers(ctx context.Context, f LetterFilter) ([]model.Letter, error) {
	list, err := s.LettersOnly(ctx, f)
	if err != nil || len(list) == 0 {
		return list, err
	}
	w, at := &where{}, map[string]*model.Letter{}
	ids := make([]string, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	in(w, "letter_id", ids)
	w.and("sent_at > 0")
	_, err = collect(ctx, s.reads, func(row scanner) (any, error) {
		var id string
		r, rating := model.LetterReply{}, model.LetterRating{}
		err := row.Scan(&id, &r.Round, milliseconds{&r.SentAt}, &rating.Satisfaction)
		if rating.Satisfaction > 0 {
			r.Rating = &rating
		}
		at[id].Replies = append(at[id].Replies, r)
		return nil, err
	}, `SELECT letter_id, round, sent_at, satisfaction FROM letter_replies WHERE `+w.String()+` ORDER BY letter_id, n`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	return list, nil
}

// CountLetters counts letters, up to MostCounted. Parts that have more than that are
// not looked through: the first hand is that of who leads, which has no letter twice.
func (s *Store) CountLetters(ctx context.Context, f LetterFilter) (n int, err error) {
	few, err := s.matchesFew(ctx, f)
	if err != nil {
		return 0, err
	}
	return s.countLetters(ctx, f, few)
}

func (s *Store) countLetters(ctx context.Context, f LetterFilter, few bool) (n int, err error) {
	w := &where{}
	query := f.counting(w, few)
	if _, err = s.row(ctx, query, w.args, &n); err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return min(n, MostCounted), nil
}

func (f *LetterFilter) counting(w *where, few bool) string {
	f.conditions(w)
	from := `SELECT l.id FROM letters l WHERE ` + w.String()
	switch {
	case few:
		from = f.amongFew(w)
	case !f.Newest:
		from = f.amongOpen(w)
	case f.Limited:
		var parts []string
		for _, hand := range f.hands(w) {
			parts = append(parts, `SELECT l.id FROM `+hand+` AND `+w.String())
		}
		from = strings.Join(parts, " UNION ALL ")
	}
	return fmt.Sprintf(`SELECT count(DISTINCT id) FROM (%s LIMIT %d) counted`, from, 2*MostCounted)
}

// CountEach counts what waits for somebody under several filters, each up to
// MostCounted: they may differ in anything but whose letters they have to be. What
// waits is a small part of all, and is looked through once.
func (s *Store) CountEach(ctx context.Context, filters []LetterFilter) ([]int, error) {
	if len(filters) == 0 {
		return nil, nil
	}
	counts, into := make([]int, len(filters)), make([]any, len(filters))
	all, texts := &where{}, make([]string, len(filters))
	for i := range filters {
		one := &where{args: all.args}
		filters[i].conditions(one)
		texts[i], into[i], all.args = `count(CASE WHEN `+one.String()+` THEN 1 END)`, &counts[i], one.args
	}
	from := `letters l`
	if f := filters[0]; f.Limited {
		from = `(` + f.seen(all) + `) seen JOIN letters l ON l.id = seen.id`
	}
	if _, err := s.row(ctx, `SELECT `+strings.Join(texts, ", ")+` FROM `+from+` WHERE `+isWaiting, all.args, into...); err != nil {
		return nil, fmt.Errorf("count letters: %w", err)
	}
	for i := range counts {
		counts[i] = min(counts[i], MostCounted)
	}
	return counts, nil
}

// letterOrder is an order of letters, by columns of their own.
type letterOrder struct{ column, way string }

// order is what is due first, or the newest first.
func (f *LetterFilter) order() letterOrder {
	if f.Newest {
		return letterOrder{"received_at", " DESC"}
	}
	return letterOrder{"due_day", ""}
}

// of is the order of a table, whose IDs are in a column.
func (o letterOrder) of(table, id string) string {
	return table + o.column + o.way + ", " + table + id + o.way
}

// found are the first letters of a filter in its order, by no more than what indexes
// hold. For those who do not see all letters they are looked for part by part, each as
// far as it is needed: some offices have had a fifth of all letters. A limit follows.
func (f *LetterFilter) found(w *where, most int, few bool) string {
	f.conditions(w)
	order := f.order()
	switch {
	case few:
		return f.amongFew(w) + ` ORDER BY ` + order.of("l.", "id")
	case !f.Newest:
		return f.amongOpen(w) + ` ORDER BY ` + order.of("l.", "id")
	case !f.Limited:
		return fmt.Sprintf(`SELECT l.id FROM letters l WHERE %s ORDER BY %s`, w, order.of("l.", "id"))
	}
	var parts []string
	for _, hand := range f.hands(w) {
		parts = append(parts, fmt.Sprintf(`SELECT id, %s FROM (SELECT DISTINCT l.id, l.%[1]s FROM %s AND %s ORDER BY %s LIMIT %d) part`,
			order.column, hand, w, order.of("l.", "id"), most))
	}
	return fmt.Sprintf(`SELECT id FROM (%s) parts ORDER BY %s`, strings.Join(parts, " UNION "), order.of("", "id"))
}

// fewLetters is up to how many letters of all offices are looked through for those of
// somebody: that is quicker than to look through all that an office ever had.
const fewLetters = 5000

// matchesFew says whether so few letters match, whose they are aside, that these are
// looked through. Only where there is something that few letters may match.
func (s *Store) matchesFew(ctx context.Context, f LetterFilter) (bool, error) {
	narrowed := f.Topic != "" || f.Source != "" || f.Channel != "" || len(f.Lead) > 0 || f.Since != "" || f.Until != ""
	switch {
	case f.Number != "" || len(f.Asked) > 0:
		return true, nil
	case !f.Limited || !f.Newest || !narrowed:
		return false, nil
	}
	w, n := &where{}, 0
	f.conditions(w)
	_, err := s.row(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM letters l WHERE %s LIMIT %d) counted`, w, fewLetters+1), w.args, &n)
	if err != nil {
		return false, fmt.Errorf("look whether few letters match: %w", err)
	}
	return n <= fewLetters, nil
}

// amongFew are letters of a filter that few match: all of these are fetched first, and
// then it is asked whose they are.
func (f *LetterFilter) amongFew(w *where) string {
	few := fmt.Sprintf(`SELECT l.id FROM (SELECT l.id, l.received_at, l.due_day, l.channel, l.lead_department_id FROM letters l WHERE %s LIMIT %d) l`,
		w, fewLetters+1)
	if !f.Limited {
		return few
	}
	within := append([]string{""}, f.Within...)
	offices := w.numbered(`IN (`+marks(within)+`)`, anys(within)...)
	hands := `l.lead_department_id ` + offices
	for _, rows := range []string{"letter_assists h WHERE", "letter_instructions h WHERE", "letter_supervisions h WHERE h.result = '' AND"} {
		hands += ` OR EXISTS (SELECT 1 FROM ` + rows + ` h.letter_id = l.id AND h.department_id ` + offices + `)`
	}
	if f.OrMayor {
		hands += ` OR l.channel = 'mayor'`
	}
	return few + ` WHERE (` + hands + `)`
}

// mostOpen is more than how many letters ever wait. That there is a limit keeps the
// database from looking for what matches first: how few of those that wait match, it
// guesses wrong.
const mostOpen = 10_000_000

// amongOpen are letters that wait for somebody, of which there are few however many
// there have been.
func (f *LetterFilter) amongOpen(w *where) string {
	from := `letters l WHERE ` + isWaiting
	if f.Limited {
		from = `(` + f.seen(w) + `) seen JOIN letters l ON l.id = seen.id`
	}
	return fmt.Sprintf(`SELECT l.id FROM (SELECT l.id, l.resident_id, l.handler_id, l.round, l.checked, l.number, `+ofLetter+`
		FROM %s LIMIT %d) l WHERE %s`, from, mostOpen, w)
}

// seen are the IDs of what waits for somebody who does not see all letters.
func (f *LetterFilter) seen(w *where) string {
	var parts []string
	for _, hand := range f.hands(w) {
		parts = append(parts, `SELECT l.id FROM `+hand+` AND `+isWaiting)
	}
	return strings.Join(parts, " UNION ")
}

// mostParts is of how many departments a list is put together: who has more has some
// of them looked for together.
const mostParts = 32

// hands are the ways in which somebody has to do with letters, at least one: what
// follows FROM, up to where it is said which of the letters l are meant.
func (f *LetterFilter) hands(w *where) (list []string) {
	var ins []string
	for departments := range slices.Chunk(f.Within, max(1, (len(f.Within)+mostParts-1)/mostParts)) {
		ins = append(ins, w.numbered(`IN (`+marks(departments)+`)`, anys(departments)...))
		list = append(list, `letters l WHERE l.lead_department_id `+ins[len(ins)-1])
	}
	for _, in := range ins {
		list = append(list, f.handed("letter_assists", in), f.handed("letter_instructions", in),
			`letter_supervisions s JOIN letters l ON l.id = s.letter_id WHERE s.result = '' AND s.department_id `+in)
	}
	if f.OrMayor {
		list = append(list, `letters l WHERE l.channel = 'mayor'`)
	}
	if list == nil {
		list = append(list, `letters l WHERE 1 = 0`)
	}
	return list
}

// handed are the letters of a table that has what letters are listed by; the letters
// themselves are looked at where more is asked of what is closed.
func (f *LetterFilter) handed(table, in string) string {
	if f.Newest && !f.isListed() {
		return table + ` h JOIN letters l ON l.id = h.letter_id WHERE h.department_id ` + in
	}
	return `(SELECT letter_id AS id, department_id, ` + ofLetter + ` FROM ` + table + `) l WHERE l.department_id ` + in
}

// isListed says that a filter asks for no more than what letters are listed by.
func (f *LetterFilter) isListed() bool {
	return f.Resident == "" && f.Handler == "" && !f.ByHand && !f.Supervised && !f.Reopened && !f.Doubted && f.Unrated == "" && f.Figure == "" &&
		f.Number == ""
}
