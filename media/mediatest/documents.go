// Package mediatest makes the files that editors hand in, sound ones and others.
package mediatest

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// PDF is a PDF of some pages. more are objects that it also holds, written as
// they are.
func PDF(pages int, more ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [")
	for i := range pages {
		fmt.Fprintf(&b, "%d 0 R ", i+3)
	}
	fmt.Fprintf(&b, "] /Count %d>>\nendobj\n", pages)
	for i := range pages {
		fmt.Fprintf(&b, "%d 0 obj\n<</Type /Page /Parent 2 0 R>>\nendobj\n", i+3)
	}
	for _, m := range more {
		b.WriteString(m + "\n")
	}
	b.WriteString("trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return b.Bytes()
}

// ObjectStream is objects of a PDF, deflated together.
func ObjectStream(objects string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, objects)
	z.Close()
	const object = "9 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\r\n%s\nendstream\nendobj"
	return fmt.Sprintf(object, b.Len(), b.String())
}

// Entry is one entry of an archive.
type Entry struct{ Name, Text string }

// Zip is an archive.
func Zip(entries ...Entry) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.Name)
		if err == nil {
			_, err = io.WriteString(w, e.Text)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Override PartName="/%s" ContentType="application/vnd.%s.main+xml"/></Types>`

func office(part, kind, text string, more []Entry) []byte {
	return Zip(append([]Entry{{"[Content_Types].xml", fmt.Sprintf(contentTypes, part, kind)}, {part, text}}, more...)...)
}

// DOCX is a Word document; more are further entries.
func DOCX(text string, more ...Entry) []byte {
	return office("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document", text, more)
}

// Word is a file of Word that calls itself one of a kind: a template, or one with
// macros.
func Word(kind string) []byte { return office("word/document.xml", kind, "<d/>", nil) }

// XLSX is an Excel workbook.
func XLSX(text string, more ...Entry) []byte {
	return office("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet", text, more)
}

// PPTX is a presentation of some slides.
func PPTX(slides int) []byte {
	var more []Entry
	for i := range slides {
		name := fmt.Sprintf("slide%d.xml", i+1)
		more = append(more, Entry{"ppt/slides/" + name, "<p/>"}, Entry{"ppt/slides/_rels/" + name + ".rels", "<r/>"})
	}
	return office("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.presentation", "<p/>", more)
}

// OFD is a document of some pages after GB/T 33190.
func OFD(pages int, more ...Entry) []byte {
	const (
		root  = `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`
		begin = `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:TemplatePage/></ofd:CommonData><ofd:Pages>`
		end   = `</ofd:Pages></ofd:Document>`
	)
	document := begin + strings.Repeat(`<ofd:Page ID="1"/>`, pages) + end
	return Zip(append([]Entry{{"OFD.xml", root}, {"Doc_0/Document.xml", document}}, more...)...)
}

// Locked is an archive whose entries say that they are encrypted.
func Locked(archive []byte) []byte {
	archive = slices.Clone(archive)
	for at := 0; ; at++ {
		next := bytes.Index(archive[at:], []byte("PK\x01\x02"))
		if next < 0 {
			return archive
		}
		at += next
		archive[at+8] |= 1
	}
}

// Compound is a compound file with some streams at its root, as old Office wrote
// them; the folder of one stands before a slash: Macros/VBA.
func Compound(streams ...string) []byte {
	const sector = 512
	names := []string{"Root Entry"}
	for _, s := range streams {
		names = append(names, s[strings.LastIndex(s, "/")+1:])
	}
	sectors := (len(names) + 3) / 4
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le := binary.LittleEndian
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: endOfChain, 68: endOfChain} {
		le.PutUint32(head[at:], v)
	}
	for at := 80; at < sector; at += 4 {
		le.PutUint32(head[at:], freeSector)
	}
	fat := bytes.Repeat([]byte{0xff}, sector)
	le.PutUint32(fat, 0xfffffffd) // the table itself
	for i := 1; i <= sectors; i++ {
		le.PutUint32(fat[4*i:], uint32(i+1))
	}
	le.PutUint32(fat[4*sectors:], endOfChain)
	folder := make([]byte, 0, sectors*sector)
	for i, name := range names {
		folder = append(folder, compoundEntry(name, i, len(names))...)
	}
	return slices.Concat(head, fat, folder, make([]byte, sectors*sector-len(folder)))
}

const (
	endOfChain = 0xfffffffe
	freeSector = 0xffffffff
)

// compoundEntry is one entry of the folder: each is the right neighbour of the
// one before, and all lie below the first.
func compoundEntry(name string, i, of int) []byte {
	e := make([]byte, 128)
	for j, u := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*j:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66], e[67] = 2, 1
	left, right, child := uint32(freeSector), uint32(freeSector), uint32(freeSector)
	switch {
	case i == 0:
		e[66], child = 5, 1
	case i < of-1:
		right = uint32(i + 1)
	}
	for at, v := range map[int]uint32{68: left, 72: right, 76: child, 116: endOfChain} {
		binary.LittleEndian.PutUint32(e[at:], v)
	}
	return e
}
