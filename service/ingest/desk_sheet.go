package ingest

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"yuandu/model"
)

// maxCell is how many characters a cell of Excel holds, counted as UTF-16 does.
const maxCell = excelize.TotalCellChars

// WrongRows writes the rows of an import that could not be taken as a workbook:
// as they stood in the file and in its order, with what is wrong in front, to be
// mended and brought in again.
func (d *Desk) WrongRows(ctx context.Context, by model.Actor, id string, w io.Writer) error {
	i, err := d.Get(ctx, by, id)
	switch {
	case err != nil:
		return err
	case i.FileID == "":
		return model.ErrImportFileGone
	case i.Counts.Wrong == 0:
		return model.ErrImportNothing
	}
	sheet := &wrongSheet{}
	if err := d.eachWrong(ctx, i, sheet.learn); err != nil {
		return err
	}
	if err := sheet.begin(); err != nil {
		return err
	}
	defer sheet.book.Close()
	if err := d.eachWrong(ctx, i, sheet.add); err != nil {
		return err
	}
	return sheet.end(w)
}

// eachWrong goes over the rows of a file that can't be taken.
func (d *Desk) eachWrong(ctx context.Context, i *model.Import, each func(*RowError) error) error {
	reader, err := d.reader(ctx, i)
	if err != nil {
		return err
	}
	defer reader.Close()
	return reader.All(func(row Row, wrong *RowError) error {
		if wrong == nil {
			wrong = tooLong(row)
		}
		if wrong == nil {
			return ctx.Err()
		}
		return each(wrong)
	})
}

// wrongSheet is a workbook of rows to correct.
type wrongSheet struct {
	book    *excelize.File
	stream  *excelize.StreamWriter
	headers []string
	cells   map[string]int // how many the longest value of a header takes
	line    int
}

// learn gets to know the headers of a row.
func (s *wrongSheet) learn(wrong *RowError) error {
	if s.cells == nil {
		s.cells = map[string]int{}
	}
	for _, f := range wrong.record.fields {
		if f.name == "" || f.name == problemColumn || f.meta || columnIs(f.name, Text) && goesOn(f.name) {
			continue
		}
		if s.cells[f.name] == 0 {
			s.headers = append(s.headers, f.name)
		}
		s.cells[f.name] = max(s.cells[f.name], len(cellsOf(wholeOf(wrong.record, f))))
	}
	return nil
}

func columnIs(header string, c Column) bool {
	is, ok := columnOf(header)
	return ok && is == c
}

// wholeOf is a value with what goes on with it in other columns.
func wholeOf(rec record, f field) string {
	if !columnIs(f.name, Text) {
		return f.value
	}
	whole := f.value
	for _, more := range rec.fields {
		if columnIs(more.name, Text) && goesOn(more.name) {
			whole += more.value
		}
	}
	return whole
}

// cellsOf parts a value into what one cell holds each; there is at least one.
func cellsOf(value string) (cells []string) {
	from, size := 0, 0
	for at, r := range value {
		n := utf16.RuneLen(max(r, 0))
		if size += max(n, 1); size > maxCell {
			cells, from, size = append(cells, value[from:at]), at, n
		}
	}
	return append(cells, value[from:])
}

func (s *wrongSheet) begin() (err error) {
	s.book = excelize.NewFile()
	if s.stream, err = s.book.NewStreamWriter("Sheet1"); err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	bold, err := s.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	head := []any{excelize.Cell{StyleID: bold, Value: problemColumn}}
	if err := s.stream.SetColWidth(1, 1, 48); err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	for _, name := range s.headers {
		head = append(head, excelize.Cell{StyleID: bold, Value: name})
		for n := 2; n <= s.cells[name]; n++ {
			head = append(head, excelize.Cell{StyleID: bold, Value: fmt.Sprintf("%s（续%d）", name, n)})
		}
	}
	freeze := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := s.stream.SetPanes(freeze); err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	return s.row(head)
}

func (s *wrongSheet) row(cells []any) error {
	s.line++
	if err := s.stream.SetRow(fmt.Sprintf("A%d", s.line), cells); err != nil {
		return fmt.Errorf("write row %d: %w", s.line, err)
	}
	return nil
}

func (s *wrongSheet) add(wrong *RowError) error {
	values := map[string]string{}
	for _, f := range wrong.record.fields {
		if values[f.name] == "" && !f.meta {
			values[f.name] = wholeOf(wrong.record, f)
		}
	}
	cells := []any{problemsOf(wrong)}
	for _, name := range s.headers {
		parts := cellsOf(strings.ToValidUTF8(values[name], "\ufffd"))
		for n := range s.cells[name] {
			part := ""
			if n < len(parts) {
				part = parts[n]
			}
			cells = append(cells, part)
		}
	}
	return s.row(cells)
}

// problemsOf says what is wrong with a row, a line for each.
func problemsOf(wrong *RowError) string {
	lines := []string{fmt.Sprintf("原第 %d 行", wrong.Line)}
	for _, w := range told(wrong) {
		if w.Column == "" {
			lines = append(lines, w.Reason)
			continue
		}
		lines = append(lines, w.Column+"："+w.Reason)
	}
	return strings.Join(lines, "\n")
}

func (s *wrongSheet) end(w io.Writer) error {
	if err := s.stream.Flush(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := s.book.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
