package search

import (
	"encoding/json"
	"slices"
	"sort"
	"sync"

	"yuandu/model"
)

// columns holds, in memory, what filters, counts, orders and ranks: bleve only
// matches text. Counting here costs a few steps a document, where bleve's own
// facets cost several times the search.
type columns struct {
	mu   sync.RWMutex
	byID map[string]int32
	rows []*row                 // by ordinal; nil where the document is gone
	dict map[string]*dictionary // by facet
}

// row is what is kept of one document. It is never changed, only replaced.
type row struct {
	ID        string              `json:"id"`
	Version   int64               `json:"v"`
	Title     string              `json:"t"`
	NumberKey string              `json:"n,omitempty"`
	Facets    map[string][]string `json:"f,omitempty"`
	Published model.Day           `json:"p,omitempty"`
	Days      model.Days          `json:"d"`

	folded string     // Title, folded
	day    int        // Published as a number
	values [][]uint32 // Facets by the dictionaries' numbers, each in its dictionary's slot
}

// in are the numbers of a row's values of one facet.
func (r *row) in(slot int) []uint32 {
	if slot < len(r.values) {
		return r.values[slot]
	}
	return nil
}

// dictionary numbers the values of a facet.
type dictionary struct {
	slot   int
	number map[string]uint32
	values []string
}

func newColumns() *columns {
	return &columns{byID: map[string]int32{}, dict: map[string]*dictionary{}}
}

func rowOf(d *Doc) *row {
	return &row{ID: d.ID, Version: d.Version, Title: d.Title, NumberKey: d.NumberKey,
		Facets: d.Facets, Published: d.Published, Days: d.Days}
}

func (r *row) hit(score float64) Hit {
	return Hit{ID: r.ID, Version: r.Version, Score: score, Title: r.Title, NumberKey: r.NumberKey,
		Published: r.Published, Days: r.Days}
}

func (r *row) stored() []byte {
	b, _ := json.Marshal(r) // plain strings and numbers: it cannot fail
	return b
}

// reserve gives a document its ordinal, which stays its own for good.
func (c *columns) reserve(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.place(id)
}

func (c *columns) place(id string) int32 {
	ord, known := c.byID[id]
	if !known {
		ord = int32(len(c.rows))
		c.byID[id] = ord
		c.rows = append(c.rows, nil)
	}
	return ord
}

// set shows a row to questions.
func (c *columns) set(r *row) {
	r.folded, r.day = Fold(r.Title), r.Published.Number()
	c.mu.Lock()
	defer c.mu.Unlock()
	for name := range r.Facets {
		if c.dict[name] == nil {
			c.dict[name] = &dictionary{slot: len(c.dict), number: map[string]uint32{}}
		}
	}
	r.values = make([][]uint32, len(c.dict))
	for name, values := range r.Facets {
		d := c.dict[name]
		r.values[d.slot] = d.numbers(values)
	}
	c.rows[c.place(r.ID)] = r
}

