package main

import (
	"testing"

	"yuandu/internal/housetest"
)

// The long variant of these stories is in soak.
const kills = 5

func TestKilledImportsLoseAndDoubleNothing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.KillImports(housetest.Dice(t), housetest.RealRows(t, 600), kills, housetest.Embedded(t))
	})
}

func TestKilledRebuildsLeaveTheOldIndex(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 300)))
		h.KillReindexes(housetest.Dice(t), kills)
	})
}

func TestKilledServersFinishTheRebuildLater(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 300)))
		n := kills
		if !h.IsEmbedded() {
			n = 2 // the lock of a killed process outlives it for some seconds
		}
		h.KillServersThatReindex(housetest.Dice(t), n)
	})
}
