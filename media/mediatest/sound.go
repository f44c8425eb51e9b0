package mediatest

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/hajimehoshi/go-mp3"
)

// Sound is what an MP3 of one channel gives when it is played.
type Sound struct {
	Samples []int16
	Rate    int
}

// Played decodes an MP3.
func Played(t testing.TB, file []byte) Sound {
	t.Helper()
	d, err := mp3.NewDecoder(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(d)
	if err != nil {
		t.Fatal(err)
	}
	const frame = 4 // bytes: two channels are made of one
	one := make([]int16, len(data)/frame)
	for i := range one {
		one[i] = int16(binary.LittleEndian.Uint16(data[frame*i:]))
	}
	return Sound{one, d.SampleRate()}
}

// Heard are the times in milliseconds from which and until which something is louder
// than so much, with a silence of at least gap between two.
func (s Sound) Heard(louder int16, gap time.Duration) (spans [][2]int) {
	step := s.Rate / 500 // 2 ms
	last := -1 << 30
	for i := 0; i+step <= len(s.Samples); i += step {
		if slices.Max(s.Samples[i:i+step]) < louder {
			continue
		}
		now := i * 1000 / s.Rate
		if now-last > int(gap.Milliseconds()) {
			spans = append(spans, [2]int{now, now})
		}
		last = now + 2
		spans[len(spans)-1][1] = last
	}
	return spans
}

// Off are how far times lie from where sound begins after a silence, or ends before one,
// in milliseconds and in order.
func (s Sound) Off(starts, ends []int, louder int16, gap time.Duration) (off []int) {
	spans := s.Heard(louder, gap)
	nearest := func(at, edge int) int {
		best := 1 << 30
		for _, span := range spans {
			best = min(best, max(span[edge]-at, at-span[edge]))
		}
		return best
	}
	for i := range starts {
		off = append(off, nearest(starts[i], 0), nearest(ends[i], 1))
	}
	slices.Sort(off)
	return off
}