func (d *dictionary) numbers(values []string) []uint32 {
	numbers := make([]uint32, 0, len(values))
	for _, v := range values {
		n, known := d.number[v]
		if !known {
			n = uint32(len(d.values))
			d.number[v] = n
			d.values = append(d.values, v)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

func (c *columns) remove(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ord, ok := c.byID[id]; ok {
		c.rows[ord] = nil
	}
}

// version is the version of a document that is held, 0 where it is not.
func (c *columns) version(id string) int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if ord, ok := c.byID[id]; ok && c.rows[ord] != nil {
		return c.rows[ord].Version
	}
	return 0
}

func (c *columns) ordinal(id string) int32 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if ord, ok := c.byID[id]; ok {
		return ord
	}
	return -1
}

// entries lists what is held, ordered by ID.
func (c *columns) entries(after string, limit int) []Entry {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var all []Entry
	for _, r := range c.rows {
		if r != nil && r.ID > after {
			all = append(all, Entry{r.ID, r.Version})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	return all[:min(limit, len(all))]
}

// sieve decides which documents pass the filters and counts the facets, for
// one question. The columns must stay locked for reading while it is used.
type sieve struct {
	today   model.Day
	filters []filter
	counts  []count
}

type filter struct {
	name   string
	slot   int
	wanted []bool           // by number
	states []model.Validity // instead, of the validity filter
}

type count struct {
	name   string
	own    int // the filter of the same name, -1 where there is none
	slot   int
	n      []int    // by number
	states []Bucket // instead, of the validity facet
}

func (c *columns) sieve(q Query) *sieve {
	s := &sieve{today: q.Today}
	for name, values := range q.Filters {
		if len(values) > 0 {
			s.filters = append(s.filters, c.filter(name, values))
		}
	}
	for _, name := range q.Facets {
		k := count{name: name, own: -1}
		for i, f := range s.filters {
			if f.name == name {
				k.own = i
			}
		}
		if name == ValidityFacet {
			k.states = []Bucket{}
		} else if d := c.dict[name]; d != nil {
			k.slot, k.n = d.slot, make([]int, len(d.values))
		}
		s.counts = append(s.counts, k)
	}
	return s
}

func (c *columns) filter(name string, values []string) filter {
	f := filter{name: name}
	if name == ValidityFacet {
		for _, v := range values {
			f.states = append(f.states, model.Validity(v))
		}
		return f
	}
	if d := c.dict[name]; d != nil {
		f.slot, f.wanted = d.slot, make([]bool, len(d.values))
		for _, v := range values {
			if n, ok := d.number[v]; ok {
				f.wanted[n] = true
			}
		}
	}
	return f
}

func (f *filter) passes(r *row, state model.Validity) bool {
	if f.name == ValidityFacet {
		return slices.Contains(f.states, state)
	}
	if f.wanted == nil {
		return false
	}
	for _, n := range r.in(f.slot) {
		if f.wanted[n] {
			return true
		}
	}
	return false
}

// take counts a matching document and says whether it passes every filter. A
// document that fails one filter alone still counts for that filter's facet.
func (s *sieve) take(r *row) (state model.Validity, passes bool) {
	state = r.Days.On(s.today)
	failed := -1
	for i := range s.filters {
		if s.filters[i].passes(r, state) {
			continue
		}
		if failed >= 0 {
			return state, false
		}
		failed = i
	}
	for i := range s.counts {
		if failed >= 0 && s.counts[i].own != failed {
			continue
		}
		s.counts[i].add(r, state)
	}
	return state, failed < 0
}

func (k *count) add(r *row, state model.Validity) {
	if k.states == nil {
		if k.n != nil {
			for _, n := range r.in(k.slot) {
				k.n[n]++
			}
		}
		return
	}
	for i := range k.states {
		if k.states[i].Value == string(state) {
			k.states[i].Count++
			return
		}
	}
	k.states = append(k.states, Bucket{string(state), 1})
}

// facets are the counts so far, the largest first.
func (s *sieve) facets(c *columns) map[string][]Bucket {
	facets := make(map[string][]Bucket, len(s.counts))
	for _, k := range s.counts {
		buckets := append([]Bucket{}, k.states...)
		for number, n := range k.n {
			if n > 0 {
				buckets = append(buckets, Bucket{c.dict[k.name].values[number], n})
			}
		}
		facets[k.name] = SortBuckets(buckets)
	}
	return facets
}

// SortBuckets puts the largest count first, equal ones by value, and keeps at
// most MaxBucket.
func SortBuckets(b []Bucket) []Bucket {
	sort.Slice(b, func(i, j int) bool {
		if b[i].Count != b[j].Count {
			return b[i].Count > b[j].Count
		}
		return b[i].Value < b[j].Value
	})
	return b[:min(len(b), MaxBucket)]
}
