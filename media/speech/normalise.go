package speech

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rule is one way in which something written is said. Its form begins where the
// line has been read to; say gives ok = false where it is not what it looks like.
type rule struct {
	form *regexp.Regexp
	say  func(m []string, at place) (words string, ok bool)
}

// place is what stands around a match.
type place struct {
	before, after string
	begins        bool // the line begins with the match
}

func (p place) last() rune {
	r, _ := utf8.DecodeLastRuneInString(p.before)
	return r
}

func (p place) next() rune {
	r, _ := utf8.DecodeRuneInString(p.after)
	return r
}

// follows says whether the line before the match ends in one of some words.
func (p place) follows(words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(p.before, w) {
			return true
		}
	}
	return false
}

// leads says whether one of some words stands behind the match.
func (p place) leads(words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(p.after, w) {
			return true
		}
	}
	return false
}

func r(form string, say func(m []string, at place) (string, bool)) rule {
	return rule{regexp.MustCompile("^(?:" + form + ")"), say}
}

// line is how a line is said. Its first rune is the one numbered first of its block.
func line(text string, first int) *spoken {
	out := &spoken{}
	text = fold(text)
	for i, n := 0, first; i < len(text); {
		size, words := match(text, i, out)
		runes := utf8.RuneCountInString(text[i : i+size])
		from := Range{n, n + runes}
		switch words {
		case silence:
			out.silent(from)
		default:
			out.utter(words, from)
		}
		i, n = i+size, n+runes
	}
	return out
}

// silence is said for what is not said at all.
const silence = ""

// match reads one thing at i: how many bytes it takes and how it is said.
func match(text string, i int, out *spoken) (size int, words string) {
	first, width := utf8.DecodeRuneInString(text[i:])
	ahead := soon(text[i:])
	for _, rule := range rulesFor(first) {
		m := rule.form.FindStringSubmatch(ahead)
		if m == nil || m[0] == "" {
			continue
		}
		at := place{near(text[:i]), soon(text[i+len(m[0]):]), len(out.runes) == 0}
		if words, ok := rule.say(m, at); ok {
			return len(m[0]), words
		}
	}
	return width, plain(first)
}

// lookBack is how many bytes before a match can matter to it, lookAhead how many it can
// have: a line of a megabyte must not take minutes.
const (
	lookBack  = 120
	lookAhead = 160

	longestLink = 2048
)

// soon is the beginning of what comes.
func soon(after string) string {
	to := min(len(after), lookAhead)
	if strings.HasPrefix(after, "http") || strings.HasPrefix(after, "www.") {
		to = min(len(after), longestLink)
	}
	for to < len(after) && !utf8.RuneStart(after[to]) {
		to--
	}
	return after[:to]
}

// near is the end of what stands before.
func near(before string) string {
	from := max(0, len(before)-lookBack)
	for from > 0 && !utf8.RuneStart(before[from]) {
		from++
	}
	return before[from:]
}

func rulesFor(first rune) []rule {
	switch {
	case first >= '0' && first <= '9':
		return figureRules
	case isLetter(first):
		return letterRules
	case isHan(first):
		return hanRules
	}
	return signRules
}

// plain is how a rune is said by itself.
func plain(r rune) string {
	switch {
	case isHan(r) || isPause(r):
		return string(r)
	case isLetter(r):
		return strings.ToUpper(string(r))
	}
	if words, ok := signs[r]; ok {
		return words
	}
	return silence
}

// fold writes digits, letters and some signs of full width as those of half width,
// rune for rune, so that places stay what they are.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', strings.ContainsRune("％．＋－／＝＜＞＠＃＆～＄", r):
			return r - 0xFEE0
		case r == '﹪':
			return '%'
		case r == '⁄' || r == '∕':
			return '/'
		case r == '∶':
			return ':'
		case r == '㎎':
			return r
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return ' '
		}
		return r
	}, s)
}
