// Package cachetest holds every maker of a cache to the same promises.
package cachetest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/store/cache"
)

// Run tells the stories that hold for every cache. open gives each one an empty
// cache; advance makes d pass for the cache that was opened last. No story
// sleeps, and each allows for a minute of real time going by.
func Run(t *testing.T, open func(t *testing.T) cache.Cache, advance func(d time.Duration)) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			s.tell(&teller{t, open(t), advance})
		})
	}
}

var stories = []struct {
	name string
	tell func(*teller)
}{
	{"five acts an hour come at once and the sixth waits", limitFills},
	{"room comes back evenly, one act at a time", limitRefills},
	{"after the whole period all acts fit again", limitEmpties},
	{"a refused act costs nothing", limitForgivesRefusals},
	{"everybody has a limit of their own", limitsAreApart},
	{"of fifty at the same moment exactly ten pass", limitHoldsInACrowd},
	{"a limit of nothing is a mistake", limitOfNothing},
	{"a lock has one holder until it is unlocked", lockIsExclusive},
	{"a lock ends by itself", lockExpires},
	{"a late unlock does not free the next holder's lock", lockUnlockedLate},
	{"unlocking twice frees nobody else", lockUnlockedTwice},
	{"unlocking works after the caller's time is over", lockUnlockedAfterCancel},
	{"of twenty at the same moment one gets the lock", lockHoldsInACrowd},
	{"a lock for no time is a mistake", lockForNoTime},
	{"a lock that is extended lives on", lockExtended},
	{"a lost lock cannot be extended", lockLost},
	{"a value comes back as it was", valueIsKept},
	{"what the caller does to a value stays with the caller", valueIsACopy},
	{"a value expires", valueExpires},
	{"a new value brings its own time", valueIsReplaced},
	{"a deleted value is gone, and one that is not there may be deleted", valueIsDeleted},
	{"a value for no time is a mistake", valueForNoTime},
	{"a limit, a lock and a value of one key know nothing of each other", kindsAreApart},
	{"ten seconds end after ten seconds", shortTimesEnd},
	{"an ended context does nothing", contextIsOver},
	{"a cache that works is healthy", healthy},
}

func limitFills(c *teller) {
	for range 5 {
		c.allowed("ask:1", 5, time.Hour)
	}
	c.refused("ask:1", 5, time.Hour, 12*time.Minute)
}

func limitRefills(c *teller) {
	for range 5 {
		c.allowed("ask:1", 5, time.Hour)
	}
	c.advance(5 * time.Minute)
	c.refused("ask:1", 5, time.Hour, 7*time.Minute)
	c.advance(20 * time.Minute)
	c.allowed("ask:1", 5, time.Hour)
	c.allowed("ask:1", 5, time.Hour)
	c.refused("ask:1", 5, time.Hour, 11*time.Minute)
}

func limitEmpties(c *teller) {
	c.allowed("ask:1", 2, time.Hour)
	c.advance(90 * time.Minute)
	c.allowed("ask:1", 2, time.Hour)
	c.allowed("ask:1", 2, time.Hour)
	c.refused("ask:1", 2, time.Hour, 30*time.Minute)
}

func limitForgivesRefusals(c *teller) {
	c.allowed("ask:1", 1, time.Hour)
	for range 3 {
		c.refused("ask:1", 1, time.Hour, time.Hour)
	}
	c.advance(time.Hour)
	c.allowed("ask:1", 1, time.Hour)
}

func limitsAreApart(c *teller) {
	c.allowed("ask:1", 1, time.Hour)
	c.refused("ask:1", 1, time.Hour, time.Hour)
	c.allowed("ask:2", 1, time.Hour)
}

func limitHoldsInACrowd(c *teller) {
	passed := crowd(50, func() bool {
		ok, _, err := c.Allow(c.Context(), "ask:1", 10, time.Hour)
		c.must(err)
		return ok
	})
	if passed != 10 {
		c.Errorf("%d of 50 passed a limit of 10", passed)
	}
}

func limitOfNothing(c *teller) {
	for limit, per := range map[int]time.Duration{0: time.Hour, -1: time.Hour, 1: 0, 2: -time.Hour} {
		if ok, _, err := c.Allow(c.Context(), "ask:1", limit, per); ok || err == nil {
			c.Errorf("%d per %v was taken for a limit", limit, per)
		}
	}
}

func lockIsExclusive(c *teller) {
	lock := c.locked("import", time.Hour)
	c.busy("import")
	c.locked("reindex", time.Hour)
	lock.Unlock()
	c.locked("import", time.Hour)
}

func lockExpires(c *teller) {
	c.locked("import", time.Hour)
	c.advance(50 * time.Minute)
	c.busy("import")
	c.advance(10 * time.Minute)
	c.locked("import", time.Hour)
}

func lockUnlockedLate(c *teller) {
	late := c.locked("import", time.Hour)
	c.advance(time.Hour)
	c.locked("import", time.Hour)
	late.Unlock()
	c.busy("import")
}

func lockUnlockedTwice(c *teller) {
	lock := c.locked("import", time.Hour)
	lock.Unlock()
	c.locked("import", time.Hour)
	lock.Unlock()
	c.busy("import")
}

