// Testsum runs go test and tells what matters of it: a line for each package with its time, everything that a failing
// test said, each reason for skipping once, and the counts at the end. Arguments that -- parts are runs of their own.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// event is one line of go test -json.
type event struct{ Action, Package, Test, Output string }

// test names one test of one package.
type test struct{ pkg, name string }

// report is what has been heard so far.
type report struct {
	passed, failed, skipped int
	said                    map[test]string // the output of tests that have not ended yet
	blamed                  map[string]bool // packages in which a test failed
	skips                   map[string]int  // how many tests gave a reason for skipping
}

func main() {
	since, status := time.Now(), 0
	r := &report{said: map[test]string{}, blamed: map[string]bool{}, skips: map[string]int{}}
	for arguments := range runs(os.Args[1:]) {
		status = max(status, r.run(arguments))
	}
	fmt.Println("== tests:", time.Since(since).Round(time.Second))
	r.close()
	os.Exit(status)
}

// runs parts arguments at every --.
func runs(arguments []string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for {
			end := slices.Index(arguments, "--")
			if end < 0 {
				yield(arguments)
				return
			}
			if !yield(arguments[:end]) {
				return
			}
			arguments = arguments[end+1:]
		}
	}
}

// run runs go test and returns its exit code.
func (r *report) run(arguments []string) int {
	cmd := exec.Command("go", append([]string{"test", "-json"}, arguments...)...)
	cmd.Stderr = os.Stderr
	events, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
	r.hear(events)
	cmd.Wait() // its verdict is the exit code
	return cmd.ProcessState.ExitCode()
}

func (r *report) hear(events io.Reader) {
	lines := bufio.NewReader(events)
	for line, err := lines.ReadBytes('\n'); err == nil; line, err = lines.ReadBytes('\n') {
		var e event
		switch {
		case json.Unmarshal(line, &e) != nil:
			fmt.Print(string(line)) // go itself speaking
		case e.Test != "":
			r.hearTest(test{e.Package, e.Test}, e)
		case e.Action == "fail":
			r.failPackage(e.Package)
		case e.Output != "PASS\n" && e.Output != "FAIL\n" && !strings.HasSuffix(e.Output, "[no test files]\n"):
			fmt.Print(e.Output)
		}
	}
}

func (r *report) hearTest(t test, e event) {
	if e.Action == "output" && !strings.HasPrefix(e.Output, "=== ") {
		r.said[t] += e.Output
	}
	switch e.Action {
	case "pass":
		r.passed++
	case "skip":
		r.skip(r.said[t])
	case "fail":
		r.failed++
		r.blamed[t.pkg] = true
		fmt.Printf("in %s:\n%s", t.pkg, r.said[t])
	default:
		return
	}
	delete(r.said, t)
}

// reason is what t.Skip was told, behind the place where it was told.
var reason = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.+)$`)

func (r *report) skip(said string) {
	r.skipped++
	why := "no reason given"
	if found := reason.FindStringSubmatch(said); found != nil {
		why = found[1]
	}
	r.skips[why]++
}

// failPackage shows tests that never ended, as in a panic, and counts a package that failed outside of its tests.
func (r *report) failPackage(pkg string) {
	for t, said := range r.said {
		if t.pkg == pkg {
			fmt.Print(said)
			delete(r.said, t)
		}
	}
	if !r.blamed[pkg] {
		r.failed++
	}
}

// close ends with the counts, alone on a line. What was skipped outside of the tests comes in by the environment.
func (r *report) close() {
	for _, why := range slices.Sorted(maps.Keys(r.skips)) {
		fmt.Printf("skipped %d: %s\n", r.skips[why], why)
	}
	if lines := os.Getenv("YUANDU_TEST_SKIPPED"); lines != "" {
		fmt.Println(lines)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", r.passed, r.failed, r.skipped)
}
