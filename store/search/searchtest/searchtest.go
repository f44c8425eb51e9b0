// Package searchtest holds what every search index must do, as tests that each
// maker of one runs on itself.
package searchtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

// Options say what differs between engines.
type Options struct {
	// Engine is its name, for messages.
	Engine string
	// TitleRecall is the part of the titles holding a random piece of a title
	// that must be found by it, by the piece's length in characters. What is
	// not named is 1: all of them.
	TitleRecall map[int]float64
	// Reopen closes an index and opens what it left behind.
	Reopen func(t *testing.T, index search.Index) search.Index
}

// Run tests the makers of an index. Open makes a new one that nobody else has,
// and cleans up after it.
func Run(t *testing.T, open func(t *testing.T) search.Index, opts Options) {
	docs := Fixture()
	t.Run("questions", func(t *testing.T) {
		index := open(t)
		rebuild(t, index, docs)
		for _, about := range []struct {
			name string
			test func(c *check)
		}{
			{"one to four characters find every document that holds them", (*check).words},
			{"any piece of a title finds it", (*check).titlePieces},
			{"the end of a word is found as well as its beginning", (*check).suffix},
			{"traditional and full-width writing is found", (*check).otherWriting},
			{"letters and digits", (*check).latin},
			{"keywords find a document whose text does not hold them", (*check).keywords},
			{"every word must be there", (*check).everyWord},
			{"a title above a body", (*check).titleAboveBody},
			{"a whole phrase above scattered words", (*check).phraseAboveScattered},
			{"titles alone", (*check).titlesAlone},
			{"the same said otherwise", (*check).variants},
			{"a document number", (*check).number},
			{"an issuer and a year", (*check).numberLead},
			{"pinyin", (*check).pinyin},
			{"a question in plain language", (*check).plainLanguage},
			{"what speaks of the same", (*check).similar},
			{"what speaks of the same, under filters", (*check).similarFiltered},
			{"a question is answered from what others asked", (*check).alike},
			{"browsing", (*check).browsing},
			{"newest and oldest", (*check).sorting},
			{"pages fit together", (*check).paging},
			{"validity on every day around a change", (*check).validity},
			{"filters and counts under any combination", (*check).filtersAndCounts},
			{"kinds are parted", (*check).kinds},
			{"hostile questions are only questions", (*check).hostile},
			{"what a hit carries", (*check).hitFields},
			{"entries in order", (*check).entries},
		} {
			t.Run(about.name, func(t *testing.T) { about.test(&check{t, index, docs, opts}) })
		}
	})
	t.Run("changes", func(t *testing.T) { runChanges(t, open, opts) })
	t.Run("rebuilding", func(t *testing.T) { runRebuilds(t, open, opts) })
}

// check is one test on an index that holds docs.
type check struct {
	*testing.T
	index search.Index
	docs  []search.Doc
	opts  Options
}

// rebuild makes an index hold docs and nothing else.
func rebuild(t *testing.T, index search.Index, docs []search.Doc) {
	t.Helper()
	r, err := index.Rebuild(t.Context())
	if err != nil {
		t.Fatalf("begin a rebuild: %v", err)
	}
	applyAll(t, r, docs)
	if err := r.Commit(t.Context()); err != nil {
		t.Fatalf("commit a rebuild: %v", err)
	}
	if err := index.Health(t.Context()); err != nil {
		t.Fatalf("after a rebuild the index is not well: %v", err)
	}
}

type applier interface {
	Apply(ctx context.Context, kind model.Kind, ops []search.Op) error
}

func applyAll(t *testing.T, to applier, docs []search.Doc) {
	t.Helper()
	byKind := map[model.Kind][]search.Op{}
	for i := range docs {
		byKind[docs[i].Kind] = append(byKind[docs[i].Kind], put(docs[i]))
	}
	for kind, ops := range byKind {
		for part := range slices.Chunk(ops, 50) {
			apply(t, to, kind, part...)
		}
	}
}

func apply(t *testing.T, to applier, kind model.Kind, ops ...search.Op) {
	t.Helper()
	if err := to.Apply(t.Context(), kind, ops); err != nil {
		t.Fatalf("apply %d changes: %v", len(ops), err)
	}
}

func put(d search.Doc) search.Op { return search.Op{ID: d.ID, Put: &d} }

