package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store/search"
	"yuandu/store/search/searchtest"
)

const (
	manyLetters = 100_000
	slowest     = 50 * time.Millisecond // that one question in a hundred may take
)

// BenchmarkSimilar asks among as many letters as a city gets in some years. Run
// it with -benchtime 500x: below that the slowest hundredth is chance.
func BenchmarkSimilar(b *testing.B) {
	b.Run("bleve", func(b *testing.B) {
		index, err := search.OpenBleve(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		defer index.Close()
		benchmarkSimilar(b, index)
	})
	b.Run("Meilisearch", func(b *testing.B) {
		cfg := meiliConfig(b)
		index, err := search.OpenMeili(b.Context(), cfg)
		if err != nil {
			b.Fatal(err)
		}
		defer index.Close()
		defer dropIndexes(b, cfg)
		benchmarkSimilar(b, index)
	})
}

func benchmarkSimilar(b *testing.B, index search.Index) {
	city := newCity(b)
	next, err := index.Rebuild(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	texts := city.write(b, next)
	if err := next.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d letters indexed in %v", manyLetters, time.Since(began).Round(time.Second))
	synonyms := search.NewSynonyms(search.DefaultSynonyms())
	var took []time.Duration
	worked := processorTime(b)
	for b.Loop() {
		q := search.Question{Kind: model.KindLetter, Text: city.ask(len(took)), Today: searchtest.Today, Limit: 5}
		began := time.Now()
		if _, err := search.FindSimilar(b.Context(), index, q, synonyms, texts.read); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	worked = processorTime(b) - worked
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	b.Logf("%d questions: half take %v at most, 99 %% %v; this process works %v on each", len(took), took[len(took)/2], p99,
		worked/time.Duration(len(took)))
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
	if len(took) >= 500 && p99 > slowest {
		b.Errorf("the slowest hundredth takes more than %v: %v", slowest, p99)
	}
}

// processorTime is how long this process has worked: what others do on the machine
// beside it does not count.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// city writes letters in the words of the sample policies.
type city struct {
	chance    *rand.Rand
	subjects  []string
	sentences []string
}

// written keeps the texts of letters by their number.
type written map[string]search.Piece

func (w written) read(_ context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
	for _, h := range hits {
		pieces = append(pieces, w[h.ID])
	}
	return pieces, nil
}

func newCity(b *testing.B) *city {
	files, err := filepath.Glob("../../cmd/yuandu/sample/policies/*.md")
	if err != nil || len(files) == 0 {
		b.Fatal("there are no sample policies", err)
	}
	c := &city{chance: rand.New(rand.NewPCG(2026, 8))}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		c.learn(string(text))
	}
	return c
}

func (c *city) learn(text string) {
	parted := func(r rune) bool { return strings.ContainsRune("。；：，、\n（）《》“”|#-* ", r) }
	for _, s := range strings.FieldsFunc(text, parted) {
		switch n := utf8.RuneCountInString(s); {
		case n >= 4 && n <= 9:
			c.subjects = append(c.subjects, s)
		case n > 9 && n < 60:
			c.sentences = append(c.sentences, s)
		}
	}
}

func (c *city) write(b *testing.B, to search.Rebuild) written {
	texts := written{}
	var ops []search.Op
	for i := range manyLetters {
		id := searchtest.ID(fmt.Sprint("letter ", i))
		p := search.Piece{ID: id, Title: c.title(), Asked: c.said(3), Text: c.said(6)}
		texts[id] = p
		ops = append(ops, search.Op{ID: id, Put: &search.Doc{Kind: model.KindLetter, ID: id, Version: 1, Title: p.Title,
			Body: p.Asked + "\n" + p.Text, Published: "2024-01-01"}})
		if len(ops) == 2000 || i == manyLetters-1 {
			if err := to.Apply(b.Context(), model.KindLetter, ops); err != nil {
				b.Fatal(err)
			}
			ops = nil
		}
	}
	return texts
}

func one(chance *rand.Rand, of []string) string { return of[chance.IntN(len(of))] }

var (
	greetings = []string{"你好，", "您好，请问", "想咨询一下，", "请问", ""}
	asks      = []string{"怎么办理", "去哪里办", "需要什么材料", "什么时候能解决", "有没有补贴", "找哪个部门", "标准是多少", "可以申请吗"}
	places    = []string{"青禾区东苑小区", "云门街道", "鸢飞路", "北关社区", "峡山区某村", "幸福家园", "东风街路口", "我们村"}
)

func (c *city) title() string {
	return one(c.chance, places) + one(c.chance, c.subjects) + one(c.chance, asks)
}

func (c *city) said(sentences int) string {
	said := one(c.chance, greetings) + one(c.chance, places)
	for range sentences {
		said += one(c.chance, c.subjects) + "，" + one(c.chance, c.sentences) + "。"
	}
	return said
}

// ask is a title alone, or a whole letter, in turn.
func (c *city) ask(n int) string {
	if n%2 == 0 {
		return one(c.chance, greetings) + c.title()
	}
	return c.title() + "\n" + c.said(4)
}
