package ingest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// layout is what must be known of a sheet before its rows are read. Excelize
// would load the whole sheet to tell its merged cells, and compares each of
// them with every other.
type layout struct {
	lines  int
	merges merges
}

// The merged cells and the columns of a sheet beyond these do not count.
const (
	maxMerges  = 100_000
	maxColumns = 256
)

// merge is a rectangle of cells that show one value, counted from 1.
type merge struct{ left, top, right, bottom int }

// merges spreads the values of merged cells while the rows go by.
type merges struct {
	byTop map[int][]merge
	width int // how many columns the table has
	open  [maxColumns]struct {
		bottom int
		value  string
	}
}

// spread fills the cells of a row that belong to merged ones.
func (m *merges) spread(line int, cells []string) []string {
	for _, r := range m.byTop[line] {
		value := ""
		if r.left <= len(cells) {
			value = cells[r.left-1]
		}
		for column := r.left; column <= min(r.right, maxColumns); column++ {
			m.open[column-1].bottom, m.open[column-1].value = r.bottom, value
		}
	}
	for i, o := range m.open {
		if o.bottom < line || o.value == "" || i >= max(m.width, len(cells)) {
			continue
		}
		for len(cells) <= i {
			cells = append(cells, "")
		}
		if cells[i] == "" {
			cells[i] = o.value
		}
	}
	return cells
}

func readLayout(parts *zip.Reader, sheet string) (layout, error) {
	name, err := partOf(parts, sheet)
	if err != nil {
		return layout{}, err
	}
	l := layout{merges: merges{byTop: map[int][]merge{}, width: maxColumns}}
	known := 0
	err = eachElement(parts, name, func(e xml.StartElement) {
		switch e.Name.Local {
		case "row":
			l.lines++
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil {
				l.lines = n
			}
		case "mergeCell":
			if r, ok := readMerge(attribute(e, "ref")); ok && known < maxMerges {
				l.merges.byTop[r.top] = append(l.merges.byTop[r.top], r)
				known++
			}
		}
	})
	if err != nil {
		return layout{}, fmt.Errorf("工作表“%s”读不出来，请用 Excel 或 WPS 重新另存", sheet)
	}
	return l, nil
}

func readMerge(ref string) (merge, bool) {
	from, to, _ := strings.Cut(ref, ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	return merge{left, top, right, bottom}, err == nil && err2 == nil && left <= right && top <= bottom
}

// partOf finds the part of the package that holds a sheet: the workbook gives
// its relation, the relations give its name.
func partOf(parts *zip.Reader, sheet string) (string, error) {
	relation, target := "", ""
	err := eachElement(parts, "xl/workbook.xml", func(e xml.StartElement) {
		if e.Name.Local == "sheet" && attribute(e, "name") == sheet {
			relation = attribute(e, "id")
		}
	})
	err2 := eachElement(parts, "xl/_rels/workbook.xml.rels", func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && attribute(e, "Id") == relation {
			target = attribute(e, "Target")
		}
	})
	if err != nil || err2 != nil || target == "" {
		return "", fmt.Errorf("找不到工作表“%s”的内容", sheet)
	}
	if strings.HasPrefix(target, "/") {
		return target[1:], nil
	}
	return path.Join("xl", target), nil
}

// isSheetPart says whether excelize puts a large part into a temporary file.
func isSheetPart(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedstrings.xml"
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// eachElement walks over the elements of a part.
func eachElement(parts *zip.Reader, name string, each func(xml.StartElement)) error {
	for _, f := range parts.File {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return err
		}
		defer part.Close()
		for dec := xml.NewDecoder(io.LimitReader(part, maxUnpacked)); ; {
			token, err := dec.RawToken()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if e, ok := token.(xml.StartElement); ok {
				each(e)
			}
		}
	}
	return errors.New("no such part")
}
