package check

import (
	"slices"
	"strings"
)

// cardLengths are the numbers of bank cards by how they begin: UnionPay (JR/T
// 0008), the older cards of the great banks, and the international brands.
var cardLengths = []struct {
	begin   string
	lengths []int
}{
	{"62", []int{16, 17, 18, 19}},
	{"9558", []int{19}},
	{"6013", []int{16, 19}},
	{"4367", []int{16, 19}},
	{"4", []int{16}},
	{"51", []int{16}},
	{"52", []int{16}},
	{"53", []int{16}},
	{"54", []int{16}},
	{"55", []int{16}},
	{"35", []int{16}},
	{"37", []int{15}},
	{"34", []int{15}},
}

func looksLikeCard(n number) bool {
	if strings.HasSuffix(n.digits, "X") || !n.isGroupedAsCard() || !hasLuhnDigit(n.digits) {
		return false
	}
	for _, c := range cardLengths {
		if strings.HasPrefix(n.digits, c.begin) && slices.Contains(c.lengths, len(n.digits)) {
			return true
		}
	}
	return false
}

// isGroupedAsCard: fours, or a bank's six digits first.
func (n number) isGroupedAsCard() bool {
	fours := !slices.ContainsFunc(n.shape[:len(n.shape)-1], func(size int) bool { return size != 4 })
	return fours || n.shape[0] == 6 && len(n.shape) <= 4 || n.isSpaced()
}

// hasLuhnDigit works out the check digit of GB/T 15694.1.
func hasLuhnDigit(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

func cardFound(n number, a around) Severity {
	switch {
	case !slices.Contains([]label{labelNone, labelAccount}, a.label), a.letters != "" && !a.isAnnounced():
		return ""
	case a.label != labelAccount && !strings.HasPrefix(n.digits, "62") && !strings.HasPrefix(n.digits, "9558"):
		return "" // one in ten numbers of its length has the check digit by chance
	case a.isOfOffice():
		return Ask
	}
	return Stop
}
