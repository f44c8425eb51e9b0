package media

// Addresses and beginnings that the parts share.
const (
	docxXML    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	docxOffice = `http://schemas.openxmlformats.org/`
	docxW      = `xmlns:w="` + docxOffice + `wordprocessingml/2006/main"`
	docxKind   = docxOffice + `officeDocument/2006/relationships/`
	docxLinks  = docxXML + `<Relationships xmlns="` + docxOffice + `package/2006/relationships">`
	docxType   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	docxTyped  = `application/vnd.openxmlformats-package.`
)

// Parts that are the same in every document.
const (
	docxContentTypes = docxXML + `<Types xmlns="` + docxOffice + `package/2006/content-types">` +
		`<Default Extension="rels" ContentType="` + docxTyped + `relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/>` +
		`<Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Default Extension="gif" ContentType="image/gif"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="` + docxTyped + `core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + docxType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + docxType + `styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="` + docxType + `numbering+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + docxType + `settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="` + docxType + `fontTable+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + docxType + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + docxType + `footer+xml"/></Types>`

	docxRootLinks = docxLinks +
		`<Relationship Id="document" Type="` + docxKind + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="core" Type="` + docxOffice + `package/2006/relationships/metadata/core-properties" ` +
		`Target="docProps/core.xml"/></Relationships>`

	docxSettings = docxXML + `<w:settings ` + docxW + `><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>` +
		`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting ` +
		`w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

	docxBullets = docxXML + `<w:numbering ` + docxW + `>` +
		`<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>` +
		`<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:suff w:val="space"/><w:lvlText w:val="•"/>` +
		`<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
)

// Parts, and pieces of them, to be filled.
const (
	// docxCore takes the title.
	docxCore = docxXML + `<cp:coreProperties xmlns:cp="` + docxOffice + `package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:language>zh-CN</dc:language>` +
		`</cp:coreProperties>`

	// docxDocumentLinks is followed by those to pictures.
	docxDocumentLinks = docxLinks +
		`<Relationship Id="styles" Type="` + docxKind + `styles" Target="styles.xml"/>` +
		`<Relationship Id="numbering" Type="` + docxKind + `numbering" Target="numbering.xml"/>` +
		`<Relationship Id="settings" Type="` + docxKind + `settings" Target="settings.xml"/>` +
		`<Relationship Id="fonts" Type="` + docxKind + `fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="odd" Type="` + docxKind + `footer" Target="footer1.xml"/>` +
		`<Relationship Id="even" Type="` + docxKind + `footer" Target="footer2.xml"/>`

	// docxFooter is the page number of GB/T 9704 section 7.5, between dashes. It
	// takes the outer side of the page.
	docxFooter = docxXML + `<w:ftr ` + docxW + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="%s"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>` +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`

	docxDocumentHead = docxXML + `<w:document ` + docxW +
		` xmlns:r="` + docxOffice + `officeDocument/2006/relationships"` +
		` xmlns:wp="` + docxOffice + `drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="` + docxOffice + `drawingml/2006/main"` +
		` xmlns:pic="` + docxOffice + `drawingml/2006/picture"><w:body>`

	// docxDocumentEnd sets the page of GB/T 9704 section 5.2: A4, 37 mm above and
	// 28 mm to the left of a text of 156 by 225 mm.
	docxDocumentEnd = `<w:sectPr><w:footerReference w:type="default" r:id="odd"/>` +
		`<w:footerReference w:type="even" r:id="even"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" ` +
		`w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>` +
		`</w:sectPr></w:body></w:document>`

	// docxPicture takes its size, its number twice, its words, its number twice,
	// the number of its part and its size again.
	docxPicture = `<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>` +
		`<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>` +
		`<wp:docPr id="%d" name="图片 %d" descr="%s"/><a:graphic>` +
		`<a:graphicData uri="` + docxOffice + `drawingml/2006/picture"><pic:pic>` +
		`<pic:nvPicPr><pic:cNvPr id="%d" name="图片 %d"/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip r:embed="picture%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm>` +
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
)
