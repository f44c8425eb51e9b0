package model

import (
	"fmt"
	"slices"
	"strings"
)

// GazetteYear says how many issues a year of the gazette has, and why some are not here.
type GazetteYear struct {
	Year    int
	Version int64
	Issues  int            // 0 where nobody has said it
	Gaps    map[int]string // what the editor says, by number
}

// GazetteCell is one issue of a year as the grid of completeness shows it.
type GazetteCell struct {
	Number int
	State  GazetteState
	Issue  *GazetteIssue // where it is public
	Why    string        // where it is explained
}

// GazetteState is whether an issue is here.
type GazetteState string

// The states.
const (
	IssueHere      GazetteState = "public"
	IssueExplained GazetteState = "explained" // it is not here, and the editor says why
	IssueMissing   GazetteState = "missing"   // it should be here, and nobody says anything
	IssueComing    GazetteState = "coming"    // its time has not come
)

// Name is the state in Chinese.
func (s GazetteState) Name() string {
	return map[GazetteState]string{IssueHere: "已收", IssueExplained: "未收，有说明", IssueMissing: "缺，没有说明", IssueComing: "还没有出版"}[s]
}

// Grid lays out a year: each issue that it has, whether it is here or not.
func (y *GazetteYear) Grid(issues []GazetteIssue, today Day) []GazetteCell {
	here, last := map[int]*GazetteIssue{}, y.Issues
	for n := range issues {
		here[issues[n].Number] = &issues[n]
		last = max(last, issues[n].Number)
	}
	latest := 0
	for n := range here {
		latest = max(latest, n)
	}
	cells := make([]GazetteCell, last)
	for n := range cells {
		c := &cells[n]
		c.Number = n + 1
		switch why := y.Gaps[c.Number]; {
		case here[c.Number] != nil:
			c.State, c.Issue = IssueHere, here[c.Number]
		case why != "":
			c.State, c.Why = IssueExplained, why
		case c.Number < latest || y.due(c.Number) <= today:
			c.State = IssueMissing
		default:
			c.State = IssueComing
		}
	}
	return cells
}

// due is from which day on an issue should be here: a month after the part of the year ends
// that it is of.
func (y *GazetteYear) due(number int) Day {
	if y.Issues == 0 {
		return "9999-12-31"
	}
	month := (12*number + y.Issues - 1) / y.Issues // in which it ends
	year := y.Year + (month+1)/12
	return Day(fmt.Sprintf("%04d-%02d-01", year, (month+1)%12+1))
}

// Tidy takes off what is written around explanations, and says what is wrong with them.
func (y *GazetteYear) Tidy() error {
	if y.Year < firstYear || y.Year > lastYear {
		return ErrGazetteYear
	}
	if y.Issues < 0 || y.Issues > mostIssues {
		return ErrGazetteNumber.With("issues", nil)
	}
	for n, why := range y.Gaps {
		why = strings.TrimSpace(why)
		if n < 1 || n > mostIssues || len([]rune(why)) < 2 || len([]rune(why)) > 200 {
			return ErrGazetteGap.With("", map[string]any{"number": n})
		}
		y.Gaps[n] = why
	}
	return nil
}

// Missing are the numbers of the issues that nobody explains.
func Missing(grid []GazetteCell) (numbers []int) {
	for _, c := range grid {
		if c.State == IssueMissing {
			numbers = append(numbers, c.Number)
		}
	}
	slices.Sort(numbers)
	return numbers
}
