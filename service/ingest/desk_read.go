package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// flushRows is how many rows are noted in one transaction.
const flushRows = 100

// reading is a file that is looked through; nothing is made of it.
type reading struct {
	*Desk
	i         *model.Import
	reader    *Reader
	known     offices
	issuers   map[string]int    // rows by a name that no department has
	lines     map[string]int    // of documents that came already
	numbers   map[string]int    // and of their numbers
	documents documents         // that will be made
	meetings  map[string]string // drafts by the meetings that will be made
	shelves   shelves
	explains  []explanation     // what interpretations mean to explain
	waiting   []model.ImportRow // to be noted
}

// explanation is a row that interprets others.
type explanation struct {
	row     *model.ImportRow
	targets []model.PolicyRef
}

func (d *Desk) read(ctx context.Context, i *model.Import, reader *Reader) error {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return err
	}
	r := &reading{Desk: d, i: i, reader: reader, known: officesOf(directory.Departments), issuers: map[string]int{},
		lines: map[string]int{}, numbers: map[string]int{}, documents: documents{}, meetings: map[string]string{}}
	if r.shelves, err = shelvesOf(ctx, d.store); err != nil {
		return err
	}
	i.Counts, i.Content = model.ImportCounts{}, model.ImportContent{Issuers: []model.ImportIssuer{}}
	i.Content.Sheet, i.Content.OtherSheets = reader.Sheet()
	if err := d.hold(ctx, i, func(tx *store.Tx) error { return tx.ClearImportRows(ctx, i.ID) }); err != nil {
		return err
	}
	if err := reader.All(func(row Row, wrong *RowError) error { return r.take(ctx, row, wrong) }); err != nil {
		return err
	}
	if i.Counts.Rows == 0 {
		return &unreadable{"这个文件只有列名，没有内容"}
	}
	if err := r.flush(ctx, nil); err != nil {
		return err
	}
	return r.settle(ctx)
}

// take notes what becomes of one row.
func (r *reading) take(ctx context.Context, row Row, wrong *RowError) error {
	c := &r.i.Counts
	if c.Rows++; c.Rows > model.MaxImportRows {
		return &unreadable{fmt.Sprintf("这个文件超过 %d 行，请拆成几个文件", model.MaxImportRows)}
	}
	if wrong == nil {
		wrong = tooLong(row)
	}
	if wrong == nil {
		wrong = r.shelves.wrong(row)
	}
	if wrong != nil {
		c.Wrong++
		return r.add(ctx, model.ImportRow{N: c.Rows, Line: wrong.Line, State: model.RowWrong, Told: model.ImportTold{Wrong: told(wrong)},
			Title: model.Shortened(trim(titleIn(wrong.record)), maxShownBeside)})
	}
	noted, err := r.look(ctx, row)
	if err != nil {
		return err
	}
	noted.N = c.Rows
	if noted.State == model.RowHere {
		c.Here++
	} else {
		c.Ready++
		noted.DraftID = r.draftOf(row)
		r.count(row, noted)
	}
	if len(noted.Told.Warnings) > 0 {
		c.Warned++
	}
	return r.add(ctx, *noted)
}

func titleIn(rec record) string {
	for _, c := range []Column{Title, AgendaTitle} {
		if f := rec.of(c); f != nil {
			return f.value
		}
	}
	return ""
}

// draftOf is the ID of the draft that a row is to become; the items of one meeting become
// one.
func (r *reading) draftOf(row Row) string {
	if !row.isAgenda() {
		return store.NewID()
	}
	key := row.Values[MeetingName] + "\x1f" + row.Values[MeetingDay]
	if r.meetings[key] == "" {
		r.meetings[key] = store.NewID()
	}
	return r.meetings[key]
}

func told(wrong *RowError) (list []model.ImportWrong) {
	for _, e := range append([]*RowError{wrong}, wrong.Also...) {
		header := e.Header
		if header == "" {
			header = e.Column
		}
		list = append(list, model.ImportWrong{Column: header, Reason: e.Reason, Value: e.Value})
	}
	return list
}

// look finds out whether the document of a row is here already, and what is odd
// about it.
func (r *reading) look(ctx context.Context, row Row) (*model.ImportRow, error) {
	n := nameOf(row)
	noted := &model.ImportRow{Line: row.Line, State: model.RowReady, Kind: n.kind, Title: n.title, DocNumber: n.number}
	if row.isAgenda() {
		noted.Title = row.Values[AgendaTitle]
	}
	key := n.key(row)
	if line := r.lines[key]; line > 0 {
		noted.State, noted.Told.Here = model.RowHere, &model.ImportHere{Line: line}
		return noted, nil
	}
	r.lines[key] = row.Line
	namesakes, err := r.store.Namesakes(ctx, n.kind, n.number, n.title)
	if err != nil {
		return noted, err
	}
	if here := n.among(namesakes); here != nil {
		noted.State, noted.Told.Here = model.RowHere, here
		return noted, nil
	}
	noted.Told.Warnings = slices.Concat(r.odd(row), n.warnings(namesakes), r.repeated(row))
	return noted, nil
}

