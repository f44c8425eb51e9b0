package soak

import (
	"fmt"
	"testing"
	"time"

	"yuandu/internal/housetest"
)

// publishing tries the way of a document: how soon it is found, how surely it is
// gone, whether somebody can change it unseen, whether two editors lose a word, and
// how well Word documents, amended laws and personal data are read.
func publishing(t *testing.T) {
	t.Run("word", docxFigures)
	t.Run("comparison", compareFigures)
	t.Run("checks", checkFigures)
	t.Run("search", publishedAndFound)
	t.Run("together", writtenTogether)
	t.Run("tampering", tamperedWith)
}

func eachSet(t *testing.T, test func(t *testing.T, h *housetest.House, set string)) {
	t.Run("embedded", func(t *testing.T) { test(t, housetest.Embedded(t).BehindProxy(), "embedded") })
	t.Run("production", func(t *testing.T) { test(t, housetest.Production(t).BehindProxy(), "production") })
}

func publishedAndFound(t *testing.T) {
	goals := map[string]time.Duration{"embedded": time.Second, "production": 3 * time.Second}
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", housetest.RealRows(t, 1500)))
		s := h.Serve()
		got := h.Newsroom(s).PublishAndWithdraw(200, 8)
		p99 := got.Found[len(got.Found)*99/100]
		fmt.Printf("note: %s, %d questions meanwhile, half found within %v\n", set, got.Questions, got.Found[len(got.Found)/2].Round(time.Millisecond))
		reckon(t, figureOf{"milliseconds from published to found, p99 of 200, " + set, float64(p99.Milliseconds()), float64(goals[set].Milliseconds()), atMost},
			figureOf{"answers that had one of 200 withdrawn documents, " + set, float64(got.SeenAfter), 0, exactly})
		s.Stop()
	})
}

func writtenTogether(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		s := h.Serve()
		lost, overtaken := h.Newsroom(s).WriteTogether(2000)
		fmt.Printf("note: %s, %d of 2000 saves were overtaken\n", set, overtaken)
		reckon(t, figureOf{"words lost of two editors and 2000 saves, " + set, float64(lost), 0, exactly})
		s.Stop()
	})
}

func tamperedWith(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		h = h.With("YUANDU_VOICE", "off")
		h.Archive(12)
		figure(t, "changes of one byte that verify finds, "+set, h.Tamper(housetest.Dice(t), 1000), 1000)
	})
}
