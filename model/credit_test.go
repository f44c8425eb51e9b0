package model

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// mostPairs tries every way to pair events with reports.
func mostPairs(reports, events []time.Time) int {
	if len(events) == 0 {
		return 0
	}
	best := mostPairs(reports, events[1:]) // the first stays alone
	for i, at := range reports {
		if events[0].Sub(at).Abs() <= CreditTellingsApart {
			best = max(best, 1+mostPairs(slices.Delete(slices.Clone(reports), i, i+1), events[1:]))
		}
	}
	return best
}

func TestNoOtherWayPairsMoreTellings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Unix(1795665600, 0)
	moments := func() []time.Time {
		list := make([]time.Time, r.IntN(6))
		for i := range list {
			list[i] = start.Add(time.Duration(r.IntN(20)) * time.Minute)
		}
		slices.SortFunc(list, time.Time.Compare)
		return list
	}
	for range 3000 {
		reports, events := moments(), moments()
		pairs, used := 0, map[int]bool{}
		for i, report := range PairCreditTellings(reports, events) {
			if report < 0 {
				continue
			}
			pairs++
			if used[report] || events[i].Sub(reports[report]).Abs() > CreditTellingsApart {
				t.Fatalf("%v and %v: event %d pairs with report %d", reports, events, i, report)
			}
			used[report] = true
		}
		if most := mostPairs(reports, events); pairs != most {
			t.Fatalf("%v and %v: %d pairs of %d", reports, events, pairs, most)
		}
	}
}

func TestAnswersComeToTheSameInWhateverOrderTheyAreTold(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	answers := []CreditAnswer{CreditAccepted, CreditAccepted, CreditRefused, CreditOff, CreditFiltered}
	for range 1000 {
		long, among := r.IntN(2) == 0, answers
		if !long { // a ban does not end a lasting grant, but hides when that was given
			among = append(among, CreditBanned)
		}
		list := make([]CreditTelling, 1+r.IntN(6))
		for i := range list {
			list[i] = CreditTelling{Answer: among[r.IntN(len(among))], At: time.Unix(1795665600+int64(i), 0), Long: long}
		}
		var inTurn, shuffled Credit
		for _, answer := range list {
			inTurn.Take(answer)
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, answer := range list {
			shuffled.Take(answer)
		}
		if inTurn != shuffled {
			t.Fatalf("told as %+v it comes to %+v, not %+v", list, shuffled, inTurn)
		}
	}
}
