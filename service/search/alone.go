package search

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yuandu/store/cache"
)

// indexLock is held, through Cache, by the process that writes to the index.
const indexLock = "search-index"

// lockFor is how long the lock outlives a process that was killed: others wait
// that long. While the work lasts it is extended.
var lockFor = 9 * time.Second

// errLockLost ends the work of a process whose lock another one may have.
var errLockLost = errors.New("another process writes to the search index now")

// alone does work if nobody else writes to the index; ran is false where
// somebody does. Its context ends when the lock is lost.
func (s *Service) alone(ctx context.Context, work func(context.Context) error) (ran bool, err error) {
	if !s.busy.TryLock() {
		return false, nil
	}
	defer s.busy.Unlock()
	lock, ok, err := s.cache.Lock(ctx, indexLock, lockFor)
	if err != nil {
		return false, fmt.Errorf("lock the search index: %w", err)
	}
	if !ok {
		return false, nil
	}
	defer lock.Unlock()
	working, lose := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		keep(working, lock, lose)
	}()
	err = work(working)
	lost := context.Cause(working)
	lose(nil)
	<-ended
	if err != nil && errors.Is(lost, errLockLost) {
		err = lost
	}
	return true, err
}

// keep extends the lock until ctx ends. It is lost when it has ended, or when
// the cache has been away for as long as it lives.
func keep(ctx context.Context, lock cache.Lock, lose context.CancelCauseFunc) {
	beat := time.NewTicker(lockFor / 4)
	defer beat.Stop()
	extended := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
		held, err := lock.Extend(ctx, lockFor)
		switch {
		case held:
			extended = time.Now()
		case err == nil || time.Since(extended) > lockFor:
			lose(errLockLost)
		}
	}
}
