package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// The columns of what the Supervisor looks after and decides.
const (
	supervisionWhy    = "letter_supervisions.why_sealed"
	supervisionText   = "letter_supervisions.text_sealed"
	supervisionAnswer = "letter_supervisions.answer_sealed"
	supervisionNote   = "letter_supervisions.note_sealed"
	disputeWhy        = "letter_disputes.why_sealed"
	disputeMeeting    = "letter_disputes.meeting_sealed"
	disputeDecision   = "letter_disputes.decision_sealed"
)

const supervisionColumns = `s.id, s.cause, s.why_sealed, coalesce(s.department_id, ''), s.staff_id, s.opened_at, s.text_sealed, s.due_day,
	s.answer_sealed, s.answered_by, s.answered_at, s.result, s.note_sealed, s.closed_by, s.closed_at`

func (s *Store) scanSupervision(row scanner, more ...any) (v model.Supervision, err error) {
	var why, text, answer, note []byte
	dest := []any{&v.ID, &v.Cause, &why, &v.DepartmentID, &v.StaffID, milliseconds{&v.OpenedAt}, &text, &v.DueDay, &answer, &v.AnsweredBy,
		ifAny{&v.AnsweredAt}, &v.Result, &note, &v.ClosedBy, ifAny{&v.ClosedAt}}
	if err = row.Scan(append(dest, more...)...); err != nil {
		return v, err
	}
	return v, s.openAll(v.ID, map[string]sealedInto{supervisionWhy: {why, &v.Why}, supervisionText: {text, &v.Text},
		supervisionAnswer: {answer, &v.Answer}, supervisionNote: {note, &v.Note}})
}

func (s *Store) letterSupervisions(ctx context.Context, from reads, id string) ([]model.Supervision, error) {
	return collect(ctx, from, func(row scanner) (model.Supervision, error) { return s.scanSupervision(row) },
		`SELECT `+supervisionColumns+` FROM letter_supervisions s WHERE s.letter_id = $1 ORDER BY s.n`, id)
}

func (s *Store) letterDisputes(ctx context.Context, from reads, id string) ([]model.LetterDispute, error) {
	return collect(ctx, from, func(row scanner) (d model.LetterDispute, err error) {
		var why, meeting, decision []byte
		err = row.Scan(&d.ID, &why, &d.RaisedBy, milliseconds{&d.RaisedAt}, &d.MeetingDay, &meeting, &d.DepartmentID, &decision, &d.DecidedBy,
			ifAny{&d.DecidedAt})
		if err != nil {
			return d, err
		}
		return d, s.openAll(d.ID, map[string]sealedInto{disputeWhy: {why, &d.Why}, disputeMeeting: {meeting, &d.Meeting},
			disputeDecision: {decision, &d.Decision}})
	}, `SELECT id, why_sealed, raised_by, raised_at, meeting_day, meeting_sealed, coalesce(department_id, ''), decision_sealed, decided_by,
			decided_at FROM letter_disputes WHERE letter_id = $1 ORDER BY n`, id)
}

// watchedParts reads what the Supervisor looks after and decides of a letter.
func (s *Store) watchedParts(ctx context.Context, from reads, l *model.Letter) (err error) {
	if l.Supervisions, err = s.letterSupervisions(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read supervisions: %w", err)
	}
	if l.Disputes, err = s.letterDisputes(ctx, from, l.ID); err != nil {
		return fmt.Errorf("read disputes: %w", err)
	}
	return nil
}

