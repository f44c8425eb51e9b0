package media

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	docxLevels = 9
	// docxMaxLabel bounds a number in runes, and what it is made from.
	docxMaxLabel = 64
)

// docxLevel is how one level of a list is numbered.
type docxLevel struct {
	start  int
	format string // a value of ST_NumberFormat, ECMA-376 part 1 section 17.18.59
	custom string // 001, 002, …
	text   string // %1.%2
	resets *int   // the level, from 1, behind which it begins anew; 0 for never
	legal  bool   // all levels in it as 1, 2, 3
	suffix string // tab, space, nothing
	style  string // the paragraphs that are on this level
	hidden bool
}

// docxList counts the paragraphs of a list.
type docxList struct {
	levels  [docxLevels]docxLevel
	link    string // to the style of lists that defines it
	counts  [docxLevels]int
	counted [docxLevels]bool
}

// docxNum is a use of a list that may number some levels differently.
type docxNum struct {
	list   *docxList
	starts [docxLevels]*int
	begun  [docxLevels]bool
	levels [docxLevels]*docxLevel
}

// docxLists are the automatic numbers of a document.
type docxLists struct {
	abstract map[string]*docxList
	nums     map[string]*docxNum
	of       map[string]string // the list of each num
}

func (r *docxReader) readLists(part *docxPart) error {
	r.lists = docxLists{map[string]*docxList{}, map[string]*docxNum{}, map[string]string{}}
	name, found := r.beside(part, "numbering")
	if !found {
		return nil
	}
	if err := r.walk(name, []string{"numbering"}, r.lists.add); err != nil {
		return err
	}
	r.lists.join(&r.styles)
	return nil
}

func (l *docxLists) add(e *docxNode) {
	switch e.name {
	case "abstractNum":
		list := &docxList{link: e.val("numStyleLink")}
		for _, k := range e.kids {
			if i := docxNumber(k.attr("ilvl"), docxLevels-1); k.name == "lvl" && i != nil {
				list.levels[*i] = readLevel(k)
			}
		}
		l.abstract[e.attr("abstractNumId")] = list
	case "num":
		num := &docxNum{}
		for _, k := range e.kids {
			if i := docxNumber(k.attr("ilvl"), docxLevels-1); k.name == "lvlOverride" && i != nil {
				num.override(*i, k)
			}
		}
		l.nums[e.attr("numId")] = num
		l.of[e.attr("numId")] = e.val("abstractNumId")
	}
}

func (n *docxNum) override(level int, e *docxNode) {
	n.starts[level] = docxNumber(e.val("startOverride"), 1<<30)
	if k := e.kid("lvl"); k != nil {
		own := readLevel(k)
		n.levels[level] = &own
	}
}

func readLevel(e *docxNode) docxLevel {
	l := docxLevel{start: 1, format: "decimal", suffix: e.val("suff"), style: e.val("pStyle")}
	l.resets = docxNumber(e.val("lvlRestart"), docxLevels)
	if start := docxNumber(e.val("start"), 1<<30); start != nil {
		l.start = *start
	}
	format := e.kid("numFmt")
	if choice := e.kid("AlternateContent", "Choice", "numFmt"); choice != nil {
		format = choice
	}
	if format != nil {
		l.format, l.custom = format.attr("val"), format.attr("format")
	}
	l.text = firstRunes(e.val("lvlText"), docxMaxLabel)
	l.legal, _ = e.on("isLgl")
	l.hidden, _ = e.kid("rPr").on("vanish")
	return l
}

func firstRunes(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}

// join gives each num its list, through the style of lists where the list only
// names one.
func (l *docxLists) join(styles *docxStyles) {
	for id, num := range l.nums {
		num.list = l.abstract[l.of[id]]
		for hops := 0; num.list != nil && num.list.link != "" && hops < docxLevels; hops++ {
			style := styles.list[num.list.link]
			if style == nil || style.own.numID == nil {
				break
			}
			next := l.abstract[l.of[*style.own.numID]]
			if next == nil || next == num.list {
				break
			}
			num.list = next
		}
	}
}

