package push_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
)

// found is a saved search that finds what is announced.
const found = "a-search"

// audience lets some hundred people follow elderly, a department and a saved search,
// with all sorts of wishes.
func (h *house) audience(people int) {
	h.Helper()
	dice := rand.New(rand.NewPCG(7, 7))
	h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
		for i := range people {
			if err := h.one(tx, dice, i); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (h *house) one(tx *store.Tx, dice *rand.Rand, i int) error {
	r := &model.Resident{OpenID: fmt.Sprintf("openid-%d", i)}
	if err := tx.SaveResident(h.Context(), r); err != nil {
		return err
	}
	for _, thing := range []model.Touch{elderly, {Kind: model.KindDepartment, Key: "bureau"}, {Kind: model.KindSearch, Key: found}} {
		if dice.IntN(2) == 0 {
			continue
		}
		pace, paused := model.Paces()[dice.IntN(3)], dice.IntN(5) == 0
		if err := tx.AddFollow(h.Context(), r.ID, thing, thing.Key); err != nil {
			return err
		}
		if _, err := tx.EditFollow(h.Context(), r.ID, thing, model.FollowEdit{Pace: &pace, Paused: &paused}); err != nil {
			return err
		}
	}
	if err := tx.AddFollow(h.Context(), r.ID, model.Touch{Kind: model.KindTopic, Key: "tax"}, "税务"); err != nil {
		return err
	}
	for range dice.IntN(4) {
		if err := h.allows(tx, r.ID); err != nil {
			return err
		}
	}
	if dice.IntN(2) == 0 {
		return nil
	}
	wishes := model.PushSettings{Quiet: model.Quiet{From: 0, Until: 60 * dice.IntN(24)}, Most: 1 + dice.IntN(3)}
	if dice.IntN(3) == 0 {
		wishes.MutedAt = h.clock.Now()
	}
	return tx.SetPushSettings(h.Context(), r.ID, &wishes)
}

func TestARehearsalComesToWhatThenHappens(t *testing.T) {
	each(t, func(h *house) {
		h.audience(400)
		h.announce("before", model.Touch{Kind: model.KindTopic, Key: "tax"}) // so that some have had their messages of the day
		h.tell()
		told := func(pace model.Pace) int {
			list, err := h.digestReaders(pace)
			h.must(err)
			return len(list)
		}
		find := func(context.Context, *store.IndexedPolicy) ([]string, error) { return []string{found, "another"}, nil }
		touches := []model.Touch{elderly, {Kind: model.KindDepartment, Key: "bureau"}, {Kind: model.KindTopic, Key: "nobody's"}}
		reach, err := push.NewRehearsal(h.Store, find, push.Speed{ASecond: 10, OfOne: 20}, h.clock).Of(h.Context(), touches, &store.IndexedPolicy{})
		h.must(err)
		t.Logf("%+v", reach)
		for what, n := range map[string]int{"now": reach.Now, "quiet": reach.Quiet, "no credit": reach.NoCredit, "muted": reach.Muted,
			"full": reach.Full, "daily": reach.Daily, "weekly": reach.Weekly} {
			if n == 0 {
				t.Errorf("nobody is %s: the story does not show it", what)
			}
		}
		if reach.Seconds != (reach.Now+9)/10 {
			t.Errorf("%d messages in %d seconds", reach.Now, reach.Seconds)
		}

		h.match(find)
		h.announce("c1", touches...)
		h.tell()
		a, err := h.Announcement(h.Context(), "c1")
		h.must(err)
		states, err := h.DeliveryCounts(h.Context(), "c1")
		h.must(err)
		after := push.Reach{People: a.Told, NoCredit: states[model.DeliveryNoCredit], Seconds: reach.Seconds}
		after.Quiet = h.later("c1")
		after.Now = states[model.DeliveryPending] - after.Quiet
		after.Weekly = told(model.Weekly)
		after.Full = reach.Full // with the daily ones: both wait for one digest
		after.Daily = told(model.Daily) - after.Full
		after.Muted = after.People - after.NoCredit - after.Quiet - after.Now - after.Weekly - after.Full - after.Daily
		if after != reach {
			t.Errorf("rehearsed %+v, but it came to %+v", reach, after)
		}
	})
}

func TestNobodyIsReachedTwiceOrByWhatRests(t *testing.T) {
	each(t, func(h *house) {
		h.resident("王芳", 1)
		h.follows("王芳", model.KindTopic, "elderly")
		h.follows("王芳", model.KindDepartment, "bureau")
		h.resident("李建国", 0)
		h.follows("李建国", model.KindTopic, "elderly")
		h.must(h.InTx(h.Context(), func(tx *store.Tx) error { return tx.PauseFollows(h.Context(), h.people["李建国"], true) }))
		r := push.NewRehearsal(h.Store, nil, push.Speed{}, h.clock)
		reach, err := r.Of(h.Context(), []model.Touch{elderly, {Kind: model.KindDepartment, Key: "bureau"}}, nil)
		h.must(err)
		if reach != (push.Reach{People: 1, Now: 1}) {
			t.Errorf("%+v", reach)
		}
	})
}

// match has the teller look for who follows a saved search.
func (h *house) match(find push.Finder) {
	h.teller = push.NewTeller(h.Store, func(ctx context.Context, a model.Announcement) error {
		searches, err := find(ctx, nil)
		if err != nil {
			return err
		}
		return h.InTx(ctx, func(tx *store.Tx) error { return tx.FindFollowers(ctx, a.ID, searches) })
	}, h.clock, slog.New(slog.DiscardHandler))
}

// later counts an announcement's messages that are not due yet, by taking those
// that are.
func (h *house) later(id string) int {
	h.Helper()
	before, err := h.DeliveryCounts(h.Context(), id)
	h.must(err)
	taken := 0
	undone := fmt.Errorf("undone")
	err = h.InTx(h.Context(), func(tx *store.Tx) error {
		calls, err := tx.FindDue(h.Context(), id, time.Time{}, 10_000)
		if err != nil {
			return err
		}
		taken = len(calls)
		return undone
	})
	if err != undone {
		h.must(err)
	}
	return before[model.DeliveryPending] - taken
}

func (h *house) digestReaders(pace model.Pace) (list []string, err error) {
	return list, h.InTx(h.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.DigestReaders(h.Context(), pace, "", 10_000)
		return err
	})
}
