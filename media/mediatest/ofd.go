package mediatest

import (
	"fmt"
	"strings"
)

// OFDPages is an OFD of A4 pages with what they consist of, the content of a layer each; more
// are further entries. Resources lie in Doc_0/PublicRes.xml where more has it, templates are
// those that common names.
func OFDPages(common string, pages []string, more ...Entry) []byte {
	list, entries := "", []Entry{{"OFD.xml", ofdRoot}}
	for i, page := range pages {
		name := fmt.Sprintf("Pages/Page_%d/Content.xml", i)
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="%s"/>`, i+1, name)
		entries = append(entries, Entry{"Doc_0/" + name, OFDPage(page)})
	}
	document := `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>` +
		`</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>` + common + `</ofd:CommonData><ofd:Pages>` + list + `</ofd:Pages></ofd:Document>`
	return Zip(append(append(entries, Entry{"Doc_0/Document.xml", document}), more...)...)
}

const ofdRoot = `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo><ofd:Title>公报</ofd:Title></ofd:DocInfo>` +
	`<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`

// OFDPage is a page of an OFD with the content of its layer. What stands before <Layer is of
// the page itself.
func OFDPage(layer string) string {
	head, body, ok := strings.Cut(layer, "<ofd:Layer")
	if !ok {
		head, body = "", ">"+layer+"</ofd:Layer>"
	}
	return `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">` + head + `<ofd:Content><ofd:Layer` + body + `</ofd:Content></ofd:Page>`
}

// OFDRes is a part of resources of an OFD.
func OFDRes(content string) string {
	return `<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res">` + content + `</ofd:Res>`
}
