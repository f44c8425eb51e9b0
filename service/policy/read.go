package policy

import (
	"context"

	"yuandu/model"
)

// Detail is a policy with everything around it.
type Detail struct {
	model.Policy
	Validity        model.Validity
	Links           []model.Link
	Interpretations []model.Interpretation
	Corrections     []Correction // the newest first
}

// Get reads a whole policy.
func (s *Service) Get(ctx context.Context, id string) (*Detail, error) {
	p, err := s.store.Policy(ctx, id)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, s.gone(ctx, model.KindPolicy, id, model.ErrPolicyMissing)
	}
	d := &Detail{Policy: *p, Validity: p.ValidityOn(s.today())}
	if d.Links, err = s.store.Links(ctx, id); err != nil {
		return nil, err
	}
	if d.Interpretations, err = s.store.InterpretationsOf(ctx, id); err != nil {
		return nil, err
	}
	revisions, err := s.store.RevisionLog(ctx, model.KindPolicy, id)
	d.Corrections = corrections(revisions)
	return d, err
}

// gone says why a document that is asked for is not there: that it is another one
// now, that it was withdrawn, or that it never was.
func (s *Service) gone(ctx context.Context, kind model.Kind, id string, missing error) error {
	now, err := s.store.MovedTo(ctx, kind, id)
	switch {
	case err != nil:
		return err
	case now != "":
		return model.ErrMoved.With("", map[string]any{"from": id, "to": now})
	}
	return s.store.Gone(ctx, kind, id, missing)
}

// State says, in one small question, what an answer about a policy depends on:
// its version, the directory's, that of voices and the day. Equal states have equal answers.
type State struct {
	Version, Directory, Voices int64
	Day                        model.Day
}

// State of a public policy.
func (s *Service) State(ctx context.Context, id string) (State, error) {
	version, directory, voices, err := s.store.PolicyState(ctx, id)
	if err != nil {
		return State{}, err
	}
	if version == 0 {
		return State{}, s.gone(ctx, model.KindPolicy, id, model.ErrPolicyMissing)
	}
	return State{version, directory, voices, s.today()}, nil
}

// ListState says what a list depends on: everything public, and the day.
func (s *Service) ListState(ctx context.Context) (State, error) {
	mark, err := s.store.PublicState(ctx)
	return State{Version: mark, Day: s.today()}, err
}

// Interpretation reads a whole interpretation.
func (s *Service) Interpretation(ctx context.Context, id string) (*model.Interpretation, error) {
	i, err := s.store.Interpretation(ctx, id)
	if err != nil {
		return nil, err
	}
	if i == nil {
		return nil, s.gone(ctx, model.KindInterpretation, id, model.ErrInterpretationMissing)
	}
	return i, nil
}

// Interpretations finds interpretations, in the shape of policies.
func (s *Service) Interpretations(ctx context.Context, l Listing) (*Page, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	answer, degraded, err := s.ask(ctx, s.question(model.KindInterpretation, l, nil))
	if err != nil {
		return nil, err
	}
	page := &Page{Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	if len(answer.Hits) == 0 {
		return page, nil
	}
	rows, err := s.store.IndexedInterpretations(ctx, "", answer.IDs(), len(answer.Hits))
	if err != nil {
		return nil, err
	}
	for _, h := range answer.Hits {
		for _, in := range rows {
			if in.ID != h.ID {
				continue
			}
			item := Item{Kind: model.KindInterpretation, ID: in.ID, Title: in.Title, Departments: in.Departments,
				PublishedDate: in.PublishedDate, Policies: in.Policies}
			item.Shown = answer.Show(in.Title, in.Text)
			page.Items = append(page.Items, item)
		}
	}
	return page, nil
}

// Public lists the IDs of all public documents of a kind after one, with the
// day of the last change: for the sitemap.
func (s *Service) Public(ctx context.Context, kind model.Kind, after string, limit int) ([]model.Listed, error) {
	return s.store.Listed(ctx, kind, after, limit)
}
