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
	w := &where{}
	found, order := f.found(w, f.Offset+f.Limit), f.order().of("l.", "id")
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
	w := &where{}
	f.conditions(w)
	from := `SELECT l.id FROM letters l WHERE ` + w.String()
	if f.Limited {
		var parts []string
		for _, h := range f.hands(w) {
			parts = append(parts, `SELECT l.id FROM `+h.from+` AND `+w.String())
		}
		from = strings.Join(parts, " UNION ALL ")
	}
	_, err = s.row(ctx, fmt.Sprintf(`SELECT count(DISTINCT id) FROM (%s LIMIT %d) counted`, from, 2*MostCounted), w.args, &n)
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return min(n, MostCounted), nil
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
func (f *LetterFilter) found(w *where, most int) string {
	f.conditions(w)
	order := f.order()
	if !f.Limited {
		return fmt.Sprintf(`SELECT l.id FROM letters l WHERE %s ORDER BY %s`, w, order.of("l.", "id"))
	}
	var parts []string
	for _, h := range f.hands(w) {
		parts = append(parts, fmt.Sprintf(`SELECT id, %s FROM (SELECT DISTINCT %s AS id, %s FROM %s AND %s ORDER BY %s LIMIT %d) part`,
			order.column, h.table+h.id, h.table+order.column, h.from, w, order.of(h.table, h.id), most))
	}
	return fmt.Sprintf(`SELECT id FROM (%s) parts ORDER BY %s`, strings.Join(parts, " UNION "), order.of("", "id"))
}

// seen are the IDs of what waits for somebody who does not see all letters.
func (f *LetterFilter) seen(w *where) string {
	var parts []string
	for _, h := range f.hands(w) {
		parts = append(parts, `SELECT `+h.table+h.id+` AS id FROM `+h.from)
	}
	return strings.Join(parts, " UNION ")
}

// hand is a way in which somebody has to do with letters l, by rows of a table that
// has what letters are ordered by.
type hand struct{ table, id, from string }

// mostParts is of how many departments a list is put together: who has more has some
// of them looked for together.
const mostParts = 32

// hands are the ways in which somebody has to do with letters, at least one.
func (f *LetterFilter) hands(w *where) (list []hand) {
	add := func(table, id, from string) {
		if !f.Newest {
			from += ` AND ` + table + `due_day <> ''`
		}
		list = append(list, hand{table, id, from})
	}
	var ins []string
	for departments := range slices.Chunk(f.Within, max(1, (len(f.Within)+mostParts-1)/mostParts)) {
		ins = append(ins, w.numbered(`IN (`+marks(departments)+`)`, anys(departments)...))
		add("l.", "id", `letters l WHERE l.lead_department_id `+ins[len(ins)-1])
	}
	for _, in := range ins {
		for _, table := range []string{"letter_assists", "letter_instructions"} {
			add("h.", "letter_id", table+` h JOIN letters l ON l.id = h.letter_id WHERE h.department_id `+in)
		}
		add("l.", "id", `letter_supervisions s JOIN letters l ON l.id = s.letter_id WHERE s.result = '' AND s.department_id `+in)
	}
	if f.OrMayor {
		add("l.", "id", `letters l WHERE l.channel = 'mayor'`)
	}
	if list == nil {
		add("l.", "id", `letters l WHERE 1 = 0`)
	}
	return list
}
