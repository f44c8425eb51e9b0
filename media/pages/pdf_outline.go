package pages

import "strings"

// What of an outline is read: a broken one can lead into itself.
const (
	maxBookmarks     = 10_000
	maxBookmarkLevel = 12
)

// outline reads the bookmarks in the order in which they are shown.
func (p *pdf) outline() []Entry {
	o := &outlineWalk{pdf: p, seen: map[uint64]bool{}}
	o.walk(0, 1)
	return o.found
}

type outlineWalk struct {
	*pdf
	seen  map[uint64]bool
	found []Entry
}

func (o *outlineWalk) walk(parent uint64, level int) {
	next := o.call("FPDFBookmark_GetFirstChild", o.document, parent)
	for next != 0 && !o.seen[next] && len(o.found) < maxBookmarks && o.broken == nil {
		o.seen[next] = true
		o.found = append(o.found, o.read(next, level))
		if level < maxBookmarkLevel {
			o.walk(next, level+1)
		}
		next = o.call("FPDFBookmark_GetNextSibling", o.document, next)
	}
}

func (o *outlineWalk) read(handle uint64, level int) Entry {
	title := o.wide(func(buffer, size uint64) uint64 { return o.call("FPDFBookmark_GetTitle", handle, buffer, size) })
	b := Entry{Title: strings.Join(strings.Fields(title), " "), Level: level}
	to := o.call("FPDFBookmark_GetDest", o.document, handle)
	if to == 0 {
		if action := o.call("FPDFBookmark_GetAction", handle); action != 0 {
			to = o.call("FPDFAction_GetDest", o.document, action)
		}
	}
	if to == 0 {
		return b
	}
	if index := o.count("FPDFDest_GetDestPageIndex", o.document, to); index >= 0 && index < len(o.about.Pages) {
		b.Page = index + 1
		b.Top = o.topOf(to, o.about.Pages[index].Height)
	}
	return b
}

// topOf is where on its page a bookmark leads to.
func (o *outlineWalk) topOf(to uint64, height float64) float64 {
	has, place := o.room, o.room+12
	if !o.is("FPDFDest_GetLocationInPage", to, has, has+4, has+8, place, place+4, place+8) || height <= 0 {
		return 0
	}
	if o.ints(has, 2)[1] == 0 {
		return 0
	}
	return min(max(1-o.floats(place, 2)[1]/height, 0), 1)
}
