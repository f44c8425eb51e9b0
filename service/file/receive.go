package file

import (
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/media"
	"yuandu/model"
)

// Arrived is a file that was handed in and is not kept yet.
type Arrived struct {
	Size int64
	SM3  string // of the bytes as they came
	file *os.File
}

// Close forgets what arrived.
func (a *Arrived) Close() error { return a.file.Close() }

// Receive takes in what comes, and no more of it than a file of its type may
// have. declared is how much was announced, -1 where nothing was. What went wrong
// with the reading is ErrFileStalled or ErrFileCut.
func (s *Service) Receive(r io.Reader, declared int64) (*Arrived, error) {
	if declared > model.MaxVideo {
		return nil, tooLarge(model.MaxVideo)
	}
	in := &incoming{r: r}
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	most, err := media.Peek(head)
	switch {
	case err != nil:
		return nil, err
	case declared > most:
		return nil, tooLarge(most)
	}
	return keepFor(in, head, most)
}

// head reads the beginning of what comes.
func (i *incoming) head() ([]byte, error) {
	head := make([]byte, media.HeadSize)
	n, err := io.ReadFull(i, head)
	switch {
	case i.err != nil:
		return nil, i.refusal()
	case n == 0:
		return nil, model.ErrFileEmpty
	case err != nil && err != io.ErrUnexpectedEOF:
		return nil, err
	}
	return head[:n], nil
}

func tooLarge(most int64) error {
	return model.ErrFileTooLarge.With("", map[string]any{"limit": most >> 20})
}

// keepFor writes what comes to a file that nobody else sees.
func keepFor(in *incoming, head []byte, most int64) (*Arrived, error) {
	file, err := unnamed()
	if err != nil {
		return nil, err
	}
	a := &Arrived{file: file}
	if err := a.fill(in, head, most); err != nil {
		file.Close()
		return nil, err
	}
	return a, nil
}

// unnamed makes a file that is gone when it is closed, or when the process ends,
// however it ends.
func unnamed() (*os.File, error) {
	file, err := os.CreateTemp("", "yuandu-file-")
	if err != nil {
		return nil, fmt.Errorf("make room for a file: %w", err)
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		return nil, fmt.Errorf("make room for a file: %w", err)
	}
	return file, nil
}

func (a *Arrived) fill(in *incoming, head []byte, most int64) error {
	sum := sm3.New()
	w := io.MultiWriter(a.file, sum)
	_, err := w.Write(head)
	if err == nil {
		a.Size, err = io.Copy(w, io.LimitReader(in, most+1-int64(len(head))))
		a.Size += int64(len(head))
	}
	switch {
	case in.err != nil:
		return in.refusal()
	case err != nil:
		return fmt.Errorf("take in a file: %w", err)
	case a.Size > most:
		return tooLarge(most)
	}
	a.SM3 = inHex(sum)
	return nil
}

func inHex(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// incoming remembers what went wrong with what comes, to tell it from what goes
// wrong with keeping it.
type incoming struct {
	r   io.Reader
	err error
}

func (i *incoming) Read(p []byte) (int, error) {
	n, err := i.r.Read(p)
	if err != nil && err != io.EOF {
		i.err = err
	}
	return n, err
}

func (i *incoming) refusal() error {
	if errors.Is(i.err, os.ErrDeadlineExceeded) {
		return model.ErrFileStalled
	}
	return model.ErrFileCut
}
