package searchtest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

// runRebuilds tests what Rebuild does, each test on an index of its own that
// holds twenty documents.
func runRebuilds(t *testing.T, open func(t *testing.T) search.Index, opts Options) {
	for _, about := range []struct {
		name string
		test func(c *check)
	}{
		{"a new index before anything was built", (*check).unbuilt},
		{"questions see the old index until the new one is whole", (*check).rebuilt},
		{"no question ever finds nothing", (*check).neverEmpty},
		{"one at a time", (*check).oneAtATime},
		{"given up it leaves the old index", (*check).aborted},
		{"cut off by a crash it leaves the old index", (*check).crashed},
	} {
		t.Run(about.name, func(t *testing.T) {
			c := &check{t, open(t), some(20), opts}
			if about.name != "a new index before anything was built" {
				rebuild(t, c.index, c.docs)
			}
			about.test(c)
		})
	}
}

func (c *check) begin() search.Rebuild {
	c.Helper()
	r, err := c.index.Rebuild(c.Context())
	if err != nil {
		c.Fatalf("begin a rebuild: %v", err)
	}
	return r
}

// others are documents that the new index holds in place of the old ones.
func others() []search.Doc {
	docs := some(30)[10:]
	for i := range docs {
		docs[i].Version = 6
	}
	return docs
}

func (c *check) unbuilt() {
	mustBe(c.T, "an index that was never built", c.index.Health(c.Context()), search.ErrOutdated)
	_, err := c.index.Find(c.Context(), usual(all("公园")))
	mustBe(c.T, "a question to an index that was never built", err, search.ErrUnavailable)
	_, err = c.index.Entries(c.Context(), model.KindPolicy, "", 1)
	mustBe(c.T, "the entries of an index that was never built", err, search.ErrUnavailable)
	mustBe(c.T, "a change to an index that was never built",
		c.index.Apply(c.Context(), model.KindPolicy, []search.Op{put(some(1)[0])}), search.ErrUnavailable)
	mustBe(c.T, "after all that, the index", c.index.Health(c.Context()), search.ErrOutdated)
	rebuild(c.T, c.index, c.docs)
	c.holds("built", "公园", c.docs...)
}

func (c *check) rebuilt() {
	r := c.begin()
	applyAll(c.T, r, others())
	apply(c.T, r, model.KindPolicy, put(some(31)[30]), remove(some(31)[30].ID))
	c.holds("before the commit", "公园", c.docs...)
	if err := r.Commit(c.Context()); err != nil {
		c.Fatalf("commit: %v", err)
	}
	c.docs = append(c.docs, others()...)
	c.holds("after the commit", "公园", others()...)
	if err := r.Abort(c.Context()); err != nil {
		c.Errorf("abort after commit: %v", err)
	}
	c.holds("after an abort after the commit", "公园", others()...)
	apply(c.T, c.index, model.KindPolicy, put(some(1)[0]))
	c.holds("changed after the commit", "公园", append(others(), some(1)...)...)
}

func (c *check) neverEmpty() {
	ctx, stop := context.WithCancel(c.Context())
	defer stop()
	var asking sync.WaitGroup
	var asked atomic.Int64
	for range 3 {
		asking.Go(func() {
			for ctx.Err() == nil {
				found, err := c.index.Find(ctx, usual(all("公园")))
				if ctx.Err() != nil {
					return
				}
				if err != nil || found.Total != 20 {
					c.Errorf("during rebuilds 公园 finds %d documents, not 20 (%v)", found.Total, err)
					return
				}
				asked.Add(1)
			}
		})
	}
	for i := range 3 {
		docs := c.docs
		if i%2 == 0 {
			docs = others()
		}
		rebuild(c.T, c.index, docs)
	}
	stop()
	asking.Wait()
	if asked.Load() == 0 {
		c.Error("nothing was asked during the rebuilds")
	}
}

func (c *check) oneAtATime() {
	r := c.begin()
	_, err := c.index.Rebuild(c.Context())
	mustBe(c.T, "a second rebuild", err, search.ErrRebuilding)
	if err := r.Abort(c.Context()); err != nil {
		c.Errorf("abort: %v", err)
	}
	if err := r.Abort(c.Context()); err != nil {
		c.Errorf("abort again: %v", err)
	}
	rebuild(c.T, c.index, others())
	rebuild(c.T, c.index, c.docs)
	c.holds("after two more", "公园", c.docs...)
}

func (c *check) aborted() {
	r := c.begin()
	applyAll(c.T, r, others())
	if err := r.Abort(c.Context()); err != nil {
		c.Fatalf("abort: %v", err)
	}
	c.holds("given up", "公园", c.docs...)
	if err := c.index.Health(c.Context()); err != nil {
		c.Errorf("given up: %v", err)
	}
	rebuild(c.T, c.index, some(3))
	c.holds("the next one, which takes nothing over from the one given up", "公园", some(3)...)
}

func (c *check) crashed() {
	applyAll(c.T, c.begin(), others()) // and nobody ends it
	c.index = c.opts.Reopen(c.T, c.index)
	if err := c.index.Health(c.Context()); err != nil {
		c.Errorf("after a crash: %v", err)
	}
	c.holds("after a crash", "公园", c.docs...)
	rebuild(c.T, c.index, some(3))
	c.holds("rebuilt after a crash", "公园", some(3)...)
}
