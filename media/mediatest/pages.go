package mediatest

import (
	"fmt"
	"os"
	"path/filepath"

	"yuandu/media/pages"
)

const pagesWorker = "YUANDU_TEST_PAGES_WORKER"

// PagesWorker makes the tests' own binary the worker that opens files, where it was started as
// one: TestMain begins with it.
func PagesWorker() {
	if os.Getenv(pagesWorker) != "1" {
		return
	}
	if err := pages.Work(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Pages is an engine whose workers are the tests' own binary. What is compiled is kept for all
// tests of this machine.
func Pages(processes int) *pages.Engine {
	return pages.New(pages.Settings{Program: os.Args[0], Environment: []string{pagesWorker + "=1"}, Processes: processes,
		Folder: filepath.Join(os.TempDir(), "yuandu-test-pages")})
}

// CountedPages is such an engine, which writes a line to a file for each worker that it starts.
func CountedPages(file string) *pages.Engine {
	return pages.New(pages.Settings{Program: "/bin/sh", Arguments: []string{"-c", `echo started >> "$0"; exec "$1"`, file, os.Args[0]},
		Environment: []string{pagesWorker + "=1"}, Folder: filepath.Join(os.TempDir(), "yuandu-test-pages")})
}
