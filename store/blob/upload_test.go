package blob

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// Over https the storage's client stops reading at the size that was said, and
// what it has by then is kept.
func TestUploadHoldsBackTheEndOfAFileThatIsTooLong(t *testing.T) {
	for name, r := range map[string]io.Reader{
		"at once":      strings.NewReader("longer"),
		"byte by byte": iotest.OneByteReader(strings.NewReader("longer")),
	} {
		u := &upload{ctx: t.Context(), r: r, size: 5}
		if n, err := io.ReadFull(u, make([]byte, 5)); n == 5 || !errors.Is(err, ErrWrongSize) {
			t.Errorf("%s: %d bytes, %v", name, n, err)
		}
	}
}

// A client may still have the upload in hand when Put has returned.
func TestUploadLeavesTheReaderAloneOnceItIsOver(t *testing.T) {
	r := strings.NewReader("text")
	u := &upload{ctx: t.Context(), r: r, size: -1}
	if err := u.stop(); err != nil {
		t.Error(err)
	}
	if n, err := u.Read(make([]byte, 4)); n != 0 || err == nil || r.Len() != 4 {
		t.Errorf("%d bytes were read, %v", n, err)
	}
}
