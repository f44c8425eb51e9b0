package model

import (
	"fmt"
	"strings"
	"time"
)

// The clock of letters. Its deadlines follow from the day a letter came, from its
// term and from what was added in time: nothing else moves them. There is no pause,
// so waiting for somebody never makes a late answer look punctual.

// Term is how long an office has to answer a letter, and what law says so.
type Term struct {
	Workdays int
	Law      string // 政府信息公开条例
	Article  string // 第三十三条
}

// UsualTerm is the term of letters of which no law says more.
var UsualTerm = Term{5, "潍坊市12345政务服务便民热线条例", "第二十条"}

// Errors of the clock of letters.
var (
	ErrLetterTerm = &Error{Invalid, "letter.term", "term",
		map[string]any{"usual": UsualTerm.Workdays, "most": MostWorkdays}}
	ErrLetterExtension     = &Error{Invalid, "letter.extension", "day", map[string]any{"most": MostWorkdays}}
	ErrLetterLateExtension = &Error{Conflict, "letter.late_extension", "", nil} // due
)

// Validate says what is wrong with a term: one longer than usual needs its law.
func (t Term) Validate() error {
	cited := strings.TrimSpace(t.Law) != "" && strings.TrimSpace(t.Article) != ""
	if t.Workdays < 1 || t.Workdays > MostWorkdays || t.Workdays > UsualTerm.Workdays && !cited {
		return ErrLetterTerm
	}
	return nil
}

// law cites what gives more than the usual time.
func (t Term) law() string {
	if t.Workdays <= UsualTerm.Workdays {
		return ""
	}
	return "《" + strings.Trim(strings.TrimSpace(t.Law), "《》") + "》" + strings.TrimSpace(t.Article)
}

// Due is until when a letter that came on a day has to be answered, whatever the
// hour: that day does not count itself. Extensions come in the order in which they
// were made. Errors are ErrBadDay, ErrWorkdays, ErrLetterTerm and those of Extend.
func (t Term) Due(c *Calendar, came Day, extended ...Extension) (Deadline, error) {
	if err := t.Validate(); err != nil {
		return Deadline{}, err
	}
	d, err := c.AddWorkdays(came, t.Workdays)
	d.Law = t.law()
	for _, e := range extended {
		if err != nil {
			break
		}
		d, err = d.longer(c, e)
	}
	if err != nil {
		return Deadline{}, err
	}
	return d, nil
}

// Extension is more time that an office took for a letter, when it told its author
// why, and what will be done until then.
type Extension struct {
	Workdays int
	Asked    Day // on which the office did so
	Was      Day // the day due until then, as both of them knew it
}

// Extend makes a deadline longer, until its last day. The new days are counted on
// from the day it was due: who asks early loses none of the old ones, and who asks
// on the last day wins none. Errors are ErrLetterLateExtension, ErrLetterExtension
// and ErrBadDay.
func (d Deadline) Extend(c *Calendar, workdays int, asked Day) (Deadline, Extension, error) {
	e := Extension{workdays, asked, d.Day}
	longer, err := d.longer(c, e)
	if err != nil {
		return Deadline{}, Extension{}, err
	}
	return longer, e, nil
}

// workdaysUntil is how many working days more it is until a day. Where nobody works
// on that one, the time ends on the next day on which somebody does (民法典第二百零三条).
func (d Deadline) workdaysUntil(c *Calendar, day Day) int {
	if _, ok := day.serial(); !ok || day <= d.Day {
		return 0
	}
	n := c.WorkdaysBetween(d.Day, day)
	if !c.Workday(day) {
		n++
	}
	return n
}

// longer takes an extension by the day that was known when it was made: where a
// notice was loaded since, it stays as good as it was.
func (d Deadline) longer(c *Calendar, e Extension) (Deadline, error) {
	last := max(d.Day, e.Was)
	switch _, ok := e.Asked.serial(); {
	case !ok || e.Asked < d.From:
		return Deadline{}, ErrBadDay
	case e.Asked > last:
		return Deadline{}, ErrLetterLateExtension.With("", map[string]any{"due": last.Chinese()})
	case e.Workdays < 1 || d.Workdays+e.Workdays > MostWorkdays:
		return Deadline{}, ErrLetterExtension
	}
	longer, err := c.AddWorkdays(d.From, d.Workdays+e.Workdays)
	longer.Extended, longer.Law = d.Extended+e.Workdays, d.Law
	return longer, err
}

// Recount counts a deadline again where a notice was loaded since. One that has
// passed stays as it is: nobody becomes punctual afterwards, nor late.
func (d Deadline) Recount(c *Calendar, today Day) (Deadline, error) {
	if d.Day == "" || d.IsOverdue(today) {
		return d, nil
	}
	again, err := c.AddWorkdays(d.From, d.Workdays)
	again.Extended, again.Law = d.Extended, d.Law
	return again, err
}

// IsOverdue says whether a day is too late. It is asked for and kept nowhere.
func (d Deadline) IsOverdue(today Day) bool { return d.Day != "" && d.Day < today }

// WasOnTime says whether what was done on a day was done in time.
func (d Deadline) WasOnTime(done Day) bool { return !d.IsOverdue(done) }

// OfficesClose is at what time of the day offices close, where a city says nothing
// else.
const OfficesClose = 17 * time.Hour

// ForwardBy is until when a letter is answered at once or handed on to an office
// (第十八条): the day on which it comes, as long as somebody is there to do so. What
// comes when offices have closed, or on a day off, is handed on by the next working
// day. It is "" where days are not counted any more.
func (c *Calendar) ForwardBy(received time.Time, closes time.Duration) Day {
	day := Today(received)
	if c.Workday(day) && received.Before(day.Start().Add(closes)) {
		return day
	}
	next, err := c.AddWorkdays(day, 1)
	if err != nil {
		return ""
	}
	return next.Day
}

// Colour is how urgent a letter is.
type Colour string

// The colours.
const (
	NoColour Colour = ""
	Yellow   Colour = "yellow" // little time is left
	Red      Colour = "red"    // overdue
)

// Thresholds say from when on a letter has a colour; a city sets its own.
type Thresholds struct {
	Yellow Share // of the term, once no more of it is left
	Red    Share // the same; none where only what is overdue is red
}

// UsualThresholds are those of a city that sets none.
var UsualThresholds = Thresholds{Yellow: Share{1, 3}}

// Share is a part of a whole: 1/3.
type Share struct{ Part, Whole int }

// ParseShare reads a share written as 1/3.
func ParseShare(text string) (Share, error) {
	var s Share
	var rest string
	if n, _ := fmt.Sscanf(text+" .", "%d/%d %s", &s.Part, &s.Whole, &rest); n != 3 || rest != "." ||
		s.Part < 0 || s.Whole < 1 || s.Whole > MostWorkdays || s.Part > s.Whole {
		return Share{}, fmt.Errorf("%q is no share such as 1/3", text)
	}
	return s, nil
}

// Colour is how urgent a letter with that deadline is on a day. On its last day
// nothing of the term is left.
func (d Deadline) Colour(c *Calendar, today Day, t Thresholds) Colour {
	switch {
	case d.Day == "":
		return NoColour
	case d.IsOverdue(today):
		return Red
	}
	switch left := c.WorkdaysLeft(d.Day, today); {
	case t.Red.holds(left, d.Workdays):
		return Red
	case t.Yellow.holds(left, d.Workdays):
		return Yellow
	}
	return NoColour
}

// holds says whether no more than the share of a term is left.
func (s Share) holds(left, term int) bool { return s.Whole > 0 && left*s.Whole <= term*s.Part }
