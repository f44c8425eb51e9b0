package wechat_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"yuandu/wechat"
	"yuandu/wechat/sim"
)

const (
	tokenPath = "/cgi-bin/stable_token"
	quotaPath = "/cgi-bin/openapi/quota/get"
)

// ask makes the cheapest call that needs a token.
func (h *house) ask(d *wechat.Door) error {
	_, err := d.Quota(h.Context(), wechat.APISend)
	return err
}

// crowd makes n calls at once, by doors in turn, and counts those that failed.
func (h *house) crowd(n int, doors ...*wechat.Door) (failed int) {
	var wg sync.WaitGroup
	errs := make(chan error, n)
	for i := range n {
		wg.Go(func() { errs <- h.ask(doors[i%len(doors)]) })
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			failed++
			h.Logf("failed: %v", err)
		}
	}
	return failed
}

func (h *house) tokensAsked(want int) {
	h.Helper()
	if n := h.sim.Total(tokenPath); n != want {
		h.Errorf("WeChat was asked for %d tokens, want %d", n, want)
	}
}

func TestAThousandCallsOfTwoProcessesAskForOneToken(t *testing.T) {
	h := newHouse(t)
	other := h.open(h.config)
	if failed := h.crowd(1000, h.door, other); failed > 0 {
		t.Errorf("%d calls failed", failed)
	}
	h.tokensAsked(1)
}

func TestAThousandCallsWithAnExpiredTokenAskForOneNewOne(t *testing.T) {
	h := newHouse(t)
	other := h.open(h.config)
	h.must(h.ask(h.door))
	h.sim.ExpireTokens()
	if failed := h.crowd(1000, h.door, other); failed > 0 {
		t.Errorf("%d calls failed", failed)
	}
	h.tokensAsked(2)
}

func TestATokenIsRenewedBeforeItEnds(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	for range 8 {
		h.clock.move(time.Hour)
		h.must(h.ask(h.door))
	}
	if n := h.sim.Count(quotaPath, 42001); n > 0 {
		t.Errorf("%d calls carried a token that was over", n)
	}
	h.tokensAsked(5)
}

func TestATokenThatAnotherProgramReplacedIsReplacedHere(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	h.sim.ReplaceToken()
	h.must(h.ask(h.door))
	h.tokensAsked(2)
}

func TestEveryNumberOfADeadTokenLeadsToANewOneOnce(t *testing.T) {
	for _, number := range []int{40001, 42001, 40014} {
		h := newHouse(t)
		h.must(h.ask(h.door))
		h.sim.ExpireTokens()
		h.sim.Break(sim.Fault{Path: quotaPath, Code: number, Times: 1})
		h.must(h.ask(h.door))
		h.tokensAsked(2)

		h.sim.Break(sim.Fault{Path: quotaPath, Code: number})
		err := h.ask(h.door)
		h.refused(err, "wechat.token", int64(number))
	}
}

func TestWhereWeChatCallsItsOwnTokenDeadANewOneIsForcedNowAndThen(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	h.sim.Break(sim.Fault{Path: quotaPath, Code: 40001, Times: 1})
	h.must(h.ask(h.door)) // asked, got the same, forced
	h.tokensAsked(3)

	h.sim.Break(sim.Fault{Path: quotaPath, Code: 40001, Times: 1})
	if err := h.ask(h.door); err == nil {
		t.Error("forced twice in half a minute")
	}
	h.tokensAsked(4)

	h.clock.move(31 * time.Second)
	h.sim.Break(sim.Fault{Path: quotaPath, Code: 40001, Times: 1})
	h.must(h.ask(h.door))
}

func TestNotMoreThanTwentyTokensADayAreForced(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	forced := 0
	for range 25 {
		h.clock.move(time.Minute)
		h.sim.Break(sim.Fault{Path: quotaPath, Code: 40001, Times: 1})
		if h.ask(h.door) == nil {
			forced++
		}
	}
	if forced != 20 || h.sim.Count(tokenPath, 45009) > 0 {
		t.Errorf("%d were forced, WeChat refused %d", forced, h.sim.Count(tokenPath, 45009))
	}
	h.clock.move(24 * time.Hour)
	h.sim.Break(sim.Fault{Path: quotaPath, Code: 40001, Times: 1})
	h.must(h.ask(h.door))
}

func TestACacheThatIsAwayCostsRequestsAndNoAnswer(t *testing.T) {
	h := newHouse(t)
	h.shared.away.Store(true)
	if failed := h.crowd(50, h.door); failed > 0 {
		t.Errorf("%d calls failed", failed)
	}
	h.tokensAsked(1)
	h.sim.ExpireTokens()
	if failed := h.crowd(50, h.door); failed > 0 {
		t.Errorf("%d calls failed", failed)
	}
	h.tokensAsked(2)
	h.shared.away.Store(false)
	h.must(h.ask(h.door))
}

func TestADoorWhoseClockIsWrongKeepsItsToken(t *testing.T) {
	for _, off := range []time.Duration{-9 * time.Minute, 9 * time.Minute} {
		h := newHouse(t)
		wrong := newClock()
		wrong.move(off)
		door, err := wechat.Open(h.config, h.shared, wrong)
		h.must(err)
		for range 3 {
			h.must(h.ask(door))
			h.clock.move(30 * time.Minute)
		}
		h.tokensAsked(1)
	}
}

func TestATokenThatCannotBeHadIsNoOutageForLong(t *testing.T) {
	h := newHouse(t)
	h.sim.Break(sim.Fault{Path: tokenPath, Code: 40164, Times: 1})
	r := h.refused(h.ask(h.door), "wechat.address_unlisted", 40164)
	if r.About != wechat.AboutApp || r.Passing() {
		t.Errorf("an administrator must act: %s", r.About)
	}
	h.must(h.ask(h.door))
}

func TestAWrongSecretIsTheAppsMistake(t *testing.T) {
	h := newHouse(t)
	wrong := h.config
	wrong.Secret = "another"
	h.refused(h.ask(h.open(wrong)), "wechat.app_wrong", 40125)
}

// While another process holds the lock and never finds a token, a caller waits
// no longer than it wants to.
func TestWaitingForAnotherProcessEndsWithTheCaller(t *testing.T) {
	h := newHouse(t)
	unlock, ok, err := h.shared.Lock(t.Context(), "wechat:"+h.config.AppID+":token", time.Hour)
	if !ok || err != nil {
		t.Fatal("the lock was not to be had")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = h.door.Quota(ctx, wechat.APISend)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	h.refused(err, "wechat.away", 0)

	done := make(chan error)
	go func() { done <- h.ask(h.door) }()
	unlock()
	h.must(<-done)
}

func TestTheTokensOfTwoAppsAreApart(t *testing.T) {
	h, g := newHouse(t), newHouse(t, func(o *sim.Options) { o.AppID = "wx0000000000000002" })
	second, err := wechat.Open(g.config, h.shared, h.clock)
	h.must(err)
	for range 3 {
		h.must(h.ask(h.door))
		h.must(h.ask(second))
	}
	h.tokensAsked(1)
	g.tokensAsked(1)
}
