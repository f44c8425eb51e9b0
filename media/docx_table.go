package media

import (
	"slices"

	"yuandu/model"
)

// docxMaxSpan bounds how wide a cell says it is: Word's tables have at most 63
// columns.
const docxMaxSpan = 200

// docxCell is a cell where its row has it.
type docxCell struct {
	row, column, width int
	goesOn             bool // the cell above goes on in it
	node               *docxNode
	text               string
}

// table reads a table. A frame is not one: what it holds stands for itself.
func (f *docxFlow) table(e *docxNode) {
	var cells []docxCell
	rows := 0
	f.r.through(e, func(k *docxNode) {
		if k.name == "tr" && f.r.rowStands(k) {
			cells = append(cells, f.r.row(k, rows)...)
			rows++
		}
	})
	if f.r.err != nil || len(cells) == 0 {
		return
	}
	if isFrame(cells, rows) {
		for _, c := range cells {
			f.r.through(c.node, f.plainBlock)
			f.finish()
		}
		return
	}
	var pictures []model.Passage
	for i := range cells {
		pictures = append(pictures, f.fill(&cells[i])...)
	}
	f.passages = append(f.passages, docxPassage{Passage: f.r.grid(cells, rows)})
	for _, p := range pictures {
		f.r.note(DocxMoved)
		f.passages = append(f.passages, docxPassage{Passage: p})
	}
}

// isFrame recognises a single cell, and cells below each other of which one
// holds several paragraphs: they lay out a page.
func isFrame(cells []docxCell, rows int) bool {
	if len(cells) != rows {
		return false
	}
	several := rows == 1
	for i, c := range cells {
		blocks := 0
		for _, k := range c.node.kids {
			if k.name == "p" || k.name == "tbl" {
				blocks++
			}
		}
		several = several || blocks > 1
		if c.row != i || c.column != cells[0].column || c.goesOn {
			return false
		}
	}
	return several
}

// rowStands says whether a row is there for the reader.
func (r *docxReader) rowStands(row *docxNode) bool {
	p := row.kid("trPr")
	if p.kid("del") != nil {
		r.note(DocxTracked)
		return false
	}
	if hidden, _ := p.on("hidden"); hidden {
		r.note(DocxHidden)
		return false
	}
	return true
}

func (r *docxReader) row(e *docxNode, at int) (cells []docxCell) {
	column := widthOf(e.val("trPr", "gridBefore"), 0)
	r.through(e, func(k *docxNode) {
		p := k.kid("tcPr")
		if k.name != "tc" {
			return
		}
		if p.kid("cellDel") != nil {
			r.note(DocxTracked)
			return
		}
		c := docxCell{row: at, column: column, width: widthOf(p.val("gridSpan"), 1), node: k}
		column += c.width
		if merge := p.kid("hMerge"); merge != nil && merge.attr("val") != "restart" && len(cells) > 0 {
			cells[len(cells)-1].width += c.width // as Word 97 wrote it
			return
		}
		merge := p.kid("vMerge")
		c.goesOn = merge != nil && merge.attr("val") != "restart"
		cells = append(cells, c)
	})
	return cells
}

func widthOf(s string, usual int) int {
	n := docxNumber(s, docxMaxSpan)
	if n == nil || *n == 0 {
		return usual
	}
	return *n
}

// fill reads what a cell holds, and gives back its pictures.
func (f *docxFlow) fill(c *docxCell) []model.Passage {
	inner := docxFlow{r: f.r}
	f.r.through(c.node, inner.plainBlock)
	inner.finish()
	text, pictures := inner.flat("\n")
	c.text, c.node = text, nil
	return pictures
}

// grid sets the cells into rows of the same length. Columns in which no cell
// begins are none.
func (r *docxReader) grid(cells []docxCell, rows int) model.Passage {
	var columns []int
	for _, c := range cells {
		columns = append(columns, c.column)
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	if r.cells += rows * len(columns); r.cells > docxMaxCells {
		r.fail(ErrDocxTooLarge)
		return model.Passage{}
	}
	p := model.Passage{Kind: model.PassageTable, Rows: make([][]string, rows)}
	for i := range p.Rows {
		p.Rows[i] = make([]string, len(columns))
	}
	above := map[int]int{} // the span that the last cell of a column has, from 1
	for _, c := range cells {
		from, _ := slices.BinarySearch(columns, c.column)
		to, _ := slices.BinarySearch(columns, c.column+c.width)
		if at := above[from]; c.goesOn && at > 0 && reaches(p.Spans[at-1], c.row, to-from) {
			p.Spans[at-1].Rows++
			if c.text != "" {
				r.note(DocxHidden)
			}
			continue
		}
		p.Rows[c.row][from] = c.text
		p.Spans = append(p.Spans, model.Span{Row: c.row, Column: from, Rows: 1, Columns: to - from})
		above[from] = len(p.Spans)
	}
	p.Spans = slices.DeleteFunc(p.Spans, func(s model.Span) bool { return s.Rows == 1 && s.Columns == 1 })
	if len(p.Spans) == 0 {
		p.Spans = nil
	}
	return p
}

// reaches says whether a span ends right above a cell of its width.
func reaches(s model.Span, row, width int) bool { return s.Row+s.Rows == row && s.Columns == width }
