package model

import (
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// countedElsewhere was counted day by day over the collected notices, by a program
// that shares nothing with this one: came, working days, days added, due, days off
// on the way, and the sentence.
//
//go:embed testdata/letter_clock.tsv
var countedElsewhere string

var freedom = Term{20, "政府信息公开条例", "第三十三条"}

func TestEveryDeadlineIsAsItWasCountedElsewhere(t *testing.T) {
	cases, years := 0, map[int]bool{}
	for line := range strings.Lines(countedElsewhere) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		var n, added, off int
		if _, err := fmt.Sscan(f[1]+" "+f[2]+" "+f[4], &n, &added, &off); err != nil {
			t.Fatal(line, err)
		}
		term := UsualTerm
		if n == freedom.Workdays {
			term = freedom
		}
		came := Day(f[0])
		d, err := term.Due(announced, came)
		if err == nil && added > 0 {
			d, _, err = d.Extend(announced, added, came)
		}
		if err != nil || d.Day != Day(f[3]) || len(d.Skipped) != off || d.Why("收到") != f[5] || d.Unknown != nil {
			t.Errorf("%s\ncounted here: %s over %d days off, %s, %v, %v", line, d.Day, len(d.Skipped), d.Why("收到"), d.Unknown, err)
		}
		cases++
		years[came.Year()] = true
	}
	if cases < 600 || len(years) < 20 {
		t.Errorf("only %d deadlines of %d years were counted elsewhere", cases, len(years))
	}
}

