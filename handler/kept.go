package handler

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// keptAnswers are rendered answers at hand. Each is given out only while the
// state it was made in is asked for and found the same: a change by another
// process is seen at once.
type keptAnswers struct {
	mu           sync.Mutex
	answers      *simplelru.LRU[string, keptAnswer]
	used, budget int // bytes
}

type keptAnswer struct {
	state  any
	answer *Rendered
	size   int
}

// made is an answer that was just made.
type made struct {
	value   any
	found   int  // documents, where it answers a search
	passing bool // true for the moment alone: it is not kept
}

const (
	smallestKept = 1 << 10 // bytes that an answer counts at least
	largestKept  = 1 << 20 // bytes: one law must not drive out a hundred lists
)

func keepAnswers(budget int) *keptAnswers {
	k := &keptAnswers{budget: budget}
	forget := func(_ string, a keptAnswer) { k.used -= a.size }
	answers, err := simplelru.NewLRU(max(1, budget/smallestKept), forget)
	if err != nil {
		panic(err) // the size is positive
	}
	k.answers = answers
	return k
}

func (k *keptAnswers) get(key string, state any, make func() (made, error)) (*Rendered, error) {
	if r := k.held(key, state); r != nil {
		return r, nil
	}
	m, err := make()
	if err != nil {
		return nil, err
	}
	r, err := render(m.value)
	if err != nil {
		return nil, err
	}
	r.found = m.found
	if !m.passing {
		k.keep(key, keptAnswer{state, r, max(smallestKept, len(key)+len(r.Body))})
	}
	return r, nil
}

func (k *keptAnswers) held(key string, state any) *Rendered {
	k.mu.Lock()
	defer k.mu.Unlock()
	if a, ok := k.answers.Get(key); ok && a.state == state {
		return a.answer
	}
	return nil
}

func (k *keptAnswers) keep(key string, a keptAnswer) {
	if a.size > min(largestKept, k.budget) {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.answers.Remove(key)
	k.answers.Add(key, a)
	for k.used += a.size; k.used > k.budget; {
		k.answers.RemoveOldest()
	}
}
