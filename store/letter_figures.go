package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"yuandu/model"
)

// LetterFigure is something that is counted of letters.
type LetterFigure string

// The figures. All are of the letters that came in some days, as they stand now; what
// is not answered yet is among none of those that speak of an answer.
const (
	FigureReceived  LetterFigure = "received"
	FigureAnswered  LetterFigure = "answered"  // has an answer
	FigureOnTime    LetterFigure = "on_time"   // the first answer came by its day
	FigureSolved    LetterFigure = "solved"    // in the author's own word
	FigureUnsolved  LetterFigure = "unsolved"  // in the author's own word
	FigureUnrated   LetterFigure = "unrated"   // the author says nothing: neither of the two
	FigureExplained LetterFigure = "explained" // the office says that it could only explain
	FigureReopened  LetterFigure = "reopened"  // handled more than once
	FigureRefused   LetterFigure = "refused"
	FigureEnded     LetterFigure = "ended"
	FigureOverdue   LetterFigure = "overdue" // now
	FigureCalled    LetterFigure = "called"  // the author's own word was said when somebody called
)

// LetterFigureNames lists the figures in the order in which they are shown.
func LetterFigureNames() []LetterFigure {
	return []LetterFigure{FigureReceived, FigureAnswered, FigureOnTime, FigureSolved, FigureUnsolved, FigureUnrated, FigureExplained,
		FigureReopened, FigureRefused, FigureEnded, FigureOverdue, FigureCalled}
}

// What the first and the latest answer of a letter are.
const (
	firstAnswer = `EXISTS (SELECT 1 FROM letter_replies r WHERE r.letter_id = l.id AND r.sent_at > 0
		AND NOT EXISTS (SELECT 1 FROM letter_replies b WHERE b.letter_id = l.id AND b.sent_at > 0 AND b.n < r.n)`
	latestAnswer = `EXISTS (SELECT 1 FROM letter_replies r WHERE r.letter_id = l.id AND r.sent_at > 0
		AND NOT EXISTS (SELECT 1 FROM letter_replies b WHERE b.letter_id = l.id AND b.sent_at > 0 AND b.n > r.n)`
)

// counted are the conditions under which a letter is among a figure; ? is today. The
// public's figures, the console's and the rows behind them are these and no others.
var counted = map[LetterFigure]string{
	FigureReceived:  anyLetter,
	FigureAnswered:  firstAnswer + `)`,
	FigureOnTime:    firstAnswer + ` AND r.sent_day <= r.due_day)`,
	FigureSolved:    latestAnswer + ` AND r.satisfaction > 0 AND r.solved = 1)`,
	FigureUnsolved:  latestAnswer + ` AND r.satisfaction > 0 AND r.solved = 0)`,
	FigureUnrated:   latestAnswer + ` AND r.satisfaction = 0)`,
	FigureExplained: latestAnswer + ` AND r.outcome = 'explained')`,
	FigureReopened:  `l.round > 1`,
	FigureRefused:   `l.state = 'refused'`,
	FigureEnded:     `l.state = 'ended'`,
	FigureCalled:    latestAnswer + ` AND r.satisfaction > 0 AND r.by_call = 1)`,
	FigureOverdue:   isWaiting + ` AND l.due_day < ?`,
}

// among adds the condition of a figure.
func (f LetterFigure) among(w *where, today model.Day) {
	if f == FigureOverdue {
		w.and(counted[f], today)
		return
	}
	w.and(counted[f])
}

// OfficeFigures are the figures of the letters that one office leads.
type OfficeFigures struct {
	DepartmentID string // "" for those that no office has
	Counts       map[LetterFigure]int
	MedianDays   float64 // from the letter to its first answer; 0 where there is none
}

// LetterFigures counts the letters that came from one day until another, by the office
// that leads them, the one with most letters first.
func (s *Store) LetterFigures(ctx context.Context, from, until, today model.Day) ([]OfficeFigures, error) {
	offices := map[string]*OfficeFigures{}
	for _, figure := range LetterFigureNames() {
		w := received(from, until)
		figure.among(w, today)
		rows, err := collect(ctx, s.reads, scanCount, `SELECT coalesce(l.lead_department_id, ''), count(*) FROM letters l
			WHERE `+w.String()+` GROUP BY 1`, w.args...)
		if err != nil {
			return nil, fmt.Errorf("count letters: %w", err)
		}
		for _, r := range rows {
			if offices[r.id] == nil {
				offices[r.id] = &OfficeFigures{DepartmentID: r.id, Counts: map[LetterFigure]int{}}
			}
			offices[r.id].Counts[figure] = r.n
		}
	}
	rows, err := s.daysTaken(ctx, received(from, until))
	if err != nil {
		return nil, err
	}
	list := make([]OfficeFigures, 0, len(offices))
	for _, o := range offices {
		o.MedianDays = medianOf(rows, o.DepartmentID)
		list = append(list, *o)
	}
	slices.SortFunc(list, func(a, b OfficeFigures) int {
		return cmp.Or(b.Counts[FigureReceived]-a.Counts[FigureReceived], cmp.Compare(a.DepartmentID, b.DepartmentID))
	})
	return list, nil
}

func received(from, until model.Day) *where {
	w := &where{}
	w.and("l.received_at >= ? AND l.received_at < ?", from.Start().UnixMilli(), until.Add(1).Start().UnixMilli())
	return w
}

type countOf struct {
	id string
	n  int
}

func scanCount(row scanner) (c countOf, err error) { return c, row.Scan(&c.id, &c.n) }

// daysTaken is how many letters of an office were first answered after so many days.
type daysTaken struct {
	office        string
	days, letters int
}

func (s *Store) daysTaken(ctx context.Context, w *where) ([]daysTaken, error) {
	rows, err := collect(ctx, s.reads, func(row scanner) (t daysTaken, err error) {
		return t, row.Scan(&t.office, &t.days, &t.letters)
	}, `SELECT coalesce(l.lead_department_id, ''), `+dayOf("r.sent_at")+` - `+dayOf("l.received_at")+`, count(*)
		FROM letters l JOIN letter_replies r ON r.letter_id = l.id AND r.sent_at > 0
			AND NOT EXISTS (SELECT 1 FROM letter_replies b WHERE b.letter_id = l.id AND b.sent_at > 0 AND b.n < r.n)
		WHERE `+w.String()+` GROUP BY 1, 2`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count days of answers: %w", err)
	}
	return rows, nil
}

// medianOf is the middle of how many days an office took, all of them for "*".
func medianOf(rows []daysTaken, office string) float64 {
	var days []int
	for _, t := range rows {
		if office == "*" || t.office == office {
			days = append(days, slices.Repeat([]int{t.days}, t.letters)...)
		}
	}
	slices.Sort(days)
	return median(days)
}

// MedianDays is the middle of how many days all offices took for their first answers to
// the letters that came from one day until another.
func (s *Store) MedianDays(ctx context.Context, from, until model.Day) (float64, error) {
	rows, err := s.daysTaken(ctx, received(from, until))
	return medianOf(rows, "*"), err
}

// median is the middle of sorted numbers, 0 of none.
func median(sorted []int) float64 {
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2
}
