package model

import "testing"

func TestColoursMayTurnRedBeforeALetterIsLate(t *testing.T) {
	week := due(t, announced, "2026-11-23", 5)
	by := Thresholds{Yellow: Share{1, 2}, Red: Share{1, 5}}
	for _, c := range []struct {
		today Day
		want  Colour
	}{{"2026-11-24", NoColour}, {"2026-11-26", Yellow}, {"2026-11-27", Red}, {"2026-11-30", Red}, {"2026-12-01", Red}} {
		if got := week.Colour(announced, c.today, by); got != c.want {
			t.Errorf("on %s it is %q, want %q", c.today, got, c.want)
		}
	}
}

func TestADisputeIsSettledOnceAndOnlyForWhatWasReturned(t *testing.T) {
	now := Day("2026-11-24").Start()
	l := &Letter{State: LetterReceived, Term: UsualTerm, AskedAt: now}
	if _, err := l.Raise(LetterEvent{At: now}); err != ErrDisputeReturns {
		t.Errorf("nobody returned it: %v", err)
	}
	l.Events = []LetterEvent{{What: LetterStepReturned}}
	if _, err := l.Raise(LetterEvent{At: now, Text: "两家都说不归自己管"}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Dispatch(Dispatching{Lead: "a", Term: UsualTerm, At: now}); err != ErrDisputeOpen {
		t.Errorf("the Centre dispatches it: %v", err)
	}
	if _, err := l.Settle(Dispatching{Lead: "a", Term: UsualTerm, At: now}); err != nil || !l.Designated || l.Dispute() != nil {
		t.Errorf("settled, it is %+v (%v)", l, err)
	}
	if _, err := l.Settle(Dispatching{Lead: "b", Term: UsualTerm, At: now}); err != ErrDisputeNone {
		t.Errorf("settled twice: %v", err)
	}
}
