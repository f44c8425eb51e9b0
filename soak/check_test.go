package soak

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/check"
	"yuandu/internal/housetest"
	"yuandu/model"
)

// checkFigures measures the checks on made cases and on the real documents.
func checkFigures(t *testing.T) {
	for _, part := range []struct {
		name  string
		cases []checkCase
	}{{"tuned", casesOf(tuned, 1)}, {"held out", casesOf(heldOut, 2)}, {"hard", casesOf(hard, 3)}} {
		s := scoreOf(part.cases, func(mistake string) { fmt.Println("note:", mistake) })
		fmt.Printf("note: %d cases %s: %d found, %d missed, %d false\n", len(part.cases), part.name, s.right, s.missed, s.false)
		reckon(t, figureOf{"recall of personal data in made cases, " + part.name, s.recall(), 0.98, atLeast},
			figureOf{"precision of personal data in made cases, " + part.name, s.precision(), 0.9, atLeast})
	}
	documents := realDocuments(t)
	checkReal(t, documents)
	checkSpeed(t, documents)
}

// houseRules are the rules that the house has before a city adds to them.
func houseRules() check.Rules {
	return check.Rules{Forbidden: check.Forbidden(), Mistyped: check.Mistypes(), TrustedHosts: []string{"gov.cn"}}
}

// document is a real one, a passage a line.
type document struct {
	title string
	body  []model.Passage
}

func realDocuments(t *testing.T) (list []document) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(housetest.SharedData(t), "policies", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		rows, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(string(rows)) {
			var d struct{ Title, Text string }
			if err := json.Unmarshal([]byte(row), &d); err != nil {
				t.Fatal(err)
			}
			list = append(list, document{d.Title, passagesOf(d.Text)})
		}
	}
	return list
}

func passagesOf(text string) (body []model.Passage) {
	for line := range strings.Lines(text) {
		body = append(body, model.Passage{Kind: model.PassageText, Text: strings.TrimSuffix(line, "\n")})
	}
	return body
}

// checkReal counts what is found in the real documents by severity and code,
// and shows what would keep one from a review.
func checkReal(t *testing.T, documents []document) {
	rules, counts, grave := houseRules(), map[string]int{}, 0
	for _, d := range documents {
		for _, f := range append(check.Line("title", d.title, rules), check.Text("body", d.body, rules)...) {
			counts[string(f.Severity)+" "+f.Code]++
			if f.Severity != check.Note {
				grave++
				fmt.Printf("note: %s %s: %s\n", f.Severity, f.Code, f.Text)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		fmt.Printf("note: %-28s %6d in all, %.4f a document\n", code, counts[code], float64(counts[code])/float64(len(documents)))
	}
	reckon(t, figureOf{"real documents that were checked", float64(len(documents)), 1764, exactly},
		figureOf{"findings that stop or ask, a real document", float64(grave) / float64(len(documents)), 0.05, atMost})
}

// checkSpeed checks a megabyte of real text a few times; the best time counts,
// as others work on the machine too.
func checkSpeed(t *testing.T, documents []document) {
	var body []model.Passage
	for size := 0; size < 1<<20; documents = documents[1:] {
		for _, p := range documents[0].body {
			size += len(p.Text)
		}
		body = append(body, documents[0].body...)
	}
	best := time.Hour
	for range 7 {
		began := time.Now()
		check.Text("body", body, houseRules())
		best = min(best, time.Since(began))
	}
	reckon(t, figureOf{"milliseconds to check a megabyte of text", float64(best.Milliseconds()), 300, atMost})
}
