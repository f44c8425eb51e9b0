package model

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

var announced = NewCalendar(OfficialYears()...)

func due(t testing.TB, c *Calendar, from Day, n int) Deadline {
	t.Helper()
	d, err := c.AddWorkdays(from, n)
	if err != nil {
		t.Fatalf("%d working days after %s: %v", n, from, err)
	}
	return d
}

func TestARequestBefore国庆IsAnsweredTwentyWorkingDaysLater(t *testing.T) {
	d := due(t, announced, "2026-09-28", 20)
	if d.Day != "2026-10-30" || !slices.Equal(d.Makeup, []Day{"2026-10-10"}) || d.Unknown != nil {
		t.Errorf("it is due on %s, worked on %v, not certain of %v", d.Day, d.Makeup, d.Unknown)
	}
	want := "2026-10-01国庆节 2026-10-02国庆节 2026-10-03国庆节 2026-10-04国庆节 2026-10-05国庆节 2026-10-06国庆节 " +
		"2026-10-07国庆节 2026-10-11周日 2026-10-17周六 2026-10-18周日 2026-10-24周六 2026-10-25周日 "
	got := ""
	for _, s := range d.Skipped {
		got += string(s.Day) + s.Why + " "
	}
	if got != want {
		t.Errorf("skipped were %s", got)
	}
}

func TestWorkingDaysAreCounted(t *testing.T) {
	for _, c := range []struct {
		says string
		from Day
		n    int
		want Day
	}{
		{"the day itself does not count", "2026-03-02", 1, "2026-03-03"},
		{"nor does a weekend", "2026-03-06", 1, "2026-03-09"},
		{"a Saturday worked for a holiday counts", "2026-10-09", 1, "2026-10-10"},
		{"and so does a Sunday", "2026-01-03", 1, "2026-01-04"},
		{"what comes in on a holiday counts from the first working day", "2026-10-03", 1, "2026-10-08"},
		{"what comes in on a weekend too", "2026-03-07", 5, "2026-03-13"},
		{"春节 of 2020 became longer, and its make-up Saturday was no more", "2020-01-23", 1, "2020-02-03"},
		{"three days for the Victory Day of 2015, a Sunday worked instead", "2015-09-02", 1, "2015-09-06"},
		{"the notice of 2008 took the last day of 2007", "2007-12-29", 1, "2008-01-02"},
		{"and worked a Saturday of it", "2007-12-28", 1, "2007-12-29"},
		{"no working day is no time at all", "2026-10-03", 0, "2026-10-03"},
	} {
		if d := due(t, announced, c.from, c.n); d.Day != c.want {
			t.Errorf("%s: %d after %s is %s", c.says, c.n, c.from, d.Day)
		}
	}
}

func TestADeadlineBeyondTheLastNoticeSaysSoAndMovesWhenTheNoticeComes(t *testing.T) {
	before := due(t, announced, "2026-12-14", 20)
	if before.Day != "2027-01-11" || !slices.Equal(before.Unknown, []int{2027}) || announced.Known(2027) {
		t.Errorf("without the notice it is %s, not certain of %v", before.Day, before.Unknown)
	}
	notice := HolidayYear{Year: 2027, Notices: []string{"国办发明电〔2026〕1号"}, Off: []Holiday{{"元旦", "2027-01-01", "2027-01-03"}}}
	after := due(t, NewCalendar(append(OfficialYears(), notice)...), "2026-12-14", 20)
	if after.Day != "2027-01-12" || after.Unknown != nil {
		t.Errorf("with the notice it is %s, not certain of %v", after.Day, after.Unknown)
	}
}

func TestTheNextYearsNoticeHasASayOnTheLastDaysOfDecember(t *testing.T) {
	for day, want := range map[Day][]int{"2026-12-28": nil, "2026-12-29": {2027}, "2026-12-31": {2027}} {
		if d := due(t, announced, day.Add(-1), 1); d.Day != day || !slices.Equal(d.Unknown, want) {
			t.Errorf("%s is not certain of %v", d.Day, d.Unknown)
		}
	}
	if d := due(t, announced, "2027-03-01", 0); d.Unknown != nil {
		t.Errorf("nothing is counted, yet it is not certain of %v", d.Unknown)
	}
	for _, y := range OfficialYears() {
		earliest := Day(fmt.Sprintf("%d-01-01", y.Year)).Add(-newYearReach)
		for _, day := range append(y.Makeup, y.Off[0].First) {
			if day < earliest {
				t.Errorf("the notice of %d reaches back to %s: newYearReach is too small", y.Year, day)
			}
		}
	}
}

