package media

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"strings"

	"yuandu/model"
)

// docxDrawing is what a drawing shows, and what says so to those who do not see
// it.
type docxDrawing struct {
	line   *docxLine
	alt    string
	ole    string // the program of an embedded object
	hidden bool
}

// drawing reads a picture, a shape or an embedded object. Its pictures and the
// text in its shapes follow the paragraph.
func (l *docxLine) drawing(e *docxNode) {
	d := docxDrawing{line: l}
	if e.name == "contentPart" {
		l.r.note(DocxPictures) // ink
		return
	}
	if e.name == "object" {
		d.object(e.find("OLEObject"))
	}
	d.read(e)
}

// object tells of an embedded object. What it looks like is read with it.
func (d *docxDrawing) object(e *docxNode) {
	if e == nil {
		return
	}
	if d.ole = e.attr("ProgID"); d.isFormula() {
		d.line.r.note(DocxFormulas)
		return
	}
	d.line.r.note(DocxEmbedded)
}

func (d *docxDrawing) isFormula() bool {
	return strings.HasPrefix(d.ole, "Equation") || strings.HasPrefix(d.ole, "MathType")
}

// find is the first element of a name below e.
func (e *docxNode) find(name string) *docxNode {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
		if found := k.find(name); found != nil {
			return found
		}
	}
	return nil
}

func (d *docxDrawing) read(e *docxNode) {
	d.line.r.through(e, func(k *docxNode) {
		switch k.name {
		case "docPr", "cNvPr":
			d.hidden = d.hidden || k.attr("hidden") == "1" || k.attr("hidden") == "true"
			d.describe(k.attr("descr"), k.attr("title"))
		case "shape", "rect", "roundrect", "oval", "group":
			d.describe(k.attr("alt"))
			d.read(k)
		case "blip":
			d.picture(cmp.Or(k.ref("embed"), k.ref("link")))
		case "imagedata":
			d.picture(cmp.Or(k.ref("id"), k.ref("href")))
		case "txbxContent":
			d.textBox(k)
		case "textpath":
			d.artText(trim(docxSpaces.Replace(k.attr("string"))))
		case "chart", "relIds":
			d.line.r.note(DocxEmbedded)
		default:
			d.read(k)
		}
	})
}

// describe takes what stands nearest to the picture.
func (d *docxDrawing) describe(texts ...string) {
	for _, t := range texts {
		if t = strings.Join(strings.Fields(t), " "); t != "" {
			d.alt = t
			return
		}
	}
}

// artText is a text that is drawn.
func (d *docxDrawing) artText(text string) {
	if text != "" {
		d.line.r.note(DocxTextBoxes)
		d.line.after = append(d.line.after, model.Passage{Kind: model.PassageText, Text: text})
	}
}

func (d *docxDrawing) textBox(e *docxNode) {
	f := docxFlow{r: d.line.r}
	for _, k := range e.kids {
		f.block(k)
	}
	f.finish()
	if len(f.passages) > 0 {
		d.line.r.note(DocxTextBoxes)
	}
	for _, p := range f.passages {
		d.line.after = append(d.line.after, p.Passage)
	}
}

func (d *docxDrawing) picture(id string) {
	r := d.line.r
	link, found := r.part.links[id]
	if !found && id == "" {
		return
	}
	if d.hidden {
		r.note(DocxHidden)
		return
	}
	fileID := ""
	if !link.outside && r.archive.has(link.target) {
		fileID = r.keepPicture(link.target)
	}
	switch {
	case fileID != "":
		d.line.after = append(d.line.after, model.Passage{Kind: model.PassagePicture, Text: d.alt, FileID: fileID})
	case d.ole == "":
		r.note(DocxPictures)
	}
}

// docxPictures are the kinds of pictures that we keep, by how they begin.
var docxPictures = []string{"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "BM", "II*\x00", "MM\x00*"}

// keepPicture keeps a picture once, however often it is shown.
func (r *docxReader) keepPicture(name string) string {
	if id, known := r.kept[name]; known || r.keep == nil {
		return id
	}
	content, err := r.archive.bytes(name)
	if err != nil {
		r.fail(err)
		return ""
	}
	known := false
	for _, head := range docxPictures {
		known = known || bytes.HasPrefix(content, []byte(head))
	}
	r.kept[name] = ""
	if !known {
		return ""
	}
	id, err := r.keep(path.Base(name), content)
	var refusal *model.Error
	switch {
	case errors.As(err, &refusal) && refusal.Kind == model.Invalid:
		return ""
	case err != nil:
		r.keepFailed = err
		r.fail(err)
		return ""
	}
	r.kept[name] = id
	return id
}
