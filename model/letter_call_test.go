package model

import (
	"fmt"
	"slices"
	"testing"
)

func picked(s LetterSample, all []Drawable) []string {
	var ids []string
	for _, c := range s.Draw(all) {
		ids = append(ids, c.LetterID+" "+string(c.Why))
	}
	slices.Sort(ids)
	return ids
}

func TestALotIsTheSameForTheSameSeedAndLeavesNoOfficeOut(t *testing.T) {
	var all []Drawable
	for i := range 100 {
		all = append(all, Drawable{fmt.Sprintf("a%03d", i), "a", i < 3})
	}
	all = append(all, Drawable{"b1", "b", false})
	s := LetterSample{Percent: 10, Seed: 7}
	first := picked(s, all)
	if len(first) != 11 || !slices.Contains(first, "b1 sampled") {
		t.Errorf("of a hundred and one it picks %v", first)
	}
	slices.Reverse(all)
	if again := picked(s, all); !slices.Equal(again, first) {
		t.Errorf("drawn again it picks %v, not %v", again, first)
	}
	s.Seed = 8
	if other := picked(s, all); slices.Equal(other, first) {
		t.Error("another seed picks the same")
	}
	s.Unsolved = true
	with := picked(s, all)
	for i := range 3 {
		if !slices.Contains(with, fmt.Sprintf("a%03d unsolved", i)) {
			t.Errorf("what is not solved is left out of %v", with)
		}
	}
}

func TestACallEndsOnce(t *testing.T) {
	c := LetterCall{State: CallWaiting}
	now := Day("2026-11-24").Start()
	if err := c.End(CallReached, "x", now); err != ErrCallOutcome {
		t.Errorf("nobody spoke: %v", err)
	}
	if err := c.Hear(LetterRating{Response: 6, Satisfaction: 1}, true, "x"); err != ErrLetterStars {
		t.Errorf("six stars: %v", err)
	}
	for range CallTries {
		if err := c.Try("x", now); err != nil {
			t.Error(err)
		}
	}
	if c.State != CallUnreached || c.Try("x", now) != ErrCallDone || c.End(CallDeclined, "x", now) != ErrCallDone {
		t.Errorf("it goes on: %+v", c)
	}
}
