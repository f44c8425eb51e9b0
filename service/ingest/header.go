package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxHeader is in how many rows from the top the names of the columns are
// looked for: the title of a sheet may stand above them.
const maxHeader = 10

// header is the row that names the columns of a table.
type header []string

// isHeader says whether a row names the columns that no table lacks: of documents, or of
// meetings.
func isHeader(cells []string) bool { return len(missing(cells)) == 0 }

func missing(cells []string) []string {
	var names []string
	named := func(need Column) bool {
		return slices.ContainsFunc(cells, func(s string) bool { c, _ := columnOf(s); return c == need })
	}
	needed := []Column{Title, Text}
	if named(AgendaTitle) && !named(Text) {
		needed = []Column{MeetingName, MeetingDay, AgendaTitle}
	}
	for _, need := range needed {
		if !named(need) {
			names = append(names, need.Name())
		}
	}
	return names
}

// errNoHeader says what the best row of those looked at lacks.
func errNoHeader(rows [][]string) error {
	for _, cells := range rows {
		if lack := missing(cells); len(lack) == 1 {
			return fmt.Errorf("缺少“%s”这一列", lack[0])
		}
	}
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return errors.New("没有找到列名：前几行里应有一行写着“标题”“正文”等列名，可用的有 " + strings.Join(names, "、"))
}

// record puts the cells of a row under their names.
func (h header) record(line int, cells []string) (record, error) {
	rec := record{line: line}
	for i, value := range cells {
		switch {
		case i < len(h):
			rec.fields = append(rec.fields, field{name: h[i], value: value})
		case trim(value) != "":
			return record{}, &RowError{Line: line, Row: rec.original(), record: rec,
				Reason: fmt.Sprintf("有 %d 列，列名只有 %d 个；内容里有分隔符时，请用英文双引号括起来", len(cells), len(h))}
		}
	}
	return rec, nil
}

func isEmpty(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return trim(s) != "" })
}
