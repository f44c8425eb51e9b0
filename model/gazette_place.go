package model

import (
	"regexp"
	"strconv"
	"strings"
)

// GazettePlace is a place in the gazette as it is cited: 2021年第3期 第12页. Page is 0 for the
// whole issue.
type GazettePlace struct{ Year, Number, Page int }

// String is the place as people say it, "" where the year or the number is not known.
func (p GazettePlace) String() string {
	if p.Year == 0 || p.Number == 0 {
		return ""
	}
	s := strconv.Itoa(p.Year) + "年第" + strconv.Itoa(p.Number) + "期"
	if p.Page > 0 {
		s += "第" + strconv.Itoa(p.Page) + "页"
	}
	return s
}

// Address is where the place is found on our pages, for good.
func (p GazettePlace) Address() string {
	s := "/gazettes/" + strconv.Itoa(p.Year) + "/" + strconv.Itoa(p.Number)
	if p.Page > 0 {
		s += "?page=" + strconv.Itoa(p.Page)
	}
	return s
}

// A figure is written in digits or hanzi; blanks may stand anywhere.
const (
	figure     = `(\d+|[〇○零一二三四五六七八九十]+)`
	issueShape = `(\d{4}|[〇○零一二三四五六七八九]{4})年度?第?` + figure + `[期号]`
)

var (
	gazetteCited = regexp.MustCompile(`^(?:\p{Han}{0,20}?《?\p{Han}{0,20}?公报》?[:：,，·]?)?` + issueShape +
		`(?:[（(]总第?\d+期[)）])?[,，、]?(?:第?` + figure + `页|[pP]\.?(\d+))?$`)
	gazetteNamed = regexp.MustCompile(issueShape)
	numberedFile = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[-_.]0?(\d{1,2})(?:\D|$)`)
	printedDay   = regexp.MustCompile(`((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日`)
	gazetteName  = regexp.MustCompile(`^\p{Han}{2,30}公报$`)
)

// ParseGazettePlace reads a place as somebody types it: 公报 2021年第3期 第12页.
func ParseGazettePlace(text string) (p GazettePlace, ok bool) {
	m := gazetteCited.FindStringSubmatch(tight(text))
	if m == nil {
		return p, false
	}
	p = GazettePlace{figureOf(m[1]), figureOf(m[2]), figureOf(m[3] + m[4])}
	return p, p.isSensible()
}

func (p GazettePlace) isSensible() bool {
	return p.Year >= firstYear && p.Year <= lastYear && p.Number > 0 && p.Number <= mostIssues && p.Page <= 3000
}

// mostIssues is how many issues a year may have.
const mostIssues = 400

// tight is a text without blanks, in narrow digits.
func tight(text string) string { return strings.Join(strings.Fields(foldWidth(text)), "") }

// figureOf reads digits, or hanzi: 十二, 二〇二一.
func figureOf(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	const digits = "零一二三四五六七八九"
	n, tens, open := 0, 0, false
	for _, r := range text {
		switch at := strings.IndexRune(digits, r); {
		case r == '〇' || r == '○':
			n, open = n*10, true
		case r == '十' && !open:
			tens, n = 10, 0
		case r == '十':
			tens, n, open = n*10, 0, false
		case at >= 0:
			n, open = n*10+at/len("零"), true
		}
	}
	return tens + n
}

// GazetteFace is what the front of an issue says of it; what it does not say is empty.
type GazetteFace struct {
	Year   int    `json:"year,omitempty"`
	Number int    `json:"number,omitempty"`
	Day    Day    `json:"day,omitempty"`
	Name   string `json:"name,omitempty"` // of the gazette
}

// ReadGazetteFace reads the front of an issue: its first lines, and for what they do not say
// the name of its file.
func ReadGazetteFace(front, name string) (f GazetteFace) {
	for line := range strings.Lines(front) {
		line = tight(line)
		if m := gazetteNamed.FindStringSubmatch(line); m != nil && f.Number == 0 {
			f.Year, f.Number = figureOf(m[1]), figureOf(m[2])
		}
		if m := printedDay.FindStringSubmatch(line); m != nil && f.Day == "" {
			f.Day, _ = ParseDay(m[0])
		}
		if f.Name == "" && gazetteName.MatchString(line) {
			f.Name = line
		}
	}
	if !(GazettePlace{f.Year, f.Number, 0}).isSensible() {
		f.Year, f.Number = 0, 0
	}
	if f.Number == 0 {
		f.Year, f.Number = placeInName(tight(name))
	}
	if f.Year > 0 && f.Day != "" && f.Day.Year() != f.Year && f.Day.Year() != f.Year+1 {
		f.Day = "" // of something that is printed there
	}
	return f
}

func placeInName(name string) (year, number int) {
	for _, shape := range []*regexp.Regexp{gazetteNamed, numberedFile} {
		if m := shape.FindStringSubmatch(name); m != nil {
			p := GazettePlace{figureOf(m[1]), figureOf(m[2]), 0}
			if p.isSensible() {
				return p.Year, p.Number
			}
		}
	}
	return 0, 0
}
