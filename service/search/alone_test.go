package search_test

import (
	"context"
	"errors"
	"testing"
	"time"

	service "yuandu/service/search"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// wallClock is the time as it passes.
type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

// A process that rebuilds for longer than its lock lives keeps it, and others
// leave the index alone meanwhile.
func TestALongRebuildKeepsItsLock(t *testing.T) {
	service.LockFor(t, 200*time.Millisecond)
	r := embedded(t)
	r.cache = cache.NewMemory(wallClock{}, 1<<20)
	r.publish(titles(3)...)
	index := &watched{Index: r.index}
	first, second := r.service(index), r.service(r.index)
	index.before = func(page int) {
		if page > 1 {
			return
		}
		r.publish("重建时来的通知")
		for end := time.Now().Add(500 * time.Millisecond); time.Now().Before(end); {
			r.must(second.CatchUp(r.Context()))
			if depth, _, _, err := r.store.IndexQueue(r.Context()); err != nil || depth == 0 {
				r.Fatal("another process wrote to the index during a rebuild", err)
			}
		}
	}
	_, err := first.Reindex(r.Context(), func(int, int) {})
	r.must(err)
	r.must(second.CatchUp(r.Context())) // the lock is free again
	r.queue(0, 0)
}

// A process that loses its lock stops at once: its rebuild would miss what the
// other one writes.
func TestALostLockEndsTheRebuild(t *testing.T) {
	service.LockFor(t, 60*time.Millisecond)
	r := embedded(t)
	r.publish(titles(3)...)
	r.must(r.CatchUp(r.Context()))
	index := &stuck{Index: r.index, entered: make(chan struct{})}
	first := r.service(index)
	ended := make(chan error, 1)
	go func() {
		_, err := first.Reindex(r.Context(), func(int, int) {})
		ended <- err
	}()
	<-index.entered
	for taken := false; !taken; { // as another process does when this one was asleep for too long
		r.clock.Move(time.Second)
		_, ok, err := r.cache.Lock(r.Context(), "search-index", time.Hour)
		r.must(err)
		taken = ok
	}
	select {
	case err := <-ended:
		if err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it did not end")
	}
	if r.ask("试验", nil).Total != 3 {
		t.Error("the old index does not answer")
	}
}

// stuck is an index whose rebuild does not come to an end by itself.
type stuck struct {
	search.Index
	entered chan struct{}
}

func (s *stuck) Rebuild(ctx context.Context) (search.Rebuild, error) {
	close(s.entered)
	<-ctx.Done()
	return nil, ctx.Err()
}

// A command waits for a process that was killed: its lock ends by itself.
func TestFinishWaitsForTheLock(t *testing.T) {
	r := embedded(t)
	r.publish(titles(2)...)
	_, ok, err := r.cache.Lock(r.Context(), "search-index", 9*time.Second)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	r.must(r.CatchUp(r.Context()))
	r.queue(2, 0)
	go r.clock.Move(10 * time.Second)
	r.must(r.Finish(r.Context()))
	r.queue(0, 0)

	_, _, err = r.cache.Lock(r.Context(), "search-index", time.Hour)
	r.must(err)
	r.publish("第三份通知")
	impatient, cancel := context.WithTimeout(r.Context(), 50*time.Millisecond)
	defer cancel()
	if err := r.Finish(impatient); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nobody can be stopped from waiting: %v", err)
	}
}
