package media

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"yuandu/model"
)

// Sheet is a document as it is handed out to be kept and printed.
type Sheet struct {
	Title string
	Head  [][2]string // above the text, label and value: 文号, 发文机关
	Body  model.Body
	Tail  []string // below the text: corrections, source, hash

	// Picture fetches a picture of the body. One that is no PNG, JPEG or GIF is
	// shown by its words alone.
	Picture func(fileID string) (content []byte, mediaType string, err error)
}

// WriteDocx writes a Word document laid out as GB/T 9704-2012 asks of official
// documents, with real headings, and without the name of any author. The same
// sheet always gives the same bytes. ReadDocx reads the same passages again.
func WriteDocx(w io.Writer, d Sheet) error {
	dw := docxWriter{zip: zip.NewWriter(w), sheet: d, pictures: map[string]docxImage{}}
	dw.part("[Content_Types].xml", docxContentTypes)
	dw.part("_rels/.rels", docxRootLinks)
	dw.part("docProps/core.xml", fmt.Sprintf(docxCore, escaped(d.Title)))
	dw.part("word/styles.xml", docxStylesPart())
	dw.part("word/numbering.xml", docxBullets)
	dw.part("word/settings.xml", docxSettings)
	dw.part("word/fontTable.xml", docxFontTable())
	dw.part("word/footer1.xml", fmt.Sprintf(docxFooter, "right"))
	dw.part("word/footer2.xml", fmt.Sprintf(docxFooter, "left"))
	dw.fetchPictures()
	dw.part("word/_rels/document.xml.rels", dw.links())
	dw.document()
	if dw.err != nil {
		return fmt.Errorf("write a word document: %w", dw.err)
	}
	if err := dw.zip.Close(); err != nil {
		return fmt.Errorf("write a word document: %w", err)
	}
	return nil
}

// docxWriter writes the parts of a document one after another. Its first error
// ends it.
type docxWriter struct {
	zip      *zip.Writer
	sheet    Sheet
	out      *bufio.Writer // of the part that is open
	pictures map[string]docxImage
	order    []docxImage
	drawn    int // pictures so far
	err      error
}

// docxDay stands on every part, so that the bytes depend on the sheet alone.
var docxDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (w *docxWriter) create(name string) io.Writer {
	part, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: docxDay})
	if err != nil {
		w.fail(err)
		return io.Discard
	}
	return part
}

func (w *docxWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *docxWriter) part(name, content string) {
	if w.err == nil {
		_, err := io.WriteString(w.create(name), content)
		w.fail(err)
	}
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// put writes to the open part; its arguments are escaped already.
func (w *docxWriter) put(format string, args ...any) {
	if w.err == nil {
		_, err := fmt.Fprintf(w.out, format, args...)
		w.fail(err)
	}
}

func (w *docxWriter) document() {
	if w.err != nil {
		return
	}
	w.out = bufio.NewWriter(w.create("word/document.xml"))
	w.put("%s", docxDocumentHead)
	if w.sheet.Title != "" {
		w.paragraph("Title", w.sheet.Title)
	}
	for _, line := range w.sheet.Head {
		w.paragraph("SheetHead", line[0]+"："+line[1])
	}
	for _, k := range w.sheet.Body {
		w.block(k)
	}
	for i, line := range w.sheet.Tail {
		style := "SheetTail"
		if i == 0 {
			style = "SheetTailFirst"
		}
		w.paragraph(style, line)
	}
	w.put("%s", docxDocumentEnd)
	w.fail(w.out.Flush())
}

func (w *docxWriter) block(k model.Block) {
	switch k.Kind {
	case model.BlockTable:
		w.table(k)
	case model.BlockPicture:
		w.picture(k)
	case model.BlockPart, model.BlockChapter, model.BlockSection:
		w.looking(fmt.Sprintf(`<w:pStyle w:val="%s"/>%s<w:jc w:val="center"/>`, headingStyle(k), docxNotIn), labelled(k))
	case model.BlockHeading:
		w.paragraph(headingStyle(k), labelled(k))
	case model.BlockArticle:
		w.article(k)
	default:
		style := "BodyText"
		if k.Kind == model.BlockItem && k.Label == "" {
			style = "ListBullet"
		}
		w.paragraph(style, labelled(k))
	}
}

func headingStyle(k model.Block) string { return fmt.Sprintf("Heading%d", min(max(k.Level, 1), 6)) }

func (w *docxWriter) paragraph(style, text string) {
	w.looking(`<w:pStyle w:val="`+style+`"/>`, text)
}

// looking writes a paragraph by its properties.
func (w *docxWriter) looking(properties, text string) {
	w.put("<w:p><w:pPr>%s</w:pPr>", properties)
	w.run("", text)
	w.put("</w:p>")
}

// article sets the number of an article in bold type, as print does.
func (w *docxWriter) article(k model.Block) {
	rest, found := strings.CutPrefix(labelled(k), k.Label)
	if !found {
		w.paragraph("BodyText", labelled(k))
		return
	}
	w.put(`<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>`)
	w.run(`<w:rPr><w:rStyle w:val="ArticleLabel"/></w:rPr>`, k.Label)
	w.run("", rest)
	w.put("</w:p>")
}

// run writes a text; its lines are broken in print, too.
func (w *docxWriter) run(look, text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.put("<w:r><w:br/></w:r>")
		}
		if line != "" {
			w.put(`<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>`, look, escaped(line))
		}
	}
}
