package main

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yuandu/internal/housetest"
	"yuandu/model"
)

func writtenMeetings(t *testing.T) []sampleMeeting {
	t.Helper()
	text, err := sample.ReadFile("sample/meetings.json")
	return wordForWord[sampleMeeting](t, text, err)
}

// An office that is in no list is left out of a meeting without a word.
func TestTheSampleMeetingsNameOfficesThatAreThere(t *testing.T) {
	var offices []struct {
		ShortName string `json:"short_name"`
	}
	text, err := sample.ReadFile("sample/departments.json")
	if err == nil {
		err = json.Unmarshal(text, &offices)
	}
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, o := range offices {
		there[o.ShortName] = true
	}
	for _, m := range writtenMeetings(t) {
		named := append([]string{m.Office}, m.Departments...)
		for _, i := range m.Items {
			named = slices.Concat(named, i.Reporters, i.Responsible)
		}
		for _, name := range named {
			if !there[name] {
				t.Errorf("%s: there is no office %s", m.Key, name)
			}
		}
	}
}

func TestTheSampleMeetingsAreWhatMeetingsAre(t *testing.T) {
	columns, number := map[string]int{}, 0
	calendar := model.NewCalendar(model.OfficialYears()...)
	for _, m := range writtenMeetings(t) {
		columns[m.Column]++
		if n := len(m.Items); n < 3 || n > 7 {
			t.Errorf("%s has %d items", m.Key, n)
		}
		if (m.Day != "") == (m.Workdays != 0) || m.Day != "" && !calendar.Workday(m.Day) {
			t.Errorf("%s is on no working day: %s %d", m.Key, m.Day, m.Workdays)
		}
		if m.Number > 0 {
			if number > 0 && m.Number != number+1 {
				t.Errorf("behind the %dth comes %s", number, m.Key)
			}
			number = m.Number
		}
		for _, i := range m.Items {
			if s := strings.Count(i.Decision, "。"); i.Decision != "" && (s < 2 || s > 5) {
				t.Errorf("%s: %s is decided in %d sentences", m.Key, i.Title, s)
			}
			if utf8.RuneCountInString(i.Title) < 8 && !i.Withheld {
				t.Errorf("%s: %s is short", m.Key, i.Title)
			}
		}
	}
	if len(columns) != 6 || slices.Min(values(columns)) < 2 || columns["市政府常务会议"] < 11 {
		t.Errorf("the columns have %v", columns)
	}
}

func values(m map[string]int) (list []int) {
	for _, n := range m {
		list = append(list, n)
	}
	return list
}

// What a meeting deliberates under the title of a policy was issued later.
func TestWhatTheSampleMeetingsDecidedWasIssuedAfterwards(t *testing.T) {
	names, err := fs.Glob(sample, "sample/policies/*.md")
	if err != nil {
		t.Fatal(err)
	}
	issued := map[string]model.Day{}
	for _, name := range names {
		text, err := sample.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n标题: "), "\n")
		_, day, _ := strings.Cut(string(text), "成文日期: ")
		issued[title] = model.Day(day[:10])
	}
	linked := 0
	for _, m := range writtenMeetings(t) {
		for _, i := range m.Items {
			_, rest, _ := strings.Cut(i.Title, "《")
			cited, _, _ := strings.Cut(rest, "（草案）")
			cited = strings.NewReplacer("〈", "《", "〉", "》").Replace(strings.TrimSuffix(cited, "》"))
			for title, day := range issued {
				if cited == "" || m.Day == "" || !strings.Contains(title, cited) || strings.Contains(title, "修改") != strings.Contains(cited, "修改") || day < "2024-12-01" {
					continue
				}
				if linked++; day <= m.Day {
					t.Errorf("%s deliberates %s, which was issued on %s", m.Key, title, day)
				}
			}
		}
	}
	if linked < 10 {
		t.Errorf("only %d items are about what was issued later", linked)
	}
}

// Of what was held and is not told yet, one meeting is nearly due and one is late,
// whatever day it is.
func TestTheSampleHasMeetingsThatWaitToBeDisclosed(t *testing.T) {
	calendar := model.NewCalendar(model.OfficialYears()...)
	c := &clerk{storyteller: storyteller{calendar: calendar, now: time.Now()}}
	today, colours := model.Today(c.now), map[string]int{}
	for _, m := range writtenMeetings(t) {
		waits := slices.ContainsFunc(m.Items, func(i sampleItem) bool { return i.Decision == "" && !i.Withheld })
		day := c.dayOf(m)
		if !waits || day > today {
			continue
		}
		due, err := model.DisclosureTerm.Due(calendar, day)
		if err != nil {
			t.Fatal(err)
		}
		d := model.Disclosure{Left: calendar.WorkdaysBetween(today, due.Day)}
		colours[d.ColourOf(model.DefaultSettings().MeetingYellow)]++
	}
	if colours["red"] != 1 || colours["yellow"] != 1 {
		t.Errorf("what waits is %v", colours)
	}
}

func showsMeetingsInEveryState(t *testing.T, h *housetest.House) {
	t.Helper()
	today := string(model.Today(time.Now()))
	for what, want := range map[string]int{
		"SELECT count(*) FROM publications WHERE kind = 'meeting'":                                                      24,
		"SELECT count(*) FROM meetings":                                                                                 22,
		"SELECT count(*) FROM meetings WHERE day > '" + today + "'":                                                     2,
		"SELECT count(*) FROM publications WHERE kind = 'meeting' AND stage = 'draft'":                                  1,
		"SELECT count(*) FROM publications WHERE kind = 'meeting' AND stage = 'review'":                                 1,
		"SELECT count(*) FROM withheld_items":                                                                           1,
		"SELECT count(*) FROM attachments WHERE owner_kind = 'agenda_item'":                                             5,
		"SELECT count(*) FROM agenda_items WHERE title LIKE '%应急物资储备布局%'":                                               0,
		"SELECT count(*) FROM agenda_items WHERE decision LIKE '%九月十日前公布集中缴费时间%'":                                       1,
		"SELECT count(DISTINCT m.id) FROM meetings m JOIN agenda_items i ON i.meeting_id = m.id WHERE i.decision <> ''": 19,
	} {
		if n := h.Count(what); n != want {
			t.Errorf("%s: %d, want %d", what, n, want)
		}
	}
}
