package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// The columns of what is said to a draft that hold what somebody wrote.
const (
	opinionText      = "opinions.text_sealed"
	opinionWording   = "opinions.wording_sealed"
	opinionSignature = "opinions.signature_sealed"
	surveyText       = "survey_answers.text_sealed"
)

const opinionColumns = `o.id, o.version, o.consultation_id, coalesce(o.resident_id, ''), o.clause_id, o.clause_label, o.source, o.edition, o.stance, o.text_sealed,
	o.wording_sealed, o.signature_sealed, o.state, o.why, o.shown, o.shown_wording, o.supports, o.group_id, o.verdict, o.reason, o.place, o.given_at,
	o.updated_at, o.answered_at`

func (s *Store) scanOpinion(row scanner) (o model.Opinion, err error) {
	var text, wording, signature []byte
	err = row.Scan(&o.ID, &o.Version, &o.ConsultationID, &o.ResidentID, &o.ClauseID, &o.ClauseLabel, &o.Source, &o.Edition, &o.Stance, &text, &wording, &signature,
		&o.State, &o.Why, &o.Shown, &o.ShownWording, &o.Supports, &o.GroupID, &o.Verdict, &o.Reason, &o.Place, milliseconds{&o.GivenAt},
		milliseconds{&o.UpdatedAt}, ifAny{&o.AnsweredAt})
	if err != nil {
		return o, err
	}
	return o, s.openAll(o.ID, map[string]sealedInto{opinionText: {text, &o.Text}, opinionWording: {wording, &o.Wording},
		opinionSignature: {signature, &o.Signature}})
}

// ConsultationTakes reads until when something can be said to a consultation, and keeps
// it so until the transaction ends. It is nil where none is public.
func (tx *Tx) ConsultationTakes(ctx context.Context, id string) (*model.Consultation, error) {
	c := &model.Consultation{ID: id}
	var reported model.Day
	there, err := tx.row(ctx, `SELECT opens, closes, edition, open, questions, report_day FROM consultations WHERE id = $1`+tx.d.shared(), []any{id},
		&c.Opens, &c.Closes, &c.Edition, &c.Open, asJSON(&c.Questions), &reported)
	if err != nil {
		return nil, fmt.Errorf("look until when a consultation takes opinions: %w", err)
	}
	if !there {
		return nil, nil
	}
	if reported != "" {
		c.Report = &model.AdoptionReport{Day: reported}
	}
	return c, nil
}

// GiveOpinion keeps what a resident says, in the place of what they said before to the
// same clause: that has to be looked at and answered anew.
func (tx *Tx) GiveOpinion(ctx context.Context, o *model.Opinion) error {
	o.ID = NewID()
	there, err := tx.row(ctx, `INSERT INTO opinions (id, version, consultation_id, resident_id, clause_id, clause_label, source, edition, stance, words, state, why,
			shown, shown_wording, supports, group_id, verdict, reason, place, given_at, updated_at, answered_at)
		VALUES ($1, 1, $2, $3, $4, $5, $11, $6, $7, $8, $9, '', '', '', 0, '', '', '', '', $10, $10, 0)
		ON CONFLICT (consultation_id, resident_id, clause_id) DO UPDATE SET version = opinions.version + 1, clause_label = excluded.clause_label,
			edition = excluded.edition, stance = excluded.stance, words = excluded.words, state = excluded.state, why = '', shown = '',
			shown_wording = '', group_id = '', verdict = '', reason = '', place = '', updated_at = excluded.updated_at, answered_at = 0
		RETURNING id, version, given_at, supports`, []any{o.ID, o.ConsultationID, orNull(o.ResidentID), o.ClauseID, o.ClauseLabel, o.Edition, o.Stance,
		number(o.SaysSomething()), o.State, o.UpdatedAt.UnixMilli(), o.Source}, &o.ID, &o.Version, milliseconds{&o.GivenAt}, &o.Supports)
	if err != nil || !there {
		return fmt.Errorf("keep opinion: %w", err)
	}
	sealed := make([]any, 3)
	for n, c := range []struct{ column, value string }{{opinionText, o.Text}, {opinionWording, o.Wording}, {opinionSignature, o.Signature}} {
		if sealed[n], err = tx.store.sealOrNull(c.column, o.ID, c.value); err != nil {
			return fmt.Errorf("seal opinion: %w", err)
		}
	}
	return tx.exec(ctx, "keep what was said", `UPDATE opinions SET text_sealed = $2, wording_sealed = $3, signature_sealed = $4 WHERE id = $1`,
		o.ID, sealed[0], sealed[1], sealed[2])
}

