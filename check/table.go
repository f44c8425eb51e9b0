package check

import (
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// column is what a table says of a cell: what stands over it or on its left,
// and whether its row is about somebody.
type column struct {
	head     string
	named    bool // the row has a person's name
	official bool // the table lists posts and offices
}

// When a table is hard to read on a telephone, or is no table.
const (
	wideTable = 20   // columns
	giantCell = 2000 // characters
)

// table checks the cells of a table, and how it is built.
func (c *checker) table(at Place, p model.Passage) []Finding {
	list := shape(at, p)
	names := nameColumn(p.Rows)
	official := len(p.Rows) > 0 && containsAny(strings.Join(p.Rows[0], " "), postHeads)
	people := 0
	for r, row := range p.Rows {
		named := r > 0 && names >= 0 && names < len(row) && isName(unspaced(row[names]))
		if named {
			people++
		}
		for n, cell := range row {
			at.Row, at.Cell = r, n
			list = append(list, c.line(at, cell, column{headOf(p.Rows, r, n), named, official})...)
		}
	}
	if c.rules.Names && people > 0 {
		at.Row, at.Cell = 0, names
		list = append(list, Finding{Code: "personal.names", Severity: Note, Place: at,
			Hint: map[string]any{"count": people}})
	}
	return list
}

// The heads of columns that hold names, of those that only sound so, and of
// tables about posts.
var (
	nameHeads  = []string{"姓名", "户主", "申请人", "持证人", "受益人", "承租人", "领取人", "学生", "当事人"}
	otherHeads = []string{"号", "电话", "地址", "人数"}
	postHeads  = []string{"职务", "部门", "单位", "科室", "负责人", "联系人", "值班", "机构", "岗位"}
)

func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }

// nameColumn is the column of a table that has names, -1 where none has.
func nameColumn(rows [][]string) int {
	if len(rows) == 0 {
		return -1
	}
	for n, head := range rows[0] {
		if head = unspaced(head); containsAny(head, nameHeads) && !containsAny(head, otherHeads) {
			return n
		}
	}
	return -1
}

// headOf is what a cell is called: by the cell on its left where that is a
// label, as in a form, else by the heads of its column, else by that of its row.
func headOf(rows [][]string, r, n int) string {
	if n > 0 && isLabel(rows[r][n-1]) {
		return plainly(rows[r][n-1])
	}
	head := ""
	for above := range min(r, 2) {
		if n < len(rows[above]) && !strings.ContainsAny(rows[above][n], "0123456789") {
			head += " " + plainly(rows[above][n])
		}
	}
	if n > 0 && labelOf(head) == labelNone && isLabel(rows[r][0]) {
		head += " " + plainly(rows[r][0])
	}
	return head
}

// isLabel says whether a cell is what another is called.
func isLabel(cell string) bool {
	return labelOf(plainly(cell)) != labelNone && !strings.ContainsAny(cell, "0123456789")
}

func plainly(text string) string { return strings.Map(ordinary, text) }

// shape says what is wrong with how a table is built.
func shape(at Place, p model.Passage) []Finding {
	var list []Finding
	say := func(code string, severity Severity, row, cell int, hint map[string]any) {
		at.Row, at.Cell = row, cell
		list = append(list, Finding{Code: code, Severity: severity, Place: at, Hint: hint})
	}
	if isEmpty(p.Rows) {
		say("table.empty", Ask, -1, -1, nil)
		return list
	}
	width := len(p.Rows[0])
	if row := raggedRow(p.Rows); row >= 0 {
		say("table.ragged", Ask, row, -1, map[string]any{"row": row + 1, "cells": len(p.Rows[row]), "columns": width})
		return list
	}
	covered, broken := coverage(p, width)
	if broken >= 0 {
		say("table.overlap", Stop, p.Spans[broken].Row, p.Spans[broken].Column, nil)
		return list
	}
	switch {
	case width > wideTable:
		say("table.wide", Note, -1, -1, map[string]any{"columns": width})
	case width == 1:
		say("table.layout", Note, -1, -1, nil)
	}
	for _, b := range append(blankRows(p.Rows, covered), blankColumns(p.Rows, covered)...) {
		say(b.code, Note, b.row, b.column, map[string]any{"number": max(b.row, b.column) + 1})
	}
	for r, row := range p.Rows {
		for n, cell := range row {
			if utf8.RuneCountInString(cell) > giantCell {
				say("table.giant_cell", Ask, r, n, nil)
			}
		}
	}
	return list
}

func isEmpty(rows [][]string) bool {
	for _, row := range rows {
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			return false
		}
	}
	return true
}

func raggedRow(rows [][]string) int {
	for r, row := range rows {
		if len(row) != len(rows[0]) {
			return r
		}
	}
	return -1
}

// coverage says which cells a wide or high one takes the place of, and which
// span leaves the table or meets another: -1 for none.
func coverage(p model.Passage, width int) (covered map[[2]int]bool, broken int) {
	covered = map[[2]int]bool{}
	for i, s := range p.Spans {
		if !fits(s, len(p.Rows), width) {
			return covered, i
		}
		for r := s.Row; r < s.Row+s.Rows; r++ {
			for n := s.Column; n < s.Column+s.Columns; n++ {
				if covered[[2]int{r, n}] {
					return covered, i
				}
				covered[[2]int{r, n}] = true
			}
		}
	}
	return covered, -1
}

// fits says whether a span has a size and lies within a table.
func fits(s model.Span, rows, columns int) bool {
	return s.Row >= 0 && s.Column >= 0 && s.Rows >= 1 && s.Columns >= 1 &&
		s.Rows <= rows-s.Row && s.Columns <= columns-s.Column
}

// blank is a row or a column without a word; the other one is -1.
type blank struct {
	code        string
	row, column int
}

func blankRows(rows [][]string, covered map[[2]int]bool) (list []blank) {
	for r, row := range rows {
		empty := true
		for n, cell := range row {
			empty = empty && strings.TrimSpace(cell) == "" && !covered[[2]int{r, n}]
		}
		if empty {
			list = append(list, blank{"table.empty_row", r, -1})
		}
	}
	return list
}

func blankColumns(rows [][]string, covered map[[2]int]bool) (list []blank) {
	for n := range rows[0] {
		empty := true
		for r, row := range rows {
			empty = empty && strings.TrimSpace(row[n]) == "" && !covered[[2]int{r, n}]
		}
		if empty {
			list = append(list, blank{"table.empty_column", -1, n})
		}
	}
	return list
}
