package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/account"
	"yuandu/service/code"
	"yuandu/service/credit"
	"yuandu/service/feedback"
	"yuandu/service/push"
	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// openWeChat makes the door to WeChat, where there is one to go through. In the
// demo it leads to a simulator in this process.
func (h *house) openWeChat(c *Config, demo bool) error {
	config := wechat.Config{AppID: c.WeChatAppID, Secret: c.WeChatSecret, PushToken: c.WeChatToken, PushKey: c.WeChatKey, Base: c.WeChatURL}
	if demo {
		config = h.simulate(c)
	}
	if config.AppID == "" {
		h.account = account.New(h.store, h.cache, h.vault, noWeChat{}, systemClock{}, h.holdings()...)
		h.push, h.code = push.New(noWeChat{}), code.New(h.store, noWeChat{})
		h.templates = push.NewTemplates(h.store, h.cache, noWeChat{}, systemClock{})
		return nil
	}
	door, err := wechat.Open(config, shared{h.cache}, systemClock{})
	if err != nil {
		return fmt.Errorf("微信（YUANDU_WECHAT_APPID）：%w", err)
	}
	h.account = account.New(h.store, h.cache, h.vault, door, systemClock{}, h.holdings()...)
	h.templates = push.NewTemplates(h.store, h.cache, door, systemClock{})
	confirmer := push.NewConfirmer(h.store, h.templates.PurposeOf)
	h.push, h.code = push.New(door, h.credit.Hear, confirmer.Hear), code.New(h.store, door)
	h.letters.CheckBy(door)
	h.courier = push.NewCourier(h.store, door, h.templates.LetterFor, h.cache.Allow, speed(c), systemClock{}, slog.Default())
	return nil
}

// speed is how fast messages go out. What is usual keeps well below what WeChat
// allows; nobody has written down how much that is in a second. A wave is never more
// than an eighth of it, so that a second is filled evenly.
func speed(c *Config) push.Speed {
	v := push.Speed{Lanes: 2, Wave: 64, ASecond: c.PushRate, OfOne: c.PushOneRate, CallLimit: 30 * time.Second}
	for _, most := range []int{c.PushRate, c.PushOneRate} {
		if most > 0 {
			v.Wave = max(1, min(v.Wave, most/8))
		}
	}
	return v
}

// holdings are what the domains hold about residents, beside the account itself.
func (h *house) holdings() []account.Holding {
	favourites, follows := h.follow.Holdings()
	credits, answers := h.credit.Holdings()
	return []account.Holding{favourites, follows, credits, answers, h.inbox.Holding(), feedback.NewHolding(h.store), h.letters.Holding(), h.consultations.Holding(), h.events.Holding()}
}

// sampleTemplates are the subscription messages of the demo's mini program.
var sampleTemplates = []sim.Template{
	{ID: "demo-policy-changed", Title: "政策更新提醒", Keys: []sim.Key{{Name: "thing1", Label: "政策名称"}, {Name: "thing2", Label: "更新内容"}, {Name: "date3", Label: "更新日期"}}},
	{ID: "demo-policy-digest", Title: "订阅内容更新通知", Keys: []sim.Key{{Name: "thing1", Label: "更新内容"}, {Name: "number2", Label: "更新数量"}, {Name: "date3", Label: "更新日期"}}},
	{ID: "demo-letter-answered", Title: "来信答复通知", Keys: []sim.Key{{Name: "character_string1", Label: "来信编号"}, {Name: "thing2", Label: "答复单位"}, {Name: "date3", Label: "答复时间"}}},
	{ID: "demo-request-progress", Title: "办理进度提醒", Long: true, Keys: []sim.Key{{Name: "thing1", Label: "申请事项"}, {Name: "phrase2", Label: "当前进度"}, {Name: "date3", Label: "更新时间"}}},
}

// asked lists the templates that residents may be asked for.
func (h *house) asked(ctx context.Context) ([]credit.Template, error) {
	list, err := h.templates.InUse(ctx)
	asked := make([]credit.Template, len(list))
	for i, t := range list {
		asked[i] = credit.Template{Purpose: t.Purpose, WeChatID: t.WeChatID, Long: t.Long}
	}
	return asked, err
}

// sampleTemplate says which of them serves a purpose of the demo.
var sampleTemplate = map[model.Purpose]string{model.ForChange: "demo-policy-changed", model.ForDigest: "demo-policy-digest"}

// provideTemplates sets up the demo's templates, so that messages go out.
func provideTemplates(ctx context.Context, h *house) error {
	for _, p := range push.Purposes() {
		t := p.Usual
		t.Purpose, t.WeChatID = p.ID, sampleTemplate[p.ID]
		if err := h.templates.Provide(ctx, model.System("demo"), t); err != nil {
			return fmt.Errorf("示例消息模板：%w", err)
		}
	}
	return nil
}

// simulate starts a WeChat of the demo's own, under /sim/.
func (h *house) simulate(c *Config) wechat.Config {
	token, key := rand.Text(), strings.Repeat(rand.Text(), 2)[:43]
	s := sim.New(sim.Options{Clock: systemClock{}, PushURL: c.PublicURL + "/wechat/push", PushToken: token, PushKey: key,
		People: []string{"王芳", "李建国", "赵小满", "高远"}, Templates: sampleTemplates})
	h.simulator = s.Handler()
	h.played = func(name string) model.Resident {
		p := s.Person(name)
		return model.Resident{OpenID: p.OpenID, UnionID: p.UnionID}
	}
	return wechat.Config{AppID: s.AppID(), Secret: s.Secret(), PushToken: token, PushKey: key, Base: c.PublicURL + "/sim"}
}

// shared lets the processes of the house share what they know of WeChat.
type shared struct{ cache.Cache }

// Lock takes a key in the shape that the door wants.
func (s shared) Lock(ctx context.Context, key string, ttl time.Duration) (unlock func(), ok bool, err error) {
	lock, ok, err := s.Cache.Lock(ctx, key, ttl)
	if err != nil || !ok {
		return nil, false, err
	}
	return lock.Unlock, true, nil
}

// noWeChat stands where no mini program was configured: reading needs none.
type noWeChat struct{}

var errNoWeChat = &model.Error{Kind: model.Unavailable, Code: "wechat.off"}

func (noWeChat) SignIn(context.Context, string) (wechat.Person, error) {
	return wechat.Person{}, errNoWeChat
}

func (noWeChat) Phone(context.Context, string, string) (string, error) { return "", errNoWeChat }

func (noWeChat) Echo(url.Values) (string, error) { return "", errNoWeChat }

func (noWeChat) Hear(context.Context, url.Values, []byte) ([]wechat.Event, error) {
	return nil, errNoWeChat
}

func (noWeChat) Send(context.Context, wechat.Message) (string, error) { return "", errNoWeChat }

func (noWeChat) CodeImage(context.Context, wechat.Code) ([]byte, error) { return nil, errNoWeChat }

func (noWeChat) Heard(context.Context, ...wechat.Event) {}
