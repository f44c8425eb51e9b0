package model

import (
	"fmt"
	"strings"
	"time"
)

// Shanghai is the zone in which every day of the service is meant.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Clock tells the time; tests set it.
type Clock interface{ Now() time.Time }

// Day is a calendar day as yyyy-mm-dd, "" where it is not known. Days compare
// as strings.
type Day string

// The years of which days are read, and from which they are counted.
const firstYear, lastYear = 1900, 2200

// Today is the day it is in Shanghai at now.
func Today(now time.Time) Day { return Day(now.In(Shanghai).Format(time.DateOnly)) }

// ParseDay reads a day written in one of the ways documents write it:
// 2021-03-30, 2021/3/30, 2021.3.30, 20210330, 2021年3月30日, each with a time
// of day behind it or not. "" is the unknown day. Errors are ErrBadDay.
func ParseDay(s string) (Day, error) {
	s = strings.TrimSpace(foldWidth(s))
	if s == "" {
		return "", nil
	}
	var y, m, d int
	head, _, _ := strings.Cut(strings.NewReplacer("年", "-", "月", "-", "日", " ", "/", "-", ".", "-", "T", " ").Replace(s), " ")
	if n, _ := fmt.Sscanf(head, "%d-%d-%d", &y, &m, &d); n != 3 {
		if len(head) != 8 {
			return "", ErrBadDay
		}
		if n, _ := fmt.Sscanf(head, "%4d%2d%2d", &y, &m, &d); n != 3 {
			return "", ErrBadDay
		}
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < firstYear || y > lastYear || t.Month() != time.Month(m) || t.Day() != d {
		return "", ErrBadDay
	}
	return Day(t.Format(time.DateOnly)), nil
}

// Year is the day's year, 0 where the day is not known.
func (d Day) Year() int { return d.Number() / 10000 }

// Number is the day as yyyymmdd, 0 where it is not known: the form in which
// search engines compare days, and the one that is quick to make.
func (d Day) Number() int {
	n := 0
	for i := 0; i < len(d); i++ {
		if c := d[i]; c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// Weekday is the day of the week; it means nothing where the day is not known.
func (d Day) Weekday() time.Weekday {
	serial, _ := d.serial()
	return weekdayOf(serial)
}

// Add is the day n days later, or earlier where n is negative; "" where the day
// is not known.
func (d Day) Add(n int) Day {
	serial, ok := d.serial()
	if !ok {
		return ""
	}
	return dayOf(serial + n)
}

// Start is the moment at which the day begins; zero where it is not known.
func (d Day) Start() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

const secondsPerDay = 24 * 60 * 60

// serial counts days from 1 January 1970, and says no where the day is not
// known: the form in which days are added and counted.
func (d Day) serial() (int, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return int(t.Unix() / secondsPerDay), err == nil
}

func dayOf(serial int) Day {
	return Day(time.Unix(int64(serial)*secondsPerDay, 0).UTC().Format(time.DateOnly))
}

// weekdayOf knows that 1 January 1970 was a Thursday.
func weekdayOf(serial int) time.Weekday {
	return time.Weekday(((serial+int(time.Thursday))%7 + 7) % 7)
}

// Chinese writes the day as documents do: 2021年3月30日.
func (d Day) Chinese() string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return t.Format("2006年1月2日")
}

// foldWidth turns full-width letters, digits and signs into their plain forms.
func foldWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}
