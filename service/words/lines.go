package words

import (
	"context"
	"encoding/csv"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Line is one line of a text that was pasted or read from a file.
type Line struct {
	N       int    // from 1
	Text    string // as it was written
	Entry   model.WordEntry
	Same    bool // the list has exactly this already
	Problem *model.Error
}

const (
	mostLines   = 2000
	longestLine = 1000 // bytes
)

// Lines reads many entries at once, a line each, in the forms that Export
// writes. They are kept, all of them, if keep is set and nothing is wrong with
// any.
func (s *Service) Lines(ctx context.Context, by model.Actor, list model.WordList, text string, keep bool) (lines []Line, kept int, err error) {
	if lines = split(text); len(lines) > mostLines {
		return nil, 0, model.ErrWordLines.With("text", map[string]any{"most": mostLines})
	}
	h, err := s.held(ctx, s.store, list)
	if err != nil {
		return nil, 0, err
	}
	if sound := h.read(lines); !keep || sound == 0 || problems(lines) > 0 {
		return lines, 0, nil
	}
	err = s.change(ctx, by, list, "imported", func(tx *store.Tx, h *held) (changed, error) {
		kept = 0
		if h.read(lines); problems(lines) > 0 {
			return changed{}, model.ErrStale // somebody was faster: the next look says where
		}
		for i := range lines {
			if lines[i].Same {
				continue
			}
			lines[i].Entry.UpdatedBy = by.ID
			if err := tx.KeepWord(ctx, &lines[i].Entry); err != nil {
				return changed{}, err
			}
			kept++
		}
		return changed{Count: kept}, nil
	})
	return lines, kept, err
}

// split parts a text into its lines; empty ones, and those that begin with #, are
// for people.
func split(text string) (lines []Line) {
	text = strings.TrimPrefix(text, "\ufeff")
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, Line{N: n, Text: line})
		}
	}
	return lines
}

// read reads lines as entries of the list, each as if those before were in it,
// and counts those that may be kept.
func (h *held) read(lines []Line) (sound int) {
	own := h.own
	defer func() { h.own = own }()
	h.own = slices.Clone(own)
	for i := range lines {
		l := &lines[i]
		l.Entry, l.Same, l.Problem = model.WordEntry{List: h.list}, false, nil
		if l.Entry.WordContent, l.Problem = parse(h.list, l.Text); l.Problem != nil || len(l.Entry.Words) == 0 {
			l.Same = l.Problem == nil // a line of headings
			continue
		}
		if l.Same = h.hasSame(l.Entry); l.Same {
			continue
		}
		if l.Problem = h.accept(&l.Entry); l.Problem == nil {
			h.own = append(h.own, l.Entry)
			sound++
		}
	}
	return sound
}

// hasSame says whether the list has exactly an entry, or the product knows it.
func (h *held) hasSame(e model.WordEntry) bool {
	e.Tidy()
	if e.Validate(h.list) != nil {
		return false
	}
	e.Name = nameOf(h.list, e.WordContent)
	for o := range h.known("") {
		if o.Name == e.Name && o.Instead == e.Instead && o.Hidden == e.Hidden {
			return true
		}
	}
	return false
}

func problems(lines []Line) (n int) {
	for _, l := range lines {
		if l.Problem != nil {
			n++
		}
	}
	return n
}

// parse reads one line: a row of a sheet, or a line as people write it.
func parse(list model.WordList, line string) (model.WordContent, *model.Error) {
	if len(line) > longestLine {
		return model.WordContent{}, model.ErrWordLine.With("text", nil)
	}
	fields := cells(list, line)
	if slices.Contains(headings[list], unquoted(fields[0])) && len(fields) > 1 {
		return model.WordContent{}, nil
	}
	for i := range fields {
		fields[i] = unquoted(fields[i])
	}
	switch list {
	case model.SynonymWords:
		return parseSynonyms(fields)
	case model.HotWords:
		return parseHot(fields)
	}
	return parseWrong(fields)
}

// cells parts a line where a sheet would, or where people do: at bars, and for a
// wrong word at the arrow.
func cells(list model.WordList, line string) []string {
	if strings.Contains(line, "\t") {
		return strings.Split(line, "\t")
	}
	r := csv.NewReader(strings.NewReader(line))
	r.LazyQuotes = true
	if row, err := r.Read(); err == nil && isRow(list, row) {
		return row
	}
	fields := strings.Split(strings.ReplaceAll(line, "｜", "|"), "|")
	fields[0] = arrows.Replace(fields[0])
	if list == model.ForbiddenWords || list == model.MistypedWords {
		wrong, right, _ := strings.Cut(fields[0], "→")
		fields = append([]string{wrong, right}, fields[1:]...)
	}
	if list == model.SynonymWords {
		fields = append([]string{""}, fields...)
	}
	return fields
}

// isRow says whether what commas part is a row of a sheet: people write groups of
// synonyms with commas too, and remarks.
func isRow(list model.WordList, row []string) bool {
	first := unquoted(row[0])
	switch {
	case len(row) < 2, strings.ContainsAny(arrows.Replace(first), "→|｜"):
		return false
	case list == model.SynonymWords:
		return slices.Contains([]string{sameWay, oneWay, headings[list][0]}, first)
	}
	return true
}

var arrows = strings.NewReplacer("->", "→", "=>", "→", "⇒", "→", "＞", "→", ">", "→")

// unquoted takes away blanks, and the sign that keeps a sheet from reading a cell
// as a formula.
func unquoted(cell string) string {
	return strings.TrimPrefix(strings.TrimSpace(cell), "'")
}

func parseSynonyms(fields []string) (c model.WordContent, _ *model.Error) {
	text := at(fields, 1)
	asked, found, directed := strings.Cut(text, "→")
	switch {
	case directed:
		c.Words, c.OneWay = append(group(asked), group(found)...), true
		if len(group(asked)) != 1 {
			return c, model.ErrWordLine.With("text", nil)
		}
	default:
		c.Words, c.OneWay = group(text), fields[0] == oneWay
	}
	c.Note = at(fields, 2)
	return c, nil
}

// group parts words that mean the same.
func group(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("=＝、,，;； \u3000", r) })
}

func parseHot(fields []string) (c model.WordContent, _ *model.Error) {
	c = model.WordContent{Words: []string{fields[0]}, Hidden: at(fields, 1) == hiddenWord, Until: model.Day(at(fields, 2)), Note: at(fields, 3)}
	if way := at(fields, 1); way != "" && way != hiddenWord && way != pinnedWord {
		return c, model.ErrWordLine.With("text", nil)
	}
	return c, nil
}

func parseWrong(fields []string) (c model.WordContent, _ *model.Error) {
	c = model.WordContent{Words: []string{fields[0]}, Instead: at(fields, 1), Note: at(fields, 2), RightIn: group(at(fields, 3))}
	severity, known := severities[at(fields, 4)]
	if !known {
		return c, model.ErrWordSeverity
	}
	c.Severity = severity
	return c, nil
}

func at(fields []string, i int) string {
	if i < len(fields) {
		return fields[i]
	}
	return ""
}
