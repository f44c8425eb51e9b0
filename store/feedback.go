package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// The columns of feedback that hold what somebody wrote.
const (
	feedbackText   = "feedback.text_sealed"
	feedbackQuote  = "feedback.about_quote_sealed"
	answerText     = "feedback_answers.text_sealed"
	answerReason   = "feedback_answers.reason_sealed"
	answerRating   = "feedback_answers.rating_sealed"
	feedbackRemark = "feedback_events.text_sealed"
)

const feedbackColumns = `f.id, f.number, coalesce(f.resident_id, ''), f.kind, f.text_sealed, f.about_kind, f.about_id, f.about_title,
	f.about_anchor, f.about_label, f.about_quote_sealed, f.state, coalesce(f.department_id, ''), f.asked_at, f.created_at, f.updated_at, f.version`

// scanFeedback reads a feedback without its answers and events.
func (s *Store) scanFeedback(row scanner) (f model.Feedback, err error) {
	var text, quote []byte
	var about model.FeedbackAbout
	err = row.Scan(&f.ID, &f.Number, &f.ResidentID, &f.Kind, &text, &about.Kind, &about.ID, &about.Title, &about.Anchor, &about.Label,
		&quote, &f.State, &f.DepartmentID, milliseconds{&f.AskedAt}, milliseconds{&f.CreatedAt}, milliseconds{&f.UpdatedAt}, &f.Version)
	if err != nil {
		return f, err
	}
	if about.ID != "" {
		f.About = &about
	}
	return f, s.openAll(f.ID, map[string]sealedInto{feedbackText: {text, &f.Text}, feedbackQuote: {quote, &about.Quote}})
}

// Feedback reads a whole feedback, nil where there is none.
func (s *Store) Feedback(ctx context.Context, id string) (*model.Feedback, error) {
	return s.feedback(ctx, s.reads, id)
}

