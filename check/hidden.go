package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden finds characters that nobody sees, or that are not what they look like.
func (s *scan) hidden() {
	for at, r := range s.text {
		code, severity := odd(r)
		if code == "" {
			continue
		}
		end := at + max(utf8.RuneLen(r), 1)
		s.add(Finding{Code: code, Severity: severity}, at, min(end, len(s.text)), fmt.Sprintf("U+%04X", r))
	}
}

func odd(r rune) (string, Severity) {
	switch {
	case r == utf8.RuneError:
		return "hidden.broken", Stop
	case r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff', r == '\u00ad',
		r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return "hidden.invisible", Stop
	case unicode.Is(unicode.Co, r):
		return "hidden.private", Stop
	case unicode.IsControl(r) && r != '\n' && r != '\t':
		return "hidden.invisible", Stop
	case r >= 0x2E80 && r <= 0x2FDF, r >= 0xF900 && r <= 0xFAFF:
		return "hidden.lookalike", Ask
	}
	return "", ""
}

// words finds words that must not be used, and those that are often mistyped.
func (s *scan) words(rules Rules) {
	for _, w := range rules.Forbidden {
		s.each(w.Text, nil, Finding{Code: "word.forbidden", Severity: Stop, Hint: map[string]any{"instead": w.Instead, "why": w.Why}})
	}
	for _, m := range rules.Mistyped {
		s.each(m.Wrong, m.RightIn, Finding{Code: "word.mistyped", Severity: Ask, Hint: map[string]any{"instead": m.Right}})
	}
}

// each notes a word wherever it stands outside of the words in which it is right.
func (s *scan) each(word string, rightIn []string, f Finding) {
	if word == "" {
		return
	}
	for from := 0; ; {
		at := strings.Index(s.text[from:], word)
		if at < 0 {
			return
		}
		at += from
		from = at + len(word)
		if !s.within(at, from, rightIn) {
			s.add(f, at, from, word)
		}
	}
}

func (s *scan) within(from, to int, words []string) bool {
	for _, w := range words {
		for start := max(0, to-len(w)); start <= from && start+len(w) <= len(s.text); start++ {
			if s.text[start:start+len(w)] == w {
				return true
			}
		}
	}
	return false
}
