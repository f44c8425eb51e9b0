package wechat_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// handClock stands until it is moved.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *handClock {
	return &handClock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, model.Shanghai)}
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var errAway = errors.New("the cache is away")

// sharedCache is the house's own cache, which may be away.
type sharedCache struct {
	cache.Cache
	away atomic.Bool
}

func (s *sharedCache) Get(ctx context.Context, key string) ([]byte, bool, error) {
	if s.away.Load() {
		return nil, false, errAway
	}
	return s.Cache.Get(ctx, key)
}

func (s *sharedCache) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if s.away.Load() {
		return errAway
	}
	return s.Cache.Set(ctx, key, value, ttl)
}

func (s *sharedCache) Lock(ctx context.Context, key string, ttl time.Duration) (func(), bool, error) {
	if s.away.Load() {
		return nil, false, errAway
	}
	lock, ok, err := s.Cache.Lock(ctx, key, ttl)
	return lock.Unlock, ok, err
}

const (
	pushToken = "a-push-token"
	pushKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	replied   = "tmpl-replied"
	lasting   = "tmpl-lasting"
)

// house is a city's WeChat with one door to it.
type house struct {
	*testing.T
	sim    *sim.Sim
	door   *wechat.Door
	clock  *handClock
	shared *sharedCache
	config wechat.Config
}

func newHouse(t *testing.T, change ...func(*sim.Options)) *house {
	h := &house{T: t, clock: newClock()}
	o := sim.Options{
		Clock: h.clock, People: []string{"王芳", "李强"},
		Pages: []string{"pages/index/index", "packages/letter/show"},
		Templates: []sim.Template{
			{ID: replied, Title: "来信答复提醒", Keys: []sim.Key{{Name: "thing1", Label: "来信标题"}, {Name: "date2", Label: "答复时间"}}},
			{ID: lasting, Title: "办理进度提醒", Long: true},
		},
	}
	for _, c := range change {
		c(&o)
	}
	h.sim = sim.New(o)
	server := httptest.NewServer(h.sim)
	t.Cleanup(server.Close)
	h.shared = &sharedCache{Cache: cache.NewMemory(h.clock, 1<<20)}
	h.config = wechat.Config{AppID: h.sim.AppID(), Secret: h.sim.Secret(), Base: server.URL, PushToken: o.PushToken, PushKey: o.PushKey}
	h.door = h.open(h.config)
	return h
}

// open is a door of another process: it shares the cache and nothing else.
func (h *house) open(c wechat.Config) *wechat.Door {
	h.Helper()
	d, err := wechat.Open(c, h.shared, h.clock)
	if err != nil {
		h.Fatal(err)
	}
	return d
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused wants an error of WeChat's with our code and its number.
func (h *house) refused(err error, code string, number int64) *wechat.Refusal {
	h.Helper()
	var r *wechat.Refusal
	if !errors.As(err, &r) {
		h.Fatalf("got %v, want a refusal with %s", err, code)
	}
	if r.Reason.Code != code || r.Number != number {
		h.Fatalf("refused with %s (%d), want %s (%d)", r.Reason.Code, r.Number, code, number)
	}
	h.keepsSecrets(err)
	return r
}

// invalid wants an error of ours, before WeChat was asked.
func (h *house) invalid(err error, code, field string) {
	h.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field {
		h.Errorf("got %v, want %s about %q", err, code, field)
	}
}

func (h *house) keepsSecrets(err error) {
	h.Helper()
	for _, secret := range []string{h.sim.Secret(), h.sim.AppID(), "http", "access_token", "127.0.0.1",
		h.sim.Person("王芳").OpenID, h.sim.Person("王芳").Phone} {
		if strings.Contains(err.Error(), secret) {
			h.Errorf("the error %q holds %q", err, secret)
		}
	}
}

func (h *house) letter(name string) wechat.Message {
	return wechat.Message{
		To: h.sim.Person(name).OpenID, Template: replied, Page: "packages/letter/show?id=01JD",
		Data: map[string]string{"thing1": "关于小区供暖的来信", "date2": "2026年11月24日 12:00"},
	}
}

func (h *house) accept(name, template string) {
	h.Helper()
	if _, number := h.sim.Ask(name, sim.Choice{Template: template, Accept: true}); number != 0 {
		h.Fatalf("asking %s for %s: %d", name, template, number)
	}
}