// FeedbackFor reads a whole feedback in order to change it: until the transaction
// ends nobody else does. It is ErrFeedbackMissing where there is none.
func (tx *Tx) FeedbackFor(ctx context.Context, id string) (*model.Feedback, error) {
	if err := tx.exec(ctx, "take feedback", `UPDATE feedback SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	f, err := tx.store.feedback(ctx, tx.reads, id)
	if err == nil && f == nil {
		err = model.ErrFeedbackMissing
	}
	return f, err
}

func (s *Store) feedback(ctx context.Context, from reads, id string) (*model.Feedback, error) {
	list, err := collect(ctx, from, s.scanFeedback, `SELECT `+feedbackColumns+` FROM feedback f WHERE f.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read feedback: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	f := &list[0]
	if f.Answers, err = s.feedbackAnswers(ctx, from, id); err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	if f.Events, err = s.feedbackEvents(ctx, from, id); err != nil {
		return nil, fmt.Errorf("read steps of feedback: %w", err)
	}
	return f, nil
}

func (s *Store) feedbackAnswers(ctx context.Context, from reads, id string) ([]model.FeedbackAnswer, error) {
	return collect(ctx, from, func(row scanner) (a model.FeedbackAnswer, err error) {
		var text, reason, remark []byte
		var r model.FeedbackRating
		err = row.Scan(&a.ID, &text, &reason, &a.Outcome, &a.DepartmentID, &a.StaffID, milliseconds{&a.AskedAt}, milliseconds{&a.At},
			&r.Satisfaction, &r.Solved, &remark, ifAny{&r.At})
		if err != nil {
			return a, err
		}
		if r.Satisfaction > 0 {
			a.Rating = &r
		}
		return a, s.openAll(a.ID, map[string]sealedInto{answerText: {text, &a.Text}, answerReason: {reason, &a.Reason}, answerRating: {remark, &r.Text}})
	}, `SELECT id, text_sealed, reason_sealed, outcome, coalesce(department_id, ''), staff_id, asked_at, answered_at, satisfaction, solved <> 0,
			rating_sealed, rated_at
		FROM feedback_answers WHERE feedback_id = $1 ORDER BY n`, id)
}

func (s *Store) feedbackEvents(ctx context.Context, from reads, id string) ([]model.FeedbackEvent, error) {
	return collect(ctx, from, func(row scanner) (e model.FeedbackEvent, err error) {
		var event string
		var text []byte
		if err = row.Scan(&event, milliseconds{&e.At}, &e.What, &e.StaffID, &e.DepartmentID, &text); err != nil {
			return e, err
		}
		return e, s.openAll(event, map[string]sealedInto{feedbackRemark: {text, &e.Text}})
	}, `SELECT id, at, what, staff_id, coalesce(department_id, ''), text_sealed FROM feedback_events
		WHERE feedback_id = $1 ORDER BY n`, id)
}

// AddFeedback keeps a new feedback, which gets an ID, with its first steps.
func (tx *Tx) AddFeedback(ctx context.Context, f *model.Feedback, steps ...model.FeedbackEvent) error {
	f.ID, f.Version = NewID(), 1
	about := cmp.Or(f.About, &model.FeedbackAbout{})
	text, err := tx.store.sealOrNull(feedbackText, f.ID, f.Text)
	if err != nil {
		return fmt.Errorf("seal feedback: %w", err)
	}
	quote, err := tx.store.sealOrNull(feedbackQuote, f.ID, about.Quote)
	if err != nil {
		return fmt.Errorf("seal feedback: %w", err)
	}
	err = tx.exec(ctx, "add feedback", `
		INSERT INTO feedback (id, number, resident_id, kind, text_sealed, about_kind, about_id, about_title, about_anchor, about_label,
			about_quote_sealed, state, department_id, asked_at, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		f.ID, f.Number, orNull(f.ResidentID), f.Kind, text, about.Kind, about.ID, about.Title, about.Anchor, about.Label,
		quote, f.State, orNull(f.DepartmentID), f.AskedAt.UnixMilli(), f.CreatedAt.UnixMilli(), f.UpdatedAt.UnixMilli(), f.Version)
	if err != nil {
		return err
	}
	return tx.addFeedbackEvents(ctx, f, steps)
}

// KeepFeedback writes a feedback that FeedbackFor has read, its latest answer and
// the steps that were taken.
func (tx *Tx) KeepFeedback(ctx context.Context, f *model.Feedback, steps ...model.FeedbackEvent) error {
	f.Version++
	err := tx.exec(ctx, "keep feedback", `UPDATE feedback SET state = $2, department_id = $3, asked_at = $4, updated_at = $5, version = $6
		WHERE id = $1`, f.ID, f.State, orNull(f.DepartmentID), f.AskedAt.UnixMilli(), f.UpdatedAt.UnixMilli(), f.Version)
	if err != nil {
		return err
	}
	if latest := f.Latest(); latest != nil {
		if err := tx.keepFeedbackAnswer(ctx, f, latest); err != nil {
			return err
		}
	}
	return tx.addFeedbackEvents(ctx, f, steps)
}

func (tx *Tx) keepFeedbackAnswer(ctx context.Context, f *model.Feedback, a *model.FeedbackAnswer) error {
	if a.ID == "" {
		a.ID = NewID()
	}
	rating := cmp.Or(a.Rating, &model.FeedbackRating{})
	var text, reason, remark any
	for _, column := range []struct {
		into        *any
		name, value string
	}{{&text, answerText, a.Text}, {&reason, answerReason, a.Reason}, {&remark, answerRating, rating.Text}} {
		var err error
		if *column.into, err = tx.store.sealOrNull(column.name, a.ID, column.value); err != nil {
			return fmt.Errorf("seal answer: %w", err)
		}
	}
	return tx.exec(ctx, "keep answer", `
		INSERT INTO feedback_answers (id, feedback_id, n, text_sealed, reason_sealed, outcome, department_id, staff_id, asked_at, answered_at,
			satisfaction, solved, rating_sealed, rated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET satisfaction = excluded.satisfaction, solved = excluded.solved,
			rating_sealed = excluded.rating_sealed, rated_at = excluded.rated_at`,
		a.ID, f.ID, len(f.Answers), text, reason, a.Outcome, orNull(a.DepartmentID), a.StaffID, a.AskedAt.UnixMilli(), a.At.UnixMilli(),
		rating.Satisfaction, number(rating.Solved), remark, millis(rating.At))
}

func (tx *Tx) addFeedbackEvents(ctx context.Context, f *model.Feedback, steps []model.FeedbackEvent) error {
	for _, e := range steps {
		id := NewID()
		text, err := tx.store.sealOrNull(feedbackRemark, id, e.Text)
		if err != nil {
			return fmt.Errorf("seal step of feedback: %w", err)
		}
		f.Events = append(f.Events, e)
		err = tx.exec(ctx, "add step of feedback", `INSERT INTO feedback_events (id, feedback_id, n, at, what, staff_id, department_id, text_sealed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, f.ID, len(f.Events), e.At.UnixMilli(), e.What, e.StaffID, orNull(e.DepartmentID), text)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountFeedbackOf counts what a resident has given since a moment.
func (r reads) CountFeedbackOf(ctx context.Context, residentID string, since time.Time) (n int, err error) {
	_, err = r.row(ctx, `SELECT count(*) FROM feedback WHERE resident_id = $1 AND created_at >= $2`, []any{residentID, since.UnixMilli()}, &n)
	if err != nil {
		return 0, fmt.Errorf("count feedback: %w", err)
	}
	return n, nil
}

// CutFeedback cuts all feedback of a resident from the person, and says how much
// there was. What was written is kept.
func (tx *Tx) CutFeedback(ctx context.Context, residentID string, now time.Time) (int, error) {
	ids, err := tx.ids(ctx, `UPDATE feedback SET resident_id = NULL WHERE resident_id = $1 RETURNING id`, residentID)
	if err != nil {
		return 0, fmt.Errorf("cut feedback: %w", err)
	}
	for _, id := range ids {
		err := tx.exec(ctx, "cut feedback", `INSERT INTO feedback_events (id, feedback_id, n, at, what, staff_id)
			SELECT $1, $2, coalesce(max(n), 0) + 1, CAST($3 AS BIGINT), $4, '' FROM feedback_events WHERE feedback_id = $2`,
			NewID(), id, now.UnixMilli(), model.StepCut)
		if err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}
