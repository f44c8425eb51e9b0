package media

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// docxFormat is what we need to know of the look of a paragraph or a run. What
// is nil was not said.
type docxFormat struct {
	outline *int // 0 for the outermost headings, 9 for none
	title   *bool
	numID   *string
	ilvl    *int
	numFrom string // the style that said numID
	align   string
	size    *int // half points
	hidden  *bool
	raised  string // superscript, subscript
	color   string // C00000
}

// over is f where f says something, else base.
func (f docxFormat) over(base docxFormat) docxFormat {
	docxPick(&f.outline, base.outline)
	docxPick(&f.title, base.title)
	docxPick(&f.ilvl, base.ilvl)
	docxPick(&f.size, base.size)
	docxPick(&f.hidden, base.hidden)
	if f.numID == nil {
		f.numID, f.numFrom = base.numID, base.numFrom
	}
	if f.align == "" {
		f.align = base.align
	}
	if f.raised == "" {
		f.raised = base.raised
	}
	if f.color == "" {
		f.color = base.color
	}
	return f
}

func docxPick[T any](mine **T, base *T) {
	if *mine == nil {
		*mine = base
	}
}

// level is that of a heading, 1 to 6, or 0.
func (f docxFormat) level() int {
	if f.outline == nil || *f.outline > 8 {
		return 0
	}
	return min(*f.outline+1, 6)
}

// ownFormat reads what a paragraph's pPr and a run's rPr say themselves.
func ownFormat(p, run *docxNode) docxFormat {
	f := docxFormat{
		outline: docxNumber(p.val("outlineLvl"), 9),
		ilvl:    docxNumber(p.val("numPr", "ilvl"), docxLevels-1),
		align:   p.val("jc"),
		size:    docxNumber(run.val("sz"), 3276),
		raised:  run.val("vertAlign"),
		color:   run.val("color"),
	}
	if id := p.kid("numPr", "numId"); id != nil {
		v := id.attr("val")
		f.numID = &v
	}
	if on, said := run.on("vanish"); said {
		f.hidden = &on
	}
	return f
}

// docxNumber reads a number from 0 to most.
func docxNumber(s string, most int) *int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most {
		return nil
	}
	return &n
}

type docxStyle struct {
	base  string
	own   docxFormat
	ready *docxFormat // with all it is based on
}

// docxStyles are the styles of a document by their IDs.
type docxStyles struct {
	list     map[string]*docxStyle
	standard string // the style of paragraphs that name none
	defaults docxFormat
}

func (r *docxReader) readStyles(part *docxPart) error {
	r.styles = docxStyles{list: map[string]*docxStyle{}}
	name, found := r.beside(part, "styles")
	if !found {
		return nil
	}
	return r.walk(name, []string{"styles"}, r.styles.add)
}

func (s *docxStyles) add(e *docxNode) {
	switch e.name {
	case "docDefaults":
		s.defaults = ownFormat(e.kid("pPrDefault", "pPr"), e.kid("rPrDefault", "rPr"))
	case "style":
		id := e.attr("styleId")
		own := ownFormat(e.kid("pPr"), e.kid("rPr"))
		if named := formatByName(e.val("name")); named.title != nil {
			own = named.over(own)
		} else {
			own = own.over(named)
		}
		if own.numID != nil {
			own.numFrom = id
		}
		s.list[id] = &docxStyle{base: e.val("basedOn"), own: own}
		if v := e.attr("default"); e.attr("type") == "paragraph" && (v == "1" || v == "true" || v == "on") {
			s.standard = id
		}
	}
}

var headingName = regexp.MustCompile(`^(?:heading|标题) ?([1-9])$`)

// formatByName knows the styles that come with Word and WPS, whose files need
// not say what these are.
func formatByName(name string) docxFormat {
	name = strings.ToLower(strings.TrimSpace(name))
	yes, no, none := true, false, 9
	switch name {
	case "title", "标题":
		return docxFormat{title: &yes}
	case "subtitle", "副标题":
		return docxFormat{title: &no, outline: &none}
	}
	if m := headingName.FindStringSubmatch(name); m != nil {
		level := int(m[1][0] - '1')
		return docxFormat{outline: &level}
	}
	return docxFormat{}
}

// of is the format of a style with all that it is based on. A chain that bites
// its tail ends there.
func (s *docxStyles) of(id string) docxFormat {
	style := s.list[id]
	if style == nil {
		return docxFormat{}
	}
	if style.ready != nil {
		return *style.ready
	}
	f := style.own
	seen := []string{id}
	for at := style.base; s.list[at] != nil && len(seen) < docxMaxDepth && !slices.Contains(seen, at); {
		seen = append(seen, at)
		f = f.over(s.list[at].own)
		at = s.list[at].base
	}
	style.ready = &f
	return f
}

// paragraph is the format of a paragraph and of the runs in it that say
// nothing themselves.
func (s *docxStyles) paragraph(p *docxNode) (format docxFormat, style string) {
	if style = p.val("pStyle"); s.list[style] == nil {
		style = s.standard
	}
	return ownFormat(p, nil).over(s.of(style)).over(s.defaults), style
}

func (s *docxStyles) run(run *docxNode, around docxFormat) docxFormat {
	return ownFormat(nil, run).over(s.of(run.val("rStyle"))).over(around)
}
