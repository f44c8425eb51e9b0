package model

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEveryYearFrom2007To2026CitesItsNotice(t *testing.T) {
	years := OfficialYears()
	for i, y := range years {
		if y.Year != 2007+i {
			t.Fatalf("year %d of the table is %d", i, y.Year)
		}
		if err := y.Validate(); err != nil {
			t.Errorf("%d: %v", y.Year, err)
		}
		for _, notice := range y.Notices {
			if _, ok := ParseDocNumber(notice); !ok && !strings.HasPrefix(notice, "https://www.gov.cn/") {
				t.Errorf("%d cites %q, which nobody can look up", y.Year, notice)
			}
		}
	}
	if n := len(years); n != 20 {
		t.Errorf("there are %d years", n)
	}
}

func TestNobodyCanWriteIntoTheTable(t *testing.T) {
	y := OfficialYears()[0]
	y.Notices[0], y.Off[0].Name, y.Makeup[0] = "", "", ""
	if err := OfficialYears()[0].Validate(); err != nil {
		t.Error(err)
	}
}

// collected is one row of the collected notices, which stand outside the
// product.
type collected struct {
	Year int
	Date Day
	Name string
	Off  bool `json:"is_off_day"`
}

// otherNames are what the notices of 2007 and 2008 call the holidays, and what
// the collection makes of the longest name.
var otherNames = map[string]string{
	"“五一”": "劳动节", "“五一”国际劳动节": "劳动节", "“十一”": "国庆节",
	"抗日战争暨世界反法西斯战争胜利70周年纪念日": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}

func TestTheTableAgreesWithEveryCollectedDay(t *testing.T) {
	rows := readCollected(t)
	off, worked := map[Day]bool{}, map[Day]bool{}
	for _, r := range rows {
		if other, ok := otherNames[r.Name]; ok {
			r.Name = other
		}
		serial, _ := r.Date.serial()
		why := announced.rest(serial)
		switch {
		case r.Off && why != r.Name:
			t.Errorf("%s is %s, not %q", r.Date, r.Name, why)
		case !r.Off && why != "":
			t.Errorf("%s is worked, not %s", r.Date, why)
		case r.Off:
			off[r.Date] = true
		case isWeekend(r.Date.Weekday()):
			worked[r.Date] = true
		}
	}
	for _, y := range OfficialYears() {
		for _, h := range y.Off {
			for day := h.First; day <= h.Last; day = day.Add(1) {
				if !off[day] {
					t.Errorf("%s is off for %s here alone", day, h.Name)
				}
			}
		}
		for _, day := range y.Makeup {
			if !worked[day] {
				t.Errorf("%s is worked here alone", day)
			}
		}
	}
}

func readCollected(t *testing.T) []collected {
	t.Helper()
	file, err := os.Open("../../shared/data/holidays/holidays_cn.jsonl")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []collected
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var r collected
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) < 600 {
		t.Fatalf("only %d days were collected: the file is broken", len(rows))
	}
	return rows
}

func TestANoticeIsCheckedBeforeItCounts(t *testing.T) {
	for _, c := range []struct {
		says  string
		spoil func(*HolidayYear)
		want  *Error
		field string
	}{
		{"the year is long past", func(y *HolidayYear) { y.Year = 1926 }, ErrHolidayYear, "year"},
		{"no notice is cited", func(y *HolidayYear) { y.Notices = nil }, ErrHolidayNotice, "notices"},
		{"or a blank one", func(y *HolidayYear) { y.Notices[0] = " " }, ErrHolidayNotice, "notices.0"},
		{"or a whole page", func(y *HolidayYear) { y.Notices[0] = strings.Repeat("字", 201) }, ErrHolidayNotice, "notices.0"},
		{"no day is off", func(y *HolidayYear) { y.Off = nil }, ErrHolidayNone, "off"},
		{"a holiday has no name", func(y *HolidayYear) { y.Off[1].Name = "" }, ErrHolidayName, "off.1.name"},
		{"a day is none", func(y *HolidayYear) { y.Off[1].First = "2026-02-30" }, ErrBadDay, "off.1.first"},
		{"or not written", func(y *HolidayYear) { y.Off[1].Last = "" }, ErrBadDay, "off.1.last"},
		{"a make-up day is written otherwise", func(y *HolidayYear) { y.Makeup[0] = "1月4日" }, ErrBadDay, "makeup.0"},
		{"a day lies in last year's spring", func(y *HolidayYear) { y.Off[1].First = "2025-02-15" }, ErrHolidayOutside, "off.1.first"},
		{"or in the next year", func(y *HolidayYear) { y.Makeup[0] = "2027-01-03" }, ErrHolidayOutside, "makeup.0"},
		{"a holiday ends before it begins", func(y *HolidayYear) { y.Off[1].Last = "2026-02-14" }, ErrHolidayReversed, "off.1.last"},
		{"or lasts for months", func(y *HolidayYear) { y.Off[1].Last = "2026-03-23" }, ErrHolidayLong, "off.1.last"},
		{"a make-up day is a Wednesday", func(y *HolidayYear) { y.Makeup[1] = "2026-02-25" }, ErrHolidayWeekday, "makeup.1"},
		{"a day is both off and worked", func(y *HolidayYear) { y.Makeup[1] = "2026-02-15" }, ErrHolidayTwice, "makeup.1"},
		{"or worked twice", func(y *HolidayYear) { y.Makeup[1] = y.Makeup[0] }, ErrHolidayTwice, "makeup.1"},
		{"or off twice", func(y *HolidayYear) { y.Off[2].First, y.Off[2].Last = "2026-02-23", "2026-02-24" }, ErrHolidayTwice, "off.2"},
	} {
		years := OfficialYears()
		y := years[slices.IndexFunc(years, func(y HolidayYear) bool { return y.Year == 2026 })]
		c.spoil(&y)
		var got *Error
		if !errors.As(y.Validate(), &got) || !errors.Is(got, c.want) || got.Field != c.field || got.Kind != Invalid {
			t.Errorf("%s: %v", c.says, got)
		}
	}
}
