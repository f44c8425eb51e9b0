package media

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"yuandu/model"
)

// What an office file may hold. Inflated bytes are counted as they come: what a
// header says of them is never believed. Archives in it are not entered.
const (
	zipMaxDirectory = 4 << 20 // bytes
	zipMaxEntries   = 10_000
	zipMaxInflated  = 512 << 20
	zipMaxRatio     = 200 // inflated to deflated, of the whole file
	zipAnyRatio     = 16 << 20
	zipMaxPart      = 16 << 20 // of one that is read, not only counted
)

// lookZip finds out what an archive is, and that it can be opened without harm.
func lookZip(c content) (*Sniffed, error) {
	z, err := openZip(c)
	if err != nil {
		return nil, err
	}
	s, err := z.kind()
	if err != nil {
		return nil, err
	}
	return s, z.inflate()
}

// IsOFD says whether a file is an OFD (GB/T 33190) by the names of what it holds. Whether it
// can be read, whoever reads it says.
func IsOFD(file io.ReaderAt, size int64) bool {
	z, err := openZip(content{ReaderAt: file, size: size})
	return err == nil && z.named["ofd.xml"] != nil
}

// zipFile is an archive that is looked at.
type zipFile struct {
	size    int64
	entries []*zip.File
	named   map[string]*zip.File
	left    int64 // to inflate
}

func openZip(c content) (*zipFile, error) {
	directory := &frugal{ReaderAt: c, left: zipMaxDirectory}
	r, err := zip.NewReader(directory, c.size)
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // nothing is ever unpacked under these names
	}
	switch {
	case directory.err != nil:
		return nil, directory.err
	case err != nil:
		return nil, model.ErrFileDamaged
	case len(r.File) > zipMaxEntries:
		return nil, model.ErrFileBomb
	}
	directory.left = 1 << 62
	z := &zipFile{size: c.size, entries: r.File, named: map[string]*zip.File{}, left: zipMaxInflated}
	if c.size*zipMaxRatio < zipMaxInflated {
		z.left = max(c.size*zipMaxRatio, zipAnyRatio)
	}
	for _, f := range r.File {
		if f.Flags&1 != 0 {
			return nil, model.ErrFileEncrypted
		}
		z.named[partName(f.Name)] = f
	}
	return z, nil
}

// partName is the name of an entry as it is compared: some writers begin it with
// a slash, or use the other one, and upper and lower case do not matter.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// frugal stops at an archive whose list of entries has no end.
type frugal struct {
	io.ReaderAt
	left int64
	err  error // why it stopped, or what went wrong with the file itself
}

func (f *frugal) ReadAt(p []byte, at int64) (int, error) {
	if f.left -= int64(len(p)); f.left < 0 {
		f.err = model.ErrFileBomb
		return 0, f.err
	}
	n, err := f.ReaderAt.ReadAt(p, at)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// offices are the formats of today's Office: where their main part lies, and of
// what type [Content_Types].xml says that it is.
var offices = []struct {
	folder, part string
	t            *FileType
}{
	{"word/", "wordprocessingml.document.main+xml", DOCX},
	{"xl/", "spreadsheetml.sheet.main+xml", XLSX},
	{"ppt/", "presentationml.presentation.main+xml", PPTX},
}

func (z *zipFile) kind() (*Sniffed, error) {
	if z.named["ofd.xml"] != nil {
		pages, err := z.ofdPages()
		return &Sniffed{Type: OFD, Pages: pages}, err
	}
	if z.named["[content_types].xml"] == nil {
		return nil, model.ErrFileArchive
	}
	types, err := z.part("[content_types].xml")
	if err != nil {
		return nil, err
	}
	if bytes.Contains(types, []byte("macroEnabled")) || z.count("", "/vbaproject.bin") > 0 {
		return nil, model.ErrFileMacros
	}
	for _, o := range offices {
		if bytes.Contains(types, []byte(o.part)) && z.count(o.folder, "") > 0 {
			return &Sniffed{Type: o.t, Pages: z.slides(o.t)}, nil
		}
	}
	return nil, model.ErrFileType
}

// count counts the entries whose names begin and end in some way.
func (z *zipFile) count(begin, end string) (n int) {
	for name := range z.named {
		if strings.HasPrefix(name, begin) && strings.HasSuffix(name, end) {
			n++
		}
	}
	return n
}

// slides are the pages of a presentation. What else has pages has them only once
// it is laid out.
func (z *zipFile) slides(t *FileType) int {
	if t != PPTX {
		return 0
	}
	return z.count("ppt/slides/slide", ".xml")
}

// part reads one entry.
func (z *zipFile) part(name string) ([]byte, error) {
	f := z.named[partName(name)]
	if f == nil {
		return nil, model.ErrFileDamaged
	}
	var b bytes.Buffer
	if err := z.copy(&b, f, zipMaxPart); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// inflate reads everything, so that a file which is cut, altered or swells up is
// found now and not by who opens it.
func (z *zipFile) inflate() error {
	for _, f := range z.entries {
		if err := z.copy(io.Discard, f, zipMaxInflated); err != nil {
			return err
		}
	}
	return nil
}

func (z *zipFile) copy(w io.Writer, f *zip.File, most int64) error {
	if f.FileInfo().IsDir() {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return model.ErrFileDamaged
	}
	defer r.Close()
	most = min(most, z.left)
	n, err := io.Copy(w, io.LimitReader(r, most+1))
	z.left -= n
	switch {
	case n > most:
		return model.ErrFileBomb
	case err != nil:
		return model.ErrFileDamaged
	}
	return nil
}

// ofdPages counts the pages of the documents that OFD.xml names (GB/T 33190).
func (z *zipFile) ofdPages() (pages int, err error) {
	roots, err := z.part("ofd.xml")
	if err != nil {
		return 0, err
	}
	var top struct {
		XMLName xml.Name
		Bodies  []struct {
			Root string `xml:"DocRoot"`
		} `xml:"DocBody"`
	}
	if xml.Unmarshal(roots, &top) != nil || top.XMLName.Local != "OFD" || len(top.Bodies) == 0 {
		return 0, model.ErrFileDamaged
	}
	for _, b := range top.Bodies {
		document, err := z.part(strings.TrimSpace(b.Root))
		if err != nil {
			return 0, err
		}
		var list struct {
			Pages []struct{} `xml:"Pages>Page"`
		}
		if xml.Unmarshal(document, &list) != nil {
			return 0, model.ErrFileDamaged
		}
		pages += len(list.Pages)
	}
	return pages, nil
}
