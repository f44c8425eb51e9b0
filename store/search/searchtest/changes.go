package searchtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

// runChanges tests what Apply does, each test on an index of its own.
func runChanges(t *testing.T, open func(t *testing.T) search.Index, opts Options) {
	for _, about := range []struct {
		name string
		test func(c *check)
	}{
		{"a document put again is still one", (*check).putTwice},
		{"an older version never replaces a newer one", (*check).staleVersion},
		{"what is removed is gone", (*check).removal},
		{"the same changes again change nothing", (*check).replay},
		{"changes and questions at the same time", (*check).together},
		{"an ended context ends everything", (*check).cancelled},
		{"an index without documents answers everything with nothing", (*check).nothing},
		{"a document of no words", (*check).bare},
		{"far pages fit together too", (*check).farPages},
		{"a number above the many that cite it", (*check).oftenCited},
		{"a new document above many old ones", (*check).newAmongOld},
		{"opened again it holds what it held", (*check).reopened},
	} {
		t.Run(about.name, func(t *testing.T) {
			index := open(t)
			rebuild(t, index, nil)
			about.test(&check{t, index, some(40), opts})
		})
	}
}

// some are n documents that hold 公园, number i its own 编号.
func some(n int) []search.Doc {
	var docs []search.Doc
	for i := range n {
		docs = append(docs, search.Doc{Kind: model.KindPolicy, ID: ID(fmt.Sprint("some ", i)), Version: 5,
			Title: fmt.Sprintf("公园管理规定之%d", i), Body: fmt.Sprintf("编号a%d", i), Published: "2020-02-02",
			Facets: map[string][]string{"topic": {"environment"}}})
	}
	return docs
}

func (c *check) holds(what, text string, want ...search.Doc) {
	c.Helper()
	var ids []string
	for _, d := range want {
		ids = append(ids, d.ID)
	}
	c.same(what+": "+text, c.found(all(text)), ids)
}

func (c *check) putTwice() {
	d := some(1)[0]
	apply(c.T, c.index, d.Kind, put(d))
	c.holds("put once", "公园", d)
	d.Version, d.Title, d.Body, d.Published = 6, "绿地管理规定", "新", "2021-01-01"
	d.Facets = map[string][]string{"topic": {"household"}}
	d.Days = model.Days{Repealed: "2022-01-01"}
	apply(c.T, c.index, d.Kind, put(d))
	c.holds("put again", "绿地", d)
	c.holds("the old words of a document put again", "公园")
	c.holds("the old body of a document put again", "a0")
	c.docs = []search.Doc{d}
	c.counts(search.Query{}, []string{d.ID})
	c.hitFields()
}

func (c *check) staleVersion() {
	d := some(1)[0]
	older := d
	older.Version, older.Title = 4, "湿地管理规定"
	newer := d
	newer.Version, newer.Title = 6, "绿地管理规定"
	apply(c.T, c.index, d.Kind, put(d))
	apply(c.T, c.index, d.Kind, put(older))
	c.holds("after an older version", "公园", d)
	c.holds("after an older version", "湿地")
	apply(c.T, c.index, d.Kind, put(newer), put(d), put(older))
	c.holds("the newest first in one batch", "绿地", d)
	c.holds("the newest first in one batch", "公园")
	other := some(2)[1]
	otherOlder := other
	otherOlder.Version, otherOlder.Title = 4, "湿地管理规定"
	apply(c.T, c.index, d.Kind, put(other), put(otherOlder))
	c.holds("a new document's versions in one batch", "湿地")
	c.holds("a new document's versions in one batch", "公园", other)
}

func (c *check) removal() {
	docs := some(3)
	applyAll(c.T, c.index, docs)
	apply(c.T, c.index, model.KindPolicy, remove(docs[0].ID))
	c.holds("one removed", "公园", docs[1:]...)
	apply(c.T, c.index, model.KindPolicy, remove(docs[0].ID), remove(ID("never there")))
	c.holds("removed again", "公园", docs[1:]...)
	apply(c.T, c.index, model.KindPolicy, remove(docs[1].ID), put(docs[0]))
	c.holds("one removed, one put back", "公园", docs[0], docs[2])
	again := docs[1]
	again.Version = 9
	apply(c.T, c.index, model.KindPolicy, put(again), remove(again.ID))
	c.holds("put and removed in one batch", "公园", docs[0], docs[2])
	again = docs[2]
	again.Version = 9
	apply(c.T, c.index, model.KindPolicy, remove(again.ID), put(again))
	c.holds("removed and put in one batch", "公园", docs[0], docs[2])
	apply(c.T, c.index, model.KindPolicy)
	apply(c.T, c.index, model.KindPolicy, remove(docs[0].ID), remove(docs[2].ID))
	c.holds("all removed", "公园")
	if found := c.find(search.Query{}); found.Total != 0 {
		c.Errorf("an emptied index has %d documents", found.Total)
	}
}

