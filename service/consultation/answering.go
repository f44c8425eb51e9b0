package consultation

import (
	"context"
	"slices"
	"unicode/utf8"

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

// Look is what a person decides who has looked at an opinion.
type Look struct {
	Show          bool
	Text, Wording string // what everybody may read, without what is private
	Why           string // of one that is not shown
}

// LookAt decides whether everybody may read an opinion. What is shown must not tell of a
// person: it is ErrOpinionPrivate where it does.
func (s *Service) LookAt(ctx context.Context, by model.Actor, r Ref, l Look) (*Said, error) {
	return s.change(ctx, by, r, func(tx *store.Tx, o *model.Opinion) (string, error) {
		if l.Show {
			return "shown", show(o, l.Text, l.Wording)
		}
		if err := because(l.Why); err != nil {
			return "", err
		}
		o.State, o.Why, o.Shown, o.ShownWording = model.OpinionHidden, l.Why, "", ""
		return "hidden", nil
	})
}

func because(why string) error {
	if n := utf8.RuneCountInString(why); n == 0 || n > model.OpinionReason {
		return model.ErrOpinionReason.With("why", nil)
	}
	return nil
}

func show(o *model.Opinion, text, wording string) error {
	for field, words := range map[string]string{"text": text, "wording": wording} {
		if spans := check.Private(words); len(spans) > 0 {
			return model.ErrOpinionPrivate.With(field, map[string]any{"what": spans[0].Masked(words)})
		}
	}
	if text == "" && wording == "" {
		return model.ErrOpinionEmpty
	}
	o.State, o.Why, o.Shown, o.ShownWording = model.OpinionShown, "", text, wording
	return nil
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

// ShowAll lets everybody read those opinions of a consultation that nobody has looked at
// and in which nothing private was found; how many stay is told, for somebody to read
// one by one.
func (s *Service) ShowAll(ctx context.Context, by model.Actor, consultationID string, ids []string) (shown, left int, err error) {
	if err := s.may(ctx, by, model.ActAnswerOpinions, consultationID); err != nil {
		return 0, 0, err
	}
	return shown, left, s.store.InTx(ctx, func(tx *store.Tx) error {
		shown, left = 0, 0
		if err := unreported(ctx, tx, consultationID); err != nil {
			return err
		}
		for _, id := range ids {
			o, err := tx.OpinionFor(ctx, id, 0)
			if err != nil {
				return err
			}
			if o.ConsultationID != consultationID || o.State != model.OpinionWaiting || show(o, o.Text, o.Wording) != nil {
				left++
				continue
			}
			if err := tx.KeepOpinion(ctx, o); err != nil {
				return err
			}
			shown++
		}
		return s.note(ctx, tx, by, "opinion.shown", model.Ref{Kind: string(model.KindConsultation), ID: consultationID}, noted{Count: shown})
	})
}

// Enter keeps what somebody said by telephone, on paper or at a hearing: until the report is
// public, for a letter may come after the last day.
func (s *Service) Enter(ctx context.Context, by model.Actor, source model.OpinionSource, v Saying) (*Said, error) {
	if source.Name() == "" || source == model.OpinionByMini {
		return nil, model.ErrOpinionSource
	}
	if err := s.may(ctx, by, model.ActAnswerOpinions, v.ConsultationID); err != nil {
		return nil, err
	}
	o, err := v.opinion(source, s.clock.Now())
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		c, err := tx.ConsultationTakes(ctx, v.ConsultationID)
		switch {
		case err != nil:
			return err
		case c == nil:
			return model.ErrConsultationMissing
		case c.Report != nil:
			return model.ErrConsultationReported
		case s.today() < c.Opens:
			return model.ErrConsultationComing.With("", map[string]any{"day": c.Opens.Chinese()})
		}
		if err := give(ctx, tx, c, o); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion.entered", model.Ref{Kind: "opinion", ID: o.ID}, noted{Version: o.Version})
	})
	if err != nil {
		return nil, err
	}
	entered := said(*o)
	return &entered, nil
}

// Groups are the groups of a consultation, and which opinions might be one.
type Groups struct {
	Items    []model.OpinionGroup
	Proposed []Proposal
}

// Proposal is opinions that say the same, as far as it can be counted.
type Proposal struct {
	Opinions []Said // some of them, to be looked at
	IDs      []string
}

// proposed is how many opinions of a proposal are shown.
const proposed = 5

// Groups lists the groups of a consultation, and proposes others of what is in none and
// unanswered.
func (s *Service) Groups(ctx context.Context, by model.Actor, consultationID string) (*Groups, error) {
	if err := s.may(ctx, by, model.ActReadOpinions, consultationID); err != nil {
		return nil, err
	}
	groups, err := s.store.OpinionGroups(ctx, consultationID)
	if err != nil {
		return nil, err
	}
	none := ""
	list, _, err := s.store.Opinions(ctx, Filter{ConsultationID: consultationID, GroupID: &none, Unanswered: true, WithWords: true})
	if err != nil {
		return nil, err
	}
	g := &Groups{Items: groups}
	for _, places := range model.AlikeOpinions(list) {
		p := Proposal{}
		for n, place := range places {
			p.IDs = append(p.IDs, list[place].ID)
			if n < proposed {
				p.Opinions = append(p.Opinions, said(list[place]))
			}
		}
		g.Proposed = append(g.Proposed, p)
	}
	return g, nil
}

