package search

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:generate go run fold_generate.go

// FoldRune gives the one character that stands for all ways of writing r:
// lower case, plain width, simplified, pinyin vowels without tone (ü is v),
// ○ as 〇, and a blank for everything that can't be seen. One character
// always becomes one, so positions in folded text are positions in the text.
func FoldRune(r rune) rune {
	if uint32(r) < utf8.RuneSelf {
		return foldASCII(r)
	}
	return foldedPages().fold(r)
}

func (p *foldPages) fold(r rune) rune {
	if page := uint32(r) >> 8; page < uint32(len(p)) && p[page] != nil {
		return p[page][r&0xFF]
	}
	return r
}

func foldASCII(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < ' ' || r == 0x7F:
		return ' '
	}
	return r
}

// Fold folds every character of s and leaves one blank where there were any,
// none at the ends.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		if r = FoldRune(r); r == ' ' {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// foldPages holds the folded forms of 256 characters a page; a page in which
// nothing changes is nil.
type foldPages [0x300]*[256]rune

// folded is made at the first use: it takes a few milliseconds, which
// commands that don't search need not spend.
var folded atomic.Pointer[foldPages]

func foldedPages() *foldPages {
	if pages := folded.Load(); pages != nil {
		return pages
	}
	return makeFolded()
}

func makeFolded() *foldPages {
	pages, simple := &foldPages{}, simplified()
	set := func(r rune) {
		if to := foldFully(r, simple); to != r {
			pages.set(r, to)
		}
	}
	for r := rune(0); r < 0x20000; r++ {
		set(r)
	}
	for r := rune(0x2F800); r < 0x2FA20; r++ { // compatibility ideographs
		set(r)
	}
	for r := range simple {
		set(r)
	}
	folded.Store(pages)
	return pages
}

func (p *foldPages) set(r, to rune) {
	page := p[r>>8]
	if page == nil {
		page = new([256]rune)
		for i := range page {
			page[i] = r&^0xFF + rune(i)
		}
		p[r>>8] = page
	}
	page[r&0xFF] = to
}

// foldFully folds until nothing changes, so that folding twice is folding once.
func foldFully(r rune, simple map[rune]rune) rune {
	for range 8 {
		to := foldOnce(r, simple)
		if to == r {
			break
		}
		r = to
	}
	return r
}

func foldOnce(r rune, simple map[rune]rune) rune {
	if r < utf8.RuneSelf {
		return foldASCII(r)
	}
	if unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs) {
		return ' '
	}
	r = compatible(r)
	r = unicode.ToLower(r)
	if to, ok := simple[r]; ok {
		return to
	}
	return r
}

// compatible is NFKC where that leaves a single character.
func compatible(r rune) rune {
	var buf [utf8.UTFMax]byte
	b := utf8.AppendRune(buf[:0], r)
	if norm.NFKC.Properties(b).Decomposition() == nil {
		return r
	}
	b = norm.NFKC.Bytes(b)
	if plain, size := utf8.DecodeRune(b); size == len(b) {
		return plain
	}
	return r
}

// alike are characters of one meaning that Unicode keeps apart.
const alike = "āaáaǎaàaēeéeěeèeêeếeềeīiíiǐiìiōoóoǒoòoūuúuǔuùuüvǖvǘvǚvǜvńnňnǹnḿm○〇◯〇"

func simplified() map[rune]rune {
	simple := make(map[rune]rune, 5000)
	var from rune
	for i, r := range []rune(traditional + alike) {
		if i%2 == 0 {
			from = r
		} else {
			simple[from] = r
		}
	}
	return simple
}
