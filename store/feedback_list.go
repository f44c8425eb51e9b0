package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// FeedbackFilter narrows a list of feedback; what is empty does not.
type FeedbackFilter struct {
	Resident    string
	States      []model.FeedbackState
	AskedBefore time.Time // of those that are overdue
	Kind        model.FeedbackKind
	Departments []string
	Unassigned  bool
	Number      string // part of it
	Limited     bool   // to Within, even where that is empty
	Within      []string
	Newest      bool // first, instead of what is due first
	Offset      int
	Limit       int
}

const isOpen = `f.state IN ('received', 'reopened')`

func (f *FeedbackFilter) conditions() *where {
	w := &where{}
	w.and("f.version > 0")
	if f.Resident != "" {
		w.and("f.resident_id = ?", f.Resident)
	}
	if len(f.States) > 0 {
		in(w, "f.state", f.States)
	}
	if !f.AskedBefore.IsZero() {
		w.and(isOpen+" AND f.asked_at < ?", f.AskedBefore.UnixMilli())
	}
	if f.Kind != "" {
		w.and("f.kind = ?", f.Kind)
	}
	if f.Number != "" {
		w.and(`lower(f.number) LIKE ? ESCAPE '\'`, containing(f.Number))
	}
	f.whose(w)
	return w
}

func (f *FeedbackFilter) whose(w *where) {
	if f.Unassigned {
		w.and("f.department_id IS NULL")
	}
	if len(f.Departments) > 0 {
		in(w, "f.department_id", f.Departments)
	}
	if f.Limited {
		in(w, "f.department_id", append([]string{""}, f.Within...))
	}
}

// dueFirst puts what waits for an answer before all else, by how long it waits:
// all of it has the same number of working days.
const dueFirst = `CASE WHEN ` + isOpen + ` THEN 0 ELSE 1 END, CASE WHEN ` + isOpen + ` THEN f.asked_at ELSE -f.updated_at END, f.id`

// FeedbackList lists feedback without answers and steps, and counts all that
// match.
func (s *Store) FeedbackList(ctx context.Context, f FeedbackFilter) (list []model.Feedback, total int, err error) {
	w, order := f.conditions(), dueFirst
	if f.Newest {
		order = "f.created_at DESC, f.id DESC"
	}
	if _, err := s.row(ctx, `SELECT count(*) FROM feedback f WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count feedback: %w", err)
	}
	list, err = collect(ctx, s.reads, s.scanFeedback, `SELECT `+feedbackColumns+` FROM feedback f WHERE `+w.String()+
		fmt.Sprintf(` ORDER BY %s LIMIT %d OFFSET %d`, order, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list feedback: %w", err)
	}
	return list, total, nil
}

// FeedbackIDs lists the IDs of a resident's feedback, the oldest first.
func (r reads) FeedbackIDs(ctx context.Context, residentID string) ([]string, error) {
	list, err := collect(ctx, r, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`SELECT id FROM feedback WHERE resident_id = $1 ORDER BY created_at, id`, residentID)
	if err != nil {
		return nil, fmt.Errorf("list feedback: %w", err)
	}
	return list, nil
}

// FeedbackCounts are how many there are in each state; those that are overdue and
// those that no department has are among the open ones.
type FeedbackCounts struct{ Open, Overdue, Unassigned, Answered, Closed int }

// CountFeedback counts what matches; overdue is what was asked before a moment.
func (s *Store) CountFeedback(ctx context.Context, f FeedbackFilter, before time.Time) (c FeedbackCounts, err error) {
	w := f.conditions()
	w.args = append(w.args, before.UnixMilli())
	_, err = s.row(ctx, fmt.Sprintf(`SELECT
			coalesce(sum(CASE WHEN `+isOpen+` THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN `+isOpen+` AND f.asked_at < $%d THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN `+isOpen+` AND f.department_id IS NULL THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN f.state = 'answered' THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN f.state = 'closed' THEN 1 ELSE 0 END), 0)
		FROM feedback f WHERE `, len(w.args))+w.String(), w.args, &c.Open, &c.Overdue, &c.Unassigned, &c.Answered, &c.Closed)
	if err != nil {
		return c, fmt.Errorf("count feedback: %w", err)
	}
	return c, nil
}

// CountReceived counts what came in since a moment.
func (s *Store) CountReceived(ctx context.Context, f FeedbackFilter, since time.Time) (n int, err error) {
	w := f.conditions()
	w.and("f.created_at >= ?", since.UnixMilli())
	if _, err := s.row(ctx, `SELECT count(*) FROM feedback f WHERE `+w.String(), w.args, &n); err != nil {
		return 0, fmt.Errorf("count feedback: %w", err)
	}
	return n, nil
}

// AnsweredDays are answers that were asked for on one day and given on another.
type AnsweredDays struct {
	Asked, Answered model.Day
	Count           int
}

// AnsweredDays counts the answers since a moment by their days: by the calendar
// they are on time or not.
func (s *Store) AnsweredDays(ctx context.Context, f FeedbackFilter, since time.Time) ([]AnsweredDays, error) {
	w := f.conditions()
	w.and("a.answered_at >= ?", since.UnixMilli())
	list, err := collect(ctx, s.reads, func(row scanner) (d AnsweredDays, err error) {
		var asked, answered int
		err = row.Scan(&asked, &answered, &d.Count)
		d.Asked, d.Answered = dayAt(asked), dayAt(answered)
		return d, err
	}, `SELECT `+dayOf("a.asked_at")+`, `+dayOf("a.answered_at")+`, count(*)
		FROM feedback_answers a JOIN feedback f ON f.id = a.feedback_id WHERE `+w.String()+` GROUP BY 1, 2`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	return list, nil
}

// FeedbackWords are what residents say themselves of the answers they got; the
// last answer to each counts.
type FeedbackWords struct{ Solved, Unsolved, Unrated int }

// CountWords counts what residents say of the answers since a moment.
func (s *Store) CountWords(ctx context.Context, f FeedbackFilter, since time.Time) (c FeedbackWords, err error) {
	w := f.conditions()
	w.and("a.answered_at >= ?", since.UnixMilli())
	_, err = s.row(ctx, `SELECT
			coalesce(sum(CASE WHEN a.satisfaction > 0 AND a.solved = 1 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN a.satisfaction > 0 AND a.solved = 0 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN a.satisfaction = 0 THEN 1 ELSE 0 END), 0)
		FROM feedback_answers a JOIN feedback f ON f.id = a.feedback_id
		WHERE NOT EXISTS (SELECT 1 FROM feedback_answers l WHERE l.feedback_id = a.feedback_id AND l.n > a.n) AND `+w.String(), w.args,
		&c.Solved, &c.Unsolved, &c.Unrated)
	if err != nil {
		return c, fmt.Errorf("count ratings: %w", err)
	}
	return c, nil
}
