package pages

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"time"
)

// process is a worker, as its engine sees it.
type process struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	said    *tail // on its standard error: Go's last words
}

// launch starts a worker, which waits for what it is asked.
func (e *Engine) launch() (*process, error) {
	c := exec.Command(e.settings.Program, e.settings.Arguments...)
	c.Env = append([]string{"GOTRACEBACK=none"}, e.settings.Environment...)
	c.Dir = os.TempDir()
	p := &process{command: c, said: &tail{}}
	c.Stderr = p.said
	var err error
	if p.in, err = c.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 64<<10)
	if err := c.Start(); err != nil {
		slog.Error("pages: the worker does not start", "error", err)
		return nil, ErrAway
	}
	return p, nil
}

// ask waits for the answer to a question, and kills the worker that takes too long.
func (p *process) ask(ctx context.Context, q question, within time.Duration) (*answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, within, ErrTookTooLong)
	defer cancel()
	stop := context.AfterFunc(ctx, p.kill)
	defer stop()
	a := &answer{}
	err := writeFrame(p.in, q, nil)
	if err == nil {
		a.bytes, err = readFrame(p.out, a)
	}
	switch {
	case err == nil:
		return a, nil
	case ctx.Err() != nil:
		p.end()
		return nil, context.Cause(ctx)
	}
	return nil, p.fallen(err)
}

// fallen says why a worker ended in the middle of an answer.
func (p *process) fallen(err error) error {
	p.end()
	words := p.said.String()
	if strings.Contains(words, "out of memory") || strings.Contains(words, "cannot allocate memory") {
		return ErrTooMuchMemory
	}
	first, _, _ := strings.Cut(words, "\n")
	slog.Error("pages: a worker fell", "state", p.command.ProcessState.String(), "error", err, "said", first)
	return fmt.Errorf("%w (%w)", ErrDamaged, errFallen)
}

var errFallen = errors.New("pages: the worker fell")

func (p *process) kill() { _ = p.command.Process.Kill() } // it may have ended by itself

// end kills the worker and waits until it is gone.
func (p *process) end() {
	p.kill()
	_ = p.in.Close()
	_ = p.command.Wait() // killed: that it did not end well is known
}

// tail keeps the beginning of what a worker says, and bounds it. It has no bytes.Buffer in it: who
// copies into one asks that to read all there is, past Write.
type tail struct{ kept []byte }

func (t *tail) Write(b []byte) (int, error) {
	if left := 4<<10 - len(t.kept); left > 0 {
		t.kept = append(t.kept, b[:min(left, len(b))]...)
	}
	return len(b), nil
}

func (t *tail) String() string { return string(t.kept) }
