package search

import (
	"context"
	"fmt"
	"slices"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
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
	grams, rare, err := asked.rarest(ctx, queryGrams(q.Text))
	if err != nil || len(grams) == 0 {
		return Found{}, err
	}
	sum := sums.Get().(*tally)
	defer sums.Put(sum)
	sum.begin(s.columns.size())
	for _, gram := range grams {
		if err := asked.tally(ctx, sum, gram); err != nil {
			return Found{}, err
		}
	}
	_, passed := s.columns.count(q, sum.matches())
	for i := range passed {
		passed[i].place = passed[i].score
	}
	q.Offset, q.Limit = 0, min(q.Limit, SimilarWindow)
	hits := first(passed, q).hits(q)
	return Found{Hits: hits, Total: len(hits), Rarity: rare}, nil
}

// tally adds a gram to the sums of the documents that hold it.
func (a *asked) tally(ctx context.Context, sum *tally, h *holders) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ordinals, err := a.shelf.ordinals(a.snapshot)
	if err != nil {
		return err
	}
	titled, err := a.holding(fieldTitle, h.gram)
	if err != nil {
		return err
	}
	h.each(ordinals, func(ord int32) { sum.add(ord, h.rarity) })
	titled.each(ordinals, func(ord int32) { sum.add(ord, (titleWeight-1)*h.rarity) })
	return nil
}

// rarest are the grams worth following, and the rarity of all that are held.
func (a *asked) rarest(ctx context.Context, grams []string) (use []*holders, rare map[string]float64, err error) {
	all, err := a.snapshot.DocCount()
	if err != nil {
		return nil, nil, fmt.Errorf("count embedded index: %w", err)
	}
	rare = map[string]float64{}
	for _, gram := range once(grams) {
		h, err := a.holding(fieldText, gram)
		if err != nil {
			return nil, nil, err
		}
		if h.count > 0 {
			h.rarity = rarity(h.count, int(all))
			rare[gram] = h.rarity
			use = append(use, h)
		}
	}
	slices.SortStableFunc(use, func(a, b *holders) int { return a.count - b.count })
	steps := 0
	for i, h := range use {
		if steps += h.count; i > 0 && steps > similarSteps || i == similarGrams {
			return use[:i], rare, ctx.Err()
		}
	}
	return use, rare, ctx.Err()
}

// holders are the documents of a snapshot that hold a gram, segment by segment.
type holders struct {
	gram   string
	lists  []segment.PostingsList
	count  int
	rarity float64
}

// holding looks a gram up in every segment. Bleve's own reader goes from document to
// document through several layers, which takes many times as long.
func (a *asked) holding(field, gram string) (*holders, error) {
	h := &holders{gram: gram}
	for _, s := range a.snapshot.Segments() {
		dictionary, err := s.Segment().Dictionary(field)
		if err != nil {
			return nil, fmt.Errorf("read embedded index: %w", err)
		}
		list, err := dictionary.PostingsList([]byte(gram), s.Deleted(), nil)
		if err != nil {
			return nil, fmt.Errorf("read embedded index: %w", err)
		}
		h.lists = append(h.lists, list)
		h.count += int(list.Count())
	}
	return h, nil
}

// each visits the ordinals of the documents.
func (h *holders) each(ordinals *snapshotOrdinals, visit func(ord int32)) {
	numbers := numberLists.Get().(*[]uint32)
	defer numberLists.Put(numbers)
	for i, list := range h.lists {
		if list.Count() == 0 {
			continue
		}
		of := ordinals.segments[i]
		eachNumber(list, *numbers, func(number uint64) {
			if ord := of[number]; ord >= 0 {
				visit(ord)
			}
		})
	}
}

var numberLists = sync.Pool{New: func() any { list := make([]uint32, 512); return &list }}

// eachNumber visits the numbers that a list of a segment holds, many at a time.
func eachNumber(list segment.PostingsList, some []uint32, visit func(number uint64)) {
	held, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return
	}
	if number, one := held.DocNum1Hit(); one {
		visit(number)
		return
	}
	numbers := held.ActualBitmap()
	if numbers == nil {
		return
	}
	many := numbers.ManyIterator()
	for n := many.NextMany(some); n > 0; n = many.NextMany(some) {
		for _, number := range some[:n] {
			visit(uint64(number))
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
