package media

// compareTables compares two tables row by row. The first cell of a row is its
// number or its name.
func compareTables(old, new *draft) {
	old.Rows, new.Rows = wholeRows(old.rows, MarkGone), wholeRows(new.rows, MarkCome)
	old.Mark, new.Mark = MarkKept, MarkKept
	old.Pieces, new.Pieces = bothSides(old.text, new.text)
	m := newMatcher(rowsOf(old.rows), rowsOf(new.rows))
	for _, p := range m.inOrder() {
		compareRows(old.rows[p.old], new.rows[p.new], &old.Rows[p.old], &new.Rows[p.new])
	}
	old.compareLabel(new)
}

func rowsOf(rows [][]cell) []matchable {
	list := make([]matchable, len(rows))
	for i, row := range rows {
		list[i] = matchable{key: rowKey(row), text: rowText(row), class: classTable}
		if len(row) > 0 {
			list[i].label = row[0].text
		}
	}
	return list
}

func wholeRows(rows [][]cell, mark Mark) []UnitRow {
	list := make([]UnitRow, 0, len(rows))
	for _, row := range rows {
		r := UnitRow{Mark: mark, Cells: make([][]Piece, len(row))}
		for j, c := range row {
			r.Cells[j] = pieces(mark, c.text)
		}
		list = append(list, r)
	}
	return list
}

// compareRows compares two rows cell by cell. Where one has more cells, the
// cells that are the same hold the others in their places.
func compareRows(old, new []cell, oldRow, newRow *UnitRow) {
	oldRow.Mark, newRow.Mark = MarkKept, MarkKept
	for _, p := range cellPairs(old, new) {
		oldRow.Cells[p.old], newRow.Cells[p.new] = compareCells(old[p.old], new[p.new])
	}
}

func cellPairs(old, new []cell) []pair {
	var pairs []pair
	if len(old) == len(new) {
		for k := range old {
			pairs = append(pairs, pair{k, k})
		}
		return pairs
	}
	same := chain(exactEdges(cellKeys(old), cellKeys(new), func(int, int) float64 { return 1 }), len(new))
	for _, s := range stretches(same, len(old), len(new)) {
		for k := range min(s.oldTo-s.oldFrom, s.newTo-s.newFrom) {
			pairs = append(pairs, pair{s.oldFrom + k, s.newFrom + k})
		}
	}
	return append(pairs, same...)
}

func cellKeys(row []cell) []string {
	list := make([]string, len(row))
	for i := range row {
		list[i] = rowKey(row[i : i+1])
	}
	return list
}

// compareCells marks a cell that is merged otherwise as another one.
func compareCells(old, new cell) (gone, come []Piece) {
	if old.rows != new.rows || old.columns != new.columns {
		return pieces(MarkGone, old.text), pieces(MarkCome, new.text)
	}
	return bothSides(old.text, new.text)
}

func bothSides(old, new string) (gone, come []Piece) {
	for _, p := range CompareText(old, new) {
		if p.Mark != MarkCome {
			gone = append(gone, p)
		}
		if p.Mark != MarkGone {
			come = append(come, p)
		}
	}
	return gone, come
}
