package media

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // their sizes
	_ "image/jpeg"
	_ "image/png"
	"strings"

	"yuandu/model"
)

// docxImage is a picture in the archive, the number-th. Its sizes are in pixels.
type docxImage struct {
	number        int
	name          string
	width, height int
}

// fetchPictures puts each picture of the body into the archive, once.
func (w *docxWriter) fetchPictures() {
	for _, k := range w.sheet.Body {
		if _, known := w.pictures[k.FileID]; k.Kind != model.BlockPicture || k.FileID == "" || known {
			continue
		}
		if w.sheet.Picture == nil || w.err != nil {
			return
		}
		content, _, err := w.sheet.Picture(k.FileID)
		if err != nil {
			w.fail(err)
			return
		}
		w.pictures[k.FileID] = w.addPicture(content)
	}
}

func (w *docxWriter) addPicture(content []byte) docxImage {
	size, format, err := image.DecodeConfig(bytes.NewReader(content))
	known := strings.Contains(docxContentTypes, `Extension="`+format+`"`)
	if err != nil || !known || size.Width < 1 || size.Height < 1 {
		return docxImage{}
	}
	n := len(w.order) + 1
	i := docxImage{n, fmt.Sprintf("media/image%d.%s", n, format), size.Width, size.Height}
	w.order = append(w.order, i)
	w.part("word/"+i.name, string(content))
	return i
}

// links are what the document refers to: its other parts and the pictures.
func (w *docxWriter) links() string {
	var s strings.Builder
	s.WriteString(docxDocumentLinks)
	for _, i := range w.order {
		fmt.Fprintf(&s, `<Relationship Id="picture%d" Type="%simage" Target="%s"/>`, i.number, docxKind, i.name)
	}
	s.WriteString("</Relationships>")
	return s.String()
}

// The widest and highest a picture may stand, in English Metric Units: as wide
// as the text, and with room for a line beside it on the page.
const (
	docxPixel     = 9525
	docxMaxWidth  = 156 * 36000
	docxMaxHeight = 210 * 36000
)

// picture shows a picture in its own size, or as large as the page allows.
func (w *docxWriter) picture(k model.Block) {
	p := w.pictures[k.FileID]
	if p.number == 0 {
		w.paragraph("Picture", strings.TrimSuffix("〔图片："+k.Text, "：")+"〕")
		return
	}
	width, height := p.width*docxPixel, p.height*docxPixel
	if width > docxMaxWidth {
		width, height = docxMaxWidth, max(1, int(int64(height)*docxMaxWidth/int64(width)))
	}
	if height > docxMaxHeight {
		width, height = max(1, int(int64(width)*docxMaxHeight/int64(height))), docxMaxHeight
	}
	w.drawn++
	w.put(docxPicture, width, height, w.drawn, w.drawn, escaped(k.Text), w.drawn, w.drawn, p.number, width, height)
}
