package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

// A damaged index is no reason not to start: titles are searched in the
// database until it is rebuilt, which nobody has to ask for.
func TestADamagedIndexIsRebuilt(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	rows := good("损坏试验", 300)
	h.Must("import", "policies", housetest.File(t, "rows.jsonl", rows))
	index := filepath.Join(h.Data, "index")
	for _, damage := range []struct {
		name string
		to   func(path string, content []byte) error
		of   string // files whose path holds this
	}{
		{"the folder is gone", nil, ""},
		{"it does not say which index is valid", remove, "CURRENT"},
		{"it names an index that is not there", overwrite("gnone 1\n"), "CURRENT"},
		{"it names nothing", overwrite(""), "CURRENT"},
		{"it names a folder outside", overwrite("../../.. 1\n"), "CURRENT"},
		{"it was built by other rules", otherRules, "CURRENT"},
		{"the list of segments is cut short", halve, ".bolt"},
		{"the list of segments is overwritten", scribble, ".bolt"},
		{"the segments are cut short", halve, ".zap"},
		{"the segments are empty", overwrite(""), ".zap"},
		{"the segments are gone", remove, ".zap"},
		{"the segments are overwritten in their middle", scribble, ".zap"},
		{"a few bytes of the segments are others, early", spot(10), ".zap"},
		{"a few bytes of the segments are others, in the middle", spot(50), ".zap"},
		{"a few bytes of the segments are others, late", spot(85), ".zap"},
		{"the description is gone", remove, "index_meta.json"},
		{"a kind is gone", remove, "/policy/"},
		{"everything is overwritten", scribble, ""},
	} {
		t.Run(damage.name, func(t *testing.T) {
			h := h.For(t)
			if damage.to == nil {
				if err := os.RemoveAll(index); err != nil {
					t.Fatal(err)
				}
			} else if n := harm(t, index, damage.of, damage.to); n == 0 {
				t.Fatal("no such file")
			}
			s := h.Serve()
			for _, text := range []string{"损坏试验第7号通知", "损坏试验"} {
				if page := s.Find(text); page.Total == 0 || text != "损坏试验" && page.Items[0].Title != text {
					t.Errorf("%s finds %d documents", text, page.Total)
				}
			}
			s.AwaitStatus("ready")
			if policies, _, degraded := s.Public(); policies != 300 || degraded {
				t.Errorf("%d of 300 are found, degraded %v", policies, degraded)
			}
			if page := s.Find("为了试验，制定本办法"); page.Total != 300 || page.Degraded {
				t.Errorf("the text of %d of 300 is found, degraded %v", page.Total, page.Degraded)
			}
			if damage.of != ".bolt" { // bolt may have been harmed where nothing is kept
				s.Await("search index rebuilt")
			}
			s.Stop()
			h.Serve().Stop() // sweeps up what the first could not
			if left := h.Generations(); len(left) != 1 {
				t.Errorf("there lie %v", left)
			}
		})
	}
}

// harm does something to every file whose path holds a text.
func harm(t *testing.T, folder, of string, to func(path string, content []byte) error) (files int) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "lock" || !strings.Contains(path[len(folder):], of) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		return to(path, content)
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func remove(path string, _ []byte) error { return os.Remove(path) }

func overwrite(text string) func(string, []byte) error {
	return func(path string, _ []byte) error { return os.WriteFile(path, []byte(text), 0o600) }
}

func halve(path string, content []byte) error {
	return os.WriteFile(path, content[:len(content)/2], 0o600)
}

// scribble leaves both ends as they are, where formats keep their marks.
func scribble(path string, content []byte) error {
	third := len(content) / 3
	copy(content[third:2*third], bytes.Repeat([]byte("\xa5"), third))
	return os.WriteFile(path, content, 0o600)
}

// spot changes a few bytes at a place, in percent of the whole.
func spot(percent int) func(string, []byte) error {
	return func(path string, content []byte) error {
		copy(content[len(content)*percent/100:], "damaged")
		return os.WriteFile(path, content, 0o600)
	}
}

func otherRules(path string, content []byte) error {
	return os.WriteFile(path, append(bytes.Fields(content)[0], " 0\n"...), 0o600)
}
