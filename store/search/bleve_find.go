package search

import (
	"container/heap"
	"context"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// The fields of the embedded index.
const (
	fieldText   = "a" // title, keywords and body: bigrams and single characters
	fieldTitle  = "t" // the title alone
	fieldPinyin = "p" // pinyin and initials from each character of the title on
	fieldNumber = "n" // the number key, and its issuer and year
	fieldCites  = "c" // keys of cited numbers
	fieldRow    = "r" // stored: the columns' row
)

// anyShare is the part of a question's bigrams that an answer must hold.
const anyShare = 0.4

// Find asks bleve which documents match and the columns for all the rest.
func (b *Bleve) Find(ctx context.Context, q Query) (Found, error) {
	g, err := b.use()
	if err != nil {
		return Found{}, err
	}
	defer g.release()
	shelf := g.shelves[q.Kind]
	if shelf == nil {
		return Found{}, fmt.Errorf("no index of %s: %w", q.Kind, ErrUnavailable)
	}
	return b.answer(ctx, shelf, q)
}

// answer finds, and takes the index for damaged where bleve panics: its files
// are read as they are asked for, so that damage may show at any question.
func (b *Bleve) answer(ctx context.Context, s *shelf, q Query) (found Found, err error) {
	defer func() {
		if p := recover(); p != nil {
			b.broken.Store(true)
			found, err = Found{}, fmt.Errorf("embedded index is damaged (%v): %w", p, ErrUnavailable)
		}
	}()
	return s.find(ctx, q)
}

func (s *shelf) find(ctx context.Context, q Query) (Found, error) {
	matches, err := s.matches(ctx, q)
	if err != nil {
		return Found{}, err
	}
	return s.columns.answer(q, matches), nil
}

// answer filters and counts the documents that match, and orders them. It works
// in the list of matches.
func (c *columns) answer(q Query, matches []match) Found {
	c.mu.RLock()
	defer c.mu.RUnlock()
	sieve := c.sieve(q)
	passed := matches[:0]
	for _, m := range matches {
		if m.row = c.rows[m.ord]; m.row == nil {
			continue
		}
		if state, passes := sieve.take(m.row); passes {
			m.holds = state.Holds()
			passed = append(passed, m)
		}
	}
	found := Found{Total: len(passed), Facets: sieve.facets(c)}
	for _, m := range best(passed, q) {
		found.Hits = append(found.Hits, m.row.hit(m.score))
	}
	return found
}

// match is one document whose text was found.
type match struct {
	ord   int32
	row   *row
	score float64
	holds bool // today
}

// matches lists the ordinals of all documents that match, with bleve's scores.
func (s *shelf) matches(ctx context.Context, q Query) ([]match, error) {
	ask := bleveQuery(q)
	if ask == nil {
		return s.everything(ctx)
	}
	advanced, err := s.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open index reader: %w", ErrUnavailable)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("open index reader: %w", ErrUnavailable)
	}
	defer reader.Close()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index is no scorch index: %w", ErrUnavailable)
	}
	options := bsearch.SearcherOptions{}
	if q.Sort != Relevance {
		options.Score = "none"
	}
	searcher, err := ask.Searcher(ctx, reader, plainMapping, options)
	if err != nil {
		return nil, fmt.Errorf("search embedded index: %w", err)
	}
	defer searcher.Close()
	return s.collect(ctx, snapshot, searcher)
}

func (s *shelf) collect(ctx context.Context, snapshot *scorch.IndexSnapshot, searcher bsearch.Searcher) ([]match, error) {
	ordinals, err := s.ordinals(snapshot)
	if err != nil {
		return nil, err
	}
	pool := &bsearch.SearchContext{DocumentMatchPool: bsearch.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0)}
	found := make([]match, 0, min(searcher.Count(), 4096))
	for {
		if len(found)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		dm, err := searcher.Next(pool)
		if err != nil {
			return nil, fmt.Errorf("search embedded index: %w", err)
		}
		if dm == nil {
			return found, nil
		}
		if ord := ordinals.at(dm.IndexInternalID.Value()); ord >= 0 {
			found = append(found, match{ord: ord, score: dm.Score})
		}
		pool.DocumentMatchPool.Put(dm)
	}
}

func (s *shelf) everything(ctx context.Context) ([]match, error) {
	s.columns.mu.RLock()
	defer s.columns.mu.RUnlock()
	all := make([]match, len(s.columns.rows))
	for i := range all {
		all[i].ord = int32(i)
	}
	return all, ctx.Err()
}

// plainMapping only tells bleve the default scoring; fields are made by hand.
var plainMapping = mapping.NewIndexMapping()

// bleveQuery is the text of a query in bleve's terms, nil for all documents.
func bleveQuery(q Query) query.Query {
	field := fieldText
	if q.TitleOnly {
		field = fieldTitle
	}
	switch q.Mode {
	case All:
		wordings := []query.Query{allOf(field, strings.Fields(q.Text))}
		for _, v := range q.Variants {
			wordings = append(wordings, allOf(field, strings.Fields(v)))
		}
		return query.NewDisjunctionQuery(wordings)
	case Any:
		var terms []query.Query
		for _, w := range strings.Fields(q.Text) {
			terms = append(terms, termsOf(field, w)...)
		}
		some := query.NewDisjunctionQuery(terms)
		some.SetMin(max(1, anyShare*float64(len(terms))))
		return some
	case Number:
		return query.NewDisjunctionQuery([]query.Query{term(fieldNumber, q.Text), term(fieldCites, q.Text)})
	case Pinyin:
		prefix := query.NewPrefixQuery(q.Text)
		prefix.SetField(fieldPinyin)
		return prefix
	}
	return nil
}

