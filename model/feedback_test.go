package model

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// stands is a feedback in a state, with as many answers as that takes.
func stands(state FeedbackState, answers int) *Feedback {
	f := &Feedback{Kind: FeedbackMistake, State: state, AskedAt: at("2026-09-30"), DepartmentID: "民政"}
	for i := range answers {
		a := FeedbackAnswer{Outcome: OutcomeExplained, Text: "已说明"}
		if i < answers-1 || state != FeedbackAnswered {
			a.Rating = &FeedbackRating{Satisfaction: 2}
		}
		f.Answers = append(f.Answers, a)
	}
	return f
}

func at(day Day) time.Time { return day.Start().Add(15 * time.Hour) }

func TestAFeedbackGoesItsWayAndNoOther(t *testing.T) {
	now := at("2026-10-09")
	acts := map[string]func(*Feedback) ([]FeedbackEvent, error){
		"add": func(f *Feedback) ([]FeedbackEvent, error) { return f.Add("还有一处", now) },
		"answer": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Answer(FeedbackAnswer{Outcome: OutcomeCorrected, At: now})
		},
		"decline": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Answer(FeedbackAnswer{Outcome: OutcomeNotAccepted, At: now})
		},
		"solved": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Rate(FeedbackRating{Satisfaction: 5, Solved: true, At: now})
		},
		"unsolved": func(f *Feedback) ([]FeedbackEvent, error) { return f.Rate(FeedbackRating{Satisfaction: 1, At: now}) },
		"no stars": func(f *Feedback) ([]FeedbackEvent, error) { return f.Rate(FeedbackRating{Solved: true, At: now}) },
		"assign": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Assign(FeedbackEvent{DepartmentID: "教育", At: now})
		},
		"the same": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Assign(FeedbackEvent{DepartmentID: "民政", At: now})
		},
		"note": func(f *Feedback) ([]FeedbackEvent, error) {
			return f.Note(FeedbackEvent{Text: "已电话核实", At: now})
		},
	}
	for _, c := range []struct {
		name    string
		state   FeedbackState
		answers int
		act     string
		want    FeedbackState
		err     error
	}{
		{"what was received can be added to", FeedbackReceived, 0, "add", FeedbackReceived, nil},
		{"and is answered", FeedbackReceived, 0, "answer", FeedbackAnswered, nil},
		{"not accepting needs a reason", FeedbackReceived, 0, "decline", FeedbackReceived, ErrFeedbackReason},
		{"there is nothing to rate yet", FeedbackReceived, 0, "solved", FeedbackReceived, ErrFeedbackNoAnswer},
		{"another department may get it", FeedbackReceived, 0, "assign", FeedbackReceived, nil},
		{"but not the one that has it", FeedbackReceived, 0, "the same", FeedbackReceived, ErrFeedbackThere},
		{"what is answered is not added to", FeedbackAnswered, 1, "add", FeedbackAnswered, ErrFeedbackNotOpen},
		{"nor answered again", FeedbackAnswered, 1, "answer", FeedbackAnswered, ErrFeedbackNotOpen},
		{"nor given away", FeedbackAnswered, 1, "assign", FeedbackAnswered, ErrFeedbackNotOpen},
		{"solved, it is closed", FeedbackAnswered, 1, "solved", FeedbackClosed, nil},
		{"not solved, it is handled again", FeedbackAnswered, 1, "unsolved", FeedbackReopened, nil},
		{"without stars it is not rated", FeedbackAnswered, 1, "no stars", FeedbackAnswered, ErrFeedbackStars},
		{"what is handled again can be added to", FeedbackReopened, 1, "add", FeedbackReopened, nil},
		{"its first answer is rated once", FeedbackReopened, 1, "solved", FeedbackReopened, ErrFeedbackRated},
		{"it is answered again", FeedbackReopened, 1, "answer", FeedbackAnswered, nil},
		{"not solved the second time, it is closed", FeedbackAnswered, 2, "unsolved", FeedbackClosed, nil},
		{"closed, it is not answered", FeedbackClosed, 2, "answer", FeedbackClosed, ErrFeedbackNotOpen},
		{"nor rated", FeedbackClosed, 2, "solved", FeedbackClosed, ErrFeedbackRated},
		{"but notes can still be made", FeedbackClosed, 2, "note", FeedbackClosed, nil},
	} {
		f := stands(c.state, c.answers)
		steps, err := acts[c.act](f)
		if !errors.Is(err, c.err) && err != c.err || f.State != c.want {
			t.Errorf("%s: %s, %v", c.name, f.State, err)
		}
		if (err == nil) != (len(steps) > 0) {
			t.Errorf("%s: the steps are %v", c.name, steps)
		}
	}
}

func TestTheSecondHandlingHasItsOwnThreeDays(t *testing.T) {
	f := stands(FeedbackAnswered, 1)
	if _, err := f.Rate(FeedbackRating{Satisfaction: 1, At: at("2026-10-12")}); err != nil {
		t.Fatal(err)
	}
	if due, err := f.Due(announced); err != nil || due.Day != "2026-10-15" {
		t.Errorf("%s, %v", due.Day, err)
	}
}

func TestAFeedbackIsAddedToFiveTimesAtMost(t *testing.T) {
	f := stands(FeedbackReceived, 0)
	for n := range FeedbackAdditions + 1 {
		steps, err := f.Add("又想起一处", at("2026-10-09"))
		if full := n == FeedbackAdditions; errors.Is(err, ErrFeedbackFull) != full {
			t.Errorf("addition %d: %v", n+1, err)
		}
		f.Events = append(f.Events, steps...)
	}
}

