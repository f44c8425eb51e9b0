package consultation

import (
	"context"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

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
