package search

import (
	"slices"
	"strings"
	"testing"

	"yuandu/model"
)

func TestACodeWordIsNeverTwoOthersWrittenTogether(t *testing.T) {
	words := codeWords("关于执行GB/T 9704标准，a1 2018 20 18 ab cd abcd 养老保险𠮷野家 ー〇一")
	words = append(words, keyCodes([]string{"养老|2018|", "养老|2018|20", "保险令|0|养"})...)
	known := map[string]bool{}
	for _, w := range words {
		if strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" || len(w) > 250 {
			t.Errorf("%q is no word that Meilisearch leaves whole", w)
		}
		known[w] = true
	}
	for _, w := range words {
		for i := 1; i < len(w); i++ {
			if known[w[:i]] && known[w[i:]] {
				t.Errorf("%s can be read as %s and %s", w, w[:i], w[i:])
			}
		}
		for _, next := range words {
			if known[w+next] {
				t.Errorf("%s and %s can be read as one", w, next)
			}
		}
	}
	if len(known) != len(words) {
		t.Errorf("%d code words are only %d different ones", len(words), len(known))
	}
}

func TestALongWordStaysWithinWhatMeilisearchIndexes(t *testing.T) {
	for _, word := range []string{strings.Repeat("a", 1000), strings.Repeat("я", 1000)} {
		words := codeWords(word)
		if len(words) != 1 || len(words[0]) > 250 || words[0] != codeText([]string{word}) {
			t.Errorf("a word of a thousand letters becomes %d words, and is asked for as %q", len(words), codeText([]string{word}))
		}
	}
}

func TestAQuestionNeverHasMoreWordsThanTheServerReads(t *testing.T) {
	for _, text := range []string{"养老", "险", strings.Repeat("关于进一步做好住房公积金工作", 14), strings.Repeat("险 税 ", 50),
		strings.Repeat("养老保险 ", 40), "a b c d e f g h i j", "a b c d e f g h i j k"} {
		code := codeText(strings.Fields(text))
		n, inPhrase := 0, false
		for i, part := range strings.Split(code, `"`) {
			if inPhrase = i%2 == 1; inPhrase {
				n++
			} else {
				n += len(strings.Fields(part))
			}
		}
		if n == 0 || n > serverWords {
			t.Errorf("%q is asked for with %d words: %s", text, n, code)
		}
		for _, gram := range queryGrams(strings.Fields(text)[len(strings.Fields(text))-1]) {
			if !strings.Contains(code, codeWord(gram)) {
				t.Errorf("%q is asked for without its %s", text, gram)
			}
		}
	}
}

func TestADayComesBackFromItsNumber(t *testing.T) {
	for _, day := range []model.Day{"", "2024-06-15", "1949-10-01", "2000-12-31"} {
		if got := dayOf(day.Number()); got != day {
			t.Errorf("%s comes back as %s", day, got)
		}
	}
}

func TestABatchOfChangesComesToItsLast(t *testing.T) {
	doc := func(id string, version int64) Op { return Op{ID: id, Put: &Doc{ID: id, Version: version}} }
	held := map[string]int64{"a": 3, "b": 3}
	for name, c := range map[string]struct {
		ops  []Op
		puts []int64
		gone []string
	}{
		"an older one is left out":             {[]Op{doc("a", 2)}, nil, nil},
		"so is the same one":                   {[]Op{doc("a", 3)}, nil, nil},
		"the newest of several":                {[]Op{doc("a", 4), doc("a", 6), doc("a", 5)}, []int64{6}, nil},
		"what is not there need not be gone":   {[]Op{{ID: "c"}}, nil, nil},
		"put and removed":                      {[]Op{doc("a", 4), {ID: "a"}, doc("c", 1), {ID: "c"}}, nil, []string{"a"}},
		"removed and put, in whatever version": {[]Op{{ID: "a"}, doc("a", 1)}, []int64{1}, nil},
	} {
		puts, gone := outcome(c.ops, held)
		var versions []int64
		for _, d := range puts {
			versions = append(versions, d.Version)
		}
		if !slices.Equal(versions, c.puts) || !slices.Equal(gone, c.gone) {
			t.Errorf("%s: versions %v are put and %v removed", name, versions, gone)
		}
	}
}

func TestBatchesHoldEveryChangeOnce(t *testing.T) {
	var ops []Op
	for i := range 1234 {
		ops = append(ops, Op{ID: string(rune('a' + i%26)), Put: &Doc{Body: strings.Repeat("x", i*100)}})
	}
	n := 0
	for batch := range batches(ops) {
		if len(batch) == 0 || len(batch) > meiliBatch {
			t.Errorf("a batch of %d", len(batch))
		}
		for i := range batch {
			if batch[i].Put != ops[n].Put {
				t.Fatalf("change %d comes out of order", n)
			}
			n++
		}
	}
	if n != len(ops) {
		t.Errorf("%d changes of %d are in the batches", n, len(ops))
	}
}
