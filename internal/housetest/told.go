package housetest

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

const sendPath = "/cgi-bin/message/subscribe/send"

// trouble has WeChat take 5 ms for an answer, now and then an error, and cut some
// connections, before it sent the message or after.
func trouble(w *sim.Sim) {
	const takes = 5 * time.Millisecond
	w.Break(sim.Fault{Path: sendPath, Cut: true, Share: 0.0005})
	w.Break(sim.Fault{Path: sendPath, Cut: true, AfterWork: true, Delay: takes, Share: 0.0005})
	w.Break(sim.Fault{Path: sendPath, Code: -1, Delay: takes, Share: 0.01})
	w.Break(sim.Fault{Path: sendPath, Delay: takes})
}

// inFlight is how many calls a process has under way at once.
const inFlight = 128

// Ceiling is how many messages a second the simulator takes from the door that the
// house itself has, with as many connections and nothing else to do.
func (c *Crowd) Ceiling(messages int) (aSecond float64) {
	c.t.Helper()
	door, err := wechat.Open(wechat.Config{AppID: c.WeChat.AppID(), Secret: c.WeChat.Secret(), Base: c.h.env["YUANDU_WECHAT_URL"]}, ownCache{cache.NewMemory(realClock{}, 1<<20)}, realClock{})
	if err != nil {
		c.t.Fatal(err)
	}
	people := make([]sim.Person, messages)
	for i := range people {
		name := fmt.Sprint("旁人", i)
		c.WeChat.Ask(name, sim.Choice{Template: messageTemplate, Accept: true})
		people[i] = c.WeChat.Person(name)
	}
	trouble(c.WeChat)
	defer c.WeChat.Mend(0)
	began := time.Now()
	var next atomic.Int64
	var all sync.WaitGroup
	for range inFlight {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < messages; i = int(next.Add(1)) - 1 {
				// What is refused or cut is part of what the ceiling is made of.
				_, _ = door.Send(context.Background(), wechat.Message{To: people[i].OpenID, Template: messageTemplate, Page: "packages/policy/policy?id=1",
					Data: map[string]string{"thing1": "鸢都市住房公积金管理办法", "thing2": "新文件公开了，点开看全文", "date3": "2026年11月27日"}})
			}
		})
	}
	all.Wait()
	return float64(messages) / time.Since(began).Seconds()
}

// ownCache is the cache of a process that is alone, as the door wants it.
type ownCache struct{ cache.Cache }

func (c ownCache) Lock(ctx context.Context, key string, ttl time.Duration) (unlock func(), ok bool, err error) {
	lock, ok, err := c.Cache.Lock(ctx, key, ttl)
	if err != nil || !ok {
		return nil, false, err
	}
	return lock.Unlock, true, nil
}

// Tell publishes a document about housing, and has all who follow it told.
func (n *Newsroom) Tell(i int) {
	n.t.Helper()
	n.tell(n.draft(word(i), i+1))
}

func (n *Newsroom) tell(content map[string]any) {
	n.t.Helper()
	n.signTold(n.inReview(content))
}

func (n *Newsroom) signTold(r map[string]any) {
	n.t.Helper()
	n.Reviewer.Must("POST "+desk(r)+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "新政策"}, match(r))
}

// Told says what became of an announcement to a crowd.
type Told struct {
	WithoutNotice   int // people who have none of it, or more than one
	Doubled         int // people with more than one message
	Lost            int // messages that should have gone out and did not
	Differ          int // between our counts and the simulator's
	Unknown         int // messages of which nobody knows whether they were sent
	States          string
	NoticesASecond  float64
	MessagesASecond float64 // from when all have their notices, and messages begin
	Memory          float64 // MB above what was held before, of the process that took most
	CPU             string  // whose time it took
}

func (v Told) String() string {
	return fmt.Sprintf("%.0f notices and %.0f messages a second; %s; %.0f MB more; %s", v.NoticesASecond, v.MessagesASecond, v.States, v.Memory, v.CPU)
}

// Told has something announced to a crowd, waits until nothing is left to be sent,
// and counts on both sides.
func (c *Crowd) Told(servers []*Server, announce func()) (v Told) {
	c.t.Helper()
	trouble(c.WeChat)
	before, calls := c.tally(), c.WeChat.Total(sendPath)
	meter := newMeter(servers)
	announce()
	id, spread := c.awaitSpread(meter)
	v.NoticesASecond = float64(len(c.IDs)) / spread.Seconds()
	v.MessagesASecond = c.pace(id, calls, meter)
	c.awaitEnd(id, meter)
	v.Memory, v.CPU = meter.memory(), meter.shares()
	c.WeChat.Mend(0)
	c.count(&v, id, before)
	return v
}

