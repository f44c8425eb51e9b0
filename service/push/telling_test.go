package push_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

func TestWhoFollowsIsToldOnceHoweverManyFollowsMatch(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.resident("李建国", 0)
		h.resident("赵小满", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		h.follows("王芳", model.KindTopic, "medical")
		h.follows("李建国", model.KindTopic, "medical")
		h.announce("c1", elderly, model.Touch{Kind: model.KindTopic, Key: "medical"})
		h.tell()
		h.send()
		h.is(h.inbox("王芳"), "1 c1:养老")
		h.is(h.inbox("李建国"), "1 c1:就医")
		h.is(h.inbox("赵小满"), "0")
		h.is(h.states("c1"), "sent 1 no_credit 1")
		if n := len(h.wechat.Inbox("王芳")); n != 1 {
			h.Errorf("%d messages in WeChat", n)
		}
		h.tell()
		a, err := h.Announcement(h.Context(), "c1")
		h.must(err)
		if a.Stage != model.StageTold || a.Told != 2 {
			h.Errorf("it is %s, told to %d", a.Stage, a.Told)
		}
	})
}

func TestWhatWeChatCountsIsBelieved(t *testing.T) {
	each(t, func(h *house) {
		wang := h.resident("王芳", 0)
		h.follows("王芳", model.KindTopic, "elderly")
		for range 2 { // of which WeChat knows nothing
			h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return h.allows(tx, wang) }))
		}
		h.announce("c1", elderly)
		h.tell()
		h.send()
		h.is(h.states("c1"), "refused 1")
		h.announce("c2", elderly)
		h.tell()
		h.send()
		h.is(h.states("c2"), "no_credit 1")
		h.is(h.inbox("王芳"), "2 c2:养老 c1:养老")
	})
}

func TestAThousandFollowersAreToldInPagesWhoeverStopsBetween(t *testing.T) {
	each(t, func(h *house) {
		h.crowd(1203, 1)
		h.announce("c1", elderly)
		for range 3 { // several processes, each of which goes on where another stopped
			h.tell()
		}
		var notices, pending int
		a, err := h.Announcement(h.Context(), "c1")
		h.must(err)
		h.is(string(a.Stage), string(model.StageSending))
		counts, err := h.DeliveryCounts(h.Context(), "c1")
		h.must(err)
		pending, notices = counts[model.DeliveryPending], a.Told
		if notices != 1203 || pending != 1203 {
			h.Errorf("%d notices, %d messages", notices, pending)
		}
	})
}

func TestAtNightAMessageWaitsForTheMorning(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		h.clock.Move(10*time.Hour + 30*time.Minute) // 22:30
		h.announce("c1", elderly)
		h.tell()
		h.send()
		h.is(h.inbox("王芳"), "1 c1:养老")
		h.is(h.states("c1"), "pending 1")
		h.clock.Move(9*time.Hour + 29*time.Minute) // 7:59
		h.send()
		h.is(h.states("c1"), "pending 1")
		h.clock.Move(time.Minute)
		h.send()
		h.is(h.states("c1"), "sent 1")
	})
}

func TestTheSixthMessageOfADayComesWithTheNextDigest(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 9)
		h.follows("王芳", model.KindTopic, "elderly")
		for i := range 6 {
			h.announce(fmt.Sprintf("c%d", i+1), elderly)
		}
		h.tell()
		h.send()
		if n := len(h.wechat.Inbox("王芳")); n != 5 {
			h.Errorf("%d messages on one day", n)
		}
		h.clock.Move(21 * time.Hour) // 9:00 the next day
		h.tell()
		h.send()
		if n := len(h.wechat.Inbox("王芳")); n != 6 {
			h.Errorf("%d messages with the digest", n)
		}
		h.is(h.states("daily-2026-11-25"), "sent 1")
	})
}

