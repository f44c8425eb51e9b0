package consultation

import (
	"context"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// may is ErrNotAllowed where somebody of the staff may not act on what was said to a
// consultation, and ErrConsultationMissing where there is none.
func (s *Service) may(ctx context.Context, by model.Actor, act model.Act, consultationID string) error {
	p, err := s.store.Publication(ctx, model.KindConsultation, consultationID)
	switch {
	case err != nil:
		return err
	case p == nil:
		return model.ErrConsultationMissing
	}
	directory, err := s.store.Directory(ctx)
	if err == nil && by.Kind != model.TheSystem && !directory.May(by, act, p.DepartmentID) {
		err = model.ErrNotAllowed
	}
	return err
}

// Marked is a text, and in it what tells of a person.
type Marked = check.Marked

// Said is an opinion as staff see it: without who said it.
type Said struct {
	model.Opinion
	Text, Wording Marked
}

// Heard is what staff see of what was said to a consultation.
type Heard struct {
	Items  []Said
	Total  int
	Counts store.OpinionCounts
	Rights Rights
}

// Rights are what somebody of the staff may do with what was said.
type Rights struct{ Answer bool }

// Opinions lists what was said to a consultation, for staff.
func (s *Service) Opinions(ctx context.Context, by model.Actor, f Filter) (*Heard, error) {
	if err := s.may(ctx, by, model.ActReadOpinions, f.ConsultationID); err != nil {
		return nil, err
	}
	list, total, err := s.store.Opinions(ctx, f)
	if err != nil {
		return nil, err
	}
	h := &Heard{Total: total, Rights: Rights{s.may(ctx, by, model.ActAnswerOpinions, f.ConsultationID) == nil}}
	for _, o := range list {
		h.Items = append(h.Items, said(o))
	}
	h.Counts, err = s.store.CountOpinions(ctx, f.ConsultationID)
	return h, err
}

func said(o model.Opinion) Said {
	o.ResidentID = ""
	return Said{o, check.MarkPrivate(o.Text), check.MarkPrivate(o.Wording)}
}

// Clauses are what one can or could speak to, for staff.
func (s *Service) Clauses(ctx context.Context, by model.Actor, consultationID string) ([]model.Clause, error) {
	if err := s.may(ctx, by, model.ActReadOpinions, consultationID); err != nil {
		return nil, err
	}
	return s.store.Clauses(ctx, consultationID)
}

// Ref names an opinion or a group, and the version that was read of it.
type Ref struct {
	ID      string
	Version int64
}

// change does one act of staff to an opinion. Once the report is public nothing changes.
func (s *Service) change(ctx context.Context, by model.Actor, r Ref, do func(*store.Tx, *model.Opinion) (act string, err error)) (*Said, error) {
	before, err := s.store.Opinion(ctx, r.ID)
	switch {
	case err != nil:
		return nil, err
	case before == nil:
		return nil, model.ErrOpinionMissing
	}
	if err := s.may(ctx, by, model.ActAnswerOpinions, before.ConsultationID); err != nil {
		return nil, err
	}
	var o *model.Opinion
	err = s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if err := unreported(ctx, tx, before.ConsultationID); err != nil {
			return err
		}
		if o, err = tx.OpinionFor(ctx, r.ID, r.Version); err != nil {
			return err
		}
		act, err := do(tx, o)
		if err != nil {
			return err
		}
		if err := tx.KeepOpinion(ctx, o); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion."+act, model.Ref{Kind: "opinion", ID: o.ID}, noted{Verdict: o.Verdict, Version: o.Version})
	})
	if err != nil {
		return nil, err
	}
	v := said(*o)
	return &v, nil
}

// unreported is ErrConsultationReported once it is public what became of what was said.
func unreported(ctx context.Context, tx *store.Tx, id string) error {
	c, err := tx.ConsultationTakes(ctx, id)
	if err == nil && c != nil && c.Report != nil {
		err = model.ErrConsultationReported
	}
	return err
}

// noted is what the audit trail keeps of an act: never a word of anybody.
type noted struct {
	Verdict model.Verdict `json:"verdict,omitempty"`
	Count   int           `json:"count,omitempty"`
	Version int64         `json:"version,omitempty"`
}

func (s *Service) note(ctx context.Context, tx *store.Tx, by model.Actor, act string, object model.Ref, n noted) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: act, Object: object, Details: n})
}

// Answer says what became of an opinion. One that was answered with a group leaves it.
func (s *Service) Answer(ctx context.Context, by model.Actor, r Ref, a model.Answer) (*Said, error) {
	if err := a.Read(); err != nil {
		return nil, err
	}
	return s.change(ctx, by, r, func(tx *store.Tx, o *model.Opinion) (string, error) {
		o.GroupID = ""
		o.Answer(a, s.clock.Now())
		return "answered", nil
	})
}

// SurveyHeard is how the questions of a consultation were answered, for staff.
func (s *Service) SurveyHeard(ctx context.Context, by model.Actor, consultationID string) ([]SurveyResult, error) {
	if err := s.may(ctx, by, model.ActReadOpinions, consultationID); err != nil {
		return nil, err
	}
	c, err := s.store.Consultation(ctx, consultationID)
	if err != nil || c == nil {
		return nil, err
	}
	return s.surveyResults(ctx, c, true)
}

// OpinionNow is an opinion as it is now, for who was too slow to change it.
func (s *Service) OpinionNow(ctx context.Context, by model.Actor, id string) (*Said, error) {
	o, err := s.store.Opinion(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case o == nil:
		return nil, model.ErrOpinionMissing
	}
	if err := s.may(ctx, by, model.ActReadOpinions, o.ConsultationID); err != nil {
		return nil, err
	}
	v := said(*o)
	return &v, nil
}
