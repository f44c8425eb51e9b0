package push_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/store/storetest"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

const (
	template       = "policy-changed"
	digestTemplate = "policy-digest"
)

// house is a store, a simulated WeChat, and those who tell followers of changes.
type house struct {
	*testing.T
	*store.Store
	clock   *storetest.Clock
	wechat  *sim.Sim
	teller  *push.Teller
	courier *push.Courier
	door    *wechat.Door
	people  map[string]string // IDs of residents by their names
}

// each runs a story on every engine.
func each(t *testing.T, story func(h *house)) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		h := &house{T: t, Store: s, clock: clock, people: map[string]string{}}
		h.wechat = sim.New(sim.Options{Clock: clock, Templates: []sim.Template{
			{ID: template, Title: "政策更新提醒", Keys: []sim.Key{{Name: "thing1", Label: "政策名称"}}},
			{ID: digestTemplate, Title: "订阅内容更新通知", Keys: []sim.Key{{Name: "thing1", Label: "更新内容"}}}}})
		server := httptest.NewServer(h.wechat)
		t.Cleanup(server.Close)
		door, err := wechat.Open(wechat.Config{AppID: h.wechat.AppID(), Secret: h.wechat.Secret(), Base: server.URL}, noCache{cache.NewMemory(clock, 1<<20)}, clock)
		h.must(err)
		h.teller = h.anotherTeller()
		h.courier = h.anotherCourier(door, push.Speed{Lanes: 2, Wave: 8, CallLimit: 10 * time.Second}, nil)
		h.door = door
		story(h)
	})
}

// anotherCourier is that of another process.
func (h *house) anotherCourier(door *wechat.Door, speed push.Speed, allow push.Allow) *push.Courier {
	return push.NewCourier(h.Store, door, h.letter, allow, speed, h.clock, slog.New(slog.DiscardHandler))
}

// anotherTeller is that of another process.
func (h *house) anotherTeller() *push.Teller {
	return push.NewTeller(h.Store, func(context.Context, model.Announcement) error { return nil }, h.clock, slog.New(slog.DiscardHandler))
}

type noCache struct{ cache.Cache }

func (c noCache) Lock(ctx context.Context, key string, ttl time.Duration) (func(), bool, error) {
	lock, ok, err := c.Cache.Lock(ctx, key, ttl)
	if err != nil || !ok {
		return nil, false, err
	}
	return lock.Unlock, true, nil
}

func (h *house) letter(_ context.Context, a model.Announcement, _ store.Call) (wechat.Message, error) {
	title := a.Title
	if a.Trimmed != "" {
		title = "政策更新"
	}
	of := template
	if a.Sort == model.AnnounceDigest {
		of, title = digestTemplate, "您关注的内容有更新"
	}
	return wechat.Message{Template: of, Data: map[string]string{"thing1": title}, Page: "pages/home/home"}, nil
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// resident is somebody who signed in; credits are taps that allowed a message, and
// one with the next digest.
func (h *house) resident(name string, credits int) string {
	h.Helper()
	r := &model.Resident{OpenID: h.wechat.Person(name).OpenID}
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.SaveResident(h.Context(), r) }))
	for range credits {
		h.wechat.Ask(name, sim.Choice{Template: template, Accept: true}, sim.Choice{Template: digestTemplate, Accept: true})
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return h.allows(tx, r.ID) }))
	}
	h.people[name] = r.ID
	return r.ID
}

// crowd are residents 居民0, 居民1, … who follow a topic and allow some messages each.
func (h *house) crowd(size, credits int) (ids []string) {
	h.Helper()
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		for i := range size {
			name := fmt.Sprint("居民", i)
			r := &model.Resident{OpenID: h.wechat.Person(name).OpenID}
			if err := tx.SaveResident(h.Context(), r); err != nil {
				return err
			}
			if err := tx.AddFollow(h.Context(), r.ID, elderly, "养老"); err != nil {
				return err
			}
			for range credits {
				h.wechat.Ask(name, sim.Choice{Template: template, Accept: true})
				if err := tx.TellCredit(h.Context(), r.ID, h.tap(model.ForChange)); err != nil {
					return err
				}
			}
			ids = append(ids, r.ID)
		}
		return nil
	}))
	return ids
}

// allows counts a tap.
func (h *house) allows(tx *store.Tx, residentID string) error {
	if err := tx.TellCredit(h.Context(), residentID, h.tap(model.ForChange)); err != nil {
		return err
	}
	return tx.TellCredit(h.Context(), residentID, h.tap(model.ForDigest))
}

func (h *house) tap(p model.Purpose) model.CreditTelling {
	return model.CreditTelling{Purpose: p, Answer: model.CreditAccepted, Source: model.CreditFromPhone, At: h.clock.Now()}
}

func (h *house) follows(name string, kind model.Kind, key string) {
	h.Helper()
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		return tx.AddFollow(h.Context(), h.people[name], model.Touch{Kind: kind, Key: key}, key)
	}))
}

// announce tells that a policy about old age changed, in a department or not.
func (h *house) announce(id string, touches ...model.Touch) {
	h.Helper()
	a := &model.Announcement{ID: id, Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: "policy-" + id, What: model.PubPublished,
		Title: "鸢都市养老服务办法", Rank: model.RankUsual, Stage: model.StageMatching}
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.Announce(h.Context(), a, touches...) }))
}

var elderly = model.Touch{Kind: model.KindTopic, Key: "elderly"}

// tell gives all their notices.
func (h *house) tell() { h.Helper(); h.must(h.teller.CatchUp(h.Context())) }

// send sends what is due, and comes back when nothing is left.
func (h *house) send() {
	h.Helper()
	h.must(h.courier.SendDue(h.Context()))
}

// calls begins to call, as a process does that then says no more.
func (h *house) calls(id string) store.PushWave {
	h.Helper()
	w := store.PushWave{AnnouncementID: id, Purpose: model.ForChange}
	h.must(h.InTx(h.Context(), func(tx *store.Tx) (err error) {
		if w.Calls, err = tx.FindDue(h.Context(), id, time.Time{}, 8); err != nil || len(w.Calls) == 0 {
			return err
		}
		return tx.BeginWave(h.Context(), &w)
	}))
	return w
}

// states counts an announcement's messages: "sent 2, refused 1".
func (h *house) states(id string) string {
	h.Helper()
	counts, err := h.DeliveryCounts(h.Context(), id)
	h.must(err)
	said := ""
	for _, s := range model.DeliveryStates() {
		if counts[s] > 0 {
			said += fmt.Sprintf(" %s %d", s, counts[s])
		}
	}
	if said == "" {
		return ""
	}
	return said[1:]
}

func (h *house) is(what, want string) {
	h.Helper()
	if what != want {
		h.Errorf("%q, want %q", what, want)
	}
}

// inbox are the titles in somebody's inbox, with why each came.
func (h *house) inbox(name string) string {
	h.Helper()
	list, total, err := h.Notices(h.Context(), h.people[name], store.NoticeFilter{Limit: 100})
	h.must(err)
	said := fmt.Sprint(total)
	for _, n := range list {
		said += " " + n.Announcement.ID + ":" + n.WhyName
	}
	return said
}