func moment(t testing.TB, written string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation(time.DateTime, written, Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestALetterIsDueByTheDayItCameAndSaysWhy(t *testing.T) {
	for _, c := range []struct {
		says, came string
		term       Term
		due        Day
		why        string
	}{
		{"an ordinary week", "2026-11-23 09:00:00", UsualTerm, "2026-11-30", "11月23日收到，次日起算，5 个工作日，其间无节假日"},
		{"the last second before 国庆", "2026-09-30 23:59:59", UsualTerm, "2026-10-13",
			"9月30日收到，次日起算，5 个工作日，其间国庆节10月1日至7日放假，10月10日（周六）上班"},
		{"a second later it is a holiday, and the first day off does not count twice", "2026-10-01 00:00:00", UsualTerm, "2026-10-13",
			"10月1日收到，次日起算，5 个工作日，其间国庆节10月2日至7日放假，10月10日（周六）上班"},
		{"the first working day behind it is a day later", "2026-10-08 00:00:00", UsualTerm, "2026-10-14",
			"10月8日收到，次日起算，5 个工作日，其间10月10日（周六）上班"},
		{"over 春节", "2026-02-13 23:59:59", UsualTerm, "2026-02-27",
			"2月13日收到，次日起算，5 个工作日，其间春节2月15日至23日放假，2月14日（周六）上班"},
		{"on 除夕", "2025-01-28 20:00:00", UsualTerm, "2025-02-10", "1月28日收到，次日起算，5 个工作日，其间春节1月29日至2月4日放假，2月8日（周六）上班"},
		{"into another year", "2025-12-29 10:00:00", UsualTerm, "2026-01-06",
			"2025年12月29日收到，次日起算，5 个工作日，其间元旦2026年1月1日至3日放假，2026年1月4日（周日）上班"},
		{"longer by a statute", "2026-09-28 10:00:00", freedom, "2026-10-30",
			"9月28日收到，次日起算，按《政府信息公开条例》第三十三条，20 个工作日，其间国庆节10月1日至7日放假，10月10日（周六）上班"},
		{"shorter, as somebody promised", "2026-11-23 10:00:00", Term{Workdays: 2}, "2026-11-25", "11月23日收到，次日起算，2 个工作日，其间无节假日"},
		{"into a year whose notice is missing", "2026-12-30 10:00:00", UsualTerm, "2027-01-06",
			"2026年12月30日收到，次日起算，5 个工作日；2027年放假安排尚未公布，期限按周末推算"},
		{"on the last days of one whose neighbour is missing", "2026-12-23 10:00:00", UsualTerm, "2026-12-30",
			"12月23日收到，次日起算，5 个工作日；2027年放假安排尚未公布，期限按周末推算"},
		{"before there were notices", "2005-06-01 10:00:00", UsualTerm, "2005-06-08",
			"6月1日收到，次日起算，5 个工作日；2005年放假安排没有收录，期限按周末推算"},
	} {
		d, err := c.term.Due(announced, Today(moment(t, c.came)))
		if err != nil || d.Day != c.due || d.Why("收到") != c.why {
			t.Errorf("%s: %s, %v\n got %s\nwant %s", c.says, d.Day, err, d.Why("收到"), c.why)
		}
	}
}

func TestADeadlineMovesWhenTheNoticeOfItsYearComes(t *testing.T) {
	came, today := Day("2026-12-30"), Day("2026-12-31")
	d, err := UsualTerm.Due(announced, came)
	if err != nil || d.Day != "2027-01-06" || len(d.Unknown) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	notice := HolidayYear{Year: 2027, Notices: []string{"国办发明电〔2026〕1号"}, Off: []Holiday{{"元旦", "2027-01-01", "2027-01-03"}}}
	informed := NewCalendar(append(OfficialYears(), notice)...)
	again, err := d.Recount(informed, today)
	fresh, _ := UsualTerm.Due(informed, came)
	if err != nil || again.Day != "2027-01-07" || again.Unknown != nil || again.Why("收到") != fresh.Why("收到") {
		t.Errorf("counted again it is %s, %v: %s", again.Day, err, again.Why("收到"))
	}
	late, err := d.Recount(informed, "2027-01-07")
	if err != nil || late.Day != "2027-01-06" || !late.IsOverdue("2027-01-07") {
		t.Errorf("what was late on 7 January is due on %s: %v", late.Day, err)
	}
	longer, _, err := d.Extend(announced, 5, today)
	if again, err := longer.Recount(informed, today); err != nil || again.Day != "2027-01-14" || again.Extended != 5 {
		t.Errorf("with its extension it is due on %s, %v", again.Day, err)
	}
	if err != nil {
		t.Error(err)
	}
	if none, err := (Deadline{}).Recount(informed, today); err != nil || none.Day != "" {
		t.Errorf("what is not due is due on %s, %v", none.Day, err)
	}
}

func TestAnExtensionCountsOnFromTheDayDueHoweverEarlyItIsAsked(t *testing.T) {
	for _, asked := range []Day{"2026-11-23", "2026-11-27", "2026-11-30"} {
		d := due(t, announced, "2026-11-23", 5)
		longer, e, err := d.Extend(announced, 5, asked)
		if err != nil || longer.Day != "2026-12-07" || longer.Why("收到") != "11月23日收到，次日起算，5 个工作日，延长 5 个工作日，其间无节假日" {
			t.Errorf("asked on %s: %s, %v: %s", asked, longer.Day, err, longer.Why("收到"))
		}
		if replayed, err := UsualTerm.Due(announced, "2026-11-23", e); err != nil || replayed.Day != longer.Day || replayed.Extended != 5 {
			t.Errorf("read again, it is %s, %v", replayed.Day, err)
		}
	}
	first, one, _ := due(t, announced, "2026-11-23", 5).Extend(announced, 5, "2026-11-30")
	second, two, err := first.Extend(announced, 3, "2026-12-07")
	if err != nil || second.Day != "2026-12-10" || second.Extended != 8 {
		t.Errorf("a second one: %s, %v", second.Day, err)
	}
	if d, err := UsualTerm.Due(announced, "2026-11-23", one, two); err != nil || d.Day != "2026-12-10" {
		t.Errorf("both read again: %s, %v", d.Day, err)
	}
}

func TestNothingMovesADeadlineThatHasPassed(t *testing.T) {
	d := due(t, announced, "2026-11-23", 5)
	for _, c := range []struct {
		says  string
		n     int
		asked Day
		want  *Error
	}{
		{"a day late", 5, "2026-12-01", ErrLetterLateExtension},
		{"a year late", 5, "2027-12-01", ErrLetterLateExtension},
		{"before the letter came", 5, "2026-11-22", ErrBadDay},
		{"on no day", 5, "", ErrBadDay},
		{"on a day that is none", 5, "2026-11-31", ErrBadDay},
		{"by nothing", 0, "2026-11-24", ErrLetterExtension},
		{"backwards", -3, "2026-11-24", ErrLetterExtension},
		{"beyond counting", MostWorkdays, "2026-11-24", ErrLetterExtension},
	} {
		if longer, _, err := d.Extend(announced, c.n, c.asked); !errors.Is(err, c.want) || longer.Day != "" {
			t.Errorf("%s: %s, %v", c.says, longer.Day, err)
		}
		if read, err := UsualTerm.Due(announced, "2026-11-23", Extension{Workdays: c.n, Asked: c.asked}); !errors.Is(err, c.want) || read.Day != "" {
			t.Errorf("%s, read again: %s, %v", c.says, read.Day, err)
		}
	}
	if _, _, err := d.Extend(announced, 5, "2026-12-01"); err.(*Error).Args["due"] != "2026年11月30日" {
		t.Errorf("the refusal does not say until when: %v", err)
	}
}

// A notice that comes late and works a weekend makes a deadline earlier; who asked
// in time by what was known then did so.
func TestAnExtensionMadeInTimeStaysSoWhenTheNoticeComes(t *testing.T) {
	d := due(t, announced, "2027-01-04", 5)
	_, e, err := d.Extend(announced, 5, d.Day)
	if err != nil {
		t.Fatal(err)
	}
	notice := HolidayYear{Year: 2027, Notices: []string{"国办发明电〔2026〕1号"}, Off: []Holiday{{"元旦", "2027-01-01", "2027-01-03"}}, Makeup: []Day{"2027-01-09"}}
	informed := NewCalendar(append(OfficialYears(), notice)...)
	if read, err := UsualTerm.Due(informed, "2027-01-04", e); err != nil || read.Day != "2027-01-15" {
		t.Errorf("it is due on %s, %v", read.Day, err)
	}
}

func TestATermThatIsLongerNeedsItsLaw(t *testing.T) {
	for _, c := range []struct {
		term Term
		ok   bool
	}{
		{UsualTerm, true}, {freedom, true}, {Term{Workdays: 1}, true}, {Term{Workdays: 5}, true},
		{Term{Workdays: 6}, false}, {Term{20, "政府信息公开条例", ""}, false}, {Term{20, " ", "第三十三条"}, false},
		{Term{}, false}, {Term{Workdays: -1}, false}, {Term{MostWorkdays + 1, "信访工作条例", "第一条"}, false},
	} {
		if _, err := c.term.Due(announced, "2026-11-23"); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrLetterTerm) {
			t.Errorf("%+v: %v", c.term, err)
		}
	}
	d, err := Term{60, "《信访工作条例》", "第三十四条"}.Due(announced, "2026-03-02")
	if err != nil || !strings.Contains(d.Why("收到"), "按《信访工作条例》第三十四条，60 个工作日") {
		t.Errorf("%s, %v", d.Why("收到"), err)
	}
	for _, came := range []Day{"", "2026-02-30", "1066-10-14"} {
		if _, err := UsualTerm.Due(announced, came); !errors.Is(err, ErrBadDay) {
			t.Errorf("a letter of %q: %v", came, err)
		}
	}
}

func TestALetterIsHandedOnWithinTheDay(t *testing.T) {
	for _, c := range []struct {
		says, received string
		want           Day
	}{
		{"in the morning", "2026-11-23 09:00:00", "2026-11-23"},
		{"before the offices open", "2026-11-23 00:00:00", "2026-11-23"},
		{"in the last second of the office day", "2026-11-23 16:59:59", "2026-11-23"},
		{"when they have just closed", "2026-11-23 17:00:00", "2026-11-24"},
		{"in the last second of the day", "2026-11-23 23:59:59", "2026-11-24"},
		{"on a Friday evening", "2026-11-27 20:00:00", "2026-11-30"},
		{"on a Saturday", "2026-11-28 09:00:00", "2026-11-30"},
		{"on a Saturday that is worked", "2026-10-10 09:00:00", "2026-10-10"},
		{"in the last second before 国庆", "2026-09-30 23:59:59", "2026-10-08"},
		{"in the midst of 春节", "2026-02-17 12:00:00", "2026-02-24"},
		{"on the evening before a make-up Saturday", "2026-02-13 18:00:00", "2026-02-14"},
		{"on New Year's Eve", "2025-12-31 23:59:59", "2026-01-04"},
	} {
		if got := announced.ForwardBy(moment(t, c.received), OfficesClose); got != c.want {
			t.Errorf("%s: %s", c.says, got)
		}
	}
	if got := announced.ForwardBy(time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC), OfficesClose); got != "2026-11-23" {
		t.Errorf("at half past seven in Shanghai: %s", got)
	}
	if got := announced.ForwardBy(time.Date(12026, 1, 1, 0, 0, 0, 0, Shanghai), OfficesClose); got != "" {
		t.Errorf("in the year 12026: %s", got)
	}
}

