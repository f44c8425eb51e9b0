package sim

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fits says whether a field takes a value: the table of types on the page of
// the send API. What the page does not explain passes.
func fits(key, value string) bool {
	if value == "" || strings.ContainsFunc(value, unicode.IsControl) {
		return false
	}
	n := utf8.RuneCountInString(value)
	switch strings.TrimRight(key, "0123456789") {
	case "thing":
		return n <= 20
	case "character_string":
		return n <= 32 && only(value, printable)
	case "number":
		return n <= 32 && only(value, isOneOf("0123456789.-"))
	case "letter":
		return n <= 32 && only(value, isLetter)
	case "symbol":
		return n <= 5 && only(value, isSign)
	case "time":
		return strings.Contains(value, ":") && hasDigit(value)
	case "date":
		return hasDigit(value) && strings.ContainsAny(value, "月-/.")
	case "amount":
		return isAmount(value)
	case "phone_number":
		return n <= 17 && hasDigit(value) && only(value, isOneOf("0123456789+-() "))
	case "car_number":
		return n <= 8
	case "name":
		return isName(value, n)
	case "phrase":
		return n <= 5 && only(value, isHan)
	}
	return true
}

func only(value string, fit func(rune) bool) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return !fit(r) })
}

func isOneOf(set string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(set, r) }
}

func printable(r rune) bool { return r >= ' ' && r <= '~' }
func isLetter(r rune) bool  { return r < utf8.RuneSelf && unicode.IsLetter(r) }
func isSign(r rune) bool    { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
func isHan(r rune) bool     { return unicode.Is(unicode.Han, r) }
func hasDigit(s string) bool {
	return strings.ContainsAny(s, "0123456789")
}

func isAmount(value string) bool {
	first, size := utf8.DecodeRuneInString(value)
	if unicode.Is(unicode.Sc, first) {
		value = value[size:]
	}
	whole, part, _ := strings.Cut(strings.TrimSuffix(value, "元"), ".")
	return whole != "" && len(whole) <= 10 && only(whole+part, isOneOf("0123456789"))
}

func isName(value string, n int) bool {
	most := 20
	if strings.ContainsFunc(value, isHan) {
		most = 10
	}
	return n <= most && !hasDigit(value)
}
