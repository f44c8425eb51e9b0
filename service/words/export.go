package words

import (
	"context"
	"encoding/csv"
	"strings"

	"yuandu/model"
)

// Words of a sheet: they are read again, and so are the same in every language.
const (
	sameWay    = "同义"
	oneWay     = "单向"
	pinnedWord = "显示"
	hiddenWord = "隐藏"
)

// headings are the first rows of the sheets.
var headings = map[model.WordList][]string{
	model.SynonymWords:   {"关系", "词语", "说明"},
	model.HotWords:       {"词语", "怎样", "到哪天", "说明"},
	model.ForbiddenWords: {"不用的词", "改为", "说明", "这样用不算错", "要求"},
	model.MistypedWords:  {"误写", "正写", "说明", "这样用不算错", "要求"},
}

// severities are what a finding asks of the writer.
var severities = map[string]string{"": "", "必须改正": "stop", "改正或说明": "ask", "只作提示": "note", "stop": "stop", "ask": "ask", "note": "note"}

func severityName(severity string) string {
	for name, s := range severities {
		if s == severity && name != s {
			return name
		}
	}
	return ""
}

// Export writes what the city has in a list, as a sheet (CSV) or as plain lines:
// Lines reads both again.
func (s *Service) Export(ctx context.Context, list model.WordList, sheet bool) (string, error) {
	own, err := s.store.Words(ctx, list)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if !sheet {
		for _, e := range own {
			b.WriteString(lineOf(e) + "\n")
		}
		return b.String(), nil
	}
	b.WriteString("\ufeff") // or spreadsheets take it for another encoding
	w := csv.NewWriter(&b)
	_ = w.Write(headings[list]) // memory does not fail
	for _, e := range own {
		row := cellsOf(e)
		for i := range row {
			row[i] = harmless(row[i])
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.String(), nil
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@'\t", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func cellsOf(e model.WordEntry) []string {
	switch e.List {
	case model.SynonymWords:
		way := sameWay
		if e.OneWay {
			way = oneWay
		}
		return []string{way, strings.Join(e.Words, "、"), e.Note}
	case model.HotWords:
		way := pinnedWord
		if e.Hidden {
			way = hiddenWord
		}
		return []string{e.Words[0], way, string(e.Until), e.Note}
	}
	return []string{e.Words[0], e.Instead, e.Note, strings.Join(e.RightIn, "、"), severityName(e.Severity)}
}

func lineOf(e model.WordEntry) string {
	cells := cellsOf(e)
	switch {
	case e.List == model.SynonymWords && e.OneWay:
		cells = []string{e.Words[0] + " → " + strings.Join(e.Words[1:], "、"), e.Note}
	case e.List == model.SynonymWords:
		cells = []string{strings.Join(e.Words, " = "), e.Note}
	case e.List != model.HotWords:
		cells = append([]string{e.Words[0] + " → " + e.Instead}, cells[2:]...)
	}
	for len(cells) > 1 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return strings.Join(cells, " | ")
}
