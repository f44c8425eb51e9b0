package handler_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/account"
	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// The push address's secrets in tests.
const (
	pushToken = "pushtoken"
	pushKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// openWeChat starts a simulated WeChat and the door to it.
func (h *house) openWeChat(t testing.TB) account.WeChat {
	t.Helper()
	h.sim = sim.New(sim.Options{Clock: h.clock, PushToken: pushToken, PushKey: pushKey})
	server := httptest.NewServer(h.sim)
	t.Cleanup(server.Close)
	door, err := wechat.Open(wechat.Config{AppID: h.sim.AppID(), Secret: h.sim.Secret(), PushToken: pushToken, PushKey: pushKey, Base: server.URL},
		shared{h.parts.cache}, h.clock)
	if err != nil {
		t.Fatal(err)
	}
	h.door = door
	return door
}

// shared is the house's cache in the shape that the door wants.
type shared struct{ cache.Cache }

func (s shared) Lock(ctx context.Context, key string, ttl time.Duration) (func(), bool, error) {
	lock, ok, err := s.Cache.Lock(ctx, key, ttl)
	if err != nil || !ok {
		return nil, false, err
	}
	return lock.Unlock, true, nil
}

// tellPrivacy publishes a privacy text.
func (h *house) tellPrivacy(t testing.TB, summary string) int64 {
	t.Helper()
	text, err := h.handler.City.PublishPrivacy(ctx, model.System("test"), longText, summary)
	if err != nil {
		t.Fatal(err)
	}
	return text.Version
}

const longText = `# 隐私政策

一、我们收集什么。微信标识用来认出是您，手机号只在您自己提供时收集，称呼由您自己填写，用于来信和申请办理中与您联系。

二、您的权利。您可以随时查看、更正、导出和注销，撤回同意不影响此前已经办理的事项，有疑问请拨打 12345，我们在十五个工作日内答复您。`

// arrive lets somebody sign in who has not agreed to anything yet.
func (h *house) arrive(t testing.TB, name string) *visitor {
	t.Helper()
	v := h.visit(t)
	v.Token = v.must("POST /api/v1/login", map[string]string{"code": h.sim.LoginCode(name), "device": name + "的手机"})["token"].(string)
	return v
}

// settle lets somebody sign in and agree.
func (h *house) settle(t testing.TB, name string) *visitor {
	t.Helper()
	v := h.arrive(t, name)
	text, err := h.handler.City.Privacy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	v.must("POST /api/v1/me/consent", map[string]any{"version": text.Version})
	return v
}