func (c *check) replay() {
	docs := some(20)
	var ops []search.Op
	for i, d := range docs {
		if i%4 == 3 {
			ops = append(ops, remove(d.ID))
		} else {
			ops = append(ops, put(d))
		}
	}
	var first []search.Hit
	for range 3 {
		apply(c.T, c.index, model.KindPolicy, ops...)
		hits := c.all(search.Query{}, 100)
		if first == nil {
			first = hits
		}
		if len(hits) != 15 || !slices.Equal(idsOf(hits), idsOf(first)) {
			c.Fatalf("the same changes again make %d documents of 15", len(hits))
		}
	}
}

// together is for the race detector, and wants no question to fail or to see
// half a change.
func (c *check) together() {
	docs := some(40)
	applyAll(c.T, c.index, docs[:20])
	ctx, stop := context.WithCancel(c.Context())
	defer stop()
	var asking, writing sync.WaitGroup
	for range 3 {
		asking.Go(func() {
			for ctx.Err() == nil {
				found, err := c.index.Find(ctx, usual(search.Query{Mode: search.All, Text: "公园", Facets: facets}))
				if ctx.Err() != nil {
					return
				}
				if err != nil || found.Total < 20 {
					c.Errorf("while changes are made 公园 finds %d (%v)", found.Total, err)
					return
				}
			}
		})
	}
	for part := range slices.Chunk(docs[20:], 10) {
		writing.Go(func() {
			for _, d := range part {
				if err := c.index.Apply(ctx, d.Kind, []search.Op{put(d)}); err != nil {
					c.Errorf("apply: %v", err)
				}
			}
		})
	}
	writing.Wait()
	stop()
	asking.Wait()
	c.holds("after all changes", "公园", docs...)
}

func (c *check) cancelled() {
	ctx, cancel := context.WithCancel(c.Context())
	cancel()
	for _, q := range []search.Query{{}, all("公园"), {Mode: search.Any, Text: "公园 绿地"},
		{Mode: search.All, Text: "公园", Variants: []string{"绿地"}}} {
		_, err := c.index.Find(ctx, usual(q))
		mustBe(c.T, say(q), err, context.Canceled)
	}
	mustBe(c.T, "Apply", c.index.Apply(ctx, model.KindPolicy, []search.Op{put(some(1)[0])}), context.Canceled)
	_, err := c.index.Entries(ctx, model.KindPolicy, "", 10)
	mustBe(c.T, "Entries", err, context.Canceled)
	mustBe(c.T, "Health", c.index.Health(ctx), context.Canceled)
	_, err = c.index.Rebuild(ctx)
	mustBe(c.T, "Rebuild", err, context.Canceled)
	rebuild(c.T, c.index, some(1)) // the one that was cut off does not stand in the way
	c.holds("after all", "公园", some(1)...)
}

func (c *check) bare() {
	bare := search.Doc{Kind: model.KindPolicy, ID: ID("bare"), Version: 1}
	odd := search.Doc{Kind: model.KindPolicy, ID: ID("odd"), Version: 1, Title: "\x00🎉\xff《》", Body: "，。",
		Keywords: []string{""}, Facets: map[string][]string{"topic": nil, "category": {}}}
	apply(c.T, c.index, model.KindPolicy, put(bare), put(odd))
	c.same("browsing", c.found(search.Query{Facets: facets}), []string{bare.ID, odd.ID})
}

func (c *check) nothing() {
	questions := []search.Query{{Mode: search.Browse}, all("公园"), {Mode: search.All, Text: "公园", TitleOnly: true},
		{Mode: search.All, Text: "公园", Variants: []string{"绿地"}}, {Mode: search.Any, Text: "公园 规定"},
		{Mode: search.Any, Text: "公园 规定", TitleOnly: true}, {Mode: search.Number, Text: "鸢政发|2021|5"},
		{Mode: search.Pinyin, Text: "gongyuan"}}
	ask := func(what string) {
		for _, q := range questions {
			q.Facets = facets
			q.Filters = map[string][]string{"year": {"2021"}}
			if found := c.find(q); found.Total != 0 || len(found.Hits) != 0 || len(found.Facets) != len(facets) {
				c.Errorf("%s, %s: %+v", what, say(usual(q)), found)
			}
		}
	}
	ask("without documents")
	apply(c.T, c.index, model.KindPolicy, put(search.Doc{Kind: model.KindPolicy, ID: ID("bare"), Version: 1, Title: "湖"}))
	ask("with a document that has no number and cites none")
}

