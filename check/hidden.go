package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// codeWide is of letters and digits in full width.
const codeWide = "hidden.full_width"

// hidden finds signs that nobody sees, or that are not what they look like;
// those of a kind that stand together are one finding.
func (s *sheet) hidden() {
	var run mark
	for at, r := range s.text {
		code, severity := strange(r, s.text[:at])
		_, size := utf8.DecodeRuneInString(s.text[at:])
		if run.Code != "" && code == run.Code && at == run.to {
			run.to += size
			continue
		}
		s.close(run)
		run = mark{Finding: Finding{Code: code, Severity: severity}, from: at, to: at + size}
	}
	s.close(run)
}

// close says what a run of strange signs is, if it is one.
func (s *sheet) close(run mark) {
	if run.Code == "" {
		return
	}
	text := s.text[run.from:run.to]
	run.Text = numbersOf(text)
	switch run.Code {
	case codeWide:
		run.Text = ""
		if len(text) < 5*len("０") { // no more than a year: a long number may be anybody's
			run.Hint = map[string]any{"instead": strings.Map(ordinary, text)}
		}
	case "hidden.lookalike":
		run.Hint = map[string]any{"instead": strings.Map(common, text)}
	}
	s.marks = append(s.marks, run)
}

// numbersOf writes signs as U+200B, the first few of them.
func numbersOf(text string) string {
	var list []string
	for _, r := range text {
		if len(list) == 3 {
			return strings.Join(list, " ") + " …"
		}
		list = append(list, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(list, " ")
}

// strange says what is wrong with a sign, "" where nothing is.
func strange(r rune, before string) (code string, severity Severity) {
	switch {
	case r >= 0x20 && r < 0x7f, r == '\n', r == '\t', r == '\r', r >= 0x4e00 && r <= 0x9fff:
		return "", ""
	case r == utf8.RuneError:
		return "hidden.broken", Stop
	case unicode.Is(unicode.Co, r):
		return "hidden.private", Stop
	case isInvisible(r):
		return "hidden.invisible", Stop
	case isSelector(r):
		return "hidden.selector", Note
	case r != '\u3000' && isBlank(r) && strings.Trim(before, " \t\r\n\u2002\u2003\u3000\u00a0") != "":
		return "hidden.blank", Note
	case common(r) != r:
		return "hidden.lookalike", Ask
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return codeWide, Note
	}
	return "", ""
}

// isInvisible is true of signs that take no room or turn the direction of
// reading.
func isInvisible(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\r':
		return false
	case r >= '\u200b' && r <= '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2060' && r <= '\u206f',
		r == '\u00ad', r == '\u034f', r == '\u061c', r == '\u115f', r == '\u1160', r == '\u3164', r == '\uffa0',
		r == '\u180e', r == '\ufeff', r >= '\ufff9' && r <= '\ufffb', r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return unicode.IsControl(r)
}

// isSelector is true of signs that choose a form of the one before.
func isSelector(r rune) bool {
	return r >= '\ufe00' && r <= '\ufe0f' || r >= 0xe0100 && r <= 0xe01ef || r >= '\u180b' && r <= '\u180d'
}

// isBlank is true of every blank but the ordinary one and the ends of lines.
func isBlank(r rune) bool { return r > 0x7f && unicode.Is(unicode.Zs, r) || r == '\u2800' }

// common is the common character for a radical or a compatibility form of it:
// ⽂ is 文.
func common(r rune) rune {
	switch {
	case r >= 0x2e80 && r <= 0x2eff:
		if c, ok := radicals[r]; ok {
			return c
		}
	case r >= 0x2f00 && r <= 0x2fdf, r >= 0xf900 && r <= 0xfaff, r >= 0x2f800 && r <= 0x2fa1f:
		if c, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r))); c != utf8.RuneError {
			return c
		}
	}
	return r
}

// radicals are those of the supplement (U+2E80) that look like a character of
// their own; Unicode gives them no decomposition but for two.
var radicals = pairs(`⺁厂 ⺄乙 ⺈刀 ⺎兀 ⺓幺 ⺗心 ⺝月 ⺟母 ⺠民 ⺩王 ⺫目 ⺮竹 ⺶羊 ⺷羊 ⺸羊 ⺻聿 ⺼月 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑长 ⻒长 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页
	⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟 ⻲龟 ⺋卩 ⺕彐 ⺡氵 ⺘扌 ⺍⺍`)

func pairs(list string) map[rune]rune {
	table := map[rune]rune{}
	for _, pair := range strings.Fields(list) {
		r := []rune(pair)
		table[r[0]] = r[1]
	}
	return table
}
