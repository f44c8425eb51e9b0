package housetest

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Spoken says what became of opinions that thousands sent while the house was killed.
type Spoken struct {
	Kills, People int
	Acknowledged  int
	Lost          int // acknowledged, and not there
	Other         int // there with other words, or more than once
	Took          time.Duration
	P99           time.Duration // of the tries that were answered
}

func (v Spoken) String() string {
	return fmt.Sprintf("%d people, %d kills, %d opinions acknowledged within %v; %d lost, %d otherwise there; p99 of an answer %v", v.People, v.Kills,
		v.Acknowledged, v.Took.Round(time.Second), v.Lost, v.Other, v.P99.Round(time.Millisecond))
}

// hands is how many phones send at the same moment.
const hands = 64

// KillWhileSpeaking kills the house at random moments while so many residents each say
// something to a draft, and say it again until they are answered; it looks at what is
// there in the end. put puts a draft out and gives its ID.
func (h *House) KillWhileSpeaking(dice *mathrand.Rand, people, kills int, put func(h *House, address string) string) (v Spoken) {
	h.t.Helper()
	w, h := h.BehindProxy().With("YUANDU_ADDR", freeAddress(h.t)).WeChat()
	s := h.Serve()
	id := put(h, s.Address)
	all := &writers{t: h.t, wechat: w, address: s.Address}
	said := all.arrive(people)
	v.People = people
	began := time.Now()
	var still sync.WaitGroup
	var next atomic.Int64
	for range hands {
		still.Go(func() {
			for n := int(next.Add(1)) - 1; n < people; n = int(next.Add(1)) - 1 {
				said[n].say(all, id, n)
			}
		})
	}
	for ; v.Kills < kills; v.Kills++ {
		s.KillAfter(time.Since(s.began) + time.Duration(500+dice.Float64()*2500)*time.Millisecond)
		s = h.Serve()
	}
	still.Wait()
	v.Took = time.Since(began)
	v.count(said, id)
	s.Stop()
	return v
}

// speaker is a resident and what they said.
type speaker struct {
	*Visitor
	text  string
	there bool // they were told so
	took  []time.Duration
}

// arrive lets so many residents sign in.
func (w *writers) arrive(people int) []*speaker {
	said := make([]*speaker, people)
	var next atomic.Int64
	var all sync.WaitGroup
	for range hands / 4 {
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < people; n = int(next.Add(1)) - 1 {
				said[n] = &speaker{Visitor: &Visitor{T: w.t, Address: w.address, Now: time.Now, From: fmt.Sprintf("10.%d.%d.%d", 20+n>>16, n>>8&255, n&255)}}
				w.signIn(said[n].Visitor, fmt.Sprint("提意见的人", n))
			}
		})
	}
	all.Wait()
	return said
}

// say says something until it is answered, under one key.
func (p *speaker) say(w *writers, id string, n int) {
	p.text = fmt.Sprintf("第%d条意见：物业费调整应当先公布成本。", n)
	key := "Idempotency-Key: " + rand.Text()
	for {
		began := time.Now()
		a, err := p.try(p.request("PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "change", "text": p.text}), key)
		switch {
		case err == nil && (a.StatusCode == http.StatusOK || a.Says("request.done_before")):
			p.there, p.took = true, append(p.took, time.Since(began))
			return
		case err == nil && !passes(a):
			w.t.Errorf("opinion %d: %d %s", n, a.StatusCode, a.Text)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// count compares what everybody was told with what each reads of their own.
func (v *Spoken) count(said []*speaker, id string) {
	var took []time.Duration
	for _, p := range said {
		took = append(took, p.took...)
		if !p.there {
			continue
		}
		v.Acknowledged++
		mine := p.Must("GET /api/v1/me/opinions?limit=50", nil)["items"].([]any)
		switch {
		case len(mine) == 0:
			v.Lost++
		case len(mine) > 1 || mine[0].(map[string]any)["text"] != p.text || mine[0].(map[string]any)["consultation_id"] != id:
			v.Other++
		}
	}
	if slices.Sort(took); len(took) > 0 {
		v.P99 = took[len(took)*99/100]
	}
}
