package cache_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"yuandu/store/cache"
	"yuandu/store/cache/cachetest"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newClock() *clock { return &clock{time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)} }

func TestMemory(t *testing.T) {
	c := newClock()
	cachetest.Run(t,
		func(t *testing.T) cache.Cache { return cache.NewMemory(c, 1<<20) },
		func(d time.Duration) { c.now = c.now.Add(d) })
}

func TestMemoryGivesWayToNewValues(t *testing.T) {
	m := cache.NewMemory(newClock(), 10_000)
	page := make([]byte, 3000)
	for _, key := range []string{"a", "b", "c", "a", "d"} { // a is set anew: b is the oldest
		keep(t, m, key, page)
	}
	expect(t, m, map[string]bool{"a": true, "b": false, "c": true, "d": true})
	keep(t, m, "d", make([]byte, 20_000)) // larger than the room: not kept, nor is the one before
	expect(t, m, map[string]bool{"a": true, "c": true, "d": false})
}

func TestMemoryForgetsWhatIsPast(t *testing.T) {
	c := newClock()
	m := cache.NewMemory(c, 64<<20)
	before := heap()
	for i := range 20_000 {
		key := fmt.Sprint("address:", i)
		keep(t, m, key, make([]byte, 500))
		if ok, _, err := m.Allow(t.Context(), key, 1, time.Minute); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	full := heap() - before
	c.now = c.now.Add(2 * time.Minute)
	expect(t, m, map[string]bool{"address:1": false}) // any call sweeps
	if left := heap() - before; full < 10<<20 || left > full/20 {
		t.Errorf("%d bytes when full, %d after the sweep", full, left)
	}
	runtime.KeepAlive(m)
}

// A flood of addresses that are seen once cannot eat the machine.
func TestMemoryBoundsItsLimits(t *testing.T) {
	m := cache.NewMemory(newClock(), 0)
	before := heap()
	for i := range 200_000 {
		if ok, _, err := m.Allow(t.Context(), fmt.Sprint("address:", i), 1, 24*time.Hour); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	if grown := heap() - before; grown > 32<<20 {
		t.Errorf("200,000 addresses take %d bytes", grown)
	}
	if ok, _, _ := m.Allow(t.Context(), "address:199999", 1, 24*time.Hour); ok {
		t.Error("the newest address was forgotten")
	}
}

func keep(t *testing.T, c cache.Cache, key string, value []byte) {
	t.Helper()
	if err := c.Set(t.Context(), key, value, time.Minute); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, c cache.Cache, want map[string]bool) {
	t.Helper()
	for key, there := range want {
		if _, ok, err := c.Get(t.Context(), key); ok != there || err != nil {
			t.Errorf("%s: there %v, want %v (%v)", key, ok, there, err)
		}
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
