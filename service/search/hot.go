package search

import (
	"context"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store/search"
)

// Hot words are what people searched in the last days. Who searched is never
// kept, words that could name a person are not counted, and a word stays to
// itself until enough people used it.
const (
	hotDays   = 14
	hotLeast  = 3
	hotLimit  = 12
	hotFlush  = 10 * time.Second
	hotAtOnce = 5000 // different words held between two flushes
)

type hotWords struct {
	mu      sync.Mutex
	counts  map[string]int
	flushed time.Time
}

// CountSearch counts a word that found something.
func (s *Service) CountSearch(text string) {
	word := search.Fold(text)
	if !search.FitForHot(word) {
		return
	}
	s.hot.mu.Lock()
	defer s.hot.mu.Unlock()
	if s.hot.counts == nil {
		s.hot.counts = map[string]int{}
	}
	if _, known := s.hot.counts[word]; known || len(s.hot.counts) < hotAtOnce {
		s.hot.counts[word]++
	}
}

func (s *Service) flushHotWords(ctx context.Context) error {
	now := s.clock.Now()
	s.hot.mu.Lock()
	counts := s.hot.counts
	if len(counts) == 0 || now.Sub(s.hot.flushed) < hotFlush {
		s.hot.mu.Unlock()
		return nil
	}
	s.hot.counts, s.hot.flushed = nil, now
	s.hot.mu.Unlock()
	return s.store.CountHotWords(ctx, model.Today(now), counts)
}

// HotWords lists what is searched most, the most first.
func (s *Service) HotWords(ctx context.Context) ([]string, error) {
	since := model.Today(s.clock.Now().AddDate(0, 0, -hotDays))
	return s.store.HotWords(ctx, since, hotLeast, hotLimit)
}

// Sweep forgets searched words that no longer count.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.Sweep(ctx, model.Today(s.clock.Now().AddDate(0, 0, -2*hotDays)))
}
