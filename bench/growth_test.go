package bench

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/policy"
	searching "yuandu/service/search"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// growth measures how much longer a search takes among more documents: 3,000,
// 30,000 and 100,000 articles of real laws. Find is the index alone, an answer
// is all that a list needs: rows from the database, passages, names.
func (b *bench) growth(t *testing.T) {
	sizes := []int{3_000, 30_000, 100_000}
	if n, _ := strconv.Atoi(os.Getenv("YUANDU_BENCH_DOCS")); n > 0 {
		sizes = []int{max(n*3/100, 1), max(n*3/10, 1), n}
		note("YUANDU_BENCH_DOCS=%d: the goal is meant for 100,000", n)
	}
	articles := articles(t, sizes[2])
	var towns []*town
	for _, n := range sizes {
		towns = append(towns, b.newTown(t, articles[:n]))
	}
	for range growthRounds() {
		for _, at := range towns {
			at.measure(t)
		}
	}
	small, large := towns[0], towns[2]
	for _, what := range measured {
		for _, at := range towns {
			note("%-28s %7d articles: p50 %6.3f ms, p99 %6.2f ms", what, at.documents,
				milliseconds(percentile(at.took[what], 50)), milliseconds(percentile(at.took[what], 99)))
		}
		growth := float64(percentile(large.took[what], 50)) / float64(percentile(small.took[what], 50))
		if strings.HasPrefix(what, "Find") { // a part of an answer, shown beside
			note("%-28s grows %.1f times", what, growth)
			continue
		}
		b.figure("growth of p50 from 3 k to 100 k: "+what, growth, "", "< 3")
	}
}

// What is measured, in the order in which it is shown.
var measured = []string{"Find, no facets", "Find, all facets", "answer, no facets", "answer, all facets"}

func growthRounds() int {
	if testing.Short() {
		return 5
	}
	return 25
}

// town is a number of articles, imported and opened in this process.
type town struct {
	documents int
	index     search.Index
	policies  *policy.Service
	took      map[string][]time.Duration
}

// newTown imports articles, says what they take in a server, and opens them.
func (b *bench) newTown(t *testing.T, articles []article) *town {
	t.Helper()
	name := fmt.Sprint("growth-", len(articles))
	h := b.emptyHouse(name)
	run := h.imports(t, []string{writeArticles(t, filepath.Join(b.folder, name+".jsonl"), articles)})
	server := start(t, h.command("serve"))
	defer server.stop()
	client := newClient()
	for _, text := range typed {
		must(t, get(client, server.address+question{text: text}.path()))
	}
	folder := h.environment["YUANDU_DATA"]
	note("%7d articles: imported in %.1f s; index %d MB, database %d MB; server %d MB resident, %d MB of them its own",
		len(articles), run.took.Seconds(), folderSize(t, filepath.Join(folder, "index"))>>20, fileSize(t, filepath.Join(folder, "yuandu.db"))>>20,
		memory(server.process.Process.Pid, "VmRSS")>>20, memory(server.process.Process.Pid, "RssAnon")>>20)
	server.stop()
	return h.open(t, len(articles))
}

func (h *house) open(t *testing.T, documents int) *town {
	t.Helper()
	s := h.openStore(t)
	t.Cleanup(func() { s.Close() })
	index, err := search.OpenBleve(filepath.Join(h.environment["YUANDU_DATA"], "index"))
	must(t, err)
	t.Cleanup(func() { index.Close() })
	asking := searching.New(s, index, cache.NewMemory(systemClock{}, 1<<20), systemClock{}, slog.New(slog.DiscardHandler))
	return &town{documents, index, policy.New(s, asking.Ask, systemClock{}), map[string][]time.Duration{}}
}

// measure times every query once in each of the measured ways.
func (at *town) measure(t *testing.T) {
	t.Helper()
	for _, facets := range []bool{false, true} {
		way := map[bool]string{false: ", no facets", true: ", all facets"}[facets]
		for _, q := range growthQueries() {
			if facets {
				q.Facets = policy.Facets()
			}
			at.time(t, "Find"+way, func() error { _, err := at.index.Find(context.Background(), q); return err })
		}
		for i, text := range growthTexts() {
			l := policy.Listing{Text: text, Sort: growthSort(i), Filters: growthFilters(i), Limit: pageLimit, NoFacets: !facets}
			at.time(t, "answer"+way, func() error { _, err := at.policies.List(context.Background(), l); return err })
		}
	}
}

func (at *town) time(t *testing.T, what string, do func() error) {
	t.Helper()
	began := time.Now()
	err := do()
	at.took[what] = append(at.took[what], time.Since(began))
	must(t, err)
}

// growthTexts are the texts of the search figures but for document numbers,
// which articles do not have.
func growthTexts() (texts []string) {
	for _, text := range typed {
		if _, isNumber := model.ParseDocNumber(text); !isNumber {
			texts = append(texts, text)
		}
	}
	return texts
}

func growthFilters(i int) map[string][]string {
	if i%5 == 1 {
		return map[string][]string{"year": {"2019", "2020", "2021"}}
	}
	return nil
}

func growthSort(i int) model.Sort {
	if i%5 == 3 {
		return model.Newest
	}
	return model.Relevance
}

// growthQueries are the texts as the index is asked for them.
func growthQueries() (queries []search.Query) {
	for i, text := range growthTexts() {
		q := search.Query{Kind: model.KindPolicy, Mode: search.All, Text: strings.Join(search.Words(search.Fold(text)), " "),
			Sort: growthSort(i), Filters: growthFilters(i), Today: model.Today(time.Now()), Limit: pageLimit}
		switch folded := search.Fold(text); {
		case search.LooksLikePinyin(folded):
			q.Mode, q.Text = search.Pinyin, search.PinyinLookup(folded)
		case len([]rune(folded)) > 7:
			q.Mode, q.Text = search.Any, strings.Join(search.Content(search.Words(folded)), " ")
		}
		queries = append(queries, q)
	}
	return queries
}

func folderSize(t *testing.T, folder string) (size int64) {
	t.Helper()
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			size += fileSize(t, path)
		}
		return err
	}))
	return size
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Size()
}