// farPages has more documents than an engine may put in order at a time.
func (c *check) farPages() {
	c.docs = some(250)
	for i := range c.docs {
		c.docs[i].Published = model.Day(fmt.Sprintf("%d-01-01", 2000+i%20))
		c.docs[i].Days.Repealed = someDayOf(i)
	}
	applyAll(c.T, c.index, c.docs)
	for _, q := range []search.Query{all("公园"), all("公园 规定"), {Mode: search.Any, Text: "公园 规定 绿地"},
		{Mode: search.Pinyin, Text: "gongyuan"},
		{Mode: search.All, Text: "绿地", Variants: []string{"公园", "规定"}}, {Mode: search.Browse}} {
		whole := idsOf(c.all(q, 1000))
		if len(whole) != len(c.docs) {
			c.Errorf("%s finds %d of %d", say(usual(q)), len(whole), len(c.docs))
		}
		for _, step := range []int{7, 60} {
			if !slices.Equal(whole, idsOf(c.all(q, step))) {
				c.Errorf("%s: in steps of %d the order is another one than on one page", say(usual(q)), step)
			}
		}
	}
}

func someDayOf(i int) model.Day {
	if i%3 == 0 {
		return around[i%len(around)]
	}
	return ""
}

func (c *check) oftenCited() {
	c.docs = some(150)
	for i := range c.docs {
		c.docs[i].Cites = []string{"鸢政发|2001|1"}
	}
	c.docs[70].Cites, c.docs[70].NumberKey, c.docs[70].Published = nil, "鸢政发|2001|1", "2001-01-01"
	applyAll(c.T, c.index, c.docs)
	found := c.first(search.Query{Mode: search.Number, Text: "鸢政发|2001|1"}, c.docs[70].ID)
	if found.Total != 150 {
		c.Errorf("it and those that cite it are %d, not 150", found.Total)
	}
}

// newAmongOld has a word at the end of a new title and at the beginning of many
// old ones, which is no reason to put those first.
func (c *check) newAmongOld() {
	c.docs = some(150)
	for i := range c.docs {
		c.docs[i].Published = "2001-01-01"
	}
	c.docs[70].Title, c.docs[70].Published = "管理规定之七十：公园", "2024-01-01"
	applyAll(c.T, c.index, c.docs)
	c.first(all("公园"), c.docs[70].ID)
}

func (c *check) reopened() {
	docs := some(30)
	applyAll(c.T, c.index, docs)
	c.index = c.opts.Reopen(c.T, c.index)
	if err := c.index.Health(c.Context()); err != nil {
		c.Errorf("opened again: %v", err)
	}
	c.holds("opened again", "公园", docs...)
	older := docs[0]
	older.Version, older.Title = 4, "湿地管理规定"
	apply(c.T, c.index, model.KindPolicy, put(older), remove(docs[1].ID))
	c.holds("changed after it was opened again", "公园", append(docs[:1:1], docs[2:]...)...)
}

// entries reads what the index of the questions holds, in steps.
func (c *check) entries() {
	for _, kind := range model.Kinds() {
		var want []search.Entry
		for _, d := range c.docs {
			if d.Kind == kind {
				want = append(want, search.Entry{ID: d.ID, Version: d.Version})
			}
		}
		slices.SortFunc(want, func(a, b search.Entry) int {
			if a.ID < b.ID {
				return -1
			}
			return 1
		})
		for _, step := range []int{1, 7, 1000} {
			var got []search.Entry
			for after := ""; ; after = got[len(got)-1].ID {
				page, err := c.index.Entries(c.Context(), kind, after, step)
				if err != nil {
					c.Fatalf("entries after %q: %v", after, err)
				}
				got = append(got, page...)
				if len(page) == 0 || len(got) > len(want) {
					break
				}
			}
			if !slices.Equal(got, want) {
				c.Errorf("in steps of %d the entries of %s are not the %d documents in the order of their IDs: %v", step, kind, len(want), got)
			}
		}
	}
}
