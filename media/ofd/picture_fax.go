package ofd

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// faxMark begins a JBIG2 (ISO/IEC 14492): black and white, as most scans in OFD are.
const faxMark = "\x97JB2\r\n\x1a\n"

// What of a JBIG2 is of the file alone, and is not to be in a PDF.
const (
	faxPage      = 48
	faxEndOfPage = 49
	faxEndOfFile = 51
	mostFaxParts = 10_000
)

// faxPart is a segment of a JBIG2.
type faxPart struct {
	kind byte
	head []byte
	size int // of its data
}

var errFax = errors.New("ofd: a JBIG2 that can't be read")

// faxPicture puts a JBIG2 into the PDF, in which its parts stand without the frame of a file.
func (p *painter) faxPicture(content []byte) string {
	parts, width, height, err := unframed(content)
	if err != nil || width < 1 || height < 1 || width > p.file.limits.Pixels/height {
		p.note(PictureUndrawn, "JBIG2")
		return ""
	}
	head := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode", width, height)
	return p.pictures.name(p.pdf.stream(head, parts))
}

// unframed are the parts of the first page, each followed by its data, and how large the page is.
func unframed(content []byte) (parts []byte, width, height int, err error) {
	defer func() {
		if recover() != nil { // it ends too early
			err = errFax
		}
	}()
	flags, at := content[8], 9
	if flags&2 == 0 {
		at += 4 // how many pages there are
	}
	inOrder := flags&1 != 0
	var list []faxPart
	for at < len(content) && len(list) < mostFaxParts {
		part, size := faxPartAt(content[at:])
		list = append(list, part)
		at += size
		if inOrder {
			parts, width, height = part.add(parts, content[at:at+part.size], width, height)
			at += part.size
		}
		if part.kind == faxEndOfFile {
			break
		}
	}
	if !inOrder { // all heads stand before all data
		for _, part := range list {
			parts, width, height = part.add(parts, content[at:at+part.size], width, height)
			at += part.size
		}
	}
	return parts, width, height, nil
}

// add adds a part with its data, but for those of the file alone.
func (f faxPart) add(parts, data []byte, width, height int) ([]byte, int, int) {
	switch f.kind {
	case faxEndOfPage, faxEndOfFile:
		return parts, width, height
	case faxPage:
		width, height = int(binary.BigEndian.Uint32(data)), int(binary.BigEndian.Uint32(data[4:]))
	}
	return append(append(parts, f.head...), data...), width, height
}

// faxPartAt reads the head of a part, and says how long it is.
func faxPartAt(b []byte) (faxPart, int) {
	number, flags := binary.BigEndian.Uint32(b), b[4]
	refers, at := int(b[5]>>5), 6
	if refers == 7 {
		refers = int(binary.BigEndian.Uint32(b[5:]) & 0x1FFFFFFF)
		at = 9 + (refers+8)/8
	}
	switch {
	case number <= 256:
		at += refers
	case number <= 65536:
		at += 2 * refers
	default:
		at += 4 * refers
	}
	if at++; flags&0x40 != 0 {
		at += 3
	}
	size := binary.BigEndian.Uint32(b[at:])
	if size > uint32(len(b)) { // not said: only of a part that nobody writes
		panic(errFax)
	}
	at += 4
	return faxPart{kind: flags & 63, head: b[:at:at], size: int(size)}, at
}
