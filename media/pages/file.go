package pages

import (
	"bytes"
	"io"
	"os"
)

// printed is a file of pages that is open: a PDF or an OFD.
type printed interface {
	info() *Info
	text(page int) (*Text, error)
	page(page int) (handle uint64, err error) // in PDFium, to be drawn
}

// openFile looks at what the file is, and opens it. An OFD is read from page to page, so that
// it stays open.
func openFile(q question, s *sandbox) (printed, error) {
	file, err := os.Open(q.Path)
	if err != nil {
		return nil, err
	}
	size, isOFD, err := looksLike(file, q.Limits)
	switch {
	case err != nil:
		file.Close()
		return nil, err
	case isOFD:
		return openOFD(file, size, q.Limits, s)
	}
	defer file.Close()
	return openPDF(file, size, q.Limits, s)
}

// looksLike says how large a file is, in bytes, and which of both it is by how it begins;
// what is neither is refused before anything is read.
func looksLike(file *os.File, limits *Limits) (size int64, isOFD bool, err error) {
	state, err := file.Stat()
	if err != nil {
		return 0, false, err
	}
	size = state.Size()
	switch {
	case size == 0:
		return 0, false, ErrEmpty
	case size > limits.File:
		return 0, false, ErrTooLarge.With("", map[string]any{"limit": limits.File >> 20})
	}
	head := make([]byte, 1024)
	n, err := io.ReadFull(file, head)
	if err != nil && n == 0 {
		return 0, false, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return size, true, nil
	case !bytes.Contains(head, []byte("%PDF-")):
		return 0, false, foreign(head)
	}
	return size, false, nil
}

// foreign names what calls itself an issue and is something else.
func foreign(head []byte) error {
	for _, kind := range []struct{ mark, name string }{
		{"\x89PNG", "PNG"}, {"PK", "ZIP"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"BM", "BMP"}, {"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
		{"\xd0\xcf\x11\xe0", "DOC/WPS"}, {"<", "HTML/XML"}, {"Rar!", "RAR"}, {"7z\xbc\xaf", "7z"}, {"{\\rtf", "RTF"},
	} {
		if bytes.HasPrefix(head, []byte(kind.mark)) {
			return ErrNamedOnly.With("", map[string]any{"found": kind.name})
		}
	}
	return ErrNotPages
}
