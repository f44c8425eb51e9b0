package model_test

import (
	"slices"
	"testing"

	"yuandu/model"
)

func TestAPlaceInTheGazetteIsReadAsPeopleTypeIt(t *testing.T) {
	for text, want := range map[string]model.GazettePlace{
		"公报 2021年第3期 第12页":    {Year: 2021, Number: 3, Page: 12},
		"公报２０２１年第３期第１２页":      {Year: 2021, Number: 3, Page: 12},
		"鸢都市人民政府公报2021年第3期":   {Year: 2021, Number: 3},
		"《鸢都市人民政府公报》2021年第3期": {Year: 2021, Number: 3},
		"2021年第3期":             {Year: 2021, Number: 3},
		"2021年3期 P12":          {Year: 2021, Number: 3, Page: 12},
		"公报二〇二一年第十二期":          {Year: 2021, Number: 12},
		"公报2021年第3期（总第120期）5页": {Year: 2021, Number: 3, Page: 5},
		"公报2021年第二十一期第三十页":     {Year: 2021, Number: 21, Page: 30},
	} {
		if got, ok := model.ParseGazettePlace(text); !ok || got != want {
			t.Errorf("%s is read as %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"公报", "2021年", "社会保险", "公报2021年第0期", "2021年第3期社保", "鸢政发〔2021〕3号", "关于2021年第3期培训班的通知"} {
		if got, ok := model.ParseGazettePlace(text); ok {
			t.Errorf("%s is read as %v", text, got)
		}
	}
	p := model.GazettePlace{Year: 2021, Number: 3, Page: 12}
	if p.String() != "2021年第3期第12页" || p.Address() != "/gazettes/2021/3?page=12" {
		t.Error(p.String(), p.Address())
	}
}

func TestTheFrontOfAnIssueSaysWhichItIs(t *testing.T) {
	for _, c := range []struct {
		front, name string
		want        model.GazetteFace
	}{
		{"鸢都市人民政府公报\n2021 年 第 3 期（总第 120 期）\n2021年6月30日出版", "x.pdf",
			model.GazetteFace{Year: 2021, Number: 3, Day: "2021-06-30", Name: "鸢都市人民政府公报"}},
		{"二〇一九年第一期", "", model.GazetteFace{Year: 2019, Number: 1}},
		{"目录\n关于社保的通知", "公报2020年第12期.pdf", model.GazetteFace{Year: 2020, Number: 12}},
		{"", "gazette-2020-05.pdf", model.GazetteFace{Year: 2020, Number: 5}},
		{"1978年1月2日会议纪要", "2020年第2期.pdf", model.GazetteFace{Year: 2020, Number: 2}},
		{"", "扫描件.pdf", model.GazetteFace{}},
	} {
		if got := model.ReadGazetteFace(c.front, c.name); got != c.want {
			t.Errorf("%q in %s is read as %+v", c.front, c.name, got)
		}
	}
}

func TestWhatAPersonMendedStaysWhenTheIssueComesInAgain(t *testing.T) {
	piece := func(number, title string, first int) model.GazettePieceDraft {
		return model.GazettePieceDraft{Title: title, DocNumber: number, First: first, Last: first, Bottom: 1}
	}
	before := &model.GazetteDraft{Year: 2021, Number: 3, Title: "公报", Pieces: []model.GazettePieceDraft{
		piece("鸢政发〔2021〕1号", "关于甲的通知", 1), piece("鸢政发〔2021〕2号", "关于乙的通知", 2), piece("", "人事任免", 3), piece("", "广告", 4)}}
	mine := *before
	mine.Day, mine.Missing = "2021-06-30", "第 5 页原刊缺"
	mine.Texts = []model.GazetteText{{Page: 2, Body: "改过的字"}}
	mine.Pieces = slices.Clone(before.Pieces[:3]) // the last one is taken out
	for n := range mine.Pieces {
		mine.Pieces[n].ID = string(rune('A' + n))
	}
	mine.Pieces[0].Title, mine.Pieces[0].Last = "关于甲的补充通知", 2
	mine.Pieces[1].PolicyID, mine.Pieces[1].Link = "policy", model.LinkConfirmed
	mine.Pieces = append(mine.Pieces, model.GazettePieceDraft{ID: "E", Title: "自己加的", First: 6, Last: 6})
	now := &model.GazetteDraft{Year: 2021, Number: 4, Day: "2021-07-01", Title: "公报", FileID: "new", Pieces: []model.GazettePieceDraft{
		piece("鸢政发〔2021〕1号", "关于甲的通知", 2), piece("鸢政发〔2021〕2号", "关于乙的通知", 3), piece("鸢政发〔2021〕9号", "关于丙的通知", 5), piece("", "广告", 4)}}

	got := model.RemakeGazette(&mine, before, now)
	if got.FileID != "new" || got.Number != 4 || got.Day != "2021-06-30" || got.Missing == "" || len(got.Texts) != 1 {
		t.Errorf("the issue is %+v", got)
	}
	want := []model.GazettePieceDraft{
		{ID: "A", Title: "关于甲的补充通知", DocNumber: "鸢政发〔2021〕1号", First: 2, Last: 2, Bottom: 1},
		{ID: "B", Title: "关于乙的通知", DocNumber: "鸢政发〔2021〕2号", First: 3, Last: 3, Bottom: 1, PolicyID: "policy", Link: model.LinkConfirmed},
		{Title: "关于丙的通知", DocNumber: "鸢政发〔2021〕9号", First: 5, Last: 5, Bottom: 1},
		{ID: "E", Title: "自己加的", First: 6, Last: 6},
	}
	if !slices.Equal(got.Pieces, want) {
		t.Errorf("the pieces are\n%+v\nnot\n%+v", got.Pieces, want)
	}
}

func TestAFileThatDoesNotSayWhichIssueItIsTakesNothingAway(t *testing.T) {
	was := &model.GazetteDraft{Year: 2019, Number: 2, Day: "2019-03-01", Title: "鸢都市人民政府公报 2019年第2期", FileID: "old"}
	got := model.RemakeGazette(was, was, &model.GazetteDraft{Title: "鸢都市人民政府公报", FileID: "new"})
	if got.Year != 2019 || got.Number != 2 || got.Day != "2019-03-01" || got.Title != was.Title || got.FileID != "new" {
		t.Errorf("the issue is %+v", got)
	}
}

func TestAYearShowsWhichIssuesAreHere(t *testing.T) {
	y := &model.GazetteYear{Year: 2026, Issues: 12, Gaps: map[int]string{2: "当月没有出版"}}
	grid := y.Grid([]model.GazetteIssue{{Number: 1}, {Number: 4}}, "2026-08-15")
	var states []model.GazetteState
	for _, c := range grid {
		states = append(states, c.State)
	}
	want := []model.GazetteState{"public", "explained", "missing", "public", "missing", "missing", "coming", "coming", "coming", "coming", "coming", "coming"}
	if !slices.Equal(states, want) {
		t.Errorf("the year is %v", states)
	}
	if got := model.Missing(grid); !slices.Equal(got, []int{3, 5, 6}) {
		t.Errorf("missing are %v", got)
	}
	if got := model.Missing(y.Grid(nil, "2027-02-01")); len(got) != 11 {
		t.Errorf("a year later %v are missing", got)
	}
	unruled := &model.GazetteYear{Year: 2020}
	if got := model.Missing(unruled.Grid([]model.GazetteIssue{{Number: 3}}, "2026-08-15")); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("without a rule %v are missing", got)
	}
}
