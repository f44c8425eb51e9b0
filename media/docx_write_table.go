package media

import (
	"fmt"
	"strings"

	"yuandu/model"
)

const (
	docxTextWidth = 8844 // twips: 156 mm
	// docxMaxColumns is how many columns Word allows a table.
	docxMaxColumns = 63
)

// table writes a table. One wider than Word allows is written line by line.
func (w *docxWriter) table(k model.Block) {
	columns := 0
	for _, row := range k.Rows {
		columns = max(columns, len(row))
	}
	if columns == 0 {
		return
	}
	if columns > docxMaxColumns {
		for _, row := range k.Rows {
			w.paragraph("TableText", strings.Join(row, " "))
		}
		return
	}
	w.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/>`, docxTextWidth)
	column := fmt.Sprintf(`<w:gridCol w:w="%d"/>`, docxTextWidth/columns)
	w.put(`<w:jc w:val="center"/></w:tblPr><w:tblGrid>%s</w:tblGrid>`, strings.Repeat(column, columns))
	spans := spansOf(k, columns)
	for i, row := range k.Rows {
		w.row(i, append(append([]string{}, row...), make([]string, columns-len(row))...), spans[i])
	}
	// Without a paragraph between them, Word makes one table of two.
	w.put(`</w:tbl><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>`)
}

// spansOf says for each cell which span it is in; nil where it stands alone.
// Of spans that lie over each other the first counts.
func spansOf(k model.Block, columns int) [][]*model.Span {
	in := make([][]*model.Span, len(k.Rows))
	for i := range in {
		in[i] = make([]*model.Span, columns)
	}
	for _, s := range k.Spans {
		if s.Row < 0 || s.Column < 0 || s.Row >= len(in) || s.Column >= columns {
			continue
		}
		s.Rows = min(max(s.Rows, 1), len(in)-s.Row)
		s.Columns = min(max(s.Columns, 1), columns-s.Column)
		place(in, &s)
	}
	return in
}

func place(in [][]*model.Span, s *model.Span) {
	for _, row := range in[s.Row : s.Row+s.Rows] {
		for _, other := range row[s.Column : s.Column+s.Columns] {
			if other != nil {
				return
			}
		}
	}
	for _, row := range in[s.Row : s.Row+s.Rows] {
		for i := range s.Columns {
			row[s.Column+i] = s
		}
	}
}

func (w *docxWriter) row(i int, row []string, spans []*model.Span) {
	w.put("<w:tr><w:trPr><w:cantSplit/>")
	style := "TableText"
	if i == 0 {
		w.put("<w:tblHeader/>")
		style = "TableHead"
	}
	w.put("</w:trPr>")
	width := docxTextWidth / len(row)
	for j, text := range row {
		s := spans[j]
		if s == nil {
			s = &model.Span{Row: i, Column: j, Rows: 1, Columns: 1}
		}
		if j > s.Column {
			continue
		}
		if i > s.Row {
			text = "" // what a merged cell covers stays empty
		}
		w.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s`, width*s.Columns, merges(s, i == s.Row))
		w.put(`<w:vAlign w:val="center"/></w:tcPr>`)
		for _, line := range strings.Split(text, "\n") {
			w.paragraph(style, line)
		}
		w.put("</w:tc>")
	}
	w.put("</w:tr>")
}

func merges(s *model.Span, first bool) string {
	mark := ""
	if s.Columns > 1 {
		mark = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, s.Columns)
	}
	switch {
	case s.Rows > 1 && first:
		return mark + `<w:vMerge w:val="restart"/>`
	case s.Rows > 1:
		return mark + `<w:vMerge/>`
	}
	return mark
}
