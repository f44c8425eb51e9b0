package media

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"yuandu/model"
)

// What a document may hold. Inflated bytes are counted as they come: what a
// header says of them is never believed.
const (
	docxMaxPart      = 64 << 20
	docxMaxInflated  = 256 << 20
	docxMaxEntries   = 10_000
	docxMaxDirectory = 4 << 20 // bytes read before the first part is opened
	docxMaxRatio     = 400     // inflated to deflated, from a mebibyte on
)

// docxSource remembers that reading the file itself went wrong, which is no
// fault of the document, and keeps the archive's list of entries short.
type docxSource struct {
	r      io.ReaderAt
	opened bool
	read   int64
	failed error
}

func (s *docxSource) ReadAt(p []byte, at int64) (int, error) {
	if s.read += int64(len(p)); !s.opened && s.read > docxMaxDirectory {
		return 0, ErrDocxTooLarge
	}
	if at < 0 {
		return 0, ErrDocxDamaged // a file that leads outside itself
	}
	n, err := s.r.ReadAt(p, at)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n, err
}

// docxArchive is the zip archive that a document is.
type docxArchive struct {
	files    map[string]*zip.File // by name in lower case, with / only
	inflated int64
}

func openDocxArchive(source *docxSource, size int64) (*docxArchive, error) {
	z, err := zip.NewReader(source, size)
	source.opened = true
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // nothing is ever unpacked under these names
	}
	if errors.Is(err, ErrDocxTooLarge) || err == nil && len(z.File) > docxMaxEntries {
		return nil, ErrDocxTooLarge
	}
	if err != nil {
		return nil, docxInstead(source, size)
	}
	a := &docxArchive{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, ErrDocxEncrypted
		}
		name := docxPartName(f.Name)
		if a.files[name] == nil {
			a.files[name] = f
		}
	}
	return a, nil
}

// docxPartName is a name as it is compared: some writers use backslashes, and
// upper and lower case do not matter.
func docxPartName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *docxArchive) has(name string) bool { return a.files[docxPartName(name)] != nil }

// open reads a part while counting what comes out of it.
func (a *docxArchive) open(name string) (io.ReadCloser, error) {
	f := a.files[docxPartName(name)]
	if f == nil {
		return nil, ErrDocxDamaged
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &docxMeter{ReadCloser: r, archive: a, deflated: int64(f.CompressedSize64)}, nil
}

func (a *docxArchive) bytes(name string) ([]byte, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

type docxMeter struct {
	io.ReadCloser
	archive        *docxArchive
	read, deflated int64
}

func (m *docxMeter) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.read += int64(n)
	m.archive.inflated += int64(n)
	bomb := m.read > 1<<20 && m.read > docxMaxRatio*m.deflated
	if bomb || m.read > docxMaxPart || m.archive.inflated > docxMaxInflated {
		return n, ErrDocxTooLarge
	}
	return n, err
}

// kind is what an archive without a Word document in it is.
func (a *docxArchive) kind() error {
	for _, k := range []struct{ name, kind string }{
		{"xl/workbook.xml", "XLSX"}, {"xl/workbook.bin", "XLSB"}, {"ppt/presentation.xml", "PPTX"},
		{"ofd.xml", "OFD"}, {"content.xml", "ODT"},
	} {
		if a.has(k.name) {
			return otherDocument(k.kind)
		}
	}
	if a.has("[Content_Types].xml") {
		return ErrNotDocx
	}
	return otherDocument("ZIP")
}

// docxFault is what a person should be told of an error in a document.
func docxFault(err error) error {
	var ours *model.Error
	if errors.As(err, &ours) {
		return ours
	}
	return ErrDocxDamaged
}