func TestALetterTurnsYellowAndRedByItself(t *testing.T) {
	half := Thresholds{Yellow: Share{1, 2}}
	week := due(t, announced, "2026-11-23", 5)
	holiday := due(t, announced, "2026-09-30", 5)
	extended, _, err := week.Extend(announced, 5, "2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says  string
		d     Deadline
		today Day
		by    Thresholds
		want  Colour
	}{
		{"the day it came", week, "2026-11-23", UsualThresholds, NoColour},
		{"two of five left", week, "2026-11-26", UsualThresholds, NoColour},
		{"one of five left", week, "2026-11-27", UsualThresholds, Yellow},
		{"on the weekend before", week, "2026-11-28", UsualThresholds, Yellow},
		{"the last day", week, "2026-11-30", UsualThresholds, Yellow},
		{"the day after", week, "2026-12-01", UsualThresholds, Red},
		{"a year after", week, "2027-12-01", UsualThresholds, Red},
		{"by half, two of five", week, "2026-11-26", half, Yellow},
		{"by half, three of five", week, "2026-11-25", half, NoColour},
		{"by nothing, the day before the last", week, "2026-11-27", Thresholds{Yellow: Share{0, 1}}, NoColour},
		{"by nothing, the last day", week, "2026-11-30", Thresholds{Yellow: Share{0, 1}}, Yellow},
		{"by all, the day it came", week, "2026-11-23", Thresholds{Yellow: Share{1, 1}}, Yellow},
		{"days off do not use up the term", holiday, "2026-10-07", UsualThresholds, NoColour},
		{"the make-up day does", holiday, "2026-10-12", UsualThresholds, Yellow},
		{"one of three left is a third", due(t, announced, "2026-11-23", 3), "2026-11-25", UsualThresholds, Yellow},
		{"with an extension its old last day has no colour", extended, "2026-11-30", UsualThresholds, NoColour},
		{"but its third does", extended, "2026-12-02", UsualThresholds, Yellow},
		{"what is not due has none", Deadline{}, "2026-11-23", UsualThresholds, NoColour},
		{"due on a Friday, it is red on Saturday", due(t, announced, "2026-11-20", 5), "2026-11-28", UsualThresholds, Red},
	} {
		if got := c.d.Colour(announced, c.today, c.by); got != c.want {
			t.Errorf("%s: %q", c.says, got)
		}
		if red := c.d.IsOverdue(c.today); red != (c.want == Red) || c.d.WasOnTime(c.today) == red {
			t.Errorf("%s: overdue %v, on time %v", c.says, red, c.d.WasOnTime(c.today))
		}
	}
}

