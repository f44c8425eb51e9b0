package voice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Sound is the MP3 of a voice: its parts, one after another. A part is opened when it is
// read.
type Sound struct {
	ctx    context.Context
	bucket blob.Bucket
	parts  []store.VoicePart
	size   int64
	madeAt time.Time

	at   int64
	open blob.Object // the part of at, nil while none is open
	left int64       // bytes of it
}

// ModTime is when it was made.
func (s *Sound) ModTime() time.Time { return s.madeAt }

// Size is how many bytes it has.
func (s *Sound) Size() int64 { return s.size }

var errPlace = errors.New("no such place in the sound")

// Seek goes to a byte.
func (s *Sound) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.at
	case io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return 0, errPlace
	}
	if offset != s.at {
		s.shut()
		s.at = offset
	}
	return offset, nil
}

// Read reads on, through as many parts as there are.
func (s *Sound) Read(p []byte) (int, error) {
	if s.open == nil {
		if s.at >= s.size {
			return 0, io.EOF
		}
		if err := s.openPart(); err != nil {
			return 0, err
		}
	}
	n, err := s.open.Read(p[:min(int64(len(p)), s.left)])
	s.at, s.left = s.at+int64(n), s.left-int64(n)
	if s.left == 0 {
		s.shut()
		return n, nil
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// openPart opens the part in which the next byte lies.
func (s *Sound) openPart() error {
	into := s.at
	for _, p := range s.parts {
		if into >= p.Size {
			into -= p.Size
			continue
		}
		object, err := s.bucket.Open(s.ctx, p.BlobKey)
		if errors.Is(err, blob.ErrUnavailable) {
			return model.ErrFileUnavailable
		}
		if err != nil {
			return fmt.Errorf("bytes of part %s of a voice: %w", p.ID, err)
		}
		if _, err := object.Seek(into, io.SeekStart); err != nil {
			return errors.Join(err, object.Close())
		}
		s.open, s.left = object, p.Size-into
		return nil
	}
	return io.EOF
}

func (s *Sound) shut() {
	if s.open != nil {
		s.open.Close()
		s.open = nil
	}
}

// Close closes what is open.
func (s *Sound) Close() error {
	s.shut()
	return nil
}
