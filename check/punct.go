package check

import (
	"strings"
	"unicode/utf8"
)

// punctuation looks at the signs between the characters.
func (s *sheet) punctuation() {
	s.halfWidth()
	s.doubled()
	from := 0
	for line := range strings.Lines(s.text) {
		s.unpaired(line, from)
		from += len(line)
	}
}

// markText notes a stretch of the text as it was written.
func (s *sheet) markText(from, to int, f Finding) {
	f.Text = s.text[from:to]
	s.marks = append(s.marks, mark{Finding: f, from: from, to: to})
}

// The signs that belong into Latin text, and those of Chinese text for them.
const (
	latinSigns   = ",;:?!()"
	chineseSigns = "，；：？！（）"
)

// fullFor is the sign of Chinese text for one that belongs into Latin text.
func fullFor(sign byte) string {
	at := strings.IndexByte(latinSigns, sign) * len("，")
	return chineseSigns[at : at+len("，")]
}

// halfWidth notes the first Latin sign between Chinese characters, and how many
// there are.
func (s *sheet) halfWidth() {
	first, count := -1, 0
	for at := 1; at < len(s.text)-1; at++ {
		if strings.IndexByte(latinSigns, s.text[at]) < 0 || !hanEnds(s.text[:at]) || !hanBegins(s.text[at+1:]) {
			continue
		}
		if count++; first < 0 {
			first = at
		}
	}
	if first >= 0 {
		s.markText(first, first+1, Finding{Code: "punctuation.half_width", Severity: Note,
			Hint: map[string]any{"instead": fullFor(s.text[first]), "count": count}})
	}
}

func hanEnds(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isHan(r)
}

func hanBegins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isHan(r)
}

// doubled finds signs that end a thought twice: 。。 or ，。
func (s *sheet) doubled() {
	const stops = "，。、；："
	last, from := rune(0), 0
	for at, r := range s.text {
		if strings.ContainsRune(stops, r) && last != 0 && strings.ContainsRune(stops, last) {
			s.markText(from, at+utf8.RuneLen(r), Finding{Code: "punctuation.doubled", Severity: Note,
				Hint: map[string]any{"instead": string(r)}})
			r = 0
		}
		last, from = r, at
	}
}

// closes says which sign a closing one belongs to.
var closes = map[rune]rune{'》': '《', '）': '（', ')': '（', '”': '“', '〕': '〔', '】': '【', '〉': '〈'}

// open is a sign that waits for its partner.
type open struct {
	sign rune
	at   int
}

// unpaired notes the first sign of a line that has no partner there. The ）of
// 1）needs none.
func (s *sheet) unpaired(line string, offset int) {
	var stack []open
	lone := -1
	for at, r := range line {
		sign, isClosing := closes[r]
		switch {
		case isOpening(r):
			stack = append(stack, open{opening(r), at})
		case !isClosing || sign == '（' && len(stack) == 0 && isEnumerated(line[:at]):
		case len(stack) > 0 && stack[len(stack)-1].sign == sign:
			stack = stack[:len(stack)-1]
		case lone < 0:
			lone = at
		}
	}
	if len(stack) > 0 && (lone < 0 || stack[0].at < lone) {
		lone = stack[0].at
	}
	if lone >= 0 {
		_, size := utf8.DecodeRuneInString(line[lone:])
		s.markText(offset+lone, offset+lone+size, Finding{Code: "punctuation.unpaired", Severity: Note})
	}
}

func isOpening(r rune) bool { return strings.ContainsRune("《（“〔【〈(", r) }

func opening(r rune) rune {
	if r == '(' {
		return '（'
	}
	return r
}

// isEnumerated is true of "1" in 1）, which has no opening partner.
func isEnumerated(before string) bool {
	head := strings.TrimRight(before, "0123456789abcdefghijABCDEFGHIJ一二三四五六七八九十①②③④⑤⑥⑦⑧⑨")
	r, _ := utf8.DecodeLastRuneInString(head)
	return head != before && (head == "" || !isHan(r))
}
