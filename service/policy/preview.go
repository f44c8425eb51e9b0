package policy

import (
	"context"

	"yuandu/model"
)

// Preview is a policy as its readers would see it if its working copy were
// public.
func (s *Service) Preview(ctx context.Context, id string, content []byte) (*Detail, error) {
	draft, p, err := s.drafted(ctx, id, content)
	if err != nil {
		return nil, err
	}
	d := &Detail{Policy: *p, Validity: p.ValidityOn(s.today())}
	for _, r := range relationsOf(p, draft) {
		target, err := s.store.RelationTarget(ctx, p, r)
		if err != nil {
			return nil, err
		}
		d.Links = append(d.Links, model.Link{Kind: r.Kind, Policy: target, Since: r.Since})
	}
	d.Interpretations, err = s.store.InterpretationsOf(ctx, id)
	return d, err
}

// PreviewInterpretation is an interpretation as its readers would see it if its
// working copy were public.
func (s *Service) PreviewInterpretation(ctx context.Context, id string, content []byte) (*model.Interpretation, error) {
	draft, err := model.ReadDraft[model.InterpretationDraft](content)
	if err != nil {
		return nil, err
	}
	return s.interpretationOf(ctx, s.store, id, draft)
}
