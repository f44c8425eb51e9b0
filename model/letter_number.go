package model

import (
	"regexp"
	"strings"
)

// NumberSought is what somebody looks for who has read a number, or was told it over
// the telephone: 鸢都2026-000318, 2026-000318, 2026-318 or 318.
type NumberSought struct {
	Whole string     // as it was typed
	Year  string     // "" for any
	Tails []TailSpan // between which the last six digits are; none where nothing like a number was typed
}

// TailSpan is from which six digits to which.
type TailSpan struct{ First, Last string }

// numberDigits is how many digits a number ends with, fewestDigits from how many on
// they may be the first ones of those: fewer would be all letters of a year.
const numberDigits, fewestDigits = 6, 4

var (
	numberTail = regexp.MustCompile(`^(?:.*?(\d{4})-)?(\d{1,6})$`)
	sameDigits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
		"－", "-", "—", "-", "–", "-", " ", "", "　", "")
)

// SeekNumber reads a number, or what somebody knows of it.
func SeekNumber(text string) NumberSought {
	text = sameDigits.Replace(text)
	sought := NumberSought{Whole: text}
	m := numberTail.FindStringSubmatch(text)
	if m == nil {
		return sought
	}
	fill := func(digit string) string { return strings.Repeat(digit, numberDigits-len(m[2])) }
	sought.Year, sought.Tails = m[1], []TailSpan{{fill("0") + m[2], fill("0") + m[2]}}
	if len(m[2]) >= fewestDigits && len(m[2]) < numberDigits {
		sought.Tails = append(sought.Tails, TailSpan{m[2] + fill("0"), m[2] + fill("9")})
	}
	return sought
}