func lockUnlockedAfterCancel(c *teller) {
	ctx, cancel := context.WithCancel(c.Context())
	lock, ok, err := c.Lock(ctx, "import", time.Hour)
	c.must(err)
	cancel()
	lock.Unlock()
	if !ok {
		c.Fatal("a free lock was refused")
	}
	c.locked("import", time.Hour)
}

func lockHoldsInACrowd(c *teller) {
	holders := crowd(20, func() bool {
		_, ok, err := c.Lock(c.Context(), "import", time.Hour)
		c.must(err)
		return ok
	})
	if holders != 1 {
		c.Errorf("%d hold one lock", holders)
	}
}

func lockForNoTime(c *teller) {
	lock, ok, err := c.Lock(c.Context(), "import", 0)
	if ok || err == nil {
		c.Error("a lock for no time was given")
	}
	lock.Unlock()
	if _, err := c.locked("import", time.Hour).Extend(c.Context(), 0); err == nil {
		c.Error("a lock was extended by no time")
	}
}

func lockExtended(c *teller) {
	lock := c.locked("import", time.Hour)
	for range 3 {
		c.advance(50 * time.Minute)
		if held, err := lock.Extend(c.Context(), time.Hour); !held || err != nil {
			c.Fatalf("a held lock was not extended: %v", err)
		}
	}
	c.busy("import")
	c.advance(time.Hour)
	c.locked("import", time.Hour)
}

func lockLost(c *teller) {
	expired, freed := c.locked("import", time.Hour), c.locked("reindex", time.Hour)
	freed.Unlock()
	c.advance(time.Hour)
	c.locked("import", time.Hour)
	for what, lock := range map[string]cache.Lock{"expired": expired, "freed": freed} {
		if held, err := lock.Extend(c.Context(), time.Hour); held || err != nil {
			c.Errorf("a lock that has %s was extended (%v)", what, err)
		}
	}
}

func valueIsKept(c *teller) {
	c.missing("token")
	for _, value := range [][]byte{[]byte("潍坊"), {0, 255, '\r', '\n'}, {}, bytes.Repeat([]byte("鸢"), 100_000)} {
		c.set("token", value, time.Hour)
		c.holds("token", value)
	}
}

func valueIsACopy(c *teller) {
	value := []byte("abc")
	c.set("token", value, time.Hour)
	value[0] = 'X'
	got, _, err := c.Get(c.Context(), "token")
	c.must(err)
	got[1] = 'Y'
	c.holds("token", []byte("abc"))
}

func valueExpires(c *teller) {
	c.set("token", []byte("abc"), time.Hour)
	c.advance(50 * time.Minute)
	c.holds("token", []byte("abc"))
	c.advance(10 * time.Minute)
	c.missing("token")
}

func valueIsReplaced(c *teller) {
	c.set("token", []byte("old"), time.Hour)
	c.advance(50 * time.Minute)
	c.set("token", []byte("new"), time.Hour)
	c.advance(50 * time.Minute)
	c.holds("token", []byte("new"))
}

func valueIsDeleted(c *teller) {
	c.set("token", []byte("abc"), time.Hour)
	for range 2 {
		c.must(c.Delete(c.Context(), "token"))
		c.missing("token")
	}
}

func valueForNoTime(c *teller) {
	for _, ttl := range []time.Duration{0, -1, time.Microsecond} {
		if c.Set(c.Context(), "token", nil, ttl) == nil {
			c.Errorf("a value was kept for %v", ttl)
		}
	}
	c.missing("token")
}

func kindsAreApart(c *teller) {
	c.locked("same", time.Hour)
	c.allowed("same", 1, time.Hour)
	c.missing("same")
	c.set("same", []byte("abc"), time.Hour)
	c.refused("same", 1, time.Hour, time.Hour)
	c.busy("same")
	c.must(c.Delete(c.Context(), "same"))
	c.busy("same")
}

func shortTimesEnd(c *teller) {
	c.set("k", nil, 10*time.Second)
	c.locked("k", 10*time.Second)
	c.allowed("k", 1, 10*time.Second)
	c.advance(10 * time.Second)
	c.missing("k")
	c.locked("k", time.Hour)
	c.allowed("k", 1, time.Hour)
}

func contextIsOver(c *teller) {
	ctx, cancel := context.WithCancel(c.Context())
	cancel()
	_, _, allow := c.Allow(ctx, "k", 1, time.Hour)
	none, _, lock := c.Lock(ctx, "k", time.Hour)
	none.Unlock()
	_, _, get := c.Get(ctx, "k")
	for _, err := range []error{allow, lock, get, c.Set(ctx, "k", nil, time.Hour), c.Delete(ctx, "k"), c.Health(ctx)} {
		if !errors.Is(err, context.Canceled) {
			c.Errorf("with an ended context: %v", err)
		}
	}
	c.allowed("k", 1, time.Hour)
	c.locked("k", time.Hour)
	c.missing("k")
}

func healthy(c *teller) { c.must(c.Health(c.Context())) }

// crowd counts how many of n at the same moment are let in.
func crowd(n int, tryIt func() bool) int64 {
	var in atomic.Int64
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if tryIt() {
				in.Add(1)
			}
		})
	}
	all.Wait()
	return in.Load()
}
