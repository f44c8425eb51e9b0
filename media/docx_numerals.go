package media

import (
	"fmt"
	"strconv"
	"strings"
)

// docxNumeral writes a number as Word does in one of its formats. What a format
// has no sign for, and formats that nobody uses in China, are written 1, 2, 3.
func docxNumeral(format string, n int) string {
	if write := docxNumerals[format]; write != nil && n >= 0 {
		if s := write(n); s != "" {
			return s
		}
	}
	return strconv.Itoa(n)
}

// docxNumerals writes the formats of ECMA-376 part 1 section 17.18.59, "" for
// numbers without a sign. Where the standard and Word disagree (一百〇一), it
// is Word that people have before them.
var docxNumerals = map[string]func(n int) string{
	"decimalZero":  func(n int) string { return fmt.Sprintf("%02d", n) },
	"numberInDash": func(n int) string { return fmt.Sprintf("- %d -", n) },
	"ordinal":      ordinalNumeral,
	"upperRoman":   romanNumeral,
	"lowerRoman":   func(n int) string { return strings.ToLower(romanNumeral(n)) },
	"upperLetter":  func(n int) string { return docxLetters('A', n) },
	"lowerLetter":  func(n int) string { return docxLetters('a', n) },

	"decimalFullWidth":             docxDigits("０１２３４５６７８９"),
	"decimalFullWidth2":            docxDigits("０１２３４５６７８９"),
	"ideographDigital":             docxDigits("〇一二三四五六七八九"),
	"japaneseDigitalTenThousand":   docxDigits("〇一二三四五六七八九"),
	"taiwaneseDigital":             docxDigits("○一二三四五六七八九"),
	"decimalEnclosedCircle":        docxSigns('①', 20),
	"decimalEnclosedCircleChinese": docxSigns('①', 20),
	"decimalEnclosedFullstop":      docxSigns('⒈', 20),
	"decimalEnclosedParen":         docxSigns('⑴', 20),
	"ideographEnclosedCircle":      docxSigns('㊀', 10),
	"ideographTraditional":         docxOneOf(heavenlyStems),
	"ideographZodiac":              docxOneOf(earthlyBranches),
	"ideographZodiacTraditional":   stemsAndBranches,

	"chineseCounting":           shortCounting,
	"taiwaneseCounting":         shortCounting,
	"chineseCountingThousand":   docxCounting{"〇一二三四五六七八九", "十百千万", true, true, false}.write,
	"taiwaneseCountingThousand": docxCounting{"零一二三四五六七八九", "十百千萬", true, true, false}.write,
	"japaneseCounting":          docxCounting{"〇一二三四五六七八九", "十百千万", false, true, true}.write,
	"chineseLegalSimplified":    docxCounting{"零壹贰叁肆伍陆柒捌玖", "拾佰仟万", true, false, false}.write,
	"ideographLegalTraditional": docxCounting{"零壹貳參肆伍陸柒捌玖", "拾佰仟萬", true, false, false}.write,
}

const (
	heavenlyStems   = "甲乙丙丁戊己庚辛壬癸"
	earthlyBranches = "子丑寅卯辰巳午未申酉戌亥"
)

func romanNumeral(n int) string {
	if n > 3999 {
		return ""
	}
	var s strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= r.value; n -= r.value {
			s.WriteString(r.sign)
		}
	}
	return s.String()
}

// docxLetters repeats the letter behind the twenty-sixth: z, aa, bb.
func docxLetters(first rune, n int) string {
	if n == 0 || n > 26*docxMaxLabel/4 {
		return ""
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func ordinalNumeral(n int) string {
	end := "th"
	if tens := n / 10 % 10; tens != 1 && n%10 <= 3 {
		end = []string{"th", "st", "nd", "rd"}[n%10]
	}
	return strconv.Itoa(n) + end
}

func docxDigits(set string) func(int) string {
	signs := []rune(set)
	return func(n int) string {
		return strings.Map(func(r rune) rune { return signs[r-'0'] }, strconv.Itoa(n))
	}
}

// docxSigns counts by characters of their own, of which there are count.
func docxSigns(first rune, count int) func(int) string {
	return func(n int) string {
		if n < 1 || n > count {
			return ""
		}
		return string(first + rune(n-1))
	}
}

func docxOneOf(set string) func(int) string {
	signs := []rune(set)
	return func(n int) string {
		if n < 1 || n > len(signs) {
			return ""
		}
		return string(signs[n-1])
	}
}

func stemsAndBranches(n int) string {
	if n < 1 || n > 60 {
		return ""
	}
	return docxOneOf(heavenlyStems)((n-1)%10+1) + docxOneOf(earthlyBranches)((n-1)%12+1)
}

// shortCounting counts with 十 up to ninety-nine and by digits beyond: 一○一.
func shortCounting(n int) string {
	if n >= 100 {
		return docxDigits("○一二三四五六七八九")(n)
	}
	return docxCounting{"○一二三四五六七八九", "十百千万", false, true, false}.write(n)
}

// docxCounting writes 一百二十三.
type docxCounting struct {
	digits string
	units  string // 十, 百, 千, 万
	gaps   bool   // 一百〇一, not 一百一
	ten    bool   // 十一, not 一十一
	bare   bool   // 百一, not 一百一
}

// write counts to a million, as Word does.
func (c docxCounting) write(n int) string {
	if n >= 1_000_000 {
		return ""
	}
	digits, units := []rune(c.digits), []rune(c.units)
	if n == 0 {
		return string(digits[0])
	}
	s := ""
	if n >= 10_000 {
		s = c.write(n/10_000) + string(units[3])
	}
	gap := false
	for i, value := range []int{1000, 100, 10, 1} {
		digit := n / value % 10
		if digit == 0 {
			gap = s != ""
			continue
		}
		if gap && c.gaps {
			s += string(digits[0])
		}
		gap = false
		if digit > 1 || value == 1 || !c.bare && !(c.ten && n < 20) {
			s += string(digits[digit])
		}
		if value > 1 {
			s += string(units[2-i])
		}
	}
	return s
}

// docxPadded writes 007 where the format says 001, 002, 003.
func docxPadded(n int, format string) string {
	first, _, _ := strings.Cut(format, ",")
	if first = strings.TrimSpace(first); strings.Trim(first, "01") != "" || len(first) > 8 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%0*d", len(first), n)
}
