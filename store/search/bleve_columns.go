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
	mu    sync.RWMutex
	byID  map[string]int32
	rows  []*row // by ordinal; nil where the document is gone
	facts []fact // the same, side by side: what is looked at for every match

	number  map[string]map[string]uint32 // by facet and value
	values  []value                      // by number
	days    []model.Days                 // each combination once
	daysAt  map[model.Days]uint32
	stateMu sync.Mutex
	states  *stateTable // for the day that was asked for last
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
}

// fact is what filters, counts and places look at.
type fact struct {
	values []uint32 // of all facets, by their numbers
	title  string   // folded
	day    int32    // of publishing, as a number
	days   uint32   // by their number
	live   bool
}

// value is one value of a facet.
type value struct{ facet, value string }

// stateTable is what each combination of days comes to on one day.
type stateTable struct {
	today  model.Day
	states []state
}

// state is a validity by its place in model.Validities.
type state uint8

var validities = model.Validities()

func stateOf(v model.Validity) state { return state(slices.Index(validities, v)) }

func newColumns() *columns {
	return &columns{byID: map[string]int32{}, number: map[string]map[string]uint32{}, daysAt: map[model.Days]uint32{}}
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
		c.rows, c.facts = append(c.rows, nil), append(c.facts, fact{})
	}
	return ord
}

// set shows a row to questions.
func (c *columns) set(r *row) {
	title := Fold(r.Title)
	c.mu.Lock()
	defer c.mu.Unlock()
	f := fact{title: title, day: int32(r.Published.Number()), days: c.daysNumber(r.Days), live: true}
	for name, values := range r.Facets {
		for _, v := range values {
			f.values = append(f.values, c.valueNumber(name, v))
		}
	}
	ord := c.place(r.ID)
	c.rows[ord], c.facts[ord] = r, f
}

func (c *columns) valueNumber(facet, v string) uint32 {
	numbers := c.number[facet]
	if numbers == nil {
		numbers = map[string]uint32{}
		c.number[facet] = numbers
	}
	n, known := numbers[v]
	if !known {
		n = uint32(len(c.values))
		numbers[v] = n
		c.values = append(c.values, value{facet, v})
	}
	return n
}

func (c *columns) daysNumber(d model.Days) uint32 {
	n, known := c.daysAt[d]
	if !known {
		n = uint32(len(c.days))
		c.daysAt[d] = n
		c.days = append(c.days, d)
	}
	return n
}

// statesOn is what the days come to on a day. It is made once a day, and anew
// where there are more of them.
func (c *columns) statesOn(today model.Day) []state {
	c.stateMu.Lock()
	defer c.stateMu.Unlock()
	if t := c.states; t != nil && t.today == today && len(t.states) == len(c.days) {
		return t.states
	}
	states := make([]state, len(c.days))
	for i, d := range c.days {
		states[i] = stateOf(d.On(today))
	}
	c.states = &stateTable{today, states}
	return states
}

func (c *columns) remove(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ord, ok := c.byID[id]; ok {
		c.rows[ord], c.facts[ord] = nil, fact{}
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

// size is how many ordinals have been given.
func (c *columns) size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.rows)
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
	columns  *columns
	states   []state // by number of days
	filters  []filter
	counts   []int // by number of value
	byState  []int
	counting map[string]bool // the facets that are wanted
}

// filter holds the wanted values by number, or the wanted states.
type filter struct {
	name   string
	wanted []bool
	states []bool
}

func (c *columns) sieve(q Query) *sieve {
	s := &sieve{columns: c, states: c.statesOn(q.Today), counts: make([]int, len(c.values)), byState: make([]int, len(validities)),
		counting: make(map[string]bool, len(q.Facets))}
	for name, values := range q.Filters {
		if len(values) > 0 {
			s.filters = append(s.filters, c.filter(name, values))
		}
	}
	for _, name := range q.Facets {
		s.counting[name] = true
	}
	return s
}

func (c *columns) filter(name string, values []string) filter {
	f := filter{name: name}
	if name == ValidityFacet {
		f.states = make([]bool, len(validities))
		for i, v := range validities {
			f.states[i] = slices.Contains(values, string(v))
		}
		return f
	}
	f.wanted = make([]bool, len(c.values))
	for _, v := range values {
		if n, known := c.number[name][v]; known {
			f.wanted[n] = true
		}
	}
	return f
}

func (f *filter) passes(values []uint32, is state) bool {
	if f.states != nil {
		return f.states[is]
	}
	for _, n := range values {
		if f.wanted[n] {
			return true
		}
	}
	return false
}

// take counts a matching document and says whether it passes every filter. A
// document that fails one filter alone still counts for that filter's facet.
func (s *sieve) take(f *fact) (is state, passes bool) {
	is = s.states[f.days]
	failed := -1
	for i := range s.filters {
		if s.filters[i].passes(f.values, is) {
			continue
		}
		if failed >= 0 {
			return is, false
		}
		failed = i
	}
	if failed >= 0 {
		s.countFor(s.filters[failed].name, f, is)
		return is, false
	}
	if len(s.counting) > 0 {
		s.byState[is]++
		for _, n := range f.values {
			s.counts[n]++
		}
	}
	return is, true
}

func (s *sieve) countFor(facet string, f *fact, is state) {
	if facet == ValidityFacet {
		s.byState[is]++
		return
	}
	for _, n := range f.values {
		if s.columns.values[n].facet == facet {
			s.counts[n]++
		}
	}
}

// facets are the counts so far, the largest first.
func (s *sieve) facets() map[string][]Bucket {
	facets := make(map[string][]Bucket, len(s.counting))
	for name := range s.counting {
		facets[name] = []Bucket{}
	}
	add := func(facet, value string, n int) {
		if n > 0 && s.counting[facet] {
			facets[facet] = append(facets[facet], Bucket{value, n})
		}
	}
	for number, n := range s.counts {
		if n > 0 {
			add(s.columns.values[number].facet, s.columns.values[number].value, n)
		}
	}
	for i, n := range s.byState {
		add(ValidityFacet, string(validities[i]), n)
	}
	for name := range facets {
		facets[name] = SortBuckets(facets[name])
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
