package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store"
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

// HotWords lists what an editor wants shown, then what is searched most but what
// an editor wants hidden.
func (s *Service) HotWords(ctx context.Context) ([]string, error) {
	chosen, err := s.store.Words(ctx, model.HotWords)
	if err != nil {
		return nil, err
	}
	words, hidden := pinned(chosen, model.Today(s.clock.Now()))
	counted, err := s.counted(ctx, hotLimit+len(chosen))
	if err != nil {
		return nil, err
	}
	for _, c := range counted {
		isHidden := slices.ContainsFunc(hidden, func(h string) bool { return strings.Contains(c.Word, h) })
		isThere := slices.ContainsFunc(words, func(w string) bool { return search.Fold(w) == c.Word })
		if !isHidden && !isThere {
			words = append(words, c.Word)
		}
	}
	return words[:min(len(words), hotLimit)], nil
}

// pinned are the words that are shown today, in their order, and those that
// are never shown, folded.
func pinned(chosen []model.WordEntry, today model.Day) (shown, hidden []string) {
	slices.SortStableFunc(chosen, func(a, b model.WordEntry) int { return cmp.Compare(a.Position, b.Position) })
	shown = []string{}
	for _, e := range chosen {
		switch {
		case e.Hidden:
			hidden = append(hidden, search.Fold(e.Words[0]))
		case e.Until == "" || e.Until >= today:
			shown = append(shown, e.Words[0])
		}
	}
	return shown, hidden
}

// mostCounted is how many counted words an editor may choose from.
const mostCounted = 50

// Counted lists what is searched most, with how often.
func (s *Service) Counted(ctx context.Context) ([]store.CountedWord, error) {
	return s.counted(ctx, mostCounted)
}

func (s *Service) counted(ctx context.Context, limit int) ([]store.CountedWord, error) {
	since := model.Today(s.clock.Now().AddDate(0, 0, -hotDays))
	return s.store.HotWords(ctx, since, hotLeast, limit)
}

// Sweep forgets searched words that no longer count.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.Sweep(ctx, model.Today(s.clock.Now().AddDate(0, 0, -2*hotDays)))
}
