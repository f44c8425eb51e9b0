package speech

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Bounds of one sentence by espeak-ng.
const (
	espeakPatience = 20 * time.Second
	espeakRate     = 22050
	espeakWords    = 180      // a minute, as it counts them
	mostSound      = 16 << 20 // bytes, six minutes
)

// espeakVoice takes numbered pinyin. The voice for hanzi reads most of them as English.
const espeakVoice = "cmn-latn-pinyin"

// Espeak is espeak-ng, the engine that needs nothing bought. It is a program of its own
// that is run once a sentence.
type Espeak struct{ path string }

var _ Speaker = (*Espeak)(nil)

// FindEspeak looks for the program: ErrNoEngine where it is not installed.
func FindEspeak() (*Espeak, error) {
	path, err := exec.LookPath("espeak-ng")
	if err != nil {
		return nil, ErrNoEngine
	}
	return &Espeak{path}, nil
}

// Name tells the engine, its voice and its pace.
func (e *Espeak) Name() string {
	return "espeak-ng/" + espeakVoice + "/" + strconv.Itoa(espeakWords)
}

// Rate is that of all of its voices.
func (e *Espeak) Rate() int { return espeakRate }

// Speak reads a sentence by its pinyin.
func (e *Espeak) Speak(ctx context.Context, sentence string) ([]int16, error) {
	ctx, cancel := context.WithTimeout(ctx, espeakPatience)
	defer cancel()
	program := exec.CommandContext(ctx, e.path, "-v", espeakVoice, "-s", strconv.Itoa(espeakWords), "-z", "--stdin", "--stdout")
	program.Stdin = strings.NewReader(Pinyin(sentence) + "\n")
	program.Env = []string{"LC_ALL=C.UTF-8"}
	program.WaitDelay = time.Second
	sound := &bounded{left: mostSound}
	program.Stdout = sound
	if err := program.Run(); err != nil {
		return nil, fmt.Errorf("espeak-ng: %w", errors.Join(err, ctx.Err()))
	}
	return samplesOfWave(sound.Bytes())
}

// bounded keeps so many bytes and no more.
type bounded struct {
	bytes.Buffer
	left int
}

var errTooLoud = errors.New("more sound than a sentence has")

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooLoud
	}
	return b.Buffer.Write(p)
}

var errNoWave = errors.New("no WAV of 16 bits")

// samplesOfWave reads the samples of a WAV whose lengths are not known, as it was
// written into a pipe.
func samplesOfWave(file []byte) ([]int16, error) {
	if len(file) < 12 || string(file[:4]) != "RIFF" || string(file[8:12]) != "WAVE" {
		return nil, errNoWave
	}
	for at := 12; at+8 <= len(file); {
		name, size := string(file[at:at+4]), int(binary.LittleEndian.Uint32(file[at+4:]))
		at += 8
		if name == "data" {
			return samplesOf(file[at:min(len(file), at+size)])
		}
		at += size + size%2
	}
	return nil, errNoWave
}

func samplesOf(data []byte) ([]int16, error) {
	samples := make([]int16, len(data)/2)
	err := binary.Read(io.LimitReader(bytes.NewReader(data), int64(2*len(samples))), binary.LittleEndian, samples)
	return samples, err
}