func TestTheDeadlineOfAFeedbackKnowsTheHolidays(t *testing.T) {
	for _, c := range []struct {
		name       string
		asked, due Day
		says       string
	}{
		{"an ordinary week", "2026-11-24", "2026-11-27", "11月24日收到，次日起算，3 个工作日，其间无节假日"},
		{"over a weekend", "2026-11-26", "2026-12-01", "11月26日收到，次日起算，3 个工作日，其间无节假日"},
		{"on the eve of 国庆", "2026-09-30", "2026-10-10", "其间国庆节10月1日至7日放假，10月10日（周六）上班"},
		{"within 国庆", "2026-10-03", "2026-10-10", "其间国庆节10月4日至7日放假"},
		{"behind 国庆, a Saturday that is worked counts", "2026-10-08", "2026-10-12", "10月10日（周六）上班"},
		{"on the eve of 春节", "2026-02-13", "2026-02-25", "其间春节2月15日至23日放假"},
		{"into a year whose notice is missing", "2026-12-30", "2027-01-04", "2027年放假安排尚未公布"},
	} {
		f := stands(FeedbackReceived, 0)
		f.AskedAt = c.asked.Start().Add(24*time.Hour - time.Second)
		due, err := f.Due(announced)
		if err != nil || due.Day != c.due || !strings.Contains(f.WhyDue(due), c.says) {
			t.Errorf("%s: %s %s, %v", c.name, due.Day, f.WhyDue(due), err)
		}
		if f.IsOverdue(due, c.due) || !f.IsOverdue(due, c.due.Add(1)) {
			t.Errorf("%s: it is overdue from the wrong day on", c.name)
		}
	}
	again := stands(FeedbackReopened, 1)
	if why := again.WhyDue(due(t, announced, "2026-11-24", FeedbackWorkdays)); why != "11月24日重新办理，次日起算，3 个工作日，其间无节假日" {
		t.Errorf("what is handled once more is due because of %s", why)
	}
}

// The lists ask for what was asked before a day; the states for a deadline: both
// must mean the same, on every day of some years.
func TestWhatIsOverdueIsTheSameByTheListAndByTheDeadline(t *testing.T) {
	for today := Day("2024-01-10"); today < "2027-03-01"; today = today.Add(1) {
		last, err := announced.OverdueFrom(today, FeedbackWorkdays)
		if err != nil {
			t.Fatal(err)
		}
		for asked := today.Add(-25); asked <= today; asked = asked.Add(1) {
			due, err := announced.AddWorkdays(asked, FeedbackWorkdays)
			if err != nil {
				t.Fatal(err)
			}
			if (due.Day < today) != (asked <= last) {
				t.Fatalf("on %s what was asked on %s is due on %s, the list takes all up to %s", today, asked, due.Day, last)
			}
		}
	}
}

func TestTheDaysLeftAreWorkingDays(t *testing.T) {
	for _, c := range []struct {
		name       string
		due, today Day
		want       int
	}{
		{"three days", "2026-11-27", "2026-11-24", 3},
		{"the last day", "2026-11-27", "2026-11-27", 0},
		{"the weekend behind it counts as one", "2026-11-27", "2026-11-28", -1},
		{"the next Monday is one too", "2026-11-27", "2026-11-30", -1},
		{"and Tuesday two", "2026-11-27", "2026-12-01", -2},
		{"国庆 lies between", "2026-10-10", "2026-09-30", 3},
	} {
		if got := announced.WorkdaysLeft(c.due, c.today); got != c.want {
			t.Errorf("%s: %d days are left", c.name, got)
		}
	}
}

func TestAnAnswerIsOnTimeByTheCalendar(t *testing.T) {
	for answered, want := range map[Day]bool{"2026-09-30": true, "2026-10-10": true, "2026-10-11": false} {
		if ok, err := announced.WasOnTime("2026-09-30", answered, FeedbackWorkdays); err != nil || ok != want {
			t.Errorf("asked on the eve of 国庆, answered on %s: %v, %v", answered, ok, err)
		}
	}
}

func TestWhatIsWrittenIsKeptAsItCanBeRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"blanks around it go", "  第三条写错了\n ", "第三条写错了"},
		{"lines stay", "一\r\n二\n\n三", "一\n二\n\n三"},
		{"signs that nobody sees go", "一\x00二\x1b三", "一二三"},
		{"signs of joy stay", "谢谢👨‍👩‍👧", "谢谢👨‍👩‍👧"},
		{"blanks alone are nothing", " \n　", ""},
		{"too much is refused", strings.Repeat("长", FeedbackText+1), ""},
		{"as much as fits is not", strings.Repeat("长", FeedbackText), strings.Repeat("长", FeedbackText)},
	} {
		got, err := Written(c.text, FeedbackText)
		if got != c.want || (c.want == "") != errors.Is(err, ErrFeedbackText) {
			t.Errorf("%s: %.20q, %v", c.name, got, err)
		}
	}
}

func TestANumberIsReadOutLoud(t *testing.T) {
	for _, c := range []struct {
		prefix string
		n      int64
		want   string
	}{{"鸢", 318, "鸢馈2026-000318"}, {"", 1, "馈2026-000001"}, {"鸢", 1_000_001, "鸢馈2026-1000001"}} {
		if got := FeedbackSeries.Number(c.prefix, 2026, c.n); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
