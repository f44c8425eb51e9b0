package media

import (
	"slices"

	"github.com/richardlehane/mscfb"

	"yuandu/model"
)

// oldOffices are the formats of old Office and of WPS: the stream that each has
// at its root, and the endings that say which of them it is.
var oldOffices = []struct {
	ending  string
	streams []string
	t       *FileType
}{
	{"doc", []string{"WordDocument"}, &FileType{"application/msword", []string{"doc"}}},
	{"wps", []string{"WordDocument"}, &FileType{"application/wps-office.wps", []string{"wps"}}},
	{"xls", []string{"Workbook", "Book"}, &FileType{"application/vnd.ms-excel", []string{"xls"}}},
	{"et", []string{"Workbook", "Book"}, &FileType{"application/wps-office.et", []string{"et"}}},
	{"ppt", []string{"PowerPoint Document"}, &FileType{"application/vnd.ms-powerpoint", []string{"ppt"}}},
	{"dps", []string{"PowerPoint Document"}, &FileType{"application/wps-office.dps", []string{"dps"}}},
}

// macroStores hold the macros of old Word and Excel; old PowerPoint keeps its own
// where nobody sees them from outside.
var macroStores = []string{"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}

// lookCompound looks at the names of what a compound file holds: installers of
// programs and documents under a password are compound files, too.
func lookCompound(c content) (*Sniffed, error) {
	file, err := mscfb.New(c.section())
	if err != nil {
		return nil, model.ErrFileDamaged
	}
	var root []string
	for _, f := range file.File {
		if slices.Contains(macroStores, f.Name) {
			return nil, model.ErrFileMacros
		}
		if len(f.Path) == 0 {
			root = append(root, f.Name)
		}
	}
	if slices.Contains(root, "EncryptedPackage") {
		return nil, model.ErrFileEncrypted
	}
	for _, o := range oldOffices {
		if o.ending == c.ending && slices.ContainsFunc(o.streams, func(s string) bool { return slices.Contains(root, s) }) {
			return &Sniffed{Type: o.t}, nil
		}
	}
	return nil, model.ErrFileOldOffice
}
