package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"yuandu/model"
)

// LetterFilter narrows a list of letters; what is empty does not.
type LetterFilter struct {
	Resident     string
	Channel      model.LetterChannel
	Source       model.LetterSource
	Topic        string
	States       []model.LetterState
	DueBy        model.Day // due on that day or before
	DueOn        model.Day // due on that day
	Lead         []string
	ByHand       bool     // that Offices have to answer now, none of those with the Supervisor
	Offices      []string // for ByHand
	OrSupervised bool     // for ByHand: and those with the Supervisor
	Helping      []string // one of these helps, and has said nothing yet
	Instructed   []string // one of these has an instruction to report on
	Asked        []string // one of these has to answer the Supervisor
	Disputed     bool     // wait for the Supervisor to say whose they are
	Undisputed   bool     // do not
	Handler      string   // staff
	Supervised   bool
	Doubted      bool
	Reopened     bool         // handled more than once
	Unrated      model.Day    // answered since that day, and not rated
	Number       string       // as somebody says it, see model.SeekNumber
	Figure       LetterFigure // that they are counted in
	Today        model.Day    // for Figure
	NoLead       bool         // of no office yet
	Since        model.Day
	Until        model.Day // received on that day or before
	Limited      bool      // to those that Within has a hand in, even where that is empty
	Within       []string
	OrMayor      bool // of those that are limited: letters to the mayor too
	Newest       bool // of all letters the newest first, instead of the open ones, what is due first
	Offset       int
	Limit        int
}

// isWaiting are open letters: the part of the table that has indexes of its own.
const isWaiting = `l.due_day <> ''`

// conditions adds all but whose letters they have to be.
func (f *LetterFilter) conditions(w *where) {
	w.and(anyLetter)
	for _, c := range []struct {
		text  string
		value string
	}{{"l.resident_id = ?", f.Resident}, {"l.channel = ?", string(f.Channel)}, {"l.source = ?", string(f.Source)},
		{"l.topic_id = ?", f.Topic}, {"l.handler_id = ?", f.Handler}, {"l.due_day <= ?", string(f.DueBy)}, {"l.due_day = ?", string(f.DueOn)}} {
		if c.value != "" {
			w.and(c.text, c.value)
		}
	}
	for _, c := range []struct {
		text string
		yes  bool
	}{{isWaiting, !f.Newest}, {"l.round >= 3", f.Supervised}, {"l.round > 1", f.Reopened}, {"l.checked = 'doubt'", f.Doubted},
		{disputed, f.Disputed}, {"NOT (" + disputed + ")", f.Undisputed}} {
		if c.yes {
			w.and(c.text)
		}
	}
	f.when(w)
	f.whose(w)
}

// anyLetter is true of every letter.
const anyLetter = `1 = 1`

func (f *LetterFilter) when(w *where) {
	if f.Figure != "" {
		f.Figure.among(w, f.Today)
	}
	if len(f.States) > 0 {
		in(w, "l.state", f.States)
		if !slices.ContainsFunc(f.States, func(state model.LetterState) bool { return !state.IsOpen() }) {
			w.and(isWaiting)
		}
	}
	if f.Unrated != "" {
		w.and(`l.state IN ('answered', 'closed') AND EXISTS (SELECT 1 FROM letter_replies r WHERE r.letter_id = l.id AND r.satisfaction = 0
			AND r.sent_day >= ? AND r.n = (SELECT max(x.n) FROM letter_replies x WHERE x.letter_id = l.id))`, f.Unrated)
	}
	if f.Number != "" {
		numbered(w, model.SeekNumber(f.Number))
	}
	if f.Since != "" {
		w.and("l.received_at >= ?", f.Since.Start().UnixMilli())
	}
	if f.Until != "" {
		w.and("l.received_at < ?", f.Until.Add(1).Start().UnixMilli())
	}
}

// numberTail are the last six digits of a number, by which an index knows letters.
const numberTail = `substr(l.number, length(l.number) - 5)`

// numbered leaves letters whose number somebody may mean.
func numbered(w *where, sought model.NumberSought) {
	parts := w.numbered(`l.number = ?`, sought.Whole)
	year := ""
	if sought.Year != "" {
		year = w.numbered(` AND l.number LIKE ?`, "%"+sought.Year+"-%")
	}
	for _, t := range sought.Tails {
		parts += w.numbered(` OR `+numberTail+` BETWEEN ? AND ?`, t.First, t.Last) + year
	}
	w.and("(" + parts + ")")
}

