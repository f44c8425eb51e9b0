package ofd

// painter draws a page.
type painter struct {
	file   *File
	res    *resources
	page   *Page
	pdf    *pdf
	out    content
	m      matrix  // from where is drawn to the page, in millimetres
	layer  []*node // what the layer says of how is drawn
	silent bool    // words that are drawn are no words of the page
	left   int     // objects that may still be drawn
	notes  map[Note]int

	fonts, pictures, states, shadings named
	setIn                             map[string]string  // names of fonts
	drawn                             map[string]drawing // pictures by part
	clear                             map[[2]int]string  // names of what is seen through
}

func (p *painter) note(kind Kind, name string) { p.notes[Note{Kind: kind, Name: name}]++ }

// inside draws in coordinates of its own.
func (p *painter) inside(m matrix, draw func()) {
	before := p.m
	p.m = m.then(p.m)
	p.out.op("q")
	p.out.matrix(m)
	draw()
	p.out.op("Q")
	p.m = before
}

// deepestBlock is how deep blocks and composites may lie in each other.
const deepestBlock = 12

// block draws what a layer, a block or a composite consists of.
func (p *painter) block(n *node, depth int) {
	if depth > deepestBlock {
		p.note(Undrawn, n.name)
		return
	}
	for _, o := range n.children {
		switch o.name {
		case "TextObject", "PathObject", "ImageObject", "CompositeObject", "VideoObject":
			p.object(o, depth)
		case "PageBlock", "Layer":
			p.block(o, depth+1)
		case "Actions", "Clips", "CTM", "Parameters", "Remark":
		default:
			p.note(Undrawn, o.name)
		}
	}
}

// object draws one that has a place.
func (p *painter) object(o *node, depth int) {
	if p.left--; p.left < 0 {
		if p.left == -1 {
			p.note(TooManyObjects, "")
		}
		return
	}
	if !o.is("Visible", true) {
		return
	}
	if !p.silent {
		p.page.Objects++
	}
	at, _ := rectOf(o.attr("Boundary"))
	p.inside(shift(at.x, at.y), func() {
		p.clips(o)
		if o.name == "PathObject" {
			p.keepTo(o, at)
		}
		p.inside(matrixOf(o.attr("CTM")), func() { p.drawObject(o, at, depth) })
	})
}

func (p *painter) drawObject(o *node, at rect, depth int) {
	switch o.name {
	case "TextObject":
		p.text(o)
	case "PathObject":
		p.path(o)
	case "ImageObject":
		p.image(o, at)
	case "CompositeObject":
		p.composite(o, depth)
	default:
		p.note(Undrawn, o.name)
	}
}

// composite draws what is drawn in several places.
func (p *painter) composite(o *node, depth int) {
	unit := p.res.units[o.attr("ResourceID")]
	if unit == nil {
		p.note(PartMissing, "CompositeGraphicUnit")
		return
	}
	p.block(unit.child("Content"), depth+1)
}

// keepTo draws nothing outside the place of an object, but for the half of its lines.
func (p *painter) keepTo(o *node, at rect) {
	if at.w <= 0 && at.h <= 0 {
		return
	}
	m := matrixOf(o.attr("CTM"))
	edge := max(p.size(o, "LineWidth", usualLine)*max(abs(m[0]), abs(m[1]), abs(m[2]), abs(m[3])), .3)
	p.out.op("re", -edge, -edge, at.w+2*edge, at.h+2*edge)
	p.out.op("W n")
}

func abs(v float64) float64 { return max(v, -v) }

// clips keeps what is drawn to areas: those of one clip together, all clips at once.
func (p *painter) clips(o *node) {
	for _, list := range o.all("Clips") {
		own := same
		if list.is("TransFlag", true) {
			own = matrixOf(o.attr("CTM"))
		}
		for _, clip := range list.all("Clip") {
			p.clip(clip, own)
		}
	}
}

func (p *painter) clip(clip *node, own matrix) {
	any, rule := false, "W n"
	for _, area := range clip.all("Area") {
		for _, path := range area.all("Path") {
			at, _ := rectOf(path.attr("Boundary"))
			m := matrixOf(path.attr("CTM")).then(shift(at.x, at.y)).then(matrixOf(area.attr("CTM"))).then(own)
			for _, s := range segmentsOf(path.child("AbbreviatedData").said()) {
				s.write(&p.out, m)
				any = true
			}
			if path.attr("Rule") == "Even-Odd" {
				rule = "W* n"
			}
		}
		if area.one("Text") != nil {
			p.note(Simplified, "Clip")
		}
	}
	if any {
		p.out.op(rule)
	}
}

// chain are the parameters of drawing that one is built on, itself first.
func (p *painter) chain(id string) (list []*node) {
	const longest = 8
	for n := p.res.params[id]; n != nil && len(list) < longest; n = p.res.params[n.attr("Relative")] {
		list = append(list, n)
	}
	return list
}

// sayers are all who may say how an object is drawn, the nearest first.
func (p *painter) sayers(o *node) []*node {
	return append(append([]*node{o}, p.chain(o.attr("DrawParam"))...), p.layer...)
}

// said is an attribute of how an object is drawn.
func (p *painter) said(o *node, name string) string {
	for _, n := range p.sayers(o) {
		if v := n.attr(name); v != "" {
			return v
		}
	}
	return ""
}

func (p *painter) size(o *node, name string, otherwise float64) float64 {
	if v, ok := number(p.said(o, name)); ok {
		return v
	}
	return otherwise
}

// part is an element of how an object is drawn, nil for none.
func (p *painter) part(o *node, name string) *node {
	for _, n := range p.sayers(o) {
		if c := n.one(name); c != nil {
			return c
		}
	}
	return nil
}
