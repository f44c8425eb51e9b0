package model

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DocNumber is a document number (文号) in parts: 国办发〔2018〕123号 is issuer
// 国办发, year 2018, sequence 123. An order (国务院令第711号) has no year. A
// number without a sequence names every document of an issuer's year.
type DocNumber struct {
	Issuer   string
	Year     int
	Sequence int
}

// Key is the number in the form by which equal numbers are equal strings,
// however they were written: 国办发|2018|123. Without a sequence it is the
// beginning of the keys it stands for: 国办发|2018|.
func (n DocNumber) Key() string {
	if n.Sequence == 0 {
		return fmt.Sprintf("%s|%d|", n.Issuer, n.Year)
	}
	return fmt.Sprintf("%s|%d|%d", n.Issuer, n.Year, n.Sequence)
}

// String writes the number as GB/T 9704-2012 section 7.2.5 does.
func (n DocNumber) String() string {
	switch {
	case n.Year == 0:
		return fmt.Sprintf("%s第%d号", n.Issuer, n.Sequence)
	case n.Sequence == 0:
		return fmt.Sprintf("%s〔%d〕", n.Issuer, n.Year)
	}
	return fmt.Sprintf("%s〔%d〕%d号", n.Issuer, n.Year, n.Sequence)
}

var (
	numberWhole = regexp.MustCompile(`^(\p{Han}{2,24}?)第?〔?((?:19|20)\d{2})年?〕?第?(\d{1,5})?号?$`)
	orderWhole  = regexp.MustCompile(`^(?:中华人民共和国)?(\p{Han}{1,24}令)〔?第?(\d{1,5})号?〕?$`)

	numberInText = regexp.MustCompile(`(\p{Han}{2,24})\s*[〔\[(【﹝<〈「]\s*((?:19|20)\d{2})\s*年?\s*[〕\])】﹞>〉」]\s*第?\s*(\d{1,5})\s*号$`)
	yearInText   = regexp.MustCompile(`(\p{Han}{1,22}(?:公告|通告|令))\s*((?:19|20)\d{2})\s*年\s*第\s*(\d{1,5})\s*号$`)
	orderInText  = regexp.MustCompile(`(\p{Han}{1,22}令)\s*\(?第\s*(\d{1,5})\s*号$`)

	// leadIn is what stands before a number in a sentence without being part
	// of it. A single 和 or 与 is one only before an abbreviation: the names
	// before 令 and 公告 hold them (住房和城乡建设部令).
	leadIn      = regexp.MustCompile(`^.*(?:号和|号与|号|请问|查询|查找|根据|依据|按照|依照|遵照|参照|贯彻|落实|执行|印发|转发|下发|废止|修改|以及|同时|上述|其中|原文|文件|收到)`)
	leadInShort = regexp.MustCompile(`^.*(?:发布|公布|通知|意见|办法|规定|方案|随|和|与|及|或|原|经|将|以|见|即|按|据|在|对|由|的|了)`)
)

// ParseDocNumber reads s as one document number in any of the usual ways: any
// brackets or none, full width, blanks, with or without 第 and 号. It says no
// when s is something else.
func ParseDocNumber(s string) (DocNumber, bool) {
	s = tidyNumber(s)
	if m := orderWhole.FindStringSubmatch(s); m != nil {
		return DocNumber{Issuer: m[1], Sequence: atoi(m[2])}, true
	}
	m := numberWhole.FindStringSubmatch(s)
	if m == nil {
		return DocNumber{}, false
	}
	return DocNumber{strings.TrimPrefix(m[1], "中华人民共和国"), atoi(m[2]), atoi(m[3])}, true
}

// longestNumber is how many bytes before 号 can belong to a number.
const longestNumber = 120

// FindDocNumbers lists the document numbers that stand in running text, each
// once, in order.
func FindDocNumbers(text string) []DocNumber {
	var found []DocNumber
	seen := map[string]bool{}
	for from := 0; ; {
		at := strings.Index(text[from:], "号")
		if at < 0 {
			return found
		}
		end := from + at + len("号")
		n, ok := numberBefore(text[max(from, end-longestNumber):end])
		if ok && !seen[n.Key()] {
			seen[n.Key()] = true
			found = append(found, n)
		}
		from = end
	}
}

// numberBefore reads the number that ends a piece of text.
func numberBefore(piece string) (DocNumber, bool) {
	for len(piece) > 0 && !utf8.RuneStart(piece[0]) {
		piece = piece[1:]
	}
	piece = foldWidth(piece)
	if m := numberInText.FindStringSubmatch(piece); m != nil {
		return named(m[1], atoi(m[2]), atoi(m[3]))
	}
	if m := yearInText.FindStringSubmatch(piece); m != nil {
		return named(m[1], atoi(m[2]), atoi(m[3]))
	}
	if m := orderInText.FindStringSubmatch(piece); m != nil {
		return named(m[1], 0, atoi(m[2]))
	}
	return DocNumber{}, false
}

// named makes a number of what stands before the year, without the words of
// the sentence.
func named(issuer string, year, sequence int) (DocNumber, bool) {
	issuer = trimLead(leadIn, strings.ReplaceAll(issuer, "中华人民共和国", ""))
	issuer = strings.TrimLeft(issuer, "和与及或")
	if !strings.HasSuffix(issuer, "令") && !strings.HasSuffix(issuer, "告") {
		issuer = trimLead(leadInShort, issuer)
	}
	return DocNumber{issuer, year, sequence}, utf8.RuneCountInString(issuer) >= 2 && sequence > 0
}

// NumberKey is the key of a printed document number, "" where it is none.
func NumberKey(printed string) string {
	n, ok := ParseDocNumber(printed)
	if !ok || n.Sequence == 0 {
		return ""
	}
	return n.Key()
}

func trimLead(lead *regexp.Regexp, issuer string) string {
	if rest := lead.ReplaceAllString(issuer, ""); utf8.RuneCountInString(rest) >= 2 {
		return rest
	}
	return issuer
}

// tidyNumber folds width, drops blanks and writes every bracket as 〔 or 〕.
func tidyNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return -1
		case strings.ContainsRune("[(【﹝<〈「{〖", r):
			return '〔'
		case strings.ContainsRune("])】﹞>〉」}〗", r):
			return '〕'
		}
		return r
	}, foldWidth(s))
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// NumberIdentity is by what a document with a number is known again, wherever
// it comes from: the number's key, those who issued it, and the day.
func NumberIdentity(key string, issuers []string, day Day) string {
	return strings.Join([]string{"number", key, strings.Join(issuers, "、"), string(day)}, "\x1f")
}
