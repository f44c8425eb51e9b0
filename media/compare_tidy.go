package media

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// tidy makes the differences readable: they begin and end where a sentence
// does, if they can, and what is kept between two of them is more than crumbs.
func (s seams) tidy() seams {
	s = append(s, seam{}) // for what the last difference slides away from
	for i := range len(s) - 1 {
		s.slide(i)
	}
	var out seams
	for _, next := range s {
		out = append(out, next)
		for len(out) > 1 && isCrumb(&out[len(out)-2], &out[len(out)-1]) {
			out = out.swallow()
		}
	}
	return out
}

// The crumbs: so few kept characters, or so few next to differences that are
// both twice as long.
const (
	smallCrumb = 2
	largeCrumb = 5
)

// isCrumb says whether what is kept between two differences is too little to
// stand alone. The end of a line is never a crumb.
func isCrumb(before, after *seam) bool {
	if !before.differs() || !after.differs() {
		return len(after.kept) == 0
	}
	n := length(after.kept)
	return n <= smallCrumb || n <= largeCrumb && 2*n <= min(before.length(), after.length())
}

func (s *seam) length() int { return max(length(s.gone), length(s.come)) }

func length(words []string) int {
	n := 0
	for _, w := range words {
		if n += utf8.RuneCountInString(w); w == lineEnd {
			n += largeCrumb + 1
		}
	}
	return n
}

// swallow lets the last difference but one go on to the end of the last.
func (s seams) swallow() seams {
	last, to := s[len(s)-1], &s[len(s)-2]
	to.gone = append(append(to.gone, last.kept...), last.gone...)
	to.come = append(append(to.come, last.kept...), last.come...)
	return s[:len(s)-1]
}

// slide moves a difference that is on one side alone to where it reads best:
// of 市人民政府、[县人民政府、] and 市[人民政府、县]人民政府、 the first.
func (s seams) slide(i int) {
	one := &s[i].gone
	if len(*one) == 0 {
		one = &s[i].come
	}
	if len(s[i].gone) > 0 && len(s[i].come) > 0 || len(*one) == 0 {
		return
	}
	all := slices.Concat(s[i].kept, *one, s[i+1].kept)
	from := bestPlace(all, len(s[i].kept), len(*one))
	to := from + len(*one)
	s[i].kept, *one, s[i+1].kept = all[:from:from], all[from:to:to], all[to:]
}

// bestPlace looks to the left and to the right of a difference of n words for
// the place, among those that mean the same, where it reads best.
func bestPlace(all []string, from, n int) int {
	best, most := from, seat(all, from, n)
	try := func(at int) {
		if score := seat(all, at, n); score > most {
			best, most = at, score
		}
	}
	for at := from; at > 0 && all[at-1] == all[at+n-1]; at-- {
		try(at - 1)
	}
	for at := from; at+n < len(all) && all[at] == all[at+n]; at++ {
		try(at + 1)
	}
	return best
}

// seat values the two edges of a difference.
func seat(all []string, from, n int) int { return edgeValue(all, from) + edgeValue(all, from+n) }

func edgeValue(all []string, at int) int {
	switch {
	case at == 0 || at == len(all) || all[at-1] == lineEnd || all[at] == lineEnd:
		return 6
	case strings.Contains("。；！？：", all[at-1]):
		return 5
	case strings.Contains("，、）》”〕", all[at-1]):
		return 4
	case strings.Contains("，、。；（《“〔", all[at]):
		return 3
	}
	return 0
}