func TestAShareIsReadAsItIsWritten(t *testing.T) {
	for text, want := range map[string]Share{"1/3": {1, 3}, "0/1": {0, 1}, "2/2": {2, 2}, "": {}, "1": {}, "3/1": {}, "1/0": {}, "-1/3": {}, "1/3x": {},
		"1/3 2": {}, "0.3": {}, "1/9999999999": {}} {
		if got, err := ParseShare(text); got != want || (err == nil) != (want != Share{}) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

// naive knows the days of the notices by their names alone, and walks.
type naive struct{ off, worked map[string]bool }

func newNaive() naive {
	n := naive{map[string]bool{}, map[string]bool{}}
	for _, y := range OfficialYears() {
		for _, h := range y.Off {
			for at := h.First.Start(); !at.After(h.Last.Start()); at = at.AddDate(0, 0, 1) {
				n.off[at.Format(time.DateOnly)] = true
			}
		}
		for _, day := range y.Makeup {
			n.worked[string(day)] = true
		}
	}
	return n
}

func (n naive) works(at time.Time) bool {
	name := at.Format(time.DateOnly)
	weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
	return n.worked[name] || !weekend && !n.off[name]
}

func (n naive) due(came time.Time, workdays int) time.Time {
	for workdays > 0 {
		came = came.AddDate(0, 0, 1)
		if n.works(came) {
			workdays--
		}
	}
	return came
}

func (n naive) between(after, upTo time.Time) (days int) {
	for after.Before(upTo) {
		after = after.AddDate(0, 0, 1)
		if n.works(after) {
			days++
		}
	}
	return days
}

// same compares one letter with the walk: its deadline, its extension and its colour.
func (n naive) same(t *testing.T, dice *rand.Rand) {
	first, days := Day("2006-12-31"), 7200 // up to autumn of 2026
	came := first.Add(dice.IntN(days))
	term := Term{1 + dice.IntN(30), "政府信息公开条例", "第三十三条"}
	d, err := term.Due(announced, came)
	want := n.due(came.Start(), term.Workdays)
	if err != nil || d.Day.Start() != want {
		t.Fatalf("%d after %s is %s, walked %s, %v", term.Workdays, came, d.Day, want, err)
	}
	added, asked := 1+dice.IntN(10), came.Add(dice.IntN(60))
	longer, _, err := d.Extend(announced, added, asked)
	switch late := asked.Start().After(want); {
	case late != errors.Is(err, ErrLetterLateExtension):
		t.Fatalf("asked on %s for what is due on %s: %v", asked, d.Day, err)
	case !late && longer.Day.Start() != n.due(want, added):
		t.Fatalf("%d more after %s is %s", added, d.Day, longer.Day)
	}
	today := came.Add(dice.IntN(60))
	colour := NoColour
	if today.Start().After(want) {
		colour = Red
	} else if n.between(today.Start(), want)*3 <= term.Workdays {
		colour = Yellow
	}
	if got := d.Colour(announced, today, UsualThresholds); got != colour {
		t.Fatalf("on %s what is due on %s, %d after %s, is %q, walked %q", today, d.Day, term.Workdays, came, got, colour)
	}
}

func TestLettersAreDueOnTheDayThatAWalkComesTo(t *testing.T) {
	cases := 100_000
	if testing.Short() {
		cases = 5_000
	}
	dice, n := rand.New(rand.NewPCG(12345, 20)), newNaive()
	for range cases {
		n.same(t, dice)
	}
}

// FuzzWhy asks for the reason of whatever deadline there can be.
func FuzzWhy(f *testing.F) {
	f.Add("2026-11-23", 5, 0, "", "收到", "2027-01-04", "元旦", 2027)
	f.Add("2026-12-31", 20, 5, "《政府信息公开条例》第三十三条", "收到", "2026-13-41", "", 0)
	f.Add("", -1, 99, "》", "", "x", "周六", -5)
	f.Fuzz(func(t *testing.T, came string, n, added int, law, verb, skipped, name string, unknown int) {
		made := Deadline{From: Day(came), Workdays: n, Extended: added, Law: law, Day: Day(skipped),
			Skipped: []SkippedDay{{Day(came), name}, {Day(skipped), name}}, Makeup: []Day{Day(skipped)}, Unknown: []int{unknown}}
		if why := made.Why(verb); (why == "") != (skipped == "") {
			t.Fatalf("%+v is due because of %q", made, why)
		}
		d, err := Term{n, law, "第一条"}.Due(announced, Day(came))
		if err != nil {
			return
		}
		if longer, _, err := d.Extend(announced, added, Day(came)); err == nil {
			d = longer
		}
		rule := fmt.Sprintf("%d 个工作日", n)
		if why := d.Why(verb); !strings.Contains(why, verb+"，次日起算，") || !strings.Contains(why, rule) || n > UsualTerm.Workdays && !strings.Contains(why, "第一条") {
			t.Fatalf("%s is due on %s because of %q", came, d.Day, why)
		}
	})
}
