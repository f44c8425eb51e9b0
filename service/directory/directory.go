// Package directory is how people find their way: the tree of offices and the
// life topics.
package directory

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is departments and topics.
type Service struct {
	store *store.Store
	ask   search.Asker
	clock model.Clock
}

// New makes the service.
func New(s *store.Store, ask search.Asker, clock model.Clock) *Service {
	return &Service{store: s, ask: ask, clock: clock}
}

// Topic is a life topic with the number of its policies.
type Topic struct {
	model.Topic
	Policies int
}

// Department is an office with the number of policies that it and the offices
// below it issued.
type Department struct {
	model.Department
	Policies int
}

// Topics lists the topics in their order.
func (s *Service) Topics(ctx context.Context) ([]Topic, error) {
	directory, counts, err := s.counted(ctx, "topic")
	if err != nil {
		return nil, err
	}
	list := make([]Topic, len(directory.Topics))
	for i, t := range directory.Topics {
		list[i] = Topic{t, counts[t.ID]}
	}
	return list, nil
}

// Departments lists the offices, parents before children.
func (s *Service) Departments(ctx context.Context) ([]Department, error) {
	directory, counts, err := s.counted(ctx, "department")
	if err != nil {
		return nil, err
	}
	list := make([]Department, len(directory.Departments))
	for i, d := range directory.Departments {
		list[i] = Department{d, counts[d.ID]}
	}
	return list, nil
}

func (s *Service) counted(ctx context.Context, facet string) (*store.Directory, map[string]int, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	answer, _, err := s.ask(ctx, search.Question{Kind: model.KindPolicy, Facets: []string{facet}, Sort: search.Newest, Today: model.Today(s.clock.Now())})
	if err != nil {
		return nil, nil, err
	}
	counts := map[string]int{}
	for _, b := range answer.Facets[facet] {
		counts[b.Value] = b.Count
	}
	return directory, counts, nil
}

// Followables let residents follow topics and departments.
func (s *Service) Followables() []model.Followable {
	return []model.Followable{
		{Kind: model.KindTopic, Name: "kind.topic", Missing: model.ErrTopicMissing, Names: s.names(model.ByTopic)},
		{Kind: model.KindDepartment, Name: "kind.department", Missing: model.ErrDepartmentMissing, Names: s.names(model.ByDepartment)},
	}
}

func (s *Service) names(filter string) func(context.Context, []string) (map[string]string, error) {
	return func(ctx context.Context, keys []string) (map[string]string, error) {
		directory, err := s.store.Directory(ctx)
		if err != nil {
			return nil, err
		}
		names := map[string]string{}
		for _, key := range keys {
			if directory.Topic(key) != nil && filter == model.ByTopic || directory.Department(key) != nil && filter == model.ByDepartment {
				names[key] = directory.Label(filter, key)
			}
		}
		return names, nil
	}
}
