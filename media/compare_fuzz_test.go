package media

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
)

func FuzzCompare(f *testing.F) {
	for _, story := range comparisons {
		f.Add(story.old, story.new)
	}
	f.Add("第一条\n|a|\n|b|\n第二条", "|a|b|\n1.\n（一）\n附件\n1.甲")
	f.Fuzz(func(t *testing.T, old, new string) { mustCompare(t, Structure(old), Structure(new)) })
}

// FuzzCompareDrafts compares documents that are put together from the same few
// lines, so that much is alike, twice there, cut in two or elsewhere.
func FuzzCompareDrafts(f *testing.F) {
	f.Add([]byte{0, 9, 40, 80, 1, 12}, []byte{0, 40, 9, 5, 81, 1})
	f.Add([]byte{3, 24, 25, 26, 3, 27}, []byte{3, 24, 3, 25, 26, 27})
	f.Add([]byte("8C"), []byte("0c1"))
	f.Add([]byte("0\tX aC"), []byte("0X#700"))
	f.Add([]byte("a table, an article, a picture"), []byte("a picture, an article, a table"))
	f.Fuzz(func(t *testing.T, old, new []byte) { mustCompare(t, drafted(old), drafted(new)) })
}

// drafted reads each byte as a block: what it is, and what it says.
func drafted(script []byte) model.Body {
	kinds := []model.BlockKind{
		model.BlockArticle, model.BlockParagraph, model.BlockItem, model.BlockTable,
		model.BlockPicture, model.BlockChapter, model.BlockArticle, model.BlockHeading,
	}
	sentences := strings.SplitAfter(purpose+scope+police+streets, "，")
	var body model.Body
	for i, b := range script[:min(len(script), 200)] {
		k := model.Block{Kind: kinds[b%8], Text: sentences[int(b/8)%len(sentences)]}
		switch k.Kind {
		case model.BlockArticle, model.BlockItem, model.BlockChapter:
			k.Label = "（" + string('一'+rune(i%5)) + "）"
		case model.BlockTable:
			k.Rows = [][]string{{k.Text, "一"}, {string('一' + rune(b/8)), k.Text, "1"}}[:1+int(b/8)%2]
			k.Spans = []model.Span{{Row: int(b) % 3, Column: int(b) % 2, Rows: 2, Columns: 1}}
		case model.BlockPicture:
			k.FileID = k.Text
		case model.BlockParagraph:
			k.Text += sentences[int(b/16)%len(sentences)]
		}
		body = append(body, k)
	}
	return body
}

func FuzzCompareText(f *testing.F) {
	f.Add("自2021年3月1日起", "自2024年5月1日起")
	f.Add("0", "0A\x950")
	f.Add("\xff甲\x00乙", "\xff\xfe乙\x00")
	f.Add(strings.Repeat("甲乙。", 2000), strings.Repeat("甲丙。丁", 2000))
	f.Fuzz(func(t *testing.T, old, new string) { mustCompareText(t, old, new) })
}

// mustCompareText compares two texts and checks that the pieces are these.
func mustCompareText(t *testing.T, old, new string) []Piece {
	t.Helper()
	got := CompareText(old, new)
	if only(got, MarkKept, MarkGone) != old || only(got, MarkKept, MarkCome) != new {
		t.Errorf("%q and %q became %v", old, new, got)
	}
	if !reflect.DeepEqual(got, CompareText(old, new)) {
		t.Errorf("%q and %q were compared in two ways", old, new)
	}
	return got
}

// only is the text of the pieces with one of the marks.
func only(pieces []Piece, marks ...Mark) string {
	var s strings.Builder
	for _, p := range pieces {
		if slices.Contains(marks, p.Mark) {
			s.WriteString(p.Text)
		}
	}
	return s.String()
}

