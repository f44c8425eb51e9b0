package search

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// indexLock is held, through Cache, by the process that writes to the index.
const indexLock = "search-index"

// lockFor is how long the lock outlives a process that was killed: others wait
// that long. While the work lasts the lock is renewed.
var lockFor = 9 * time.Second

// errLockLost ends the work of a process whose lock another one has.
var errLockLost = errors.New("another process writes to the search index now")

// alone does work if nobody else writes to the index; ran is false where
// somebody does. Its context ends when the lock is lost.
func (s *Service) alone(ctx context.Context, work func(context.Context) error) (ran bool, err error) {
	if !s.busy.TryLock() {
		return false, nil
	}
	defer s.busy.Unlock()
	unlock, ok, err := s.lock(ctx)
	if err != nil || !ok {
		return false, err
	}
	working, lose := context.WithCancelCause(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		s.keepLock(working, unlock, lose)
	}()
	err = work(working)
	lost := context.Cause(working)
	lose(nil)
	<-kept
	if err != nil && errors.Is(lost, errLockLost) {
		err = lost
	}
	return true, err
}

func (s *Service) lock(ctx context.Context) (unlock func(), ok bool, err error) {
	unlock, ok, err = s.cache.Lock(ctx, indexLock, lockFor)
	if err != nil {
		return unlock, false, fmt.Errorf("lock the search index: %w", err)
	}
	return unlock, ok, nil
}

// keepLock takes the lock anew, well before it ends, until ctx does; then it
// gives it back. Between giving and taking another process may be faster: then
// the work is that one's. While the cache is away the lock is thought held
// until it would have ended.
func (s *Service) keepLock(ctx context.Context, unlock func(), lose context.CancelCauseFunc) {
	beat := time.NewTicker(lockFor / 3)
	defer beat.Stop()
	taken := time.Now()
	for {
		select {
		case <-ctx.Done():
			unlock()
			return
		case <-beat.C:
		}
		unlock()
		again, ok, err := s.lock(ctx)
		unlock = again
		switch {
		case ok:
			taken = time.Now()
		case err == nil || time.Since(taken) > lockFor:
			lose(errLockLost)
		}
	}
}
