package main

import (
	"testing"

	"yuandu/internal/housetest"
)

// The long variant of these stories is make soak NAME=house.
const kills = 5

// some expects that at least one was killed: otherwise nothing was tried.
func some(t *testing.T, killed int) {
	t.Helper()
	t.Logf("%d were killed", killed)
	if killed == 0 {
		t.Error("all ended before their moment had come")
	}
}

func TestKilledImportsLoseAndDoubleNothing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		some(t, h.KillImports(housetest.Dice(t), housetest.RealRows(t, 600), kills, housetest.Embedded(t)))
	})
}

func TestKilledRebuildsLeaveTheOldIndex(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 300)))
		some(t, h.KillReindexes(housetest.Dice(t), kills))
	})
}

func TestKilledServersFinishTheRebuildLater(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 300)))
		n := kills
		if !h.IsEmbedded() {
			n = 2 // the lock of a killed process outlives it for some seconds
		}
		some(t, h.KillServersThatReindex(housetest.Dice(t), n))
	})
}
