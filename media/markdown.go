package media

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"yuandu/model"
)

// line is one line of a text without the Markdown that was on it.
type line struct {
	text    string
	heading int          // how many # stood before it
	bullet  bool         // it was an entry of a list
	cells   []string     // of a row of a table
	rule    bool         // the line under a table's head
	ready   *model.Block // a table or a picture that is one already
}

// maxCells bounds a table: whatever is wider is not one that a person wrote.
const maxCells = 200

// lines splits a text and reads the Markdown of each line; empty lines and
// rules are left out.
func lines(text string) []line {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u200b", "", "\ufeff", "", "\u2060", "").Replace(text)
	var all []line
	for raw := range strings.Lines(text) {
		if l := readLine(trim(raw)); l.text != "" || l.cells != nil {
			all = append(all, l)
		}
	}
	return all
}

func readLine(s string) line {
	if isRule(s) {
		return line{}
	}
	if strings.HasPrefix(s, "|") && len(s) > 1 {
		if n := strings.Count(s, "|"); n > 1 && n < maxCells {
			return readRow(s)
		}
	}
	if n, rest := headingMarks(s); n > 0 {
		return line{text: inline(rest), heading: n}
	}
	if len(s) > 2 && strings.ContainsRune("-*+", rune(s[0])) && (s[1] == ' ' || s[1] == '\t') {
		return line{text: inline(trim(s[2:])), bullet: true}
	}
	return line{text: inline(s)}
}

// isRule recognises the lines --, ***, ___ that part a text.
func isRule(s string) bool {
	bare := strings.ReplaceAll(s, " ", "")
	return bare == "-" || len(bare) > 1 && strings.Contains("-*_", bare[:1]) && strings.Trim(bare, bare[:1]) == ""
}

// headingMarks counts the # before a heading. A single # without a blank
// behind it is a number sign.
func headingMarks(s string) (int, string) {
	rest := strings.TrimLeft(s, "#")
	n := len(s) - len(rest)
	tidy := trim(rest)
	if n > 6 || n == 1 && tidy == rest && rest != "" {
		return 0, s
	}
	return n, tidy
}

func readRow(s string) line {
	cells := strings.Split(strings.TrimSuffix(s[1:], "|"), "|")
	rule := true
	for i, c := range cells {
		cells[i] = inline(trim(c))
		rule = rule && strings.Contains(c, "--") && strings.Trim(c, "-: ") == ""
	}
	return line{cells: cells, rule: rule}
}

// inline takes the marks of bold text and of links off a line.
func inline(s string) string {
	if strings.Contains(s, "**") {
		s = cut(s, boldMarks(s))
	}
	if strings.Contains(s, "](") {
		s = cut(s, linkMarks(s))
	}
	return trim(s)
}

// span is a stretch of bytes that is a mark and no text.
type span struct{ from, to int }

func cut(s string, marks []span) string {
	slices.SortFunc(marks, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out strings.Builder
	at := 0
	for _, m := range marks {
		out.WriteString(s[at:m.from])
		at = m.to
	}
	out.WriteString(s[at:])
	return out.String()
}

// boldMarks finds the pairs of exactly two asterisks around a text. 130****1111
// is a telephone number.
func boldMarks(s string) []span {
	var marks []span
	open := -1
	for i := 0; i < len(s); i++ {
		if s[i] != '*' {
			continue
		}
		run := i
		for i < len(s) && s[i] == '*' {
			i++
		}
		switch {
		case i-run != 2:
			open = -1
		case open >= 0 && run > open+2:
			marks = append(marks, span{open, open + 2}, span{run, i})
			open = -1
		default:
			open = run
		}
	}
	return marks
}

// linkMarks finds what surrounds the texts of links and pictures: [text](address).
func linkMarks(s string) []span {
	var marks []span
	var open []int
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '[':
			open = append(open, i)
		case s[i] == ']' && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			end := addressEnd(s, i+1)
			if end == 0 || from+1 == i {
				continue
			}
			if from > 0 && s[from-1] == '!' {
				marks = append(marks, span{from - 1, from + 1}, span{i, end})
			} else {
				marks = append(marks, span{from, from + 1}, span{i, end})
			}
			i = end - 1
		}
	}
	return marks
}

// addressEnd is the end of the address in brackets that begins at from, 0 when
// it is something else: 国发[2018](试行) holds no link.
func addressEnd(s string, from int) int {
	if from >= len(s) || s[from] != '(' {
		return 0
	}
	n := strings.IndexAny(s[from+1:], "() \t")
	if n <= 0 || s[from+1+n] != ')' {
		return 0
	}
	address := s[from+1 : from+1+n]
	if address[0] >= 0x80 || !strings.ContainsAny(address, "/.:#") {
		return 0
	}
	return from + n + 2
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200c' || r == '\u200d' || r == '\u00ad'
}

func trim(s string) string { return strings.TrimFunc(s, isBlank) }
