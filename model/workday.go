package model

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Calendar knows which days are working days (工作日). It never changes once it
// is made, so any number of readers may share it.
type Calendar struct {
	special map[int]string // by serial: the holiday's name, "" for a weekend that is worked
	known   map[int]bool   // by year
}

// NewCalendar makes the calendar of some valid years, of which a later one
// replaces an earlier one of the same year: so a new notice can be loaded over
// OfficialYears. In a year that is missing only the weekends are off.
func NewCalendar(years ...HolidayYear) *Calendar {
	last := map[int]HolidayYear{}
	for _, y := range years {
		last[y.Year] = y
	}
	c := &Calendar{map[int]string{}, map[int]bool{}}
	for _, year := range slices.Sorted(maps.Keys(last)) {
		c.learn(last[year])
	}
	return c
}

func (c *Calendar) learn(y HolidayYear) {
	c.known[y.Year] = true
	for _, h := range y.Off {
		first, ok := h.First.serial()
		last, alsoOK := h.Last.serial()
		for day := first; ok && alsoOK && day <= last; day++ {
			c.special[day] = cmp.Or(h.Name, "节假日")
		}
	}
	for _, day := range y.Makeup {
		if serial, ok := day.serial(); ok {
			c.special[serial] = ""
		}
	}
}

// Known says whether the notice of a year is in the calendar.
func (c *Calendar) Known(year int) bool { return c.known[year] }

// Workday says whether offices work on a day. Nobody works on a day that is
// not known.
func (c *Calendar) Workday(day Day) bool {
	serial, ok := day.serial()
	return ok && c.rest(serial) == ""
}

// rest says why a day is off: a holiday's name, 周六 or 周日; "" where it is
// worked.
func (c *Calendar) rest(serial int) string {
	if name, ok := c.special[serial]; ok {
		return name
	}
	if weekday := weekdayOf(serial); isWeekend(weekday) {
		return weekdayNames[weekday]
	}
	return ""
}

var weekdayNames = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

func isWeekend(d time.Weekday) bool { return d == time.Saturday || d == time.Sunday }

// MostWorkdays is how far ahead a deadline can be counted: about ten years.
const MostWorkdays = 2500

// ErrWorkdays refuses a number of working days that cannot be counted.
var ErrWorkdays = &Error{Invalid, "workday.count", "", map[string]any{"most": MostWorkdays}}

// AddWorkdays finds the n-th working day after from, which itself does not
// count (民法典第二百零一条: 开始的当日不计入). So an answer due 自收到申请之日起20个工作日内
// (政府信息公开条例第三十三条) is due on AddWorkdays(received, 20). With n of 0 it is
// from itself. Errors are ErrBadDay and ErrWorkdays.
func (c *Calendar) AddWorkdays(from Day, n int) (Deadline, error) {
	day, ok := from.serial()
	switch {
	case !ok || from.Year() < firstYear || from.Year() > lastYear:
		return Deadline{}, ErrBadDay
	case n < 0 || n > MostWorkdays:
		return Deadline{}, ErrWorkdays
	}
	d := Deadline{From: from, Workdays: n}
	for left := n; left > 0; {
		day++
		if why := c.rest(day); why != "" {
			d.Skipped = append(d.Skipped, SkippedDay{dayOf(day), why})
			continue
		}
		if isWeekend(weekdayOf(day)) {
			d.Makeup = append(d.Makeup, dayOf(day))
		}
		left--
	}
	d.Day = dayOf(day)
	d.Unknown = c.unknown(from, d.Day)
	return d, nil
}

// newYearReach is how many days of the year before a notice has ever touched:
// 29 to 31 December, around 元旦.
const newYearReach = 3

// unknown lists the years that have a say on the days after from up to and
// including to, and whose notice is missing.
func (c *Calendar) unknown(from, to Day) []int {
	if from == to {
		return nil
	}
	var years []int
	for year := from.Add(1).Year(); year <= to.Add(newYearReach).Year(); year++ {
		if !c.known[year] {
			years = append(years, year)
		}
	}
	return years
}

// WorkdaysBetween counts the working days after a up to and including b: how
// many are left on day a before deadline b. It is negative where b is before a,
// and 0 where one of them is not known.
func (c *Calendar) WorkdaysBetween(a, b Day) int {
	from, ok := a.serial()
	to, alsoOK := b.serial()
	switch {
	case !ok || !alsoOK:
		return 0
	case to < from:
		return -c.workdays(to, from)
	}
	return c.workdays(from, to)
}

// WorkdaysLeft is how many working days are left of a deadline on a day: 0 on its
// last day, and negative, at least by one, once it is over.
func (c *Calendar) WorkdaysLeft(due, today Day) int {
	left := c.WorkdaysBetween(today, due)
	if due < today && left == 0 {
		return -1 // over a weekend
	}
	return left
}

// OverdueFrom is the last day for which today is too late: what was asked on it
// was due within n working days.
func (c *Calendar) OverdueFrom(today Day, n int) (Day, error) {
	for day := today.Add(-n); ; day = day.Add(-1) {
		due, err := c.AddWorkdays(day, n)
		if err != nil || due.Day < today {
			return day, err
		}
	}
}

// WasOnTime says whether something was done within n working days.
func (c *Calendar) WasOnTime(asked, done Day, n int) (bool, error) {
	due, err := c.AddWorkdays(asked, n)
	return done <= due.Day, err
}

func (c *Calendar) workdays(after, upTo int) int {
	n := 0
	for day := after + 1; day <= upTo; day++ {
		if c.rest(day) == "" {
			n++
		}
	}
	return n
}
