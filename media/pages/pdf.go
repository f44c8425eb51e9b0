package pages

import "os"

// pdf is a PDF that PDFium has opened.
type pdf struct {
	*sandbox
	document uint64
	limits   *Limits
	about    Info
	current  int    // the page that is loaded, from 1
	handle   uint64 // of that
}

// openPDF reads the file into PDFium's memory at once: it is one growth, and
// PDFium then needs nothing more of the machine.
func openPDF(file *os.File, size int64, limits *Limits, s *sandbox) (*pdf, error) {
	at := s.call("malloc", uint64(size))
	if s.broken != nil || at == 0 {
		return nil, ErrTooMuchMemory
	}
	if _, err := file.ReadAt(s.bytes(at, int(size)), 0); err != nil {
		return nil, err
	}
	p := &pdf{sandbox: s, limits: limits}
	if p.document = s.call("FPDF_LoadMemDocument", at, uint64(size), 0); p.document == 0 {
		return nil, p.unopened()
	}
	if err := p.look(); err != nil {
		return p, err
	}
	if n := saidPages(s.bytes(at, int(size))); n > len(p.about.Pages) {
		p.about.Notes = append(p.about.Notes, Note{Code: NotePagesFewer, Count: n})
	}
	return p, nil
}

// unopened says why PDFium refuses a file.
func (p *pdf) unopened() error {
	reason := p.count("FPDF_GetLastError")
	switch {
	case p.broken != nil:
		return p.broken
	case reason == 4 || reason == 5: // a password, or a way of locking that it does not know
		return ErrEncrypted
	}
	return ErrDamaged
}

// look reads what the file says of itself, and refuses pages that nobody prints.
func (p *pdf) look() error {
	n := p.count("FPDF_GetPageCount", p.document)
	switch {
	case p.broken != nil:
		return p.broken
	case n < 1:
		return ErrDamaged
	case n > p.limits.Pages:
		return ErrTooManyPages.With("", map[string]any{"limit": p.limits.Pages})
	}
	p.about = Info{Pages: make([]Size, n)}
	unread := 0
	for i := range p.about.Pages {
		size, ok := p.sizeOf(i)
		if !ok {
			unread++
			p.about.Notes = append(p.about.Notes, Note{Code: NotePageUnread, Page: i + 1})
			continue
		}
		if err := p.limits.allow(size, i+1); err != nil {
			return err
		}
		p.about.Pages[i] = size
	}
	if unread > p.limits.BadPages || unread == n {
		return ErrDamaged
	}
	p.about.Outline = p.outline()
	p.about.Title = p.wide(func(buffer, size uint64) uint64 { return p.meta("Title", buffer, size) })
	if signed := p.count("FPDF_GetSignatureCount", p.document); signed > 0 {
		p.about.Signed = signed
		p.about.Notes = append(p.about.Notes, Note{Code: NoteSigned, Count: signed})
	}
	return p.broken
}

func (p *pdf) info() *Info { return &p.about }

func (p *pdf) meta(tag string, buffer, size uint64) uint64 {
	name := p.keep([]byte(tag + "\x00"))
	defer p.free(name)
	return p.call("FPDF_GetMetaText", p.document, name, buffer, size)
}

func (p *pdf) sizeOf(index int) (Size, bool) {
	if !p.is("FPDF_GetPageSizeByIndexF", p.document, uint64(index), p.room) {
		return Size{}, false
	}
	two := p.floats(p.room, 2)
	return Size{two[0], two[1]}, true
}

// allow refuses a page that is too small, too large, or endless.
func (l *Limits) allow(s Size, page int) error {
	inside := func(v float64) bool { return v >= l.Shortest && v <= l.Longest }
	if inside(s.Width) && inside(s.Height) {
		return nil
	}
	return ErrPageSize.With("", map[string]any{
		"page": page, "width": centimetres(s.Width), "height": centimetres(s.Height),
		"least": centimetres(l.Shortest), "most": centimetres(l.Longest),
	})
}

func centimetres(points float64) int { return int(points*2.54/72 + .5) }

// page loads a page, and keeps it until another is asked for: its words and its
// pictures are asked for one after the other.
func (p *pdf) page(page int) (handle uint64, err error) {
	if page == p.current {
		return p.handle, nil
	}
	p.leave()
	p.handle = p.call("FPDF_LoadPage", p.document, uint64(page-1))
	switch {
	case p.broken != nil:
		return 0, p.broken
	case p.handle == 0:
		return 0, ErrPageDamaged.With("", map[string]any{"page": page})
	}
	p.current = page
	return p.handle, nil
}

func (p *pdf) leave() {
	if p.handle != 0 {
		p.call("FPDF_ClosePage", p.handle)
	}
	p.current, p.handle = 0, 0
}
