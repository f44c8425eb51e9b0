package housetest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	for end := time.Now().Add(time.Hour); made < want && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		m.look()
		made = c.WeChat.Total(sendPath) - before
	}
	began := c.number(`SELECT spread_at FROM announcements WHERE id = '` + id + `'`)
	return float64(made) / time.Since(time.UnixMilli(int64(began))).Seconds()
}

// awaitEnd waits until nothing is left to be sent.
func (c *Crowd) awaitEnd(id string, m *meter) time.Duration {
	c.t.Helper()
	of := ` FROM announcements WHERE id = '` + id + `'`
	for end := time.Now().Add(time.Hour); c.number(`SELECT ended_at`+of) == 0; time.Sleep(100 * time.Millisecond) {
		m.look()
		if time.Now().After(end) {
			c.t.Fatal("messages are still left after an hour")
		}
	}
	return time.Duration(c.number(`SELECT ended_at - spread_at`+of)) * time.Millisecond
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

// meter looks at what serving processes take.
type meter struct {
	servers    []*Server
	idle, most []float64 // MB
	began      map[string]float64
}

func newMeter(servers []*Server) *meter {
	m := &meter{servers: servers, began: cpu(servers)}
	for _, s := range servers {
		m.idle = append(m.idle, resident(s.Pid()))
	}
	m.most = slices.Clone(m.idle)
	return m
}

func (m *meter) look() {
	for i, s := range m.servers {
		m.most[i] = max(m.most[i], resident(s.Pid()))
	}
}

func (m *meter) memory() (most float64) {
	for i := range m.servers {
		most = max(most, m.most[i]-m.idle[i])
	}
	return most
}

// shares says whose CPU time it was.
func (m *meter) shares() string {
	now, all := cpu(m.servers), 0.0
	for who := range now {
		now[who] -= m.began[who]
		all += now[who]
	}
	said := "CPU:"
	for _, who := range []string{"house", "postgres", "redis", "simulator and test"} {
		said += fmt.Sprintf(" %s %.0f %% (%.1f s)", who, 100*now[who]/all, now[who]/100)
	}
	return said
}

// resident is the memory of a process, in MB.
func resident(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(fields[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

// cpu is the time that the processors gave to each, in ticks. Servers of other tests
// count as those of this one.
func cpu(servers []*Server) map[string]float64 {
	used := map[string]float64{"simulator and test": ticks(strconv.Itoa(os.Getpid()), "")}
	for _, s := range servers {
		used["house"] += ticks(strconv.Itoa(s.Pid()), "")
	}
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, process := range all {
		used["postgres"] += ticks(filepath.Base(process), "(postgres")
		used["redis"] += ticks(filepath.Base(process), "(redis")
	}
	return used
}

// ticks are those of a process whose name begins in a way, with its children that
// have ended.
func ticks(pid, name string) (n float64) {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	_, called, _ := strings.Cut(string(text), " ")
	at := strings.LastIndexByte(called, ')')
	if err != nil || at < 0 || !strings.HasPrefix(called, name) {
		return 0
	}
	fields := strings.Fields(called[at+1:])
	for _, field := range fields[11:13] {
		spent, _ := strconv.ParseFloat(field, 64)
		n += spent
	}
	return n
}

// Killed says what was left after kills.
type Killed struct {
	Told
	Kills    int
	InFlight int // calls that the killed processes had written down as begun, and connections cut
}

// KillCouriers announces something to a crowd and kills processes at random moments
// while messages go out; each time another takes its place.
func (h *House) KillCouriers(dice *rand.Rand, people, kills, processes int) (v Killed) {
	h.t.Helper()
	w, h := h.BehindProxy().With("YUANDU_PUSH_RATE", strconv.Itoa(max(people/80, 64)), "YUANDU_PUSH_RATE_OF_ONE", "0").WeChat()
	houses := []*House{h}
	for len(houses) < processes {
		houses = append(houses, h.SameKeysElsewhere())
	}
	servers := make([]*Server, processes)
	servers[0] = h.Serve()
	n := h.Newsroom(servers[0])
	crowd := n.Crowd(w, people)
	for i := 1; i < processes; i++ {
		servers[i] = houses[i].Serve()
	}
	trouble(w)
	before := crowd.tally()
	n.Tell(1)
	id := h.Strings(announced)[0]
	for v.Kills < kills && crowd.number(`SELECT ended_at FROM announcements WHERE id = '`+id+`'`) == 0 {
		i := dice.IntN(processes)
		servers[i].KillAfter(time.Since(servers[i].began) + time.Duration(dice.Float64()*2000)*time.Millisecond)
		v.Kills++
		v.InFlight += crowd.number(`SELECT count(*) FROM deliveries WHERE state = 'calling'`)
		servers[i] = houses[i].Serve()
	}
	crowd.awaitEnd(id, newMeter(servers))
	v.InFlight += crowd.tally().cut - before.cut
	w.Mend(0)
	crowd.count(&v.Told, id, before)
	return v
}

func (v Killed) String() string {
	return fmt.Sprintf("%d kills, %d calls in flight at them or cut, %s", v.Kills, v.InFlight, v.States)
}

// Soonness is how soon notices were there, and how searches went meanwhile.
type Soonness struct {
	First, Last    time.Duration // the longest of all rounds
	Before, During time.Duration // p99 of a search
	Searches       int
}

func (v Soonness) String() string {
	return fmt.Sprintf("the first after %v, the last after %v; p99 of searches %v and %v meanwhile, of %d", v.First, v.Last, v.Before, v.During, v.Searches)
}

// Soon publishes some documents, one after the other, while clients search.
func (c *Crowd) Soon(n *Newsroom, rounds int) (v Soonness) {
	c.t.Helper()
	sorted := slices.Sorted(slices.Values(c.IDs))
	first, last := c.reader(n, sorted[0]), c.reader(n, sorted[len(sorted)-1])
	searchers := n.searchers(4)
	searchers.reset()
	time.Sleep(5 * time.Second)
	v.Before = searchers.reset()
	for i := range rounds {
		began := time.Now()
		n.Tell(i + 1)
		Eventually(c.t, "the first has a notice", func() bool { return first() == i+1 })
		v.First = max(v.First, time.Since(began))
		Eventually(c.t, "the last has a notice", func() bool { return last() == i+1 })
		v.Last = max(v.Last, time.Since(began))
		time.Sleep(time.Second) // messages go out meanwhile
	}
	v.During = searchers.reset()
	v.Searches = searchers.stop()
	return v
}

// reader is how many notices somebody of the crowd finds in the mini program.
func (c *Crowd) reader(n *Newsroom, id string) func() int {
	v := n.visitor(240 + len(id)%2)
	i := slices.Index(c.IDs, id)
	v.From = fmt.Sprintf("10.6.%d.%d", i>>8&255, i&255)
	v.Token = v.Must("POST /api/v1/login", map[string]string{"code": c.WeChat.LoginCode(phone(i))})["token"].(string)
	v.Must("POST /api/v1/me/consent", map[string]any{"version": 1})
	return func() int {
		return int(v.Must("GET /api/v1/me/notices?limit=1", nil)["total"].(float64))
	}
}

// searchers ask as residents do, and note how long each answer takes.
type searchers struct {
	mu    sync.Mutex
	took  []time.Duration
	all   int
	ends  chan struct{}
	still sync.WaitGroup
}

// searchers begins some clients that search, each some forty times a second at most.
func (n *Newsroom) searchers(clients int) *searchers {
	s := &searchers{ends: make(chan struct{})}
	questions := []string{"公积金", "加装电梯", "老旧小区改造", "住房补贴", "物业", "租赁补贴怎么申请", "鸢建发〔2026〕3号", "gongjijin"}
	for client := range clients {
		s.still.Go(func() {
			beat := time.NewTicker(25 * time.Millisecond)
			defer beat.Stop()
			for i := client; ; i++ {
				select {
				case <-s.ends:
					return
				case <-beat.C:
				}
				v := &Visitor{T: n.t, Address: n.server.Address, Now: time.Now, From: fmt.Sprintf("10.8.%d.%d", client, i%250)}
				began := time.Now()
				v.Send("GET /api/v1/policies?q="+questions[i%len(questions)], nil)
				s.note(time.Since(began))
			}
		})
	}
	return s
}

func (s *searchers) note(took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, took)
	s.all++
}

// reset is the p99 since the last time it was asked.
func (s *searchers) reset() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.took)
	var p99 time.Duration
	if len(s.took) > 0 {
		p99 = s.took[len(s.took)*99/100]
	}
	s.took = nil
	return p99
}

func (s *searchers) stop() (asked int) {
	close(s.ends)
	s.still.Wait()
	return s.all
}

// Match has everybody of the crowd follow a search of their own, publishes a long
// document that a tenth of them finds, twice, and says how long the second took to be
// matched, and how long its reviewer waited to see how many it would reach.
func (c *Crowd) Match(n *Newsroom, dice *rand.Rand) (took, rehearsed time.Duration, found int) {
	c.t.Helper()
	words := wordsOf(dice, 18)
	rows := make([][]any, len(c.IDs))
	for i := range rows {
		rows[i] = []any{fmt.Sprintf("s%07d", i), words() + " " + words(), `{}`, "", "", time.Now().UnixMilli()}
	}
	c.insert(`saved_searches (id, text, filters, anchor, rules, saved_at)`, func(i int) []any { return rows[i] })
	c.insert(`follows (resident_id, kind, key, name, followed_at)`, func(i int) []any {
		return []any{c.IDs[i], "search", rows[i][0], rows[i][1], time.Now().UnixMilli()}
	})
	for i := range 2 {
		content := n.draft(word(i), i+1)
		content["body"] = longBody(wordsOf(dice, 6))
		r := n.inReview(content)
		began := time.Now()
		if reach := n.Reviewer.Must("GET "+desk(r)+"/rehearsal", nil)["people"].(float64); int(reach) < len(c.IDs) {
			c.t.Errorf("the rehearsal reaches %.0f people of %d", reach, len(c.IDs))
		}
		rehearsed = time.Since(began)
		n.signTold(r)
		began = time.Now()
		of := ` FROM announcements WHERE id = '` + c.h.Strings(announced)[0] + `'`
		Eventually(c.t, "who follows a search is found", func() bool { return c.number(`SELECT count(*)`+of+` AND stage = 'matching'`) == 0 })
		took = time.Since(began)
		Eventually(c.t, "all have their notices", func() bool { return c.number(`SELECT spread_at`+of) > 0 })
	}
	return took, rehearsed, c.number(`SELECT count(*) FROM announcement_finds WHERE announcement_id = (` + announced + `)`)
}

// wordsOf gives words of policies by chance, that begin with one of so many subjects.
func wordsOf(dice *rand.Rand, subjects int) func() string {
	one := []rune("养老就业医保教育住房户籍交通税费创业残疾救助环境安全文化体育旅游农业土地")
	two := []rune("补贴办法申请管理认定登记缴费报销待遇标准服务改造建设规划审批监督公开评估")
	return func() string {
		i, j := dice.IntN(min(subjects, len(one)/2))*2, dice.IntN(len(two)/2)*2
		return string(one[i:i+2]) + string(two[j:j+2])
	}
}

func longBody(words func() string) []map[string]any {
	body := make([]map[string]any, 100)
	for i := range body {
		var text strings.Builder
		fmt.Fprintf(&text, "第%d条　", i+1)
		for text.Len() < 300 {
			text.WriteString(words() + "的" + words() + "，")
		}
		body[i] = map[string]any{"kind": "text", "text": strings.TrimSuffix(text.String(), "，") + "。"}
	}
	return body
}