// ToldThrough has a document announced to a crowd while a server that the house needs
// is behind a shut door, which opens when all have their notices and the house knows
// that it is unwell. early is how many messages went out before.
func (c *Crowd) ToldThrough(n *Newsroom, s *Server, door *Door) (v Told, early int) {
	c.t.Helper()
	r := n.inReview(n.draft(word(1), 2))
	before, calls, meter := c.tally(), c.WeChat.Total(sendPath), newMeter([]*Server{s})
	door.Shut()
	n.signTold(r)
	id, _ := c.awaitSpread(meter)
	s.AwaitStatus("degraded")
	early = c.WeChat.Total(sendPath) - calls
	door.Open()
	c.awaitEnd(id, meter)
	c.count(&v, id, before)
	return v, early
}

const announced = `SELECT id FROM announcements WHERE sort = 'change' ORDER BY created_at DESC LIMIT 1`

// awaitSpread waits until all have their notices.
func (c *Crowd) awaitSpread(m *meter) (id string, took time.Duration) {
	c.t.Helper()
	id = c.h.Strings(announced)[0]
	of := ` FROM announcements WHERE id = '` + id + `'`
	Eventually(c.t, "all have their notices", func() bool { m.look(); return c.number(`SELECT spread_at`+of) > 0 })
	return id, time.Duration(c.number(`SELECT spread_at - created_at`+of)) * time.Millisecond
}

// pace is how many calls a second are made once all have their notices, until all but
// a twentieth are made: those wait to be tried again.
func (c *Crowd) pace(id string, before int, m *meter) float64 {
	c.t.Helper()
	want := len(c.IDs) * (100 - crowdNoCredit + crowdRefused) / 100 * 95 / 100
	made := 0
	within(c.t, time.Hour, "nearly all are called", func() bool {
		m.look()
		made = c.WeChat.Total(sendPath) - before
		return made >= want
	})
	began := c.number(`SELECT spread_at FROM announcements WHERE id = '` + id + `'`)
	return float64(made) / time.Since(time.UnixMilli(int64(began))).Seconds()
}

// awaitEnd waits until nothing is left to be sent.
func (c *Crowd) awaitEnd(id string, m *meter) {
	c.t.Helper()
	within(c.t, time.Hour, "nothing is left to be sent", func() bool {
		m.look()
		return c.number(`SELECT ended_at FROM announcements WHERE id = '`+id+`'`) > 0
	})
}

// tally is what the simulator did: messages it took, those it refused, and
// connections it cut.
type tally struct{ taken, refused, cut int }

func (c *Crowd) tally() tally {
	return tally{c.WeChat.Count(sendPath, 0), c.WeChat.Count(sendPath, 43101), c.WeChat.Cuts(sendPath)}
}

// count compares what the house wrote down with what there is in everybody's phone.
func (c *Crowd) count(v *Told, id string, before tally) {
	c.t.Helper()
	of := ` WHERE announcement_id = '` + id + `'`
	v.WithoutNotice = abs(len(c.IDs) + 1 - c.number(`SELECT count(DISTINCT resident_id) FROM notices`+of)) // one more follows the search
	states := map[string]int{}
	c.h.query(func(rows *sql.Rows) error {
		var state string
		var n int
		err := rows.Scan(&state, &n)
		states[state] = n
		return err
	}, `SELECT state, count(*) FROM deliveries`+of+` GROUP BY state`)
	v.States = fmt.Sprint(states)
	v.Unknown = states["unknown"]
	now := c.tally()
	got := 0
	for i := range c.IDs {
		n := len(c.WeChat.Inbox(phone(i)))
		got += min(n, 1)
		if n > 1 {
			v.Doubled++
		}
	}
	without := c.share(crowdRefused, crowdNoCredit) + 1 // one more, as above
	v.Differ = abs(now.refused-before.refused-states["refused"]) + abs(now.taken-before.taken-states["sent"]) + abs(states["no_credit"]-without)
	v.Lost = len(c.IDs) + 1 - states["refused"] - states["no_credit"] - states["sent"] - states["unknown"]
	if got < states["sent"] || got > states["sent"]+states["unknown"] {
		v.Differ += abs(got - states["sent"])
	}
}

// share is how many of the crowd have a number in a part of a hundred.
func (c *Crowd) share(from, until int) (n int) {
	for i := range c.IDs {
		if i%100 >= from && i%100 < until {
			n++
		}
	}
	return n
}

func abs(n int) int { return max(n, -n) }
