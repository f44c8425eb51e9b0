package soak

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/media/pages"
	"yuandu/model"
)

// printedGazette brings an issue of 273 pages in, and compares what was made of it with its source
// and with what the bare engine takes.
func printedGazette(t *testing.T) {
	const path = gazette + "_273p.pdf"
	if _, err := os.Stat(path); os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	h := housetest.Embedded(t)
	h.Must("import", "policies", housetest.SharedData(t)+"/policies/policies_statecouncil.jsonl")
	bring := func() (time.Duration, housetest.Memory) {
		began := time.Now()
		p := h.Start("import", "gazette", path, "--department", "国务院办公厅", "--year", "2019", "--issue", "1")
		most := p.MostMemory()
		if p.Wait() != 0 {
			t.Fatal(p.Said())
		}
		return time.Since(began), most
	}
	warm := h.Run("import", "gazette", "../../shared/data/pdf/made_noembed.pdf", "--department", "国务院办公厅") // PDFium is compiled once
	if !strings.Contains(warm.Said, "草稿") {
		t.Fatalf("a small file: %s", warm.Said)
	}
	bare := bareEngine(t, path)
	first, memory := bring()
	second, _ := bring()
	const count = 273
	rate := count / first.Seconds()
	reckon(t,
		figureOf{"pages a second, brought in on " + strconv.Itoa(runtime.NumCPU()) + " cores", rate, 20, atLeast},
		figureOf{"share of the page rate of the bare engine", rate / bare, .6, atLeast},
		figureOf{"times faster the second time", first.Seconds() / second.Seconds(), 20, atLeast},
		figureOf{"most memory of a process that opens a page, MB", memory.Workers, 512, atMost},
		figureOf{"most memory of the process that brings it in, MB", memory.Own, 512, atMost})
	asPrinted(t, h)
}

// bareEngine is at how many pages a second text is read and the same pictures are drawn, and
// nothing is kept.
func bareEngine(t *testing.T, path string) float64 {
	t.Helper()
	e := mediatest.Pages(2)
	if d, err := e.Open(t.Context(), path); err != nil { // compiles
		t.Fatal(err)
	} else {
		d.Close()
	}
	var done atomic.Int64
	began := time.Now()
	err := e.Each(context.Background(), path, func(d *pages.Document, page int) error {
		_, err := d.Text(t.Context(), page)
		for _, width := range []int{1080, 360} {
			if err == nil {
				_, err = d.Picture(t.Context(), page, width)
			}
		}
		done.Add(1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return float64(done.Load()) / time.Since(began).Seconds()
}

// asPrinted compares what is kept of the issue with the source it was printed from.
func asPrinted(t *testing.T, h *housetest.House) {
	t.Helper()
	bodies := h.Strings(`SELECT p.body FROM printed_pages p JOIN printed_files f ON f.sm3 = p.sm3 WHERE f.pages = 273 ORDER BY p.page`)
	passages := gazetteOfWord(t)
	var written strings.Builder
	var titles []string
	for _, p := range passages {
		written.WriteString(mediatest.Tight(p.Text + strings.Join(slices.Concat(p.Rows...), "")))
		if p.Kind == model.PassageHeading && p.Level == 1 {
			titles = append(titles, mediatest.Tight(p.Text))
		}
	}
	var draft model.GazetteDraft
	content := h.Strings(`SELECT content FROM publications WHERE kind = 'gazette' AND doc_number = '2019年第1期'`)
	if len(content) != 1 || json.Unmarshal([]byte(content[0]), &draft) != nil {
		t.Fatalf("%d drafts were made", len(content))
	}
	entries, borders, linked := 0, 0, 0
	for _, e := range draft.Contents {
		if e.Page <= len(bodies) && strings.Contains(mediatest.Tight(bodies[e.Page-1]), mediatest.Tight(e.Title)) {
			entries++
		}
	}
	firsts := append(firstPages(bodies, titles), len(bodies)+1)
	for _, p := range draft.Pieces {
		if n := slices.Index(titles, mediatest.Tight(p.Title)); n >= 0 && p.First == firsts[n] && p.Last == firsts[n+1]-1 {
			borders++
		}
		if p.PolicyID != "" {
			linked++
		}
	}
	sizes := h.Strings(`SELECT CAST(k.size AS TEXT) FROM printed_pictures k JOIN printed_files f ON f.sm3 = k.sm3 WHERE f.pages = 273 AND k.width = 1080 ORDER BY k.size`)
	median, err := strconv.Atoi(sizes[len(sizes)/2])
	if err != nil {
		t.Fatal(err)
	}
	same := 0.0
	if mediatest.Tight(strings.Join(bodies, "")) == written.String() {
		same = 1
	}
	reckon(t,
		figureOf{"pages whose text is that of the source, all at once (1 for yes)", same, 1, exactly},
		figureOf{"entries of the contents on the right page", float64(entries), 135, exactly},
		figureOf{"pieces with the right borders, of 40", float64(borders), 38, atLeast},
		figureOf{"pieces that were linked to the policies that they are", float64(linked), 38, atLeast},
		figureOf{"median bytes of a page at 1080", float64(median), 110 << 10, atMost})
}

// firstPages are those at whose top the titles stand, one behind the other.
func firstPages(bodies, titles []string) (firsts []int) {
	page := 1
	for _, title := range titles {
		for page < len(bodies) && !strings.HasPrefix(mediatest.Tight(bodies[page-1]), title) {
			page++
		}
		firsts = append(firsts, page)
	}
	return firsts
}

// gazetteOfWord is what stands in the Word document that the issue was printed from.
func gazetteOfWord(t *testing.T) []model.Passage {
	t.Helper()
	file, err := os.ReadFile(gazette + ".docx")
	if err != nil {
		t.Fatal(err)
	}
	d, err := media.ReadDocx(bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d.Passages
}
