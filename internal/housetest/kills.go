package housetest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
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
// leaves in another house, and all of it found.
func (h *House) KillImports(dice *rand.Rand, rows [][]byte, kills int, undisturbed *House) {
	h.t.Helper()
	piece := func(n int) string { return File(h.t, fmt.Sprintf("%d.jsonl", n), rows[:len(rows)*n/kills]) }
	survived := 0
	for n := 1; n <= kills; n++ {
		file := piece(n)
		began := time.Now()
		undisturbed.Must("import", "policies", file)
		if h.Start("import", "policies", file).KillAfter(moment(dice, time.Since(began))) {
			survived++
		}
	}
	h.t.Logf("%d of %d imports were killed", survived, kills)
	if survived == 0 {
		h.t.Error("no import was killed: the moments are wrong")
	}
	h.Must("import", "policies", piece(kills))
	h.SameAs(undisturbed)
	server := h.Serve()
	server.holdsAll()
	server.Stop()
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
// goes on answering.
func (h *House) KillReindexes(dice *rand.Rand, kills int) {
	h.t.Helper()
	began := time.Now()
	h.Must("reindex")
	whole := time.Since(began)
	survived := 0
	for range kills {
		if h.Start("reindex").KillAfter(moment(dice, whole)) {
			survived++
		}
		server := h.Serve()
		server.holdsAll()
		server.Stop()
	}
	h.t.Logf("%d of %d rebuilds were killed", survived, kills)
	h.Must("reindex")
	h.wholeAfterRebuild()
}

// KillServersThatReindex kills servers that were asked to rebuild the index: the
// next one answers from the old index and does what was asked of the other.
func (h *House) KillServersThatReindex(dice *rand.Rand, kills int) {
	h.t.Helper()
	server := h.Serve()
	began := time.Now()
	h.Must("reindex")
	whole := time.Since(began)
	for range kills {
		asked := h.Start("reindex")
		asked.Await("由它重建")
		asked.KillsWhile(server.Process, moment(dice, whole))
		server = h.Serve()
		server.holdsAll()
		if status := asked.Wait(); status != 0 {
			h.t.Errorf("the command ended with %d:\n%s", status, asked.Said())
		}
	}
	server.Stop()
	h.wholeAfterRebuild()
}

// KillsWhile kills a server when the command that asked it has run for a while.
func (p *Process) KillsWhile(server *Process, running time.Duration) {
	select {
	case <-p.ended:
	case <-time.After(time.Until(p.began.Add(running))):
	}
	server.Kill()
}

func (h *House) wholeAfterRebuild() {
	h.t.Helper()
	server := h.Serve()
	server.holdsAll()
	want := 1
	if !h.IsEmbedded() {
		want = 2 // one a kind
	}
	Eventually(h.t, "nothing but the new index lies there", func() bool { return len(h.Generations()) == want })
	server.Stop()
	if wanted := h.Count(`SELECT count(*) FROM search_rebuilds WHERE finished_at = 0`); wanted > 0 {
		h.t.Errorf("%d rebuilds are still asked for", wanted)
	}
}
