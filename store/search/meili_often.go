package search

import (
	"sync"
	"time"
)

// How long a frequency is believed, and how many are kept: how much a word tells
// hardly changes within minutes, and to ask for it takes as long as the search.
const (
	oftenFor  = 5 * time.Minute
	mostOften = 20_000
)

// frequencies remembers how many documents of an index have a word.
type frequencies struct {
	mu    sync.Mutex
	since time.Time
	known map[wordOf]int
}

type wordOf struct{ index, word string }

// unknown are the words, and all documents (the empty word), whose frequency has to be
// asked for; often is filled with the others.
func (f *frequencies) unknown(index string, words []string, often map[string]int) (ask []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.known) > mostOften || time.Since(f.since) > oftenFor {
		f.known, f.since = map[wordOf]int{}, time.Now()
	}
	for _, w := range words {
		if n, known := f.known[wordOf{index, w}]; known {
			often[w] = n
		} else {
			ask = append(ask, w)
		}
	}
	return ask
}

// keep keeps those of words that are there: one that is not may come at any moment.
func (f *frequencies) keep(index string, words []string, often map[string]int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range words {
		if often[w] > 0 {
			f.known[wordOf{index, w}] = often[w]
		}
	}
}