// docxLabel is the number before a paragraph.
type docxLabel struct {
	text   string
	suffix string
	bullet bool
}

// number counts a paragraph and says what stands before it; nil where nothing
// does.
func (l *docxLists) number(f docxFormat, style string) *docxLabel {
	if f.numID == nil {
		return nil
	}
	num := l.nums[*f.numID]
	if num == nil || num.list == nil {
		return nil
	}
	level := num.levelOf(f, style)
	num.count(level)
	at := num.level(level)
	if at.hidden {
		return nil
	}
	return &docxLabel{num.text(level), at.suffix, at.format == "bullet"}
}

func (n *docxNum) level(i int) *docxLevel {
	if n.levels[i] != nil {
		return n.levels[i]
	}
	return &n.list.levels[i]
}

// levelOf is the level of a paragraph: that of its style, what the paragraph or
// a style says, that of the style from which the number comes.
func (n *docxNum) levelOf(f docxFormat, style string) int {
	if i := n.levelOfStyle(style); f.numFrom != "" && i >= 0 {
		return i
	}
	if f.ilvl != nil {
		return *f.ilvl
	}
	return max(0, n.levelOfStyle(f.numFrom))
}

// levelOfStyle is -1 for a style that no level names.
func (n *docxNum) levelOfStyle(style string) int {
	for i := range docxLevels {
		if style != "" && n.level(i).style == style {
			return i
		}
	}
	return -1
}

func (n *docxNum) start(i int) int {
	if n.starts[i] != nil {
		return *n.starts[i]
	}
	return n.level(i).start
}

// count moves a level on and lets the deeper ones begin anew. The first use of
// a num begins its list anew where it says so.
func (n *docxNum) count(level int) {
	l := n.list
	anew := n.starts[level] != nil && !n.begun[level]
	n.begun[level] = true
	if anew || !l.counted[level] {
		l.counts[level] = n.start(level)
	} else {
		l.counts[level]++
	}
	l.counted[level] = true
	for i := level + 1; i < docxLevels; i++ {
		if after := n.level(i).resets; after == nil || *after > i || level < *after {
			l.counted[i] = false
		}
	}
}

// text fills %1 to %9. A level that no paragraph has been on yet counts as
// begun; one with bullets has nothing to show.
func (n *docxNum) text(level int) string {
	at := n.level(level)
	var s strings.Builder
	for rest, found := at.text, true; found; {
		var plain string
		plain, rest, found = strings.Cut(rest, "%")
		s.WriteString(plain)
		switch {
		case rest != "" && rest[0] >= '1' && rest[0] <= '9':
			if of := int(rest[0] - '1'); of <= level {
				s.WriteString(n.numeral(of, at.legal))
			}
			rest = rest[1:]
		case found:
			s.WriteByte('%')
		}
	}
	return firstRunes(s.String(), docxMaxLabel)
}

func (n *docxNum) numeral(level int, legal bool) string {
	value := n.list.counts[level]
	if !n.list.counted[level] {
		value = n.start(level)
	}
	l := n.level(level)
	switch {
	case l.format == "bullet" || l.format == "none":
		return ""
	case legal:
		return docxNumeral("decimal", value)
	case l.format == "custom":
		return docxPadded(value, l.custom)
	}
	return docxNumeral(l.format, value)
}

// before puts the label before a text as print shows it: a blank of one
// character behind 第一条, none behind 一、 and （一）.
func (d *docxLabel) before(text string) string {
	label := trim(d.text)
	if d.bullet || label == "" {
		return text
	}
	last, _ := utf8.DecodeLastRuneInString(label)
	next, _ := utf8.DecodeRuneInString(text)
	switch {
	case text == "" || d.suffix == "nothing":
		return label + text
	case strings.ContainsRune("条章节编", last):
		return label + "\u3000" + text
	case unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.IsDigit(next) && last < 0x2E80:
		return label + " " + text
	}
	return label + text
}
