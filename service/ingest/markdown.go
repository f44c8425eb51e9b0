package ingest

import (
	"fmt"
	"io/fs"
	"strings"
)

// ReadMarkdown reads a folder of Markdown files as rows: a head between two
// lines of ---, with a column and its value a line, then the text.
func ReadMarkdown(files fs.FS, folder string) ([]Row, error) {
	names, err := fs.Glob(files, folder+"/*.md")
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		row, err := markdownRow(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func markdownRow(text string) (Row, error) {
	parts := strings.SplitN(text, "---\n", 3)
	if len(parts) != 3 || strings.TrimSpace(parts[0]) != "" {
		return Row{}, fmt.Errorf("no head between two lines of ---")
	}
	row := Row{Line: 1, Values: map[Column]string{Text: strings.TrimSpace(parts[2])}}
	for _, line := range strings.Split(strings.TrimSpace(parts[1]), "\n") {
		name, value, ok := strings.Cut(line, ":")
		c, known := columnOf(strings.TrimSpace(name))
		if !ok || !known {
			return Row{}, fmt.Errorf("head line %q is no column", line)
		}
		row.Values[c] = strings.TrimSpace(value)
	}
	if row.Values[Interprets] != "" {
		row.Values[Kind] = "解读"
	}
	if wrong := check(row, nil); len(wrong) > 0 {
		return Row{}, wrong[0]
	}
	return row, nil
}
