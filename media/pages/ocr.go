package pages

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode"
)

// Reader reads words off the pictures of pages by a program that is not ours. docs/ocr.md says
// what it is given and how it answers.
type Reader struct {
	Command  []string      // the program and its arguments; nothing is read without one
	PageTime time.Duration // for one page, 0 for a minute
}

// What a program that reads pictures may answer of a page.
const (
	mostAnswer   = 4 << 20 // bytes
	mostLines    = 5000
	readWidth    = 1500 // pixels of the picture that it is given: 180 dots an inch of A4
	readPageTime = time.Minute
)

// Read reads a page off its picture where nothing can be read behind it; other pages stay as they
// are. Where the program fails the page stays what it was, with a note: a scan without words is
// better than no issue. An error is one of the drawing, or that of ctx.
func (r *Reader) Read(ctx context.Context, d *Document, page int, had *Text) (*Text, error) {
	if r == nil || len(r.Command) == 0 || had.Layer != LayerNone && had.Layer != LayerGarbage {
		return had, nil
	}
	drawn, err := d.Picture(ctx, page, readWidth)
	if err != nil {
		return nil, err
	}
	dots, err := drawn.inPNG(d.engine.settings.Limits.Pixels)
	if err != nil {
		return nil, err
	}
	lines, err := r.ask(ctx, dots)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		slog.Warn("pages: the program that reads pictures failed", "page", page, "error", err)
		had.Notes = append(had.Notes, Note{Code: noteOfReader(err), Page: page})
		return had, nil
	}
	read := compose(glyphsOf(lines, d.about.Pages[page-1]), d.about.Pages[page-1])
	if read.Body == "" {
		return had, nil
	}
	read.Layer, read.Notes = LayerRead, []Note{{Code: NoteRead, Page: page}}
	return read, nil
}

// inPNG is a picture as every program can read it.
func (p *Picture) inPNG(pixels int) ([]byte, error) {
	if p.MediaType == "image/png" {
		return p.Content, nil
	}
	about, _, err := image.DecodeConfig(bytes.NewReader(p.Content))
	if err != nil || about.Width*about.Height > pixels {
		return nil, errFrame
	}
	decoded, _, err := image.Decode(bytes.NewReader(p.Content))
	if err != nil {
		return nil, errFrame
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, decoded)
	return b.Bytes(), err
}

var (
	errReaderLate    = errors.New("pages: the program that reads pictures took too long")
	errReaderGarbled = errors.New("pages: the program that reads pictures answered something else")
)

func noteOfReader(err error) string {
	switch {
	case errors.Is(err, errReaderLate):
		return NoteReaderLate
	case errors.Is(err, errReaderGarbled):
		return NoteReaderGarbled
	}
	return NoteReaderFailed
}

// readLine is a line of an answer.
type readLine struct {
	Text string     `json:"text"`
	Box  [4]float64 `json:"box"` // left, top, right, bottom, from 0 to 1
}

// ask gives the program a picture, and kills it with all that it started when it takes too long.
func (r *Reader) ask(ctx context.Context, dots []byte) ([]readLine, error) {
	within := r.PageTime
	if within <= 0 {
		within = readPageTime
	}
	ctx, cancel := context.WithTimeoutCause(ctx, within, errReaderLate)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	c := exec.CommandContext(ctx, r.Command[0], r.Command[1:]...)
	c.Dir, c.Env = os.TempDir(), readerEnvironment(os.Environ())
	c.Stdin = bytes.NewReader(dots)
	said := &tail{}
	c.Stderr = said
	answer := &bounded{most: mostAnswer, stop: func() { stop(errReaderGarbled) }}
	c.Stdout = answer
	c.WaitDelay = time.Second
	alone(c)
	err := c.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		first, _, _ := strings.Cut(said.String(), "\n")
		return nil, fmt.Errorf("%w %s", err, first)
	}
	return linesIn(answer.kept)
}

// readerEnvironment is what a program that is not ours is told: none of our settings, which hold
// keys.
func readerEnvironment(all []string) (list []string) {
	for _, v := range all {
		if !strings.HasPrefix(v, "YUANDU_") {
			list = append(list, v)
		}
	}
	return list
}

// bounded takes in so many bytes, and has whoever writes more stopped.
type bounded struct {
	kept []byte
	most int
	stop func()
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(b.kept)+len(p) > b.most {
		b.stop()
		return 0, io.ErrShortWrite
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}

// linesIn reads an answer: a line of JSON for each line of the page, in the order of reading.
func linesIn(answer []byte) (lines []readLine, err error) {
	scanner := bufio.NewScanner(bytes.NewReader(answer))
	scanner.Buffer(nil, mostAnswer)
	characters := 0
	for scanner.Scan() {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		var l readLine
		if json.Unmarshal(scanner.Bytes(), &l) != nil {
			return nil, errReaderGarbled
		}
		l.Text = strings.Join(strings.FieldsFunc(l.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
		for i, v := range l.Box {
			l.Box[i] = min(max(v, 0), 1)
		}
		if l.Text == "" || l.Box[0] >= l.Box[2] || l.Box[1] >= l.Box[3] {
			continue
		}
		if characters += len(l.Text); len(lines) >= mostLines || characters > maxCharacters {
			return nil, errReaderGarbled
		}
		lines = append(lines, l)
	}
	if scanner.Err() != nil {
		return nil, errReaderGarbled
	}
	return lines, nil
}

// glyphsOf divides each line among its characters: hanzi are twice as wide as letters.
func glyphsOf(lines []readLine, size Size) (list []glyph) {
	for _, l := range lines {
		runes, all := []rune(l.Text), 0.
		for _, r := range runes {
			all += breadth(r)
		}
		left, top, right, bottom := l.Box[0]*size.Width, l.Box[1]*size.Height, l.Box[2]*size.Width, l.Box[3]*size.Height
		down := bottom-top > 1.5*(right-left) && len(runes) > 1
		at := 0.
		for _, r := range runes {
			from, to := at/all, (at+breadth(r))/all
			at += breadth(r)
			if unicode.IsSpace(r) {
				list = append(list, glyph{char: ' '})
				continue
			}
			b := Box{left + from*(right-left), top, left + to*(right-left), bottom}
			if down {
				b = Box{left, top + from*(bottom-top), right, top + to*(bottom-top)}
			}
			list = append(list, glyph{char: r, box: b})
		}
		list = append(list, glyph{char: '\n'})
	}
	return list
}

func breadth(r rune) float64 {
	if r < 0x2E80 {
		return .5
	}
	return 1
}
