package soak

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/outside"
)

var _ speech.Speaker = (*outside.CloudVoice)(nil)

// voiceFigures has a gazette of forty documents read aloud, as many at once as there
// are cores for, and compares the marks with the silence in what is heard.
func voiceFigures(t *testing.T) {
	saidFigures(t)
	heteronymFigures(t)
	engine, err := speech.FindEspeak()
	if err != nil {
		t.Skip("SKIPPED: espeak-ng is not installed")
	}
	const atOnce = 2
	parts := gazetteInParts(t, size(t, 8)*atOnce)[:atOnce] // an eighth of it is more than an hour of speech
	began := time.Now()
	voices := spokenAtOnce(t, engine, parts)
	took := time.Since(began)
	var sound time.Duration
	var off []int
	for _, v := range voices {
		sound += v.Length
		off = append(off, marksOff(t, v)...)
	}
	slices.Sort(off)
	reckon(t,
		figureOf{"times real time at which two documents are spoken and encoded at once", sound.Seconds() / took.Seconds(), 100, atLeast},
		figureOf{"median ms between marks and silence", float64(off[len(off)/2]), 50, atMost})
}

// gazetteInParts are the sentences of the gazette in so many parts.
func gazetteInParts(t *testing.T, n int) (parts [][]speech.Sentence) {
	t.Helper()
	file, err := os.ReadFile(gazette + ".docx")
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	d, err := media.ReadDocx(bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, p := range d.Passages {
		text.WriteString(p.Text + "\n")
	}
	all := speech.OfText(text.String())
	for i := range n {
		parts = append(parts, all[i*len(all)/n:(i+1)*len(all)/n])
	}
	return parts
}

func spokenAtOnce(t *testing.T, by speech.Speaker, parts [][]speech.Sentence) []*speech.Voice {
	t.Helper()
	voices := make([]*speech.Voice, len(parts))
	failures := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { voices[i], failures[i] = speech.Make(t.Context(), by, part) })
	}
	all.Wait()
	if err := errors.Join(failures...); err != nil {
		t.Fatal(err)
	}
	return voices
}

func marksOff(t *testing.T, v *speech.Voice) []int {
	t.Helper()
	const louder = 520 // of 32768
	var starts, ends []int
	for _, m := range v.Marks {
		starts, ends = append(starts, m.Start), append(ends, m.End)
	}
	return mediatest.Played(t, v.MP3).Off(starts, ends, louder, 200*time.Millisecond)
}

const speechTables = "../media/speech/testdata/"

// saidFigures counts of how many lines of the table is said what stands in it.
func saidFigures(t *testing.T) {
	lines := tableLines(t, "spoken.tsv")
	right := 0
	for _, l := range lines {
		said := ""
		for _, k := range speech.OfBody(model.Body{{Kind: model.BlockParagraph, Text: l[0]}}) {
			said += k.Text
		}
		if said == l[1] {
			right++
		} else {
			t.Logf("%s is said %s", l[0], said)
		}
	}
	reckon(t, figureOf{"cases of official text", float64(len(lines)), 300, atLeast},
		figureOf{"share of them said right", share(right, len(lines)), 1, atLeast})
}

// heteronymFigures counts of how many words the reading is right in their sentence.
func heteronymFigures(t *testing.T) {
	lines := tableLines(t, "heteronyms.tsv")
	right := 0
	for _, l := range lines {
		before, rest, _ := strings.Cut(l[0], "【")
		word, after, _ := strings.Cut(rest, "】")
		from := len([]rune(before))
		syllables := strings.Fields(speech.Pinyin(before + word + after))
		if strings.Join(syllables[from:from+len([]rune(word))], " ") == l[1] {
			right++
		}
	}
	reckon(t, figureOf{"words with more than one reading", float64(len(lines)), 200, atLeast},
		figureOf{"share of them read right", share(right, len(lines)), 1, atLeast})
}

// tableLines are the pairs of a table that is kept beside the package.
func tableLines(t *testing.T, name string) (all [][2]string) {
	t.Helper()
	table, err := os.ReadFile(speechTables + name)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(table)) {
		if left, right, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "\t"); ok && !strings.HasPrefix(l, "#") {
			all = append(all, [2]string{left, right})
		}
	}
	return all
}
