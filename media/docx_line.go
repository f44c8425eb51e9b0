package media

import (
	"regexp"
	"strings"

	"yuandu/model"
)

// docxLine gathers the text of a paragraph.
type docxLine struct {
	r       *docxReader
	format  docxFormat
	style   string
	text    strings.Builder
	after   []model.Passage // what hangs on the paragraph: pictures, text boxes
	dropped bool            // it is in a table of contents
	small   bool            // some of it is in ordinary type
	red     bool
}

// add adds text, which counts against what a document may hold.
func (l *docxLine) add(s string) {
	if l.r.text += len(s); l.r.text > docxMaxText {
		l.r.fail(ErrDocxTooLarge)
		return
	}
	l.text.WriteString(s)
}

// lines are the lines of the text without blanks around them; empty ones are
// left out.
func (l *docxLine) lines() (list []string) {
	for s := range strings.Lines(l.text.String()) {
		if s = trim(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// docxLarge is the size from which a line may be a title, in half points:
// official titles have 22 points, the text 16.
const docxLarge = 36

func (l *docxLine) isBanner() bool { return l.format.align == "center" && !l.small }

// inline reads what a paragraph, a link or a wrapper holds.
func (l *docxLine) inline(e *docxNode) { l.r.through(e, l.piece) }

func (l *docxLine) piece(e *docxNode) {
	switch e.name {
	case "pPr", "sdtPr", "smartTagPr", "customXmlPr", "rubyPr":
	case "r":
		l.run(e)
	case "hyperlink":
		from := l.text.Len()
		l.inline(e)
		if link := l.r.part.links[e.ref("id")]; link.outside {
			l.address(from, link.target)
		}
	case "fldSimple":
		if kind, _ := readInstruction(e.attr("instr")); docxListings[kind] {
			l.r.note(DocxContents)
			l.dropped = true
			return
		}
		l.inline(e)
	case "oMath", "oMathPara":
		l.math(e)
	case "subDoc":
		l.r.note(DocxEmbedded)
	default:
		if e.kid("r") != nil {
			l.inline(e) // a wrapper of somebody else's making
		}
	}
}

// docxSeen are what a reader sees of a run.
var docxSeen = docxNames("t", "sym", "drawing", "pict", "object", "footnoteReference", "endnoteReference")

// run reads a run. In one that is hidden only the signs of fields count.
func (l *docxLine) run(e *docxNode) {
	format := l.r.styles.run(e.kid("rPr"), l.format)
	hidden := format.hidden != nil && *format.hidden
	before := l.text.Len()
	said := false
	l.r.through(e, func(k *docxNode) {
		said = said || docxSeen[k.name]
		if !hidden || k.name == "fldChar" || k.name == "instrText" {
			l.content(k, e, format)
		}
	})
	if hidden && said && !l.r.suppressed() {
		l.r.note(DocxHidden)
	}
	if strings.TrimSpace(l.text.String()[before:]) != "" {
		l.small = l.small || format.size == nil || *format.size < docxLarge
		l.red = l.red || isRed(format.color)
	}
}

var redShape = regexp.MustCompile(`(?i)^[c-f][0-9a-f][0-4][0-9a-f][0-4][0-9a-f]$`)

func isRed(color string) bool { return redShape.MatchString(color) }

// content reads one thing in a run.
func (l *docxLine) content(k, run *docxNode, format docxFormat) {
	switch k.name {
	case "fldChar":
		l.fieldSign(k)
		return
	case "instrText":
		l.r.instruct(k.text)
		return
	case "commentReference":
		l.r.note(DocxComments)
		return
	}
	if l.r.suppressed() {
		l.dropped = l.dropped || l.r.openContents()
		return
	}
	switch k.name {
	case "t":
		l.add(docxText(k, run, format))
	case "tab", "ptab":
		l.add(" ")
	case "br", "cr":
		l.add("\n")
	case "noBreakHyphen":
		l.add("-")
	case "sym":
		l.symbol(k)
	case "footnoteReference":
		l.add(l.r.mark("footnotes", k.attr("id")))
	case "endnoteReference":
		l.add(l.r.mark("endnotes", k.attr("id")))
	case "ruby":
		l.inline(k.kid("rubyBase"))
	case "drawing", "pict", "object", "contentPart":
		l.drawing(k)
	}
}

var docxSpaces = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ",
	"\u2028", "\n", "\u200b", "", "\ufeff", "", "\u2060", "")

// docxText is a text as it is meant: blanks around it count only where it says
// so, letters of a font of symbols are signs, and raised digits have characters
// of their own.
func docxText(e, run *docxNode, format docxFormat) string {
	s := docxSpaces.Replace(e.text)
	if e.attr("space") != "preserve" {
		s = strings.Trim(s, " ")
	}
	fonts := run.kid("rPr", "rFonts")
	if font := docxSymbols[strings.ToLower(fonts.attr("ascii"))]; font != nil {
		return signsOf(font, s)
	}
	switch format.raised {
	case "superscript":
		return moved(s, superscripts)
	case "subscript":
		return moved(s, subscripts)
	}
	return s
}

var (
	superscripts = paired("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
	subscripts   = paired("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
)

func paired(from, to string) map[rune]rune {
	pairs, signs := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		pairs[r] = signs[i]
	}
	return pairs
}

// moved writes s in characters that stand high or low, where all of it can be.
func moved(s string, set map[rune]rune) string {
	var to strings.Builder
	for _, r := range s {
		m, ok := set[r]
		if !ok {
			return s
		}
		to.WriteRune(m)
	}
	return to.String()
}

// docxMaxAddress bounds an address in bytes.
const docxMaxAddress = 500

// address puts the address behind the text of a link that does not show it.
func (l *docxLine) address(from int, target string) {
	if from > l.text.Len() || len(target) > docxMaxAddress || strings.ContainsAny(target, " \t\r\n<>\"") {
		return
	}
	lower := strings.ToLower(target)
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
		return
	}
	shown := trim(l.text.String()[from:])
	if shown != "" && bareAddress(shown) != bareAddress(target) {
		l.add("（" + target + "）")
	}
}

func bareAddress(s string) string {
	s = strings.TrimSuffix(strings.ToLower(s), "/")
	return strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
}
