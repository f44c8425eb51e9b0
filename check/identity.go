package check

import (
	"slices"
	"strings"
	"time"
)

// judge says what a number tells of a person. It may widen the number by the
// name that stands before it.
func (s *sheet) judge(n *number) (Finding, bool) {
	for _, kind := range kinds {
		if !kind.fits(*n) {
			continue
		}
		a := s.around(*n)
		severity := kind.severity(*n, a)
		if severity == "" {
			continue
		}
		f := Finding{Code: kind.code, Severity: severity, Text: mask(n.digits)}
		if a.name != "" && severity != Note {
			n.from, f.Text = a.from, maskName(a.name)+"，"+f.Text
		} else {
			n.from = a.sign
		}
		return f, true
	}
	return Finding{}, false
}

// kinds are the numbers that lead to a person, the surest first. fits looks at
// the digits alone, severity at what stands around them too: "" is no finding.
var kinds = []struct {
	code     string
	fits     func(number) bool
	severity func(number, around) Severity
}{
	{"personal.id_number", looksLikeIdentity, identityFound},
	{"personal.phone", isMobile, mobileFound},
	{"personal.bank_card", looksLikeCard, cardFound},
	{"personal.id_number", isOldIdentity, oldIdentityFound},
	{"personal.landline", isLandline, landlineFound},
}

// looksLikeIdentity knows the number of an identity card but for its check
// digit: area, date of birth, order (GB 11643).
func looksLikeIdentity(n number) bool {
	if len(n.digits) != 18 || !n.isGrouped(6) {
		return false
	}
	born, err := time.Parse("20060102", n.digits[6:14])
	return err == nil && born.Year() >= 1900 && born.Year() < 2050 && isArea(n.digits)
}

// isOldIdentity knows the cards of before 1999: 15 digits, none to check by.
func isOldIdentity(n number) bool {
	if len(n.digits) != 15 || !n.isGrouped(3) {
		return false
	}
	_, err := time.Parse("20060102", "19"+n.digits[6:12])
	return err == nil && isArea(n.digits)
}

// areas are the first two digits of GB/T 2260, and those of residents from
// Hong Kong, Macao and Taiwan.
const areas = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

func isArea(digits string) bool {
	return strings.Contains(areas, digits[:2]) && digits[2:4] != "00"
}

// isGrouped says whether a number is written in one piece, in a few groups, or
// with every digit apart.
func (n number) isGrouped(most int) bool {
	return len(n.shape) <= most && n.shape[0] >= 3 || n.isSpaced()
}

func (n number) isSpaced() bool {
	return !slices.ContainsFunc(n.shape, func(size int) bool { return size > 1 })
}

// hasCheckDigit works it out by ISO 7064, MOD 11-2.
func hasCheckDigit(id string) bool {
	weight, sum := 1, 0
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(id[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == id[17]
}

// newestHolder is the year of birth from which on a number that is called a
// code is one: 370702 2020 0115 0012 is the twelfth file of a day.
const newestHolder = "2010"

func identityFound(n number, a around) Severity {
	switch {
	case !hasCheckDigit(n.digits):
		if a.label == labelIdentity && a.letters == "" {
			return Ask
		}
		return ""
	case a.isCode() && n.digits[6:10] >= newestHolder:
		return ""
	case a.isCode() || a.letters != "" && !a.isAnnounced():
		return Ask
	}
	return Stop
}

func oldIdentityFound(_ number, a around) Severity {
	switch {
	case a.letters != "" && !a.isAnnounced():
		return ""
	case a.label == labelIdentity:
		return Stop
	case a.label == labelNone:
		return Ask
	}
	return ""
}

// mobileShapes are the ways to write a mobile number.
var mobileShapes = [][]int{{11}, {3, 4, 4}, {3, 8}, {7, 4}, {4, 3, 4}, {5, 6}, {4, 4, 3}, {3, 3, 5}, {6, 5}}

func isMobile(n number) bool {
	digits, shape := n.digits, n.shape
	for _, country := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(digits, country); ok && len(rest) == 11 {
			digits, shape = rest, withoutCountry(shape, len(country))
		}
	}
	if len(digits) != 11 || digits[0] != '1' || digits[1] < '3' {
		return false
	}
	return n.isSpaced() || slices.ContainsFunc(mobileShapes, func(m []int) bool { return slices.Equal(m, shape) })
}

// withoutCountry takes the country's digits off the first groups.
func withoutCountry(shape []int, digits int) []int {
	if shape[0] == digits {
		return shape[1:]
	}
	return append([]int{shape[0] - digits}, shape[1:]...)
}

func mobileFound(_ number, a around) Severity {
	switch {
	case a.isCode() || a.label == labelMoney, a.letters != "" && !a.isAnnounced():
		return ""
	case a.isListed() && !a.isContact():
		return Stop
	}
	return Ask
}

// isLandline knows 0536-8789688, 053687896880 and, once it is called a
// telephone, 8789688.
func isLandline(n number) bool {
	digits := len(n.digits)
	if len(n.shape) > 3 {
		return false
	}
	if n.digits[0] != '0' {
		return (digits == 7 || digits == 8) && n.digits[0] != '1'
	}
	return digits >= 10 && digits <= 12 && n.digits[1] != '0' && slices.Contains([]int{digits, 3, 4}, n.shape[0])
}

func landlineFound(n number, a around) Severity {
	switch {
	case a.letters != "" && !a.isAnnounced():
		return ""
	case a.label == labelPhone, a.label == labelNone && n.digits[0] == '0' && len(n.shape) > 1:
		return Note
	}
	return ""
}
