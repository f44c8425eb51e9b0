package soak

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"yuandu/internal/housetest"
)

// push tries whether everybody who follows is told once: a million of them, while
// processes are killed, and how soon.
func push(t *testing.T) {
	for _, set := range []struct {
		name  string
		house func(testing.TB) *housetest.House
	}{{"embedded", housetest.Embedded}, {"production", housetest.Production}} {
		t.Run(set.name, func(t *testing.T) {
			t.Run("million", func(t *testing.T) { millionFollowers(t, set.house(t), size(t, 1_000_000)) })
			t.Run("kills", func(t *testing.T) { killedWhileSending(t, set.house(t)) })
			t.Run("soon", func(t *testing.T) { soon(t, set.house(t)) })
			t.Run("searches", func(t *testing.T) { manySearches(t, set.house(t)) })
		})
	}
}

// busy is a house whose messages go out as fast as they can.
func busy(h *housetest.House) *housetest.House {
	return h.BehindProxy().With("YUANDU_PUSH_RATE", "0", "YUANDU_PUSH_RATE_OF_ONE", "0")
}

func millionFollowers(t *testing.T, h *housetest.House, people int) {
	set := setOf(h)
	wechat, h := busy(h).WeChat()
	servers := []*housetest.Server{h.Serve()}
	if !h.IsEmbedded() {
		servers = append(servers, h.SameKeysElsewhere().Serve())
	}
	n := h.Newsroom(servers[0])
	began := time.Now()
	crowd := n.Crowd(wechat, people)
	t.Logf("%d residents came in %v", people, time.Since(began).Round(time.Second))
	ceiling := crowd.Ceiling(50_000) / 2
	got := crowd.Told(servers, func() { n.Tell(1) })
	ceiling += crowd.Ceiling(50_000) / 2 // a machine is not as quick at any time
	t.Log(got)
	figures := []figureOf{
		{"people without their one notice, of " + fmt.Sprint(people) + ", " + set, float64(got.WithoutNotice), 0, exactly},
		{"people with more than one message, " + set, float64(got.Doubled), 0, exactly},
		{"messages that we count otherwise than the simulator, " + set, float64(got.Differ), 0, exactly},
		{"notices a second, " + set, got.NoticesASecond, 5000, atLeast},
		{"messages a second of the simulator's ceiling of " + fmt.Sprintf("%.0f", ceiling) + ", " + set, got.MessagesASecond / ceiling, 0.5, atLeast},
		{"MB above idle, the greatest process, " + set, got.Memory, 300, atMost},
	}
	reckon(t, figures...)
}

func setOf(h *housetest.House) string {
	if h.IsEmbedded() {
		return "embedded"
	}
	return "production"
}

const (
	killedDeliveries = 50_000
	killedTimes      = 20
)

func killedWhileSending(t *testing.T, h *housetest.House) {
	set := setOf(h)
	processes := 1
	if !h.IsEmbedded() {
		processes = 2
	}
	got := h.KillCouriers(housetest.Dice(t), size(t, killedDeliveries), killedTimes, processes)
	t.Log(got)
	reckon(t, figureOf{"kills while messages went out, " + set, float64(got.Kills), killedTimes, atLeast},
		figureOf{"people without their one notice, " + set, float64(got.WithoutNotice), 0, exactly},
		figureOf{"messages lost, " + set, float64(got.Lost), 0, exactly},
		figureOf{"people with more than one message, " + set, float64(got.Doubled), 0, exactly},
		figureOf{"messages of an outcome that nobody knows, " + set, float64(got.Unknown), float64(got.InFlight), atMost})
}

// soon measures how soon a notice is there while others search.
func soon(t *testing.T, h *housetest.House) {
	set := setOf(h)
	wechat, h := h.BehindProxy().WeChat()
	n := h.Newsroom(h.Serve())
	crowd := n.Crowd(wechat, 10_000)
	got := crowd.Soon(n, 5)
	t.Log(got)
	reckon(t, figureOf{"s from publishing to the first follower's notice, " + set, got.First.Seconds(), 1, atMost},
		figureOf{"s to the notice of the last of 10,000, " + set, got.Last.Seconds(), 5, atMost},
		figureOf{"p99 of a search meanwhile, times that beside publishing without telling, " + set, got.Told.Seconds() / got.Untold.Seconds(), 2, atMost})
}

const searches = 100_000

// manySearches publishes documents beside searches that a hundred thousand follow.
func manySearches(t *testing.T, h *housetest.House) {
	set := setOf(h)
	wechat, h := h.BehindProxy().WeChat()
	n := h.Newsroom(h.Serve())
	crowd := n.Crowd(wechat, size(t, searches))
	matched, rehearsed, found := crowd.Match(n, rand.New(rand.NewPCG(1, 2)))
	t.Logf("of %d saved searches %d find the document", searches, found)
	reckon(t, figureOf{"s to match a document of 10,000 characters against 100,000 saved searches, " + set, matched.Seconds(), 2, atMost},
		figureOf{"s until a reviewer sees how many of 100,000 it would reach, " + set, rehearsed.Seconds(), 2, atMost})
}
