package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// csvFile reads a table in text. It parts the lines itself, since encoding/csv
// swallows the rest of a file behind a quote that nobody closed.
type csvFile struct {
	*stream
	comma  byte
	header header
	line   int      // of the last line taken
	again  [][]byte // lines to be taken once more
	slips  int      // quotes that nobody closed
}

// The bounds of an open quote: past them it is a slip of the pen, and its line
// is given up alone. After a few slips a quote holds for one line only.
const (
	maxQuoted = 8 << 20
	maxSlips  = 3
)

// openCSV finds the line with the names of the columns in the head of a file,
// and by it what parts the columns.
func openCSV(s *stream, head []byte) (*csvFile, error) {
	var seen [][]string
	lines := bytes.SplitN(head, []byte("\n"), maxHeader+1)
	for i, text := range lines[:min(len(lines), maxHeader)] {
		for _, comma := range []byte(",;\t") {
			row := csvRow{comma: comma}
			row.feed(string(text))
			if seen = append(seen, row.cells); isHeader(row.cells) {
				c := &csvFile{stream: s, comma: comma, header: row.cells}
				return c, c.skip(i + 1)
			}
		}
	}
	return nil, errNoHeader(seen)
}

func (c *csvFile) names() header { return c.header }

func (c *csvFile) skip(lines int) error {
	for range lines {
		if _, err := c.take(); err != nil {
			return errors.New(c.broken(err))
		}
	}
	return nil
}

func (c *csvFile) next() (record, error) {
	for {
		cells, line, err := c.row()
		if err != nil {
			return record{}, err
		}
		if !isEmpty(cells) {
			return c.header.record(line, cells)
		}
	}
}

// row reads the cells of the next row, and the line that it begins in.
func (c *csvFile) row() (cells []string, line int, err error) {
	row := csvRow{comma: c.comma}
	var taken [][]byte
	size := 0
	for {
		text, err := c.take()
		if len(taken) == 0 {
			line = c.line
		}
		switch {
		case err != nil && len(taken) > 0:
			return nil, line, c.slip(taken, line, err)
		case err == io.EOF:
			return nil, line, err
		case err != nil:
			return nil, line, &RowError{Line: line, Reason: c.broken(err)}
		}
		taken, size = append(taken, text), size+len(text)
		switch {
		case row.feed(string(text)):
			return row.cells, line, nil
		case c.slips >= maxSlips:
			row.push()
			return row.cells, line, nil
		case size > maxQuoted:
			return nil, line, c.slip(taken, line, nil)
		}
	}
}

// slip gives up a line whose quote is not closed; those behind it are read as
// rows of their own.
func (c *csvFile) slip(taken [][]byte, line int, err error) error {
	c.slips++
	if errors.Is(err, errLongLine) {
		taken = append(taken, []byte("\n")) // in its place, so that lines are counted right
	}
	c.again = append(taken[1:], c.again...)
	c.line = line
	if err != nil && err != io.EOF {
		return &RowError{Line: line, Reason: c.broken(err)}
	}
	return &RowError{Line: line, Reason: "有一个双引号没有配对，后面找不到与它成对的引号"}
}

func (c *csvFile) take() ([]byte, error) {
	if len(c.again) > 0 {
		text := c.again[0]
		c.again = c.again[1:]
		c.line++
		return text, nil
	}
	text, err := c.readLine()
	if err != io.EOF {
		c.line++
	}
	return text, err
}

// csvRow parts one row, which may go over several lines, as encoding/csv does
// with LazyQuotes: a quote opens a cell only at its beginning.
type csvRow struct {
	comma  byte
	cells  []string
	cell   strings.Builder
	quoted bool
}

// feed reads one more line of the row and says whether that was the last one.
func (r *csvRow) feed(text string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	for {
		if r.quoted {
			if text = r.quote(text); r.quoted {
				r.cell.WriteByte('\n')
				return false
			}
		} else if strings.HasPrefix(text, `"`) {
			r.quoted, text = true, text[1:]
			continue
		}
		end := strings.IndexByte(text, r.comma)
		if end < 0 {
			r.cell.WriteString(text)
			r.push()
			return true
		}
		r.cell.WriteString(text[:end])
		r.push()
		text = text[end+1:]
	}
}

// quote reads what is inside a quote, up to the one before a comma or the
// line's end, and returns the rest of the line.
func (r *csvRow) quote(text string) string {
	for {
		before, after, found := strings.Cut(text, `"`)
		r.cell.WriteString(before)
		switch {
		case !found:
			return ""
		case after == "" || after[0] == r.comma:
			r.quoted = false
			return after
		}
		r.cell.WriteByte('"')
		text = strings.TrimPrefix(after, `"`)
	}
}

func (r *csvRow) push() {
	r.cells = append(r.cells, r.cell.String())
	r.cell.Reset()
}
