// Package bench measures the house against what it stands on, in one run on
// one machine: times differ from machine to machine, ratios hardly.
package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const data = "../../shared/data"

// TestBench takes long; docs/benchmarks.md says what each figure is.
func TestBench(t *testing.T) {
	if os.Getenv("YUANDU_BENCH") != "1" {
		t.Skip("measuring takes long: YUANDU_BENCH=1, or make bench")
	}
	if _, err := os.Stat(data); err != nil {
		fmt.Println("SKIPPED: no ../shared/data: nothing is measured without real documents")
		t.Skip("SKIPPED: no ../shared/data")
	}
	b := newBench(t)
	t.Run("import", b.imports)
	t.Run("search", b.search)
	t.Run("read", b.read)
	t.Run("growth", b.growth)
	t.Run("demo", b.demo)
	b.summary(t)
}

// bench is one run: what was built and imported for it, and its figures.
type bench struct {
	whole   *testing.T
	folder  string // goes away with the run
	binary  string
	figures []string
	short   int

	embedded   *house // imported at the first need
	production *house
	documents  []document
}

func newBench(t *testing.T) *bench {
	b := &bench{whole: t, folder: t.TempDir()}
	b.binary = b.build(t, "yuandu", "../cmd/yuandu")
	return b
}

// figure prints a measured value and whether it reaches its goal, a number
// with "≥", "<" before it.
func (b *bench) figure(what string, value float64, unit, goal string) {
	var sign string
	var limit float64
	if _, err := fmt.Sscan(goal, &sign, &limit); err != nil {
		panic(err) // a mistake in the call
	}
	verdict := "ok"
	if sign == "<" && value >= limit || sign == "≥" && value < limit {
		verdict = "short"
		b.short++
	}
	line := fmt.Sprintf("figure: %s %.2f%s (%s%s) %s", what, value, unit, goal, unit, verdict)
	b.figures = append(b.figures, line)
	fmt.Println(line)
}

// note prints the numbers behind a figure.
func note(format string, values ...any) { fmt.Printf("  "+format+"\n", values...) }

func (b *bench) summary(t *testing.T) {
	fmt.Printf("\n== %s, %d of %d short\n%s\n", time.Now().Format("2006-01-02 15:04"), b.short, len(b.figures),
		strings.Join(b.figures, "\n"))
	if b.short > 0 && os.Getenv("YUANDU_BENCH_STRICT") == "1" {
		t.Errorf("%d figures are short of their goals", b.short)
	}
}

// files are the real documents, as yuandu import takes them.
func files(t *testing.T, patterns ...string) []string {
	t.Helper()
	var list []string
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(data, p))
		must(t, err)
		for _, path := range found {
			path, err = filepath.Abs(path)
			must(t, err)
			list = append(list, path)
		}
	}
	if len(list) == 0 {
		t.Fatalf("no files %v in %s", patterns, data)
	}
	return list
}

// roundLength is how long each side is measured at a time; -short is for
// trying the measurements themselves.
func roundLength() (length time.Duration, rounds int) {
	if testing.Short() {
		return 500 * time.Millisecond, 2
	}
	return time.Second, 15
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
