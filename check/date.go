package check

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const someDay = `(\d{1,4}|[〇○零一二三四五六七八九十]{1,4})`

var (
	yearAndMonth = regexp.MustCompile(`(?:` + someDay + `年)?` + someDay + `$`)
	dayOf        = regexp.MustCompile(`^月` + someDay + `[日号]`)
	isoDay       = regexp.MustCompile(`(\d{4})[-/](\d{1,2})[-/](\d{1,2})`)
)

// dates finds days that no calendar has.
func (s *sheet) dates() {
	s.each("月", func(at int) {
		before := yearAndMonth.FindStringSubmatch(s.back(at, 32))
		if before == nil || s.isLunar(at) {
			return
		}
		year, month, day := numeral(before[1]), numeral(before[2]), -1
		end := at + len("月")
		if after := dayOf.FindStringSubmatch(s.ahead(at, 24)); after != nil {
			day, end = numeral(after[1]), at+len(after[0])
		} else if year < 1000 {
			return
		}
		s.impossible(span{at - len(before[0]), end}, year, month, day)
	})
	for _, m := range isoDay.FindAllStringSubmatchIndex(s.plain, -1) {
		at := span{m[0], m[1]}
		day := numeral(s.plain[m[6]:m[7]])
		month := numeral(s.plain[m[4]:m[5]])
		if month >= 1 && month <= 12 && day >= 29 && day <= 31 && !s.inLink(at) && !s.goesOn(at) {
			s.impossible(at, numeral(s.plain[m[2]:m[3]]), month, day)
		}
	}
}

func (s *sheet) isLunar(at int) bool {
	return containsAny(s.back(at, 40), []string{"农历", "阴历", "旧历"})
}

// goesOn says whether a date is part of a longer number.
func (s *sheet) goesOn(at span) bool {
	goes := func(sign string) bool { return sign != "" && (isWordByte(sign[0]) || strings.Contains("-/", sign)) }
	return goes(s.back(at.from, 1)) || goes(s.ahead(at.to, 1))
}

// impossible notes a day that is not in the calendar. day is -1 where only the
// month is written; without a year February has 29 days.
func (s *sheet) impossible(at span, year, month, day int) {
	if year < 1000 {
		year = 2000
	}
	if month >= 1 && month <= 12 && (day == -1 || day >= 1 && day <= daysOf(year, month)) {
		return
	}
	s.add(at, Finding{Code: "date.impossible", Severity: Ask, Text: s.plain[at.from:at.to]})
}

func daysOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// numeral reads 12, 十二 and 二〇二六; nothing is 0.
func numeral(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	n, tens := 0, strings.Contains(text, "十")
	for _, r := range text {
		d := strings.IndexRune("零一二三四五六七八九", r) / len("零")
		switch {
		case r == '十':
			n = max(n, 1) * 10
		case d < 0 || r == '〇' || r == '○':
			n *= 10
		case tens:
			n += d
		default:
			n = n*10 + d
		}
	}
	return n
}
