package model

import (
	"encoding/json"
	"os"
	"testing"
)

func TestLettersAboutOneMatterAreFoundHoweverTheyAreWorded(t *testing.T) {
	cut := Letter{Title: "幸福小区突然停电", Text: "晚上七点突然停电，到现在还没有来电，家里老人孩子都在黑着，请尽快抢修。", Place: LetterPlace{Words: "幸福小区"}}
	var list []Gist
	for _, l := range []Letter{
		{Title: "停电什么时候来电", Text: "今晚幸福小区停电，电话没人接，什么时候能来电？"},
		{Title: "又停电了", Text: "幸福小区三号楼又停电了，冰箱里的东西要坏了，请尽快来电。", Place: LetterPlace{Words: "幸福小区3号楼"}},
		{Title: "家里暖气不热", Text: "十一月十五号供暖到现在，家里只有十四度，打了几次电话没人管。", Place: LetterPlace{Words: "幸福小区"}},
		{Title: "幸福小区门口的路坏了", Text: "门口那条路坑坑洼洼，一下雨就积水，孩子上学不好走。", Place: LetterPlace{Words: "幸福小区门口"}},
		{Title: "", Text: ""},
	} {
		list = append(list, l.Gist())
	}
	if found := cut.Gist().AlikeTo(list); len(found) != 2 || found[0] != 0 || found[1] != 1 {
		t.Errorf("alike are %v", found)
	}
}

// Letters as people write them, each about something else.
func TestLettersAboutDifferentMattersStayApart(t *testing.T) {
	content, err := os.ReadFile("../cmd/yuandu/sample/letters.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ Title, Text string }
	if err := json.Unmarshal(content, &list); err != nil {
		t.Fatal(err)
	}
	together := 0
	for i := range list {
		l := Letter{Title: list[i].Title, Text: list[i].Text}
		for j := range i {
			o := Letter{Title: list[j].Title, Text: list[j].Text}
			if l.Gist().Likeness(o.Gist()) >= alike {
				together++
				t.Logf("%s ~ %s", l.Title, o.Title)
			}
		}
	}
	if len(list) < 100 || together > 2 { // two of them are about one power cut
		t.Errorf("%d pairs of %d letters are taken for one matter", together, len(list))
	}
}

func TestAnExtensionThatEndsOnADayOffEndsOnTheNextWorkingDay(t *testing.T) {
	for _, c := range []struct{ until, due Day }{
		{"2026-12-18", "2026-12-18"},
		{"2026-12-19", "2026-12-21"}, // a Saturday
		{"2026-12-20", "2026-12-21"},
		{"2026-12-05", "2026-12-07"}, // the weekend just behind the old day
	} {
		l := Letter{State: LetterAssigned, Round: 1, Term: UsualTerm, AskedAt: moment(t, "2026-11-24 09:00:00"), ReceivedAt: moment(t, "2026-11-24 09:00:00")}
		if _, err := l.Extend(announced, c.until, LetterExtension{Why: "等管材", Plan: "月底换好", At: moment(t, "2026-11-25 09:00:00")}); err != nil {
			t.Errorf("until %s: %v", c.until, err)
			continue
		}
		if d, err := l.Deadline(announced); err != nil || d.Day != c.due {
			t.Errorf("until %s it is due %s (%v), want %s", c.until, d.Day, err, c.due)
		}
		if left := announced.WorkdaysLeft(c.due, c.due.Add(-1)); left < 1 {
			t.Errorf("the day before %s %d are left", c.due, left)
		}
	}
	for _, until := range []Day{"2026-12-01", "2026-11-28", "", "later"} {
		l := Letter{State: LetterAssigned, Round: 1, Term: UsualTerm, AskedAt: moment(t, "2026-11-24 09:00:00")}
		if _, err := l.Extend(announced, until, LetterExtension{At: moment(t, "2026-11-25 09:00:00")}); err == nil {
			t.Errorf("it can be extended until %q", until)
		}
	}
}
