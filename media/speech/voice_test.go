package speech

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
)

// needEncoder skips where nobody has built the encoder.
func needEncoder(t *testing.T) {
	t.Helper()
	if _, err := loadLame(); errors.Is(err, ErrNoEncoder) {
		missing(t, "the encoder of MP3 was not built (make web)")
	} else if err != nil {
		t.Fatal(err)
	}
}

func needEspeak(t *testing.T) *Espeak {
	t.Helper()
	e, err := FindEspeak()
	if err != nil {
		missing(t, "espeak-ng is not installed")
	}
	return e
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip("SKIPPED: " + what)
}

// humming is how loud it hums.
const humming = 12000

// hum speaks in tones: 10 milliseconds for every rune.
type hum struct{ broken string }

func (h hum) Name() string { return "hum" }
func (h hum) Rate() int    { return 22050 }

var errBroken = errors.New("broken")

func (h hum) Speak(_ context.Context, sentence string) ([]int16, error) {
	if sentence == h.broken {
		return nil, errBroken
	}
	n := len([]rune(sentence)) * 10 * h.Rate() / 1000
	samples := make([]int16, n+2000)
	for i := range n {
		samples[1000+i] = int16(humming * math.Sin(float64(i)*2*math.Pi*300/float64(h.Rate())))
	}
	return samples, nil
}

var ordinance = model.Body{
	{Kind: model.BlockChapter, Label: "第一章", Text: "总则"},
	{Kind: model.BlockArticle, Label: "第一条", Text: "为了加强城市绿化管理，保护和改善生态环境，制定本办法。本市市区内的绿化适用本办法。"},
	{Kind: model.BlockArticle, Label: "第二条", Text: "市、县（市、区）人民政府应当将城市绿化纳入国民经济和社会发展规划；所需经费列入财政预算。"},
	{Kind: model.BlockArticle, Label: "第三条", Text: "新建住宅小区绿地率不低于35%，每户不少于2㎡；咨询电话0536-8091234。"},
}

// granule is how many milliseconds MP3 smears an onset over at this rate.
const granule = 30

func TestMarksAreWhereTheSoundIs(t *testing.T) {
	needEncoder(t)
	of := OfBody(ordinance)
	v, err := Make(t.Context(), hum{}, of)
	if err != nil {
		t.Fatal(err)
	}
	spans := mediatest.Played(t, v.MP3).Heard(humming/2, 150*time.Millisecond)
	if len(spans) != len(of) || len(v.Marks) != len(of) {
		t.Fatalf("%d sentences, %d marks, %d times sound", len(of), len(v.Marks), len(spans))
	}
	for i, m := range v.Marks {
		if off := max(abs(m.Start-spans[i][0]), abs(m.End-spans[i][1])); off > granule {
			t.Errorf("sentence %d is at %d to %d, its sound at %v", i, m.Start, m.End, spans[i])
		}
		if m.Block != of[i].Block || m.Range != of[i].Range {
			t.Errorf("mark %d is of %v", i, m)
		}
	}
	if gap := v.Marks[1].Start - v.Marks[0].End; gap < 690 || gap > 715 {
		t.Errorf("%d ms after a heading", gap)
	}
	if gap := v.Marks[2].Start - v.Marks[1].End; gap < 240 || gap > 265 {
		t.Errorf("%d ms after a sentence", gap)
	}
}

func abs(i int) int { return max(i, -i) }

func TestTheSoundHasTheSameRateAllAlong(t *testing.T) {
	needEncoder(t)
	v, err := Make(t.Context(), hum{}, OfBody(ordinance))
	if err != nil {
		t.Fatal(err)
	}
	want := v.Length.Seconds() * bitRate * 1000 / 8
	if got := float64(len(v.MP3)); math.Abs(got-want) > 600 {
		t.Errorf("%.0f bytes for %v, want %.0f", got, v.Length, want)
	}
}

func TestWhatASpeakerCannotSayEndsTheVoice(t *testing.T) {
	needEncoder(t)
	of := OfBody(ordinance)
	if _, err := Make(t.Context(), hum{of[2].Text}, of); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
	if _, err := Make(t.Context(), hum{}, nil); !errors.Is(err, ErrSilent) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Make(ended, silent{}, of); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// silent never says anything.
type silent struct{ hum }

func (silent) Speak(ctx context.Context, _ string) ([]int16, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

type other struct{ hum }

func (other) Name() string { return "other" }

func TestOnlyWhatChangedIsMadeAgain(t *testing.T) {
	key := Key(hum{}, OfBody(ordinance))
	if key != Key(hum{}, OfBody(slices.Clone(ordinance))) {
		t.Error("the same text has another key")
	}
	changed := slices.Clone(ordinance)
	changed[3].Text = "新建住宅小区绿地率不低于30%。"
	if key == Key(hum{}, OfBody(changed)) || key == Key(other{}, OfBody(ordinance)) {
		t.Error("another text or another voice has the same key")
	}
}

func TestEspeakReadsPinyin(t *testing.T) {
	e := needEspeak(t)
	samples, err := e.Speak(t.Context(), "鸢都市人民政府，二零二一年。")
	if err != nil {
		t.Fatal(err)
	}
	if seconds := float64(len(trim(samples))) / espeakRate; seconds < 2 || seconds > 6 {
		t.Errorf("%.1f seconds", seconds)
	}
}

func TestEspeakUnderstandsEveryReading(t *testing.T) {
	e := needEspeak(t)
	said := map[string]bool{}
	for _, l := range letters {
		said[l] = true
	}
	for r := '一'; r <= '龥'; r++ {
		if s := usual(r); s != "" {
			said[s] = true
		}
	}
	for _, of := range readings {
		for _, s := range of {
			said[s] = true
		}
	}
	var all bytes.Buffer
	for s := range said {
		all.WriteString(s + "\n")
	}
	program := exec.Command(e.path, "-v", espeakVoice, "-x", "-q", "--stdin")
	program.Stdin = &all
	out, err := program.Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out, []byte("(en)")); n > 0 {
		t.Errorf("%d of %d syllables are read as English: %.300s", n, len(said), out)
	}
}

func TestWithoutEspeakTheReasonIsSaid(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := FindEspeak(); !errors.Is(err, ErrNoEngine) {
		t.Errorf("got %v", err)
	}
}

func TestAProgramThatHangsOrGivesNoSoundIsAnError(t *testing.T) {
	for name, script := range map[string]string{
		"hangs":      "#!/bin/sh\nexec sleep 60\n",
		"says words": "#!/bin/sh\necho no sound\n",
		"never ends": "#!/bin/sh\nexec cat /dev/zero\n",
		"fails":      "#!/bin/sh\nexit 3\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/engine"
			if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			if _, err := (&Espeak{path}).Speak(ctx, "一"); err == nil {
				t.Error("it was heard")
			}
		})
	}
}

func TestADocumentIsSpokenByEspeakWithItsMarks(t *testing.T) {
	needEncoder(t)
	e := needEspeak(t)
	began := time.Now()
	of := OfBody(ordinance)
	v, err := Make(t.Context(), e, of)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v of sound in %v", v.Length, time.Since(began))
	var starts, ends []int
	for _, m := range v.Marks {
		starts, ends = append(starts, m.Start), append(ends, m.End)
	}
	off := mediatest.Played(t, v.MP3).Off(starts, ends, 2*quiet, 200*time.Millisecond)
	if median := off[len(off)/2]; median >= 50 {
		t.Errorf("marks are %d ms from silence: %v", median, off)
	}
}
