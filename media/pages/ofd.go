package pages

import (
	"errors"
	"os"
	"unicode"

	"yuandu/media/ofd"
)

// ofdFile is an OFD (GB/T 33190). Its words and where they stand are read from the file
// itself; to be drawn, each page becomes a PDF of its own that PDFium opens.
type ofdFile struct {
	*sandbox
	limits *Limits
	file   *ofd.File
	source *os.File
	about  Info

	current  int       // the page that was read last, from 1
	read     *ofd.Page // that
	document uint64    // in PDFium, of that; 0 where it is not drawn yet
	handle   uint64
	memory   uint64
}

// points are how many of them a millimetre is.
const points = 72 / 25.4

func openOFD(file *os.File, size int64, limits *Limits, s *sandbox) (*ofdFile, error) {
	bounds := ofd.UsualLimits()
	bounds.Pages = limits.Pages
	opened, err := ofd.Open(file, size, bounds)
	if err != nil {
		return nil, unopenedOFD(err, limits)
	}
	o := &ofdFile{sandbox: s, limits: limits, file: opened, source: file}
	return o, o.look()
}

// unopenedOFD says why an OFD is refused.
func unopenedOFD(err error, limits *Limits) error {
	switch {
	case errors.Is(err, ofd.ErrTooManyPages):
		return ErrTooManyPages.With("", map[string]any{"limit": limits.Pages})
	case errors.Is(err, ofd.ErrTooMuch):
		return ErrTooMuchMemory
	case errors.Is(err, ofd.ErrEncrypted):
		return ErrEncrypted
	case errors.Is(err, ofd.ErrNone):
		return ErrNamedOnly.With("", map[string]any{"found": "DOCX/XLSX/ZIP"})
	case errors.Is(err, ofd.ErrOutside):
		return ErrLeadsOut
	case errors.Is(err, ofd.ErrDamaged):
		return ErrDamaged
	}
	return err
}

// look is what the file says of itself.
func (o *ofdFile) look() error {
	n := len(o.file.Pages)
	o.about = Info{Title: o.file.Title, Pages: make([]Size, n), Signed: o.file.Signed}
	unread := 0
	for i, p := range o.file.Pages {
		if p.Width == 0 {
			unread++
			o.about.Notes = append(o.about.Notes, Note{Code: NotePageUnread, Page: i + 1})
			continue
		}
		size := Size{p.Width * points, p.Height * points}
		if err := o.limits.allow(size, i+1); err != nil {
			return err
		}
		o.about.Pages[i] = size
	}
	if unread > o.limits.BadPages || unread == n {
		return ErrDamaged
	}
	for _, e := range o.file.Outline {
		entry := Entry{Title: e.Title, Level: e.Level, Page: e.Page}
		if e.Page > 0 && o.file.Pages[e.Page-1].Height > 0 {
			entry.Top = min(e.Top/o.file.Pages[e.Page-1].Height, 1)
		}
		o.about.Outline = append(o.about.Outline, entry)
	}
	o.about.Notes = append(o.about.Notes, notesOfOFD(o.file.Notes, 0)...)
	if o.about.Signed > 0 {
		o.about.Notes = append(o.about.Notes, Note{Code: NoteSigned, Count: o.about.Signed})
	}
	return nil
}

func (o *ofdFile) info() *Info { return &o.about }

// notesOfOFD are notes as they are said here.
func notesOfOFD(list []ofd.Note, page int) (notes []Note) {
	for _, n := range list {
		notes = append(notes, Note{Code: ofdNotes[n.Kind], Page: page, Count: n.Count, Name: n.Name})
	}
	return notes
}

var ofdNotes = map[ofd.Kind]string{
	ofd.FontAbsent: NoteFontReplaced, ofd.FontUnusable: NoteFontUnusable, ofd.PictureUndrawn: NotePictureUndrawn, ofd.PartMissing: NotePartMissing,
	ofd.Simplified: NoteSimplified, ofd.Undrawn: NoteUndrawn, ofd.SealUndrawn: NoteSealUndrawn, ofd.Others: NoteOthers, ofd.Attached: NoteAttached,
	ofd.TemplateLoop: NoteTemplateLoop, ofd.TooManyObjects: NoteTooManyObjects, ofd.GlyphsUnknown: NoteGlyphsUnknown,
}

