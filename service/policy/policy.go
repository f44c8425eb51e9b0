// Package policy is what people do with policies and their interpretations:
// find them, read them, and see what became of them.
package policy

import (
	"context"
	"maps"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is policies and interpretations.
type Service struct {
	store *store.Store
	ask   search.Asker
	clock model.Clock
}

// New makes the service.
func New(s *store.Store, ask search.Asker, clock model.Clock) *Service {
	return &Service{store: s, ask: ask, clock: clock}
}

// Followable lets residents follow policies.
func (s *Service) Followable() model.Followable {
	return model.Followable{Kind: model.KindPolicy, Name: "kind.policy", Missing: model.ErrPolicyMissing, Names: s.store.PolicyTitles}
}

// The filters and facets of policies, by their names in addresses.
const (
	ByDepartment = model.ByDepartment
	ByTopic      = model.ByTopic
	ByCategory   = model.ByCategory
	ByYear       = model.ByYear
	ByValidity   = model.ByValidity
)

// Facets lists them in the order in which answers show them.
func Facets() []string { return model.Filters() }

// Listing is what somebody wants to see of a list.
type Listing struct {
	Text          string
	Filters       map[string][]string
	Sort          model.Sort
	Offset, Limit int
	NoFacets      bool
}

// Page is a part of a list.
type Page struct {
	Items    []Item
	Total    int
	Facets   map[string][]Facet
	Hint     model.Hint
	Degraded bool
}

// Item is a document in a list.
type Item struct {
	Kind              model.Kind
	ID                string
	Title             string
	DocNumber         string
	Category          string
	Departments       []model.Department
	Topics            []model.Topic
	PublishedDate     model.Day
	Validity          model.Validity    // of a policy
	HasInterpretation bool              // of a policy
	Policies          []model.PolicyRef // of an interpretation
	Cites             bool              // it is not the document of the number asked for, but cites it
	search.Shown
}

// Facet is one value of a filter and how many documents it leaves.
type Facet struct {
	Value, Label string
	Count        int
}

// List finds policies.
func (s *Service) List(ctx context.Context, l Listing) (*Page, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	facets := Facets()
	if l.NoFacets {
		facets = nil
	}
	l, err := s.present(ctx, l)
	if err != nil {
		return nil, err
	}
	answer, degraded, err := s.ask(ctx, s.question(model.KindPolicy, l, facets))
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Policies(ctx, answer.IDs(), true)
	if err != nil {
		return nil, err
	}
	page := &Page{Items: make([]Item, len(rows)), Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	for i := range rows {
		page.Items[i] = s.item(&rows[i], answer)
	}
	page.Facets, err = s.facets(ctx, answer.Facets)
	return page, err
}

// present asks for departments under the IDs that they have today.
func (s *Service) present(ctx context.Context, l Listing) (Listing, error) {
	asked := l.Filters[ByDepartment]
	if len(asked) == 0 {
		return l, nil
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return l, err
	}
	l.Filters = maps.Clone(l.Filters)
	l.Filters[ByDepartment] = directory.NowAll(asked)
	return l, nil
}

func (s *Service) question(kind model.Kind, l Listing, facets []string) search.Question {
	return search.Question{Kind: kind, Text: l.Text, Filters: l.Filters, Facets: facets,
		Sort: l.Sort, Today: s.today(), Offset: l.Offset, Limit: l.Limit}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

func (s *Service) item(p *store.PolicyRow, a search.Answer) Item {
	item := Item{
		Kind: model.KindPolicy, ID: p.ID, Title: p.Title, DocNumber: p.DocNumber, Category: p.Category,
		Departments: p.Departments, Topics: p.Topics, PublishedDate: p.PublishedDate,
		Validity: p.ValidityOn(s.today()), HasInterpretation: p.HasInterpretation,
		Cites: a.Number != "" && !a.IsNumber(p.DocNumber),
	}
	item.Shown = a.Show(p.Title, p.Text)
	return item
}

// facets gives the counted values their names. Every validity is listed, the
// other filters only with what they find.
func (s *Service) facets(ctx context.Context, counted map[string][]search.Bucket) (map[string][]Facet, error) {
	if counted == nil {
		return nil, nil
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	named := make(map[string][]Facet, len(counted))
	for name, buckets := range counted {
		list := []Facet{}
		for _, b := range buckets {
			list = append(list, Facet{b.Value, directory.Label(name, b.Value), b.Count})
		}
		named[name] = list
	}
	sortYears(named[ByYear])
	return named, nil
}

// sortYears puts the newest year first: people look for a year by its place.
func sortYears(years []Facet) {
	for i := range years {
		for j := i; j > 0 && years[j].Value > years[j-1].Value; j-- {
			years[j], years[j-1] = years[j-1], years[j]
		}
	}
}
