package housetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// Soonness is how soon notices were there, and how searches went meanwhile.
type Soonness struct {
	First, Last        time.Duration // the longest of all rounds
	Untold, Told, Idle time.Duration // p99 of a search: beside a document that nobody is told, one that all are told, and nothing
	Searches           int
}

func (v Soonness) String() string {
	return fmt.Sprintf("the first after %v, the last after %v; p99 of %d searches %v meanwhile, %v beside publishing that nobody is told, %v beside nothing",
		v.First, v.Last, v.Searches, v.Told, v.Untold, v.Idle)
}

// Soon publishes some documents while clients search, in turn one that all are told
// and one that nobody is.
func (c *Crowd) Soon(n *Newsroom, rounds int) (v Soonness) {
	c.t.Helper()
	sorted := slices.Sorted(slices.Values(c.IDs))
	first, last := c.reader(n, sorted[0]), c.reader(n, sorted[len(sorted)-1])
	searchers := n.searchers(3)
	time.Sleep(2 * time.Second) // the first searches wake what slept
	searchers.take()
	time.Sleep(5 * time.Second)
	v.Idle = p99(searchers.take())
	var told, untold []time.Duration
	for i := range rounds {
		began := time.Now()
		n.Tell(2*i + 1)
		Eventually(c.t, "the first has a notice", func() bool { return first() == i+1 })
		v.First = max(v.First, time.Since(began))
		Eventually(c.t, "the last has a notice", func() bool { return last() == i+1 })
		v.Last = max(v.Last, time.Since(began))
		time.Sleep(time.Second) // messages go out meanwhile
		took := time.Since(began)
		told = append(told, searchers.take()...)
		began = time.Now()
		n.sign(n.inReview(n.draft(word(2*i+2), 2*i+3)))
		time.Sleep(took - time.Since(began))
		untold = append(untold, searchers.take()...)
	}
	v.Told, v.Untold = p99(told), p99(untold)
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

// searchers begins some clients that search, each twenty times a second at most.
func (n *Newsroom) searchers(clients int) *searchers {
	s := &searchers{ends: make(chan struct{})}
	for client := range clients {
		s.still.Go(func() {
			beat := time.NewTicker(50 * time.Millisecond)
			defer beat.Stop()
			for i := client; ; i++ {
				select {
				case <-s.ends:
					return
				case <-beat.C:
				}
				v := &Visitor{T: n.t, Address: n.server.Address, Now: time.Now, From: fmt.Sprintf("10.8.%d.%d", client, i%250)}
				began := time.Now()
				v.Send(question(i), nil)
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

// take gives how long the searches took since it was asked last.
func (s *searchers) take() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	took := s.took
	s.took = nil
	return took
}

func p99(took []time.Duration) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[len(took)*99/100]
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
