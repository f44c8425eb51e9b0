package push_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
	"yuandu/wechat/sim"
)

// fast is a process of its own.
var fast = push.Speed{Lanes: 2, Wave: 16, CallLimit: 10 * time.Second}

const sendPath = "/cgi-bin/message/subscribe/send"

func TestTheRestOfADayWithoutQuotaIsSentTheNextDay(t *testing.T) {
	each(t, func(h *house) {
		for i := range 5 {
			name := fmt.Sprint("居民", i)
			h.resident(name, 1)
			h.follows(name, model.KindTopic, "elderly")
		}
		h.wechat.SetLimits(sendPath, sim.Limit{Per: 24 * time.Hour, Most: 2, Code: 45009})
		h.announce("c1", elderly)
		h.tell()
		h.send()
		h.is(h.states("c1"), "pending 3 sent 2")
		for range 9 { // until 21:00
			h.clock.Move(time.Hour)
			h.must(h.courier.Look(h.Context()))
			h.send()
		}
		h.is(h.states("c1"), "pending 3 sent 2")
		if n := h.wechat.Count(sendPath, 45009); n > 3 {
			h.Errorf("WeChat was asked %d times for what it had no quota for", n)
		}
		h.clock.Move(12 * time.Hour) // 9:00
		h.must(h.courier.Look(h.Context()))
		h.send()
		h.is(h.states("c1"), "pending 1 sent 4")
		h.clock.Move(24 * time.Hour)
		h.must(h.courier.Look(h.Context()))
		h.send()
		h.is(h.states("c1"), "sent 5")
	})
}

func TestABannedTemplateStopsNoOther(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 1)
		h.resident("李建国", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		h.follows("李建国", model.KindTopic, "elderly")
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
			daily := model.Daily
			_, err := tx.EditFollow(h.Context(), h.people["李建国"], elderly, model.FollowEdit{Pace: &daily})
			return err
		}))
		h.wechat.AddTemplate(sim.Template{ID: template, Title: "政策更新提醒", Banned: true})
		h.announce("c1", elderly)
		h.tell()
		h.send()
		h.is(h.states("c1"), "pending 1")
		h.clock.Move(21 * time.Hour) // 9:00 of the next day
		h.must(h.courier.Look(h.Context()))
		h.tell()
		h.send()
		h.is(h.states("c1")+", "+h.states("daily-2026-11-25"), "pending 1, sent 1")
		if n := h.wechat.Count(sendPath, 43107); n != 1 {
			h.Errorf("the banned template was tried %d times", n)
		}
		h.wechat.AddTemplate(sim.Template{ID: template, Title: "政策更新提醒"})
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.OpenGate(h.Context(), model.ForChange) }))
		h.send()
		h.is(h.states("c1"), "sent 1")
	})
}

func TestAtMidnightADayBeginsAlsoIn国庆(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Move(time.Date(2027, 9, 30, 23, 40, 0, 0, model.Shanghai).Sub(h.clock.Now()))
		wang := h.resident("王芳", 9)
		h.follows("王芳", model.KindTopic, "elderly")
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
			return tx.SetPushSettings(h.Context(), wang, &model.PushSettings{Most: 2}) // at any hour
		}))
		for i := range 3 {
			h.announce(fmt.Sprintf("c%d", i+1), elderly)
			h.tell()
			h.send()
		}
		h.is(h.states("c2")+", "+h.states("c3"), "sent 1, ")
		h.clock.Move(21 * time.Minute) // 0:01 of 10 月 1 日
		h.announce("c4", elderly)
		h.tell()
		h.send()
		h.is(h.states("c4"), "sent 1")
		h.clock.Move(8*time.Hour + 29*time.Minute) // 8:30, on a holiday as on any day
		h.tell()
		h.send()
		h.is(h.states("daily-2027-10-01"), "sent 1")
		h.is(h.inbox("王芳"), "4 c4:养老 c3:养老 c2:养老 c1:养老")
	})
}

