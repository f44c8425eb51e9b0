package soak

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// miniprogram measures what residents hold: in a browser, on a slow phone, with
// the binary as it is built now. e2e/miniprogram.soak.ts tries, this reckons.
func miniprogram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figures.json")
	inRoom(t, "..", "make", "build")
	inRoom(t, "../e2e", "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	t.Setenv("FIGURES", file)
	inRoom(t, "../e2e", "npx", "vitest", "run", "--config", "soak.config.ts")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]float64
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for name, ms := range got {
		if strings.Contains(name, "static") || strings.HasPrefix(name, "the whole of") {
			fmt.Printf("note: ms until %s on a slow phone: %.0f\n", name, ms)
		}
	}
	reckon(t,
		figureOf{"KB of the main package", got["KB of the main package"], 600, atMost},
		figureOf{"KB of the largest package", got["KB of the largest package"], 2048, atMost},
		figureOf{"ms until the first words of the first page, slow phone", got["first words of the first page"], 1500, atMost},
		figureOf{"ms until the first words of a document by its address, slow phone", got["first words of a document of 300 articles by its address"], 1500, atMost},
		figureOf{"the same ÷ a plain static page of the same binary",
			got["first words of a document of 300 articles by its address"] / got["first words of a plain static page"], 3, atMost},
		figureOf{"ms to open 300 articles from a list, slow phone", got["a document of 300 articles from a list"], 1000, atMost},
		figureOf{"requests of a page view", got["requests of a page view"], 3, atMost},
		figureOf{"memory after 30 page changes ÷ before", got["memory after 30 page changes ÷ before"], 1.3, atMost},
		figureOf{"violations that axe finds on all screens", got["violations that axe finds"], 0, exactly},
		figureOf{"lowest contrast in large type", got["lowest contrast in large type"], 4.5, atLeast},
		figureOf{"px of the smallest target in large type", got["smallest target in large type"], 60, atLeast},
	)
}

// inRoom runs a command in a folder of the house.
func inRoom(t *testing.T, room, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Stdout, c.Stderr = room, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		t.Errorf("%s %s: %v", name, strings.Join(args, " "), err)
	}
}
