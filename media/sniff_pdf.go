package media

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"

	"yuandu/model"
)

// What of a PDF is looked at. Objects lie bare, or together in deflated streams.
const (
	pdfEnd         = 2048 // how far before its end the mark of the end may stand
	pdfWindow      = 1 << 20
	pdfOverlap     = 2048     // so that nothing is cut in two
	pdfMaxInflated = 64 << 20 // of all streams of objects
	pdfStreamCost  = 4 << 10  // counted of each, however little is in it
)

var (
	pdfPage    = regexp.MustCompile(`/Type\s{0,9}/Page[^a-zA-Z]`)
	pdfEscape  = regexp.MustCompile(`#[4-7][0-9A-Fa-f]`)
	pdfObjects = regexp.MustCompile(`/Type\s{0,9}/ObjStm[^a-zA-Z]`)
	pdfStream  = regexp.MustCompile(`stream\r?\n`)
	pdfTells   = []struct {
		sign    *regexp.Regexp
		warning model.FileWarning
	}{
		{regexp.MustCompile(`/JavaScript[^a-zA-Z]`), model.WarnScript},
		{regexp.MustCompile(`/Launch[^a-zA-Z]`), model.WarnLaunch},
		{regexp.MustCompile(`/EmbeddedFiles?[^a-zA-Z]`), model.WarnEmbedded},
		{regexp.MustCompile(`/Encrypt\s{0,9}(?:<<|\d{1,9}\s{1,9}\d{1,9}\s{1,9}R)`), model.WarnEncrypted},
	}
)

// lookPDF looks for the end, and for what a reader of the PDF might be in for.
func lookPDF(c content) (*Sniffed, error) {
	end := make([]byte, min(c.size, pdfEnd))
	if _, err := c.ReadAt(end, c.size-int64(len(end))); err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.Contains(end, []byte("%%EOF")) {
		return nil, model.ErrFileDamaged
	}
	s := &pdfScan{file: c, left: pdfMaxInflated}
	if err := s.run(); err != nil {
		return nil, err
	}
	return &Sniffed{Type: PDF, Pages: s.pageCount(), Warnings: s.warnings}, nil
}

// pdfScan goes through a PDF from its beginning to its end.
type pdfScan struct {
	file     content
	left     int64 // to inflate
	pages    int
	ends     int
	linear   bool
	warnings []model.FileWarning
}

// pageCount is 0 where pages may have been replaced later in the file.
func (s *pdfScan) pageCount() int {
	if s.ends == 1 || s.linear && s.ends == 2 {
		return s.pages
	}
	return 0
}

func (s *pdfScan) run() error {
	window := make([]byte, pdfWindow+pdfOverlap)
	for at := int64(0); at < s.file.size; at += pdfWindow {
		n, err := s.file.ReadAt(window[:min(int64(len(window)), s.file.size-at)], at)
		if err != nil && err != io.EOF {
			return err
		}
		own := min(n, pdfWindow)
		s.linear = s.linear || at == 0 && bytes.Contains(window[:min(n, 1024)], []byte("/Linearized"))
		s.ends += startsWithin(window[:n], own, []byte("%%EOF"))
		s.read(window[:n], own)
		for _, m := range pdfObjects.FindAllIndex(window[:n], -1) {
			if stream := pdfStream.FindIndex(window[m[1]:min(n, m[1]+400)]); m[0] < own && stream != nil {
				s.inflate(at + int64(m[1]+stream[1]))
			}
		}
	}
	return nil
}

// startsWithin counts the marks that begin in the first bytes of a text.
func startsWithin(text []byte, first int, mark []byte) int {
	return bytes.Count(text[:min(len(text), first+len(mark)-1)], mark)
}

// read looks at objects; pages are counted that begin in the first bytes. Names
// may be written in escapes: /Java#53cript.
func (s *pdfScan) read(objects []byte, first int) {
	for _, m := range pdfPage.FindAllIndex(objects, -1) {
		if m[0] < first {
			s.pages++
		}
	}
	plain := pdfEscape.ReplaceAllFunc(objects, unescapePDF)
	for _, t := range pdfTells {
		if !slices.Contains(s.warnings, t.warning) && t.sign.Match(plain) {
			s.warnings = append(s.warnings, t.warning)
		}
	}
}

func unescapePDF(escape []byte) []byte {
	digit := func(b byte) byte {
		if b <= '9' {
			return b - '0'
		}
		return b&^0x20 - 'A' + 10
	}
	return []byte{digit(escape[1])<<4 | digit(escape[2])}
}

// inflate reads a stream of objects. One that can't be read, as in a PDF with a
// password, tells nothing.
func (s *pdfScan) inflate(at int64) {
	if s.left -= pdfStreamCost; s.left <= 0 {
		return
	}
	z, err := zlib.NewReader(io.NewSectionReader(s.file, at, s.file.size-at))
	if err != nil {
		return
	}
	defer z.Close()
	objects, _ := io.ReadAll(io.LimitReader(z, s.left))
	s.left -= int64(len(objects))
	s.read(objects, len(objects))
}
