package media

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// docxSymbols are the signs of the fonts whose letters are signs. An entry
// names the first letter of a row of signs.
var docxSymbols = map[string]map[rune]rune{
	"symbol": symbolRows(map[rune]string{
		'A': "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 'a': "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
		0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅", 0x5B: "[∴]⊥_", 0x7B: "{|}∼",
		0xA1: "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", 0xE5: "∑", 0xF2: "∫",
	}),
	"wingdings": symbolRows(map[rune]string{
		0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x6D: "❍", 0x9F: "•", 0xA1: "○", 0xA8: "☐",
		0xA7: "▪", 0xAB: "★", 0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩", 0x8B: "⓿❶❷❸❹❺❻❼❽❾❿", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
		0xFB: "✗✓☒☑", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺",
	}),
	"wingdings 2": symbolRows(map[rune]string{
		0x4F: "✗✓☒☑☒", 0x69: "⓪①②③④⑤⑥⑦⑧⑨⑩", 0x97: "●", 0x98: "•", 0xA3: "☐",
	}),
}

func symbolRows(rows map[rune]string) map[rune]rune {
	font := map[rune]rune{}
	for first, row := range rows {
		for _, sign := range row {
			font[first] = sign
			first++
		}
	}
	return font
}

// signsOf writes a text of letters as the signs of a font. Word keeps the
// letters in the private area, U+F020 to U+F0FF.
func signsOf(font map[rune]rune, s string) string {
	return strings.Map(func(r rune) rune {
		letter := r
		if r >= 0xF000 && r <= 0xF0FF {
			letter -= 0xF000
		}
		if sign, ok := font[letter]; ok {
			return sign
		}
		return r
	}, s)
}

// symbol reads a sign that was inserted from a font.
func (l *docxLine) symbol(e *docxNode) {
	code, err := strconv.ParseUint(e.attr("char"), 16, 32)
	if err != nil || code == 0 || code > 0xFFFF {
		return
	}
	r := rune(code)
	if font := docxSymbols[strings.ToLower(e.attr("font"))]; font != nil {
		r, _ = utf8.DecodeRuneInString(signsOf(font, string(r)))
	}
	if r >= 0xE000 && r <= 0xF8FF || r >= 0xD800 && r < 0xE000 {
		l.r.note(DocxSymbols)
		r = '\uFFFD'
	}
	l.add(string(r))
}
