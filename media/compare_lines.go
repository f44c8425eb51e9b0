package media

import "yuandu/model"

// lineSet are the units of one side of a change, and their lines.
type lineSet struct {
	units []Unit
	lines []draft
}

func (l *lineSet) add(u *unit) {
	l.units = append(l.units, u.Unit)
	l.lines = append(l.lines, u.drafts...)
}

// markLines marks what differs between the lines of both sides, and says
// whether the wording does. Lines that are the same hold the others in their
// places; between them the text is compared as one, for a paragraph may have
// been cut in two.
func markLines(old, new []draft) (edited bool) {
	pairs := chain(exactEdges(lineKeys(old), lineKeys(new), func(i, j int) float64 {
		if old[i].Label == new[j].Label {
			return 1.1
		}
		return 1
	}), len(new))
	for _, s := range stretches(pairs, len(old), len(new)) {
		gap := between{old[s.oldFrom:s.oldTo], new[s.newFrom:s.newTo]}
		gap.mark()
		if s.oldTo < len(old) {
			old[s.oldTo].keep(&new[s.newTo])
		}
	}
	return anyMarked(old) || anyMarked(new)
}

func lineKeys(lines []draft) []string {
	list := make([]string, len(lines))
	for i := range lines {
		list[i] = lines[i].key
	}
	return list
}

// keep marks two lines that are the same but for their labels.
func (d *draft) keep(other *draft) {
	for _, line := range []*draft{d, other} {
		line.Mark, line.Pieces = MarkKept, pieces(MarkKept, line.text)
		line.Rows = wholeRows(line.rows, MarkKept)
	}
	d.compareLabel(other)
}

func (d *draft) compareLabel(other *draft) {
	if d.Label != other.Label {
		d.Mark, other.Mark = MarkGone, MarkCome
	}
}

// whole marks a line that has no counterpart.
func (d *draft) whole(mark Mark) {
	d.Mark, d.Pieces, d.Rows = mark, pieces(mark, d.text), wholeRows(d.rows, mark)
}

// anyMarked says whether there is a line of which more than the number of its
// unit differs.
func anyMarked(lines []draft) bool {
	for i := range lines {
		d := &lines[i]
		labelled := !d.own && d.Label != "" || d.Kind == model.BlockPicture
		if d.Mark != MarkKept && labelled || anyPiece(d.Pieces) {
			return true
		}
		for _, row := range d.Rows {
			if row.Mark != MarkKept {
				return true
			}
			for _, cell := range row.Cells {
				if anyPiece(cell) {
					return true
				}
			}
		}
	}
	return false
}

func anyPiece(list []Piece) bool {
	for _, p := range list {
		if p.Mark != MarkKept {
			return true
		}
	}
	return false
}

// between are the lines of both sides between two that are the same.
type between struct{ old, new []draft }

func (b between) mark() {
	oldText, oldTables := b.sort(b.old, MarkGone)
	newText, newTables := b.sort(b.new, MarkCome)
	for k := range min(len(oldTables), len(newTables)) {
		compareTables(oldTables[k], newTables[k])
	}
	for _, d := range oldTables[min(len(oldTables), len(newTables)):] {
		d.whole(MarkGone)
	}
	for _, d := range newTables[min(len(oldTables), len(newTables)):] {
		d.whole(MarkCome)
	}
	compareParagraphs(oldText, newText)
}

// sort parts texts and tables; a picture is another one or the same.
func (b between) sort(lines []draft, mark Mark) (texts, tables []*draft) {
	for i := range lines {
		switch d := &lines[i]; classes[d.Kind] {
		case classTable:
			tables = append(tables, d)
		case classPicture:
			d.whole(mark)
		default:
			texts = append(texts, d)
		}
	}
	return texts, tables
}

// compareParagraphs compares lines as one text.
func compareParagraphs(old, new []*draft) {
	if len(old) == 0 || len(new) == 0 {
		for _, d := range old {
			d.whole(MarkGone)
		}
		for _, d := range new {
			d.whole(MarkCome)
		}
		return
	}
	w := writer{scribe{lines: old, mark: MarkGone}, scribe{lines: new, mark: MarkCome}, map[pair]int{}}
	for _, s := range compareWords(wordsOfLines(old), wordsOfLines(new)) {
		w.kept(s.kept)
		w.old.write(s.gone, MarkGone)
		w.new.write(s.come, MarkCome)
	}
	w.old.flush()
	w.new.flush()
	w.labels()
}

func wordsOfLines(lines []*draft) []string {
	var words []string
	for i, d := range lines {
		if i > 0 {
			words = append(words, lineEnd)
		}
		words = append(words, wordsOf(d.text)...)
	}
	return words
}
