package ofd

import "strings"

// What of an outline is read.
const (
	mostEntries = 10_000
	mostLevels  = 12
)

type outlineWalk struct {
	*File
	marks map[string]*node // bookmarks by name
	found []Entry
}

// outline reads the outline, or else the bookmarks.
func (f *File) outline(document *node) []Entry {
	w := &outlineWalk{File: f, marks: map[string]*node{}}
	bookmarks := document.child("Bookmarks").all("Bookmark")
	for _, b := range bookmarks {
		w.marks[b.attr("Name")] = b.child("Dest")
	}
	w.walk(document.child("Outlines"), 1)
	if len(w.found) > 0 {
		return w.found
	}
	for _, b := range bookmarks[:min(len(bookmarks), mostEntries)] {
		w.add(b.attr("Name"), 1, b.child("Dest"))
	}
	return w.found
}

func (w *outlineWalk) walk(parent *node, level int) {
	for _, n := range parent.all("OutlineElem") {
		if len(w.found) >= mostEntries {
			return
		}
		w.add(n.attr("Title"), level, w.goal(n))
		if level < mostLevels {
			w.walk(n, level+1)
		}
	}
}

// goal is where a line of the outline leads to.
func (w *outlineWalk) goal(n *node) *node {
	for _, action := range n.child("Actions").all("Action") {
		to := action.child("Goto")
		if to == nil {
			continue
		}
		if mark := to.child("Bookmark"); mark != nil {
			return w.marks[mark.attr("Name")]
		}
		return to.child("Dest")
	}
	return nil
}

func (w *outlineWalk) add(title string, level int, to *node) {
	e := Entry{Title: strings.Join(strings.Fields(title), " "), Level: level}
	if at, ok := w.places[to.attr("PageID")]; ok && to != nil {
		e.Page = at + 1
		e.Top = min(max(to.number("Top", 0)-w.sheets[at].area.y, 0), w.sheets[at].area.h)
	}
	if e.Title != "" {
		w.found = append(w.found, e)
	}
}
