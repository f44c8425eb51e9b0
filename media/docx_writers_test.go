package media

import (
	"archive/zip"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestDocumentsOfOtherWriters(t *testing.T) {
	part := func(name, content string) string {
		return `<w:` + name + ` ` + wordSpaces + `>` + content + `</w:` + name + `>`
	}
	body := part("document", `<w:body>`+p("第一章", "1")+listed(1, 0, "正文")+`</w:body>`)
	styles := part("styles", headingStyles)
	numbering := part("numbering", listOf(level("chineseCounting", "%1、")))
	link := func(kind, target string) string {
		return `<Relationship Id="` + kind + `" Type="` + relType + kind + `" Target="` + target + `"/>`
	}
	strict := strings.NewReplacer("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
		"http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument",
		"<w:", "<x:", "</w:", "</x:", " w:", " x:", "xmlns:w=", "xmlns:x=").Replace
	whole := []string{"heading1 第一章", "text 一、正文"}
	for _, story := range []struct {
		name  string
		parts map[string]string
		want  []string
	}{
		{"a document in the strict form, with other prefixes", map[string]string{
			"_rels/.rels":       strict(links(link("officeDocument", "/word/document.xml"))),
			"word/document.xml": strict(body), "word/styles.xml": strict(styles), "word/numbering.xml": strict(numbering),
		}, whole},
		{"one from a hand that wrote backslashes and other cases", map[string]string{
			`_rels\.rels`:       links(link("officeDocument", `Word\Document.xml`)),
			`word\document.xml`: body, `word\Styles.xml`: styles, `word\numbering.xml`: numbering,
		}, whole},
		{"one whose parts have other names", map[string]string{
			"_rels/.rels":        links(link("officeDocument", "word/document2.xml")),
			"word/document2.xml": body, "word/styles2.xml": styles, "word/numbering3.xml": numbering,
			"word/_rels/document2.xml.rels": links(link("styles", "/word/styles2.xml") + link("numbering", "../word/numbering3.xml")),
		}, whole},
		{"one of a single part", map[string]string{"word/document.xml": body}, []string{"text 第一章", "text 正文"}},
		{"one in UTF-16", map[string]string{
			"word/document.xml": wideText(`<?xml version="1.0" encoding="UTF-16"?>` + body),
		}, []string{"text 第一章", "text 正文"}},
		{"one that begins with a byte order mark", map[string]string{"word/document.xml": "\ufeff" + body}, []string{"text 第一章", "text 正文"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := reading(t, zipped(story.parts, zip.Deflate), nil)
			if got := told(d.Passages); !reflect.DeepEqual(got, story.want) {
				t.Errorf("read as %q", got)
			}
		})
	}
}

// wideText is a text in UTF-16, the little end first.
func wideText(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}
