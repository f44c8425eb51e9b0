package main

import (
	"testing"

	"yuandu/internal/housetest"
)

// The long variant of these stories is make soak NAME=push.

func TestEverybodyWhoFollowsIsToldOnceAndBothSidesCountTheSame(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		wechat, h := h.BehindProxy().With("YUANDU_PUSH_RATE", "0", "YUANDU_PUSH_RATE_OF_ONE", "0").WeChat()
		servers := []*housetest.Server{h.Serve()}
		if !h.IsEmbedded() {
			servers = append(servers, h.SameKeysElsewhere().Serve())
		}
		n := h.Newsroom(servers[0])
		got := n.Crowd(wechat, 1200).Told(servers, func() { n.Tell(1) })
		t.Log(got)
		if got.WithoutNotice+got.Doubled+got.Differ+got.Lost != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestMessagesWaitWhileRedisIsAwayAndNoticesDoNot(t *testing.T) {
	t.Parallel()
	h := housetest.Production(t)
	door, address := housetest.Before(t, h.Env("YUANDU_REDIS_URL"))
	wechat, h := h.With("YUANDU_REDIS_URL", address).BehindProxy().WeChat()
	s := h.Serve()
	n := h.Newsroom(s)
	got, early := n.Crowd(wechat, 60).ToldThrough(n, s, door)
	t.Log(got)
	if got.WithoutNotice+got.Doubled+got.Differ+got.Lost != 0 || early != 0 {
		t.Errorf("%+v, %d messages without the limit that all processes share", got, early)
	}
}

func TestKilledProcessesLoseAndDoubleNoMessage(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		processes := 1
		if !h.IsEmbedded() {
			processes = 2
		}
		got := h.KillCouriers(housetest.Dice(t), 300, 2, processes)
		t.Log(got)
		some(t, got.Kills)
		if got.WithoutNotice+got.Doubled+got.Lost != 0 || got.Unknown > got.InFlight {
			t.Errorf("%+v", got)
		}
	})
}
