package ofd

import (
	"fmt"
	"maps"
	"slices"
)

// millimetre is how many points of a PDF it is.
const millimetre = 72 / 25.4

// Page reads a page, counted from 1, and writes it as a PDF.
func (f *File) Page(number int) (*Page, error) {
	if number < 1 || number > len(f.sheets) || f.sheets[number-1].part == "" {
		return nil, errMissing
	}
	f.left = f.limits.Budget
	s := f.sheets[number-1]
	p := newPainter(f, s.area)
	if err := p.sheet(s); err != nil {
		return nil, err
	}
	p.finish()
	return p.page, nil
}

func newPainter(f *File, area rect) *painter {
	return &painter{
		file: f, page: &Page{Size: Size{area.w, area.h}}, pdf: &pdf{}, res: f.resources, left: f.limits.Objects,
		m: shift(-area.x, -area.y), fonts: named{letter: "F"}, pictures: named{letter: "P"}, states: named{letter: "G"}, shadings: named{letter: "S"},
		setIn: map[string]string{}, drawn: map[string]drawing{}, clear: map[[2]int]string{}, notes: map[Note]int{},
	}
}

// sheet draws all that is on a page, from below to above: templates, layers, templates in
// front, what is written onto it, seals.
func (p *painter) sheet(s sheet) error {
	top, err := p.file.parse(s.part)
	if err != nil {
		return err
	}
	area := s.area
	base := shift(-area.x, -area.y).then(matrix{millimetre, 0, 0, -millimetre, 0, area.h * millimetre})
	p.out.matrix(base)
	p.layers(top, s.part, map[string]bool{s.part: true}, 0)
	p.silent = true
	for _, part := range p.file.notes[s.id] {
		p.annotations(part)
	}
	for _, st := range p.file.stamps[s.id] {
		p.stamp(st)
	}
	return nil
}

// layers draws the content of a page or of a template, with the templates below and above it.
func (p *painter) layers(top *node, part string, open map[string]bool, depth int) {
	own := p.res
	defer func() { p.res = own }()
	for _, r := range top.all("PageRes") {
		if p.res == own {
			p.res = own.copied()
		}
		p.file.readResources(p.res, part, r.said())
	}
	templates := top.all("Template")
	for _, t := range templates {
		if !p.isInFront(t) {
			p.template(t, open, depth)
		}
	}
	for _, kind := range []string{"Background", "Body", "Foreground"} {
		for _, layer := range top.child("Content").all("Layer") {
			if kindOf(layer) == kind {
				p.drawLayer(layer)
			}
		}
	}
	for _, t := range templates {
		if p.isInFront(t) {
			p.template(t, open, depth)
		}
	}
}

func kindOf(layer *node) string {
	switch kind := layer.attr("Type"); kind {
	case "Background", "Foreground":
		return kind
	}
	return "Body"
}

func (p *painter) drawLayer(layer *node) {
	before := p.layer
	p.layer = p.chain(layer.attr("DrawParam"))
	p.block(layer, 0)
	p.layer = before
}

func (p *painter) isInFront(t *node) bool {
	order := t.attr("ZOrder")
	if order == "" {
		order = p.file.orders[t.attr("TemplateID")]
	}
	return order == "Foreground"
}

// template draws a page that is laid under or over others.
func (p *painter) template(t *node, open map[string]bool, depth int) {
	const deepest = 4
	part := p.file.templates[t.attr("TemplateID")]
	switch {
	case part == "":
		p.note(PartMissing, "Template")
		return
	case open[part] || depth >= deepest:
		p.note(TemplateLoop, "")
		return
	}
	top, err := p.file.parse(part)
	if err != nil {
		p.note(PartMissing, "Template")
		return
	}
	open[part] = true
	p.layers(top, part, open, depth+1)
	delete(open, part)
}

// annotations draws what is written onto a page. Its words are no words of the document.
func (p *painter) annotations(part string) {
	top, err := p.file.parse(part)
	if err != nil {
		p.note(PartMissing, "Annotation")
		return
	}
	for _, a := range top.all("Annot") {
		if !a.is("Visible", true) {
			continue
		}
		for _, look := range a.all("Appearance") {
			at, ok := rectOf(look.attr("Boundary"))
			if !ok {
				at = rect{}
			}
			p.inside(shift(at.x, at.y), func() { p.block(look, 0) })
		}
	}
}

// copied are resources to which others are added.
func (r *resources) copied() *resources {
	return &resources{fonts: maps.Clone(r.fonts), params: maps.Clone(r.params), spaces: maps.Clone(r.spaces), units: maps.Clone(r.units),
		pictures: maps.Clone(r.pictures), parts: maps.Clone(r.parts)}
}

// finish writes the PDF down.
func (p *painter) finish() {
	for n, count := range p.notes {
		n.Count = count
		p.page.Notes = append(p.page.Notes, n)
	}
	slices.SortFunc(p.page.Notes, func(a, b Note) int {
		return slices.Compare([]string{string(a.Kind), a.Name}, []string{string(b.Kind), b.Name})
	})
	area := p.page.Size
	p.page.Pictured = min(p.page.Pictured/(area.Width*area.Height), 1)
	body := p.pdf.stream("", p.out.Bytes())
	list, page, root := p.pdf.place(), p.pdf.place(), p.pdf.place()
	p.pdf.set(list, fmt.Sprintf("<</Type/Pages/Count 1/Kids[%d 0 R]>>", page))
	p.pdf.set(page, fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</Font%s/XObject%s/ExtGState%s/Shading%s>>>>",
		list, decimal(area.Width*millimetre), decimal(area.Height*millimetre), body, &p.fonts, &p.pictures, &p.states, &p.shadings))
	p.pdf.set(root, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", list))
	p.page.PDF = p.pdf.bytes(root)
}
