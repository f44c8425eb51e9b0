package cachetest

import (
	"bytes"
	"testing"
	"time"

	"yuandu/store/cache"
)

// teller says in a word what a story needs of its cache.
type teller struct {
	*testing.T
	cache.Cache
	advance func(time.Duration)
}

func (c *teller) must(err error) {
	c.Helper()
	if err != nil {
		c.Error(err)
	}
}

func (c *teller) allowed(key string, limit int, per time.Duration) {
	c.Helper()
	ok, wait, err := c.Allow(c.Context(), key, limit, per)
	c.must(err)
	if !ok || wait != 0 {
		c.Fatalf("%s was not allowed at once: %v, wait %v", key, ok, wait)
	}
}

// refused expects to wait for about the time given: a minute less at most.
func (c *teller) refused(key string, limit int, per, about time.Duration) {
	c.Helper()
	ok, wait, err := c.Allow(c.Context(), key, limit, per)
	c.must(err)
	if ok || wait <= about-time.Minute || wait > about+time.Millisecond {
		c.Fatalf("%s: allowed %v, wait %v, want about %v", key, ok, wait, about)
	}
}

func (c *teller) locked(key string, ttl time.Duration) cache.Lock {
	c.Helper()
	lock, ok, err := c.Lock(c.Context(), key, ttl)
	c.must(err)
	if !ok {
		c.Fatalf("%s is free, and its lock was refused", key)
	}
	return lock
}

func (c *teller) busy(key string) {
	c.Helper()
	none, ok, err := c.Lock(c.Context(), key, time.Hour)
	c.must(err)
	if ok {
		c.Fatalf("%s is held, and was locked again", key)
	}
	none.Unlock()
}

func (c *teller) set(key string, value []byte, ttl time.Duration) {
	c.Helper()
	c.must(c.Set(c.Context(), key, value, ttl))
}

func (c *teller) holds(key string, want []byte) {
	c.Helper()
	got, ok, err := c.Get(c.Context(), key)
	c.must(err)
	if !ok || !bytes.Equal(got, want) {
		c.Fatalf("%s: found %v, %d bytes; want %d", key, ok, len(got), len(want))
	}
}

func (c *teller) missing(key string) {
	c.Helper()
	_, ok, err := c.Get(c.Context(), key)
	c.must(err)
	if ok {
		c.Fatalf("%s is there and should not be", key)
	}
}