// mustCompare compares two documents and checks what always holds: every block
// is told once and to the letter, and what was kept is the same on both sides.
func mustCompare(t *testing.T, old, new model.Body) []Change {
	t.Helper()
	changes := Compare(old, new)
	var olds, news, order []Unit
	for _, c := range changes {
		olds, news = append(olds, c.Old...), append(news, c.New...)
		if c.Kind != ChangeMoved {
			order = append(order, c.Old...)
		}
		mustFitKind(t, c)
		if kept(c.Old) != kept(c.New) {
			t.Errorf("%s: kept %q on one side and %q on the other", c.Kind, kept(c.Old), kept(c.New))
		}
	}
	mustTell(t, olds, old, MarkGone)
	mustTell(t, news, new, MarkCome)
	byPlace := func(a, b Unit) int { return a.From - b.From }
	if !slices.IsSortedFunc(news, byPlace) || !slices.IsSortedFunc(order, byPlace) {
		t.Error("the changes are not in the order of the documents")
	}
	if !reflect.DeepEqual(changes, Compare(old, new)) {
		t.Error("the same documents were compared in two ways")
	}
	return changes
}

func mustFitKind(t *testing.T, c Change) {
	t.Helper()
	sides := [2]int{min(len(c.Old), 2), min(len(c.New), 2)}
	want, special := map[ChangeKind][2]int{
		ChangeAdded: {0, 1}, ChangeRemoved: {1, 0}, ChangeSplit: {1, 2}, ChangeJoined: {2, 1},
	}[c.Kind]
	if !special {
		want = [2]int{1, 1}
	}
	if sides != want {
		t.Errorf("%s has %d old and %d new units", c.Kind, len(c.Old), len(c.New))
	}
	unmarked := c.Kind == ChangeSame || c.Kind == ChangeRenumbered || c.Kind == ChangeAdded || c.Kind == ChangeRemoved
	if c.Edited && unmarked || !c.Edited && c.Kind == ChangeEdited {
		t.Errorf("%s says of its wording: edited %v", c.Kind, c.Edited)
	}
}

// kept is what both sides of a change must have in common.
func kept(units []Unit) string {
	var texts, cells strings.Builder
	for _, u := range units {
		for _, line := range u.Lines {
			if line.Kind == model.BlockTable {
				cells.WriteString(only(line.Pieces, MarkKept))
			} else {
				texts.WriteString(only(line.Pieces, MarkKept))
			}
			for _, row := range line.Rows {
				for _, c := range row.Cells {
					cells.WriteString(only(c, MarkKept))
				}
			}
		}
	}
	return texts.String() + "|" + cells.String()
}

// mustTell checks that the units are the body, block by block.
func mustTell(t *testing.T, units []Unit, body model.Body, own Mark) {
	t.Helper()
	slices.SortFunc(units, func(a, b Unit) int { return a.From - b.From })
	at := 0
	for _, u := range units {
		if u.From != at || u.To-u.From != len(u.Lines) || len(u.Lines) == 0 {
			t.Fatalf("a unit of %d lines from %d to %d stands behind block %d", len(u.Lines), u.From, u.To, at)
		}
		for k, line := range u.Lines {
			mustTellBlock(t, line, body[at+k], own)
		}
		at = u.To
	}
	if at != len(body) {
		t.Errorf("%d of %d blocks were told", at, len(body))
	}
}

func mustTellBlock(t *testing.T, line UnitLine, k model.Block, own Mark) {
	t.Helper()
	got := model.Block{Kind: line.Kind, Text: line.Label + only(line.Pieces, MarkKept, own), FileID: line.FileID}
	if want := (model.Block{Kind: k.Kind, Text: k.Label + k.Text, FileID: k.FileID}); !reflect.DeepEqual(got, want) {
		t.Errorf("%v became %v", want, got)
	}
	if len(line.Rows) != len(k.Rows) {
		t.Fatalf("a table of %d rows has %d", len(k.Rows), len(line.Rows))
	}
	all := append([]Piece{{"", line.Mark}}, line.Pieces...)
	for i, row := range line.Rows {
		for j, c := range row.Cells {
			if only(c, MarkKept, own) != k.Rows[i][j] {
				t.Errorf("the cell %q became %v", k.Rows[i][j], c)
			}
			all = append(all, c...)
		}
		all = append(all, Piece{"", row.Mark})
	}
	for _, p := range all {
		if p.Mark != MarkKept && p.Mark != own {
			t.Errorf("%q is marked %q on the side of what is %s", p.Text, p.Mark, own)
		}
	}
}
