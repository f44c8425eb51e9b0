package search

import (
	"context"
	"fmt"
	"slices"
	"sync"

	index "github.com/blevesearch/bleve_index_api"
)

// How many grams one question follows, and how many places in the index it may
// visit for them: the rarest come first, and common ones tell little beside them.
const (
	similarGrams = 40
	similarSteps = 60_000
)

const titleWeight = 3 // of a gram in the title beside one elsewhere

// similar adds up, for every document, the rarity of the grams it holds. Bleve's
// own disjunction takes several times as long, for scores that the length of a
// letter would decide.
func (s *shelf) similar(ctx context.Context, q Query) (Found, error) {
	asked, err := s.ask(q)
	if err != nil {
		return Found{}, err
	}
	defer asked.close()
	grams, rarity, err := asked.rarest(ctx, queryGrams(q.Text))
	if err != nil || len(grams) == 0 {
		return Found{}, err
	}
	sum := sums.Get().(*tally)
	defer sums.Put(sum)
	sum.begin(s.columns.size())
	for _, gram := range grams {
		if err := asked.tally(ctx, sum, gram, rarity[gram]); err != nil {
			return Found{}, err
		}
	}
	_, passed := s.columns.count(q, sum.matches())
	for i := range passed {
		passed[i].place = passed[i].score
	}
	q.Offset, q.Limit = 0, min(q.Limit, SimilarWindow)
	hits := first(passed, q).hits(q)
	return Found{Hits: hits, Total: len(hits), Rarity: rarity}, nil
}

// tally adds a gram to the sums of the documents that hold it.
func (a *asked) tally(ctx context.Context, sum *tally, gram string, rarity float64) error {
	err := a.eachHolding(ctx, fieldText, gram, func(ord int32) { sum.add(ord, rarity) })
	if err != nil {
		return err
	}
	return a.eachHolding(ctx, fieldTitle, gram, func(ord int32) { sum.add(ord, (titleWeight-1)*rarity) })
}

// rarest are the grams worth following, and the rarity of all that are held.
func (a *asked) rarest(ctx context.Context, grams []string) (use []string, rare map[string]float64, err error) {
	all, err := a.snapshot.DocCount()
	if err != nil {
		return nil, nil, fmt.Errorf("count embedded index: %w", err)
	}
	often, rare := map[string]int{}, map[string]float64{}
	for _, gram := range grams {
		n, err := a.often(ctx, gram)
		if err != nil {
			return nil, nil, err
		}
		if n > 0 && often[gram] == 0 {
			often[gram], rare[gram] = n, rarity(n, int(all))
			use = append(use, gram)
		}
	}
	slices.SortStableFunc(use, func(a, b string) int { return often[a] - often[b] })
	steps := 0
	for i, gram := range use {
		if steps += often[gram]; i > 0 && steps > similarSteps || i == similarGrams {
			return use[:i], rare, nil
		}
	}
	return use, rare, nil
}

func (a *asked) often(ctx context.Context, gram string) (int, error) {
	reader, err := a.holding(ctx, fieldText, gram)
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	return int(reader.Count()), nil
}

func (a *asked) holding(ctx context.Context, field, gram string) (index.TermFieldReader, error) {
	reader, err := a.snapshot.TermFieldReader(ctx, []byte(gram), field, false, false, false)
	if err != nil {
		return nil, fmt.Errorf("read embedded index: %w", err)
	}
	return reader, nil
}

func (a *asked) eachHolding(ctx context.Context, field, gram string, visit func(ord int32)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	reader, err := a.holding(ctx, field, gram)
	if err != nil {
		return err
	}
	defer reader.Close()
	ordinals, err := a.shelf.ordinals(a.snapshot)
	if err != nil {
		return err
	}
	var doc index.TermFieldDoc
	for {
		found, err := reader.Next(doc.Reset())
		if err != nil {
			return fmt.Errorf("read embedded index: %w", err)
		}
		if found == nil {
			return nil
		}
		if ord := ordinals.at(found.ID.Value()); ord >= 0 {
			visit(ord)
		}
	}
}

// tally is a sum for each document.
type tally struct {
	sums    []float64
	touched []int32
	list    []match
}

// sums are used again: there is a number in them for every document.
var sums = sync.Pool{New: func() any { return &tally{} }}

func (t *tally) begin(size int) {
	t.sums = slices.Grow(t.sums[:0], size)[:size]
	clear(t.sums)
	t.touched, t.list = t.touched[:0], t.list[:0]
}

func (t *tally) add(ord int32, weight float64) {
	if int(ord) >= len(t.sums) {
		return // it came after the question
	}
	if t.sums[ord] == 0 {
		t.touched = append(t.touched, ord)
	}
	t.sums[ord] += weight
}

// matches leaves out what holds far less than the best: it would come last among
// the hits, if at all.
func (t *tally) matches() []match {
	best := 0.0
	for _, ord := range t.touched {
		best = max(best, t.sums[ord])
	}
	for _, ord := range t.touched {
		if t.sums[ord] >= best/8 {
			t.list = append(t.list, match{ord: ord, score: t.sums[ord]})
		}
	}
	return t.list
}
