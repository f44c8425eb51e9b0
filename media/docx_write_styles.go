package media

import (
	"fmt"
	"strings"
)

// docxFonts are the fonts of official documents, each with the one to take
// where it is not installed.
var docxFonts = [][2]string{
	{"方正小标宋简体", "宋体"}, {"黑体", "SimHei"}, {"楷体", "楷体_GB2312"}, {"仿宋", "仿宋_GB2312"}, {"宋体", "SimSun"},
}

func docxFontTable() string {
	var s strings.Builder
	s.WriteString(docxXML + `<w:fonts ` + docxW + `>`)
	for _, f := range docxFonts {
		fmt.Fprintf(&s, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/></w:font>`, f[0], f[1])
	}
	s.WriteString(`</w:fonts>`)
	return s.String()
}

// docxLook is a style that we write with. Sizes are half points: 三号 is 32.
type docxLook struct {
	id, name string
	base     string
	font     string
	size     int
	bold     bool
	custom   bool   // Word has none of this name
	pPr      string // as the schema orders it
}

const (
	docxExact = `<w:spacing w:line="560" w:lineRule="exact"/>` // 28 points
	docxFree  = `<w:spacing w:line="240" w:lineRule="auto"/>`
	docxIn    = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
	docxNotIn = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`
)

var docxLooks = []docxLook{
	{id: "Title", name: "Title", font: "方正小标宋简体", size: 44,
		pPr: `<w:spacing w:before="240" w:after="480" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>`},
	{id: "BodyText", name: "Body Text", pPr: docxExact + docxIn},
	{id: "Heading1", name: "heading 1", font: "黑体", pPr: headingLook(0)},
	{id: "Heading2", name: "heading 2", font: "楷体", pPr: headingLook(1)},
	{id: "Heading3", name: "heading 3", bold: true, pPr: headingLook(2)},
	{id: "Heading4", name: "heading 4", bold: true, pPr: headingLook(3)},
	{id: "Heading5", name: "heading 5", pPr: headingLook(4)},
	{id: "Heading6", name: "heading 6", pPr: headingLook(5)},
	{id: "ListBullet", name: "List Bullet", pPr: `<w:numPr><w:numId w:val="1"/></w:numPr>` + docxExact + docxIn},
	{id: "Footer", name: "footer", font: "宋体", size: 28,
		pPr: docxFree + `<w:ind w:leftChars="100" w:left="320" w:rightChars="100" w:right="320"/>`},
	{id: "Picture", name: "Picture", custom: true, pPr: docxFree + docxNotIn + `<w:jc w:val="center"/>`},
	{id: "TableText", name: "Table Text", custom: true, size: 24,
		pPr: `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>` + docxNotIn + `<w:jc w:val="left"/>`},
	{id: "TableHead", name: "Table Head", base: "TableText", custom: true, font: "黑体", pPr: `<w:jc w:val="center"/>`},
	{id: "SheetHead", name: "Sheet Head", custom: true, font: "楷体", size: 28, pPr: docxExact},
	{id: "SheetTail", name: "Sheet Tail", custom: true, size: 24, pPr: docxFree + `<w:jc w:val="left"/>`},
	{id: "SheetTailFirst", name: "Sheet Tail First", base: "SheetTail", custom: true,
		pPr: `<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="auto"/></w:pBdr>` +
			`<w:spacing w:before="480" w:line="240" w:lineRule="auto"/>`},
}

func headingLook(outline int) string {
	return fmt.Sprintf(`<w:keepNext/>%s%s<w:outlineLvl w:val="%d"/>`, docxExact, docxIn, outline)
}

func (l docxLook) write(s *strings.Builder) {
	custom, base := "", "Normal"
	if l.custom {
		custom = ` w:customStyle="1"`
	}
	if l.base != "" {
		base = l.base
	}
	fmt.Fprintf(s, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/>`,
		custom, l.id, l.name, base)
	fmt.Fprintf(s, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>`, l.pPr)
	if l.font != "" {
		s.WriteString(fontXML(l.font))
	}
	if l.bold {
		s.WriteString(`<w:b/>`)
	}
	if l.size > 0 {
		s.WriteString(sizeXML(l.size))
	}
	s.WriteString(`</w:rPr></w:style>`)
}

func fontXML(name string) string {
	const latin = "Times New Roman"
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`, latin, latin, name, latin)
}

func sizeXML(size int) string {
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, size, size)
}

func docxStylesPart() string {
	var s strings.Builder
	s.WriteString(docxXML + `<w:styles ` + docxW + `><w:docDefaults><w:rPrDefault><w:rPr>` + fontXML("仿宋") + sizeXML(32) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>` +
		`<w:pPr><w:jc w:val="both"/></w:pPr></w:style>` +
		`<w:style w:type="character" w:customStyle="1" w:styleId="ArticleLabel"><w:name w:val="Article Label"/>` +
		`<w:rPr>` + fontXML("黑体") + `</w:rPr></w:style>` + docxTableStyles())
	for _, l := range docxLooks {
		l.write(&s)
	}
	s.WriteString(`</w:styles>`)
	return s.String()
}

func docxTableStyles() string {
	var s strings.Builder
	s.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>` +
		`<w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
		`</w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>` +
		`<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&s, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	s.WriteString(`</w:tblBorders></w:tblPr></w:style>`)
	return s.String()
}
