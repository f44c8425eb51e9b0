// Package soak holds the tests that take long: make soak NAME=house.
package soak

import (
	"fmt"
	"os"
	"testing"

	"yuandu/internal/housetest"
)

func asked() bool { return os.Getenv("YUANDU_SOAK") == "1" }

func TestMain(m *testing.M) {
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
}

// figure says what was measured and what was wanted.
func figure(t *testing.T, what string, got, want int) {
	t.Helper()
	verdict := "ok"
	if t.Failed() || got < want {
		verdict = "short"
		t.Errorf("%s: %d of %d", what, got, want)
	}
	fmt.Printf("figure: %s %d (≥ %d) %s\n", what, got, want, verdict)
}
