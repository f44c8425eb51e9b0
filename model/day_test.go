package model

import (
	"testing"
	"time"
)

func TestDaysAreReadAsDocumentsWriteThem(t *testing.T) {
	for written, want := range map[string]Day{
		"2021-03-30": "2021-03-30", "2021/3/5": "2021-03-05", "2021.3.5": "2021-03-05", "20210330": "2021-03-30",
		"2021年3月30日": "2021-03-30", "２０２１年３月３０日": "2021-03-30", "2021-03-30 09:15": "2021-03-30",
		"2021-03-30T09:15:00Z": "2021-03-30", "": "",
	} {
		if got, err := ParseDay(written); err != nil || got != want {
			t.Errorf("%q is read as %q, %v", written, got, err)
		}
	}
	for _, written := range []string{"2021-02-30", "2021-13-01", "昨天", "21-3-5", "0000-00-00", "2021", "2021-3"} {
		if got, err := ParseDay(written); err == nil {
			t.Errorf("%q is no day, yet read as %q", written, got)
		}
	}
}

func TestADayIsMeantInShanghai(t *testing.T) {
	evening := time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC) // midnight in Shanghai
	if got := Today(evening); got != "2027-01-01" {
		t.Errorf("at midnight it is %s", got)
	}
	if got := Today(evening.Add(-time.Millisecond)); got != "2026-12-31" {
		t.Errorf("before midnight it is %s", got)
	}
	d := Day("2021-03-05")
	if d.Year() != 2021 || d.Number() != 20210305 || d.Chinese() != "2021年3月5日" || Day("").Number() != 0 || Day("").Year() != 0 {
		t.Errorf("%d, %d, %s", d.Year(), d.Number(), d.Chinese())
	}
}

func TestDaysAreAddedAcrossMonthsAndYears(t *testing.T) {
	for _, c := range []struct {
		from Day
		n    int
		want Day
	}{
		{"2026-12-31", 1, "2027-01-01"}, {"2024-02-28", 1, "2024-02-29"}, {"2024-03-01", -1, "2024-02-29"},
		{"1970-01-01", -1, "1969-12-31"}, {"2026-03-05", 0, "2026-03-05"}, {"", 1, ""}, {"2026-02-30", 1, ""},
	} {
		if got := c.from.Add(c.n); got != c.want {
			t.Errorf("%q and %d days is %q", c.from, c.n, got)
		}
	}
	for day, want := range map[Day]time.Weekday{
		"2026-10-10": time.Saturday, "1970-01-01": time.Thursday, "1969-12-28": time.Sunday, "1900-01-01": time.Monday,
	} {
		if got := day.Weekday(); got != want {
			t.Errorf("%s is a %s", day, got)
		}
	}
}

func TestValidityIsDerivedForADay(t *testing.T) {
	for _, c := range []struct {
		says string
		days Days
		on   Day
		want Validity
	}{
		{"nothing known against it: it holds", Days{}, "2026-01-01", InForce},
		{"before its day it is pending", Days{Effective: "2026-01-02"}, "2026-01-01", Pending},
		{"on its day it holds", Days{Effective: "2026-01-02"}, "2026-01-02", InForce},
		{"on its last day it holds", Days{Expiry: "2026-01-01"}, "2026-01-01", InForce},
		{"the day after it has expired", Days{Expiry: "2026-01-01"}, "2026-01-02", Expired},
		{"from the day of its repeal it is repealed", Days{Repealed: "2026-01-01"}, "2026-01-01", Repealed},
		{"not the day before", Days{Repealed: "2026-01-02"}, "2026-01-01", InForce},
		{"amended, it still holds, in other words", Days{Amended: "2025-01-01"}, "2026-01-01", Amended},
		{"repeal weighs more than amendment and expiry", Days{Amended: "2024-01-01", Expiry: "2025-01-01", Repealed: "2025-06-01"}, "2026-01-01", Repealed},
		{"the source's word counts where it gives no date", Days{Stated: Expired}, "2026-01-01", Expired},
		{"and gives way to a date", Days{Stated: Expired, Expiry: "2027-01-01"}, "2026-01-01", InForce},
		{"a repeal to come is not yet one, whatever the source says", Days{Stated: Repealed, Repealed: "2027-01-01"}, "2026-01-01", InForce},
	} {
		if got := c.days.On(c.on); got != c.want {
			t.Errorf("%s: %s", c.says, got)
		}
	}
}
