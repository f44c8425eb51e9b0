package media

import (
	"path"
	"strings"
)

// docxPart is an XML part with what it refers to.
type docxPart struct {
	name  string
	links map[string]docxLink
}

// docxLink leads from a part to another or, when outside, to an address.
type docxLink struct {
	kind    string // the last word of its type: image, styles, hyperlink …
	target  string
	outside bool
}

// openPart reads what a part refers to; the archive itself is the part without
// a name. A part that refers to nothing has no list.
func (r *docxReader) openPart(name string) (*docxPart, error) {
	p := &docxPart{name: name, links: map[string]docxLink{}}
	folder, base := path.Split(name)
	list := path.Join(folder, "_rels", base+".rels")
	if !r.archive.has(list) {
		return p, nil
	}
	return p, r.walk(list, []string{"Relationships"}, func(e *docxNode) {
		l := docxLink{path.Base(e.attr("Type")), e.attr("Target"), strings.EqualFold(e.attr("TargetMode"), "External")}
		if !l.outside {
			l.target = docxTarget(name, l.target)
		}
		p.links[e.attr("Id")] = l
	})
}

func docxTarget(from, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return docxPartName(target)
	}
	return docxPartName(path.Join(path.Dir(from), target))
}

// beside finds the part of a kind that a part refers to, or that stands beside
// it under the usual name.
func (r *docxReader) beside(p *docxPart, kind string) (string, bool) {
	found := ""
	for _, l := range p.links {
		if l.kind == kind && !l.outside && r.archive.has(l.target) && (found == "" || l.target < found) {
			found = l.target
		}
	}
	if found == "" {
		found = path.Join(path.Dir(p.name), kind+".xml")
	}
	return found, r.archive.has(found)
}

// mainPart finds the document itself.
func (r *docxReader) mainPart() (*docxPart, error) {
	root, err := r.openPart("")
	if err != nil {
		return nil, err
	}
	name := "word/document.xml"
	for _, l := range root.links {
		if l.kind == "officeDocument" && r.archive.has(l.target) {
			name = l.target
		}
	}
	if !r.archive.has(name) || strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "ppt/") {
		return nil, r.archive.kind()
	}
	return r.openPart(name)
}
