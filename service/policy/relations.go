package policy

import (
	"context"

	"yuandu/media"
	"yuandu/model"
)

// Proposal is a relation that the text of a draft speaks of.
type Proposal struct {
	model.DraftRelation
	Quote  string          // the words that say so
	Target model.PolicyRef // without an ID where that document is not here
	Taken  bool            // the draft has it already
}

// Proposals reads in a draft what it says of other documents. The ones that the
// draft has already are among them.
func (s *Service) Proposals(ctx context.Context, id string, content []byte) (list []Proposal, err error) {
	draft, p, err := s.drafted(ctx, id, content)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, r := range draft.Relations {
		target, err := s.targetOf(ctx, p, r)
		if err != nil {
			return nil, err
		}
		taken[targetKey(target)] = true
	}
	for _, m := range media.Mentions(p) {
		r := model.DraftRelation{Kind: m.Kind, TargetNumber: m.TargetNumber, TargetTitle: m.TargetTitle, Since: m.Since}
		target, err := s.targetOf(ctx, p, r)
		if err != nil {
			return nil, err
		}
		if target.ID == id && id != "" {
			continue
		}
		r.TargetID = target.ID
		list = append(list, Proposal{r, m.Quote, target, taken[targetKey(target)]})
	}
	return list, nil
}

func (s *Service) targetOf(ctx context.Context, p *model.Policy, r model.DraftRelation) (model.PolicyRef, error) {
	return s.store.RelationTarget(ctx, p, relationOf(p, r))
}

// targetKey is equal for the same document, here or not.
func targetKey(p model.PolicyRef) string {
	if p.ID != "" {
		return p.ID
	}
	if key := model.NumberKey(p.DocNumber); key != "" {
		return key
	}
	return p.Title
}

// Effect is what publishing a draft does to another document.
type Effect struct {
	Kind    model.RelationKind // amends, repeals or replaces
	Since   model.Day
	Target  model.PolicyRef // without an ID where that document is not here
	Is      model.Validity  // today, "" where it is not here
	Becomes model.Validity  // on Since
	Citing  []model.PolicyRef
	Total   int // of those that cite it or are based on it, and hold
}

// mostCiting is how many documents that cite a repealed one are named.
const mostCiting = 50

// Effects tells what publishing a draft does to other documents: which ones it
// amends or repeals, from which day on, and what still cites these.
func (s *Service) Effects(ctx context.Context, id string, content []byte) (list []Effect, err error) {
	draft, p, err := s.drafted(ctx, id, content)
	if err != nil {
		return nil, err
	}
	for _, r := range relationsOf(p, draft) {
		if r.Kind != model.Amends && r.Kind != model.Repeals && r.Kind != model.Replaces {
			continue
		}
		e, err := s.effect(ctx, p, r)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func (s *Service) effect(ctx context.Context, p *model.Policy, r model.Relation) (e Effect, err error) {
	e.Kind, e.Since = r.Kind, r.Since
	if e.Target, err = s.store.RelationTarget(ctx, p, r); err != nil || e.Target.ID == "" {
		return e, err
	}
	rows, err := s.store.Policies(ctx, []string{e.Target.ID}, false)
	if err != nil || len(rows) == 0 {
		return e, err
	}
	days := rows[0].Days()
	e.Is = days.On(s.today())
	if r.Kind == model.Amends {
		days.Amended = earlier(days.Amended, r.Since)
	} else {
		days.Repealed = earlier(days.Repealed, r.Since)
	}
	e.Becomes = days.On(max(r.Since, s.today()))
	e.Citing, e.Total, err = s.store.Citing(ctx, e.Target.ID, p.ID, mostCiting)
	return e, err
}

func earlier(a, b model.Day) model.Day {
	if a == "" || b < a {
		return b
	}
	return a
}
