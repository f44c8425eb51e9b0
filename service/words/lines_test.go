package words

import (
	"reflect"
	"strings"
	"testing"

	"yuandu/model"
)

// read reads lines into a list that holds nothing of the city's.
func read(list model.WordList, text string) []Line {
	lines := split(text)
	h := &held{list: list, shipped: shipped(list), today: "2026-11-26"}
	h.read(lines)
	return lines
}

func TestLinesAreReadHoweverPeopleWriteThem(t *testing.T) {
	same := func(words ...string) model.WordContent { return model.WordContent{Words: words} }
	for _, c := range []struct {
		list model.WordList
		line string
		want model.WordContent
	}{
		{model.SynonymWords, "校车 = 学生接送车", same("校车", "学生接送车")},
		{model.SynonymWords, "校车、学生接送车， 接送车", same("校车", "学生接送车", "接送车")},
		{model.SynonymWords, "校车,学生接送车", same("校车", "学生接送车")},
		{model.SynonymWords, "校车 -> 学生接送车、接送车 | 常问", model.WordContent{Words: []string{"校车", "学生接送车", "接送车"}, OneWay: true, Note: "常问"}},
		{model.SynonymWords, "单向,校车、学生接送车,常问", model.WordContent{Words: []string{"校车", "学生接送车"}, OneWay: true, Note: "常问"}},
		{model.SynonymWords, "同义\t校车、学生接送车", same("校车", "学生接送车")},
		{model.MistypedWords, "潍方→潍坊", model.WordContent{Words: []string{"潍方"}, Instead: "潍坊"}},
		{model.MistypedWords, "潍方\t潍坊\t地名\t潍方言\t必须改正", model.WordContent{Words: []string{"潍方"}, Instead: "潍坊", Note: "地名", RightIn: []string{"潍方言"}, Severity: "stop"}},
		{model.MistypedWords, `潍方,潍坊,"见通知，A>B"`, model.WordContent{Words: []string{"潍方"}, Instead: "潍坊", Note: "见通知，A>B"}},
		{model.ForbiddenWords, "刁民 | 不尊重人", model.WordContent{Words: []string{"刁民"}, Note: "不尊重人"}},
		{model.ForbiddenWords, "刁民 => 群众 | 不尊重人 | 刁民记 | 改正或说明", model.WordContent{Words: []string{"刁民"}, Instead: "群众", Note: "不尊重人", RightIn: []string{"刁民记"}, Severity: "ask"}},
		{model.HotWords, "消费券 | 显示 | 2026-12-31", model.WordContent{Words: []string{"消费券"}, Until: "2026-12-31", Position: 1}},
		{model.HotWords, "拆迁 | 隐藏", model.WordContent{Words: []string{"拆迁"}, Hidden: true}},
	} {
		lines := read(c.list, c.line)
		if len(lines) != 1 || lines[0].Problem != nil {
			t.Errorf("%s: %+v", c.line, lines)
			continue
		}
		got := lines[0].Entry.WordContent
		if len(got.RightIn) == 0 {
			got.RightIn = nil
		}
		if c.want.Position == 1 {
			c.want.Position = got.Position
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s is read as %+v", c.line, got)
		}
	}
}

func TestAWrongLineSaysWhatIsWrongInItsPlace(t *testing.T) {
	for _, c := range []struct {
		list       model.WordList
		line, code string
	}{
		{model.SynonymWords, "车 = 校车", "word.short"},
		{model.SynonymWords, "校车", "word.few"},
		{model.SynonymWords, "社会保险 = 社保", ""}, // known already, and so left alone
		{model.SynonymWords, "社保 → 社会保险", "word.known"},
		{model.MistypedWords, "潍方", "word.instead"},
		{model.MistypedWords, "潍坊 → 潍坊", "word.same"},
		{model.MistypedWords, "布署 → 布防", "word.shipped"},
		{model.MistypedWords, "潍方 → 布署", "word.contradicts"},
		{model.MistypedWords, "部署 → 安排", "word.contradicts"},
		{model.MistypedWords, "潍方 → 潍坊 | | 别处", "word.right_in"},
		{model.MistypedWords, "潍方 → 潍坊 | | | 大概", "word.severity"},
		{model.ForbiddenWords, "字 → 词", "word.short"},
		{model.ForbiddenWords, "<b>加粗</b>", "word.sign"},
		{model.HotWords, "加微信办证", "word.unfit"},
		{model.HotWords, "消费券 | 显示 | 2026-11-01", "word.until"},
		{model.HotWords, "消费券 | 也许", "word.line"},
		{model.SynonymWords, strings.Repeat("长", 400), "word.line"},
	} {
		lines := read(c.list, c.line)
		got := ""
		if lines[0].Problem != nil {
			got = lines[0].Problem.Code
		}
		if got != c.code {
			t.Errorf("%s: %q, want %q", c.line, got, c.code)
		}
	}
	lines := read(model.MistypedWords, "# 说明\n\n潍方 → 潍坊\n潍方 → 潍城\n误写,正写\n昌易\t昌邑")
	if len(lines) != 4 || lines[0].N != 3 || lines[1].Problem == nil || lines[1].Problem.Code != "word.taken" || !lines[2].Same || lines[3].Problem != nil {
		t.Errorf("%+v", lines)
	}
}

func TestWordsThatLeadBackToThemselvesAreRefused(t *testing.T) {
	lines := read(model.SynonymWords, "甲证 → 乙证\n乙证 → 丙证、丁证\n丙证 → 甲证\n丁证 = 甲证")
	if p := lines[2].Problem; p == nil || p.Code != "word.loop" || p.Args["path"] != "丙证 → 甲证 → 乙证 → 丙证" {
		t.Errorf("%+v", p)
	}
	if lines[3].Problem != nil {
		t.Errorf("a group is no way back: %v", lines[3].Problem)
	}
}

// Whatever is pasted, nothing breaks, and what was taken is exported so that it is
// read as the same again.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"校车 = 接送车", "潍方 → 潍坊 | 地名 | 潍方言 | 必须改正", "单向,校车、接送车,\"a,b\"", "'=甲乙,丙丁", "消费券\t显示\t2026-12-31\t'-", "误写,正写\n\"甲\"\"乙\",丙丁"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, list := range model.WordLists() {
			for _, l := range read(list, text) {
				if l.Problem != nil || l.Same {
					continue
				}
				row := cellsOf(l.Entry)
				for i := range row {
					row[i] = harmless(row[i])
				}
				for form, written := range map[string]string{"line": lineOf(l.Entry), "row": strings.Join(row, "\t")} {
					again := read(list, written)
					if len(again) != 1 || again[0].Problem != nil || again[0].Entry.Name != l.Entry.Name || again[0].Entry.Instead != l.Entry.Instead ||
						again[0].Entry.Note != l.Entry.Note || again[0].Entry.Severity != l.Entry.Severity || again[0].Entry.OneWay != l.Entry.OneWay {
						t.Errorf("%s: %q (%+v) is exported as the %s %q and read as %+v", list, l.Text, l.Entry, form, written, again)
					}
				}
			}
		}
	})
}
