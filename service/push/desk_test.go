package push_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/wechat/sim"
)

var administrator = model.Actor{Kind: model.AStaff, ID: "staff-1", Grants: []model.Grant{{Role: model.SystemAdministrator}}}

func (h *house) desk() *push.Desk {
	return push.NewDesk(h.Store, cache.NewMemory(h.clock, 1<<20), push.Speed{ASecond: 480, OfOne: 240}, h.clock)
}

// retries lets messages go again that ended in one way, and gives how many did.
func (h *house) retries(id string, state model.DeliveryState, why model.Reason) (string, error) {
	done, err := h.desk().Retry(h.Context(), administrator, push.Ended{Announcement: id, State: state, Why: why})
	return fmt.Sprintf("%d, %d left", done.Took, done.Left), err
}

func (h *house) refuses(err, want error) {
	h.Helper()
	if !errors.Is(err, want) {
		h.Errorf("%v, want %v", err, want)
	}
}

const sending = "/cgi-bin/message/subscribe/send"

func TestWhatFailedIsSentOnceMoreAndOnce(t *testing.T) {
	each(t, func(h *house) {
		for _, name := range []string{"王芳", "李建国"} {
			h.resident(name, 2)
			h.follows(name, model.KindTopic, "elderly")
		}
		h.announce("c1", elderly)
		h.tell()
		fault := h.wechat.Break(sim.Fault{Path: sending, Code: 99999})
		h.send()
		h.tell()
		h.is(h.states("c1"), "failed 2")
		h.wechat.Mend(fault)
		took, err := h.retries("c1", model.DeliveryFailed, model.WhyOther)
		h.must(err)
		h.is(took, "2, 0 left")
		took, err = h.retries("c1", model.DeliveryFailed, model.WhyOther) // pressed twice
		h.must(err)
		h.is(took, "0, 0 left")
		h.tell() // ends nothing while they wait
		h.send()
		h.tell()
		h.is(h.states("c1"), "sent 2")
		a, err := h.Announcement(h.Context(), "c1")
		h.must(err)
		if a.Stage != model.StageTold || len(h.wechat.Inbox("王芳")) != 1 {
			h.Errorf("%s, %d messages", a.Stage, len(h.wechat.Inbox("王芳")))
		}
		_, err = h.retries("c1", model.DeliverySent, "")
		h.refuses(err, model.ErrRetryNever)
		_, err = h.retries("c1", model.DeliveryUnknown, model.WhyCut)
		h.refuses(err, model.ErrRetryNever)
		lines, err := h.AuditLines(h.Context(), store.AuditFilter{Act: "push.retried", Limit: 9})
		h.must(err)
		if len(lines) != 1 || !strings.Contains(lines[0].Details, `"count":2`) {
			h.Errorf("the trail says %v", lines)
		}
	})
}

func TestWhoAllowedOneMoreSinceIsToldAfterAll(t *testing.T) {
	each(t, func(h *house) {
		for _, name := range []string{"王芳", "李建国", "赵小满"} {
			h.resident(name, 0)
			h.follows(name, model.KindTopic, "elderly")
		}
		h.announce("c1", elderly)
		h.tell()
		h.is(h.states("c1"), "no_credit 3")
		for _, name := range []string{"王芳", "李建国"} {
			h.wechat.Ask(name, sim.Choice{Template: template, Accept: true})
			h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return h.allows(tx, h.people[name]) }))
		}
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { // who wants no messages now gets none
			return tx.SetPushSettings(h.Context(), h.people["李建国"], &model.PushSettings{Most: 5, MutedAt: h.clock.Now()})
		}))
		took, err := h.retries("c1", model.DeliveryNoCredit, "")
		h.must(err)
		h.is(took, "1, 1 left")
		h.send()
		h.tell()
		h.is(h.states("c1"), "sent 1 no_credit 2")
		h.clock.Move(8 * 24 * time.Hour)
		_, err = h.retries("c1", model.DeliveryNoCredit, "")
		h.refuses(err, model.ErrRetryOld)
	})
}

func TestARefusedTextWaitsForAnotherTemplate(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.template()
		h.announce("c1", elderly)
		h.tell()
		h.wechat.Break(sim.Fault{Path: sending, Code: 45168, Times: 1})
		h.send()
		h.tell()
		_, err := h.retries("c1", model.DeliveryFailed, model.WhyText)
		h.refuses(err, model.ErrRetryUnmended)
		h.clock.Move(time.Minute)
		h.template()
		p, err := h.desk().Get(h.Context(), administrator, "c1")
		h.must(err)
		if p.Refused != model.WhyText || !p.Mended {
			h.Errorf("refused %q, mended %v", p.Refused, p.Mended)
		}
		took, err := h.retries("c1", model.DeliveryFailed, model.WhyText)
		h.must(err)
		h.is(took, "1, 0 left")
		h.send()
		h.tell()
		h.is(h.states("c1"), "sent 1")
	})
}