// TakeBackOpinion forgets what a resident said, false where there is nothing.
func (tx *Tx) TakeBackOpinion(ctx context.Context, consultationID, residentID, clauseID string) (bool, error) {
	ids, err := tx.ids(ctx, `DELETE FROM opinions WHERE consultation_id = $1 AND resident_id = $2 AND clause_id = $3 RETURNING id`, consultationID,
		residentID, clauseID)
	if err != nil {
		return false, fmt.Errorf("take back opinion: %w", err)
	}
	return len(ids) > 0, nil
}

// OpinionFilter narrows what was said; what is empty does not.
type OpinionFilter struct {
	ConsultationID string
	ResidentID     string
	ClauseID       *string
	State          model.OpinionState
	Stance         model.Stance
	GroupID        *string
	Unanswered     bool
	Answered       bool
	WithWords      bool
	MostSupported  bool // those first; else the first that came
	Newest         bool
	Limit, Offset  int // no limit for 0
}

func (f *OpinionFilter) where() *where {
	w := &where{}
	w.and("1 = 1")
	for _, c := range []struct {
		column string
		value  string
	}{{"o.consultation_id", f.ConsultationID}, {"o.resident_id", f.ResidentID}, {"o.state", string(f.State)}, {"o.stance", string(f.Stance)}} {
		if c.value != "" {
			w.and(c.column+" = ?", c.value)
		}
	}
	if f.ClauseID != nil {
		w.and("o.clause_id = ?", *f.ClauseID)
	}
	if f.GroupID != nil {
		w.and("o.group_id = ?", *f.GroupID)
	}
	if f.Unanswered {
		w.and("o.verdict = ''")
	}
	if f.Answered {
		w.and("o.verdict <> ''")
	}
	if f.WithWords {
		w.and("o.words = 1")
	}
	return w
}