// Group puts opinions on one clause together, to be answered as one.
func (s *Service) Group(ctx context.Context, by model.Actor, consultationID, gist string, ids []string) (*model.OpinionGroup, error) {
	if err := s.may(ctx, by, model.ActAnswerOpinions, consultationID); err != nil {
		return nil, err
	}
	if n := utf8.RuneCountInString(gist); n == 0 || n > model.OpinionGist {
		return nil, model.ErrOpinionGroupGist
	}
	if len(ids) < 2 {
		return nil, model.ErrOpinionGroupEmpty
	}
	g := &model.OpinionGroup{ConsultationID: consultationID, Gist: gist, Count: len(ids)}
	return g, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := unreported(ctx, tx, consultationID); err != nil {
			return err
		}
		for n, id := range ids {
			o, err := tx.OpinionFor(ctx, id, 0)
			switch {
			case err != nil:
				return err
			case o.ConsultationID != consultationID:
				return model.ErrOpinionMissing
			case n == 0:
				g.ClauseID = o.ClauseID
				if err := tx.KeepOpinionGroup(ctx, g); err != nil {
					return err
				}
			case o.ClauseID != g.ClauseID:
				return model.ErrOpinionGroupMixed
			}
			o.GroupID = g.ID
			o.Verdict, o.Reason, o.Place = "", "", ""
			if err := tx.KeepOpinion(ctx, o); err != nil {
				return err
			}
		}
		if err := tx.DropEmptyGroups(ctx, consultationID); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion.grouped", model.Ref{Kind: "opinion_group", ID: g.ID}, noted{Count: len(ids)})
	})
}

// AnswerGroup says what became of all opinions of a group.
func (s *Service) AnswerGroup(ctx context.Context, by model.Actor, consultationID string, r Ref, a model.Answer) (*model.OpinionGroup, error) {
	if err := a.Read(); err != nil {
		return nil, err
	}
	return s.changeGroup(ctx, by, consultationID, r, func(tx *store.Tx, g *model.OpinionGroup) error {
		g.Verdict, g.Reason, g.Place, g.AnsweredAt = a.Verdict, a.Reason, a.Place, s.clock.Now()
		list, _, err := tx.Opinions(ctx, Filter{ConsultationID: consultationID, GroupID: &g.ID})
		if err != nil {
			return err
		}
		for n := range list {
			list[n].Answer(a, g.AnsweredAt)
			if err := tx.KeepOpinion(ctx, &list[n]); err != nil {
				return err
			}
		}
		if err := tx.KeepOpinionGroup(ctx, g); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion.group_answered", model.Ref{Kind: "opinion_group", ID: g.ID},
			noted{Verdict: a.Verdict, Count: len(list), Version: g.Version})
	})
}

// Ungroup lets the opinions of a group stand for themselves again, unanswered.
func (s *Service) Ungroup(ctx context.Context, by model.Actor, consultationID string, r Ref) error {
	_, err := s.changeGroup(ctx, by, consultationID, r, func(tx *store.Tx, g *model.OpinionGroup) error {
		if err := tx.DropOpinionGroup(ctx, g.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion.ungrouped", model.Ref{Kind: "opinion_group", ID: g.ID}, noted{Count: g.Count})
	})
	return err
}

func (s *Service) changeGroup(ctx context.Context, by model.Actor, consultationID string, r Ref,
	do func(*store.Tx, *model.OpinionGroup) error) (g *model.OpinionGroup, err error) {
	if err := s.may(ctx, by, model.ActAnswerOpinions, consultationID); err != nil {
		return nil, err
	}
	return g, s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if err := unreported(ctx, tx, consultationID); err != nil {
			return err
		}
		if g, err = tx.OpinionGroupFor(ctx, r.ID, r.Version); err != nil {
			return err
		}
		if g.ConsultationID != consultationID {
			return model.ErrOpinionGroupGone
		}
		return do(tx, g)
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

// Owed is a consultation that is over, and of which it is not told what became of what
// was said.
type Owed struct {
	Shown
	At  model.Department // whose it is
	Nag int              // which of Nags has passed, 0 for none
}

// mostOwed is how many consultations are listed at most.
const mostOwed = 500

// Owed lists them, as far as somebody may see to them, the one that waits longest first.
func (s *Service) Owed(ctx context.Context, by model.Actor) ([]Owed, error) {
	list, _, err := s.store.Consultations(ctx, store.ConsultationFilter{Phase: model.ConsultationClosed, Today: s.today(), Limit: mostOwed})
	if err != nil {
		return nil, err
	}
	shown, err := s.shown(ctx, list...)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var owed []Owed
	for _, c := range slices.Backward(shown) {
		p, err := s.store.Publication(ctx, model.KindConsultation, c.ID)
		if err != nil {
			return nil, err
		}
		if p == nil || !directory.May(by, model.ActReadOpinions, p.DepartmentID) {
			continue
		}
		v := Owed{Shown: c}
		if at := directory.Department(p.DepartmentID); at != nil {
			v.At = *at
		}
		for _, day := range model.Nags() {
			if c.DaysLate >= day {
				v.Nag = day
			}
		}
		owed = append(owed, v)
	}
	return owed, nil
}