// turn reads a page, and keeps it until another is asked for.
func (o *ofdFile) turn(page int) error {
	if page == o.current {
		return nil
	}
	o.leave()
	read, err := o.file.Page(page)
	if err != nil {
		return o.unreadPage(err, page)
	}
	o.current, o.read = page, read
	return nil
}

// unreadPage says why a page is refused: it alone is, and the others can be read.
func (o *ofdFile) unreadPage(err error, page int) error {
	if err = unopenedOFD(err, o.limits); errors.Is(err, ErrDamaged) || errors.Is(err, ErrLeadsOut) {
		return ErrPageDamaged.With("", map[string]any{"page": page})
	}
	return err
}

// page has PDFium open what a page became.
func (o *ofdFile) page(page int) (handle uint64, err error) {
	if err := o.turn(page); err != nil {
		return 0, err
	}
	if o.handle != 0 {
		return o.handle, nil
	}
	if o.memory = o.keep(o.read.PDF); o.memory == 0 {
		return 0, o.orMemory()
	}
	size := len(o.read.PDF)
	o.read.PDF = nil // PDFium has its own
	o.document = o.call("FPDF_LoadMemDocument", o.memory, uint64(size), 0)
	if o.document != 0 {
		o.handle = o.call("FPDF_LoadPage", o.document, 0)
	}
	switch {
	case o.broken != nil:
		return 0, o.broken
	case o.handle == 0:
		return 0, ErrPageDamaged.With("", map[string]any{"page": page})
	}
	return o.handle, nil
}

func (o *ofdFile) leave() {
	if o.handle != 0 {
		o.call("FPDF_ClosePage", o.handle)
	}
	if o.document != 0 {
		o.call("FPDF_CloseDocument", o.document)
	}
	if o.memory != 0 {
		o.free(o.memory)
	}
	o.current, o.read, o.handle, o.document, o.memory = 0, nil, 0, 0, 0
}

// text is what stands on a page.
func (o *ofdFile) text(page int) (*Text, error) {
	if err := o.turn(page); err != nil {
		return nil, err
	}
	t := &Text{size: o.about.Pages[page-1]}
	var glyphs []glyph
	for quarters := range 4 {
		way := turn{quarters, t.size}
		list := o.glyphs(way)
		t.add(compose(list, way.seen()), way)
		glyphs = append(glyphs, list...)
	}
	t.Layer = layerOf(glyphs, o.read.Objects == 0, func() float64 { return o.read.Pictured })
	t.Notes = notesOfOFD(o.read.Notes, page)
	if !o.about.HasHanzi {
		for i := range t.Notes {
			if t.Notes[i].Code == NoteFontReplaced {
				t.Notes[i].Code = NoteFontMissing
			}
		}
	}
	if t.Layer == LayerGarbage {
		t.Notes = append(t.Notes, Note{Code: NoteTextGarbage, Page: page})
	}
	return t, nil
}

// glyphs are the characters of the page that are turned one way, upright, with blanks between
// words that are set apart.
func (o *ofdFile) glyphs(way turn) []glyph {
	var list []glyph
	for _, g := range o.read.Glyphs {
		if g.Turned != way.quarters {
			continue
		}
		now := glyph{char: g.Char, box: way.upright(Box{g.Box.Left * points, g.Box.Top * points, g.Box.Right * points, g.Box.Bottom * points})}
		if n := len(list); n > 0 && !unicode.IsSpace(g.Char) && isApart(list[n-1].box, now.box) {
			list = append(list, glyph{char: ' ', blank: true})
		}
		list = append(list, now)
	}
	return list
}

// isApart says whether two characters on a line are further apart than those of a word are.
func isApart(a, b Box) bool {
	height := min(a.Bottom-a.Top, b.Bottom-b.Top)
	return b.Left-a.Right > .2*height && min(a.Bottom, b.Bottom)-max(a.Top, b.Top) > .4*height
}
