package media

import "yuandu/model"

// maxPadded is how many cells a table may have for its short rows to be filled
// up: one wide row must not multiply a million narrow ones.
const maxPadded = 1_000_000

// row adds a row to the open table or opens one. The line under a head parts
// the table that it opens from one right above it.
func (b *builder) row(l line) {
	last := len(b.body) - 1
	if last < 0 || b.body[last].Kind != model.BlockTable {
		b.body = append(b.body, model.Block{Kind: model.BlockTable})
		last++
	}
	table := &b.body[last]
	if !l.rule {
		table.Rows = append(table.Rows, l.cells)
		return
	}
	if n := len(table.Rows); n > 1 {
		head := table.Rows[n-1]
		table.Rows = table.Rows[:n-1]
		b.body = append(b.body, model.Block{Kind: model.BlockTable, Rows: [][]string{head}})
	}
}

// padTables gives all rows of a table the same number of cells.
func padTables(body model.Body) {
	for _, k := range body {
		width := 0
		for _, row := range k.Rows {
			width = max(width, len(row))
		}
		if width*len(k.Rows) > maxPadded {
			continue
		}
		for i, row := range k.Rows {
			k.Rows[i] = append(row, make([]string, width-len(row))...)
		}
	}
}
