package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// How much an entry may swell up before it counts as made to.
const (
	bombFrom  = 8 << 20 // bytes
	bombRatio = 250
)

// archive is the parts of a file by their names. Nothing is ever unpacked.
type archive struct {
	parts  map[string]*zip.File
	limits Limits
	left   int64 // of the budget
}

func openArchive(r io.ReaderAt, size int64, l Limits) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(z.File) > l.Entries {
		return nil, ErrTooMuch
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), limits: l, left: l.Budget}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		name := entryName(f.Name)
		if leadsOut(name) {
			return nil, ErrOutside
		}
		a.parts[partName(name)] = f
	}
	return a, nil
}

// entryName is the name of an entry. What is no UTF-8 is what Chinese systems wrote
// before it.
func entryName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
		return decoded
	}
	return strings.ToValidUTF8(name, "_")
}

// partName is a name as it is compared: from the root, with slashes, without case.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// leadsOut says whether a name climbs above the root.
func leadsOut(name string) bool {
	depth := 0
	for _, step := range strings.Split(strings.ReplaceAll(name, `\`, "/"), "/") {
		switch step {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return true
			}
		default:
			depth++
		}
	}
	return false
}

// resolve finds the part that another one names: from the root, from the folder of
// who names it, or, as some writers do, from a folder above that.
func (a *archive) resolve(from, location string) (string, error) {
	location = strings.ReplaceAll(strings.TrimSpace(location), `\`, "/")
	if location == "" {
		return "", errMissing
	}
	folder := path.Dir("/" + from)
	if strings.HasPrefix(location, "/") {
		folder = "/"
	}
	if leadsOut(folder + "/" + location) {
		return "", ErrOutside
	}
	for ; ; folder = path.Dir(folder) {
		if name := partName(folder + "/" + location); a.parts[name] != nil {
			return name, nil
		}
		if folder == "/" || folder == "." {
			return "", errMissing
		}
	}
}

var errMissing = fmt.Errorf("%w: a part is missing", ErrDamaged)

// read inflates a part, and counts what comes: what its header says is not believed.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil || f.FileInfo().IsDir() {
		return nil, errMissing
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer r.Close()
	most := min(a.limits.Part, a.left)
	if byRatio := int64(min(f.CompressedSize64, 1<<32)) * bombRatio; byRatio < most {
		most = max(byRatio, min(bombFrom, most))
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, most+1))
	a.left -= n
	switch {
	case n > most:
		return nil, ErrTooMuch
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return b.Bytes(), nil
}
