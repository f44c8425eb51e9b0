package knowledge

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Shelf is a list that staff work through.
type Shelf string

// The shelves.
const (
	ShelfMine    Shelf = "mine"
	ShelfDue     Shelf = "due"
	ShelfNobody  Shelf = "nobody"
	ShelfDraft   Shelf = "draft"
	ShelfCurrent Shelf = "current"
	ShelfRetired Shelf = "retired"
	ShelfAll     Shelf = "all"
)

// Shelves lists the shelves in the order in which staff see them.
func Shelves() []Shelf {
	return []Shelf{ShelfAll, ShelfMine, ShelfDue, ShelfNobody, ShelfDraft, ShelfCurrent, ShelfRetired}
}

// Question asks for a list of entries; what is empty does not narrow it.
type Question struct {
	Shelf         Shelf
	Department    string // and all below it
	Topic, Text   string
	Offset, Limit int
}

// Page is a part of a list.
type Page struct {
	Items   []Shown
	Total   int
	Shelves []Counted
}

// Counted is a shelf with how many entries are on it.
type Counted struct {
	Shelf Shelf
	Count int
}

// filter narrows what somebody may read to a shelf.
func (s *Service) filter(by model.Actor, seen store.KnowledgeFilter, shelf Shelf) store.KnowledgeFilter {
	f := seen
	switch shelf {
	case ShelfMine:
		f.Staff = by.ID
	case ShelfDue:
		f.DueOn = s.today()
	case ShelfNobody:
		f.Nobody = true
	case ShelfDraft, ShelfCurrent, ShelfRetired:
		f.State = model.KnowledgeState(shelf)
	}
	return f
}

// List lists the entries of a shelf that somebody may read.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) (*Page, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	seen := store.KnowledgeFilter{}
	seen.Within, seen.Limited = d.Within(by, model.ActReadKnowledge)
	page := &Page{}
	for _, shelf := range Shelves() {
		n, err := s.store.CountKnowledge(ctx, s.filter(by, seen, shelf))
		if err != nil {
			return nil, err
		}
		page.Shelves = append(page.Shelves, Counted{shelf, n})
	}
	f := s.filter(by, seen, q.Shelf)
	f.Topic, f.Text, f.Offset, f.Limit = q.Topic, strings.TrimSpace(q.Text), q.Offset, q.Limit
	if q.Department != "" {
		if f.Departments = d.Downward(d.Now(q.Department)); f.Departments == nil {
			f.Departments = []string{q.Department}
		}
	}
	list, total, err := s.store.KnowledgeList(ctx, f)
	if err != nil {
		return nil, err
	}
	page.Total = total
	for i := range list {
		page.Items = append(page.Items, *s.shown(d, by, &list[i]))
	}
	return page, nil
}

// Names are what a page about knowledge calls things by their IDs.
type Names struct{ Departments, Topics, Staff map[string]string }

// NamesFor are the names of all departments and topics, and of some staff.
func (s *Service) NamesFor(ctx context.Context, staff ...string) (n Names, err error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return n, err
	}
	n.Departments, n.Topics = map[string]string{}, map[string]string{}
	for _, x := range d.Departments {
		n.Departments[x.ID] = x.Name
	}
	for _, t := range d.Topics {
		n.Topics[t.ID] = t.Name
	}
	n.Staff, err = s.store.StaffNames(ctx, staff)
	return n, err
}

// People are the staff who may look after entries of an office.
func (s *Service) People(ctx context.Context, by model.Actor, departmentID string) ([]model.Staff, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if !may(d, by, model.ActReadKnowledge, departmentID) {
		return nil, model.ErrNotAllowed
	}
	return s.store.KnowledgePeople(ctx, d.Upward(d.Now(departmentID)))
}
