package cache

import (
	"bytes"
	"context"
	"math"
	"sync"
	"time"

	"yuandu/model"
)

// Memory is the cache of a single process. What is past is swept out once a
// minute; what does not fit makes the oldest go.
type Memory struct {
	clock model.Clock

	mu       sync.Mutex
	arrivals *shelf // limits: until is the theoretical arrival of GCRA
	locks    *shelf
	values   *shelf
	sweepAt  time.Time
}

var _ Cache = (*Memory)(nil)

// limitRoom holds about 60,000 callers: enough for a city, and a flood of new
// addresses cannot eat the machine. It forgets those silent longest.
const limitRoom = 16 << 20

// NewMemory returns an empty cache whose values take at most room bytes, their
// keys and housekeeping counted in.
func NewMemory(clock model.Clock, room int) *Memory {
	return &Memory{
		clock:    clock,
		arrivals: newShelf(limitRoom),
		locks:    newShelf(math.MaxInt), // our own code names them, and a lock must not make way
		values:   newShelf(room),
	}
}

// Allow is the generic cell rate algorithm: one moment per key says when the
// acts so far would all have arrived, had they come evenly.
func (m *Memory) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
	if err := checkLimit(limit, per); err != nil {
		return false, 0, err
	}
	now, err := m.enter(ctx)
	if err != nil {
		return false, 0, err
	}
	defer m.mu.Unlock()
	arrival := now
	if last := m.arrivals.find(key, now); last != nil {
		arrival = last.until
	}
	step := per / time.Duration(limit)
	next := arrival.Add(step)
	if wait := next.Sub(now) - step*time.Duration(limit); wait > 0 {
		return false, wait, nil
	}
	m.arrivals.put(&thing{key: key, until: next})
	return true, 0, nil
}

// Lock keeps who holds it by identity, so that a late unlock frees nobody else.
func (m *Memory) Lock(ctx context.Context, key string, ttl time.Duration) (Lock, bool, error) {
	if err := checkTTL(ttl); err != nil {
		return noLock{}, false, err
	}
	now, err := m.enter(ctx)
	if err != nil {
		return noLock{}, false, err
	}
	defer m.mu.Unlock()
	if m.locks.find(key, now) != nil {
		return noLock{}, false, nil
	}
	held := &thing{key: key, until: now.Add(ttl)}
	m.locks.put(held)
	return memoryLock{m, held}, true, nil
}

type memoryLock struct {
	memory *Memory
	held   *thing
}

func (l memoryLock) Extend(ctx context.Context, ttl time.Duration) (bool, error) {
	if err := checkTTL(ttl); err != nil {
		return false, err
	}
	m := l.memory
	now, err := m.enter(ctx)
	if err != nil {
		return false, err
	}
	defer m.mu.Unlock()
	if m.locks.find(l.held.key, now) != l.held {
		return false, nil
	}
	l.held.until = now.Add(ttl)
	return true, nil
}

func (l memoryLock) Unlock() {
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	if l.memory.locks.things[l.held.key] == l.held {
		l.memory.locks.drop(l.held)
	}
}

// Get returns a copy: what the caller does to it stays with the caller.
func (m *Memory) Get(ctx context.Context, key string) ([]byte, bool, error) {
	now, err := m.enter(ctx)
	if err != nil {
		return nil, false, err
	}
	defer m.mu.Unlock()
	found := m.values.find(key, now)
	if found == nil {
		return nil, false, nil
	}
	return bytes.Clone(found.value), true, nil
}

// Set keeps a copy. A value larger than the whole room is not kept at all.
func (m *Memory) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := checkTTL(ttl); err != nil {
		return err
	}
	now, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	m.values.put(&thing{key: key, value: bytes.Clone(value), until: now.Add(ttl)})
	return nil
}

// Delete forgets the value of key.
func (m *Memory) Delete(ctx context.Context, key string) error {
	if _, err := m.enter(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if found := m.values.things[key]; found != nil {
		m.values.drop(found)
	}
	return nil
}

// Health is never ill: memory answers as long as the process does.
func (m *Memory) Health(ctx context.Context) error { return ctx.Err() }

// Close has nothing to give back.
func (m *Memory) Close() error { return nil }

// enter locks the cache, which the caller unlocks unless there is an error,
// and sweeps out what is past when a minute is over.
func (m *Memory) enter(ctx context.Context) (time.Time, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, err
	}
	m.mu.Lock()
	now := m.clock.Now()
	if now.After(m.sweepAt) {
		m.sweepAt = now.Add(time.Minute)
		m.arrivals, m.locks, m.values = m.arrivals.swept(now), m.locks.swept(now), m.values.swept(now)
	}
	return now, nil
}
