package media

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// level is a level of a list; further elements follow its format.
func level(format, text string, more ...string) string {
	return `<w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + strings.Join(more, "") + `<w:lvlText w:val="` + text + `"/>`
}

// listOf is a part with one list, in use as number 1.
func listOf(levels ...string) string {
	return abstract(0, "", levels...) + `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
}

func abstract(id int, more string, levels ...string) string {
	s := fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">`, id) + more
	for i, l := range levels {
		s += fmt.Sprintf(`<w:lvl w:ilvl="%d">%s</w:lvl>`, i, l)
	}
	return s + `</w:abstractNum>`
}

func num(id, list int, overrides string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, list, overrides)
}

const fromFive = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`

// numberedStyle is a style with an automatic number.
func numberedStyle(id, base, number string) string {
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + id + `"/><w:basedOn w:val="` + base + `"/>` +
		`<w:pPr><w:numPr>` + number + `</w:numPr></w:pPr></w:style>`
}

func TestAutomaticNumbersAreText(t *testing.T) {
	official := listOf(level("chineseCountingThousand", "第%1条"), level("chineseCounting", "（%2）"), level("decimal", "%3."))
	outline := listOf(level("decimal", "%1"), level("decimal", "%1.%2"), level("decimal", "%1.%2.%3"))
	for _, story := range []struct {
		name              string
		styles, numbering string
		body              string
		want              []string
	}{
		{"the numbers of a regulation", "", official,
			listed(1, 0, "为了保障住房。") + listed(1, 1, "无房；") + listed(1, 1, "面积小：") + listed(1, 2, "6平方米的；") +
				listed(1, 2, "共用的。") + listed(1, 0, "本条例。") + listed(1, 1, "重新开始。"),
			[]string{"第一条　为了保障住房。", "（一）无房；", "（二）面积小：", "1. 6平方米的；", "2.共用的。", "第二条　本条例。", "（一）重新开始。"}},
		{"levels that nobody was on count as begun, and do not move the first", "", outline,
			listed(1, 1, "甲") + listed(1, 1, "乙") + listed(1, 0, "丙") + listed(1, 2, "丁") + listed(1, 1, "戊"),
			[]string{"1.1 甲", "1.2 乙", "1 丙", "1.1.1 丁", "1.1 戊"}},
		{"all levels in plain digits", "", listOf(level("chineseCounting", "第%1章"), level("decimal", "%1.%2", `<w:isLgl/>`)),
			listed(1, 0, "总则") + listed(1, 1, "范围"), []string{"第一章　总则", "1.1 范围"}},
		{"a level goes on counting where it is told to", "",
			listOf(level("chineseCounting", "第%1章"), level("chineseCounting", "第%2条", `<w:lvlRestart w:val="0"/>`)),
			listed(1, 0, "甲") + listed(1, 1, "子") + listed(1, 0, "乙") + listed(1, 1, "丑"),
			[]string{"第一章　甲", "第一条　子", "第二章　乙", "第二条　丑"}},
		{"a level begins anew behind another than the next", "",
			listOf(level("decimal", "%1"), level("decimal", "%2)"), level("lowerLetter", "%3)", `<w:lvlRestart w:val="1"/>`)),
			listed(1, 0, "甲") + listed(1, 2, "子") + listed(1, 1, "乙") + listed(1, 2, "丑") + listed(1, 0, "丙") +
				listed(1, 2, "寅"),
			[]string{"1 甲", "a)子", "1)乙", "b)丑", "2 丙", "a)寅"}},
		{"two uses of a list count on, unless one begins anew", "",
			abstract(0, "", level("decimal", "%1.")) + num(1, 0, "") + num(2, 0, "") + num(3, 0, fromFive),
			listed(1, 0, "甲") + listed(2, 0, "乙") + listed(3, 0, "丙") + listed(3, 0, "丁") + listed(1, 0, "戊"),
			[]string{"1.甲", "2.乙", "5.丙", "6.丁", "7.戊"}},
		{"a use of a list may number differently", "",
			abstract(0, "", level("decimal", "%1.")) +
				num(1, 0, `<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">`+level("upperRoman", "%1、")+`</w:lvl></w:lvlOverride>`),
			listed(1, 0, "甲") + listed(1, 0, "乙"), []string{"I、甲", "II、乙"}},
		{"a list that is defined by a style elsewhere", numberedStyle("L", "", `<w:numId w:val="7"/>`),
			abstract(0, `<w:numStyleLink w:val="L"/>`) + abstract(1, `<w:styleLink w:val="L"/>`, level("ideographTraditional", "%1、")) +
				num(1, 0, "") + num(7, 1, ""),
			listed(1, 0, "子") + listed(1, 0, "丑"), []string{"甲、子", "乙、丑"}},
		{"styles bring their numbers, a paragraph may do without",
			numberedStyle("h", "", `<w:numId w:val="1"/>`) + numberedStyle("k", "h", "") + numberedStyle("l", "h", `<w:ilvl w:val="2"/>`),
			listOf(level("chineseCounting", "第%1章", `<w:pStyle w:val="h"/>`),
				level("chineseCounting", "第%2条", `<w:pStyle w:val="k"/>`), level("lowerRoman", "(%3)")),
			p("总则", "h") + p("目的", "k") + p("细目", "l") +
				`<w:p><w:pPr><w:pStyle w:val="k"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>` + run("无号") + `</w:p>`,
			[]string{"第一章　总则", "第一条　目的", "(i)细目", "无号"}},
		{"what stands behind the number", "",
			listOf(level("decimal", "附件%1", `<w:suff w:val="space"/>`), level("decimal", "%2", `<w:suff w:val="nothing"/>`),
				level("decimalEnclosedCircle", "%3")),
			listed(1, 0, "目录") + listed(1, 1, "：甲") + listed(1, 2, "乙"), []string{"附件1 目录", "1：甲", "①乙"}},
		{"the numbers of a column without any text", "", listOf(level("decimal", "%1")),
			tbl(tr(tc("", "序号"), tc("", "名称")), tr(`<w:tc>`+listed(1, 0, "")+`</w:tc>`, tc("", "甲")),
				tr(`<w:tc>`+listed(1, 0, "")+`</w:tc>`, tc("", "乙"))),
			[]string{"[序号|名称] [1|甲] [2|乙]"}},
		{"paragraphs that were deleted do not count", "", listOf(level("decimal", "%1.")),
			listed(1, 0, "甲") + `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>` +
				deleted("乙") + `</w:p>` + listed(1, 0, "丙"),
			[]string{"1.甲", "2.丙"}},
		{"a number that knows a form of its own", "",
			listOf(`<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>` +
				`<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1号"/>`),
			listed(1, 0, "甲"), []string{"001号 甲"}},
		{"a list that is nowhere defined has no numbers", "", "", listed(9, 0, "甲"), []string{"甲"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := reading(t, word{"styles": story.styles, "numbering": story.numbering, "body": story.body}.file(), nil)
			got := told(d.Passages)
			for i := range got {
				_, got[i], _ = strings.Cut(got[i], " ")
			}
			if !reflect.DeepEqual(got, story.want) {
				t.Errorf("read as\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(story.want, "\n"))
			}
		})
	}
}

func TestBulletsAreEntriesWithoutNumbers(t *testing.T) {
	tellDocx(t, []docxStory{{"a bullet has no place in a number either", word{
		"numbering": listOf(level("bullet", "\uf0b7"), level("decimal", "%1%2.")), "body": listed(1, 0, "甲") + listed(1, 1, "乙"),
	}, "", []string{"item 甲", "text 1.乙"}, ""}})
}

// What Word shows, from 1 to numbers of four digits.
func TestNumeralsAreThoseOfWord(t *testing.T) {
	for format, want := range map[string]map[int]string{
		"decimal":         {1: "1", 101: "101"},
		"decimalZero":     {9: "09", 10: "10"},
		"upperRoman":      {4: "IV", 1994: "MCMXCIV", 4000: "4000"},
		"lowerRoman":      {9: "ix"},
		"upperLetter":     {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
		"lowerLetter":     {2: "b", 28: "bb"},
		"chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 101: "一○一"},
		"chineseCountingThousand": {10: "十", 19: "十九", 20: "二十", 100: "一百", 101: "一百〇一", 110: "一百一十", 1005: "一千〇五",
			1050: "一千〇五十", 10001: "一万〇一", 12345: "一万二千三百四十五", 100000: "十万"},
		"japaneseCounting":           {10: "十", 21: "二十一", 101: "百一", 111: "百十一", 1000: "千"},
		"taiwaneseCountingThousand":  {101: "一百零一"},
		"chineseLegalSimplified":     {10: "壹拾", 11: "壹拾壹", 101: "壹佰零壹"},
		"ideographLegalTraditional":  {2: "貳"},
		"ideographDigital":           {10: "一〇", 101: "一〇一"},
		"ideographTraditional":       {1: "甲", 10: "癸", 11: "11"},
		"ideographZodiac":            {12: "亥", 13: "13"},
		"ideographZodiacTraditional": {1: "甲子", 60: "癸亥", 61: "61"},
		"decimalEnclosedCircle":      {1: "①", 20: "⑳", 21: "21"},
		"decimalEnclosedParen":       {3: "⑶"},
		"decimalEnclosedFullstop":    {3: "⒊"},
		"ideographEnclosedCircle":    {2: "㊁"},
		"decimalFullWidth":           {10: "１０"},
		"numberInDash":               {3: "- 3 -"},
		"ordinal":                    {1: "1st", 12: "12th", 22: "22nd"},
		"thaiLetters":                {3: "3"},
	} {
		for n, s := range want {
			if got := docxNumeral(format, n); got != s {
				t.Errorf("%d in %s is %q, wanted %q", n, format, got, s)
			}
		}
	}
}

// Whatever we can write, media can read: an article keeps its anchor.
func TestNumeralsOfDocumentsAreReadBack(t *testing.T) {
	for _, format := range []string{"decimal", "chineseCountingThousand", "ideographDigital", "decimalFullWidth"} {
		for n := 1; n < 2000; n++ {
			if got, ok := ChineseNumber(docxNumeral(format, n)); !ok || got != n {
				t.Fatalf("%d in %s is %s, which reads as %d", n, format, docxNumeral(format, n), got)
			}
		}
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("decimal", "%1.%2", 0, 3, []byte{0, 1, 1, 0, 2})
	f.Add("chineseCountingThousand", "第%1条%9%", 999999, 0, []byte{8, 8, 0})
	f.Add("lowerLetter", "%3%3%3%3", 500, 9, []byte{2, 2, 2})
	f.Fuzz(func(t *testing.T, format, text string, start, resets int, walk []byte) {
		list := &docxList{}
		for i := range list.levels {
			list.levels[i] = docxLevel{format: format, text: firstRunes(text, docxMaxLabel), resets: &resets, legal: i%2 > 0}
			list.levels[i].start = start & (1<<30 - 1)
		}
		n := &docxNum{list: list}
		for _, step := range walk {
			level := int(step) % docxLevels
			n.count(level)
			label := n.text(level)
			if utf8.RuneCountInString(label) > docxMaxLabel {
				t.Fatalf("a label of %d characters", utf8.RuneCountInString(label))
			}
			if level == 0 && list.counts[0] < start&(1<<30-1) {
				t.Fatalf("counted to %d from %d", list.counts[0], start)
			}
		}
	})
}