func TestALaterNoticeReplacesTheOneOfItsYear(t *testing.T) {
	wrong := HolidayYear{Year: 2026, Off: []Holiday{{"元旦", "2026-01-01", "2026-01-02"}}, Makeup: []Day{"2026-01-10"}}
	c := NewCalendar(append([]HolidayYear{wrong}, OfficialYears()...)...)
	if c.Workday("2026-01-10") || !c.Workday("2026-01-04") {
		t.Error("the days of the replaced notice live on")
	}
}

func TestWhereTwoNoticesSpeakOfADayTheLaterYearsCounts(t *testing.T) {
	c := NewCalendar(
		HolidayYear{Year: 2028, Makeup: []Day{"2027-12-25"}},
		HolidayYear{Year: 2027, Off: []Holiday{{"节日", "2027-12-25", "2027-12-26"}}},
	)
	if !c.Workday("2027-12-25") || c.Workday("2027-12-26") {
		t.Error("2027 was heard after 2028")
	}
}

func TestACalendarWithoutNoticesKnowsWeekends(t *testing.T) {
	for _, c := range []*Calendar{NewCalendar(), {}} {
		if !c.Workday("2026-10-01") || c.Workday("2026-10-10") || c.Known(2026) {
			t.Error("it knows of 国庆节 2026")
		}
	}
}

func TestWhatCannotBeCountedIsRefused(t *testing.T) {
	for _, n := range []int{-1, MostWorkdays + 1} {
		if _, err := announced.AddWorkdays("2026-03-02", n); !errors.Is(err, ErrWorkdays) {
			t.Errorf("%d working days: %v", n, err)
		}
	}
	for _, from := range []Day{"", "2026-02-30", "明天", "2026-3-2", "1899-12-31", "2201-01-01"} {
		if _, err := announced.AddWorkdays(from, 1); !errors.Is(err, ErrBadDay) {
			t.Errorf("from %q: %v", from, err)
		}
		if from < "1" && announced.Workday(from) {
			t.Errorf("somebody works on %q", from)
		}
	}
	if n := announced.WorkdaysBetween("", "2026-03-02"); n != 0 {
		t.Errorf("%d days between no day and another", n)
	}
}

func TestAPageSaysHowManyWorkingDaysAreLeft(t *testing.T) {
	for _, c := range []struct {
		says      string
		today, by Day
		want      int
	}{
		{"two days left", "2026-10-28", "2026-10-30", 2},
		{"over a weekend", "2026-10-23", "2026-10-27", 2},
		{"on a Sunday, before the week begins", "2026-10-25", "2026-10-27", 2},
		{"before 国庆节", "2026-09-30", "2026-10-10", 3},
		{"today is the day", "2026-10-30", "2026-10-30", 0},
		{"the weekend after it is not yet late", "2026-11-01", "2026-10-30", 0},
		{"two days late", "2026-11-03", "2026-10-30", -2},
	} {
		if n := announced.WorkdaysBetween(c.today, c.by); n != c.want {
			t.Errorf("%s: %d", c.says, n)
		}
	}
}

// FuzzWorkdays counts there and back.
func FuzzWorkdays(f *testing.F) {
	f.Add(20060, 20)
	f.Add(20817, 20)
	f.Add(13512, 0)
	f.Add(-30000, 2500)
	f.Fuzz(func(t *testing.T, serial, n int) {
		from := dayOf(serial % 40000) // 1860 to 2079
		d, err := announced.AddWorkdays(from, n)
		if err != nil {
			if n >= 0 && n <= MostWorkdays && from.Year() >= firstYear {
				t.Fatalf("%d after %s: %v", n, from, err)
			}
			return
		}
		if back := announced.WorkdaysBetween(from, d.Day); back != n {
			t.Fatalf("%d after %s is %s, which is %d away", n, from, d.Day, back)
		}
		if back := announced.WorkdaysBetween(d.Day, from); back != -n {
			t.Fatalf("%s is %d away from %s", from, back, d.Day)
		}
		if from.Add(n+len(d.Skipped)) != d.Day || n > 0 && !announced.Workday(d.Day) {
			t.Fatalf("%d after %s is %s over %d days off", n, from, d.Day, len(d.Skipped))
		}
		if d.Why("收到") == "" {
			t.Fatalf("nobody can say why %s", d.Day)
		}
	})
}

func BenchmarkTwentyWorkdays(b *testing.B) {
	for b.Loop() {
		if d, err := announced.AddWorkdays("2026-09-28", 20); err != nil || d.Day != "2026-10-30" {
			b.Fatal(d.Day, err)
		}
	}
}

func BenchmarkWorkdaysLeft(b *testing.B) {
	for b.Loop() {
		if n := announced.WorkdaysBetween("2026-09-28", "2026-10-30"); n != 20 {
			b.Fatal(n)
		}
	}
}
