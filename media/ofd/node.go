package ofd

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// deepest is how many elements may stand in each other.
const deepest = 64

// node is an element. Whatever its prefix and its namespace are, its name counts:
// writers do not agree on them.
type node struct {
	name       string
	attributes []xml.Attr
	children   []*node
	text       string
}

// parse reads a part as XML. Entities of its own are none of OFD's: with them it is
// damaged.
func (a *archive) parse(name string) (*node, error) {
	content, err := a.read(name)
	if err != nil {
		return nil, err
	}
	root, err := parseXML(bytes.NewReader(content), a.limits.Nodes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return root, nil
}

func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	return d
}

func parseXML(r io.Reader, most int) (*node, error) {
	d := decoder(r)
	top := &node{}
	open := []*node{top}
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF && len(open) == 1 && len(top.children) == 1:
			return top.children[0], nil
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if most--; most < 0 || len(open) > deepest {
				return nil, ErrTooMuch
			}
			n := &node{name: t.Name.Local, attributes: t.Copy().Attr}
			last := open[len(open)-1]
			last.children = append(last.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if last := open[len(open)-1]; len(last.children) == 0 && len(open) > 1 {
				last.text += string(t)
			}
		}
	}
}

// attr is an attribute, "" where there is none.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number is an attribute that is one.
func (n *node) number(name string, otherwise float64) float64 {
	if v, ok := number(n.attr(name)); ok {
		return v
	}
	return otherwise
}

func (n *node) whole(name string, otherwise int) int { return int(n.number(name, float64(otherwise))) }

// is says whether an attribute says yes.
func (n *node) is(name string, otherwise bool) bool {
	switch strings.ToLower(strings.TrimSpace(n.attr(name))) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return otherwise
}

// child is the first child of a name, nil where there is none; several names lead
// further down.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		n = n.one(name)
	}
	return n
}

func (n *node) one(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all are the children of a name.
func (n *node) all(name string) (list []*node) {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			list = append(list, c)
		}
	}
	return list
}

// said is the text of an element, without the blanks around it.
func (n *node) said() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.text)
}
