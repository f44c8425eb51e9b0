package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
	"yuandu/store/search/searchtest"
)

var ctx = context.Background()

func TestBleve(t *testing.T) {
	folders := map[search.Index]string{}
	searchtest.Run(t, func(t *testing.T) search.Index {
		folder := t.TempDir()
		index := openBleve(t, folder)
		folders[index] = folder
		return index
	}, searchtest.Options{Engine: "bleve", Reopen: func(t *testing.T, index search.Index) search.Index {
		folder := folders[index]
		if err := index.Close(); err != nil {
			t.Fatal(err)
		}
		return openBleve(t, folder)
	}})
}

func openBleve(t *testing.T, folder string) *search.Bleve {
	t.Helper()
	index, err := search.OpenBleve(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return index
}

// built is an index over some titles, each with itself as its body.
func built(t *testing.T, folder string, titles ...string) *search.Bleve {
	t.Helper()
	index := openBleve(t, folder)
	next, err := index.Rebuild(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ops []search.Op
	for _, title := range titles {
		ops = append(ops, search.Op{ID: title, Put: &search.Doc{Kind: model.KindPolicy, ID: title, Version: 1, Title: title, Body: title}})
	}
	if err := next.Apply(ctx, model.KindPolicy, ops); err != nil {
		t.Fatal(err)
	}
	if err := next.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return index
}

func TestAnIndexFolderBelongsToOneProcess(t *testing.T) {
	folder := t.TempDir()
	openBleve(t, folder)
	if _, err := search.OpenBleve(folder); err != search.ErrHeld {
		t.Errorf("opened twice: %v", err)
	}
}

func TestADamagedIndexAsksToBeRebuiltAndIsWholeAfterIt(t *testing.T) {
	folder := t.TempDir()
	built(t, folder, "养老服务办法").Close()
	damaged := 0
	filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) != "" {
			damaged++
			return os.WriteFile(path, []byte("not an index"), 0o644)
		}
		return err
	})
	if damaged == 0 {
		t.Fatal("there was nothing to damage")
	}
	index := openBleve(t, folder)
	if err := index.Health(ctx); err != search.ErrOutdated {
		t.Fatalf("a damaged index says %v of itself", err)
	}
	index.Close()
	again := built(t, folder, "养老服务办法")
	found, err := again.Find(ctx, search.Query{Kind: model.KindPolicy, Mode: search.All, Text: "养老", Sort: search.Relevance, Limit: 5})
	if err != nil || found.Total != 1 || again.Health(ctx) != nil {
		t.Errorf("after the rebuild: %+v, %v", found, err)
	}
}

// A killed process may leave a segment half written that no list names: the
// index is whole without it.
func TestAHalfWrittenSegmentIsNoDamage(t *testing.T) {
	folder := t.TempDir()
	built(t, folder, "养老服务办法").Close()
	written, err := filepath.Glob(filepath.Join(folder, "*", "policy", "store", "*.zap"))
	if err != nil || len(written) == 0 {
		t.Fatal("there are no segments", err)
	}
	whole, err := os.ReadFile(written[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(written[0]), "0000000000ff.zap"), whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	index := openBleve(t, folder)
	found, err := index.Find(ctx, search.Query{Kind: model.KindPolicy, Mode: search.All, Text: "养老", Sort: search.Relevance, Limit: 5})
	if err != nil || found.Total != 1 || index.Health(ctx) != nil {
		t.Errorf("%+v, %v, and its health is %v", found, err, index.Health(ctx))
	}
}

// An index that was built before there were letters goes on answering until it is
// rebuilt.
func TestAnIndexWithoutANewKindAnswersForTheOthers(t *testing.T) {
	folder := t.TempDir()
	built(t, folder, "养老服务办法").Close()
	lacking, err := filepath.Glob(filepath.Join(folder, "*", string(model.KindLetter)))
	if err != nil || len(lacking) != 1 {
		t.Fatal("there is no folder of letters", lacking, err)
	}
	if err := os.RemoveAll(lacking[0]); err != nil {
		t.Fatal(err)
	}
	index := openBleve(t, folder)
	q := search.Query{Kind: model.KindPolicy, Mode: search.All, Text: "养老", Sort: search.Relevance, Limit: 5}
	if found, err := index.Find(ctx, q); err != nil || found.Total != 1 {
		t.Errorf("policies are not found: %+v, %v", found, err)
	}
	q.Kind = model.KindLetter
	if _, err := index.Find(ctx, q); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("letters are asked for: %v", err)
	}
	if err := index.Health(ctx); err != search.ErrOutdated {
		t.Errorf("it says of itself: %v", err)
	}
}

func TestTheFolderKeepsNothingOfEarlierIndexes(t *testing.T) {
	folder := t.TempDir()
	built(t, folder, "一").Close()
	index := built(t, folder, "二")
	next, err := index.Rebuild(ctx) // and is left lying, as a killed process would
	if err != nil {
		t.Fatal(err)
	}
	_ = next
	index.Close()
	openBleve(t, folder)
	folders := 0
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if e.IsDir() {
			folders++
		}
	}
	if folders != 1 {
		t.Errorf("%d generations lie in the folder", folders)
	}
}
