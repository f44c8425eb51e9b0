package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/xuri/excelize/v2"

	"yuandu/model"
)

// What a workbook may unpack to, and what of it stays in memory: larger sheets
// lie in temporary files while they are read.
const (
	maxUnpacked = 512 << 20
	maxInMemory = 8 << 20
	maxPictures = 64 << 20
)

// xlsxFile reads the first sheet of a workbook that has a row with the names
// of the columns.
type xlsxFile struct {
	file   *os.File
	book   *excelize.File
	rows   *excelize.Rows
	sheet  string
	others []string // sheets that are not read
	header header
	merges merges
	line   int
	lines  int // of the sheet
	size   int64
	read   atomic.Int64
	from04 bool // days are counted from 1904
}

func openXLSX(file *os.File, size int64) (_ source, err error) {
	defer surviveWorkbook(&err)
	parts, err := zip.NewReader(file, size)
	switch {
	case err != nil:
		return nil, errors.New("不是完整的 XLSX 文件，请用 Excel 或 WPS 重新另存")
	case tooMuchBeside(parts):
		return nil, errors.New("里面的图片和附件太多，请删去它们再另存为 .xlsx")
	case tooMuchInside(parts):
		return nil, fmt.Errorf("解开以后超过 %d MB，请拆成几个文件", maxUnpacked>>20)
	}
	book, err := excelize.OpenReader(io.NewSectionReader(file, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory,
	})
	if err != nil {
		return nil, errors.New("不是完整的 XLSX 文件，请用 Excel 或 WPS 重新另存")
	}
	x := &xlsxFile{file: file, book: book, size: size}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		x.from04 = *props.Date1904
	}
	if err := x.findHeader(parts); err != nil {
		_ = book.Close() // only read
		return nil, err
	}
	return x, nil
}

// surviveWorkbook turns a panic over a workbook made to cause one into an error.
func surviveWorkbook(err *error) {
	if p := recover(); p != nil {
		*err = errors.New("不是正常的 XLSX 文件，请用 Excel 或 WPS 重新另存")
	}
}

// tooMuchBeside says whether a workbook holds too much that is no sheet and
// would be unpacked into memory.
func tooMuchBeside(parts *zip.Reader) bool {
	beside := uint64(0)
	for _, f := range parts.File {
		if !isSheetPart(f.Name) {
			beside += min(f.UncompressedSize64, maxPictures+1)
		}
	}
	return beside > maxPictures
}

// tooMuchInside says whether a workbook says itself that it unpacks to more than
// is read of it.
func tooMuchInside(parts *zip.Reader) bool {
	inside := uint64(0)
	for _, f := range parts.File {
		inside += min(f.UncompressedSize64, maxUnpacked+1)
	}
	return inside > maxUnpacked
}

func (x *xlsxFile) findHeader(parts *zip.Reader) error {
	var seen [][]string
	sheets := x.book.GetSheetList()
	for i, sheet := range sheets {
		layout, err := readLayout(parts, sheet)
		if err != nil {
			return err
		}
		if x.rows, err = x.book.Rows(sheet); err != nil {
			return fmt.Errorf("工作表“%s”读不出来", sheet)
		}
		x.line, x.lines, x.merges = 0, layout.lines, layout.merges
		for x.line < maxHeader && x.rows.Next() {
			cells, err := x.cells()
			if err != nil {
				return fmt.Errorf("工作表“%s”第 %d 行读不出来", sheet, x.line)
			}
			if seen = append(seen, cells); isHeader(cells) {
				x.header, x.merges.width = cells, len(cells)
				x.sheet, x.others = sheet, slices.Delete(sheets, i, i+1)
				return nil
			}
		}
		_ = x.rows.Close() // only read
	}
	return errNoHeader(seen)
}

func (x *xlsxFile) next() (rec record, err error) {
	defer func() {
		if recover() != nil {
			x.rows, err = nil, &RowError{Line: x.line, Reason: "工作表从这一行起读不出来"}
		}
	}()
	for x.rows != nil && x.rows.Next() {
		cells, err := x.cells()
		x.read.Store(x.size * int64(x.line) / int64(max(x.lines, x.line)))
		if err != nil {
			x.rows = nil
			return record{}, &RowError{Line: x.line, Reason: "工作表从这一行起读不出来"}
		}
		if cells != nil {
			x.writeDays(cells)
			return x.header.record(x.line, cells)
		}
	}
	x.read.Store(x.size)
	return record{}, io.EOF
}

// cells reads the next row, nil where it has nothing of its own.
func (x *xlsxFile) cells() ([]string, error) {
	x.line++
	cells, err := x.rows.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	empty := isEmpty(cells)
	cells = x.merges.spread(x.line, cells)
	if empty {
		return nil, nil
	}
	return cells, nil
}

// Serial days outside of this range, 1927 to 2119, are years or slips.
const (
	firstSerial = 10_000
	lastSerial  = 80_000
)

// writeDays writes the days that Excel keeps as a count of days.
func (x *xlsxFile) writeDays(cells []string) {
	for i, name := range x.header {
		c, _ := columnOf(name)
		if !c.isDay() || i >= len(cells) {
			continue
		}
		serial, err := strconv.ParseFloat(trim(cells[i]), 64)
		if err != nil || serial < firstSerial || serial > lastSerial {
			continue
		}
		if t, err := excelize.ExcelDateToTime(serial, x.from04); err == nil {
			cells[i] = string(model.Day(t.Format("2006-01-02")))
		}
	}
}

func (x *xlsxFile) names() header { return x.header }

func (x *xlsxFile) progress() (read, total int64) { return x.read.Load(), x.size }

func (x *xlsxFile) Close() error {
	return errors.Join(x.book.Close(), x.file.Close())
}