// repeated warns of a number that an earlier row gives to another document.
func (r *reading) repeated(row Row) []model.ImportWarning {
	key := model.NumberKey(row.Values[DocNumber])
	line := r.numbers[key]
	switch {
	case key == "":
		return nil
	case line > 0:
		return []model.ImportWarning{{Code: model.OddNumberRepeated, Args: map[string]any{"number": row.Values[DocNumber], "line": line}}}
	}
	r.numbers[key] = row.Line
	return nil
}

// count notes what rows to be made lack, and what they are to each other.
func (r *reading) count(row Row, noted *model.ImportRow) {
	c, v := &r.i.Content, row.Values
	if row.isAgenda() {
		for _, name := range r.known.without(officesOfAgenda(row)) {
			r.issuers[name]++
		}
		return
	}
	for _, name := range unknownIssuers(r.known, row) {
		r.issuers[name]++
	}
	if v[Issuer] == "" {
		c.NoIssuer++
	}
	if noted.Kind == model.KindInterpretation {
		r.explains = append(r.explains, explanation{noted, interpretationOf(row).Policies})
		return
	}
	r.documents.add(noted, v[Unexplained] == "")
	if v[DocNumber] == "" {
		c.NoNumber++
	}
	if v[WrittenDate] == "" && v[PublishedDate] != "" {
		c.NoWritten++
	}
	if v[Unexplained] == "" {
		c.Unexplained++
	}
}

func (r *reading) add(ctx context.Context, row model.ImportRow) error {
	if r.waiting = append(r.waiting, row); len(r.waiting) < flushRows {
		return nil
	}
	return r.flush(ctx, nil)
}

// flush notes the rows that wait, and how far the reading has come.
func (r *reading) flush(ctx context.Context, also func(*store.Tx) error) error {
	r.i.Done, r.i.Total = r.reader.Progress()
	r.i.Content.Columns = r.i.Content.Columns[:0]
	for _, h := range r.reader.Headers() {
		r.i.Content.Columns = append(r.i.Content.Columns, model.ImportColumn{Header: h.Name, Name: h.Column.Name()})
	}
	err := r.hold(ctx, r.i, func(tx *store.Tx) error {
		if err := tx.AddImportRows(ctx, r.i.ID, r.waiting); err != nil || also == nil {
			return err
		}
		return also(tx)
	})
	r.waiting = r.waiting[:0]
	return err
}

// settle looks at what can be told when all rows are known, and lets the import
// wait for its confirmation.
func (r *reading) settle(ctx context.Context) error {
	c := &r.i.Content
	for name, rows := range r.issuers {
		c.Issuers = append(c.Issuers, model.ImportIssuer{Name: name, Rows: rows, DepartmentID: r.known.like(name)})
	}
	slices.SortFunc(c.Issuers, func(a, b model.ImportIssuer) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Name, b.Name)
	})
	changed, err := r.explained(ctx)
	if err != nil {
		return err
	}
	r.i.State, r.i.Work = model.ImportChecked, model.NoWork
	return r.flush(ctx, func(tx *store.Tx) error {
		for _, row := range changed {
			if err := tx.SetImportRow(ctx, r.i.ID, row); err != nil {
				return err
			}
		}
		return nil
	})
}

// explained finds the documents of this file that others of it interpret, and
// the rows that interpret something unknown; both are to be noted anew.
func (r *reading) explained(ctx context.Context) (changed []*model.ImportRow, err error) {
	for _, e := range r.explains {
		stray := ""
		for _, target := range e.targets {
			if d := r.documents.of(target.DocNumber, target.Title); d != nil {
				if !d.row.Told.Explained && d.unexplained {
					r.i.Content.Unexplained--
				}
				d.row.Told.Explained = true
				changed = append(changed, d.row)
				continue
			}
			here, err := policyHere(ctx, r.store, target)
			if err != nil {
				return nil, err
			}
			if here == "" {
				stray = target.DocNumber + target.Title
			}
		}
		if stray != "" {
			r.warn(e.row, model.ImportWarning{Code: model.OddInterprets, Args: map[string]any{"name": model.Shortened(stray, maxShownBeside)}})
			changed = append(changed, e.row)
		}
	}
	return changed, nil
}

func (r *reading) warn(row *model.ImportRow, w model.ImportWarning) {
	if len(row.Told.Warnings) == 0 {
		r.i.Counts.Warned++
	}
	row.Told.Warnings = append(row.Told.Warnings, w)
}

// longest are how many characters a draft has room for.
var longest = []struct {
	column Column
	most   int
}{{Title, 300}, {MeetingName, 300}, {AgendaTitle, 300}, {MeetingChair, 60}, {Decision, 5000}, {DocNumber, 60}, {IndexNumber, 60}, {Theme, 60}, {Category, 30}, {URL, 500}, {Unexplained, 200}}

// tooLong says what of a row a draft has no room for, nil where it has.
func tooLong(row Row) *RowError {
	var wrong []*RowError
	for _, l := range longest {
		value := row.Values[l.column]
		if l.column == Title {
			value = titleOf(row.Values)
		}
		if n := utf8.RuneCountInString(value); n > l.most {
			wrong = append(wrong, row.Reject(l.column, fmt.Sprintf("有 %d 字，最多 %d 字", n, l.most)))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	wrong[0].Also = wrong[1:]
	return wrong[0]
}
