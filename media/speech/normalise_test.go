package speech

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/spoken.tsv
var spokenTable string

// cases are what is written and how it is said.
func cases(t *testing.T, table string) (all [][2]string) {
	t.Helper()
	for l := range strings.Lines(table) {
		if strings.HasPrefix(l, "#") || strings.TrimSpace(l) == "" {
			continue
		}
		written, said, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		if !ok {
			t.Fatalf("no tab: %q", l)
		}
		all = append(all, [2]string{written, said})
	}
	return all
}

func TestOfficialTextIsSaidAsAClerkWouldReadIt(t *testing.T) {
	all := cases(t, spokenTable)
	for _, c := range all {
		if got := string(line(c[0], 0).runes); got != c[1] {
			t.Errorf("%s\n got %s\nwant %s", c[0], got, c[1])
		}
	}
	if len(all) < 300 {
		t.Errorf("%d cases, want 300", len(all))
	}
}

func TestEverySpokenRuneKnowsWhereItComesFrom(t *testing.T) {
	for _, c := range cases(t, spokenTable) {
		said, n, last := line(c[0], 0), len([]rune(c[0])), Range{}
		if len(said.runes) != len(said.source) {
			t.Fatalf("%s: %d runes, %d places", c[0], len(said.runes), len(said.source))
		}
		for i, from := range said.source {
			if from.From < last.From || from.From >= from.To || from.To > n {
				t.Errorf("%s: rune %d comes from %v, behind %v", c[0], i, from, last)
			}
			last = from
		}
	}
}
