package model

import (
	"fmt"
	"slices"
	"strings"
)

// Deadline is a day that was found by counting working days, and what the
// counting met: all that a page needs to explain why it is that day.
type Deadline struct {
	From     Day    // does not count itself
	Workdays int    // in all
	Extended int    // those of them that were added later
	Law      string // what gives more than the usual time: 《政府信息公开条例》第三十三条; "" for the usual
	Day      Day
	Skipped  []SkippedDay // the days off on the way, in order
	Makeup   []Day        // the weekend days on the way that are worked
	Unknown  []int        // the years whose notice is missing: only their weekends are off, and the day can still move
}

// SkippedDay is a day off that does not count.
type SkippedDay struct {
	Day Day
	Why string // 周六, 周日, or the holiday's name
}

// weekendAway is how far apart the days of one holiday can stand: some notices
// leave out the weekend between a festival and its 补休.
const weekendAway = 3

// Holidays are the holidays on the way, each cut to the days that were skipped.
func (d Deadline) Holidays() []Holiday {
	var met []Holiday
	for _, s := range d.Skipped {
		if slices.Contains(weekdayNames[:], s.Why) {
			continue
		}
		if n := len(met) - 1; n >= 0 && met[n].Name == s.Why && s.Day <= met[n].Last.Add(weekendAway) {
			met[n].Last = s.Day
			continue
		}
		met = append(met, Holiday{s.Why, s.Day, s.Day})
	}
	return met
}

// Why says why a deadline is the day it is, and verb what happened on the day
// before the first that counts. The year is left out where it is the deadline's:
// 9月28日收到，次日起算，20 个工作日，其间国庆节10月1日至7日放假，10月10日（周六）上班.
func (d Deadline) Why(verb string) string {
	if d.Day == "" {
		return ""
	}
	text := inYear(d.From, d.Day.Year()) + verb
	if d.Workdays == 0 {
		return text + "，期限是当天"
	}
	text += "，次日起算，" + d.length()
	if met := d.met(); len(met) > 0 {
		text += "，其间" + strings.Join(met, "，")
	} else if len(d.Unknown) == 0 {
		text += "，其间无节假日"
	}
	return text + d.doubt()
}

// length says how many days there are, and who gave them.
func (d Deadline) length() string {
	text := fmt.Sprintf("%d 个工作日", d.Workdays-d.Extended)
	if d.Law != "" {
		text = "按" + d.Law + "，" + text
	}
	if d.Extended > 0 {
		text += fmt.Sprintf("，延长 %d 个工作日", d.Extended)
	}
	return text
}

// met is what came between: each holiday, then the weekends worked.
func (d Deadline) met() []string {
	var met []string
	year := d.From.Year()
	for _, h := range d.Holidays() {
		met = append(met, h.Name+span(h.First, h.Last, year)+"放假")
	}
	var worked []string
	for _, day := range d.Makeup {
		worked = append(worked, fmt.Sprintf("%s（%s）", inYear(day, year), weekdayNames[day.Weekday()]))
	}
	if len(worked) > 0 {
		met = append(met, strings.Join(worked, "、")+"上班")
	}
	return met
}

func (d Deadline) doubt() string {
	if len(d.Unknown) == 0 {
		return ""
	}
	var years []string
	for _, year := range d.Unknown {
		years = append(years, fmt.Sprintf("%d年", year))
	}
	why := "尚未公布"
	if slices.Max(d.Unknown) < firstNotice {
		why = "没有收录"
	}
	return "；" + strings.Join(years, "、") + "放假安排" + why + "，期限按周末推算"
}

// span writes days in a row as short as they can be read beside a day of year:
// 4月5日, 10月1日至7日, 1月31日至2月6日, 12月31日至2023年1月2日.
func span(first, last Day, year int) string {
	text := inYear(first, year)
	switch {
	case first == last:
		return text
	case first.Number()/100 == last.Number()/100:
		return fmt.Sprintf("%s至%d日", text, last.Number()%100)
	}
	return text + "至" + inYear(last, first.Year())
}

// inYear leaves out the year where it is the one being spoken of.
func inYear(day Day, year int) string {
	text := day.Chinese()
	if day.Year() == year {
		_, text, _ = strings.Cut(text, "年")
	}
	return text
}
