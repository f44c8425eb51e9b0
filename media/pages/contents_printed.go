package pages

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

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
		if page := i.pageOf(e.Title, from, e.Page); page > 0 {
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

// pageOf finds a title behind the contents, nearest to where it should be; 0 where it
// stands nowhere.
func (i *issue) pageOf(title string, from, near int) (page int) {
	for p := from; p < len(i.texts); p++ {
		if i.texts[p] == nil || page > 0 && distance(p+1, near) >= distance(page, near) {
			continue
		}
		if len(i.texts[p].Find(title)) > 0 {
			page = p + 1
		}
	}
	return page
}

func distance(a, b int) int { return max(a-b, b-a) }

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
