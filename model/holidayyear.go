package model

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// HolidayYear is what the State Council announced for one year: which days are
// off, and which weekends are worked instead. Late December of the year before
// can be part of it.
type HolidayYear struct {
	Year    int       `json:"year"`
	Notices []string  `json:"notices"` // the document number of each, or its address where that is not certain
	Off     []Holiday `json:"off"`
	Makeup  []Day     `json:"makeup"` // 调休上班日
}

// Holiday is some days off in a row, First and Last among them.
type Holiday struct {
	Name  string `json:"name"`
	First Day    `json:"first"`
	Last  Day    `json:"last"`
}

// longestHoliday is far above the ten days of 2020, the longest so far, and
// catches a month mistyped.
const longestHoliday = 31

// Validate says what is wrong with a year that somebody wrote down from its
// notice. The *Error names the first field that is: off.2.last.
func (y HolidayYear) Validate() error {
	switch {
	case y.Year < firstNotice || y.Year > lastYear:
		return ErrHolidayYear
	case len(y.Notices) == 0:
		return ErrHolidayNotice
	case len(y.Off) == 0:
		return ErrHolidayNone
	}
	for i, notice := range y.Notices {
		if !isLine(notice, 200) {
			return ErrHolidayNotice.With(fmt.Sprintf("notices.%d", i), nil)
		}
	}
	return y.validateDays()
}

func (y HolidayYear) validateDays() error {
	seen := map[Day]bool{}
	for i, h := range y.Off {
		field := fmt.Sprintf("off.%d", i)
		if err := y.validateHoliday(h, field); err != nil {
			return err
		}
		for day := h.First; day <= h.Last; day = day.Add(1) {
			if seen[day] {
				return ErrHolidayTwice.With(field, map[string]any{"day": day})
			}
			seen[day] = true
		}
	}
	for i, day := range y.Makeup {
		field := fmt.Sprintf("makeup.%d", i)
		if err := y.validateDay(day, field); err != nil {
			return err
		}
		switch {
		case !isWeekend(day.Weekday()):
			return ErrHolidayWeekday.With(field, map[string]any{"day": day})
		case seen[day]:
			return ErrHolidayTwice.With(field, map[string]any{"day": day})
		}
		seen[day] = true
	}
	return nil
}

func (y HolidayYear) validateHoliday(h Holiday, field string) error {
	if !isLine(h.Name, 40) {
		return ErrHolidayName.With(field+".name", nil)
	}
	if err := y.validateDay(h.First, field+".first"); err != nil {
		return err
	}
	if err := y.validateDay(h.Last, field+".last"); err != nil {
		return err
	}
	switch {
	case h.Last < h.First:
		return ErrHolidayReversed.With(field+".last", nil)
	case h.Last > h.First.Add(longestHoliday-1):
		return ErrHolidayLong.With(field+".last", map[string]any{"most": longestHoliday})
	}
	return nil
}

// validateDay lets in December of the year before. The days off around a New
// Year belong to the notice of the year that begins.
func (y HolidayYear) validateDay(day Day, field string) error {
	if _, ok := day.serial(); !ok {
		return ErrBadDay.With(field, nil)
	}
	if month := day.Number() / 100; day.Year() != y.Year && month != (y.Year-1)*100+12 {
		return ErrHolidayOutside.With(field, map[string]any{"day": day, "year": y.Year})
	}
	return nil
}

// isLine says whether text says something in one line of at most so many
// characters.
func isLine(text string, most int) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= most && !hasControl(text)
}

// Errors of a holiday notice.
var (
	ErrHolidayYear     = &Error{Invalid, "holiday.year", "year", map[string]any{"least": firstNotice, "most": lastYear}}
	ErrHolidayNotice   = &Error{Invalid, "holiday.notice", "notices", nil}
	ErrHolidayNone     = &Error{Invalid, "holiday.none", "off", nil}
	ErrHolidayName     = &Error{Invalid, "holiday.name", "", nil}
	ErrHolidayOutside  = &Error{Invalid, "holiday.outside", "", nil}
	ErrHolidayReversed = &Error{Invalid, "holiday.reversed", "", nil}
	ErrHolidayLong     = &Error{Invalid, "holiday.long", "", nil}
	ErrHolidayWeekday  = &Error{Invalid, "holiday.weekday", "", nil}
	ErrHolidayTwice    = &Error{Invalid, "holiday.twice", "", nil}
)
