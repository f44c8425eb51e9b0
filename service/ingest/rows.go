// Package ingest brings documents in from files: it reads their rows, finds
// out what kind of document each is and what it is about, and keeps them.
package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"yuandu/model"
)

// Row is one row of an import file under the names of our columns. Its values
// are trimmed and never empty, its days are written yyyy-mm-dd.
type Row struct {
	Line   int // of the file, or of the sheet, from 1
	Values map[Column]string
	record record
}

// List is a value that may name several things, parted by ; or ； or lines.
func (r Row) List(c Column) []string {
	var all []string
	for _, s := range strings.FieldsFunc(r.Values[c], func(r rune) bool { return r == ';' || r == '；' || r == '\n' }) {
		if s = trim(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Reject says of this row what is wrong with a column and what is expected.
func (r Row) Reject(c Column, reason string) *RowError {
	e := &RowError{Line: r.Line, Column: c.Name(), Reason: reason, Row: r.record.original(), record: r.record}
	if f := r.record.of(c); f != nil {
		e.Header, e.Value = f.name, model.Shortened(trim(f.value), maxShownBeside)
	}
	return e
}

// maxShownBeside is how much of a wrong value stands beside what is wrong with it.
const maxShownBeside = 60

// RowError is why one row cannot be taken. The rest of the file can.
type RowError struct {
	Line   int             `json:"line"`
	Column string          `json:"column,omitempty"` // in Chinese; "" where it is about the whole row
	Reason string          `json:"reason"`
	Row    json.RawMessage `json:"row,omitempty"` // as it stood in the file, where that can be read
	Header string          `json:"-"`             // what the file calls the column
	Value  string          `json:"-"`             // what stands there, by its beginning
	Also   []*RowError     `json:"-"`             // what else is wrong with the row
	record record
}

func (e *RowError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("第 %d 行：%s", e.Line, e.Reason)
	}
	return fmt.Sprintf("第 %d 行 %s：%s", e.Line, e.Column, e.Reason)
}

// WriteError writes one line of a file FILE.errors.jsonl.
func WriteError(w io.Writer, e *RowError) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return fmt.Errorf("write rejected row %d: %w", e.Line, err)
	}
	_, err := w.Write(line.Bytes())
	return err
}

// record is a row as it stands in the file.
type record struct {
	line   int
	fields []field
	source []byte // the line itself, where it is JSON
}

// of is the field that fills a column, or would have to.
func (r record) of(c Column) (f *field) {
	for i := range r.fields {
		is, ok := columnOf(r.fields[i].name)
		if ok && is == c && (f == nil || trim(f.value) == "") {
			f = &r.fields[i]
		}
	}
	return f
}

// field is a value under the name it has in the file.
type field struct {
	name  string
	value string
	meta  bool   // from a meta object, which is filled carelessly: what looks wrong there is left out
	wrong string // why there is no value
}

// source reads the records of one file format. Its errors are *RowError for
// one bad record, and io.EOF.
type source interface {
	next() (record, error)
	progress() (read, total int64)
	Close() error
}

// Reader reads an import file row by row. While one goroutine does, others may
// ask for Headers, Unknown and Progress.
type Reader struct {
	source  source
	mu      sync.Mutex // guards headers
	headers []Header
	noted   map[string]bool
}

// Header is the name of a column in a file, and the column of ours that it
// means, "" where it means none.
type Header struct {
	Name   string
	Column Column
}

// Next is the next row. A *RowError concerns this row only, reading goes on
// behind it; io.EOF is the end. There are no other errors.
func (r *Reader) Next() (Row, error) {
	rec, err := r.source.next()
	if err != nil {
		return Row{}, err
	}
	row := Row{Line: rec.line, Values: make(map[Column]string, len(columns)), record: rec}
	var wrong []*RowError
	for _, f := range rec.fields {
		if e := r.take(&row, f); e != nil {
			wrong = append(wrong, e)
		}
	}
	if wrong = append(wrong, check(row, wrong)...); len(wrong) > 0 {
		wrong[0].Also = wrong[1:]
		return Row{}, wrong[0]
	}
	return row, nil
}

// take puts a field into its column, where no field has filled it before.
func (r *Reader) take(row *Row, f field) *RowError {
	c, ok := columnOf(f.name)
	r.note(f, c)
	if !ok {
		return nil
	}
	value, reason := f.value, f.wrong
	if reason == "" {
		value, reason = tidy(c, f)
	}
	if reason != "" && !f.meta {
		return row.Reject(c, reason)
	}
	if ended, said := saysEnded(c, value); said {
		c, value = Validity, ended
	}
	switch {
	case reason != "" || value == "":
	case c == Text && goesOn(f.name):
		row.Values[c] += value
	case row.Values[c] == "":
		row.Values[c] = value
	}
	return nil
}

// The names of columns that are kept, so that a file which makes up new ones in
// every line does not fill the memory.
const (
	maxHeaders    = 100
	maxHeaderName = 40
)

// problemColumn heads what is wrong with a row in a list of rows to correct. It
// may stay there when the rows are brought in again.
const problemColumn = "问题"

func (r *Reader) note(f field, c Column) {
	name := model.Shortened(f.name, maxHeaderName)
	if f.meta || name == "" || name == problemColumn || r.noted[name] || len(r.noted) == maxHeaders {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.noted[name] = true
	r.headers = append(r.headers, Header{name, c})
}

// Headers lists the columns of the rows read so far, each once.
func (r *Reader) Headers() []Header {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.headers)
}

// Unknown lists the columns of the rows read so far that mean nothing to us,
// each once.
func (r *Reader) Unknown() (names []string) {
	for _, h := range r.Headers() {
		if h.Column == "" {
			names = append(names, h.Name)
		}
	}
	return names
}

// Sheet is the sheet of a workbook that is read, and those that are not; "" and
// none where the file is no workbook.
func (r *Reader) Sheet() (read string, others []string) {
	if x, ok := r.source.(*xlsxFile); ok {
		return x.sheet, x.others
	}
	return "", nil
}

// Progress is how many bytes of the file have been read.
func (r *Reader) Progress() (read, total int64) { return r.source.progress() }

// Close lets go of the file.
func (r *Reader) Close() error { return r.source.Close() }

// All hands every row, or what is wrong with it, to take, which may end the
// reading by an error.
func (r *Reader) All(take func(Row, *RowError) error) error {
	for {
		row, err := r.Next()
		var wrong *RowError
		switch {
		case err == io.EOF:
			return nil
		case err != nil && !errors.As(err, &wrong):
			return err
		}
		if err := take(row, wrong); err != nil {
			return err
		}
	}
}

// The row of an error is shown whole where it is short, else each value by its
// beginning.
const (
	maxShown      = 64 << 10
	maxShownValue = 2000
)

func (r record) original() json.RawMessage {
	if len(r.source) > 0 && len(r.source) <= maxShown && utf8.Valid(r.source) {
		return r.source
	}
	var out strings.Builder
	for i, f := range r.fields {
		if f.meta {
			continue
		}
		out.WriteByte("{,"[min(i, 1)])
		out.Write(quote(f.name))
		out.WriteByte(':')
		out.Write(quote(model.Shortened(f.value, maxShownValue)))
	}
	if out.Len() == 0 {
		return nil
	}
	return json.RawMessage(out.String() + "}")
}

func quote(s string) []byte {
	b, _ := json.Marshal(s) // a string can always be written
	return b
}
