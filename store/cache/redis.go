package cache

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/bsm/redislock"
	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Redis is the cache that several processes share. Its keys are
// rate:<prefix>…, <prefix>lock:… and <prefix>value:…
type Redis struct {
	client *redis.Client
	limits *redis_rate.Limiter
	locks  *redislock.Client
	prefix string
}

var _ Cache = (*Redis)(nil)

// errAddress tells nothing of the address: a password with a "/" or "#" that
// nobody encoded turns up in its host, its port or its database.
var errAddress = errors.New("the address must look like redis://:password@host:6379/0, " +
	"or rediss:// for TLS, with special signs of the password encoded (%2F for /)")

// OpenRedis connects to the server at address. prefix keeps apart services
// that share it.
func OpenRedis(ctx context.Context, address, prefix string) (*Redis, error) {
	options, err := redisOptions(address)
	if err != nil {
		return nil, fmt.Errorf("open redis: %w", err)
	}
	logging.Disable() // go-redis writes to stderr what it returns as an error too
	client := redis.NewClient(options)
	r := &Redis{client, redis_rate.NewLimiter(client), redislock.New(client), prefix}
	if err := r.Health(ctx); err != nil {
		client.Close()
		return nil, err
	}
	return r, nil
}

// redisOptions keeps a page waiting no longer than a few seconds when the
// server is gone: the library's own patience is half a minute. What the address
// itself says (?read_timeout=3s) comes first.
func redisOptions(address string) (*redis.Options, error) {
	if u, err := url.Parse(address); err != nil || u.Fragment != "" {
		return nil, errAddress
	}
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, errAddress
	}
	o.DialTimeout = cmp.Or(o.DialTimeout, 2*time.Second)
	o.ReadTimeout = cmp.Or(o.ReadTimeout, time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, time.Second)
	o.MaxRetries = cmp.Or(o.MaxRetries, 1)
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	// A feature of Redis Enterprise; others answer its question with an error.
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return o, nil
}

// Allow counts by the server's clock, so processes need not agree on the time.
func (r *Redis) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
	if err := checkLimit(limit, per); err != nil {
		return false, 0, err
	}
	result, err := r.limits.Allow(ctx, r.prefix+key, redis_rate.Limit{Rate: limit, Burst: limit, Period: per})
	if err != nil {
		return false, 0, fmt.Errorf("count against a limit: %w", err)
	}
	return result.Allowed > 0, max(result.RetryAfter, 0), nil
}

// Lock leaves a random token in the key; only who knows it can unlock.
func (r *Redis) Lock(ctx context.Context, key string, ttl time.Duration) (Lock, bool, error) {
	if err := checkTTL(ttl); err != nil {
		return noLock{}, false, err
	}
	lock, err := r.locks.Obtain(ctx, r.prefix+"lock:"+key, ttl, nil)
	switch {
	case errors.Is(err, redislock.ErrNotObtained):
		return noLock{}, false, nil
	case err != nil:
		return noLock{}, false, fmt.Errorf("take a lock: %w", err)
	}
	return redisLock{context.WithoutCancel(ctx), lock}, true, nil
}

// redisLock frees itself for a caller whose own time is over, too.
type redisLock struct {
	ctx  context.Context
	lock *redislock.Lock
}

func (l redisLock) Extend(ctx context.Context, ttl time.Duration) (bool, error) {
	if err := checkTTL(ttl); err != nil {
		return false, err
	}
	err := l.lock.Refresh(ctx, ttl, nil)
	switch {
	case errors.Is(err, redislock.ErrNotObtained):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("extend a lock: %w", err)
	}
	return true, nil
}

// Unlock leaves a lock that cannot be given back to end by itself.
func (l redisLock) Unlock() {
	ctx, cancel := context.WithTimeout(l.ctx, time.Second)
	defer cancel()
	_ = l.lock.Release(ctx)
}

// Get reads the value of key.
func (r *Redis) Get(ctx context.Context, key string) ([]byte, bool, error) {
	value, err := r.client.Get(ctx, r.value(key)).Bytes()
	switch {
	case errors.Is(err, redis.Nil):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("get a kept value: %w", err)
	}
	return value, true, nil
}

// Set writes the value of key.
func (r *Redis) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := checkTTL(ttl); err != nil {
		return err
	}
	if err := r.client.Set(ctx, r.value(key), value, ttl).Err(); err != nil {
		return fmt.Errorf("keep a value: %w", err)
	}
	return nil
}

// Delete forgets the value of key.
func (r *Redis) Delete(ctx context.Context, key string) error {
	if err := r.client.Del(ctx, r.value(key)).Err(); err != nil {
		return fmt.Errorf("forget a kept value: %w", err)
	}
	return nil
}

// Health asks the server for a sign of life. A Redis that cannot save and
// refuses to write answers it with an error.
func (r *Redis) Health(ctx context.Context) error {
	if err := r.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("reach redis: %w", err)
	}
	return nil
}

// Close gives the connections back.
func (r *Redis) Close() error { return r.client.Close() }

func (r *Redis) value(key string) string { return r.prefix + "value:" + key }