func TestWhatWasWithdrawnIsNotSentAnyMore(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.tell()
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.StopAnnouncements(h.Context(), model.KindPolicy, "policy-c1") }))
		h.send()
		h.tell()
		h.is(h.states("c1"), "stopped 1")
		if n := len(h.wechat.Inbox("王芳")); n != 0 {
			h.Errorf("%d messages of a document that was withdrawn", n)
		}
	})
}

func TestACallNobodyHeardIsNeverMadeAgain(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.tell()
		h.calls("c1")
		h.is(h.states("c1"), "calling 1")
		h.clock.Move(2 * time.Minute) // the process that took it has died
		h.must(h.courier.Look(h.Context()))
		h.send()
		h.is(h.states("c1"), "unknown 1")
		if n := len(h.wechat.Inbox("王芳")); n != 0 {
			h.Errorf("%d messages", n)
		}
	})
}

func TestOnlyOneMessageAtATimeGoesToOnePerson(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.announce("c2", elderly)
		h.tell()
		first, second := h.calls("c1"), h.calls("c2")
		if len(first.Calls) != 1 || len(second.Calls) != 0 {
			h.Errorf("%d and %d are under way to one person", len(first.Calls), len(second.Calls))
		}
	})
}

// answers of WeChat, and what becomes of the message; docs/delivery.md says why.
func TestEveryAnswerOfWeChatHasItsState(t *testing.T) {
	for _, c := range []struct {
		code      int
		now, then string // after the first turn, and an hour later with WeChat answering again
		inbox     int    // messages then
	}{
		{40003, "failed 1", "failed 1", 0},
		{43101, "refused 1", "refused 1", 0},
		{45168, "failed 1", "failed 1", 0},
		{43108, "pending 1", "sent 1", 1},
		{-1, "pending 1", "sent 1", 1},
		{45011, "pending 1", "sent 1", 1},
		{45009, "pending 1", "sent 1", 1},
		{42001, "sent 1", "sent 1", 1}, // the door takes a new token
		{40037, "pending 1", "pending 1", 0},
		{41030, "pending 1", "pending 1", 0},
		{43107, "pending 1", "pending 1", 0},
		{48001, "pending 1", "pending 1", 0},
		{47003, "sent 1", "sent 1", 1}, // trimmed, once
		{99999, "failed 1", "failed 1", 0},
	} {
		t.Run(fmt.Sprint(c.code), func(t *testing.T) {
			each(t, func(h *house) {
				h.resident("王芳", 1)
				h.follows("王芳", model.KindTopic, "elderly")
				h.announce("c1", elderly)
				h.tell()
				fault := h.wechat.Break(sim.Fault{Path: "/cgi-bin/message/subscribe/send", Code: c.code, Times: 1})
				h.send()
				h.is(h.states("c1"), c.now)
				h.wechat.Mend(fault)
				h.clock.Move(time.Hour)
				h.must(h.courier.Look(h.Context()))
				h.send()
				h.is(h.states("c1"), c.then)
				if n := len(h.wechat.Inbox("王芳")); n != c.inbox {
					h.Errorf("%d messages", n)
				}
				h.is(h.inbox("王芳"), "1 c1:养老")
			})
		})
	}
}

func TestAConnectionThatIsCutLeavesTheMessageUnknownForEver(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 2)
		h.follows("王芳", model.KindTopic, "elderly")
		h.announce("c1", elderly)
		h.tell()
		h.wechat.Break(sim.Fault{Path: "/cgi-bin/message/subscribe/send", Cut: true, AfterWork: true, Times: 1})
		h.send()
		h.clock.Move(time.Hour)
		h.must(h.courier.Look(h.Context()))
		h.send()
		h.is(h.states("c1"), "unknown 1")
		if n := len(h.wechat.Inbox("王芳")); n != 1 {
			h.Errorf("%d messages", n)
		}
	})
}

