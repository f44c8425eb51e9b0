package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func saying(clause string, stance Stance, texts ...string) (list []Opinion) {
	for n, text := range texts {
		list = append(list, Opinion{ID: fmt.Sprint(clause, n), ClauseID: clause, Stance: stance, Text: text})
	}
	return list
}

func TestOpinionsThatSayTheSameAreProposedAsOne(t *testing.T) {
	list := saying("12", StanceChange, "电梯维修资金申请太慢，应当规定多少天内办完。", "电梯维修资金申请太慢，应该规定几天内办完！", "物业费不能说涨就涨。")
	list = append(list, saying("13", StanceChange, "电梯维修资金申请太慢，应当规定多少天内办完。")...)
	list = append(list, saying("12", StanceAgainst, "电梯维修资金申请太慢，应当规定多少天内办完。")...)
	list = append(list, saying("12", StanceSupport, "", "")...)
	if got := fmt.Sprint(AlikeOpinions(list)); got != "[[0 1]]" {
		t.Errorf("of another clause or stance, or without words, none is the same: %s", got)
	}
}

func TestFiveHundredOfTheSameWordsAreOne(t *testing.T) {
	var texts []string
	for n := range 500 {
		texts = append(texts, "坚决反对在小区门口建垃圾站"+strings.Repeat("！", n%5))
	}
	list := append(saying("3", StanceAgainst, texts...), saying("3", StanceAgainst, "请公开选址的环评报告和比选方案")...)
	begun := time.Now()
	groups := AlikeOpinions(list)
	if len(groups) != 1 || len(groups[0]) != 500 {
		t.Errorf("%d groups", len(groups))
	}
	t.Logf("501 opinions in %v", time.Since(begun))
}

func TestAnOpinionTellsWhatIsWrongWithIt(t *testing.T) {
	for name, c := range map[string]struct {
		o    Opinion
		want error
	}{
		"no stance":            {Opinion{Text: "好"}, ErrOpinionStance},
		"only emptiness":       {Opinion{Stance: StanceAgainst, Text: " \n\t "}, ErrOpinionEmpty},
		"20,000 characters":    {Opinion{Stance: StanceChange, Text: strings.Repeat("长", 20000)}, ErrOpinionLong},
		"a long wording":       {Opinion{Stance: StanceChange, Wording: strings.Repeat("长", OpinionWording+1)}, ErrOpinionLong},
		"support without word": {Opinion{Stance: StanceSupport}, nil},
		"only emoji":           {Opinion{Stance: StanceSupport, Text: "👍"}, nil},
	} {
		err := c.o.Read()
		if c.want == nil && err != nil || c.want != nil && (err == nil || !c.want.(*Error).Is(err)) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAPeriodCountsBothEnds(t *testing.T) {
	for _, c := range []struct {
		opens, closes Day
		days          int
	}{{"2026-11-24", "2026-12-23", 30}, {"2026-11-24", "2026-11-24", 1}, {"2026-11-24", "2026-11-23", 0}, {"", "2026-11-23", 0}, {"2028-02-01", "2028-03-01", 30}} {
		if got := Period(c.opens, c.closes); got != c.days {
			t.Errorf("%s to %s: %d, want %d", c.opens, c.closes, got, c.days)
		}
	}
	if !(&ConsultationDraft{Opens: "2026-11-24", Closes: "2026-12-22"}).IsShort() || (&ConsultationDraft{Opens: "2026-11-24", Closes: "2026-12-23"}).IsShort() {
		t.Error("twenty-nine days are short, thirty are not")
	}
}
