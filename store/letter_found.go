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
// to MostCounted.
func (s *Store) Letters(ctx context.Context, f LetterFilter) (list []model.Letter, total int, err error) {
	w := &where{}
	found, order := f.found(w, max(MostCounted, f.Offset+f.Limit)), f.order()
	list, err = collect(ctx, s.reads, func(row scanner) (model.Letter, error) { return s.scanLetter(counting{row, &total}) }, `
		WITH found AS MATERIALIZED (`+found+`)
		SELECT `+letterColumns+`, (SELECT count(*) FROM found) FROM letters l JOIN (`+
		fmt.Sprintf(`SELECT id FROM found ORDER BY %s LIMIT %d OFFSET %d`, order.of(""), f.Limit, f.Offset)+`) p ON p.id = l.id ORDER BY `+order.of("l."), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list letters: %w", err)
	}
	if len(list) == 0 && f.Offset+f.Limit > 0 { // behind the last one, or there is none
		total, err = s.CountLetters(ctx, f)
	}
	return list, min(total, MostCounted), err
}

// counting scans one more column.
type counting struct {
	scanner
	n *int
}

func (c counting) Scan(into ...any) error { return c.scanner.Scan(append(into, c.n)...) }

// CountLetters counts letters, up to MostCounted.
func (s *Store) CountLetters(ctx context.Context, f LetterFilter) (n int, err error) {
	w := &where{}
	found := f.found(w, MostCounted)
	if _, err = s.row(ctx, `SELECT count(*) FROM (`+found+`) counted`, w.args, &n); err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
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
	all.and(isWaiting)
	filters[0].limit(all)
	if _, err := s.row(ctx, `SELECT `+strings.Join(texts, ", ")+` FROM letters l WHERE `+all.String(), all.args, into...); err != nil {
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

func (o letterOrder) of(table string) string {
	return table + o.column + o.way + ", " + table + "id" + o.way
}

// found are the first letters of a filter in its order, by no more than what indexes
// hold. Of those who do not see all letters, what is done is looked for department by
// department, as far as each is needed: some lead in a fifth of all letters.
func (f *LetterFilter) found(w *where, most int) string {
	f.conditions(w)
	order := f.order()
	if !f.Limited || !f.Newest {
		f.limit(w)
		return fmt.Sprintf(`SELECT l.id, l.%s FROM letters l WHERE %s ORDER BY %s LIMIT %d`, order.column, w, order.of("l."), most)
	}
	parts := f.parts(w, most)
	if parts == nil { // nobody's
		return `SELECT l.id, l.received_at FROM letters l WHERE 1 = 0`
	}
	return fmt.Sprintf(`SELECT id, received_at FROM (%s) parts ORDER BY %s LIMIT %d`, strings.Join(parts, " UNION "), order.of(""), most)
}

// mostParts is of how many parts a list is put together: who has more departments has
// some of them looked for together.
const mostParts = 32

// parts are the newest letters under the conditions so far, by who has what to do with
// them.
func (f *LetterFilter) parts(w *where, most int) (list []string) {
	add := func(columns, from, order string) {
		list = append(list, fmt.Sprintf(`SELECT id, received_at FROM (SELECT %s FROM %s AND %s ORDER BY %s LIMIT %d) part`, columns, from, w, order, most))
	}
	const of, first = `l.id, l.received_at`, `l.received_at DESC, l.id DESC`
	for departments := range slices.Chunk(f.Within, max(1, (len(f.Within)+mostParts-1)/mostParts)) {
		in := w.numbered(`IN (`+marks(departments)+`)`, anys(departments)...)
		add(of, `letters l WHERE l.lead_department_id `+in, first)
		for _, table := range handTables {
			add(`DISTINCT h.letter_id AS id, h.received_at`, table+` h JOIN letters l ON l.id = h.letter_id WHERE h.department_id `+in,
				`h.received_at DESC, h.letter_id DESC`)
		}
	}
	if f.OrMayor {
		add(of, `letters l WHERE l.channel = 'mayor'`, first)
	}
	return list
}

// handTables are by what departments have a hand in letters that they do not lead.
var handTables = []string{"letter_assists", "letter_instructions"}

// limit leaves what somebody's departments have a hand in.
func (f *LetterFilter) limit(w *where) {
	if !f.Limited {
		return
	}
	in := w.numbered(`IN (`+marks(append([]string{""}, f.Within...))+`)`, anys(append([]string{""}, f.Within...))...)
	text := `l.lead_department_id ` + in
	for _, table := range handTables {
		text += ` OR l.id IN (SELECT h.letter_id FROM ` + table + ` h WHERE h.department_id ` + in + `)`
	}
	if f.OrMayor {
		text += ` OR l.channel = 'mayor'`
	}
	w.and(`(` + text + `)`)
}
