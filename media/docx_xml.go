package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Bounds of the XML in a document. Word nests some thirty deep at most, a book
// of 270 pages has 20,000 elements, and drawings of the time before 2007 have
// long attributes.
const (
	docxMaxDepth = 200
	docxMaxNodes = 3_000_000
	docxMaxHeld  = 500_000 // at once: a table, all notes
	docxMaxTag   = 8 << 20
)

// docxTags refuses a single tag of endless length, which the decoder would
// hold as a whole.
type docxTags struct {
	r    io.Reader
	long int // bytes since the last tag ended
}

func (t *docxTags) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.long += n
	if i := bytes.LastIndexByte(p[:n], '>'); i >= 0 {
		t.long = n - i
	}
	if t.long > docxMaxTag {
		return n, ErrDocxTooLarge
	}
	return n, err
}

// docxNode is an element by its local name: Word, Word in its strict form and
// WPS use other prefixes and namespaces for the same.
type docxNode struct {
	name  string
	attrs []xml.Attr
	kids  []*docxNode
	text  string // of the elements that hold text
}

// attr is the value of the attribute with a local name, "" when it is missing.
func (e *docxNode) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ref is the ID under which the part refers to another: r:id, beside which an
// element may have an id of its own.
func (e *docxNode) ref(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// kid follows a path of names down; nil when it ends before.
func (e *docxNode) kid(names ...string) *docxNode {
	for _, name := range names {
		if e == nil {
			return nil
		}
		i := slices.IndexFunc(e.kids, func(k *docxNode) bool { return k.name == name })
		if i < 0 {
			return nil
		}
		e = e.kids[i]
	}
	return e
}

func (e *docxNode) val(names ...string) string { return e.kid(names...).attr("val") }

// on says whether a switch such as <w:vanish/> is there and not off; set
// whether it is there at all.
func (e *docxNode) on(name string) (on, set bool) {
	k := e.kid(name)
	v := k.attr("val")
	return k != nil && v != "0" && v != "false" && v != "off", k != nil
}

// docxIgnored are elements without which we know all we want to know: former
// formatting, and what concerns the look alone.
var docxIgnored = docxNames("pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblPrExChange",
	"sectPrChange", "tblGridChange", "numberingChange", "ctrlPr", "sectPr", "spacing", "ind", "lang", "shd",
	"tblBorders", "tcBorders", "pBdr", "tabs", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak",
	"latentStyles", "tblStylePr", "fldData", "binData", "extLst", "tblLook", "tblCellMar", "stroke", "fill", "formulas")

var docxTextual = docxNames("t", "instrText")

func docxNames(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// walk reads a part and hands over each element under the containers, which
// are the elements to look into, the root first. The rest of an element's tree
// comes with it.
func (r *docxReader) walk(name string, containers []string, visit func(*docxNode)) error {
	return r.run(name, &docxWalk{r: r, containers: containers, visit: visit})
}

func (r *docxReader) run(name string, w *docxWalk) error {
	part, err := r.archive.open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	decoder := xml.NewDecoder(&docxTags{r: transform.NewReader(part, unicode.BOMOverride(transform.Nop))})
	decoder.CharsetReader = docxCharset
	for r.err == nil {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) && len(w.stack) == 0 && w.rooted {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.token(token); err != nil {
			return err
		}
	}
	return r.err
}

// docxCharset reads what a part says it is written in. UTF-16 is known by its
// first bytes and has been read before.
func docxCharset(label string, input io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return input, nil
	}
	return charset.NewReaderLabel(label, input)
}

// docxWalk builds trees from tokens.
type docxWalk struct {
	r          *docxReader
	containers []string
	visit      func(*docxNode)
	stack      []*docxNode
	open       int // how many of the stack are containers
	ignored    int // how deep we are in an ignored element
	rooted     bool
	held       int             // elements in memory
	keeps      bool            // visit keeps what it sees
	text       strings.Builder // of the last element that holds any
}

func (w *docxWalk) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return w.start(t)
	case xml.EndElement:
		return w.end(t.Name.Local)
	case xml.CharData:
		if n := len(w.stack); n > w.open && w.ignored == 0 && docxTextual[w.stack[n-1].name] {
			w.text.Write(t)
		}
	}
	return nil
}

func (w *docxWalk) start(t xml.StartElement) error {
	w.r.nodes++
	if len(w.stack) >= docxMaxDepth || w.r.nodes > docxMaxNodes {
		return ErrDocxTooLarge
	}
	e := &docxNode{name: w.r.name(t.Name.Local)}
	inside := w.open == len(w.stack) && slices.Contains(w.containers, e.name)
	switch {
	case len(w.stack) == 0 && (w.rooted || !inside):
		return ErrDocxDamaged // a second root, or another than we came for
	case inside:
		w.open++
		w.rooted = true
	case w.ignored > 0 || docxIgnored[e.name]:
		w.ignored++
	default:
		if w.held++; w.held > docxMaxHeld {
			return ErrDocxTooLarge
		}
		e.attrs = w.r.attributes(t.Attr)
		if n := len(w.stack); n > w.open {
			w.stack[n-1].kids = append(w.stack[n-1].kids, e)
		}
	}
	w.stack = append(w.stack, e)
	if docxTextual[e.name] {
		w.text.Reset()
	}
	return nil
}

func (w *docxWalk) end(name string) error {
	n := len(w.stack) - 1
	if n < 0 || w.stack[n].name != name {
		return ErrDocxDamaged
	}
	e := w.stack[n]
	if docxTextual[name] {
		e.text = w.text.String()
	}
	w.stack = w.stack[:n]
	switch {
	case w.open > n:
		w.open--
	case w.ignored > 0:
		w.ignored--
	case w.open == n:
		w.visit(e)
		if !w.keeps {
			w.held = 0
		}
	}
	return nil
}

// docxIdle are attributes that say nothing to us, however long they are.
var docxIdle = docxNames("xmlns", "gfxdata", "paraId", "textId")

// name keeps one string for each name, of which there are millions.
func (r *docxReader) name(s string) string {
	if known, ok := r.names[s]; ok {
		return known
	}
	if len(r.names) < 10_000 {
		r.names[s] = s
	}
	return s
}

// attributes leaves out what marks the sittings of an author, and addresses of
// namespaces.
func (r *docxReader) attributes(all []xml.Attr) []xml.Attr {
	var list []xml.Attr
	for _, a := range all {
		l := a.Name.Local
		if a.Name.Space == "xmlns" || strings.HasPrefix(l, "rsid") || docxIdle[l] {
			continue
		}
		a.Name = xml.Name{Space: r.name(a.Name.Space), Local: r.name(l)}
		list = append(list, a)
	}
	return list
}
