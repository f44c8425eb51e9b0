package store

import "testing"

func TestAnyNumberOfRowsComesToFewTexts(t *testing.T) {
	texts := map[string]bool{}
	for n := range 3 * mostInserted {
		rows := make([][]any, n)
		for i := range rows {
			rows[i] = []any{i, "word"}
		}
		next := 0
		for _, s := range inserting("INSERT INTO t (a, b) VALUES", rows) {
			texts[s.text] = true
			for i := 0; i < len(s.args); i += 2 {
				if s.args[i] != next {
					t.Fatalf("of %d rows, %v comes where %d should", n, s.args[i], next)
				}
				next++
			}
		}
		if next != n {
			t.Fatalf("of %d rows, %d are inserted", n, next)
		}
	}
	if len(texts) != 10 {
		t.Errorf("%d texts, want one for each power of two up to %d", len(texts), mostInserted)
	}
}
