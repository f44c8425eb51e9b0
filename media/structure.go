package media

import (
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// Structure reads the plain or Markdown text of an official document as parts,
// chapters, articles, items, headings, paragraphs and tables. It loses no
// text: whatever it does not recognise is a paragraph. The same text always
// gives the same body.
func Structure(text string) model.Body {
	return structure(lines(text))
}

func structure(all []line) model.Body {
	listed := contents(all)
	var b builder
	for i, l := range all {
		switch {
		case l.ready != nil:
			b.body = append(b.body, *l.ready)
		case l.cells != nil:
			b.row(l)
		case listed[i]:
			b.paragraph(l.text)
		default:
			b.line(l)
		}
	}
	padTables(b.body)
	setLevels(b.body)
	setAnchors(b.body)
	return b.body
}

// builder reads line by line. What a line is depends on where it stands: （一）
// is an item in an article and may be a heading outside.
type builder struct {
	body    model.Body
	article bool // the last article is still open
	outer   int  // the last 一、 that stood outside an article
	base    int  // how deep the Markdown headings go under which 一、 would stand
}

func (b *builder) line(l line) {
	if o, ok := readOrdinal(l.text); ok {
		switch {
		case o.isArticle():
			b.article = true
			b.add(model.BlockArticle, o.label, o.rest)
			return
		case o.isDivision(l.heading > 0):
			b.article = false
			b.add(divisions[o.unit], o.label, joinSpaced(o.rest))
			return
		}
	}
	if isAnnex(l.text) {
		b.article = false
	}
	switch c := readCount(l.text); {
	case c.way != countNone:
		b.counted(l, c)
	case l.heading > 0:
		b.article, b.base = false, l.heading
		b.heading(l.heading, "", l.text)
	case l.bullet:
		b.add(model.BlockItem, "", l.text)
	default:
		b.paragraph(l.text)
	}
}

var divisions = map[string]model.BlockKind{
	"编": model.BlockPart, "分编": model.BlockPart, "章": model.BlockChapter, "节": model.BlockSection,
}

// counted places a line with a number: an item in an article, a heading where
// it is short, else a paragraph. A 一、 that goes on counting where those
// outside the articles stopped ends the article.
func (b *builder) counted(l line, c count) {
	if c.way == countOuter && (l.heading > 0 || b.article && b.outer > 0 && c.number == b.outer+1) {
		b.article = false
	}
	if b.article && l.heading == 0 {
		b.add(model.BlockItem, c.label, c.rest)
		return
	}
	b.article = false
	if c.way == countOuter {
		b.outer = c.number
	}
	if l.heading > 0 {
		b.base = max(0, l.heading-int(c.way))
		b.heading(l.heading, c.label, c.rest)
		return
	}
	if c.way != countInner && isTitle(c.rest) && c.rest != "" {
		b.heading(b.base+int(c.way), c.label, c.rest)
		return
	}
	b.paragraph(l.text)
}

func (b *builder) add(kind model.BlockKind, label, text string) {
	b.body = append(b.body, model.Block{Kind: kind, Label: label, Text: text})
}

func (b *builder) heading(level int, label, text string) {
	b.body = append(b.body, model.Block{Kind: model.BlockHeading, Label: label, Text: joinSpaced(text), Level: level})
}

// paragraph adds a paragraph. Behind a 第一条 that stands on a line of its own
// it is the article's first 款.
func (b *builder) paragraph(text string) {
	if last := len(b.body) - 1; b.article && last >= 0 {
		if k := &b.body[last]; k.Kind == model.BlockArticle && k.Text == "" {
			k.Text = text
			return
		}
	}
	b.add(model.BlockParagraph, "", text)
}

// isAnnex recognises the line that opens an annex: the articles are over.
func isAnnex(s string) bool {
	return utf8.RuneCountInString(s) <= 60 && startsWithAny(s, "附件", "附：", "附:", "附表", "附录", "附图")
}

// joinSpaced joins a heading that print has spread out: 总　则. The blanks
// between longer words stay, one each.
func joinSpaced(s string) string {
	words := strings.FieldsFunc(s, isBlank)
	for _, w := range words {
		if r, size := utf8.DecodeRuneInString(w); size < len(w) || r < 0x2E80 {
			return strings.Join(words, " ")
		}
	}
	return strings.Join(words, "")
}
