package cache_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"yuandu/internal/testenv"
	"yuandu/store/cache"
	"yuandu/store/cache/cachetest"
)

func TestRedis(t *testing.T) {
	h := &house{address: testenv.Need(t, "YUANDU_TEST_REDIS_URL", "Redis")}
	cachetest.Run(t, h.open, h.advance)
}

// house is a Redis in which each test has a prefix of its own, and in which
// time can be made to pass.
type house struct {
	*testing.T
	address, prefix string
	client          *redis.Client
}

func (h *house) open(t *testing.T) cache.Cache {
	options, err := redis.ParseURL(h.address)
	if err != nil {
		t.Fatal("YUANDU_TEST_REDIS_URL is not an address")
	}
	h.T, h.client, h.prefix = t, redis.NewClient(options), "test:"+rand.Text()+":"
	c, err := cache.OpenRedis(t.Context(), h.address, h.prefix)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.advance(1000 * time.Hour) // leaves nothing behind
		h.client.Close()
		c.Close()
	})
	return c
}

// advance shortens the life of every key by d, and brings the moments forward
// that redis_rate keeps, in seconds, as the values of its keys.
func (h *house) advance(d time.Duration) {
	ctx := context.Background()
	keys := h.client.Scan(ctx, 0, "*"+h.prefix+"*", 1000).Iterator()
	for keys.Next(ctx) {
		left := h.client.PTTL(ctx, keys.Val()).Val()
		if left <= d {
			h.must(h.client.Del(ctx, keys.Val()).Err())
			continue
		}
		h.must(h.client.PExpire(ctx, keys.Val(), left-d).Err())
		if strings.HasPrefix(keys.Val(), "rate:") {
			h.must(h.client.IncrByFloat(ctx, keys.Val(), -d.Seconds()).Err())
		}
	}
	h.must(keys.Err())
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Error(err)
	}
}

// Whatever is wrong with an address, its password stays out of the log, also
// where an unencoded sign tears it apart.
func TestRedisNeverTellsItsPassword(t *testing.T) {
	for _, address := range []string{
		"redis://:gongkai2026@127.0.0.1:1/0",
		"redis://:gongkai2026@127.0.0.1:port/0",
		"redis://:gongkai2026@127.0.0.1:1/zero",
		"redis://:gongkai2026@127.0.0.1:1/0?tiemout=3s",
		"redis://:gongkai2026%zz@127.0.0.1:1",
		"redis://:2026#gongkai@127.0.0.1:1",
		"redis://:2026/gongkai@127.0.0.1:1",
		"redis://:2026?gongkai@127.0.0.1:1",
		"redis://gongkai/2026@127.0.0.1:1",
		"redis://gong\nkai2026@127.0.0.1:1",
		"gongkai2026@127.0.0.1:1",
		"",
	} {
		_, err := cache.OpenRedis(t.Context(), address, "")
		if err == nil || strings.Contains(err.Error(), "gongkai") || strings.Contains(err.Error(), "2026") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestRedisRefusesAWrongPassword(t *testing.T) {
	u, err := url.Parse(testenv.Need(t, "YUANDU_TEST_REDIS_URL", "Redis"))
	if err != nil {
		t.Fatal("YUANDU_TEST_REDIS_URL is not an address")
	}
	u.User = url.UserPassword("nobody", "gongkai2026") // without a password set, Redis lets the default user in with any
	if _, err := cache.OpenRedis(t.Context(), u.String(), ""); err == nil || strings.Contains(err.Error(), "gongkai") {
		t.Error(err)
	}
}

// A server that takes calls and says nothing keeps nobody longer than they
// wanted to wait.
func TestRedisKeepsTheCallersDeadline(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err = cache.OpenRedis(ctx, "redis://"+mute.Addr().String(), "")
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 900*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}
