package store

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// where builds the conditions of a query; values travel as parameters only.
type where struct {
	text strings.Builder
	args []any
}

// and adds a condition in which each ? stands for the next value.
func (w *where) and(condition string, values ...any) {
	if w.text.Len() > 0 {
		w.text.WriteString(" AND ")
	}
	w.text.WriteString(w.numbered(condition, values...))
}

// numbered is a part of a query in which each ? stands for the next value; the values
// travel with the conditions.
func (w *where) numbered(part string, values ...any) string {
	for _, v := range values {
		w.args = append(w.args, v)
		part = strings.Replace(part, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	return part
}

// in adds: column is one of values.
func in[T any](w *where, column string, values []T) {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	w.and(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

// asList is texts as each and among of a dialect take them: one parameter, so that any number
// of them is one text of a query.
func asList(texts []string) string {
	list, _ := json.Marshal(append([]string{}, texts...)) // texts always have a JSON
	return string(list)
}

func (w *where) String() string { return w.text.String() }

// containing is the pattern of texts that hold a text, for LIKE … ESCAPE '\'
// over lower-case letters.
func containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

// inOrder puts rows into the order of their IDs; IDs without a row are left out.
func inOrder[T any](ids []string, rows []T, id func(*T) string) []T {
	byID := make(map[string]*T, len(rows))
	for i := range rows {
		byID[id(&rows[i])] = &rows[i]
	}
	list := make([]T, 0, len(rows))
	for _, id := range ids {
		if row := byID[id]; row != nil {
			list = append(list, *row)
		}
	}
	return list
}

// statement is a text with its values.
type statement struct {
	text string
	args []any
}

// inserting are the statements that insert rows of values behind a head that
// ends with VALUES. Each takes as many rows as a power of two, so that any number
// of rows comes to few texts: databases parse a text once.
func inserting(head string, rows [][]any) (list []statement) {
	for len(rows) > 0 {
		n := 1 << (bits.Len(uint(min(len(rows), mostInserted))) - 1)
		list = append(list, insertingAll(head, rows[:n]))
		rows = rows[n:]
	}
	return list
}

// mostInserted is how many rows one statement inserts.
const mostInserted = 512

func insertingAll(head string, rows [][]any) (s statement) {
	var text strings.Builder
	text.WriteString(head)
	for i, row := range rows {
		separator := ", ("
		if i == 0 {
			separator = " ("
		}
		for _, v := range row {
			s.args = append(s.args, v)
			text.WriteString(separator)
			text.WriteString("$")
			text.WriteString(strconv.Itoa(len(s.args)))
			separator = ", "
		}
		text.WriteString(")")
	}
	s.text = text.String()
	return s
}
