package search

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// How many of the hits of a kind are read: policies are long.
const (
	readLetters         = search.SimilarWindow
	readInterpretations = 20
	readPolicies        = 8
)

type letterShelf struct {
	service *Service
	topic   string
	rows    map[string]*model.PublicLetter
}

func (l *letterShelf) kind() model.Kind { return model.KindLetter }

func (l *letterShelf) pieces(ctx context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
	rows, err := l.service.store.IndexedLetters(ctx, "", ids(hits, readLetters), readLetters)
	l.rows = map[string]*model.PublicLetter{}
	for i := range rows {
		row := &rows[i]
		if !row.StandsOn(l.service.today()) {
			continue // the index is a little behind
		}
		l.rows[row.ID] = row
		pieces = append(pieces, search.Piece{ID: row.ID, Title: row.Title, Asked: row.Question(), Text: row.Answer(),
			Near: isOf(l.topic, row.Topics)})
	}
	return pieces, err
}

func (l *letterShelf) related(a *search.Alike) Related {
	row := l.rows[a.ID]
	r := Related{Offices: row.Departments, Day: row.Answered, Validity: model.InForce}
	if len(row.Basis) > 0 {
		b := row.Basis[0]
		r.Source = &RelatedSource{b.PolicyRef, b.Article}
		r.Validity = b.Days.On(l.service.today())
	}
	return r
}

type interpretationShelf struct {
	service  *Service
	topic    string
	rows     map[string]*store.IndexedInterpretation
	policies map[string]*store.PolicyRow // that they explain, of those that are here
}

func (s *interpretationShelf) kind() model.Kind { return model.KindInterpretation }

func (s *interpretationShelf) pieces(ctx context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
	list := ids(hits, readInterpretations)
	rows, err := s.service.store.IndexedInterpretations(ctx, "", list, readInterpretations)
	if err != nil {
		return nil, err
	}
	if err := s.readPolicies(ctx, rows); err != nil {
		return nil, err
	}
	s.rows = map[string]*store.IndexedInterpretation{}
	for i := range rows {
		if explained := s.explained(&rows[i]); explained == nil || s.holds(explained) {
			s.rows[rows[i].ID] = &rows[i]
			pieces = append(pieces, interpretationPieces(&rows[i], explained != nil && isOf(s.topic, explained.Topics))...)
		}
	}
	return pieces, nil
}

func (s *interpretationShelf) readPolicies(ctx context.Context, rows []store.IndexedInterpretation) error {
	var wanted []string
	for _, row := range rows {
		for _, p := range row.Policies {
			if p.ID != "" {
				wanted = append(wanted, p.ID)
			}
		}
	}
	list, err := s.service.store.Policies(ctx, wanted, false)
	s.policies = make(map[string]*store.PolicyRow, len(list))
	for i := range list {
		s.policies[list[i].ID] = &list[i]
	}
	return err
}

// explained is the first policy that an interpretation explains and that holds,
// else the first that is here, nil where none is.
func (s *interpretationShelf) explained(row *store.IndexedInterpretation) (first *store.PolicyRow) {
	for _, ref := range row.Policies {
		switch p := s.policies[ref.ID]; {
		case p == nil:
		case s.holds(p):
			return p
		case first == nil:
			first = p
		}
	}
	return first
}

func (s *interpretationShelf) holds(p *store.PolicyRow) bool {
	v := p.ValidityOn(s.service.today())
	return v.Holds() || v == model.Pending
}

func interpretationPieces(row *store.IndexedInterpretation, near bool) []search.Piece {
	pieces := []search.Piece{{ID: row.ID, Title: row.Title, Text: row.Text, Near: near}}
	for n, q := range row.Questions {
		pieces = append(pieces, search.Piece{ID: row.ID, Anchor: model.QuestionAnchor(n), Title: row.Title,
			Asked: q.Ask, Text: q.Answer, Near: near})
	}
	return pieces
}

func (s *interpretationShelf) related(a *search.Alike) Related {
	row := s.rows[a.ID]
	r := Related{Offices: row.Departments, Day: row.PublishedDate, Validity: model.InForce}
	if p := s.explained(row); p != nil {
		r.Validity = p.ValidityOn(s.service.today())
		r.Source = &RelatedSource{PolicyRef: model.PolicyRef{ID: p.ID, Title: p.Title, DocNumber: p.DocNumber, PublishedDate: p.PublishedDate}}
	} else if len(row.Policies) > 0 {
		r.Source = &RelatedSource{PolicyRef: row.Policies[0]}
	}
	return r
}

type policyShelf struct {
	service *Service
	topic   string
	rows    map[string]*model.Policy
}

func (s *policyShelf) kind() model.Kind { return model.KindPolicy }

func (s *policyShelf) pieces(ctx context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
	rows, err := s.service.store.PolicyBodies(ctx, ids(hits, readPolicies))
	s.rows = map[string]*model.Policy{}
	for i := range rows {
		p := &rows[i]
		s.rows[p.ID] = p
		for _, part := range p.Body.Parts() {
			pieces = append(pieces, search.Piece{ID: p.ID, Anchor: part[0].Anchor, Title: p.Title, Text: part.Plain(),
				Near: isOf(s.topic, p.Topics)})
		}
	}
	return pieces, err
}

func (s *policyShelf) related(a *search.Alike) Related {
	p := s.rows[a.ID]
	source := &RelatedSource{PolicyRef: model.PolicyRef{ID: p.ID, Title: p.Title, DocNumber: p.DocNumber, PublishedDate: p.PublishedDate}}
	for _, b := range p.Body {
		if b.Kind == model.BlockArticle && a.Anchor != "" && b.Anchor == a.Anchor {
			source.Article = b.Label
		}
	}
	return Related{Source: source, Offices: p.Departments, Day: p.PublishedDate, Validity: p.ValidityOn(s.service.today())}
}
