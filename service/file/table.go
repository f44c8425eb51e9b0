package file

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// ReceiveTable takes in a file of rows, which an import is made of: a workbook,
// or text, packed or not. Whether it can be read is found out by the import.
func (s *Service) ReceiveTable(r io.Reader, declared int64) (*Arrived, error) {
	if declared > model.MaxImport {
		return nil, tooLarge(model.MaxImport)
	}
	in := &incoming{r: r}
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	if err := isTable(head); err != nil {
		return nil, err
	}
	return keepFor(in, head, model.MaxImport)
}

// isTable says by the beginning of a file whether it may hold rows.
func isTable(head []byte) error {
	begins := func(with string) bool { return bytes.HasPrefix(head, []byte(with)) }
	switch {
	case begins("\xd0\xcf\x11\xe0"):
		return model.ErrImportOldExcel
	case begins("PK\x03\x04"), begins("\x1f\x8b"), begins("\xff\xfe"), begins("\xfe\xff"):
		return nil
	case begins("%PDF"), begins("{\\rtf"), bytes.IndexByte(head, 0) >= 0, isPage(head):
		return model.ErrImportType
	}
	return nil
}

// isPage tells a page of the web, under whatever name it was saved: some programs
// call one .xls.
func isPage(head []byte) bool {
	text := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))))
	for _, opening := range []string{"<!doctype", "<html", "<?xml"} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	return false
}

// AddTable keeps a file of rows that arrived, under a name.
func (s *Service) AddTable(ctx context.Context, by model.Actor, name string, a *Arrived) (*store.File, error) {
	mediaType, err := a.tableType()
	if err != nil {
		return nil, err
	}
	f := &store.File{BlobKey: keyOf(a.SM3)}
	f.Name, f.MediaType, f.Size, f.SM3 = tableName(name), mediaType, a.Size, a.SM3
	return f, s.keep(ctx, by, f, &parcel{io.NewSectionReader(a.file, 0, a.Size), a.Size, a.SM3, nil})
}

func (a *Arrived) tableType() (string, error) {
	head := make([]byte, 4)
	if _, err := a.file.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	switch {
	case string(head[:2]) == "\x1f\x8b":
		return "application/gzip", nil
	case string(head) != "PK\x03\x04":
		return "text/plain", nil
	}
	parts, err := zip.NewReader(a.file, a.Size)
	if err != nil {
		return "", model.ErrFileDamaged
	}
	for _, part := range parts.File {
		if strings.EqualFold(part.Name, "xl/workbook.xml") {
			return media.XLSX.MediaType, nil
		}
	}
	return "", model.ErrImportType
}

// tableName is a name without folders, and without what can't be seen.
func tableName(name string) string {
	name = strings.Trim(shortened(visible(name[strings.LastIndexAny(name, `/\`)+1:]), longestName), " ")
	if name == "" {
		return unnamedStem
	}
	return name
}
