package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/meilisearch/meilisearch-go"
)

// The server has no way to add up what words count: it wants all words of a
// wording. So it is asked for every two of the telling grams, and what was found
// is added up here.
const (
	mostSimilar  = 40 // grams whose frequency is asked for
	pairedGrams  = 7
	hitsPerPair  = 20
	mostTogether = 5 // grams that are also asked for all at once
)

// gram is two neighbouring characters, or a word that is not Chinese, with how
// much it tells.
type gram struct {
	text   string
	rarity float64
}

func (m *Meili) similar(ctx context.Context, q Query) (Found, error) {
	ask := meiliAsk{uid: m.live(q.Kind)}
	grams, rare, err := m.rarest(ctx, ask, q.Text)
	if err != nil || len(grams) == 0 {
		return Found{}, err
	}
	hits, err := m.sharing(ctx, ask, grams, but(conditions(q), ""))
	if err != nil {
		return Found{}, err
	}
	hits = hits[:min(len(hits), q.Limit, SimilarWindow)]
	return Found{Hits: hits, Total: len(hits), Rarity: rare}, nil
}

// rarest are the grams worth asking for, and the rarity of all that are held.
func (m *Meili) rarest(ctx context.Context, ask meiliAsk, text string) (use []gram, rare map[string]float64, err error) {
	asked := once(queryGrams(text))
	asked = asked[:min(mostSimilar, len(asked))]
	often, err := m.oftenOf(ctx, ask, asked)
	if err != nil {
		return nil, nil, err
	}
	all := often[""]
	rare = map[string]float64{}
	for _, g := range asked {
		if n := often[g]; n > 0 {
			rare[g] = rarity(n, all)
			use = append(use, gram{g, rare[g]})
		}
	}
	slices.SortStableFunc(use, func(a, b gram) int { return cmp.Compare(b.rarity, a.rarity) })
	return use[:min(pairedGrams, len(use))], rare, nil
}

// oftenOf is how many documents have each gram, and how many there are at all.
func (m *Meili) oftenOf(ctx context.Context, ask meiliAsk, grams []string) (map[string]int, error) {
	often := map[string]int{}
	unknown := m.often.unknown(ask.uid, append([]string{""}, grams...), often)
	if len(unknown) == 0 {
		return often, nil
	}
	found, _, err := m.frequencies(ctx, ask, slices.DeleteFunc(slices.Clone(unknown), func(w string) bool { return w == "" }))
	if err != nil {
		return nil, err
	}
	m.often.keep(ask.uid, unknown, found)
	for _, w := range unknown {
		often[w] = found[w]
	}
	return often, nil
}

// sharing lists the documents that share most with the grams.
func (m *Meili) sharing(ctx context.Context, ask meiliAsk, grams []gram, filter string) ([]Hit, error) {
	sets := gramSets(len(grams))
	request := &meilisearch.MultiSearchRequest{}
	for _, set := range sets {
		r := ask.request(wording{text: codeText(textsOf(grams, set))}, part{filter: filter, limit: hitsPerPair})
		r.Limit = hitsPerPair
		request.Queries = append(request.Queries, r)
	}
	got, err := m.server.MultiSearchWithContext(ctx, request)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	shared := map[string]int{}
	for i, r := range got.Results[:min(len(sets), len(got.Results))] {
		page, err := hitsOf(r.Hits)
		if err != nil {
			return nil, err
		}
		for _, h := range page {
			if _, known := shared[h.ID]; !known {
				hits = append(hits, h)
			}
			shared[h.ID] |= sets[i]
		}
	}
	return bySharing(hits, shared, grams), nil
}

// gramSets are the sets of grams that a document must hold to be found: each
// alone, every two, and growing ones of the first.
func gramSets(n int) (sets []int) {
	for a := range n {
		for b := a; b < n; b++ {
			sets = append(sets, 1<<a|1<<b)
		}
	}
	for many := 3; many <= min(n, mostTogether); many++ {
		sets = append(sets, 1<<many-1)
	}
	return sets
}

func textsOf(grams []gram, set int) (texts []string) {
	for i, g := range grams {
		if set&(1<<i) != 0 {
			texts = append(texts, g.text)
		}
	}
	return texts
}

// bySharing scores hits by the grams they were found by, those in the title more.
func bySharing(hits []Hit, shared map[string]int, grams []gram) []Hit {
	for n := range hits {
		h := &hits[n]
		h.Score = 0
		title := Fold(h.Title)
		for i, g := range grams {
			switch {
			case strings.Contains(title, g.text):
				h.Score += titleWeight * g.rarity
			case shared[h.ID]&(1<<i) != 0:
				h.Score += g.rarity
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(string(b.Published), string(a.Published)), strings.Compare(b.ID, a.ID))
	})
	return hits
}
