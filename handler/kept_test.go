package handler

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// keep asks for an answer and says whether it was made for that.
func keep(t *testing.T, k *keptAnswers, key string, state any, m made) (anew bool) {
	t.Helper()
	r, err := k.get(key, state, func() (made, error) {
		anew = true
		return m, nil
	})
	if err != nil || r.found != m.found || !strings.Contains(string(r.Body), fmt.Sprint(m.value)) {
		t.Errorf("%s: %v, %v", key, r, err)
	}
	return anew
}

func TestAnAnswerIsKeptWhileNothingChanges(t *testing.T) {
	k := keepAnswers(1 << 20)
	for _, c := range []struct {
		name, key string
		state     any
		made      made
		anew      bool
	}{
		{"the first time it is made", "a", 1, made{value: "one", found: 7}, true},
		{"the next time it is there", "a", 1, made{value: "one", found: 7}, false},
		{"another question is another answer", "b", 1, made{value: "two"}, true},
		{"after a change it is made anew", "a", 2, made{value: "three"}, true},
		{"and kept", "a", 2, made{value: "three"}, false},
		{"what is true for the moment alone", "c", 1, made{value: "four", passing: true}, true},
		{"is not kept", "c", 1, made{value: "four"}, true},
		{"what is too long is not either", "d", 1, made{value: strings.Repeat("x", largestKept)}, true},
		{"so it is made each time", "d", 1, made{value: strings.Repeat("x", largestKept)}, true},
	} {
		if anew := keep(t, k, c.key, c.state, c.made); anew != c.anew {
			t.Errorf("%s: made anew %v", c.name, anew)
		}
	}
	if _, err := k.get("e", 1, func() (made, error) { return made{}, errors.New("no") }); err == nil {
		t.Error("a failure is kept back")
	}
	if !keep(t, k, "e", 1, made{value: "after a failure"}) {
		t.Error("a failure was kept")
	}
}

func TestKeptAnswersStayWithinTheirBudget(t *testing.T) {
	const budget = 100 << 10
	k := keepAnswers(budget)
	for i := range 500 {
		keep(t, k, fmt.Sprint(i%40), i, made{value: strings.Repeat("x", i*37%5000)})
		sum := 0
		for _, a := range k.answers.Values() {
			sum += a.size
		}
		if sum != k.used || k.used > budget {
			t.Fatalf("%d bytes are kept, counted are %d", sum, k.used)
		}
	}
	if k.answers.Len() < 15 {
		t.Errorf("only %d answers are kept", k.answers.Len())
	}
	oldest, _, _ := k.answers.GetOldest()
	keep(t, k, "a large one", 0, made{value: strings.Repeat("x", budget/2)})
	if k.answers.Contains(oldest) || !k.answers.Contains("a large one") || !k.answers.Contains(fmt.Sprint(499%40)) {
		t.Error("it is not the oldest that made way")
	}
	none := keepAnswers(0)
	if keep(t, none, "a", 1, made{value: 1}); !keep(t, none, "a", 1, made{value: 1}) {
		t.Error("without a budget something is kept")
	}
}
