package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/meilisearch/meilisearch-go"
	"golang.org/x/sync/errgroup"
)

// The server has no way to add up what words count: it wants all words of a
// wording. So it is asked for every two of the telling grams, and what was found
// is added up here.
const (
	mostSimilar  = 40 // grams that are looked at
	mostUnknown  = 14 // of them, of which is not known how often they are, and so asked for
	pairedGrams  = 5
	hitsPerPair  = 12
	mostTogether = 5 // grams that are also asked for all at once
)

// scored is what is read of a hit.
var scored = []string{"id", "title", "published"}

// sideBySide is in how many requests the parts of a question are asked: the server
// answers those of one request one after the other.
const sideBySide = 2

// gram is two neighbouring characters, or a word that is not Chinese, with how
// much it tells.
type gram struct {
	text   string
	rarity float64
	often  int // documents that have it
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
			use = append(use, gram{g, rare[g], n})
		}
	}
	slices.SortStableFunc(use, func(a, b gram) int { return cmp.Compare(b.rarity, a.rarity) })
	for _, g := range asked {
		if _, known := often[g]; !known && len(use) > 0 { // as rare as most
			rare[g] = use[len(use)/2].rarity
		}
	}
	return use[:min(pairedGrams, len(use))], rare, nil
}

// oftenOf is how many documents have each gram, and how many there are at all. Where too
// much is unknown, the last of it stays so for this question, and is asked for beside it.
func (m *Meili) oftenOf(ctx context.Context, ask meiliAsk, grams []string) (map[string]int, error) {
	often := map[string]int{}
	unknown := m.often.unknown(ask.uid, append([]string{""}, grams...), often)
	if len(unknown) == 0 {
		return often, nil
	}
	now := unknown[:min(mostUnknown, len(unknown))]
	if later := unknown[len(now):]; len(later) > 0 {
		go m.learn(context.WithoutCancel(ctx), ask, later)
	}
	found, err := m.learned(ctx, ask, now)
	if err != nil {
		return nil, err
	}
	for _, w := range now {
		often[w] = found[w]
	}
	return often, nil
}

// learn asks how often grams are, for the next question. One at a time is enough.
func (m *Meili) learn(ctx context.Context, ask meiliAsk, grams []string) {
	if !m.learning.TryLock() {
		return
	}
	defer m.learning.Unlock()
	ctx, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	_, _ = m.learned(ctx, ask, grams) // who asks next asks again
}

// learned asks how often grams are, and all documents, and remembers it.
func (m *Meili) learned(ctx context.Context, ask meiliAsk, grams []string) (map[string]int, error) {
	words := slices.DeleteFunc(slices.Clone(grams), func(w string) bool { return w == "" })
	found := make([]map[string]int, sideBySide)
	work, ctx := errgroup.WithContext(ctx)
	for n := range sideBySide {
		work.Go(func() (err error) {
			found[n], _, err = m.frequencies(ctx, ask, everyNth(words, n))
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	all := found[0]
	for _, more := range found[1:] {
		maps.Copy(all, more)
	}
	m.often.keep(ask.uid, grams, all)
	return all, nil
}

// everyNth are the parts of a question that the nth of its requests asks.
func everyNth[T any](list []T, n int) (part []T) {
	for ; n < len(list); n += sideBySide {
		part = append(part, list[n])
	}
	return part
}

// sharing lists the documents that share most with the grams.
func (m *Meili) sharing(ctx context.Context, ask meiliAsk, grams []gram, filter string) ([]Hit, error) {
	parts := make([][][]Hit, sideBySide) // by request and set
	work, ctx := errgroup.WithContext(ctx)
	sets := gramSets(grams)
	for n := range sideBySide {
		work.Go(func() (err error) {
			parts[n], err = m.holding(ctx, ask, grams, everyNth(sets, n), filter)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	var hits []Hit
	shared := map[string]int{}
	for n, part := range parts {
		for i, set := range everyNth(sets, n)[:len(part)] {
			for _, h := range part[i] {
				if _, known := shared[h.ID]; !known {
					hits = append(hits, h)
				}
				shared[h.ID] |= set
			}
		}
	}
	return bySharing(hits, shared, grams), nil
}

// holding lists the documents that hold all grams of a set, for each of some sets.
func (m *Meili) holding(ctx context.Context, ask meiliAsk, grams []gram, sets []int, filter string) (pages [][]Hit, err error) {
	if len(sets) == 0 {
		return nil, nil
	}
	request := &meilisearch.MultiSearchRequest{}
	for _, set := range sets {
		r := ask.request(wording{text: codeText(textsOf(grams, set))}, part{filter: filter, limit: hitsPerPair})
		r.Limit, r.AttributesToRetrieve = hitsPerPair, scored
		request.Queries = append(request.Queries, r)
	}
	got, err := m.server.MultiSearchWithContext(ctx, request)
	if err != nil {
		return nil, err
	}
	for _, r := range got.Results[:min(len(sets), len(got.Results))] {
		page, err := hitsOf(r.Hits)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// tooOften is how many documents have a gram that tells nothing by itself: of so many,
// the first hits are any.
const tooOften = 1000

// gramSets are the sets of grams that a document must hold to be found: each alone,
// every two, and growing ones of the first. Of what tells nothing, only the rarest are
// asked for.
func gramSets(grams []gram) (sets []int) {
	n := len(grams)
	for a := range n {
		for b := a; b < n; b++ {
			if a < 2 || grams[a].often <= tooOften { // the rarer of both
				sets = append(sets, 1<<a|1<<b)
			}
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
