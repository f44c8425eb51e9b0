package media

import "yuandu/model"

// ChangeKind says what became of a unit from one version to the next.
type ChangeKind string

// The kinds of changes. What only has another number, because something was
// put in or taken out before it, is renumbered and no change of substance.
const (
	ChangeSame       ChangeKind = "same"
	ChangeEdited     ChangeKind = "changed"
	ChangeAdded      ChangeKind = "added"
	ChangeRemoved    ChangeKind = "removed"
	ChangeMoved      ChangeKind = "moved"
	ChangeSplit      ChangeKind = "split"  // one old unit became several
	ChangeJoined     ChangeKind = "joined" // several old units became one
	ChangeRenumbered ChangeKind = "renumbered"
)

// Change is a row of the table of comparison (修改前后对照表): what stood in the
// old version and what stands in the new one. Old is empty where something was
// added, New where something was removed; several units stand where one was
// split or several were joined.
type Change struct {
	Kind   ChangeKind `json:"kind" enum:"same,changed,added,removed,moved,split,joined,renumbered" doc:"相同、修改、新增、删除、移动、拆分、合并，或只改了编号"`
	Edited bool       `json:"edited,omitempty" doc:"文字也不同，移动、拆分、合并的也可能是"` // the wording differs: also of what was moved, split or joined
	Old    []Unit     `json:"old,omitempty" doc:"旧版中的；新增的没有"`
	New    []Unit     `json:"new,omitempty" doc:"新版中的；删除的没有"`
}

// Unit is what is compared as one: an article with all that belongs to it, or
// a block outside of the articles. Its blocks are body[From:To], a line each.
type Unit struct {
	Kind   model.BlockKind `json:"kind" doc:"条，或条以外的一块"`
	Label  string          `json:"label,omitempty" doc:"第十二条"`
	Anchor string          `json:"anchor,omitempty" doc:"在那一版正文里的位置"`
	From   int             `json:"from" doc:"从正文第几块起"`
	To     int             `json:"to" doc:"到第几块之前"`
	Lines  []UnitLine      `json:"lines" doc:"其中各行"`
}

// UnitLine is a block of a unit with what changed in it. Label is the block's
// or, where it has none, the number that its text begins with; together with
// the pieces it is the block's text. Mark says what became of the label, and of
// a picture: kept, or gone (of an old line) or come (of a new one).
type UnitLine struct {
	Kind   model.BlockKind `json:"kind" doc:"段、项、表格、图片等"`
	Label  string          `json:"label,omitempty" doc:"标号，没有时为空"`
	Mark   Mark            `json:"mark" doc:"标号或图片：kept 两版都有，gone 旧版才有，come 新版才有"`
	Pieces []Piece         `json:"pieces,omitempty" doc:"文字，一截一截的"`
	Rows   []UnitRow       `json:"rows,omitempty" doc:"表格的各行"`
	Spans  []model.Span    `json:"spans,omitempty" doc:"表格里合并的格"`
	FileID string          `json:"file_id,omitempty" doc:"图片的文件编号"`
}

// UnitRow is a row of a table: its cells, each in pieces. Mark is kept where
// the other version has the row too, if with other words.
type UnitRow struct {
	Mark  Mark      `json:"mark" doc:"另一版有没有这一行"`
	Cells [][]Piece `json:"cells" doc:"各格的文字"`
}

// Piece is a stretch of text that was kept, is gone or has come.
type Piece struct {
	Text string `json:"text" doc:"文字"`
	Mark Mark   `json:"mark" enum:"kept,gone,come" doc:"kept 两版都有，gone 旧版才有，come 新版才有"`
}

// Mark says on which side a piece stands.
type Mark string

// The marks: on both sides, on the old one alone, on the new one alone.
const (
	MarkKept Mark = "kept"
	MarkGone Mark = "gone"
	MarkCome Mark = "come"
)

// Compare finds what changed between two versions of a document, by article
// where it has articles, else by heading, paragraph, item, table and picture.
// The changes come in the order of the new version; what was removed stands
// behind what it stood behind. Every unit of either version is in exactly one
// change.
func Compare(old, new model.Body) []Change {
	p := pairing{old: unitsOf(old), new: unitsOf(new)}
	p.match()
	return p.changes()
}

// CompareText finds what changed in a single text, such as a title. The kept
// and gone pieces are the old text, the kept and come ones the new.
func CompareText(old, new string) []Piece {
	if old == new {
		return pieces(MarkKept, old)
	}
	var list []Piece
	for _, s := range compareWords(wordsOf(old), wordsOf(new)) {
		list = append(list, pieces(MarkKept, s.kept...)...)
		list = append(list, pieces(MarkGone, s.gone...)...)
		list = append(list, pieces(MarkCome, s.come...)...)
	}
	return list
}

// changes tells the groups in the order of the new version.
func (p *pairing) changes() []Change {
	list := p.removedFrom(nil, 0)
	for j, g := range p.ofNew {
		if j != g.new[0] {
			continue
		}
		list = append(list, p.change(g))
		if g.inOrder() {
			list = p.removedFrom(list, g.old[len(g.old)-1]+1)
		}
	}
	return list
}

// removedFrom adds what was removed from the old unit i on, up to the next one
// that still stands in its order.
func (p *pairing) removedFrom(list []Change, i int) []Change {
	for ; i < len(p.ofOld) && !p.ofOld[i].inOrder(); i++ {
		if g := p.ofOld[i]; len(g.new) == 0 {
			list = append(list, p.change(g))
		}
	}
	return list
}

func (p *pairing) change(g *group) Change {
	c := Change{Kind: p.kind(g)}
	var old, new lineSet
	for _, i := range g.old {
		old.add(&p.old[i])
	}
	for _, j := range g.new {
		new.add(&p.new[j])
	}
	c.Edited = markLines(old.lines, new.lines) && len(g.old) > 0 && len(g.new) > 0 || c.Kind == ChangeEdited
	c.Old, c.New = old.units, new.units
	return c
}

func (p *pairing) kind(g *group) ChangeKind {
	switch {
	case len(g.old) == 0:
		return ChangeAdded
	case len(g.new) == 0:
		return ChangeRemoved
	case len(g.new) > 1:
		return ChangeSplit
	case len(g.old) > 1:
		return ChangeJoined
	case g.moved:
		return ChangeMoved
	case p.old[g.old[0]].key != p.new[g.new[0]].key:
		return ChangeEdited
	case p.old[g.old[0]].label != p.new[g.new[0]].label:
		return ChangeRenumbered
	}
	return ChangeSame
}
