package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// upload hands on what r holds and sees to it that nothing incomplete is kept.
// It holds back the last bytes until it knows that r ends there, so that a
// client which stops reading at size never finishes a file that is too long.
type upload struct {
	ctx  context.Context
	r    io.Reader
	size int64 // -1: unknown

	mu   sync.Mutex
	seen int64
	err  error // why reading ended
}

var errOver = errors.New("the upload is over")

// Read wraps what r answers, because clients take a bare io.ErrUnexpectedEOF,
// the mark of a request that was cut off, for the end of the file.
func (u *upload) Read(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.read(p)
	switch {
	case err == nil, err == io.EOF:
		u.err = err
		return n, err
	default:
		u.err = fmt.Errorf("read what is uploaded: %w", err)
		return 0, u.err
	}
}

func (u *upload) read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := u.r.Read(p)
	u.seen += int64(n)
	if err == nil && u.seen == u.size {
		err = u.readEnd()
	}
	if u.size >= 0 && (u.seen > u.size || err == io.EOF && u.seen < u.size) {
		return 0, ErrWrongSize
	}
	return n, err
}

// readEnd is io.EOF if nothing more comes.
func (u *upload) readEnd() error {
	extra, err := io.ReadFull(u.r, make([]byte, 1))
	u.seen += int64(extra)
	return err
}

// stop ends the reading for good, also for a client that still has the upload
// in hand, and returns what was wrong with r, if anything.
func (u *upload) stop() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	err := u.err
	u.err = errOver
	if err == io.EOF {
		return nil
	}
	return err
}