func (tx *Tx) keepWatchedParts(ctx context.Context, l *model.Letter) error {
	for i := range l.Supervisions {
		if err := tx.keepSupervision(ctx, l.ID, i+1, &l.Supervisions[i]); err != nil {
			return err
		}
	}
	for i := range l.Disputes {
		if err := tx.keepDispute(ctx, l.ID, i+1, &l.Disputes[i]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) keepSupervision(ctx context.Context, letterID string, n int, s *model.Supervision) error {
	if s.ID == "" {
		s.ID = NewID()
	}
	v := &sealing{tx.store, s.ID, nil}
	args := []any{s.ID, letterID, n, s.Cause, v.seal(supervisionWhy, s.Why), orNull(s.DepartmentID), s.StaffID, s.OpenedAt.UnixMilli(),
		v.seal(supervisionText, s.Text), s.DueDay, v.seal(supervisionAnswer, s.Answer), s.AnsweredBy, millis(s.AnsweredAt), s.Result,
		v.seal(supervisionNote, s.Note), s.ClosedBy, millis(s.ClosedAt)}
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep supervision", `INSERT INTO letter_supervisions (id, letter_id, n, cause, why_sealed, department_id, staff_id, opened_at,
			text_sealed, due_day, answer_sealed, answered_by, answered_at, result, note_sealed, closed_by, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (id) DO UPDATE SET staff_id = excluded.staff_id, answer_sealed = excluded.answer_sealed, answered_by = excluded.answered_by,
			answered_at = excluded.answered_at, result = excluded.result, note_sealed = excluded.note_sealed, closed_by = excluded.closed_by,
			closed_at = excluded.closed_at`, args...)
}

func (tx *Tx) keepDispute(ctx context.Context, letterID string, n int, d *model.LetterDispute) error {
	if d.ID == "" {
		d.ID = NewID()
	}
	v := &sealing{tx.store, d.ID, nil}
	args := []any{d.ID, letterID, n, v.seal(disputeWhy, d.Why), d.RaisedBy, d.RaisedAt.UnixMilli(), d.MeetingDay, v.seal(disputeMeeting, d.Meeting),
		orNull(d.DepartmentID), v.seal(disputeDecision, d.Decision), d.DecidedBy, millis(d.DecidedAt)}
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep dispute", `INSERT INTO letter_disputes (id, letter_id, n, why_sealed, raised_by, raised_at, meeting_day, meeting_sealed,
			department_id, decision_sealed, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET meeting_day = excluded.meeting_day, meeting_sealed = excluded.meeting_sealed,
			department_id = excluded.department_id, decision_sealed = excluded.decision_sealed, decided_by = excluded.decided_by,
			decided_at = excluded.decided_at`, args...)
}

// disputed are letters that wait for the Supervisor to say whose they are.
const disputed = `l.state = 'received' AND EXISTS (SELECT 1 FROM letter_disputes d WHERE d.letter_id = l.id AND d.decided_at = 0)`

// WatchPhase is a part of what the Supervisor works through.
type WatchPhase string

// The phases.
const (
	WatchFound    WatchPhase = "found"    // a cause that nobody has looked at
	WatchAsked    WatchPhase = "asked"    // the office has still time to answer
	WatchLate     WatchPhase = "late"     // the office should have answered
	WatchAnswered WatchPhase = "answered" // to be closed
	WatchClosed   WatchPhase = "closed"
)

// WatchPhases lists the phases in the order in which they are passed.
func WatchPhases() []WatchPhase {
	return []WatchPhase{WatchFound, WatchAsked, WatchLate, WatchAnswered, WatchClosed}
}

// WatchFilter narrows the list of a phase; what is empty does not.
type WatchFilter struct {
	Phase         WatchPhase
	Cause         model.SupervisionCause
	Departments   []string
	Now           time.Time
	Offset, Limit int
}

// Watched is a letter with a cause, and what was done about it.
type Watched struct {
	LetterID    string
	Cause       model.SupervisionCause
	Since       time.Time // when the cause arose; zero for what is overdue, whose letter says so
	Supervision *model.Supervision
}

// foundCauses are the causes that letters show themselves in their present handling:
// overdue, refused or returned again and again, and not solved in its author's word.
// What the Supervisor handles himself is looked after in his own box.
const foundCauses = `SELECT l.id, 'overdue' AS cause, 0 AS since FROM letters l WHERE ` + isWaiting + ` AND l.due_day < ? AND l.round < 3
	UNION ALL
	SELECT l.id, 'refusing', l.updated_at FROM letters l WHERE l.state = 'refused' AND l.received_at >= ?
	UNION ALL
	SELECT l.id, 'refusing', r.since FROM (SELECT e.letter_id, max(e.at) AS since FROM letter_events e JOIN letters x ON x.id = e.letter_id
		WHERE e.what = 'returned' AND e.at >= ? AND e.at >= x.asked_at GROUP BY e.letter_id HAVING count(*) >= ?) r
		JOIN letters l ON l.id = r.letter_id WHERE ` + isWaiting + `
	UNION ALL
	SELECT l.id, 'unsolved', max(r.rated_at) FROM letter_replies r JOIN letters l ON l.id = r.letter_id
		WHERE r.satisfaction > 0 AND r.solved = 0 AND r.rated_at >= ? AND r.rated_at >= l.asked_at
			AND (r.outcome = 'solved' OR (SELECT count(*) FROM letter_replies b WHERE b.letter_id = r.letter_id AND b.satisfaction > 0 AND b.solved = 0) >= ?)
		GROUP BY l.id`

// found are the causes that nobody has looked at in the present handling.
func (f *WatchFilter) found() (text string, args []any) {
	back := f.Now.AddDate(0, 0, -model.SupervisionLooksBack).UnixMilli()
	w := &where{}
	w.and(`FROM (`+foundCauses+`) f JOIN letters l ON l.id = f.id`, model.Today(f.Now), back, back, model.RefusingReturns, back, model.UnsolvedWords)
	from := w.String()
	w.text.Reset()
	w.and(`NOT EXISTS (SELECT 1 FROM letter_supervisions s WHERE s.letter_id = f.id AND s.cause = f.cause
		AND (s.result = '' OR s.opened_at >= l.asked_at))`)
	if f.Cause != "" {
		w.and("f.cause = ?", f.Cause)
	}
	if len(f.Departments) > 0 {
		in(w, "l.lead_department_id", f.Departments)
	}
	return from + ` WHERE ` + w.String(), w.args
}

// opened are supervisions of a phase.
func (f *WatchFilter) opened() (text string, args []any) {
	w := &where{}
	today := model.Today(f.Now)
	switch f.Phase {
	case WatchClosed:
		w.and("s.result <> ''")
	case WatchAnswered:
		w.and("s.result = '' AND s.answered_at > 0")
	case WatchLate:
		w.and("s.result = '' AND s.answered_at = 0 AND s.due_day < ?", today)
	default:
		w.and("s.result = '' AND s.answered_at = 0 AND s.due_day >= ?", today)
	}
	if f.Cause != "" {
		w.and("s.cause = ?", f.Cause)
	}
	if len(f.Departments) > 0 {
		in(w, "s.department_id", f.Departments)
	}
	return `FROM letter_supervisions s WHERE ` + w.String(), w.args
}

// Watched lists a phase, what has waited longest first, and counts it up to MostCounted.
func (s *Store) Watched(ctx context.Context, f WatchFilter) (list []Watched, total int, err error) {
	if f.Phase == WatchFound {
		text, args := f.found()
		list, err = collect(ctx, s.reads, func(row scanner) (w Watched, err error) {
			return w, row.Scan(&w.LetterID, &w.Cause, ifAny{&w.Since})
		}, fmt.Sprintf(`SELECT f.id, f.cause, f.since %s ORDER BY l.received_at, f.id, f.cause LIMIT %d OFFSET %d`, text, f.Limit, f.Offset), args...)
	} else {
		text, args := f.opened()
		order := "s.due_day, s.id"
		if f.Phase == WatchClosed {
			order = "s.closed_at DESC, s.id DESC"
		}
		list, err = collect(ctx, s.reads, s.scanWatched,
			fmt.Sprintf(`SELECT %s, s.letter_id %s ORDER BY %s LIMIT %d OFFSET %d`, supervisionColumns, text, order, f.Limit, f.Offset), args...)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("list what is watched: %w", err)
	}
	total, err = s.CountWatched(ctx, f)
	return list, total, err
}

func (s *Store) scanWatched(row scanner) (w Watched, err error) {
	v, err := s.scanSupervision(row, &w.LetterID)
	w.Cause, w.Since, w.Supervision = v.Cause, v.OpenedAt, &v
	return w, err
}

// CountWatched counts a phase, up to MostCounted.
func (s *Store) CountWatched(ctx context.Context, f WatchFilter) (n int, err error) {
	text, args := f.opened()
	if f.Phase == WatchFound {
		text, args = f.found()
	}
	_, err = s.row(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 %s LIMIT %d) counted`, text, MostCounted), args, &n)
	if err != nil {
		return 0, fmt.Errorf("count what is watched: %w", err)
	}
	return n, nil
}

// LettersOf reads letters by their IDs, without what hangs on them.
func (s *Store) LettersOf(ctx context.Context, ids []string) (map[string]model.Letter, error) {
	of := map[string]model.Letter{}
	if len(ids) == 0 {
		return of, nil
	}
	w := &where{}
	in(w, "l.id", ids)
	list, err := collect(ctx, s.reads, s.scanLetter, `SELECT `+letterColumns+` FROM letters l WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	for _, l := range list {
		of[l.ID] = l
	}
	return of, nil
}

// asked are letters of which one of some departments has to say something to the
// Supervisor.
func asked(w *where, departments []string) {
	w.and(`l.id IN (SELECT s.letter_id FROM letter_supervisions s WHERE s.result = '' AND s.answered_at = 0 AND s.department_id IN (`+
		marks(departments)+`))`, anys(departments)...)
}
