// Package matter is what the government is about, from asking people to the gazette: it
// joins documents to one line of life, and decides nothing of what they say.
package matter

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// LetterOf finds a letter by its number for who may read it. Else it is an *Error.
type LetterOf func(ctx context.Context, by model.Actor, number string) (id string, err error)

// Service is the matters.
type Service struct {
	store  *store.Store
	letter LetterOf
	clock  model.Clock
}

// New makes the service.
func New(s *store.Store, letter LetterOf, clock model.Clock) *Service {
	return &Service{s, letter, clock}
}

// Shown is a matter as everybody may read it, and the step that usually comes next.
type Shown struct {
	model.Matter
	Face   model.MatterFace
	Office *model.Department // nil where it is nobody's
	Topics []model.Topic
	Line   []model.MatterLink
	Next   model.MatterStep // "" for none
}

// Get reads a matter that is public: released, with something in it that is public now.
// It is ErrMatterMissing otherwise. One that was merged into another is read there.
func (s *Service) Get(ctx context.Context, id string) (*Shown, error) {
	moved, err := s.store.MovedTo(ctx, model.KindMatter, id)
	if err != nil {
		return nil, err
	}
	if moved != "" {
		id = moved
	}
	m, err := s.store.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if m == nil || !m.IsPublic() {
		return nil, model.ErrMatterMissing
	}
	return s.shown(ctx, *m)
}

func (s *Service) shown(ctx context.Context, m model.Matter) (*Shown, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return &Shown{Matter: m, Face: *m.Released, Office: directory.Department(m.DepartmentID), Topics: directory.TopicsOf(m.Released.TopicIDs),
		Line: m.Life(), Next: m.Next(model.Today(s.clock.Now()))}, nil
}

// Of lists the public matters of which a document, or an agenda item by itself, is a part
// that everybody may see.
func (s *Service) Of(ctx context.Context, kind model.Kind, id string) ([]Shown, error) {
	list, err := s.store.MattersOf(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	all := []Shown{}
	for _, m := range list {
		if m.Released == nil || !slices.ContainsFunc(m.Life(), func(l model.MatterLink) bool { return l.Is(kind, id) }) {
			continue
		}
		v, err := s.shown(ctx, m)
		if err != nil {
			return nil, err
		}
		all = append(all, *v)
	}
	return all, nil
}

// Public lists the matters that have a page.
func (s *Service) Public(ctx context.Context, limit int) ([]model.Listed, error) {
	list, err := s.store.ReleasedMatters(ctx, limit)
	var all []model.Listed
	for _, m := range list {
		if m.IsPublic() {
			all = append(all, model.Listed{ID: m.ID, Updated: model.Today(m.ReleasedAt)})
		}
	}
	return all, err
}

// Followable lets residents follow a matter from step to step.
func (s *Service) Followable() model.Followable {
	return model.Followable{Kind: model.KindMatter, Name: "kind.matter", Missing: model.ErrMatterMissing, Names: s.titles}
}

func (s *Service) titles(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		m, err := s.store.Matter(ctx, id)
		if err != nil {
			return nil, err
		}
		if m != nil && m.IsPublic() {
			names[id] = m.Released.Title
		}
	}
	return names, nil
}
