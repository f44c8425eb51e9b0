package media

import (
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// docxFlow is a sequence of paragraphs and tables: the document, a cell, a text
// box, a note.
type docxFlow struct {
	r        *docxReader
	passages []docxPassage
	open     *docxLine // its paragraph mark was deleted: the next paragraph goes on with it
}

// docxPassage is a passage with what may make it the document's title.
type docxPassage struct {
	model.Passage
	title  bool // by its style
	banner bool // centred and large
	red    bool // and large, as the head of a letter is
}

// through hands over the elements below e, those in wrappers such as content
// controls and insertions too, without what was deleted.
func (r *docxReader) through(e *docxNode, visit func(*docxNode)) {
	if e == nil {
		return
	}
	for _, k := range e.kids {
		if r.err == nil {
			r.unwrap(k, visit)
		}
	}
}

func (r *docxReader) unwrap(k *docxNode, visit func(*docxNode)) {
	switch k.name {
	case "del", "moveFrom":
		r.note(DocxTracked)
	case "ins", "moveTo":
		r.note(DocxTracked)
		r.through(k, visit)
	case "sdt":
		if k.val("sdtPr", "docPartObj", "docPartGallery") == "Table of Contents" {
			r.note(DocxContents)
			return
		}
		r.through(k.kid("sdtContent"), visit)
	case "customXml", "smartTag", "sdtContent", "bdo", "dir":
		r.through(k, visit)
	case "AlternateContent":
		r.through(k.choice(), visit)
	default:
		visit(k)
	}
}

// docxReadable are the prefixes of the additions to the standard that we read:
// shapes, groups and canvases with text in them, and what changes the look.
var docxReadable = docxNames("wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "a14", "v",
	"wpsCustomData")

// choice is the branch of alternatives that we can read.
func (e *docxNode) choice() *docxNode {
	for _, k := range e.kids {
		if k.name != "Choice" {
			continue
		}
		readable := true
		for _, prefix := range strings.Fields(k.attr("Requires")) {
			readable = readable && docxReadable[prefix]
		}
		if readable {
			return k
		}
	}
	return e.kid("Fallback")
}

// block reads an element of the flow.
func (f *docxFlow) block(e *docxNode) {
	contents := f.r.counts[DocxContents]
	f.r.unwrap(e, f.plainBlock)
	if e.name == "sdt" && f.r.counts[DocxContents] > contents {
		f.dropContentsTitle()
	}
}

func (f *docxFlow) plainBlock(e *docxNode) {
	if f.r.err != nil {
		return
	}
	switch e.name {
	case "p":
		f.paragraph(e)
	case "tbl":
		f.finish()
		f.table(e)
	case "oMathPara", "oMath":
		f.paragraph(&docxNode{name: "p", kids: []*docxNode{e}})
	case "altChunk", "subDoc":
		f.r.note(DocxEmbedded)
	}
}

func (f *docxFlow) paragraph(e *docxNode) {
	r := f.r
	if r.paragraphs++; r.paragraphs > docxMaxParagraphs {
		r.fail(ErrDocxTooLarge)
		return
	}
	p := e.kid("pPr")
	line := f.open
	if line == nil {
		line = &docxLine{r: r}
	}
	f.open = nil
	line.format, line.style = r.styles.paragraph(p)
	if line.format.level() > 0 {
		r.endContents()
	}
	contents := r.counts[DocxContents]
	line.inline(e)
	r.endInstructions()
	if r.counts[DocxContents] > contents {
		f.dropContentsTitle()
	}
	if mark := p.kid("rPr"); mark.kid("del") != nil || mark.kid("moveFrom") != nil {
		r.note(DocxTracked)
		f.open = line
		return
	}
	hidden, _ := p.kid("rPr").on("vanish")
	f.close(line, hidden)
}

// finish ends a paragraph whose mark was deleted and that nothing follows.
func (f *docxFlow) finish() {
	if line := f.open; line != nil {
		f.open = nil
		f.close(line, true)
	}
}

// close makes passages of a paragraph. One without text still counts in its
// list, unless it is not there for the reader.
func (f *docxFlow) close(l *docxLine, absent bool) {
	lines := l.lines()
	if len(lines) > 0 || !absent && !l.dropped {
		f.labelled(l, lines)
	}
	for _, p := range l.after {
		f.passages = append(f.passages, docxPassage{Passage: p})
	}
}

// docxMaxHeading is how long a sentence with the style of a heading may be to
// be one.
const docxMaxHeading = 120

func (f *docxFlow) labelled(l *docxLine, lines []string) {
	label := f.r.lists.number(l.format, l.style)
	level := l.format.level()
	title := l.format.title != nil && *l.format.title
	if title || level > 0 {
		lines = []string{joinLines(lines...)}
	}
	if label != nil {
		if len(lines) == 0 {
			lines = []string{""}
		}
		lines[0] = label.before(lines[0])
	}
	for _, text := range lines {
		if text == "" {
			continue
		}
		p := docxPassage{model.Passage{Kind: model.PassageText, Text: text}, title, l.isBanner(), l.red && !l.small}
		long := utf8.RuneCountInString(text) > docxMaxHeading && strings.Contains(text, "。")
		switch {
		case (title || level > 0) && !long:
			p.Kind, p.Level = model.PassageHeading, max(1, level)
		case label != nil && label.bullet:
			p.Kind = model.PassageItem
		}
		f.passages = append(f.passages, p)
	}
}

// joinLines joins the lines of a heading: print breaks it where the line is
// full. 第一章 keeps a blank behind it.
func joinLines(lines ...string) string {
	s := ""
	for _, l := range lines {
		last, _ := utf8.DecodeLastRuneInString(s)
		next, _ := utf8.DecodeRuneInString(l)
		o, ok := readOrdinal(s)
		switch {
		case s == "" || l == "":
		case ok && o.rest == "":
			s += "\u3000"
		case last < 0x2E80 && next < 0x2E80:
			s += " "
		}
		s += l
	}
	return s
}

// dropContentsTitle takes away the word 目录 before a table of contents.
func (f *docxFlow) dropContentsTitle() {
	last := len(f.passages) - 1
	if last < 0 {
		return
	}
	switch joinSpaced(f.passages[last].Text) {
	case "目录", "目次":
		f.passages = f.passages[:last]
	}
}

// flat is the flow as text, its paragraphs and the rows of its tables parted by
// sep, with its pictures apart.
func (f *docxFlow) flat(sep string) (text string, pictures []model.Passage) {
	var parts []string
	for _, p := range f.passages {
		switch p.Kind {
		case model.PassagePicture:
			pictures = append(pictures, p.Passage)
		case model.PassageTable:
			for _, row := range p.Rows {
				cells := strings.Fields(strings.Join(row, " "))
				parts = append(parts, strings.Join(cells, " "))
			}
		default:
			parts = append(parts, p.Text)
		}
	}
	return strings.Join(parts, sep), pictures
}
