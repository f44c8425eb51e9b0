package pages

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
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

func fromBookmarks(outline []Bookmark) []Entry {
	var entries []Entry
	for _, b := range outline {
		if b.Page > 0 && b.Title != "" {
			entries = append(entries, Entry(b))
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

// edge is how much of a page's height its head and its foot are.
const edge = .09

var digits = regexp.MustCompile(`[\d０-９]+`)

// pageNumber is a line that is nothing else: 12, — 12 —, · 12 ·, 第12页.
var pageNumber = regexp.MustCompile(`^[-—–·.\s]*(?:第\s*)?[\d０-９]{1,4}(?:\s*页)?[-—–·.\s]*$`)

func atEdge(b Box) bool { return b.Top < edge || b.Bottom > 1-edge }

// runningLines finds heads and feet: lines at the edge that, but for figures,
// are the same on three pages and on an eighth of all.
func runningLines(texts []*Text) map[string]bool {
	counts, all := map[string]int{}, 0
	for _, t := range texts {
		if t == nil {
			continue
		}
		all++
		body := []rune(t.Body)
		for _, l := range t.Lines {
			if atEdge(l.Box) {
				counts[runningKey(string(body[l.From:l.To]))]++
			}
		}
	}
	running := map[string]bool{}
	for key, n := range counts {
		if n >= 3 && n*8 >= all && key != "" {
			running[key] = true
		}
	}
	return running
}

func runningKey(s string) string { return digits.ReplaceAllString(tightened(s), "#") }

// isRunning says whether a line is a head, a foot or a page number.
func (i *issue) isRunning(text string, b Box) bool {
	return atEdge(b) && (pageNumber.MatchString(text) || i.running[runningKey(text)])
}

// printedEntry is a line of printed contents: a title, dots, a page.
var printedEntry = regexp.MustCompile(`^(.*?)[\s.．…·⋯・_—-]*[（(]?(\d{1,4})[)）]?$`)

// listHead heads printed contents.
var listHead = regexp.MustCompile(`^(?:目录|目次|本期目录|总目录)$`)

// listWithin is how far from the beginning printed contents may begin, and
// fewestListed how many entries make some.
const (
	listWithin   = 12
	listPages    = 12
	fewestListed = 3
)

// printedContents reads the pages headed 目录 and finds where their titles stand.
func (i *issue) printedContents() []Entry {
	for page := range min(listWithin, len(i.texts)) {
		from, ok := i.listHeadOn(page)
		if !ok {
			continue
		}
		entries, next := i.listed(page, from)
		if len(entries) < fewestListed {
			continue
		}
		return i.placed(entries, next)
	}
	return nil
}

func (i *issue) listHeadOn(page int) (line int, found bool) {
	t := i.texts[page]
	if t == nil {
		return 0, false
	}
	body := []rune(t.Body)
	for k, l := range t.Lines {
		if listHead.MatchString(tightened(string(body[l.From:l.To]))) {
			return k + 1, true
		}
	}
	return 0, false
}

// listed reads entries until a page has none; printed page numbers stand where
// pages of the file will.
func (i *issue) listed(page, from int) (entries []Entry, next int) {
	for next = page; next < min(page+listPages, len(i.texts)); next++ {
		t := i.texts[next]
		if t == nil {
			break
		}
		found := i.listedOn(t, from)
		if len(found) == 0 || len(entries) > 0 && found[0].Page < entries[len(entries)-1].Page {
			break
		}
		entries, from = append(entries, found...), 0
	}
	return entries, next
}

func (i *issue) listedOn(t *Text, from int) []Entry {
	var found []Entry
	body, title, left := []rune(t.Body), "", 0.
	for _, l := range t.Lines[from:] {
		text := strings.TrimSpace(string(body[l.From:l.To]))
		if i.isRunning(text, l.Box) {
			continue
		}
		if title == "" {
			left = l.Box.Left
		}
		m := printedEntry.FindStringSubmatch(text)
		if m == nil || title == "" && m[1] == "" {
			title = joined(title, text)
			continue
		}
		if n, err := strconv.Atoi(m[2]); err == nil && n > 0 {
			found = append(found, Entry{Title: strings.TrimSpace(joined(title, m[1])), Level: 1, Page: n, Top: left})
		}
		title = ""
	}
	return rising(found)
}

// rising keeps entries as long as their pages do not go back; among them there
// must not be more strays than entries.
func rising(found []Entry) []Entry {
	var kept []Entry
	for _, e := range found {
		if len(kept) == 0 || e.Page >= kept[len(kept)-1].Page {
			kept = append(kept, e)
		}
	}
	if 2*len(kept) < len(found) {
		return nil
	}
	return kept
}

// placed turns printed page numbers into pages of the file: by the titles that
// are found, and for the others by how far those were off. What is set in, of
// the entries, is one level down.
func (i *issue) placed(entries []Entry, from int) []Entry {
	offsets := map[int]int{}
	for _, e := range entries {
		if page, _ := i.pageOf(e.Title, from, e.Page); page > 0 {
			offsets[page-e.Page]++
		}
	}
	offset, most := 0, 0
	for o, n := range offsets {
		if n > most || n == most && o < offset {
			offset, most = o, n
		}
	}
	var lefts []float64
	for _, e := range entries {
		lefts = append(lefts, e.Top)
	}
	margin := slices.Min(lefts)
	for k, e := range entries {
		e.Level = 1
		if lefts[k]-margin > .03 {
			e.Level = 2
		}
		e.Page = min(max(e.Page+offset, 1), len(i.texts))
		e.Top = i.topOf(e.Title, e.Page)
		entries[k] = e
	}
	return entries
}

// pageOf finds a title behind the contents, nearest to where it should be.
func (i *issue) pageOf(title string, from, near int) (page int, top float64) {
	best := -1
	for p := from; p < len(i.texts); p++ {
		if i.texts[p] == nil || best >= 0 && difference2(p+1, near) >= difference2(best, near) {
			continue
		}
		if len(i.texts[p].Find(title)) > 0 {
			best = p + 1
		}
	}
	if best < 0 {
		return 0, 0
	}
	return best, i.topOf(title, best)
}

func difference2(a, b int) int { return max(a-b, b-a) }

// topOf is where on a page a title stands, 0 where it doesn't.
func (i *issue) topOf(title string, page int) float64 {
	t := i.texts[page-1]
	if t == nil {
		return 0
	}
	for _, place := range t.Find(title) {
		if boxes := t.Cover(place); len(boxes) > 0 {
			return boxes[0].Top
		}
	}
	return 0
}
