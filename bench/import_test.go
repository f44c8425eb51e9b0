package bench

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/mapping"
)

const million = 1e6

// imports measures yuandu import, from the files to the last document found,
// against bleve indexing the same text and doing nothing else. Each runs twice
// and the better one counts: whatever else the machine does only costs time.
func (b *bench) imports(t *testing.T) {
	laws := b.emptyHouse("laws").imports(t, files(t, "laws/*.jsonl*"))
	note("laws alone: %d rows in %.1f s", laws.rows, laws.took.Seconds())
	b.figure("import: peak memory on all laws", float64(laws.peak)/(1<<20), " MB", "< 600")

	b.embedded = b.emptyHouse("embedded")
	run := b.embedded.imports(t, everything(t))
	documents := b.corpus(t)
	lean := b.timeBleve(t, documents, "bleve-lean", leanMapping())
	again := b.emptyHouse("embedded-again").imports(t, everything(t))
	lean = min(lean, b.timeBleve(t, documents, "bleve-lean-again", leanMapping()))
	run.took = min(run.took, again.took)
	stock := b.timeBleve(t, documents, "bleve-stock", stockMapping())

	characters := float64(totalCharacters(documents)) / million
	note("yuandu import: %d rows, %d documents, %.1f million characters in %.1f s: %.0f rows/s, %.2f million characters/s, peak %d MB",
		run.rows, len(documents), characters, run.took.Seconds(), float64(run.rows)/run.took.Seconds(), characters/run.took.Seconds(), run.peak>>20)
	note("bleve, nothing stored: %.1f s, %.2f million characters/s; with its defaults: %.1f s, %.2f million characters/s",
		lean.Seconds(), characters/lean.Seconds(), stock.Seconds(), characters/stock.Seconds())
	b.figure("import ÷ bleve's batch indexing, nothing stored", lean.Seconds()/run.took.Seconds(), "", "≥ 0.5")
}

// timeBleve indexes titles and bodies with bleve alone.
func (b *bench) timeBleve(t *testing.T, documents []document, name string, m mapping.IndexMapping) time.Duration {
	t.Helper()
	index := newBleve(t, filepath.Join(b.folder, name), m)
	took := fillBleve(t, index, documents, func(d *document) any { return map[string]any{"title": d.Title, "body": d.Body} })
	must(t, index.Close())
	must(t, os.RemoveAll(filepath.Join(b.folder, name)))
	return took
}