func TestWhoErasesTheAccountMeanwhileIsToldNothing(t *testing.T) {
	each(t, func(h *house) {
		ids := h.crowd(1100, 1)
		h.announce("c1", elderly)
		var both sync.WaitGroup
		both.Go(func() { h.must(h.teller.CatchUp(h.Context())) })
		gone := []string{ids[1], ids[600], ids[900], ids[1099]}
		both.Go(func() {
			for _, id := range gone {
				h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
					if _, err := tx.EraseFollows(h.Context(), id); err != nil {
						return err
					}
					_, err := tx.EraseNotices(h.Context(), id)
					return err
				}))
			}
		})
		both.Wait()
		h.must(h.teller.CatchUp(h.Context()))
		for _, id := range gone {
			if _, n, err := h.Notices(h.Context(), id, store.NoticeFilter{Limit: 1}); n != 0 || err != nil {
				h.Errorf("who erased the account has %d notices (%v)", n, err)
			}
		}
		h.is(h.states("c1"), fmt.Sprintf("pending %d", 1100-len(gone)))
	})
}

func TestTwoProcessesShareAnAnnouncement(t *testing.T) {
	each(t, func(h *house) {
		h.crowd(1100, 3)
		for i := range 3 { // to the same people: at each moment one message to each
			h.announce(fmt.Sprintf("c%d", i+1), elderly)
		}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() { h.must(h.anotherTeller().CatchUp(h.Context())) })
		}
		all.Wait()
		h.tell() // what one of them was at when the other looked
		for range 3 {
			all.Go(func() { h.must(h.anotherCourier(h.door, fast, nil).SendDue(h.Context())) })
		}
		all.Wait()
		h.send() // who was just being called when their turn came
		for i := range 3 {
			h.is(h.states(fmt.Sprintf("c%d", i+1)), "sent 1100")
		}
		for i := range 1100 {
			if n := len(h.wechat.Inbox(fmt.Sprint("居民", i))); n != 3 {
				h.Errorf("%d messages", n)
			}
		}
		if n := h.wechat.Count(sendPath, 43108); n > 0 {
			h.Errorf("%d people were called twice at a time", n)
		}
	})
}

func TestWhileRedisIsAwayNothingIsSentAndNothingIsLost(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		away := errors.New("away")
		limited := fast
		limited.ASecond = 480
		courier := h.anotherCourier(h.door, limited, func(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
			return away == nil, 0, away
		})
		h.announce("c1", elderly)
		h.tell()
		h.must(courier.SendDue(h.Context()))
		h.is(h.states("c1"), "pending 1")
		h.is(h.inbox("王芳"), "1 c1:养老")
		away = nil
		h.must(courier.SendDue(h.Context()))
		h.is(h.states("c1"), "sent 1")
	})
}

func TestAYearLaterWhatSomebodyWasToldIsForgotten(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("old", elderly)
		h.tell()
		h.send()
		h.clock.Move(300 * 24 * time.Hour)
		h.announce("new", elderly)
		h.tell()
		h.send()
		inbox := push.NewInbox(h.Store, h.clock)
		h.must(inbox.Sweep(h.Context()))
		h.is(h.states("old")+", "+h.states("new"), "sent 1, sent 1")
		h.clock.Move(67 * 24 * time.Hour)
		h.must(inbox.Sweep(h.Context()))
		h.is(h.states("old")+", "+h.states("new"), ", sent 1")
		h.is(h.inbox("王芳"), "1 new:养老")
		if a, err := h.Announcement(h.Context(), "old"); a == nil || err != nil {
			h.Errorf("what was announced is gone (%v)", err)
		}
	})
}

func TestMessagesWaitUntilEverybodyHasANoticeUnlessItIsUrgent(t *testing.T) {
	each(t, func(h *house) {
		wang := h.resident("王芳", 2)
		for rank, id := range []string{model.RankUrgent: "urgent", model.RankUsual: "usual"} {
			a := model.Announcement{ID: id, Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: id, Title: "鸢都市养老服务办法",
				Rank: model.Rank(rank), Stage: model.StageSpreading}
			first := store.Told{Follower: store.Follower{ResidentID: wang, Pace: model.AtOnce, Why: elderly}, Template: model.ForChange,
				Plan: model.Plan{Pace: model.AtOnce, State: model.DeliveryPending, DueAt: h.clock.Now()}}
			h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
				if err := tx.Announce(h.Context(), &a); err != nil {
					return err
				}
				return tx.Tell(h.Context(), a, []store.Told{first}, wang) // others come after her
			}))
		}
		h.send()
		h.is(h.states("urgent")+", "+h.states("usual"), "sent 1, pending 1")
		h.tell()
		h.send()
		h.is(h.states("usual"), "sent 1")
	})
}
