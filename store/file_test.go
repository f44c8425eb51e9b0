package store

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"
)

// A column that refers to files and is not on the list would not keep a file from
// being forgotten: its foreign key would, and the night would end in a fault.
func TestEveryColumnThatRefersToFilesIsOnTheList(t *testing.T) {
	var listed, found []string
	for _, r := range fileReferences {
		listed = append(listed, r.table+"."+r.column)
	}
	line := regexp.MustCompile(`(?m)^CREATE TABLE (\w+)|^ALTER TABLE (\w+)|(?:^ +|ADD COLUMN )(\w+) .*REFERENCES files\b`)
	for _, engine := range []string{"sqlite", "postgres"} {
		paths, err := fs.Glob(migrations, "migrations/"+engine+"/*.sql")
		if err != nil || len(paths) == 0 {
			t.Fatal(paths, err)
		}
		found = nil
		for _, path := range paths {
			text, err := fs.ReadFile(migrations, path)
			if err != nil {
				t.Fatal(err)
			}
			table := ""
			for _, m := range line.FindAllSubmatch(text, -1) {
				if name := string(m[1]) + string(m[2]); name != "" {
					table = name
				}
				if column := string(m[3]); column != "" {
					found = append(found, table+"."+column)
				}
			}
		}
		slices.Sort(found)
		slices.Sort(listed)
		if !slices.Equal(found, listed) {
			t.Errorf("%s: files are referred to by %v, and the list has %v", engine, found, listed)
		}
	}
}
