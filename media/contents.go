package media

import (
	"strings"
	"unicode/utf8"
)

// The bounds of a table of contents: entries are short and not endless.
const (
	maxEntry    = 60
	maxContents = 500
)

// contents finds the lines that belong to a table of contents: their headings
// come again, and only there are they headings.
func contents(all []line) map[int]bool {
	entries := make([]entry, len(all))
	last := map[string]int{}
	for i, l := range all {
		entries[i] = readEntry(l)
		last[entries[i].key] = i
	}
	listed := map[int]bool{}
	for i := 0; i < len(all); {
		end, found := untitledEnd(entries, last, i)
		if entries[i].opens() {
			end, found = titledEnd(entries, i)
		}
		for ; i < end; i++ {
			if found {
				listed[i] = true
			}
		}
	}
	return listed
}

// entry is a line as a table of contents would hold it.
type entry struct {
	key  string // without blanks, leaders and page number; "" for what is too long
	rank int    // of a division of a law, else 0
}

func (e entry) opens() bool { return e.key == "目录" || e.key == "目次" }

func readEntry(l line) entry {
	if l.text == "" || utf8.RuneCountInString(l.text) > maxEntry {
		return entry{}
	}
	o, ok := readOrdinal(l.text)
	if ok && o.isArticle() {
		return entry{}
	}
	e := entry{key: strings.Join(strings.FieldsFunc(l.text, isBlank), "")}
	e.key = strings.TrimRight(e.key, "0123456789.…·．")
	if ok && o.isDivision(l.heading > 0) {
		e.rank = ranks[o.unit]
	}
	return e
}

// titledEnd is the line behind the entries that follow the word 目录: the one
// that says the first entry again.
func titledEnd(entries []entry, from int) (end int, found bool) {
	first := from + 1
	for i := first + 1; i < min(len(entries), first+maxContents) && entries[i].key != ""; i++ {
		if entries[i].key == entries[first].key {
			return i, entries[first].key != ""
		}
	}
	return first, false
}

// untitledEnd is the line behind the headings that follow each other without a
// text between them. They are a table of contents when they do not go deeper
// and deeper, and come again.
func untitledEnd(entries []entry, last map[string]int, from int) (end int, found bool) {
	deeper, again := true, false
	end = from
	for ; end < len(entries) && entries[end].rank > 0; end++ {
		if end > from && entries[end].key == entries[from].key {
			return end, true
		}
		deeper = deeper && (end == from || entries[end].rank > entries[end-1].rank)
	}
	for i := from; i < end; i++ {
		again = again || last[entries[i].key] >= end
	}
	return max(end, from+1), again && !deeper && end-from > 2
}
