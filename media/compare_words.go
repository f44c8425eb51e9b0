package media

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// lineEnd is the word between two lines. No word of a text is empty.
const lineEnd = ""

// wholeWord is what is changed as a whole: a date, a number of an article, a
// number, a Latin word.
var wholeWord = regexp.MustCompile(`^(?:` +
	`[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|` +
	`[〇○零一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?|` +
	`第[0-9０-９〇零一二三四五六七八九十百千]+(?:[编章节条款项]|分编)(?:之[一二三四五六七八九十]+)?|` +
	`百分之[〇零一二三四五六七八九十百点]+|[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|` +
	`[〇零一二三四五六七八九十百千万亿]+|[A-Za-z]+)`)

// wordsOf cuts a text into what is compared as one: characters, and whole
// words. Together they are the text, byte by byte.
func wordsOf(text string) []string {
	words := make([]string, 0, len(text)/3+1)
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if beginsWord(r) {
			size = max(size, len(wholeWord.FindString(text)))
		}
		words = append(words, text[:size])
		text = text[size:]
	}
	return words
}

func beginsWord(r rune) bool {
	_, digit := digitOf(r)
	return digit || strings.ContainsRune("第十百千万亿", r) || r < utf8.RuneSelf && (r|0x20) >= 'a' && (r|0x20) <= 'z'
}

// seam is a stretch that both texts have, and what differs behind it.
type seam struct{ kept, gone, come []string }

func (s *seam) differs() bool { return len(s.gone)+len(s.come) > 0 }

// maxWords is how many words of two texts are compared with each other. What
// is longer is compared by sentences first.
const maxWords = 6000

// compareWords finds what differs between two texts, in stretches that a
// reader would mark.
func compareWords(old, new []string) []seam {
	var all seams
	if len(old)+len(new) <= maxWords {
		all.compare(old, new)
	} else {
		all.compareSentences(old, new)
	}
	return all.tidy()
}

// seams is a comparison being written: no seam but the last is without a
// difference.
type seams []seam

func (s *seams) keep(words []string) {
	if n := len(*s); n > 0 && !(*s)[n-1].differs() {
		(*s)[n-1].kept = append((*s)[n-1].kept, words...)
	} else if len(words) > 0 {
		*s = append(*s, seam{kept: append([]string{}, words...)})
	}
}

func (s *seams) differ(gone, come []string) {
	if len(gone)+len(come) == 0 {
		return
	}
	if len(*s) == 0 {
		*s = append(*s, seam{})
	}
	last := &(*s)[len(*s)-1]
	last.gone, last.come = append(last.gone, gone...), append(last.come, come...)
}

// compare goes word by word. What both begin and end with needs no search.
func (s *seams) compare(old, new []string) {
	head := sharedHead(old, new)
	s.keep(old[:head])
	old, new = old[head:], new[head:]
	tail := sharedTail(old, new)
	s.search(old[:len(old)-tail], new[:len(new)-tail])
	s.keep(old[len(old)-tail:])
}

func sharedHead(old, new []string) int {
	n := 0
	for n < min(len(old), len(new)) && old[n] == new[n] {
		n++
	}
	return n
}

func sharedTail(old, new []string) int {
	n := 0
	for n < min(len(old), len(new)) && old[len(old)-1-n] == new[len(new)-1-n] {
		n++
	}
	return n
}

// search leaves the library all the time it needs: the same texts must always
// give the same answer.
func (s *seams) search(old, new []string) {
	numbers := map[string]rune{}
	engine := diffmatchpatch.DiffMatchPatch{DiffTimeout: 0}
	for _, d := range engine.DiffMainRunes(numbered(old, numbers), numbered(new, numbers), false) {
		n := utf8.RuneCountInString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			s.keep(old[:n])
			old, new = old[n:], new[n:]
		case diffmatchpatch.DiffDelete:
			s.differ(old[:n], nil)
			old = old[n:]
		case diffmatchpatch.DiffInsert:
			s.differ(nil, new[:n])
			new = new[n:]
		}
	}
}

// numbered writes words as runes, for the library knows nothing else. There are
// fewer words than runes below the surrogates.
func numbered(words []string, numbers map[string]rune) []rune {
	list := make([]rune, len(words))
	for i, w := range words {
		if numbers[w] == 0 {
			numbers[w] = rune(len(numbers) + 1)
		}
		list[i] = numbers[w]
	}
	return list
}

// compareSentences compares very long texts: between the sentences that both
// have, word by word, and what is still too long is taken to be another text.
func (s *seams) compareSentences(old, new []string) {
	olds, news := sentences(old), sentences(new)
	pairs := chain(exactEdges(joinEach(olds), joinEach(news), func(int, int) float64 { return 1 }), len(news))
	for _, t := range stretches(pairs, len(olds), len(news)) {
		gone, come := flat(olds[t.oldFrom:t.oldTo]), flat(news[t.newFrom:t.newTo])
		if len(gone)+len(come) <= maxWords {
			s.compare(gone, come)
		} else {
			s.differ(gone, come)
		}
		if t.oldTo < len(olds) {
			s.keep(olds[t.oldTo])
		}
	}
}

func sentences(words []string) [][]string {
	var list [][]string
	from := 0
	for i, w := range words {
		if w == lineEnd || w == "。" || w == "；" || i == len(words)-1 {
			list = append(list, words[from:i+1])
			from = i + 1
		}
	}
	return list
}

func joinEach(list [][]string) []string {
	joined := make([]string, len(list))
	for i, words := range list {
		joined[i] = strings.Join(words, "")
		if words[len(words)-1] == lineEnd {
			joined[i] += "\x00"
		}
	}
	return joined
}

func flat(list [][]string) []string {
	var words []string
	for _, l := range list {
		words = append(words, l...)
	}
	return words
}

// pieces makes one piece of words, or none.
func pieces(mark Mark, words ...string) []Piece {
	if text := strings.Join(words, ""); text != "" {
		return []Piece{{text, mark}}
	}
	return nil
}
