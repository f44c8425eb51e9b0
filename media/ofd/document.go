package ofd

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// File is an OFD that is open.
type File struct {
	Title   string
	Pages   []Size
	Outline []Entry
	Signed  int // seals and signatures, which are not verified
	Notes   []Note

	*archive
	root      string // the part that is the document
	resources *resources
	sheets    []sheet
	places    map[string]int      // of pages in sheets, by ID
	templates map[string]string   // parts, by ID
	orders    map[string]string   // of templates, where the document says it
	notes     map[string][]string // parts with what is written onto a page, by the page's ID
	stamps    map[string][]stamp  // by the page's ID
	fonts     fontStore
	nested    bool // a seal, in which no seals are looked for
}

// sheet is a page of the document.
type sheet struct {
	id, part string
	area     rect
}

// Open reads what a file says of itself; its pages it reads when they are asked for.
func Open(r io.ReaderAt, size int64, l Limits) (*File, error) { return open(r, size, l, false) }

func open(r io.ReaderAt, size int64, l Limits, nested bool) (*File, error) {
	a, err := openArchive(r, size, l)
	if err != nil {
		return nil, err
	}
	if a.parts["ofd.xml"] == nil {
		return nil, ErrNone
	}
	if a.parts["encryptions.xml"] != nil {
		return nil, ErrEncrypted
	}
	f := &File{archive: a, nested: nested, places: map[string]int{}, templates: map[string]string{}, orders: map[string]string{},
		notes: map[string][]string{}, stamps: map[string][]stamp{}}
	top, err := a.parse("ofd.xml")
	if err != nil {
		return nil, err
	}
	bodies := top.all("DocBody")
	if len(bodies) == 0 {
		return nil, ErrDamaged
	}
	if len(bodies) > 1 {
		f.Notes = append(f.Notes, Note{Kind: Others, Count: len(bodies) - 1})
	}
	return f, f.body(bodies[0])
}

// body reads a document.
func (f *File) body(body *node) error {
	root, err := f.resolve("", body.child("DocRoot").said())
	if err != nil {
		return err
	}
	document, err := f.parse(root)
	if err != nil {
		return err
	}
	f.root = root
	f.Title = strings.Join(strings.Fields(body.child("DocInfo", "Title").said()), " ")
	common := document.child("CommonData")
	if err := f.readSheets(document, common); err != nil {
		return err
	}
	f.readCommon(common)
	f.readNotes(document)
	f.readAttachments(document)
	f.Outline = f.outline(document)
	if !f.nested {
		f.readSigns(body)
	}
	f.left = f.limits.Budget
	return nil
}

// a4 is what a page is that does not say how large it is.
var a4 = rect{0, 0, 210, 297}

func (f *File) readSheets(document, common *node) error {
	usual, ok := areaOf(common.child("PageArea"))
	if !ok {
		usual = a4
	}
	list := document.child("Pages").all("Page")
	switch {
	case len(list) == 0:
		return ErrDamaged
	case len(list) > f.limits.Pages:
		return ErrTooManyPages
	}
	for i, p := range list {
		s := sheet{id: p.attr("ID"), area: usual}
		size := Size{}
		part, err := f.resolve(f.root, p.attr("BaseLoc"))
		if errors.Is(err, ErrOutside) {
			return err
		}
		if err == nil {
			s.part = part
			if own, ok := f.ownArea(part); ok {
				s.area = own
			}
			size = Size{s.area.w, s.area.h}
		}
		f.places[s.id] = i
		f.sheets, f.Pages = append(f.sheets, s), append(f.Pages, size)
	}
	return nil
}

// areaOf is how large pages are.
func areaOf(area *node) (rect, bool) {
	r, ok := rectOf(area.child("PhysicalBox").said())
	return r, ok && r.w > 0 && r.h > 0
}

