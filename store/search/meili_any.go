package search

import (
	"context"
	"math"
	"sort"
	"strings"

	"github.com/meilisearch/meilisearch-go"
)

// A question in plain language is put as one wording for each set of its words
// that makes up a good part of it. Rare words make up more than common ones.
const (
	mostPieces = 4  // words that are looked at: the rarest; they have at most 15 such sets
	mostAsked  = 40 // words whose frequency is asked for

	// coverage makes a set that says twice as much of the question count for
	// 64 times as much, which is about how far the server's own scores of a
	// word in the title and of one in the body lie apart.
	coverage = 6
)

// piece is a word of the question with how much it says.
type piece struct {
	word   string
	weight float64
}

// anyWordings asks how often each word stands in the index, then puts the
// question: for hits every telling set of words, for counts those alone that
// hold no smaller one.
func (m *Meili) anyWordings(ctx context.Context, ask meiliAsk, text string) (hits, counts []wording, err error) {
	pieces, err := m.pieces(ctx, ask, strings.Fields(text))
	if err != nil || len(pieces) == 0 {
		return nil, nil, err
	}
	whole := 0.0
	for _, p := range pieces {
		whole += p.weight
	}
	for set := 1; set < 1<<len(pieces); set++ {
		var words []string
		share, least := 0.0, math.Inf(1)
		for i, p := range pieces {
			if set&(1<<i) != 0 {
				words = append(words, p.word)
				share += p.weight / whole
				least = min(least, p.weight/whole)
			}
		}
		if share < anyShare {
			continue
		}
		w := wording{text: codeText(words), weight: math.Pow(share, coverage)}
		hits = append(hits, w)
		if share-least < anyShare {
			counts = append(counts, w)
		}
	}
	return hits, counts, nil
}

// pieces are the words worth asking for. One that stands nowhere is taken
// apart, as it may be several that were written together.
func (m *Meili) pieces(ctx context.Context, ask meiliAsk, words []string) ([]piece, error) {
	asked := []string{}
	for _, w := range words {
		asked = append(append(asked, w), queryGrams(w)...)
	}
	asked = unique(asked)
	often, all, err := m.frequencies(ctx, ask, asked[:min(mostAsked, len(asked))])
	if err != nil {
		return nil, err
	}
	var use []string
	for _, w := range words {
		if often[w] > 0 {
			use = append(use, w)
		} else {
			use = append(use, queryGrams(w)...)
		}
	}
	var pieces []piece
	for _, w := range unique(use) {
		if n := often[w]; n > 0 {
			pieces = append(pieces, piece{w, rarity(n, all)})
		}
	}
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].weight > pieces[j].weight })
	return pieces[:min(mostPieces, len(pieces))], nil
}

// rarity is a word's inverse document frequency. Words in less than a hundredth
// of the documents count alike: beyond that rare is often only odd.
func rarity(n, all int) float64 {
	return math.Log(1 + float64(all)/math.Max(float64(n), float64(all)/100))
}

// frequencies counts the documents that have each word, and all documents.
func (m *Meili) frequencies(ctx context.Context, ask meiliAsk, words []string) (map[string]int, int, error) {
	request := &meilisearch.MultiSearchRequest{}
	asked := []string{}
	for _, w := range append([]string{""}, words...) {
		code := codeText([]string{w})
		if code == "" && w != "" {
			continue // nothing in it that could be looked for
		}
		r := ask.request(wording{text: code}, part{})
		r.HitsPerPage = new(int64)
		request.Queries = append(request.Queries, r)
		asked = append(asked, w)
	}
	got, err := m.server.MultiSearchWithContext(ctx, request)
	if err != nil {
		return nil, 0, err
	}
	often := map[string]int{}
	for i, r := range got.Results[:min(len(asked), len(got.Results))] {
		often[asked[i]] = int(r.TotalHits)
	}
	return often, often[""], nil
}

func unique(words []string) []string {
	seen := make(map[string]bool, len(words))
	var kept []string
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			kept = append(kept, w)
		}
	}
	return kept
}
