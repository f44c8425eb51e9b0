package check_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"yuandu/check"
	"yuandu/model"
)

func TestWhatNamesAPersonIsFoundAndLookAlikesAreNot(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       string // codes
	}{
		{"an identity number", "申请人身份证号11010519491231002X。", "personal.id_number"},
		{"one with blanks", "身份证 110105 19491231 002x", "personal.id_number"},
		{"in full-width digits", "１１０１０５１９４９１２３１００２Ｘ", "personal.id_number"},
		{"a wrong check digit is a number of something else", "编号110105194912310021", ""},
		{"a mobile phone", "联系电话：13800138000", "personal.phone"},
		{"with the country before it", "+86 138-0013-8000", "personal.phone"},
		{"an office's phone is public", "咨询电话：0536-8789688", ""},
		{"a bank card", "开户账号6222021234567890128", "personal.bank_card"},
		{"a project's code is none", "项目代码6222021234567890128", ""},
		{"a plate", "车牌鲁G12345已注销", "personal.plate"},
		{"a document number", "潍政发〔2026〕12号", ""},
		{"a budget", "共计1,234,567,890.12元", ""},
		{"a home", "住鸢飞路88号幸福小区3号楼2单元501室", "personal.address"},
		{"an office's address", "地址：鸢都市胜利东街99号", ""},
		{"a character that nobody sees", "通\u200b知", "hidden.invisible"},
		{"a radical for a character", "发\u2f42", "hidden.lookalike"},
		{"a mistyped word", "认真布署", "word.mistyped"},
		{"where it is right", "布署名单位", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules := check.Rules{Mistyped: []check.Mistype{{Wrong: "布署", Right: "部署", RightIn: []string{"布署名"}}}}
			var got []string
			for _, f := range check.Line("title", c.text, rules) {
				got = append(got, f.Code)
				if all := utf16.Encode([]rune(c.text)); f.Place.From < 0 || f.Place.From+f.Place.Len > len(all) {
					t.Errorf("%s stands outside of the text: %+v", f.Code, f.Place)
				}
				if strings.HasPrefix(f.Code, "personal.") && strings.Contains(c.text, f.Text) {
					t.Errorf("%s is not masked: %q", f.Code, f.Text)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q: found %v, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestAFindingInATableSaysItsCell(t *testing.T) {
	body := []model.Passage{{Kind: model.PassageText, Text: "名单如下"},
		{Kind: model.PassageTable, Rows: [][]string{{"姓名", "电话"}, {"张某", "13800138000"}}}}
	found := check.Text("body", body, check.Rules{})
	if len(found) != 1 || found[0].Place != (check.Place{Field: "body", Passage: 1, Row: 1, Cell: 1, Len: 11}) {
		t.Errorf("found %+v", found)
	}
}

func FuzzText(f *testing.F) {
	f.Add("身份证 110105 19491231 002x，电话13800138000\u200b")
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range check.Line("title", text, check.Rules{}) {
			if n := len(utf16.Encode([]rune(text))); found.Place.From < 0 || found.Place.From+found.Place.Len > n {
				t.Fatalf("%+v is outside of %q", found, text)
			}
		}
	})
}

func TestTheHousesListOfMistypesIsSound(t *testing.T) {
	rules := check.Rules{Mistyped: check.Mistypes()}
	if len(rules.Mistyped) < 40 {
		t.Fatalf("only %d words are listed", len(rules.Mistyped))
	}
	for _, m := range rules.Mistyped {
		if m.Wrong == m.Right || m.Right == "" {
			t.Errorf("%q is to be written %q", m.Wrong, m.Right)
		}
		if found := check.Line("title", "我们"+m.Wrong+"。", rules); len(found) == 0 || found[0].Hint["instead"] != m.Right {
			t.Errorf("%q is not found: %v", m.Wrong, found)
		}
		if found := check.Line("title", m.Right, rules); len(found) != 0 {
			t.Errorf("%q is right, and found: %v", m.Right, found)
		}
	}
	if found := check.Line("title", "以经济建设为中心，按排放标准，公园满意度", rules); len(found) != 0 {
		t.Errorf("right words are found: %v", found)
	}
}
