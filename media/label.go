package media

import (
	"strings"
	"unicode/utf8"
)

// ordinal is a line that begins with a counted unit of a law: 第一章　总　则.
type ordinal struct {
	unit   string // 编, 分编, 章, 节, 条
	label  string // 第十二条之一, without the blanks that print puts into it
	number int
	sub    int // the number after 之
	rest   string
	apart  bool // a blank, or nothing, follows the label
}

// maxLabel is how many runes of a line can belong to its label.
const maxLabel = 24

func readOrdinal(s string) (ordinal, bool) {
	after, found := strings.CutPrefix(s, "第")
	if !found {
		return ordinal{}, false
	}
	digits, after := takeNumeral(after)
	number, ok := ChineseNumber(digits)
	if !ok {
		return ordinal{}, false
	}
	for _, unit := range []string{"条", "章", "节", "编", "分编"} {
		rest, found := strings.CutPrefix(after, unit)
		if !found {
			continue
		}
		o := ordinal{unit: unit, label: "第" + digits + unit, number: number, rest: rest}
		if unit == "条" {
			o.takeSub()
		}
		o.apart = o.rest == "" || trim(o.rest) != o.rest
		o.rest = trim(o.rest)
		return o, true
	}
	return ordinal{}, false
}

// takeSub reads the 之一 of an article that was put in later.
func (o *ordinal) takeSub() {
	after, found := strings.CutPrefix(o.rest, "之")
	if !found {
		return
	}
	digits, rest := takeNumeral(after)
	if sub, ok := ChineseNumber(digits); ok {
		o.sub, o.rest, o.label = sub, rest, o.label+"之"+digits
	}
}

// takeNumeral takes the numerals at the beginning of s, and the blanks among
// and behind them: 第一百二十四 条. The blanks stay with the rest where no unit
// of a law follows them.
func takeNumeral(s string) (digits, rest string) {
	var taken strings.Builder
	end, runes := 0, 0
	for i, r := range s {
		if runes++; runes > maxLabel || !isNumeral(r) && !isBlank(r) {
			break
		}
		if isNumeral(r) {
			taken.WriteRune(r)
			end = i + utf8.RuneLen(r)
		}
	}
	rest = s[end:]
	if tidy := trim(rest); startsWithAny(tidy, "条", "章", "节", "编", "分编") {
		rest = strings.TrimLeftFunc(rest, isBlank)
	}
	return taken.String(), rest
}

// refersOn begins what follows a label that is cited, not set: 第三条第二款.
var refersOn = []string{"第", "至", "到", "和", "及", "与", "或", "、", "，", ",", "。", "；", "规定", "所", "中", "的", "修改", "改为", "增加", "删", "相应", "之"}

func (o ordinal) isArticle() bool {
	return o.unit == "条" && (o.apart || !startsWithAny(o.rest, refersOn...))
}

// isDivision says whether the line is the heading of a part, a chapter or a
// section; marked is whether Markdown says so.
func (o ordinal) isDivision(marked bool) bool {
	if o.unit == "条" || utf8.RuneCountInString(o.rest) > 60 || holdsOrdinal(o.rest) {
		return false
	}
	if marked {
		return true
	}
	return isTitle(o.rest) && (o.apart || !startsWithAny(o.rest, refersOn...))
}

// holdsOrdinal finds the second chapter of a table of contents on one line.
func holdsOrdinal(s string) bool {
	for {
		_, after, found := strings.Cut(s, "第")
		if !found {
			return false
		}
		if o, ok := readOrdinal("第" + after); ok && o.unit != "条" && o.apart {
			return true
		}
		s = after
	}
}

// isTitle says whether a line is short and no sentence.
func isTitle(s string) bool {
	if utf8.RuneCountInString(s) > 40 || strings.Contains(s, "。") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune("；;。：:，,、", last)
}

// countWay says how the entries of a list are counted.
type countWay int

const (
	countNone    countWay = iota
	countOuter            // 一、
	countBracket          // （一）
	countInner            // 1. (1) ①
)

// count is a line that begins with the number of an entry.
type count struct {
	way    countWay
	label  string
	number int
	rest   string
}

func readCount(s string) count {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case first == '（' || first == '(':
		return readBracket(s, size)
	case first >= '①' && first <= '⒇', first >= '㈠' && first <= '㈩':
		return count{countInner, s[:size], 0, trim(s[size:])}
	case isNumeral(first) || units[first] > 0:
		return readBare(s)
	}
	return count{}
}

func readBracket(s string, size int) count {
	digits, rest := takeNumeral(s[size:])
	closing, width := utf8.DecodeRuneInString(rest)
	n, ok := ChineseNumber(digits)
	if !ok || closing != '）' && closing != ')' {
		return count{}
	}
	way := countBracket
	if startsWithDigit(digits) {
		way = countInner
	}
	return count{way, s[:size] + digits + string(closing), n, trim(rest[width:])}
}

// readBare reads 一、 and 1. and 1）. The point of a decimal is none, and a
// number of more than three digits is a year.
func readBare(s string) count {
	digits, rest := takeNumeral(s)
	n, ok := ChineseNumber(digits)
	mark, width := utf8.DecodeRuneInString(rest)
	if !ok || width == 0 || !strings.HasPrefix(s, digits) {
		return count{}
	}
	tail := rest[width:]
	switch {
	case !startsWithDigit(digits):
		if mark == '、' || mark == '．' || mark == '.' {
			return count{countOuter, digits + string(mark), n, trim(tail)}
		}
	case utf8.RuneCountInString(digits) <= 3 && strings.ContainsRune(".．、)）", mark) && !startsWithDigit(tail):
		return count{countInner, digits + string(mark), n, trim(tail)}
	}
	return count{}
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

func startsWithAny(s string, heads ...string) bool {
	for _, h := range heads {
		if strings.HasPrefix(s, h) {
			return true
		}
	}
	return false
}