func allOf(field string, words []string) query.Query {
	var terms []query.Query
	for _, w := range words {
		terms = append(terms, termsOf(field, w)...)
	}
	if len(terms) == 0 {
		return query.NewMatchNoneQuery()
	}
	return query.NewConjunctionQuery(terms)
}

func termsOf(field, word string) []query.Query {
	var terms []query.Query
	for _, g := range queryGrams(word) {
		terms = append(terms, term(field, g))
	}
	return terms
}

func term(field, text string) query.Query {
	t := query.NewTermQuery(text)
	t.SetField(field)
	return t
}

// best is the asked page of the passed matches, in order.
func best(passed []match, q Query) []match {
	if q.Sort == Relevance && q.Mode != Browse {
		r := newRanking(q)
		for _, m := range passed {
			r.best = max(r.best, m.score)
		}
		for i := range passed {
			m := &passed[i]
			m.score = r.score(m.row.folded, m.row.NumberKey, m.row.day, m.holds, m.score)
		}
	}
	top := &page{limit: q.Offset + q.Limit, before: before(q)}
	for _, m := range passed {
		top.offer(m)
	}
	sort.Slice(top.held, func(i, j int) bool { return top.before(top.held[i], top.held[j]) })
	return top.held[min(q.Offset, len(top.held)):]
}

// before is the order of an answer. A question without text is answered
// newest first.
func before(q Query) func(a, b match) bool {
	newer := func(a, b match) bool {
		if a.row.Published != b.row.Published {
			return a.row.Published > b.row.Published
		}
		return a.row.ID > b.row.ID
	}
	switch {
	case q.Sort == Oldest:
		return func(a, b match) bool {
			if (a.row.Published == "") != (b.row.Published == "") {
				return b.row.Published == ""
			}
			return newer(b, a)
		}
	case q.Sort == Newest || q.Mode == Browse:
		return newer
	}
	return func(a, b match) bool {
		if a.score != b.score {
			return a.score > b.score
		}
		return newer(a, b)
	}
}

// page keeps the first limit matches of those offered, the last of them on top.
type page struct {
	limit  int
	held   []match
	before func(a, b match) bool
}

func (p *page) offer(m match) {
	switch {
	case len(p.held) < p.limit:
		heap.Push(p, m)
	case p.limit > 0 && p.before(m, p.held[0]):
		p.held[0] = m
		heap.Fix(p, 0)
	}
}

func (p *page) Len() int           { return len(p.held) }
func (p *page) Less(i, j int) bool { return p.before(p.held[j], p.held[i]) }
func (p *page) Swap(i, j int)      { p.held[i], p.held[j] = p.held[j], p.held[i] }
func (p *page) Push(x any)         { p.held = append(p.held, x.(match)) }
func (p *page) Pop() any {
	last := p.held[len(p.held)-1]
	p.held = p.held[:len(p.held)-1]
	return last
}

// segmentOrdinals finds a document's ordinal by its number within a segment.
// Segments never change and keep their number, so each is read once.
type segmentOrdinals struct {
	mu sync.Mutex
	by map[uint64][]int32
}

// snapshotOrdinals finds ordinals for the documents of one snapshot, asked in
// rising order.
type snapshotOrdinals struct {
	starts   []uint64
	segments [][]int32
	now      int
}

func (o *snapshotOrdinals) at(number uint64) int32 {
	if o.now >= len(o.starts) || number < o.starts[o.now] {
		o.now = 0
	}
	for o.now+1 < len(o.starts) && number >= o.starts[o.now+1] {
		o.now++
	}
	return o.segments[o.now][number-o.starts[o.now]]
}

func (s *shelf) ordinals(snapshot *scorch.IndexSnapshot) (*snapshotOrdinals, error) {
	s.read.mu.Lock()
	defer s.read.mu.Unlock()
	found := &snapshotOrdinals{}
	known := make(map[uint64][]int32, len(s.read.by))
	start := uint64(0)
	for _, segment := range snapshot.Segments() {
		list, ok := s.read.by[segment.Id()]
		if !ok {
			var err error
			if list, err = s.readSegment(segment); err != nil {
				return nil, err
			}
		}
		known[segment.Id()] = list
		found.starts = append(found.starts, start)
		found.segments = append(found.segments, list)
		start += uint64(len(list))
	}
	s.read.by = known
	return found, nil
}

func (s *shelf) readSegment(segment *scorch.SegmentSnapshot) ([]int32, error) {
	list := make([]int32, segment.FullSize())
	for i := range list {
		id, err := segment.DocID(uint64(i))
		if err != nil {
			return nil, fmt.Errorf("read index segment: %w", err)
		}
		list[i] = s.columns.ordinal(string(id))
	}
	return list, nil
}
