package check

import (
	"regexp"
	"strings"
	"time"
)

// personal finds what names a person or leads to one (个人信息保护法 art. 4, 28).
func (s *scan) personal() {
	s.numbers()
	for _, at := range plate.FindAllStringIndex(s.text, -1) {
		s.add(Finding{Code: "personal.plate", Severity: Ask}, at[0], at[1], masked(s.text[at[0]:at[1]], 2))
	}
	for _, at := range home.FindAllStringIndex(s.text, -1) {
		s.add(Finding{Code: "personal.address", Severity: Ask}, at[0], at[1], masked(s.text[at[0]:at[1]], 3))
	}
}

var (
	// long is a number that may be an identity card, a bank card or a telephone;
	// people put blanks and hyphens into it.
	long  = regexp.MustCompile(`[0-9０-９](?:[ \x{3000}-]?[0-9０-９]){9,21}[XxＸｘ]?`)
	plate = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警港澳挂]`)
	home  = regexp.MustCompile(`[\p{Han}0-9]{2,20}(?:小区|花园|公寓|家园|村|苑|里|号)[\p{Han}0-9]{0,8}[0-9一二三四五六七八九十]+(?:号楼|栋|幢|楼)[0-9一二三四五六七八九十]*(?:单元|门)?[0-9一二三四五六七八九十]+(?:室|户|号)`)
)

func (s *scan) numbers() {
	for _, at := range long.FindAllStringIndex(s.text, -1) {
		digits := plain(s.text[at[0]:at[1]])
		if code := personalNumber(digits, s.text[:at[0]]); code != "" {
			s.add(Finding{Code: code, Severity: Stop}, at[0], at[1], masked(digits, 3))
		}
	}
}

// personalNumber says what a number of digits is, "" where it names nobody.
func personalNumber(digits, before string) string {
	switch {
	case isIdentity(digits):
		return "personal.id_number"
	case isMobile(digits):
		return "personal.phone"
	case isBankCard(digits) && !endsWithAny(before, "编码", "代码", "编号", "文号", "项目", "订单"):
		return "personal.bank_card"
	}
	return ""
}

// plain is a number without what stands between its digits.
func plain(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("XxＸｘ", r):
			return 'X'
		}
		return -1
	}, number)
}

var weights = []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// isIdentity looks at the check digit and the date of birth (GB 11643-1999).
func isIdentity(n string) bool {
	if len(n) != 18 || strings.Contains(n[:17], "X") || n[0] == '0' || n[0] == '9' {
		return false
	}
	if born, err := time.Parse("20060102", n[6:14]); err != nil || born.Year() < 1900 {
		return false
	}
	sum := 0
	for i, w := range weights {
		sum += int(n[i]-'0') * w
	}
	return "10X98765432"[sum%11] == n[17]
}

// isMobile knows 11 digits, with or without +86 before them.
func isMobile(n string) bool {
	if len(n) == 13 {
		n = strings.TrimPrefix(n, "86")
	}
	return len(n) == 11 && n[0] == '1' && n[1] >= '3' && !strings.Contains(n, "X")
}

// isBankCard looks at the beginning and the check digit (Luhn, GB/T 15694.1).
func isBankCard(n string) bool {
	if len(n) < 16 || len(n) > 19 || strings.Contains(n, "X") || !strings.HasPrefix(n, "62") && n[0] != '4' && n[0] != '5' {
		return false
	}
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// masked keeps the first characters of a secret and hides the rest.
func masked(secret string, keep int) string {
	r := []rune(secret)
	keep = min(keep, len(r))
	return string(r[:keep]) + strings.Repeat("*", len(r)-keep)
}

func endsWithAny(s string, ends ...string) bool {
	s = strings.TrimRight(s, "：: 　为是")
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
