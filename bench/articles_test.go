package bench

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
)

// article is an article of a law, as a row for yuandu import; the names are
// those of the law's own row.
type article struct {
	Title     string `json:"title"`
	Issuer    string `json:"issuer"`
	Level     string `json:"level"`
	Category  string `json:"category"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

var articleBegins = regexp.MustCompile(`(?m)^第[〇零一二三四五六七八九十百千]+条`)

// articles cuts the laws into their articles and takes n of all the different
// ones, the fewer ones always among the more.
func articles(t *testing.T, n int) []article {
	t.Helper()
	var list []article
	seen := map[string]bool{}
	for _, path := range files(t, "laws/*.jsonl*") {
		eachLaw(t, path, func(law article) {
			for _, a := range law.cut() {
				if !seen[a.Title+a.Published+a.Text] {
					seen[a.Title+a.Published+a.Text] = true
					list = append(list, a)
				}
			}
		})
	}
	if len(list) < n {
		t.Fatalf("only %d articles for %d", len(list), n)
	}
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:n]
}

func (law article) cut() (list []article) {
	begins := append(articleBegins.FindAllStringIndex(law.Text, -1), []int{len(law.Text), len(law.Text)})
	for i, at := range begins[:len(begins)-1] {
		a := law
		a.Title, a.Text = law.Title+law.Text[at[0]:at[1]], strings.TrimSpace(law.Text[at[1]:begins[i+1][0]])
		list = append(list, a)
	}
	return list
}

func eachLaw(t *testing.T, path string, visit func(article)) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	var text io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		text, err = gzip.NewReader(f)
		must(t, err)
	}
	rows := json.NewDecoder(text)
	for rows.More() {
		var law article
		must(t, rows.Decode(&law))
		visit(law)
	}
}

// writeArticles makes a file for yuandu import.
func writeArticles(t *testing.T, path string, list []article) string {
	t.Helper()
	f, err := os.Create(path)
	must(t, err)
	defer f.Close()
	out := bufio.NewWriter(f)
	rows := json.NewEncoder(out)
	for i := range list {
		must(t, rows.Encode(&list[i]))
	}
	must(t, out.Flush())
	return path
}
