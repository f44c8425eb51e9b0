package check

import (
	"regexp"
	"strings"
)

// number is a row of digits as people write one: 138-0013-8000.
type number struct {
	span
	digits string // without what parts them; an identity number may end in X
	shape  []int  // how many digits each group has
}

// longestNumber is how many digits the longest number has that is looked for.
const longestNumber = 19

// numbers finds identity numbers, telephones and bank cards.
func (s *sheet) numbers() {
	for _, chain := range chains(s.plain) {
		for i := 0; i < len(chain); {
			i += s.numberAt(chain, i)
		}
	}
}

// numberAt looks for the longest number that begins with group i of a chain,
// and says how many groups are done with.
func (s *sheet) numberAt(chain []span, i int) int {
	for size := reach(chain, i); size > 0; size-- {
		n := s.join(chain[i : i+size])
		if !s.standsAlone(n) {
			continue
		}
		digits := n.span
		if f, ok := s.judge(&n); ok {
			s.counts = append(s.counts, n.span)
			s.addSecret(n.span, digits, f)
			return size
		}
	}
	return 1
}

// mostGroups is in how many groups a number is written that has not every
// digit apart.
const mostGroups = 6

// reach is how many groups a number may have that begins with group i. One
// with every digit apart begins where such digits do.
func reach(chain []span, i int) int {
	spaced := i == 0 || !chain[i-1].isSingle()
	digits := 0
	for n, g := range chain[i:] {
		digits += g.to - g.from
		spaced = spaced && (g.isSingle() || n > 10)
		if digits > longestNumber || n >= mostGroups && !spaced {
			return n
		}
	}
	return len(chain) - i
}

func (s span) isSingle() bool { return s.to-s.from == 1 }

// checkX is the X that may be the last of an identity number.
var checkX = regexp.MustCompile(`^[ -]?[xX](?:[^0-9A-Za-z_]|$)`)

func (s *sheet) join(groups []span) number {
	n := number{span: span{groups[0].from, groups[len(groups)-1].to}}
	var digits strings.Builder
	for _, g := range groups {
		digits.WriteString(s.plain[g.from:g.to])
		n.shape = append(n.shape, g.to-g.from)
	}
	n.digits = digits.String()
	if x := checkX.FindString(s.ahead(n.to, 3)); len(n.digits) == 17 && x != "" {
		n.digits += "X"
		n.to += strings.IndexAny(x, "xX") + 1
	}
	return n
}

// chains are the groups of digits of a text, those in one chain that only a
// blank or a hyphen parts.
func chains(text string) (list [][]span) {
	last := -1
	for at := 0; at < len(text); at++ {
		if !isDigit(text[at]) {
			continue
		}
		g := span{at, at + digitsIn(text[at:])}
		if last >= 0 && isGap(text[last:at]) {
			list[len(list)-1] = append(list[len(list)-1], g)
		} else {
			list = append(list, []span{g})
		}
		last, at = g.to, g.to-1
	}
	return list
}

func digitsIn(s string) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isGap(between string) bool {
	return len(between) > 0 && len(between) <= 3 && strings.Trim(between, " -") == ""
}

// standsAlone says whether a number is not part of a longer one, of a sum of
// money or of a measure.
func (s *sheet) standsAlone(n number) bool {
	before, after := s.back(n.from, 6), s.ahead(n.to, 9)
	switch {
	case after != "" && isWordByte(after[0]), len(after) > 1 && after[0] == '.' && isDigit(after[1]):
		return false
	case endsInDecimal(before), s.inLink(n.span):
		return false
	}
	return !startsWithAny(after, measures) && !endsWithAny(before, "¥", "$", "_", "*")
}

var measures = []string{"*", "%", "@", "元", "万", "亿", "平方", "亩", "公顷", "吨", "米", "公里", "千", "股", "人次", "立方"}

// endsInDecimal is true of "3.".
func endsInDecimal(s string) bool {
	return len(s) > 1 && s[len(s)-1] == '.' && isDigit(s[len(s)-2])
}

func endsWithAny(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func startsWithAny(s string, starts []string) bool {
	for _, b := range starts {
		if strings.HasPrefix(s, b) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
