package follow_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yuandu/model"
)

// corpus is the sample's documents, and what people might look for in them.
type corpus struct {
	text  []rune
	words []string
	dice  *rand.Rand
}

var wordsOf = regexp.MustCompile(`\p{Han}{2,6}`)

func newCorpus(t testing.TB) *corpus {
	t.Helper()
	files, err := filepath.Glob("../../cmd/yuandu/sample/policies/*.md")
	if err != nil || len(files) < 50 {
		t.Fatal("no sample documents", err)
	}
	c := &corpus{dice: rand.New(rand.NewPCG(1, 2))}
	var all strings.Builder
	seen := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
		for _, word := range wordsOf.FindAllString(string(text), -1) {
			if !seen[word] {
				seen[word] = true
				c.words = append(c.words, word)
			}
		}
	}
	c.text = []rune(all.String())
	return c
}

// document is a text of some characters, from the middle of what there is.
func (c *corpus) document(characters int) string {
	from := len(c.text) / 3
	return string(c.text[from : from+characters])
}

// searches are different ones: a word, two words, now and then with a filter.
func (c *corpus) searches(n int) (list []model.SavedSearch) {
	seen := map[string]bool{}
	for len(list) < n {
		text := c.words[c.dice.IntN(len(c.words))]
		if c.dice.IntN(3) > 0 {
			text += " " + c.words[c.dice.IntN(len(c.words))]
		}
		v := model.SavedSearch{ID: fmt.Sprintf("s%06d", len(list)), Text: text, Filters: map[string][]string{}}
		if c.dice.IntN(4) == 0 {
			v.Filters["year"] = []string{fmt.Sprint(2020 + c.dice.IntN(8))}
		}
		if key := fmt.Sprint(text, v.Filters); !seen[key] {
			seen[key] = true
			list = append(list, v)
		}
	}
	return list
}
