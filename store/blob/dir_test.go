package blob_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yuandu/store/blob"
	"yuandu/store/blob/blobtest"
)

func TestDir(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Bucket {
		folder := t.TempDir()
		t.Cleanup(func() { noPieces(t, folder) })
		return openDir(t, folder)
	})
}

func TestDirKeepsFilesFromOtherPeople(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data", "files")
	d := openDir(t, folder)
	put(t, d, "a/b", "text")
	for name, want := range map[string]fs.FileMode{".": 0o700, "a": 0o700, ".partial": 0o700, "a/b": 0o600} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

// Somebody who may write in the folder cannot use us to read or write outside.
func TestDirStaysInItsFolder(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	d := openDir(t, folder)
	secret := filepath.Join(outside, "secret")
	for _, err := range []error{
		os.WriteFile(secret, []byte("secret"), 0o600),
		os.Symlink(outside, filepath.Join(folder, "link")),
		os.Symlink(secret, filepath.Join(folder, "file")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"link/secret", "file"} {
		if _, err := d.Open(t.Context(), key); err == nil {
			t.Errorf("%s led out of the folder", key)
		}
		_ = d.Delete(t.Context(), key)
	}
	if d.Put(t.Context(), "link/new", strings.NewReader("new"), 3, "") == nil {
		t.Error("a file was put outside the folder")
	}
	put(t, d, "file", "inside") // takes the place of the link
	if text, err := os.ReadFile(secret); string(text) != "secret" || err != nil {
		t.Errorf("the file outside: %q, %v", text, err)
	}
	noPieces(t, folder)
}

func TestDirLeavesNoHalfFileWhereItCannotWrite(t *testing.T) {
	folder := t.TempDir()
	d := openDir(t, folder)
	put(t, d, "a", "text")
	put(t, d, "folder/b", "text")
	for _, key := range []string{"a/under-a-file", "folder"} {
		if d.Put(t.Context(), key, strings.NewReader("new"), 3, "") == nil {
			t.Errorf("%s was put in an impossible place", key)
		}
	}
	holds(t, d, "a", "text")
	holds(t, d, "folder/b", "text")
	noPieces(t, folder)
}

func TestDirSweepsWhatACrashLeft(t *testing.T) {
	folder := t.TempDir()
	old, young := filepath.Join(folder, ".partial", "old"), filepath.Join(folder, ".partial", "young")
	day := time.Now().Add(-25 * time.Hour)
	for _, err := range []error{
		os.Mkdir(filepath.Join(folder, ".partial"), 0o700),
		os.WriteFile(old, []byte("half"), 0o600),
		os.WriteFile(young, []byte("another process writes it"), 0o600),
		os.Chtimes(old, day, day),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	openDir(t, folder)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old piece is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error(err)
	}
}

func TestDirSurvivesATidyPerson(t *testing.T) {
	folder := t.TempDir()
	d := openDir(t, folder)
	if err := os.RemoveAll(filepath.Join(folder, ".partial")); err != nil {
		t.Fatal(err)
	}
	put(t, d, "a", "text")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if d.Health(t.Context()) == nil {
		t.Error("the folder is gone, and the bucket says it is well")
	}
}

func TestDirIsNotAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{file, filepath.Join(file, "under")} {
		if _, err := blob.OpenDir(folder); err == nil {
			t.Errorf("%s was opened as a folder", folder)
		}
	}
}

// FuzzDirKeys: a key that is accepted names exactly one file inside the folder.
func FuzzDirKeys(f *testing.F) {
	for _, key := range []string{"files/ab/cd", "a..b", "a/../b", "/a", "a//b", "a/.b", ".partial/a", "公报", "a/b."} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		folder := t.TempDir()
		d := openDir(t, folder)
		err := d.Put(t.Context(), key, strings.NewReader("text"), 4, "")
		if errors.Is(err, blob.ErrBadKey) {
			return
		}
		if err != nil || path.Clean(key) != key || !filepath.IsLocal(key) || strings.HasPrefix(key, ".") {
			t.Fatalf("%q was accepted: %v", key, err)
		}
		if text, err := os.ReadFile(filepath.Join(folder, key)); string(text) != "text" {
			t.Fatal(err)
		}
	})
}

func openDir(t *testing.T, folder string) *blob.Dir {
	t.Helper()
	d, err := blob.OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func put(t *testing.T, b blob.Bucket, key, text string) {
	t.Helper()
	if err := b.Put(t.Context(), key, strings.NewReader(text), int64(len(text)), "text/plain"); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, b blob.Bucket, key, want string) {
	t.Helper()
	object, err := b.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer object.Close()
	if text, err := io.ReadAll(object); string(text) != want || err != nil {
		t.Errorf("%s: %.60q, %v", key, text, err)
	}
}

func noPieces(t *testing.T, folder string) {
	t.Helper()
	pieces, _ := os.ReadDir(filepath.Join(folder, ".partial"))
	for _, piece := range pieces {
		t.Errorf("%s was left half written", piece.Name())
	}
}
