package media

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"yuandu/model"
)

// Docx is a Word document as an editor would have written it here.
type Docx struct {
	Title    string // what stands above it as its title; it is not among the passages
	Passages []model.Passage
	Notes    []DocxNote // what was resolved or left out on the way
}

// Topics are the life topics that the document seems to be about, for a person to choose
// from; see ProposeTopics. Where no title is set apart, the first line is taken for it.
func (d *Docx) Topics() []string {
	title, lines := d.Title, []string{}
	for _, p := range d.Passages {
		title = cmp.Or(title, p.Text)
		lines = append(lines, p.Text)
	}
	return ProposeTopics(title, "", strings.Join(lines, "\n"))
}

// KeepPicture keeps a picture of a document and gives it a file ID. What it
// refuses with an invalid *model.Error is left out of the document.
type KeepPicture = func(name string, content []byte) (fileID string, err error)

// ReadDocx reads a document of Word or WPS (.docx, ECMA-376 in both forms).
// Automatic numbers are part of the text, as print shows them. Pictures (PNG,
// JPEG, GIF, BMP, TIFF) go to keep; where that is nil they are left out. What
// is no such document, or is more than we read, is refused with a *model.Error.
func ReadDocx(r io.ReaderAt, size int64, keep KeepPicture) (*Docx, error) {
	source := &docxSource{r: r}
	reader := &docxReader{keep: keep, kept: map[string]string{}, counts: map[string]int{}, names: map[string]string{}}
	reader.marks.numbers = map[docxMark]int{}
	d, err := reader.read(source, size)
	switch {
	case source.failed != nil:
		return nil, fmt.Errorf("read a word document: %w", source.failed)
	case reader.keepFailed != nil:
		return nil, fmt.Errorf("keep a picture of a word document: %w", reader.keepFailed)
	case err != nil:
		return nil, docxFault(err)
	}
	return d, nil
}

// Bounds of what a document may grow to.
const (
	docxMaxParagraphs = 200_000
	docxMaxText       = 64 << 20
	docxMaxCells      = 2_000_000
)

// docxReader is the reading of one document.
type docxReader struct {
	archive *docxArchive
	styles  docxStyles
	lists   docxLists
	part    *docxPart // the part that is being read
	fields  []*docxField
	marks   docxMarks
	keep    KeepPicture
	kept    map[string]string // file IDs by part; "" for what could not be kept
	counts  map[string]int    // of notes, by code
	names   map[string]string // of elements and attributes

	nodes, paragraphs, text, cells int
	err                            error // ends the reading
	keepFailed                     error
}

func (r *docxReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *docxReader) note(code string) { r.counts[code]++ }

func (r *docxReader) read(source *docxSource, size int64) (*Docx, error) {
	var err error
	if r.archive, err = openDocxArchive(source, size); err != nil {
		return nil, err
	}
	if r.part, err = r.mainPart(); err != nil {
		return nil, err
	}
	if err := r.readStyles(r.part); err != nil {
		return nil, err
	}
	if err := r.readLists(r.part); err != nil {
		return nil, err
	}
	f := docxFlow{r: r}
	if err := r.walk(r.part.name, []string{"document", "body"}, f.block); err != nil {
		return nil, err
	}
	f.finish()
	if r.openContents() {
		return nil, ErrDocxDamaged // the rest would have been taken for a table of contents
	}
	r.countMargins()
	notes := r.notes()
	if r.err != nil {
		return nil, r.err
	}
	d := &Docx{Title: f.takeTitle(), Notes: r.told()}
	for _, p := range f.passages {
		d.Passages = append(d.Passages, p.Passage)
	}
	d.Passages = append(d.Passages, notes...)
	return d, nil
}

func (r *docxReader) told() (list []DocxNote) {
	for _, code := range docxNoteOrder {
		if n := r.counts[code]; n > 0 {
			list = append(list, DocxNote{code, n})
		}
	}
	return list
}

// countMargins counts the headers and footers that say more than a page number:
// 第 1 页 共 9 页 says no more.
func (r *docxReader) countMargins() {
	seen := map[string]bool{}
	for _, l := range r.part.links {
		if (l.kind != "header" && l.kind != "footer") || seen[l.target] || !r.archive.has(l.target) {
			continue
		}
		seen[l.target] = true
		var said strings.Builder
		err := r.walk(l.target, []string{"hdr", "ftr"}, func(e *docxNode) { e.spell(&said) })
		if err != nil {
			r.fail(err)
			return
		}
		if strings.Trim(said.String(), "0123456789０１２３４５６７８９第页共/ 　-－–—─·") != "" {
			r.note(DocxPageMargins)
		}
	}
}

// spell writes all the text in an element.
func (e *docxNode) spell(to *strings.Builder) {
	if e.name == "t" {
		to.WriteString(e.text)
	}
	for _, k := range e.kids {
		k.spell(to)
	}
}
