package handler_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// webPage is a page as a browser reads it.
type webPage struct {
	*answer
	root *html.Node
}

// page asks for a page that must be there and right.
func (h *house) page(t testing.TB, address string, with ...string) *webPage {
	t.Helper()
	a := h.ask(t, "GET "+address, with...)
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%.100s: %d", address, a.StatusCode)
	}
	return a.asPage(t)
}

func (a *answer) asPage(t testing.TB) *webPage {
	t.Helper()
	if kind := a.Header.Get("Content-Type"); !strings.EqualFold(kind, "text/html; charset=utf-8") {
		t.Fatalf("%.100s: a page of type %q", a.ask, kind)
	}
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	p := &webPage{a, root}
	for _, wrong := range slices.Concat(nesting(a.body), p.faults()) {
		t.Errorf("%.100s: %s", a.ask, wrong)
	}
	return p
}

// all are the elements of some names, in the order of the page.
func (p *webPage) all(names ...string) []*html.Node {
	var list []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, n.Data)) {
			list = append(list, n)
		}
	}
	return list
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text is what an element shows, its blanks folded.
func text(n *html.Node) string {
	var s strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			s.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(s.String()), " ")
}

// meta are the page's tags for machines.
func (p *webPage) meta() map[string]string {
	tags := map[string]string{}
	for _, n := range p.all("meta") {
		if name := attribute(n, "name"); name != "" {
			tags[name] = attribute(n, "content")
		}
	}
	return tags
}

// link is the address behind the first link whose text begins so, "" where
// there is none.
func (p *webPage) link(begins string) string {
	for _, n := range p.all("a") {
		if strings.HasPrefix(text(n), begins) {
			return attribute(n, "href")
		}
	}
	return ""
}

var voidElements = strings.Fields("area base br col embed hr img input link meta source track wbr")

// nesting says where tags are not closed as they were opened: parsers mend
// that, readers of the source and screen readers do not always.
func nesting(body string) (wrong []string) {
	var open []string
	tokens := html.NewTokenizer(strings.NewReader(body))
	for {
		kind := tokens.Next()
		token := tokens.Token()
		switch {
		case kind == html.ErrorToken:
			if len(open) > 0 {
				wrong = append(wrong, fmt.Sprintf("never closed: %v", open))
			}
			return wrong
		case kind == html.StartTagToken && !slices.Contains(voidElements, token.Data):
			if len(open) > 0 && open[len(open)-1] == "p" &&
				slices.Contains(strings.Fields("p div ul ol li table section article h1 h2 h3 details dl nav form"),
					token.Data) {
				wrong = append(wrong, fmt.Sprintf("<%s> in a paragraph", token.Data))
			}
			open = append(open, token.Data)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				return append(wrong, fmt.Sprintf("</%s> within %v", token.Data, open))
			}
			open = open[:len(open)-1]
		}
	}
}

// faults are what no page of ours may have.
func (p *webPage) faults() (wrong []string) {
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if len(p.all("h1")) != 1 {
		complain("%d main headings", len(p.all("h1")))
	}
	if lang := attribute(p.all("html")[0], "lang"); lang != "zh-CN" {
		complain("its language is %q", lang)
	}
	if title := p.all("title"); len(title) != 1 || !strings.HasSuffix(text(title[0]), "鸢都政事") {
		complain("its title is %v", title)
	}
	ids := map[string]bool{}
	for _, n := range p.all() {
		if id := attribute(n, "id"); ids[id] && id != "" || id == "" && has(n, "id") {
			complain("two elements are %q", id)
		} else {
			ids[id] = true
		}
	}
	level := 1
	for _, n := range p.all() {
		wrong = append(wrong, faultsOf(n, ids)...)
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if next := int(n.Data[1] - '0'); next > level+1 {
				complain("<%s> %q right below <h%d>", n.Data, text(n), level)
			} else {
				level = next
			}
		}
	}
	return wrong
}

func faultsOf(n *html.Node, ids map[string]bool) (wrong []string) {
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	switch n.Data {
	case "script", "style", "iframe", "object", "embed", "svg", "base", "font":
		complain("has a <%s>", n.Data)
	case "a", "button", "summary", "h1", "h2", "h3":
		if text(n) == "" {
			complain("<%s> without words: %v", n.Data, n.Attr)
		}
	case "img":
		if !has(n, "alt") {
			complain("a picture without words")
		}
	case "th":
		if attribute(n, "scope") == "" {
			complain("the head of a table heads nothing: %s", text(n))
		}
	}
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
			complain("%s=%q", a.Key, a.Val)
		case a.Key == "href" || a.Key == "src" || a.Key == "action":
			if fault := addressFault(n, a.Val, ids); fault != "" {
				complain("%s in <%s %s=%q>", fault, n.Data, a.Key, a.Val)
			}
		case a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "aria-describedby":
			if !ids[a.Val] {
				complain("%s %q is not there", a.Key, a.Val)
			}
		}
	}
	return wrong
}

func addressFault(n *html.Node, address string, ids map[string]bool) string {
	rel := strings.Fields(attribute(n, "rel"))
	switch {
	case strings.HasPrefix(address, "#"):
		if !ids[address[1:]] {
			return "nothing is there"
		}
	case strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//"), address == "tel:12345":
	case n.Data == "link" && slices.Contains(rel, "canonical") && strings.HasPrefix(address, publicURL+"/"):
	case n.Data == "a" && slices.Contains(rel, "external") && slices.Contains(rel, "noopener") &&
		strings.HasPrefix(address, "https://"):
	default:
		return "another site"
	}
	return ""
}
