package store

import (
	"fmt"
	"time"

	"yuandu/model"
)

// milliseconds reads a moment kept as unix milliseconds.
type milliseconds struct{ t *time.Time }

func (m milliseconds) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("moment is kept as %T", src)
	}
	*m.t = time.UnixMilli(n).In(model.Shanghai)
	return nil
}

// ifAny reads a moment that is kept as 0 where there is none.
type ifAny struct{ t *time.Time }

func (m ifAny) Scan(src any) error {
	if n, ok := src.(int64); ok && n == 0 {
		*m.t = time.Time{}
		return nil
	}
	return milliseconds(m).Scan(src)
}

// millis is how a moment is kept that may be none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// dayOf is the day in Shanghai on which a moment in milliseconds lies, counted from
// 1 January 1970; dayAt reads it.
func dayOf(column string) string { return `((` + column + ` + 28800000) / 86400000)` }

func dayAt(count int) model.Day { return model.Day("1970-01-01").Add(count) }
