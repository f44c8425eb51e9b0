package pages_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"yuandu/media/pages"
)

// The tests' own binary is the worker too.
func TestMain(m *testing.M) {
	if os.Getenv("PAGES_WORKER") == "1" {
		if err := pages.Work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if how := os.Getenv("PAGES_OCR"); how != "" {
		standIn(how)
		os.Exit(0)
	}
	folder, err := os.MkdirTemp("", "pages")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	kept = folder
	status := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(status)
}

// kept is where all tests keep the compiled PDFium: to compile it takes seconds.
var kept string

func settings(change func(*pages.Settings)) pages.Settings {
	s := pages.Settings{
		Program: os.Args[0], Environment: []string{"PAGES_WORKER=1"}, Folder: kept, Limits: pages.UsualLimits(),
	}
	if change != nil {
		change(&s)
	}
	return s
}

var engine = sync.OnceValue(func() *pages.Engine { return pages.New(settings(nil)) })

// data is a file of the real data, or a reason not to test.
func data(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("../../../shared/data", name)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	return path
}

func open(t testing.TB, e *pages.Engine, path string) *pages.Document {
	t.Helper()
	d, err := e.Open(context.Background(), path)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	t.Cleanup(d.Close)
	return d
}
