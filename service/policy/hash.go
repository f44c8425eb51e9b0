package policy

import (
	"context"
	"time"

	"yuandu/model"
)

// Match is a version of a document that has a hash: its text, or a file of it.
type Match struct {
	Kind    model.Kind
	ID      string
	Title   string
	Public  bool // the document is public now
	Version int64
	From    time.Time
	Until   time.Time // zero where that version is public
	File    string    // the name of the file, "" where it is the text
}

// mostMatches is how many versions of one hash are told.
const mostMatches = 50

// ByHash finds the versions whose canonical form, or one of whose files, has an
// SM3, in hex, the newest first.
func (s *Service) ByHash(ctx context.Context, sum string) (list []Match, err error) {
	versions, err := s.store.RevisionsByHash(ctx, sum, mostMatches)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if v.Kind == model.KindLetter {
			continue // whose author may have taken back the consent: nothing tells of it any more
		}
		p, err := s.Proof(ctx, v.Kind, v.ID)
		if err != nil {
			return nil, err
		}
		m := Match{Kind: v.Kind, ID: v.ID, Title: p.Title, Public: p.Public, Version: v.Version, File: v.File}
		for _, r := range p.Revisions {
			if r.Version == v.Version {
				m.From, m.Until = r.From, r.Until
			}
		}
		list = append(list, m)
	}
	return list, nil
}

// ByNumber finds the public policies of a 文号.
func (s *Service) ByNumber(ctx context.Context, number string) ([]model.PolicyRef, error) {
	return s.store.PublicByNumber(ctx, model.NumberKey(number))
}
