package model

import "testing"

func TestAnAnswerStandsUntilAPolicyItRestsOnLapses(t *testing.T) {
	for _, c := range []struct {
		name      string
		confirmed Day
		policies  []Days
		lasts     Day // on which it still stands
		retired   Day // on which it no longer does
	}{
		{"an answer that rests on nothing", "", nil, "2099-01-01", ""},
		{"on a policy without an end", "", []Days{{Effective: "2020-01-01"}}, "2099-01-01", ""},
		{"on one that ends", "", []Days{{Expiry: "2026-05-31"}}, "2026-05-31", "2026-06-01"},
		{"on one that is repealed", "", []Days{{Repealed: "2026-05-31"}}, "2026-05-30", "2026-05-31"},
		{"on one that is repealed before it would end", "", []Days{{Expiry: "2027-01-01", Repealed: "2026-05-31"}}, "2026-05-30", "2026-05-31"},
		{"on two: the first end counts", "", []Days{{Expiry: "2026-09-30"}, {Repealed: "2026-05-31"}}, "2026-05-30", "2026-05-31"},
		{"on one that is only changed", "", []Days{{Amended: "2026-05-31"}}, "2099-01-01", ""},
		{"on one that had ended before the answer", "", []Days{{Expiry: "2025-12-31"}}, "2099-01-01", ""},
		{"on one that ended on the very day of the answer", "", []Days{{Repealed: "2026-03-01"}}, "", "2026-03-01"},
		{"the same, confirmed on that day", "2026-03-01", []Days{{Repealed: "2026-03-01"}}, "2099-01-01", ""},
		{"confirmed after the end", "2026-06-15", []Days{{Repealed: "2026-05-31"}}, "2099-01-01", ""},
		{"confirmed before the end", "2026-05-15", []Days{{Repealed: "2026-05-31"}}, "2026-05-30", "2026-05-31"},
		{"on one that has lapsed nobody knows when", "", []Days{{Stated: Expired}}, "", "2026-03-02"},
		{"the same, confirmed", "2026-03-10", []Days{{Stated: Repealed}}, "2099-01-01", ""},
		{"the day counts before the source's word", "", []Days{{Expiry: "2026-05-31", Stated: Expired}}, "2026-05-31", "2026-06-01"},
	} {
		days := AnswerDays("2026-03-01", c.confirmed, c.policies)
		if c.lasts != "" && !days.On(c.lasts).Holds() {
			t.Errorf("%s: it does not stand on %s: %+v", c.name, c.lasts, days)
		}
		if c.retired != "" && days.On(c.retired).Holds() {
			t.Errorf("%s: it still stands on %s: %+v", c.name, c.retired, days)
		}
	}
}
