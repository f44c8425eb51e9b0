package gazette

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
)

// reading is what a whole file says, as it is kept with the file.
type reading struct {
	Front    string                    `json:"front,omitempty"` // the first lines, of which its place is read
	Signed   int                       `json:"signed,omitempty"`
	Source   pages.Source              `json:"source"`
	Contents []model.GazetteEntry      `json:"contents"`
	Pieces   []model.GazettePieceDraft `json:"pieces"`
	Notes    []pages.Note              `json:"notes,omitempty"`
	Layers   map[pages.Layer]int       `json:"layers"` // how many pages there are of each
}

// Bounds of what is kept of a file.
const (
	mostNotes    = 200
	mostEntries  = 3000
	mostPieces   = 1000
	frontPages   = 2
	frontLine    = 40 // characters: a longer line is of a text
	longestTitle = 500
)

// read makes a reading of the pages of a file.
func read(about *pages.Info, texts []*pages.Text) *reading {
	r := &reading{Signed: about.Signed, Layers: map[pages.Layer]int{}, Notes: about.Notes}
	for n, t := range texts {
		if t == nil {
			r.Notes = append(r.Notes, pages.Note{Code: pages.NotePageUnread, Page: n + 1})
			continue
		}
		r.Layers[t.Layer]++
		r.Notes = append(r.Notes, t.Notes...)
	}
	readable := slices.Clone(texts)
	for n, t := range readable {
		if t != nil && t.Layer == pages.LayerGarbage {
			readable[n] = nil
		}
	}
	contents := pages.ReadContents(about, readable)
	r.Front, r.Source = frontOf(readable), contents.Source
	for _, e := range contents.Entries[:min(len(contents.Entries), mostEntries)] {
		r.Contents = append(r.Contents, model.GazetteEntry{Title: shortened(e.Title), Level: min(max(e.Level, 1), 9), Page: max(e.Page, 1), Top: within(e.Top)})
	}
	pieces := pages.ReadPieces(contents, readable)
	for _, p := range pieces[:min(len(pieces), mostPieces)] {
		r.Pieces = append(r.Pieces, model.GazettePieceDraft{Title: shortened(p.Title), DocNumber: p.Number, Issuer: p.Issuer, Category: p.Kind,
			First: p.First, Top: within(p.Top), Last: max(p.Last, p.First), Bottom: within(p.Bottom)})
	}
	r.Notes = pages.Gathered(r.Notes)
	r.Notes = r.Notes[:min(len(r.Notes), mostNotes)]
	return r
}

func within(v float64) float64 { return min(max(v, 0), 1) }

func shortened(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	if utf8.RuneCountInString(title) > longestTitle {
		return string([]rune(title)[:longestTitle])
	}
	return title
}

// frontOf are the short lines of the first pages.
func frontOf(texts []*pages.Text) string {
	var front strings.Builder
	for _, t := range texts[:min(len(texts), frontPages)] {
		if t == nil {
			continue
		}
		for line := range strings.Lines(t.Body) {
			if line = strings.TrimSpace(line); line != "" && utf8.RuneCountInString(line) <= frontLine {
				front.WriteString(line + "\n")
			}
		}
	}
	return front.String()
}

// textsOf are the texts of pages as they are kept, nil for those that could not be read.
func textsOf(kept []store.PrintedPage) (texts []*pages.Text, err error) {
	for _, k := range kept {
		var t *pages.Text
		if pages.Layer(k.Layer) != layerUnread {
			if t, err = pages.Unpack(pages.Layer(k.Layer), k.Body, k.Packed); err != nil {
				return nil, err
			}
		}
		texts = append(texts, t)
	}
	return texts, nil
}

// layerUnread is that of a page that broke whoever read it.
const layerUnread pages.Layer = "unread"
