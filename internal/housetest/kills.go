package housetest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"yuandu/model"
)

// Dice are random moments that can be had again: YUANDU_SEED says which.
func Dice(t testing.TB) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if said := os.Getenv("YUANDU_SEED"); said != "" {
		var err error
		if seed, err = strconv.ParseUint(said, 10, 64); err != nil {
			t.Fatal("YUANDU_SEED is not a number")
		}
	}
	t.Logf("random moments of YUANDU_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// moment is somewhere in what a command needs when it is left alone.
func moment(dice *rand.Rand, whole time.Duration) time.Duration {
	return time.Duration((0.03 + 0.94*dice.Float64()) * float64(whole))
}

// KillImports imports rows piece by piece and kills each import at a random
// moment. What is there in the end must be what an import that nobody disturbed
// leaves in another house, and all of it found. It tells how many were killed.
func (h *House) KillImports(dice *rand.Rand, rows [][]byte, kills int, undisturbed *House) (killed int) {
	h.t.Helper()
	pieces := kills + kills/4 // some may end before their moment has come
	file := ""
	for n := 1; n <= pieces; n++ {
		file = File(h.t, fmt.Sprintf("%d.jsonl", n), rows[:len(rows)*n/pieces])
		began := time.Now()
		undisturbed.Must("import", "policies", file)
		if killed < kills && h.Start("import", "policies", file).KillAfter(moment(dice, time.Since(began))) {
			killed++
		}
	}
	h.Must("import", "policies", file)
	h.SameAs(undisturbed)
	server := h.Serve()
	server.holdsAll()
	server.Stop()
	return killed
}

// SameAs compares what two houses hold: nothing lost, nothing doubled.
func (h *House) SameAs(other *House) {
	h.t.Helper()
	if got, want := h.Records(), other.Records(); !slices.Equal(got, want) {
		h.t.Errorf("%d documents, where an undisturbed import leaves %d, or others", len(got), len(want))
	}
	for _, query := range []string{
		`SELECT count(*) FROM revisions`, `SELECT count(*) FROM departments`, `SELECT count(*) FROM policy_departments`,
		`SELECT count(*) FROM policy_topics`, `SELECT count(*) FROM policy_relations`, `SELECT count(*) FROM interpretation_policies`,
	} {
		if got, want := h.Count(query), other.Count(query); got != want {
			h.t.Errorf("%s: %d, undisturbed %d", query, got, want)
		}
	}
	if left := h.Count(`SELECT count(*) FROM search_outbox`); left > 0 {
		h.t.Errorf("%d documents still wait for the index", left)
	}
}

// holdsAll holds what is found to what is there.
func (s *Server) holdsAll() {
	s.t.Helper()
	policies, interpretations, degraded := s.Public()
	h := s.house
	if wantPolicies, wantOthers := h.Count(`SELECT count(*) FROM policies`), h.Count(`SELECT count(*) FROM interpretations`); policies !=
		wantPolicies || interpretations != wantOthers || degraded {
		s.t.Errorf("%d of %d policies and %d of %d interpretations are found, degraded %v",
			policies, wantPolicies, interpretations, wantOthers, degraded)
	}
}

// KillReindexes kills commands that rebuild the index themselves: the old index
// goes on answering. It tells how many were killed.
func (h *House) KillReindexes(dice *rand.Rand, kills int) (killed int) {
	h.t.Helper()
	began := time.Now()
	h.Must("reindex")
	whole := time.Since(began)
	for tries := 0; killed < kills && tries < 2*kills; tries++ {
		if h.Start("reindex").KillAfter(moment(dice, whole)) {
			killed++
		}
		server := h.Serve()
		server.holdsAll()
		server.Stop()
	}
	h.Must("reindex")
	h.wholeAfterRebuild()
	return killed
}

// KillServersThatReindex kills servers that were asked to rebuild the index: the
// next one answers from the old index and does what was asked of the other. It
// tells how many were killed before they had done it.
func (h *House) KillServersThatReindex(dice *rand.Rand, kills int) (killed int) {
	h.t.Helper()
	server := h.Serve()
	began := time.Now()
	h.Must("reindex")
	whole := time.Since(began)
	for tries := 0; killed < kills && tries < 2*kills; tries++ {
		asked := h.Start("reindex")
		asked.Await("由它重建")
		if asked.KillsWhile(server.Process, moment(dice, whole)) {
			killed++
		}
		server = h.Serve()
		server.holdsAll()
		if status := asked.Wait(); status != 0 {
			h.t.Errorf("the command ended with %d:\n%s", status, asked.Said())
		}
	}
	server.Stop()
	h.wholeAfterRebuild()
	return killed
}

// KillsWhile kills a server when the command that asked it has run for a while,
// and says whether the command was still waiting.
func (p *Process) KillsWhile(server *Process, running time.Duration) bool {
	select {
	case <-p.ended:
	case <-time.After(time.Until(p.began.Add(running))):
	}
	waiting := !p.Ended()
	server.Kill()
	return waiting
}

func (h *House) wholeAfterRebuild() {
	h.t.Helper()
	server := h.Serve()
	server.holdsAll()
	want := 1
	if !h.IsEmbedded() {
		want = len(model.Kinds())
	}
	Eventually(h.t, "nothing but the new index lies there", func() bool { return len(h.Generations()) == want })
	server.Stop()
	if wanted := h.Count(`SELECT count(*) FROM search_rebuilds WHERE finished_at = 0`); wanted > 0 {
		h.t.Errorf("%d rebuilds are still asked for", wanted)
	}
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
		v.InFlight += crowd.number(`SELECT coalesce(sum(asked), 0) FROM push_waves WHERE ended_at = 0`)
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
