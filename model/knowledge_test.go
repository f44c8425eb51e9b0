package model_test

import (
	"slices"
	"testing"
	"time"

	"yuandu/model"
)

func TestAnEntryStandsUntilSomethingItRestsOnEnds(t *testing.T) {
	for _, c := range []struct {
		about  string
		days   model.Days
		public bool
		usable bool
		until  model.Day
	}{
		{"a policy in force", model.Days{}, true, true, "2027-05-23"},
		{"one that lapses before the review", model.Days{Expiry: "2026-12-31"}, true, true, "2026-12-31"},
		{"one that has lapsed since", model.Days{Expiry: "2026-11-24"}, true, false, "2026-11-24"},
		{"one that had lapsed when the office spoke", model.Days{Expiry: "2026-11-23"}, true, true, "2027-05-23"},
		{"one that is repealed", model.Days{Repealed: "2026-11-25"}, true, false, "2026-11-24"},
		{"one that is said to be repealed", model.Days{Stated: model.Repealed}, true, false, "2027-05-23"},
		{"one that is no longer public", model.Days{}, false, false, "2027-05-23"},
	} {
		k := model.Knowledge{State: model.KnowledgeDraft, Months: 6, Basis: []model.KnowledgeBasis{{Title: "办法", Days: c.days, Public: c.public}}}
		if err := k.Use("2026-11-24"); err != nil {
			t.Fatal(err)
		}
		if got := k.IsUsable("2026-11-25"); got != c.usable || k.GoodUntil() != c.until {
			t.Errorf("%s: usable %v until %s", c.about, got, k.GoodUntil())
		}
	}
}

func TestAnEntryGoesOnlyTheWaysThereAre(t *testing.T) {
	k := model.Knowledge{State: model.KnowledgeDraft, Months: 3}
	asked := model.KnowledgeRequest{Note: "标准改了", At: time.Date(2026, 11, 24, 12, 0, 0, 0, model.Shanghai)}
	for _, step := range []struct {
		do func() error
		ok bool
	}{{func() error { return k.Review("2026-11-24") }, false}, {func() error { return k.Ask(asked) }, false}, {func() error { return k.Use("2026-11-24") }, true},
		{func() error { return k.Use("2026-11-24") }, false}, {func() error { return k.Ask(asked) }, true}, {k.Retire, true}, {k.Retire, false},
		{func() error { return k.Use("2026-11-30") }, true}} {
		if err := step.do(); (err == nil) != step.ok {
			t.Errorf("%+v: %v", k, err)
		}
	}
	if k.ReviewDay != "2027-02-28" && k.ReviewDay != "2027-03-02" || k.Request != nil {
		t.Errorf("used again, it is %+v", k)
	}
	if d := k.Doubts("2027-03-02"); len(d) != 1 || d[0].Kind != model.DoubtOverdue {
		t.Errorf("on its day there are %v", d)
	}
}

func TestATemplateHasOnlyTheBlanksThereAre(t *testing.T) {
	for text, ok := range map[string]bool{"{{称呼}}您好，{{ 编号 }}": true, "没有空": true, "{{姓名}}": false, "{{}}": false, "{{称呼}": false, "称呼}}": false,
		"{{{{称呼}}}}": false, "【待填：称呼】": false, "{一层}": true} {
		if err := model.CheckBlanks(text); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	filled, left := model.Fill("{{称呼}}，{{ 编号 }}，{{称呼}}", map[model.Blank]string{model.BlankNumber: "鸢都2026-000318"})
	if filled != "【待填：称呼】，鸢都2026-000318，【待填：称呼】" || !slices.Equal(left, []model.Blank{model.BlankName}) {
		t.Errorf("filled it is %s, left are %v", filled, left)
	}
	if got := model.Unfilled(filled + "{{今天}}"); !slices.Equal(got, []string{"称呼", "今天"}) {
		t.Errorf("left are %v", got)
	}
}