// template sets up a template for changes, or changes it.
func (h *house) template() {
	h.Helper()
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		t, err := tx.PushTemplate(h.Context(), model.ForChange)
		if err == nil && t == nil {
			t = &model.PushTemplate{Purpose: model.ForChange, WeChatID: template, Title: "政策更新提醒"}
		}
		if err != nil {
			return err
		}
		return tx.KeepPushTemplate(h.Context(), t)
	}))
}

func TestWhatIsPausedWaitsUntilSomebodyOpensIt(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		desk := h.desk()
		h.refuses(desk.Pause(h.Context(), administrator, "", " "), model.ErrPauseReason)
		h.refuses(desk.Pause(h.Context(), administrator, "letter", "写错了"), model.ErrPurposeMissing)
		h.refuses(desk.Open(h.Context(), administrator, ""), model.ErrNotShut)
		h.must(desk.Pause(h.Context(), administrator, "", "微信公众平台在维护"))
		h.announce("c1", elderly)
		h.tell()
		h.send()
		h.must(h.courier.Look(h.Context()))
		h.is(h.states("c1"), "pending 1")
		traffic, err := desk.Traffic(h.Context(), administrator)
		h.must(err)
		if g := traffic.Gates[0]; g.Why != model.WhyPaused || g.StaffID != administrator.ID || g.Reason != "微信公众平台在维护" || traffic.Of[0].Due != 1 {
			h.Errorf("%+v", traffic)
		}
		h.must(desk.Open(h.Context(), administrator, ""))
		h.send()
		h.is(h.states("c1"), "sent 1")
		traffic, err = desk.Traffic(h.Context(), administrator)
		h.must(err)
		if of := traffic.Of[0]; len(traffic.Gates) != 0 || of.Asked != 1 || of.Sent != 1 || of.Due != 0 {
			h.Errorf("%+v", traffic)
		}
		h.clock.Move(2 * time.Minute)
		traffic, err = desk.Traffic(h.Context(), administrator)
		h.must(err)
		if traffic.Of[0].Asked != 0 {
			h.Errorf("two minutes later it goes %+v", traffic.Of[0])
		}
	})
}

func TestCreditsAreCountedAndNobodyIsNamed(t *testing.T) {
	each(t, func(h *house) {
		for name, credits := range map[string]int{"王芳": 3, "李建国": 1, "赵小满": 0} {
			h.resident(name, credits)
			h.follows(name, model.KindTopic, "elderly")
		}
		h.announce("c1", elderly)
		h.tell()
		h.send()
		list, err := h.desk().Credits(h.Context(), administrator)
		h.must(err)
		c, today := list[0], list[0].Days[29]
		h.is(fmt.Sprint(c.Purpose, c.Held, c.Holders(), c.Wanting), "change[1 0 1 0] 1 2") // one each was spent
		h.is(fmt.Sprint(today.Granted, today.Sent, today.NoneOfThem), "4 2 1")
		h.is(string(today.Day), "2026-11-24")
	})
}

func TestWhoMayNotSteerDoesNot(t *testing.T) {
	each(t, func(h *house) {
		reader := model.Actor{Kind: model.AStaff, ID: "staff-2", Grants: []model.Grant{{Role: model.Supervisor}}}
		desk := h.desk()
		h.refuses(desk.Pause(h.Context(), reader, "", "试一试"), model.ErrNotAllowed)
		h.refuses(desk.Open(h.Context(), reader, ""), model.ErrNotAllowed)
		_, err := desk.Retry(h.Context(), reader, push.Ended{Announcement: "c1", State: model.DeliveryFailed})
		h.refuses(err, model.ErrNotAllowed)
	})
}

func TestWhatIsSentOnceMoreAtNightWaitsForTheMorningToo(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.tell()
		h.wechat.Break(sim.Fault{Path: sending, Code: 99999, Times: 1})
		h.send()
		h.tell()
		h.clock.Move(10*time.Hour + 30*time.Minute) // 22:30
		took, err := h.retries("c1", model.DeliveryFailed, model.WhyOther)
		h.must(err)
		h.is(took, "1, 0 left")
		h.send()
		h.is(h.states("c1"), "pending 1")
		h.clock.Move(9*time.Hour + 30*time.Minute) // 8:00
		h.send()
		h.is(h.states("c1"), "sent 1")
	})
}

func TestNothingIsSentOnceMoreOfWhatWasWithdrawn(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.tell()
		h.wechat.Break(sim.Fault{Path: sending, Code: 99999, Times: 1})
		h.send()
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.StopAnnouncements(h.Context(), model.KindPolicy, "policy-c1") }))
		h.tell()
		_, err := h.retries("c1", model.DeliveryFailed, model.WhyOther)
		h.refuses(err, model.ErrRetryStopped)
		_, err = h.retries("none", model.DeliveryFailed, model.WhyOther)
		h.refuses(err, model.ErrAnnouncementMissing)
	})
}
