// Package cache keeps what may be forgotten: how often somebody has knocked,
// who is busy with what right now, and answers that are dear to make again.
// It has one interface with two makers, this process's memory and a Redis
// server that several processes share.
package cache

import (
	"context"
	"errors"
	"time"
)

// Cache can be lost at any time: the truth is in the database. A limit, a lock
// and a value may bear the same key and know nothing of each other. A call
// whose context has ended does nothing and returns the context's error. Errors
// never hold a key or a value: both may point at a person.
type Cache interface {
	// Allow says whether one more act of key fits under limit acts per period,
	// and counts it if so. limit acts may come at once; then room comes back
	// evenly, one act each per/limit. When ok is false, wait is how long until
	// the next act fits; otherwise it is 0.
	Allow(ctx context.Context, key string, limit int, per time.Duration) (ok bool, wait time.Duration, err error)

	// Lock takes key for ttl unless somebody holds it, and does not wait. A
	// lock can expire under its holder, who is not told: guard what is written
	// in the database (a unique row, a version), and use the lock only to save
	// work. The lock is never nil, also where ok is false.
	Lock(ctx context.Context, key string, ttl time.Duration) (lock Lock, ok bool, err error)

	// Get returns the value that was set, and false when there is none or it
	// has expired or made way for others.
	Get(ctx context.Context, key string) ([]byte, bool, error)

	// Set keeps a value for ttl and replaces the one before.
	Set(ctx context.Context, key string, value []byte, ttl time.Duration) error

	// Delete forgets the value of key; there need not be one.
	Delete(ctx context.Context, key string) error

	// Health is nil when the cache answers.
	Health(ctx context.Context) error

	Close() error
}

// Lock is a key that was taken.
type Lock interface {
	// Extend lets the lock end ttl from now. It is false when the lock is lost:
	// it has expired or was freed, whether or not somebody else holds it now.
	Extend(ctx context.Context, ttl time.Duration) (held bool, err error)

	// Unlock frees the key. It may be called more than once and never frees the
	// lock of a later holder.
	Unlock()
}

// Mistakes of the caller, the same for both makers.
var (
	errLimit = errors.New("a limit needs at least one act and a period")
	errTTL   = errors.New("a time to live is at least a millisecond")
)

func checkLimit(limit int, per time.Duration) error {
	if limit < 1 || per < time.Millisecond {
		return errLimit
	}
	return nil
}

// checkTTL keeps out 0 and -1, which mean "for ever" and "as before" to Redis.
func checkTTL(ttl time.Duration) error {
	if ttl < time.Millisecond {
		return errTTL
	}
	return nil
}

// noLock is what one has who did not get the lock.
type noLock struct{}

func (noLock) Extend(context.Context, time.Duration) (bool, error) { return false, nil }
func (noLock) Unlock()                                             {}
