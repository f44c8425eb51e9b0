package media

import (
	"fmt"
	"testing"

	"yuandu/model"
)

func TestAClauseIsTheSameWhateverItsNumber(t *testing.T) {
	n := 0
	fresh := func() string { n++; return fmt.Sprint("c", n) }
	first := Structure("第一条 为了规范停车，制定本办法。\n第二条 道路停车泊位前三十分钟免费。\n第三条 居住小区周边道路夜间可以临时停车。\n第四条 违反规定的，由公安机关处理。")
	before := Inherit(nil, first, nil, fresh)
	if len(before) != 4 || before[1].ID != "c2" || before[1].Label != "第二条" {
		t.Fatalf("of a first text: %+v", before)
	}
	second := Structure("第一条 为了规范停车，制定本办法。\n第二条 本办法适用于城区。\n第三条 道路停车泊位前六十分钟免费。\n第四条 违反规定的，由公安机关处理。")
	after := Inherit(first, second, before, fresh)
	ids := map[string]string{}
	for _, c := range model.StandingClauses(after) {
		ids[c.Label] = c.ID
	}
	if ids["第三条"] != "c2" || ids["第四条"] != "c4" || ids["第二条"] != "c5" || ids["第一条"] != "c1" {
		t.Errorf("renumbered, edited, added: %v", ids)
	}
	if gone := model.ClauseOf(after, "c3"); gone == nil || !gone.Gone || gone.Text == "" {
		t.Errorf("what was taken out is kept with its words: %+v", gone)
	}
	back := Inherit(second, first, after, fresh)
	if c := model.ClauseOf(back, "c3"); c == nil || !c.Gone {
		t.Errorf("what was taken out stays out, what comes back is new: %+v", back)
	}
}

func TestADraftWithoutArticlesIsSpokenToByItsHeadings(t *testing.T) {
	list := model.ClausesOf(Structure("一、目标\n到2030年每个街道有一处。\n二、布局\n老城区改造闲置用房。"))
	if len(list) != 2 || list[0].Label != "一、目标" || list[1].Text == "" {
		t.Errorf("%+v", list)
	}
}
