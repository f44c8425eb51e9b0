package check

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon holds the words of a list by their first character, the longest first.
type lexicon map[rune][]entry

// entry is a word that is looked for.
type entry struct {
	word    string
	rightIn []string
	finding Finding
}

func newLexicon(rules Rules) lexicon {
	l := lexicon{}
	for _, w := range rules.Forbidden {
		l.put(w.Text, w.RightIn, Finding{Code: "word.forbidden", Severity: cmp.Or(w.Severity, Stop),
			Hint: map[string]any{"instead": w.Instead, "why": w.Why}})
	}
	for _, m := range rules.Mistyped {
		l.put(m.Wrong, m.RightIn, Finding{Code: "word.mistyped", Severity: cmp.Or(m.Severity, Ask),
			Hint: map[string]any{"instead": m.Right}})
	}
	for _, entries := range l {
		slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(len(b.word), len(a.word)) })
	}
	return l
}

func (l lexicon) put(word string, rightIn []string, f Finding) {
	if word = newTight(word).text; word != "" {
		first, _ := utf8.DecodeRuneInString(word)
		l[first] = append(l[first], entry{word, rightIn, f})
	}
}

// tight is a text without what people put into a word to hide it, and without
// the line ends that fall into one.
type tight struct {
	text   string
	source []int32 // where each byte stands in what it was made from
}

func newTight(text string) tight {
	t := tight{source: make([]int32, 0, len(text))}
	var s strings.Builder
	s.Grow(len(text))
	for at, r := range text {
		if strings.ContainsRune(" \t*·•", r) {
			continue
		}
		s.WriteRune(r)
		for range utf8.RuneLen(r) {
			t.source = append(t.source, int32(at))
		}
	}
	t.text = s.String()
	return t
}

// words finds the words of the lists, but where they are part of others.
func (s *sheet) words(l lexicon) {
	if len(l) == 0 {
		return
	}
	t := newTight(s.plain)
	done := 0
	for at, r := range t.text {
		if at < done {
			continue
		}
		for _, e := range l[r] {
			end := at + len(e.word)
			if !strings.HasPrefix(t.text[at:], e.word) || isWithin(t.text, span{at, end}, e.rightIn) {
				continue
			}
			found := e.finding
			found.Text = e.word
			_, size := utf8.DecodeRuneInString(s.plain[t.source[end-1]:])
			s.add(span{int(t.source[at]), int(t.source[end-1]) + size}, found)
			done = end
			break
		}
	}
}

// isWithin says whether a word stands where a longer one makes it right.
func isWithin(text string, at span, longer []string) bool {
	for _, w := range longer {
		from, to := max(0, at.to-len(w)), min(len(text), at.from+len(w))
		if from < to && strings.Contains(text[from:to], w) {
			return true
		}
	}
	return false
}