func (f *LetterFilter) whose(w *where) {
	if len(f.Lead) > 0 {
		in(w, "l.lead_department_id", f.Lead)
	}
	if f.ByHand {
		f.byHand(w)
	}
	if f.NoLead {
		w.and("l.lead_department_id IS NULL")
	}
	if len(f.Helping) > 0 {
		w.and(`l.id IN (SELECT a.letter_id FROM letter_assists a WHERE a.due_day <> '' AND a.text_sealed IS NULL AND a.department_id IN (`+
			marks(f.Helping)+`))`, anys(f.Helping)...)
	}
	if len(f.Instructed) > 0 {
		w.and(`l.id IN (SELECT i.letter_id FROM letter_instructions i WHERE i.due_day <> '' AND i.reported_at = 0 AND i.department_id IN (`+
			marks(f.Instructed)+`))`, anys(f.Instructed)...)
	}
	if len(f.Asked) > 0 {
		asked(w, f.Asked)
	}
}

// byHand leaves what some offices have to answer: after the second round a letter is
// still theirs by its lead, and the Supervisor's to answer.
func (f *LetterFilter) byHand(w *where) {
	offices := append([]string{""}, f.Offices...)
	text := `l.round < 3 AND l.lead_department_id IN (` + marks(offices) + `)`
	if f.OrSupervised {
		text += ` OR l.round >= 3`
	}
	w.and(`(`+text+`)`, anys(offices)...)
}

func marks(list []string) string { return strings.TrimSuffix(strings.Repeat("?, ", len(list)), ", ") }

func anys(list []string) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}

// LetterIDs lists the IDs of a resident's letters, the oldest first.
func (r reads) LetterIDs(ctx context.Context, residentID string) ([]string, error) {
	list, err := collect(ctx, r, scanID, `SELECT id FROM letters WHERE resident_id = $1 ORDER BY received_at, id`, residentID)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return list, nil
}

// MergedInto lists the IDs of the letters that go with another.
func (r reads) MergedInto(ctx context.Context, id string) ([]string, error) {
	list, err := collect(ctx, r, scanID, `SELECT id FROM letters WHERE merged_into = $1 ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("list merged letters: %w", err)
	}
	return list, nil
}

// LettersInHand lists the IDs of the open letters that somebody of the staff took.
func (r reads) LettersInHand(ctx context.Context, staffID string) ([]string, error) {
	list, err := collect(ctx, r, scanID, `SELECT id FROM letters WHERE handler_id = $1 AND due_day <> '' ORDER BY id`, staffID)
	if err != nil {
		return nil, fmt.Errorf("list letters in hand: %w", err)
	}
	return list, nil
}

// LetterByNumber is the ID of the letter of a number, or the ID itself.
func (r reads) LetterByNumber(ctx context.Context, number string) (id string, err error) {
	_, err = r.row(ctx, `SELECT id FROM letters WHERE id = $1 OR number = $1`, []any{number}, &id)
	if err != nil {
		return "", fmt.Errorf("look for letter: %w", err)
	}
	return id, nil
}

// UncheckedLetters are letters that wait for the Centre and that nothing and nobody has
// looked at yet, the oldest first.
func (s *Store) UncheckedLetters(ctx context.Context, limit int) ([]model.Letter, error) {
	list, err := collect(ctx, s.reads, s.scanLetter, `SELECT `+letterColumns+` FROM letters l
		WHERE l.checked = '' AND l.state = 'received' ORDER BY l.received_at, l.id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("list unchecked letters: %w", err)
	}
	return list, nil
}

// CheckedLetter notes what a check said of a letter, unless a person was faster.
func (tx *Tx) CheckedLetter(ctx context.Context, id string, result model.LetterCheck) error {
	return tx.exec(ctx, "note check", `UPDATE letters SET checked = $2 WHERE id = $1 AND checked = ''`, id, result)
}

// ForgetLooseLetterFiles forgets what residents handed in before a moment and never
// sent.
func (s *Store) ForgetLooseLetterFiles(ctx context.Context, before time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "forget loose files", `DELETE FROM letter_files WHERE letter_id IS NULL AND added_at < $1`, before.UnixMilli())
	})
}