// Opinions lists what was said, and counts all that match.
func (r reads) opinions(ctx context.Context, s *Store, f OpinionFilter) (list []model.Opinion, total int, err error) {
	w := f.where()
	if _, err := r.row(ctx, `SELECT count(*) FROM opinions o WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count opinions: %w", err)
	}
	order := "o.given_at, o.id"
	switch {
	case f.MostSupported:
		order = "o.supports DESC, o.given_at, o.id"
	case f.Newest:
		order = "o.updated_at DESC, o.id DESC"
	}
	query := `SELECT ` + opinionColumns + ` FROM opinions o WHERE ` + w.String() + ` ORDER BY ` + order
	args := w.args
	if f.Limit > 0 {
		args = append(args, f.Limit, f.Offset)
		query += fmt.Sprintf(` LIMIT $%d OFFSET $%d`, len(args)-1, len(args))
	}
	list, err = collect(ctx, r, s.scanOpinion, query, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("read opinions: %w", err)
	}
	return list, total, nil
}

// Opinions lists what was said, and counts all that match.
func (s *Store) Opinions(ctx context.Context, f OpinionFilter) ([]model.Opinion, int, error) {
	return s.reads.opinions(ctx, s, f)
}

// Opinions lists what was said, within the transaction.
func (tx *Tx) Opinions(ctx context.Context, f OpinionFilter) ([]model.Opinion, int, error) {
	return tx.reads.opinions(ctx, tx.store, f)
}

// Opinion reads one, nil where there is none.
func (s *Store) Opinion(ctx context.Context, id string) (*model.Opinion, error) {
	return s.reads.opinion(ctx, s, id)
}

// OpinionFor reads an opinion in order to change it: until the transaction ends nobody
// else does. It is ErrOpinionMissing where there is none, ErrStale where it is of another
// version; 0 is any.
func (tx *Tx) OpinionFor(ctx context.Context, id string, version int64) (*model.Opinion, error) {
	if err := tx.exec(ctx, "take opinion", `UPDATE opinions SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	o, err := tx.reads.opinion(ctx, tx.store, id)
	switch {
	case err != nil:
		return nil, err
	case o == nil:
		return nil, model.ErrOpinionMissing
	case version != 0 && o.Version != version:
		return nil, model.ErrStale
	}
	return o, nil
}

func (r reads) opinion(ctx context.Context, s *Store, id string) (*model.Opinion, error) {
	list, err := collect(ctx, r, s.scanOpinion, `SELECT `+opinionColumns+` FROM opinions o WHERE o.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read opinion: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// KeepOpinion writes what staff did with an opinion.
func (tx *Tx) KeepOpinion(ctx context.Context, o *model.Opinion) error {
	o.Version++
	return tx.exec(ctx, "keep opinion", `UPDATE opinions SET version = $2, state = $3, why = $4, shown = $5, shown_wording = $6, group_id = $7, verdict = $8,
		reason = $9, place = $10, answered_at = $11 WHERE id = $1`, o.ID, o.Version, o.State, o.Why, o.Shown, o.ShownWording, o.GroupID, o.Verdict,
		o.Reason, o.Place, millis(o.AnsweredAt))
}

// AnswerWordless answers those who took a stance and said nothing else.
func (tx *Tx) AnswerWordless(ctx context.Context, consultationID string, a model.Answer, at time.Time) error {
	return tx.exec(ctx, "answer those who said no word", `UPDATE opinions SET verdict = $2, reason = $3, answered_at = $4, version = version + 1
		WHERE consultation_id = $1 AND words = 0 AND verdict = ''`, consultationID, a.Verdict, a.Reason, at.UnixMilli())
}

// OpenForm keeps when a resident opened the form the last time.
func (tx *Tx) OpenForm(ctx context.Context, consultationID, residentID string, at time.Time) error {
	return tx.exec(ctx, "keep when a form was opened", `INSERT INTO opinion_forms (consultation_id, resident_id, opened_at) VALUES ($1, $2, $3)
		ON CONFLICT (consultation_id, resident_id) DO UPDATE SET opened_at = excluded.opened_at`, consultationID, residentID, at.UnixMilli())
}

// FormOpened is when a resident opened the form the last time before the end, zero for
// never.
func (r reads) FormOpened(ctx context.Context, consultationID, residentID string) (at time.Time, err error) {
	_, err = r.row(ctx, `SELECT opened_at FROM opinion_forms WHERE consultation_id = $1 AND resident_id = $2`, []any{consultationID, residentID},
		milliseconds{&at})
	if err != nil {
		return at, fmt.Errorf("look when a form was opened: %w", err)
	}
	return at, nil
}

// SupportOpinion keeps whether a resident supports an opinion, once, and gives the count.
func (tx *Tx) SupportOpinion(ctx context.Context, id, residentID string, support bool) (count int, err error) {
	change, args := `DELETE FROM opinion_supports WHERE opinion_id = $1 AND resident_id = $2`, []any{id, residentID}
	if support {
		change = `INSERT INTO opinion_supports (opinion_id, resident_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
		args = append(args, tx.now())
	}
	if err := tx.exec(ctx, "support opinion", change, args...); err != nil {
		return 0, err
	}
	return tx.countSupports(ctx, id)
}

func (tx *Tx) countSupports(ctx context.Context, id string) (count int, err error) {
	_, err = tx.row(ctx, `UPDATE opinions SET supports = (SELECT count(*) FROM opinion_supports WHERE opinion_id = $1) WHERE id = $1 RETURNING supports`,
		[]any{id}, &count)
	if err != nil {
		return 0, fmt.Errorf("count supports: %w", err)
	}
	return count, nil
}

// Supported are the opinions on a consultation that a resident supports.
func (s *Store) Supported(ctx context.Context, consultationID, residentID string) ([]string, error) {
	list, err := collect(ctx, s.reads, scanID, `SELECT s.opinion_id FROM opinion_supports s JOIN opinions o ON o.id = s.opinion_id
		WHERE o.consultation_id = $1 AND s.resident_id = $2`, consultationID, residentID)
	if err != nil {
		return nil, fmt.Errorf("read what somebody supports: %w", err)
	}
	return list, nil
}

// ConsultationsSpokenTo are the consultations to which a resident said something or
// answered a question.
func (s *Store) ConsultationsSpokenTo(ctx context.Context, residentID string) ([]string, error) {
	list, err := collect(ctx, s.reads, scanID, `SELECT consultation_id FROM opinions WHERE resident_id = $1
		UNION SELECT consultation_id FROM survey_answers WHERE resident_id = $2 ORDER BY 1`, residentID, residentID)
	if err != nil {
		return nil, fmt.Errorf("read to what somebody spoke: %w", err)
	}
	return list, nil
}

// CutOpinions cuts a resident from what they said, and forgets whom they supported. It
// counts what was cut.
func (tx *Tx) CutOpinions(ctx context.Context, residentID string) (int, error) {
	supported, err := tx.ids(ctx, `DELETE FROM opinion_supports WHERE resident_id = $1 RETURNING opinion_id`, residentID)
	if err != nil {
		return 0, fmt.Errorf("forget supports: %w", err)
	}
	for _, id := range supported {
		if _, err := tx.countSupports(ctx, id); err != nil {
			return 0, err
		}
	}
	if err := tx.exec(ctx, "forget forms", `DELETE FROM opinion_forms WHERE resident_id = $1`, residentID); err != nil {
		return 0, err
	}
	said, err := tx.ids(ctx, `UPDATE opinions SET resident_id = NULL, signature_sealed = NULL WHERE resident_id = $1 RETURNING id`, residentID)
	if err != nil {
		return 0, fmt.Errorf("cut opinions: %w", err)
	}
	answered, err := tx.ids(ctx, `UPDATE survey_answers SET resident_id = NULL WHERE resident_id = $1 RETURNING id`, residentID)
	if err != nil {
		return 0, fmt.Errorf("cut answers: %w", err)
	}
	return len(said) + len(answered), nil
}
