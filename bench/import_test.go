package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/mapping"
)

const million = 1e6

// imports measures yuandu import, from the files to the last document found,
// against bleve indexing the same text and doing nothing else, three times in
// turn.
func (b *bench) imports(t *testing.T) {
	laws := b.emptyHouse("laws").imports(t, files(t, "laws/*.jsonl*"))
	note("laws alone: %d rows in %.1f s", laws.rows, laws.took.Seconds())
	b.figure("import: peak memory on all laws", float64(laws.peak)/(1<<20), " MB", "< 600")

	documents := b.corpus(t) // imports once, unmeasured
	characters := float64(totalCharacters(documents)) / million
	note("%d documents of %.1f million characters", len(documents), characters)
	var ratios, stock []float64
	for i := range importRounds() {
		ours := b.emptyHouse(fmt.Sprint("import-", i)).imports(t, everything(t))
		lean := b.timeBleve(t, documents, leanMapping())
		note("yuandu import: %d rows in %.1f s, %.0f rows/s, %.2f million characters/s, peak %d MB; bleve, nothing stored: %.1f s, %.2f million characters/s",
			ours.rows, ours.took.Seconds(), float64(ours.rows)/ours.took.Seconds(), characters/ours.took.Seconds(), ours.peak>>20,
			lean.Seconds(), characters/lean.Seconds())
		ratios = append(ratios, lean.Seconds()/ours.took.Seconds())
		if i == 0 {
			stock = append(stock, b.timeBleve(t, documents, stockMapping()).Seconds()/ours.took.Seconds())
		}
	}
	note("by round: %.2f; against bleve with its defaults: %.2f", ratios, stock)
	b.figure("import ÷ bleve's batch indexing, nothing stored", median(ratios), "", "≥ 0.5")
}

func importRounds() int {
	if testing.Short() {
		return 1
	}
	return 3
}

// timeBleve indexes titles and bodies with bleve alone.
func (b *bench) timeBleve(t *testing.T, documents []document, m mapping.IndexMapping) time.Duration {
	t.Helper()
	folder := filepath.Join(b.folder, "bleve-timed")
	index := newBleve(t, folder, m)
	took := fillBleve(t, index, documents, func(d *document) any { return map[string]any{"title": d.Title, "body": d.Body} })
	must(t, index.Close())
	must(t, os.RemoveAll(folder))
	return took
}
