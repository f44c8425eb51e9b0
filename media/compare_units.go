package media

import (
	"strconv"
	"strings"

	"yuandu/model"
)

// unit is a Unit with what is known of it while it is compared.
type unit struct {
	Unit
	matchable
	drafts []draft
}

// draft is a line that is still to be marked.
type draft struct {
	*UnitLine
	text string // without the label
	rows [][]cell
	own  bool   // its label is the number of the unit
	key  string // equal for equal lines, whatever their labels
}

// cell is a cell of a table; a merged one is another cell than one that is not.
type cell struct {
	text          string
	rows, columns int
}

// unitsOf cuts a document into what is compared as one.
func unitsOf(body model.Body) []unit {
	var units []unit
	article := false // the last unit is an article and still open
	for i := range body {
		k := &body[i]
		if article = article && belongs(k); article {
			units[len(units)-1].To = i + 1
			continue
		}
		article = k.Kind == model.BlockArticle
		units = append(units, unit{Unit: Unit{Kind: k.Kind, Anchor: k.Anchor, From: i, To: i + 1}})
	}
	for i := range units {
		units[i].read(body)
	}
	return units
}

// belongs says whether a block behind an article is part of it. A paragraph
// that begins with a number stands behind the articles: within them it would be
// an item.
func belongs(k *model.Block) bool {
	switch k.Kind {
	case model.BlockItem, model.BlockTable, model.BlockPicture:
		return true
	case model.BlockParagraph:
		return !isAnnex(k.Text) && readCount(k.Text).way == countNone
	}
	return false
}

func (u *unit) read(body model.Body) {
	blocks := body[u.From:u.To]
	u.Lines = make([]UnitLine, len(blocks))
	u.drafts = make([]draft, len(blocks))
	var key, text strings.Builder
	for i := range blocks {
		d := newDraft(&blocks[i], &u.Lines[i])
		d.own = i == 0
		if !d.own {
			key.WriteString(strconv.Quote(d.Label))
		}
		key.WriteString(d.key)
		text.WriteString(d.text)
		text.WriteByte('\n')
		for _, row := range d.rows {
			text.WriteString(rowText(row))
		}
		u.drafts[i] = d
	}
	u.Label = u.Lines[0].Label
	u.matchable = matchable{key: key.String(), label: u.Label, text: text.String(), class: classes[u.Kind]}
}

// classes part what cannot take each other's place.
var classes = map[model.BlockKind]class{
	model.BlockPart: classHeading, model.BlockChapter: classHeading, model.BlockSection: classHeading,
	model.BlockHeading: classHeading, model.BlockTable: classTable, model.BlockPicture: classPicture,
}

func newDraft(k *model.Block, line *UnitLine) draft {
	label, text := numberedText(k)
	*line = UnitLine{Kind: k.Kind, Label: label, Spans: k.Spans, FileID: k.FileID}
	d := draft{UnitLine: line, text: text, rows: cellsOf(k)}
	key := strconv.AppendInt(nil, int64(max(classes[k.Kind], classHeading)), 10)
	key = strconv.AppendQuote(strconv.AppendQuote(key, text), k.FileID)
	for _, row := range d.rows {
		key = appendRow(key, row)
	}
	d.key = string(key)
	return d
}

// numberedText parts the number of a block from its text. Outside of articles
// it may stand in the text.
func numberedText(k *model.Block) (label, text string) {
	if k.Label != "" || k.Kind != model.BlockParagraph {
		return k.Label, k.Text
	}
	c := readCount(k.Text)
	if head, found := strings.CutSuffix(k.Text, c.rest); found && c.way != countNone {
		return head, c.rest
	}
	return "", k.Text
}

func cellsOf(k *model.Block) [][]cell {
	rows := make([][]cell, len(k.Rows))
	for i, row := range k.Rows {
		rows[i] = make([]cell, len(row))
		for j, text := range row {
			rows[i][j] = cell{text: text}
		}
	}
	for _, s := range k.Spans {
		if s.Row >= 0 && s.Row < len(rows) && s.Column >= 0 && s.Column < len(rows[s.Row]) {
			c := &rows[s.Row][s.Column]
			c.rows, c.columns = s.Rows, s.Columns
		}
	}
	return rows
}

func rowText(row []cell) string {
	var s strings.Builder
	for _, c := range row {
		s.WriteString(c.text)
		s.WriteByte('\n')
	}
	return s.String()
}

func rowKey(row []cell) string { return string(appendRow(nil, row)) }

func appendRow(key []byte, row []cell) []byte {
	key = append(key, '|')
	for _, c := range row {
		key = strconv.AppendQuote(key, c.text)
		if c.rows != 0 || c.columns != 0 {
			key = append(strconv.AppendInt(append(key, '@'), int64(c.rows), 10), 'x')
			key = strconv.AppendInt(key, int64(c.columns), 10)
		}
	}
	return key
}