func TestWeChatTellsThatAMessageArrivedInAnyOrder(t *testing.T) {
	each(t, func(h *house) {
		wang := h.resident("王芳", 3)
		h.follows("王芳", model.KindTopic, "elderly")
		confirmer := push.NewConfirmer(h.Store, func(context.Context, string) (model.Purpose, error) { return model.ForChange, nil })
		hear := func(id string) {
			e := wechat.Sent{Origin: wechat.Origin{OpenID: h.wechat.Person("王芳").OpenID, At: h.clock.Now()}, Template: template, MsgID: id}
			h.must(confirmer.Hear(h.Context(), e))
		}
		h.announce("c1", elderly)
		h.tell()
		wave := h.calls("c1")
		hear("") // before the call returns, and without an id
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
			h.must(tx.Settle(h.Context(), []store.Settlement{{Call: &wave.Calls[0], State: model.DeliverySent, MsgID: "7", Asked: h.clock.Now()}}))
			return tx.EndWave(h.Context(), wave.ID, 1)
		}))
		h.is(h.states("c1"), "confirmed 1")
		h.clock.Move(time.Minute)
		h.announce("c2", elderly)
		h.tell()
		h.send()
		hear("")
		hear("") // pushed again
		h.is(h.states("c1")+", "+h.states("c2"), "confirmed 1, confirmed 1")
		if wave.Calls[0].ResidentID != wang {
			h.Errorf("somebody else was called")
		}
	})
}

func TestTheMessageOfAReportTellsEachWhatBecameOfTheirOwnWords(t *testing.T) {
	each(t, func(h *house) {
		wang, li, zhao := h.resident("王芳", 1), h.resident("李建国", 1), h.resident("赵小满", 1)
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
			t := &model.PushTemplate{Purpose: model.ForChange, WeChatID: template, Title: "政策更新提醒",
				Fields: []model.PushField{{Key: "thing1", Label: "内容", Source: model.SourceChange}}}
			return tx.KeepPushTemplate(h.Context(), t)
		}))
		h.draft(nil)
		h.says(wang, model.VerdictAdopted)
		h.says(li, model.VerdictNot)
		a := model.Announcement{ID: "c1", Sort: model.AnnounceChange, Kind: model.KindConsultation, Object: "draft", What: model.PubCorrected, Title: "物业管理办法"}
		letters := push.NewTemplates(h.Store, cache.NewMemory(h.clock, 1<<20), nil, h.clock)
		said := func(resident string) string {
			m, err := letters.LetterFor(h.Context(), a, store.Call{ResidentID: resident, Template: model.ForChange})
			h.must(err)
			return m.Data["thing1"] + " " + m.Page
		}
		const general = "征集有进展，点开查看 packages/consultation/consultation?id=draft&from=message"
		h.is(said(wang), general)
		h.draft(&model.AdoptionReport{Day: "2026-11-24"})
		h.is(said(wang), "采纳1条 packages/consultation/mine?from=message")
		h.is(said(li), "未采纳1条 packages/consultation/mine?from=message")
		h.is(said(zhao), general)
	})
}

// draft makes a draft public, with its report or before there is one.
func (h *house) draft(report *model.AdoptionReport) {
	h.Helper()
	c := &model.Consultation{ID: "draft", Title: "物业管理办法", Opens: "2026-11-01", Closes: "2026-11-23", Report: report}
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		if err := tx.NextConsultation(h.Context(), c); err != nil {
			return err
		}
		return tx.PublishConsultation(h.Context(), c, store.Edition{Act: model.PubPublished})
	}))
}

// says has somebody say something to the draft, and answers it.
func (h *house) says(residentID string, v model.Verdict) {
	h.Helper()
	o := &model.Opinion{ConsultationID: "draft", ResidentID: residentID, Source: model.OpinionByMini, Stance: model.StanceChange, Text: "期限太短。",
		State: model.OpinionWaiting, UpdatedAt: h.clock.Now()}
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		if err := tx.GiveOpinion(h.Context(), o); err != nil {
			return err
		}
		o.Answer(model.Answer{Verdict: v, Reason: "已经研究。"}, h.clock.Now())
		return tx.KeepOpinion(h.Context(), o)
	}))
}
