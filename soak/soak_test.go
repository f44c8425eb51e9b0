// Package soak holds the tests that take long: make soak NAME=house.
package soak

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"testing"

	"yuandu/internal/housetest"
	"yuandu/media/mediatest"
)

func asked() bool { return os.Getenv("YUANDU_SOAK") == "1" }

func TestMain(m *testing.M) {
	mediatest.PagesWorker()
	plainFiles()
	if !asked() {
		os.Exit(m.Run()) // without the binary
	}
	housetest.Main(m)
}

func TestSoak(t *testing.T) {
	if !asked() {
		t.Skip("make soak NAME=… runs it")
	}
	t.Run("house", house)
	t.Run("people", people)
	t.Run("publishing", publishing)
	t.Run("miniprogram", miniprogram)
	t.Run("push", push)
	t.Run("letters", letters)
	t.Run("participation", participation)
	t.Run("gazette/print", printedGazette)
	t.Run("gazette/boxes", boxesByInk)
	t.Run("gazette/readers", gazetteReaders)
	t.Run("gazette/voice", voiceFigures)
}

// size is how many something is tried with: YUANDU_SOAK_SIZE says otherwise, while
// one works on it.
func size(t *testing.T, usual int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("YUANDU_SOAK_SIZE"), strconv.Itoa(usual)))
	if err != nil {
		t.Fatal("YUANDU_SOAK_SIZE is no number")
	}
	return n
}

// goal says on which side of a number a figure has to be.
type goal string

// The goals.
const (
	atLeast goal = "≥"
	atMost  goal = "≤"
	exactly goal = "="
)

// figureOf is one thing that was measured, and what was wanted.
type figureOf struct {
	what      string
	got, want float64
	goal      goal
}

// reckon says what was measured and what was wanted, a line for each figure.
func reckon(t *testing.T, figures ...figureOf) {
	t.Helper()
	for _, f := range figures {
		ok := map[goal]bool{atLeast: f.got >= f.want, atMost: f.got <= f.want, exactly: f.got == f.want}[f.goal]
		verdict := "ok"
		if !ok {
			verdict = "short"
			t.Errorf("%s: %.4g, wanted %s %.4g", f.what, f.got, f.goal, f.want)
		}
		fmt.Printf("figure: %s %.4g (%s %.4g) %s\n", f.what, f.got, f.goal, f.want, verdict)
	}
}

// figure says how many trials went well of those that had to.
func figure(t *testing.T, what string, got, want int) {
	t.Helper()
	if t.Failed() {
		got = min(got, want-1)
	}
	reckon(t, figureOf{what, float64(got), float64(want), atLeast})
}
