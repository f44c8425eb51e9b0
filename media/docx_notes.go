package media

import (
	"fmt"

	"yuandu/model"
)

// docxMark says which note a text refers to: footnotes, 3.
type docxMark struct{ kind, id string }

// docxMarks are the notes to which the text refers, footnotes and endnotes
// numbered through.
type docxMarks struct {
	order   []docxMark
	numbers map[docxMark]int
}

// mark is what stands in the text for a note.
func (r *docxReader) mark(kind, id string) string {
	m := docxMark{kind, id}
	n, known := r.marks.numbers[m]
	if !known {
		r.marks.order = append(r.marks.order, m)
		n = len(r.marks.order)
		r.marks.numbers[m] = n
		r.note(DocxNotes)
	}
	return fmt.Sprintf("〔注%d〕", n)
}

// docxShelf are the notes of one part.
type docxShelf struct {
	part  *docxPart
	notes map[string]*docxNode
}

// notes are the footnotes and endnotes under a heading of their own.
func (r *docxReader) notes() (list []model.Passage) {
	main := r.part
	shelves := map[string]docxShelf{}
	for i := 0; i < len(r.marks.order) && r.err == nil; i++ {
		m := r.marks.order[i]
		if shelves[m.kind].part == nil {
			shelves[m.kind] = r.shelf(main, m.kind)
		}
		r.part = shelves[m.kind].part
		if i == 0 {
			list = append(list, model.Passage{Kind: model.PassageHeading, Level: 1, Text: "注释"})
		}
		text, pictures := r.noteText(shelves[m.kind].notes[m.id])
		list = append(list, model.Passage{Kind: model.PassageItem, Text: r.mark(m.kind, m.id) + text})
		list = append(list, pictures...)
	}
	r.part = main
	return list
}

// shelf opens the part that holds the notes of a kind. A document that lost it
// has empty notes.
func (r *docxReader) shelf(main *docxPart, kind string) docxShelf {
	s := docxShelf{main, map[string]*docxNode{}}
	name, found := r.beside(main, kind)
	if !found {
		return s
	}
	part, err := r.openPart(name)
	if err == nil {
		s.part = part
		err = r.run(name, &docxWalk{r: r, containers: []string{kind}, keeps: true,
			visit: func(e *docxNode) { s.notes[e.attr("id")] = e }})
	}
	if err != nil {
		r.fail(err)
	}
	return s
}

func (r *docxReader) noteText(e *docxNode) (string, []model.Passage) {
	f := docxFlow{r: r}
	if e != nil {
		for _, k := range e.kids {
			f.block(k)
		}
	}
	f.finish()
	return f.flat(" ")
}
