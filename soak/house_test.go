package soak

import (
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

const kills = 20

// house kills imports, rebuilds and servers at random moments, each twenty
// times on both sets; YUANDU_SEED repeats a run.
func house(t *testing.T) {
	stories := []struct {
		name string
		run  func(t *testing.T, h *housetest.House) int
	}{
		{"import", func(t *testing.T, h *housetest.House) int {
			return h.KillImports(housetest.Dice(t), housetest.RealRows(t, 1500), kills, housetest.Embedded(t))
		}},
		{"reindex", func(t *testing.T, h *housetest.House) int {
			h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 600)))
			return h.KillReindexes(housetest.Dice(t), kills)
		}},
		{"server that reindexes", func(t *testing.T, h *housetest.House) int {
			h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 600)))
			return h.KillServersThatReindex(housetest.Dice(t), kills)
		}},
	}
	for _, story := range stories {
		t.Run(strings.ReplaceAll(story.name, " ", "_"), func(t *testing.T) {
			housetest.Each(t, func(t *testing.T, h *housetest.House) {
				set := "embedded"
				if !h.IsEmbedded() {
					set = "production"
				}
				killed := story.run(t, h)
				figure(t, "kills survived, "+story.name+", "+set, killed, kills)
			})
		})
	}
}
