package media

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"yuandu/model"
)

const (
	wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// word is a document by its parts: the body, and whatever else is named.
type word map[string]string

// file zips the document. "body" is wrapped as word/document.xml, "styles",
// "numbering", "footnotes", "endnotes" as their parts, "links" as what the
// document refers to.
func (d word) file() []byte { return zipped(d.parts(), zip.Deflate) }

// stored is the document in an archive that makes nothing smaller.
func (d word) stored() []byte { return zipped(d.parts(), zip.Store) }

func (d word) parts() map[string]string {
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         links(`<Relationship Id="a" Type="` + relType + `officeDocument" Target="word/document.xml"/>`),
	}
	for name, content := range d {
		switch name {
		case "body":
			parts["word/document.xml"] = `<w:document ` + wordSpaces + `><w:body>` + content + `<w:sectPr/></w:body></w:document>`
		case "styles", "numbering", "footnotes", "endnotes":
			parts["word/"+name+".xml"] = `<w:` + name + ` ` + wordSpaces + `>` + content + `</w:` + name + `>`
		case "links":
			parts["word/_rels/document.xml.rels"] = links(content)
		default:
			parts[name] = content
		}
	}
	return parts
}

func links(list string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
}

func zipped(parts map[string]string, method uint16) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = io.WriteString(w, content)
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

// p is a paragraph of plain text, in a style where one is named.
func p(text string, style ...string) string {
	look := ""
	if len(style) > 0 {
		look = `<w:pPr><w:pStyle w:val="` + style[0] + `"/></w:pPr>`
	}
	return `<w:p>` + look + run(text) + `</w:p>`
}

func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// listed is a paragraph with an automatic number.
func listed(num, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>%s</w:p>`, level, num, run(text))
}

// reading is a document read with keep, which must not fail.
func reading(t *testing.T, file []byte, keep func(string, []byte) (string, error)) *Docx {
	t.Helper()
	d, err := ReadDocx(bytes.NewReader(file), int64(len(file)), keep)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// told writes passages as a person would note them.
func told(list []model.Passage) []string {
	var all []string
	for _, p := range list {
		s := string(p.Kind)
		if p.Level > 0 {
			s += fmt.Sprint(p.Level)
		}
		for _, part := range []string{p.Text, p.FileID} {
			if part != "" {
				s += " " + part
			}
		}
		for _, row := range p.Rows {
			s += " [" + strings.ReplaceAll(strings.Join(row, "|"), "\n", "/") + "]"
		}
		for _, s2 := range p.Spans {
			s += fmt.Sprintf(" %d,%d:%dx%d", s2.Row, s2.Column, s2.Rows, s2.Columns)
		}
		all = append(all, s)
	}
	return all
}

func noted(list []DocxNote) string {
	var all []string
	for _, n := range list {
		all = append(all, fmt.Sprintf("%s %d", strings.TrimPrefix(n.Code, "docx."), n.Count))
	}
	return strings.Join(all, ", ")
}

// compound makes a compound file, as Office 97 did, whose streams are empty.
func compound(names ...string) []byte {
	const sector = 512
	header := make([]byte, sector)
	copy(header, compoundHead)
	binary.LittleEndian.PutUint16(header[26:], 3)          // version
	binary.LittleEndian.PutUint16(header[28:], 0xFFFE)     // byte order
	binary.LittleEndian.PutUint16(header[30:], 9)          // 512 bytes a sector
	binary.LittleEndian.PutUint16(header[32:], 6)          // 64 a small one
	binary.LittleEndian.PutUint32(header[44:], 1)          // one sector of chains
	binary.LittleEndian.PutUint32(header[48:], 1)          // the directory
	binary.LittleEndian.PutUint32(header[56:], 4096)       // what a small stream is
	binary.LittleEndian.PutUint32(header[60:], 0xFFFFFFFE) // no small chains
	binary.LittleEndian.PutUint32(header[68:], 0xFFFFFFFE) // no further list of chains
	binary.LittleEndian.PutUint32(header[76:], 0)          // the chains stand in sector 0
	for i := 80; i < sector; i += 4 {
		binary.LittleEndian.PutUint32(header[i:], 0xFFFFFFFF)
	}
	chains := bytes.Repeat([]byte{0xFF}, sector)
	binary.LittleEndian.PutUint32(chains[0:], 0xFFFFFFFD)
	binary.LittleEndian.PutUint32(chains[4:], 0xFFFFFFFE)
	directory := make([]byte, sector)
	for i, name := range append([]string{"Root Entry"}, names...) {
		compoundEntry(directory[128*i:], name, i, len(names))
	}
	return append(append(header, chains...), directory...)
}

// compoundEntry writes the entry of a stream; each has the next one to its right.
func compoundEntry(entry []byte, name string, i, last int) {
	for j, u := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(entry[2*j:], u)
	}
	binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
	left, right, child, kind := uint32(0xFFFFFFFF), uint32(0xFFFFFFFF), uint32(0xFFFFFFFF), byte(2)
	switch {
	case i == 0:
		kind = 5
		child = 1
	case i < last:
		right = uint32(i + 1)
	}
	entry[66] = kind
	binary.LittleEndian.PutUint32(entry[68:], left)
	binary.LittleEndian.PutUint32(entry[72:], right)
	binary.LittleEndian.PutUint32(entry[76:], child)
	binary.LittleEndian.PutUint32(entry[116:], 0xFFFFFFFE)
}
