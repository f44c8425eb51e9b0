package media

import (
	"bytes"
	"io"
	"slices"

	"github.com/richardlehane/mscfb"
)

// kinds of files by how they begin.
var docxOtherHeads = []struct{ head, kind string }{
	{"%PDF", "PDF"},
	{"MZ", "EXE"},
	{"{\\rtf", "RTF"},
	{"\x89PNG", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"Rar!", "RAR"},
	{"7z\xbc\xaf", "7Z"},
	{"<!DOCTYPE html", "HTML"},
	{"<html", "HTML"},
	{"MIME-Version:", "MHT"},
	{"<?xml", "XML"},
}

// compoundHead begins the files of Office 97 to 2003, and documents that
// today's Office has put under a password.
const compoundHead = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// docxInstead says why a file that is no zip archive is no Word document.
func docxInstead(r io.ReaderAt, size int64) error {
	head := make([]byte, min(size, 64))
	if n, err := r.ReadAt(head, 0); err != nil && n < len(head) {
		return ErrDocxDamaged
	}
	if bytes.HasPrefix(head, []byte(compoundHead)) {
		return compoundKind(r)
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return ErrDocxDamaged
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \r\n\t")
	for _, o := range docxOtherHeads {
		if bytes.HasPrefix(text, []byte(o.head)) {
			return otherDocument(o.kind)
		}
	}
	return ErrNotDocx
}

// compoundKind looks at the names of the streams in a compound file.
func compoundKind(r io.ReaderAt) error {
	file, err := mscfb.New(r)
	if err != nil {
		return ErrDocxDamaged
	}
	var names []string
	for _, entry := range file.File {
		names = append(names, entry.Name)
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	switch {
	case has("EncryptedPackage"):
		return ErrDocxEncrypted
	case has("WordDocument"):
		return ErrOldWord
	case has("Workbook"), has("Book"):
		return otherDocument("XLS")
	case has("PowerPoint Document"):
		return otherDocument("PPT")
	}
	return ErrNotDocx
}
