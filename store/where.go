package store

import (
	"fmt"
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
	for _, v := range values {
		w.args = append(w.args, v)
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	w.text.WriteString(condition)
}

// in adds: column is one of values.
func in[T any](w *where, column string, values []T) {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	w.and(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

func (w *where) String() string { return w.text.String() }

// containing is the pattern of texts that hold a text, for LIKE … ESCAPE '\'
// over lower-case letters.
func containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}
