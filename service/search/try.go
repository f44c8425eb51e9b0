package search

import (
	"context"

	"yuandu/model"
	"yuandu/store/search"
)

// Tried is what a question finds.
type Tried struct {
	Total int
	First []search.Hit
	Asked []string // the question said otherwise
}

// triedHits is how many documents a trial shows.
const triedHits = 8

// Try asks a question as search answers it, and as it would with an entry of the
// synonyms more, or with another in the place of the one of its ID.
func (s *Service) Try(ctx context.Context, text string, proposed *model.WordEntry) (before, after Tried, err error) {
	now, err := s.Synonyms(ctx)
	if err != nil {
		return before, after, err
	}
	then, err := s.synonymsWith(ctx, proposed)
	if err != nil {
		return before, after, err
	}
	if before, err = s.try(ctx, text, now); err != nil {
		return before, after, err
	}
	after, err = s.try(ctx, text, then)
	return before, after, err
}

func (s *Service) try(ctx context.Context, text string, synonyms *search.Synonyms) (Tried, error) {
	q := search.Question{Kind: model.KindPolicy, Text: text, Sort: search.Relevance, Today: model.Today(s.clock.Now()), Limit: triedHits}
	answer, _, err := s.askWith(ctx, q, synonyms)
	return Tried{answer.Total, answer.Hits, synonyms.Variants(search.Fold(text))}, err
}