// ownArea looks only at the beginning of a page, where it says how large it is.
func (f *File) ownArea(part string) (rect, bool) {
	const most = 64 << 10
	r, err := f.parts[part].Open()
	if err != nil {
		return rect{}, false
	}
	defer r.Close()
	d := decoder(io.LimitReader(r, most))
	for {
		token, err := d.Token()
		if err != nil {
			return rect{}, false
		}
		begins, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case begins.Name.Local == "Content":
			return rect{}, false
		case begins.Name.Local == "PhysicalBox":
			var said string
			if d.DecodeElement(&said, &begins) != nil {
				return rect{}, false
			}
			box, ok := rectOf(said)
			return box, ok && box.w > 0 && box.h > 0
		}
	}
}

// readCommon reads what pages share. Something that is missing is told where it is used.
func (f *File) readCommon(common *node) {
	f.resources = newResources()
	if common == nil {
		return
	}
	for _, n := range common.children {
		switch n.name {
		case "PublicRes", "DocumentRes":
			f.readResources(f.resources, f.root, n.said())
		case "TemplatePage":
			if part, err := f.resolve(f.root, n.attr("BaseLoc")); err == nil {
				f.templates[n.attr("ID")] = part
				f.orders[n.attr("ID")] = n.attr("ZOrder")
			}
		}
	}
}

// readNotes finds what is written onto pages: stamps, remarks, marks of water.
func (f *File) readNotes(document *node) {
	for _, list := range document.all("Annotations") {
		part, err := f.resolve(f.root, list.said())
		if err != nil {
			continue
		}
		all, err := f.parse(part)
		if err != nil {
			f.Notes = append(f.Notes, Note{Kind: PartMissing, Count: 1, Name: list.said()})
			continue
		}
		for _, page := range all.all("Page") {
			if one, err := f.resolve(part, page.child("FileLoc").said()); err == nil {
				f.notes[page.attr("PageID")] = append(f.notes[page.attr("PageID")], one)
			}
		}
	}
}

func (f *File) readAttachments(document *node) {
	count := 0
	for _, list := range document.all("Attachments") {
		part, err := f.resolve(f.root, list.said())
		if err != nil {
			continue
		}
		if all, err := f.parse(part); err == nil {
			count += len(all.all("Attachment"))
		}
	}
	if count > 0 {
		f.Notes = append(f.Notes, Note{Kind: Attached, Count: count})
	}
}

// resources are what pages refer to by numbers.
type resources struct {
	fonts, params, spaces, units map[string]*node
	pictures                     map[string]media
	parts                        map[string]string // in which a font is named
}

// media is a file of a picture, a sound or a film.
type media struct{ part, kind, location string }

func newResources() *resources {
	return &resources{fonts: map[string]*node{}, params: map[string]*node{}, spaces: map[string]*node{}, units: map[string]*node{},
		pictures: map[string]media{}, parts: map[string]string{}}
}

// readResources adds what a part of resources holds.
func (f *File) readResources(r *resources, from, location string) {
	part, err := f.resolve(from, location)
	if err != nil {
		return
	}
	top, err := f.parse(part)
	if err != nil {
		return
	}
	base := strings.TrimSuffix(strings.ReplaceAll(top.attr("BaseLoc"), `\`, "/"), "/")
	for _, list := range top.children {
		for _, n := range list.children {
			id := n.attr("ID")
			switch n.name {
			case "Font":
				r.fonts[id] = n
				if file := n.child("FontFile").said(); file != "" {
					r.parts[id], _ = f.below(part, base, file)
				}
			case "DrawParam":
				r.params[id] = n
			case "ColorSpace":
				r.spaces[id] = n
			case "CompositeGraphicUnit":
				r.units[id] = n
			case "MultiMedia":
				file := n.child("MediaFile").said()
				at, _ := f.below(part, base, file)
				r.pictures[id] = media{at, cmp.Or(n.attr("Type"), "Image"), file}
			}
		}
	}
}

// below finds a file of a resource: in the folder that its list names, or beside the list.
func (f *File) below(part, base, file string) (string, error) {
	if base != "" && !strings.HasPrefix(file, "/") && !strings.HasPrefix(file, `\`) {
		if at, err := f.resolve(part, base+"/"+file); err == nil {
			return at, nil
		}
	}
	return f.resolve(part, file)
}

// readerOf makes bytes a file.
func readerOf(content []byte) (io.ReaderAt, int64) {
	return bytes.NewReader(content), int64(len(content))
}
