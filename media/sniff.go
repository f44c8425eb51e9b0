package media

import (
	"bytes"
	"io"
	"strings"

	"yuandu/model"
)

// FileType is a kind of file that may be handed in.
type FileType struct {
	MediaType string
	Endings   []string // of names, the usual one first
}

// The types. What a file is, its content says, not its name.
var (
	PDF  = &FileType{"application/pdf", []string{"pdf"}}
	OFD  = &FileType{"application/ofd", []string{"ofd"}}
	DOCX = &FileType{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{"docx"}}
	XLSX = &FileType{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{"xlsx"}}
	PPTX = &FileType{"application/vnd.openxmlformats-officedocument.presentationml.presentation", []string{"pptx"}}
	PNG  = &FileType{"image/png", []string{"png"}}
	JPEG = &FileType{"image/jpeg", []string{"jpg", "jpeg"}}
	GIF  = &FileType{"image/gif", []string{"gif"}}
	WebP = &FileType{"image/webp", []string{"webp"}}
	BMP  = &FileType{"image/bmp", []string{"bmp"}}
	TIFF = &FileType{"image/tiff", []string{"tif", "tiff"}}
	MP4  = &FileType{"video/mp4", []string{"mp4", "m4v"}}
	MP3  = &FileType{"audio/mpeg", []string{"mp3"}}
)

// IsPicture says whether a file is one that Redraw makes anew.
func (t *FileType) IsPicture() bool { return strings.HasPrefix(t.MediaType, "image/") }

// Sniffed is what the content of a file says of it.
type Sniffed struct {
	Type     *FileType
	Pages    int // 0 where they can't be told
	Warnings []model.FileWarning
}

// content is a file that is looked at.
type content struct {
	io.ReaderAt
	size   int64
	ending string // of its name: believed among the formats of old Office alone
}

// section is the file as it is read from its beginning.
func (c content) section() *io.SectionReader { return io.NewSectionReader(c, 0, c.size) }

type look func(content) (*Sniffed, error)

// beginning is how a file begins, and what that makes of it.
type beginning struct {
	at      int
	mark    string
	look    look
	refusal *model.Error // instead
}

var beginnings = []beginning{
	{mark: "%PDF-", look: lookPDF},
	{mark: "PK\x03\x04", look: lookZip},
	{mark: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", look: lookCompound},
	{mark: "\x89PNG\r\n\x1a\n", look: is(PNG)},
	{mark: "\xff\xd8\xff", look: is(JPEG)},
	{mark: "GIF87a", look: is(GIF)},
	{mark: "GIF89a", look: is(GIF)},
	{mark: "WEBPVP8", at: 8, look: is(WebP)},
	{mark: "BM", look: is(BMP)},
	{mark: "II*\x00", look: is(TIFF)},
	{mark: "MM\x00*", look: is(TIFF)},
	{mark: "ftyp", at: 4, look: lookMP4},
	{mark: "ID3", look: lookMP3},
	{mark: "\xff", look: lookMP3},
	{mark: "<", refusal: model.ErrFileProgram}, // HTML, SVG
	{mark: "#!", refusal: model.ErrFileProgram},
	{mark: "MZ", refusal: model.ErrFileProgram},
	{mark: "\x7fELF", refusal: model.ErrFileProgram},
	{mark: "\xca\xfe\xba\xbe", refusal: model.ErrFileProgram},
	{mark: "\xcf\xfa\xed\xfe", refusal: model.ErrFileProgram},
	{mark: "PK\x05\x06", refusal: model.ErrFileArchive}, // an empty one
	{mark: "Rar!", refusal: model.ErrFileArchive},
	{mark: "7z\xbc\xaf", refusal: model.ErrFileArchive},
	{mark: "\x1f\x8b", refusal: model.ErrFileArchive},
	{mark: "BZh", refusal: model.ErrFileArchive},
	{mark: "\xfd7zXZ", refusal: model.ErrFileArchive},
}

func is(t *FileType) look {
	return func(content) (*Sniffed, error) { return &Sniffed{Type: t}, nil }
}

// HeadSize is how much of a file Peek wants to see, in bytes.
const HeadSize = 1024

// Peek looks at the beginning of a file: how large the whole may be, or why it
// is refused whatever follows.
func Peek(head []byte) (most int64, err error) {
	b, err := begins(head)
	switch {
	case err != nil:
		return 0, err
	case b.mark == "ftyp":
		return model.MaxVideo, nil
	}
	return model.MaxFile, nil
}

// begins finds how a file begins. A mark of the order of bytes and blanks may
// stand before it, as some writers of PDF and of pages leave them.
func begins(head []byte) (*beginning, error) {
	bare := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\f")
	for i := range beginnings {
		b := &beginnings[i]
		at := head[min(b.at, len(head)):]
		if !bytes.HasPrefix(at, []byte(b.mark)) && (b.at > 0 || !bytes.HasPrefix(bare, []byte(b.mark))) {
			continue
		}
		if b.refusal != nil {
			return nil, b.refusal
		}
		return b, nil
	}
	return nil, model.ErrFileType
}

// Sniff looks through a whole file: what it is, and what of it somebody should
// know. ending is that of its name, without the dot.
func Sniff(file io.ReaderAt, size int64, ending string) (*Sniffed, error) {
	head := make([]byte, min(size, HeadSize))
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, size), head); err != nil {
		return nil, err
	}
	b, err := begins(head)
	if err != nil {
		return nil, err
	}
	return b.look(content{file, size, strings.ToLower(ending)})
}