func remove(id string) search.Op { return search.Op{ID: id} }

// find asks for policies unless q says otherwise, on Today, 20 at a time.
func (c *check) find(q search.Query) search.Found {
	c.Helper()
	q = usual(q)
	found, err := c.index.Find(c.Context(), q)
	if err != nil {
		c.Fatalf("%s: %v", say(q), err)
	}
	return found
}

func usual(q search.Query) search.Query {
	if q.Kind == "" {
		q.Kind = model.KindPolicy
	}
	if q.Sort == "" {
		q.Sort = search.Relevance
	}
	if q.Today == "" {
		q.Today = Today
	}
	if q.Limit == 0 {
		q.Limit = 20
	}
	q.Text = search.Fold(q.Text)
	for i, v := range q.Variants {
		q.Variants[i] = search.Fold(v)
	}
	return q
}

// all reads the whole answer in steps, and fails where pages do not fit.
func (c *check) all(q search.Query, step int) []search.Hit {
	c.Helper()
	var hits []search.Hit
	seen := map[string]int{}
	q.Limit = step
	for q.Offset = 0; ; q.Offset += step {
		found := c.find(q)
		for i, h := range found.Hits {
			if first, twice := seen[h.ID]; twice {
				c.Fatalf("%s: %s stands at %d and again at %d", say(q), c.name(h.ID), first, q.Offset+i)
			}
			seen[h.ID] = q.Offset + i
		}
		hits = append(hits, found.Hits...)
		if want := min(step, max(0, found.Total-q.Offset)); len(found.Hits) != want {
			c.Fatalf("%s: offset %d of %d gives %d hits, not %d", say(q), q.Offset, found.Total, len(found.Hits), want)
		}
		if q.Offset+step >= found.Total {
			return hits
		}
	}
}

func idsOf(hits []search.Hit) []string {
	ids := make([]string, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// found is the set of all documents that answer.
func (c *check) found(q search.Query) []string {
	c.Helper()
	ids := idsOf(c.all(q, 100))
	slices.Sort(ids)
	return ids
}

// same compares sets of documents and says by title what is missing or too much.
func (c *check) same(what string, got, want []string) {
	c.Helper()
	for _, id := range missing(want, got) {
		c.Errorf("%s does not find %s", what, c.name(id))
	}
	for _, id := range missing(got, want) {
		c.Errorf("%s should not find %s", what, c.name(id))
	}
}

// missing are those of ids that are not in from.
func missing(ids, from []string) []string {
	var gone []string
	for _, id := range ids {
		if !slices.Contains(from, id) {
			gone = append(gone, id)
		}
	}
	return gone
}

// first fails unless the answer begins with the documents, in order.
func (c *check) first(q search.Query, want ...string) search.Found {
	c.Helper()
	found := c.find(q)
	got := idsOf(found.Hits)
	if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		c.Errorf("%s should begin with\n  %s\nand begins with\n  %s", say(q), c.names(want),
			c.names(got[:min(len(got), len(want)+3)]))
	}
	return found
}

func (c *check) name(id string) string {
	for _, d := range c.docs {
		if d.ID == id {
			return "《" + d.Title + "》"
		}
	}
	return "the unknown document " + id
}

func (c *check) names(ids []string) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, c.name(id))
	}
	return strings.Join(names, "\n  ")
}

// matching are the IDs, in order, of the policies that a rule is true of.
func (c *check) matching(rule func(d *search.Doc) bool) []string {
	var ids []string
	for i := range c.docs {
		if c.docs[i].Kind == model.KindPolicy && rule(&c.docs[i]) {
			ids = append(ids, c.docs[i].ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// say writes a question for a message.
func say(q search.Query) string {
	mode := map[search.Mode]string{search.Browse: "browsing", search.All: "all of", search.Any: "some of",
		search.Number: "number", search.Pinyin: "pinyin"}[q.Mode]
	text := fmt.Sprintf("%s %q", mode, q.Text)
	if len(q.Variants) > 0 {
		text += fmt.Sprintf(" or %q", q.Variants)
	}
	if len(q.Filters) > 0 {
		text += fmt.Sprintf(" with %v", q.Filters)
	}
	return text + " " + string(q.Sort)
}

// mustBe fails unless err is target.
func mustBe(t *testing.T, what string, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("%s: the error is %v, not %v", what, err, target)
	}
}
