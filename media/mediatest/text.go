package mediatest

import (
	"strings"
	"unicode"
)

// Tight is a text without blanks: print breaks lines where it likes.
func Tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
