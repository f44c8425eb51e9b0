package speech

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"yuandu/model"
)

// OfBody is what is spoken of a document. Places are counted through a block's label,
// its text and its cells, one after another, as they stand on a page.
func OfBody(body model.Body) (all []Sentence) {
	for i := range body {
		of := ofBlock(&body[i], i)
		if len(of) > 0 {
			of[len(of)-1].Gap = gapAfter(&body[i])
		}
		all = append(all, of...)
	}
	return all
}

// OfText is what is spoken of a text of which every line is a paragraph, and \f begins a
// page. Page numbers and what is printed at the head and foot of every page are left out.
// Blocks are its lines, the empty ones among them.
func OfText(text string) (all []Sentence) {
	for i, l := range bodyLines(text) {
		if l == "" {
			continue
		}
		of := line(l, 0).sentences(i)
		if len(of) > 0 {
			of[len(of)-1].Gap = lineGap(l)
		}
		all = append(all, of...)
	}
	return all
}

func gapAfter(b *model.Block) time.Duration {
	switch b.Kind {
	case model.BlockPart, model.BlockChapter, model.BlockSection, model.BlockHeading:
		return headingGap
	}
	return blockGap
}

// lineGap takes a short line without an end for a heading.
func lineGap(l string) time.Duration {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l, " 　\r"))
	if utf8.RuneCountInString(l) <= 40 && !strings.ContainsRune("。；，、：！？…）)”", last) {
		return headingGap
	}
	return blockGap
}

func ofBlock(b *model.Block, i int) []Sentence {
	switch b.Kind {
	case model.BlockTable:
		return ofTable(b, i)
	case model.BlockPicture:
		if strings.TrimSpace(b.Text) == "" {
			return nil
		}
		said := &spoken{}
		said.utter("图片：", Range{})
		said.join(line(b.Text, 0))
		return said.sentences(i)
	}
	said := line(b.Label, 0)
	if b.Label != "" {
		said.pause('，', Range{utf8.RuneCountInString(b.Label), utf8.RuneCountInString(b.Label)})
	}
	said.join(line(b.Text, utf8.RuneCountInString(b.Label)))
	return said.sentences(i)
}

// join appends what is said next.
func (s *spoken) join(next *spoken) {
	for i, r := range next.runes {
		s.utter(string(r), next.source[i])
	}
}

// Tables that can be listened to: more than this nobody keeps in mind.
const (
	mostRows    = 40
	mostColumns = 8
)

// ofTable reads a table by rows, each cell after the head of its column; of one that
// is too large it says what it is.
func ofTable(b *model.Block, block int) (all []Sentence) {
	if len(b.Rows) == 0 {
		return nil
	}
	at := len([]rune(b.Label)) + len([]rune(b.Text))
	head, wide := heads(b.Rows[0], at)
	said := &spoken{}
	said.join(line(b.Label, 0))
	said.join(line(b.Text, len([]rune(b.Label))))
	title := Range{at, at + cells(b.Rows[0])}
	rows := len(b.Rows) - 1
	said.pause('。', Range{at, at})
	said.utter(fmt.Sprintf("表格，%s行，%s列", counting(fmt.Sprint(rows), "行"), counting(fmt.Sprint(wide), "列")), title)
	large := rows > mostRows || wide > mostColumns
	if large {
		said.utter("，内容较多，请看原文", title)
	}
	said.utter("。", title)
	all = said.sentences(block)
	if large {
		return all
	}
	at = title.To
	for _, row := range b.Rows[1:] {
		all = append(all, ofRow(row, head, at).sentences(block)...)
		at += cells(row)
	}
	return all
}

// heads are what the columns of a table are called, and how many there are.
func heads(row []string, at int) (names []string, wide int) {
	for _, cell := range row {
		name := strings.TrimRight(string(line(cell, at).runes), pauses)
		names = append(names, name)
	}
	return names, len(row)
}

// longestHead is how long the head of a column may be to be said with every cell.
const longestHead = 12

func ofRow(row, head []string, at int) *spoken {
	said := &spoken{}
	for i, cell := range row {
		n := utf8.RuneCountInString(cell)
		from := Range{at, at + n}
		at += n
		words := line(cell, from.From)
		if len(words.runes) == 0 {
			continue
		}
		if i > 0 && i < len(head) && head[i] != "" && len(row) > 2 && utf8.RuneCountInString(head[i]) <= longestHead {
			said.utter(head[i]+"，", from)
		}
		said.join(words)
		said.pause('，', from)
	}
	if end := len(said.runes) - 1; end >= 0 {
		said.pause('。', said.source[end])
	}
	return said
}

func cells(row []string) (n int) {
	for _, cell := range row {
		n += utf8.RuneCountInString(cell)
	}
	return n
}
