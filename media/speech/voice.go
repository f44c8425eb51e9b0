package speech

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"time"
)

// Voice is the sound of a document.
type Voice struct {
	MP3    []byte
	Marks  []Mark
	Length time.Duration
	// Key changes with whatever would make another sound or other marks.
	Key string
}

// Mark says when a sentence is heard, in milliseconds, and which words of a block it is.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
	Block int `json:"block"`
	Range
}

// Key is what a voice of these sentences by this speaker is known by: while it is the
// same nothing has to be made again.
func Key(by Speaker, of []Sentence) string {
	sum := sha256.New()
	write := json.NewEncoder(sum)
	// What is hashed is plain data: it always encodes.
	_ = write.Encode([]any{by.Name(), by.Rate(), bitRate})
	for _, k := range of {
		_ = write.Encode([]any{k.Text, k.Block, k.From, k.To, k.Gap})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Make has sentences spoken and keeps their sound as MP3. ErrSilent says that there is
// nothing to say, ErrNoEncoder that this binary cannot; what a speaker gives is given on.
func Make(ctx context.Context, by Speaker, of []Sentence) (*Voice, error) {
	if len(of) == 0 {
		return nil, ErrSilent
	}
	var file bytes.Buffer
	encoder, err := newEncoder(ctx, by.Rate(), &file)
	if err != nil {
		return nil, err
	}
	t := &tape{encoder: encoder, rate: by.Rate()}
	if err := t.record(ctx, by, of); err != nil {
		_ = encoder.close(context.WithoutCancel(ctx)) // it is of no use any more
		return nil, err
	}
	if err := encoder.finish(ctx); err != nil {
		return nil, err
	}
	return &Voice{file.Bytes(), t.marks, t.at(0), Key(by, of)}, nil
}

// tape is a recording that goes on.
type tape struct {
	encoder *encoder
	rate    int
	samples int
	marks   []Mark
}

// record takes the sentences in their order, while the next ones are spoken.
func (t *tape) record(ctx context.Context, by Speaker, of []Sentence) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for i, sound := range speakAhead(ctx, by, of) {
		s := <-sound
		if s.err != nil {
			return s.err
		}
		if err := t.add(ctx, of[i], trim(s.samples)); err != nil {
			return err
		}
	}
	return nil
}

type sound struct {
	samples []int16
	err     error
}

// speakAhead speaks some sentences at once, a few before they are asked for.
func speakAhead(ctx context.Context, by Speaker, of []Sentence) func(func(int, chan sound) bool) {
	return func(yield func(int, chan sound) bool) {
		ahead := runtime.GOMAXPROCS(0) + 1
		var waiting []chan sound
		next := 0
		for i := range of {
			for ; next < len(of) && next <= i+ahead; next++ {
				waiting = append(waiting, speak(ctx, by, of[next].Text))
			}
			if !yield(i, waiting[i]) {
				return
			}
			waiting[i] = nil
		}
	}
}

func speak(ctx context.Context, by Speaker, text string) chan sound {
	done := make(chan sound, 1)
	go func() { done <- spokenBy(ctx, by, text) }()
	return done
}

// spokenBy has a text spoken. What stands in documents nobody foresees: a speaker that
// stumbles over it must not take the house with it.
func spokenBy(ctx context.Context, by Speaker, text string) (s sound) {
	defer func() {
		if r := recover(); r != nil {
			s.err = fmt.Errorf("the speaker stumbled: %v", r)
		}
	}()
	s.samples, s.err = by.Speak(ctx, text)
	return s
}

func (t *tape) add(ctx context.Context, k Sentence, samples []int16) error {
	start := t.at(encoderDelay)
	if err := t.write(ctx, samples); err != nil {
		return err
	}
	t.marks = append(t.marks, Mark{milliseconds(start), milliseconds(t.at(encoderDelay)), k.Block, k.Range})
	return t.write(ctx, make([]int16, int(k.Gap.Seconds()*float64(t.rate))))
}

func (t *tape) write(ctx context.Context, samples []int16) error {
	t.samples += len(samples)
	if err := t.encoder.write(ctx, samples); err != nil {
		return fmt.Errorf("encode MP3: %w", err)
	}
	return nil
}

// at is the time of the next sample, so many samples later.
func (t *tape) at(later int) time.Duration {
	return time.Duration(t.samples+later) * time.Second / time.Duration(t.rate)
}

func milliseconds(d time.Duration) int { return int(d.Round(time.Millisecond).Milliseconds()) }

const (
	quiet  = 260 // of 32768: what is not heard
	margin = 64  // samples that are kept before and behind what is heard
)

// trim takes away the silence before and behind a sentence, so that marks are those of
// words.
func trim(samples []int16) []int16 {
	from, to := 0, len(samples)
	for from < to && isQuiet(samples[from]) {
		from++
	}
	for to > from && isQuiet(samples[to-1]) {
		to--
	}
	return samples[max(0, from-margin):min(len(samples), to+margin)]
}

func isQuiet(s int16) bool { return s < quiet && s > -quiet }
