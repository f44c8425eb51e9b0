package media

import "strings"

var (
	numerals = map[rune]int{'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	units    = map[rune]int{'十': 10, '百': 100, '千': 1000}
)

// ChineseNumber reads a whole number as documents count: 十二, 一百零五,
// 一千二百六十, 二〇二一, 〇, and 12 as well. It says no when s is something
// else, or greater than 99,999.
func ChineseNumber(s string) (int, bool) {
	if strings.ContainsAny(s, "十百千") {
		return numberByUnits(s)
	}
	return numberByDigits(s)
}

func isNumeral(r rune) bool {
	_, digit := digitOf(r)
	return digit || units[r] > 0
}

func digitOf(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '０' && r <= '９':
		return int(r - '０'), true
	}
	d, ok := numerals[r]
	return d, ok
}

func numberByDigits(s string) (int, bool) {
	n, length := 0, 0
	for _, r := range s {
		d, ok := digitOf(r)
		if !ok || length == 5 {
			return 0, false
		}
		n, length = n*10+d, length+1
	}
	return n, length > 0
}

// numberByUnits reads 一百零五: a digit before each unit, the units falling,
// and 十 alone for 一十.
func numberByUnits(s string) (int, bool) {
	total, digit, last := 0, -1, 10_000
	for _, r := range s {
		if unit := units[r]; unit > 0 {
			if unit >= last || digit == 0 || digit < 0 && unit != 10 {
				return 0, false
			}
			total, digit, last = total+max(digit, 1)*unit, -1, unit
			continue
		}
		d, ok := numerals[r]
		if !ok || digit > 0 {
			return 0, false
		}
		digit = d
	}
	return total + max(digit, 0), true
}
