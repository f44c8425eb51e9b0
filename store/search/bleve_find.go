package search

import (
	"context"
	"fmt"
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
	if q.Mode == Similar {
		return s.similar(ctx, q)
	}
	return s.find(ctx, q)
}

// find lets bleve say which documents match, and asks it how well only where
// their titles do not settle the page: matching alone costs it much less.
func (s *shelf) find(ctx context.Context, q Query) (Found, error) {
	asked, err := s.ask(q)
	if err != nil {
		return Found{}, err
	}
	defer asked.close()
	list := matchLists.Get().(*[]match)
	defer matchLists.Put(list)
	if *list, err = asked.matches(ctx, (*list)[:0], isRanked(q) && q.Mode == Any); err != nil {
		return Found{}, err
	}
	found, passed := s.columns.count(q, *list)
	if !isRanked(q) {
		found.Hits = first(passed, q).hits(q)
		return found, nil
	}
	top, settled := placed(passed, q)
	if !settled {
		if q.Mode == All {
			err = asked.score(ctx, passed)
		}
		addOpinions(passed)
		top = first(passed, q)
	}
	found.Hits = top.hits(q)
	return found, err
}

// matchLists are used again: those of common words are long.
var matchLists = sync.Pool{New: func() any { return new([]match) }}

// count filters and counts the documents that match. It works in their list.
func (c *columns) count(q Query, matches []match) (found Found, passed []match) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	sieve := c.sieve(q)
	passed = matches[:0]
	for _, m := range matches {
		f := &c.facts[m.ord]
		if !f.live {
			continue
		}
		if is, passes := sieve.take(f); passes {
			m.row, m.title, m.day, m.holds = c.rows[m.ord], f.title, f.day, validities[is].Holds()
			passed = append(passed, m)
		}
	}
	return Found{Total: len(passed), Facets: sieve.facets()}, passed
}

// asked is a query put to one state of the index.
type asked struct {
	shelf    *shelf
	query    query.Query // nil for all documents
	snapshot *scorch.IndexSnapshot
}

func (s *shelf) ask(q Query) (*asked, error) {
	a := &asked{shelf: s, query: bleveQuery(q)}
	if a.query == nil && q.Mode != Similar {
		return a, nil
	}
	advanced, err := s.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open index reader: %w", ErrUnavailable)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("open index reader: %w", ErrUnavailable)
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		reader.Close()
		return nil, fmt.Errorf("index is no scorch index: %w", ErrUnavailable)
	}
	a.snapshot = snapshot
	return a, nil
}

func (a *asked) close() {
	if a.snapshot != nil {
		a.snapshot.Close()
	}
}

// matches adds the documents that match to a list, with bleve's scores where they
// are wanted.
func (a *asked) matches(ctx context.Context, list []match, scored bool) ([]match, error) {
	if a.query == nil {
		return a.shelf.everything(list), ctx.Err()
	}
	err := a.each(ctx, scored, func(ord int32, score float64) { list = append(list, match{ord: ord, score: score}) })
	return list, err
}

// score gives matches bleve's scores. They stand in the order in which bleve
// visits documents, with or without scores.
func (a *asked) score(ctx context.Context, matches []match) error {
	return a.each(ctx, true, func(ord int32, score float64) {
		if len(matches) > 0 && matches[0].ord == ord {
			matches[0].score = score
			matches = matches[1:]
		}
	})
}

// each visits the ordinals of the documents that match.
func (a *asked) each(ctx context.Context, scored bool, visit func(ord int32, score float64)) error {
	options := bsearch.SearcherOptions{}
	if !scored {
		options.Score = "none"
	}
	searcher, err := a.query.Searcher(ctx, a.snapshot, plainMapping, options)
	if err != nil {
		return fmt.Errorf("search embedded index: %w", err)
	}
	defer searcher.Close()
	ordinals, err := a.shelf.ordinals(a.snapshot)
	if err != nil {
		return err
	}
	pool := &bsearch.SearchContext{DocumentMatchPool: bsearch.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0)}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		dm, err := searcher.Next(pool)
		if err != nil {
			return fmt.Errorf("search embedded index: %w", err)
		}
		if dm == nil {
			return nil
		}
		if ord := ordinals.at(dm.IndexInternalID.Value()); ord >= 0 {
			visit(ord, dm.Score)
		}
		pool.DocumentMatchPool.Put(dm)
	}
}

func (s *shelf) everything(list []match) []match {
	s.columns.mu.RLock()
	defer s.columns.mu.RUnlock()
	for i := range s.columns.rows {
		list = append(list, match{ord: int32(i)})
	}
	return list
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
