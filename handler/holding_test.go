package handler_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// withResidents finds the tables that name a resident, in the migrations of an
// engine.
func withResidents(t testing.TB, engine string) []string {
	t.Helper()
	files, err := filepath.Glob("../store/migrations/" + engine + "/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations (%v)", err)
	}
	table := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	added := regexp.MustCompile(`ALTER TABLE (\w+) ADD COLUMN \w*resident\w*`)
	var names []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(text), -1) {
			if m[1] == "residents" || regexp.MustCompile(`(?m)^\s+\w*resident\w*\s`).MatchString(m[2]) {
				names = append(names, m[1])
			}
		}
		for _, m := range added.FindAllStringSubmatch(string(text), -1) {
			names = append(names, m[1])
		}
	}
	return names
}

func TestEveryTableWithAResidentIsExportedErasedOrExplained(t *testing.T) {
	h := raise(t, embedded)
	answered := h.handler.Account.Tables()
	for _, engine := range []string{"sqlite", "postgres"} {
		names := withResidents(t, engine)
		if len(names) < 4 {
			t.Fatalf("only %v name a resident: the search is broken", names)
		}
		for _, name := range names {
			if !slices.Contains(answered, name) {
				t.Errorf("%s: nobody answers for the table %s when a resident asks for an export or for erasure. "+
					"Let its domain be an account.Holding, and hand it to account.New in cmd/yuandu.", engine, name)
			}
		}
	}
}
