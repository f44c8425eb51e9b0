package pages

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Source says where contents were found.
type Source string

// The sources, the better ones first.
const (
	SourceBookmarks Source = "bookmarks"
	SourcePrinted   Source = "printed"  // a page headed 目录
	SourceHeadings  Source = "headings" // what is set in larger type
)

// Entry is a line of the contents.
type Entry struct {
	Title string  `json:"title"`
	Level int     `json:"level"` // from 1
	Page  int     `json:"page"`  // from 1
	Top   float64 `json:"top"`   // where on the page it begins
}

// Contents are what an issue holds, in order.
type Contents struct {
	Source  Source  `json:"source"`
	Entries []Entry `json:"entries"`
}

// ReadContents finds the contents of a file: its bookmarks, or else its printed
// contents, or else its headings. The texts are those of all pages; one may be nil.
func ReadContents(about *Info, texts []*Text) Contents {
	if entries := fromBookmarks(about.Outline); len(entries) > 0 {
		return Contents{SourceBookmarks, entries}
	}
	issue := lookThrough(texts)
	if entries := issue.printedContents(); len(entries) > 0 {
		return Contents{SourcePrinted, entries}
	}
	if entries := issue.headingEntries(); len(entries) >= fewestListed {
		return Contents{SourceHeadings, entries}
	}
	return Contents{SourceHeadings, issue.divisionEntries()}
}

func fromBookmarks(outline []Entry) []Entry {
	var entries []Entry
	for _, b := range outline {
		if b.Page > 0 && b.Title != "" {
			entries = append(entries, b)
		}
	}
	return entries
}

// heading is a line, or several, in larger type than the text.
type heading struct {
	title     string
	size      float64
	page      int // from 1
	top       float64
	from, end int // lines of the page
}

// issue is all that is written in a file, looked through once.
type issue struct {
	texts    []*Text
	size     float64 // of the type that most is set in
	headings []heading
	running  map[string]bool // lines that come again at the edge of many pages
}

func lookThrough(texts []*Text) *issue {
	i := &issue{texts: texts, size: usualSize(texts), running: runningLines(texts)}
	for page, t := range texts {
		if t != nil && t.Layer != LayerGarbage {
			i.takeHeadings(t, page+1)
		}
	}
	return i
}

// usualSize is the size that most characters have.
func usualSize(texts []*Text) float64 {
	counts := map[int]int{}
	for _, t := range texts {
		if t == nil {
			continue
		}
		for _, l := range t.Lines {
			counts[int(l.Size*4)] += l.To - l.From
		}
	}
	best, most := 0, 0
	for size, n := range counts {
		if n > most || n == most && size > best {
			best, most = size, n
		}
	}
	return (float64(best) + .5) / 4
}

// larger is by how much a heading's type is larger than the text's.
const larger = 1.09

// takeHeadings takes the lines of a page that are in larger type, those that
// follow each other in the same type together.
func (i *issue) takeHeadings(t *Text, page int) {
	body := []rune(t.Body)
	for k, l := range t.Lines {
		text := strings.TrimSpace(string(body[l.From:l.To]))
		if l.Size < larger*i.size || text == "" || i.isRunning(text, l.Box) {
			continue
		}
		if n := len(i.headings); n > 0 && i.headings[n-1].goesOn(t, l, page, k) {
			h := &i.headings[n-1]
			h.title, h.end = joined(h.title, text), k+1
			continue
		}
		i.headings = append(i.headings, heading{text, l.Size, page, l.Box.Top, k, k + 1})
	}
}

func (h heading) goesOn(t *Text, l Line, page, at int) bool {
	if page != h.page || at != h.end || l.Size > 1.05*h.size || l.Size < .95*h.size {
		return false
	}
	before := t.Lines[at-1]
	apart := l.Box.Top - before.Box.Bottom
	return apart < 1.2*(before.Box.Bottom-before.Box.Top) && !startsCounted(string([]rune(t.Body)[l.From:l.To]))
}

func joined(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isLatin(last) && isLatin(first) {
		return a + " " + b
	}
	return a + b
}

// counted begins a heading inside a document: 一、 （一） 第一章 1.
var counted = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,2}[.．、])`)

func startsCounted(s string) bool { return counted.MatchString(s) }

// headingEntries makes contents of headings: the larger the type, the higher the
// level, four levels at most.
func (i *issue) headingEntries() []Entry {
	var sizes []float64
	for _, h := range i.headings {
		if !slices.ContainsFunc(sizes, func(s float64) bool { return s > .95*h.size && s < 1.05*h.size }) {
			sizes = append(sizes, h.size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	var entries []Entry
	for _, h := range i.headings {
		level := 1 + slices.IndexFunc(sizes, func(s float64) bool { return s > .95*h.size && s < 1.05*h.size })
		if level >= 1 && level <= 4 && utf8.RuneCountInString(h.title) <= 120 {
			entries = append(entries, Entry{h.title, level, h.page, h.top})
		}
	}
	return entries
}

// division is the heading of a part of a law that is set like its text.
var division = regexp.MustCompile(`^第[一二三四五六七八九十百零〇\d]{1,5}(编|分编|章|节)[\s　]*(\S.{0,30})?$`)

// divisionRank is how high a part is.
var divisionRank = map[string]int{"编": 1, "分编": 2, "章": 3, "节": 4}

// divisionEntries makes contents of the parts of a law. Where they are listed
// first, without pages, the heading itself comes later.
func (i *issue) divisionEntries() []Entry {
	var entries []Entry
	top := len(divisionRank)
	for page, t := range i.texts {
		if t == nil {
			continue
		}
		body := []rune(t.Body)
		for _, l := range t.Lines {
			text := strings.Join(strings.Fields(string(body[l.From:l.To])), " ")
			m := division.FindStringSubmatch(text)
			if m == nil || strings.ContainsAny(text, "。；，") {
				continue
			}
			e := Entry{text, divisionRank[m[1]], page + 1, l.Box.Top}
			entries, top = append(entries, e), min(top, e.Level)
		}
	}
	for k := range entries {
		entries[k].Level += 1 - top
	}
	return withoutList(entries)
}

// withoutList drops the beginning that comes again, entry for entry.
func withoutList(entries []Entry) []Entry {
	for n := len(entries) / 2; n >= 1; n-- {
		if slices.EqualFunc(entries[:n], entries[len(entries)-n:], sameTitle) {
			return entries[n:]
		}
	}
	return entries
}

// sameTitle compares titles of which one may be broken off at the end of a line.
func sameTitle(a, b Entry) bool {
	x, y := tightened(a.Title), tightened(b.Title)
	return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
}
