package housetest

import (
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"yuandu/media/mediatest"
)

// Archive publishes documents, one in two with a file, and stops the house: what
// somebody with a shell to the machine then changes, verify has to find.
func (h *House) Archive(documents int) {
	h.t.Helper()
	s := h.Serve()
	n := h.Newsroom(s)
	for i := range documents {
		if i%2 == 0 {
			n.PublishWithFile(i, n.Hand(fmt.Sprintf("附件%d.pdf", i), mediatest.PDF(1, fmt.Sprintf("%% %s", n.office), fmt.Sprintf("%% %d", i))))
		} else {
			n.sign(n.inReview(n.draft(word(i), i+1)))
		}
	}
	s.Stop()
	h.Must("verify")
}

// Tamper changes one byte of a revision, or of a file where they lie in a folder,
// as often as is said, and counts how often verify finds it. What was changed is
// put back each time.
func (h *House) Tamper(dice *rand.Rand, times int) (found int) {
	h.t.Helper()
	db := h.open()
	defer db.Close()
	files := h.keptFiles()
	for range times {
		var what string
		var back func()
		if len(files) > 0 && dice.IntN(3) == 0 {
			what, back = tamperFile(h.t, dice, files[dice.IntN(len(files))])
		} else {
			what, back = tamperRow(h.t, dice, db)
		}
		if r := h.Run("verify"); r.Status == 1 {
			found++
		} else {
			h.t.Logf("verify ended with %d after a change of %s", r.Status, what)
		}
		back()
	}
	h.Must("verify")
	return found
}

func (h *House) keptFiles() (files []string) {
	if !h.IsEmbedded() {
		return nil
	}
	err := filepath.WalkDir(filepath.Join(h.Data, "files"), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Type().IsRegular():
			files = append(files, path)
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		h.t.Fatalf("no files are kept (%v)", err)
	}
	return files
}

func tamperFile(t testing.TB, dice *rand.Rand, path string) (what string, back func()) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := dice.IntN(len(content))
	put := func(b byte) {
		content[at] = b
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	was := content[at]
	put(was ^ byte(1+dice.IntN(255)))
	return "a file", func() { put(was) }
}

// revisionColumns are all that a revision has.
var revisionColumns = []string{"kind", "id", "version", "sm3", "canonical", "act", "note", "saved_at"}

func tamperRow(t testing.TB, dice *rand.Rand, db *sql.DB) (what string, back func()) {
	t.Helper()
	column := revisionColumns[dice.IntN(len(revisionColumns))]
	var kind, id, value string
	var version int64
	// Keys of rows with files are held by these.
	err := db.QueryRow(`SELECT r.kind, r.id, r.version, cast(r.`+column+` AS text) FROM revisions r
		WHERE NOT EXISTS (SELECT 1 FROM revision_files f WHERE f.kind = r.kind AND f.id = r.id AND f.version = r.version)
		ORDER BY r.id LIMIT 1 OFFSET $1`, dice.IntN(5)).Scan(&kind, &id, &version, &value)
	if err != nil {
		t.Fatal(err)
	}
	changed := otherByte(dice, value)
	at := map[string]any{"kind": kind, "id": id, "version": version}
	write := func(text string) {
		var v any = text
		if column == "version" || column == "saved_at" {
			v, err = strconv.ParseInt(text, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
		}
		if r, err := db.Exec(`UPDATE revisions SET `+column+` = $1 WHERE kind = $2 AND id = $3 AND version = $4`, v, at["kind"], at["id"], at["version"]); err != nil {
			t.Fatal(err)
		} else if n, _ := r.RowsAffected(); n != 1 {
			t.Fatalf("%d rows changed", n)
		}
		if _, key := at[column]; key {
			at[column] = v
		}
	}
	write(changed)
	return "the " + column + " of a revision", func() { write(value) }
}

// otherByte is a text with another character in one place; an empty one gets one.
func otherByte(dice *rand.Rand, text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return "x"
	}
	i := dice.IntN(len(runes))
	choice := "0123456789abcdef"
	if strings.Trim(text, "0123456789") == "" {
		choice = "123456789" // a number stays one
	}
	for was := runes[i]; runes[i] == was; {
		runes[i] = rune(choice[dice.IntN(len(choice))])
	}
	return string(runes)
}
