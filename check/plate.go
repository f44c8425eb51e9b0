package check

import (
	"regexp"
	"strings"
)

var (
	// plate is a number plate of GA 36: five signs after the province and the
	// city's letter, six of a new energy car, four before 学, 警, 港, 澳 and so on.
	plate = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• -]?` +
		`(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[学警港澳挂试领使]|[A-HJ-NP-Z0-9]{5})`)
	twoDigits = regexp.MustCompile(`\d.*\d`)
	// noPlate are words before which the same signs are a permit or a batch.
	noPlate = []string{"证", "编号", "备案", "批号", "字第", "文号", "代码", "型号", "许可"}
)

// plates finds number plates of cars.
func (s *sheet) plates() {
	if !strings.ContainsFunc(s.plain, isCapital) {
		return
	}
	for _, at := range plate.FindAllStringIndex(s.plain, -1) {
		found := span{at[0], at[1]}
		text, after := s.plain[found.from:found.to], s.ahead(found.to, 3)
		if after != "" && (isWordByte(after[0]) || after[0] == '-' && len(after) > 1 && isDigit(after[1])) {
			continue
		}
		if !twoDigits.MatchString(text) || s.inLink(found) || endsNear(s.back(found.from, 18), noPlate) {
			continue
		}
		s.add(found, Finding{Code: "personal.plate", Severity: Ask, Text: mask(text)})
	}
}

func isCapital(r rune) bool { return r >= 'A' && r <= 'Z' }

// endsNear says whether a word stands at the end of text, but for 号, 为 and signs.
func endsNear(text string, words []string) bool {
	for len(text) > 0 {
		if endsWithAny(text, words...) {
			return true
		}
		rest := trimEnd(text)
		if rest == text {
			return false
		}
		text = rest
	}
	return false
}
