package pages_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

// pdfOf writes a PDF of one page, 600 points square, with objects of one's own
// from number 5 on.
func pdfOf(t *testing.T, resources, content string, objects ...string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 600 600]>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/Resources<<%s>>/Contents 4 0 R>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", resources, len(content), content)
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", i+5, o)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF\n")
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// drawnFont is a font whose characters are drawings (Type 3): A and B are black
// squares that say 公 and 报.
var drawnFont = []string{
	"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 66/Widths[1000 1000]" +
		"/CharProcs<</a 6 0 R/b 6 0 R>>/Encoding<</Type/Encoding/Differences[65/a/b]>>/ToUnicode 7 0 R>>",
	"<</Length 46>>stream\n1000 0 100 100 900 900 d1 100 100 800 800 re f\nendstream",
	stream("/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<00><FF>endcodespacerange " +
		"2 beginbfchar<41><516C><42><62A5>endbfchar endcmap end end"),
}

func stream(s string) string { return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(s), s) }

func TestBoxesOfDrawnFontsAreJoinedByLine(t *testing.T) {
	d := open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", "BT /F 20 Tf 100 400 Td (ABABAB) Tj 0 -40 Td (AB) Tj ET", drawnFont...))
	said := text(t, d, 1)
	found := said.Find("报公报公报公")
	if said.Layer != pages.LayerText || len(found) != 1 {
		t.Fatalf("a layer of %s: %q", said.Layer, said.Body)
	}
	boxes := said.Cover(found[0])
	_, seen := picture(t, d, 1, 750)
	if len(boxes) != 2 || mediatest.Ink(seen, boxes[0]) < .3 || mediatest.Ink(seen, boxes[1]) < .3 || boxes[0].Right-boxes[0].Left < .16 {
		t.Errorf("boxes %v", boxes)
	}
}

func TestVerticalTextHasItsBoxes(t *testing.T) {
	content := "BT /F 20 Tf "
	for i := range 6 {
		content += fmt.Sprintf("1 0 0 1 500 %d Tm (%s) Tj ", 500-22*i, []string{"A", "B"}[i%2])
	}
	d := open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", content+"ET", drawnFont...))
	said := text(t, d, 1)
	if said.Body != "公报公报公报" {
		t.Fatalf("says %q", said.Body)
	}
	_, seen := picture(t, d, 1, 750)
	boxes := said.Cover(pages.Span{From: 0, To: 6})
	if len(boxes) != 1 || mediatest.Ink(seen, boxes[0]) < .3 || boxes[0].Bottom-boxes[0].Top < .2 {
		t.Errorf("boxes %v", boxes)
	}
}

func TestATextLayerOfGarbageIsSaidToBeOne(t *testing.T) {
	private := append([]string{}, drawnFont...)
	private[2] = strings.ReplaceAll(private[2], "<516C>", "<E123>")
	d := open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", "BT /F 20 Tf 100 400 Td (ABABABABABABABABABAB) Tj ET", private...))
	said := text(t, d, 1)
	if said.Layer != pages.LayerGarbage || len(said.Notes) == 0 || said.Notes[len(said.Notes)-1].Code != pages.NoteTextGarbage {
		t.Errorf("a layer of %s, %v: %q", said.Layer, said.Notes, said.Body)
	}
}

func TestAnEmptyPageIsNoPicture(t *testing.T) {
	if said := text(t, open(t, engine(), pdfOf(t, "", "")), 1); said.Layer != pages.LayerBlank || said.Body != "" {
		t.Errorf("a layer of %s: %q", said.Layer, said.Body)
	}
}

func TestColumnsAreReadOneAfterTheOther(t *testing.T) {
	content := "BT /F 20 Tf "
	for _, column := range []string{"350 %d Tm (BBBBB) Tj ", "80 %d Tm (AAAAA) Tj "} { // the right one was set first
		for i := range 4 {
			content += fmt.Sprintf("1 0 0 1 "+column, 400-30*i)
		}
	}
	said := text(t, open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", content+"ET", drawnFont...)), 1)
	if got := mediatest.Tight(said.Body); got != strings.Repeat("公", 20)+strings.Repeat("报", 20) {
		t.Errorf("read %q", said.Body)
	}
}

func TestHonestPagesAreNotCalledGarbage(t *testing.T) {
	for _, name := range []string{"made_gazette_273p", "official_minfadian_234p", "official_xianfa_23p", "official_yangpu_annex_1p", "made_noembed", "derived_scan_minfadian_12p"} {
		t.Run(name, func(t *testing.T) {
			path := data(t, "pdf/"+name+".pdf")
			err := engine().Each(t.Context(), path, func(d *pages.Document, page int) error {
				said, err := d.Text(t.Context(), page)
				if err == nil && said.Layer == pages.LayerGarbage {
					t.Errorf("page %d: %.60q", page, said.Body)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDotsOfAListHideNoGarbage(t *testing.T) {
	private := append([]string{}, drawnFont...)
	private[2] = stream("/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<00><FF>endcodespacerange " +
		"2 beginbfchar<41><E123><42><002E>endbfchar endcmap end end")
	d := open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", "BT /F 5 Tf 50 400 Td (AAAA"+strings.Repeat("B", 90)+") Tj ET", private...))
	if said := text(t, d, 1); said.Layer != pages.LayerGarbage {
		t.Errorf("a layer of %s: %q", said.Layer, said.Body)
	}
	bullets := append([]string{}, drawnFont...)
	bullets[2] = stream("/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<00><FF>endcodespacerange " +
		"2 beginbfchar<41><F0B7><42><516C>endbfchar endcmap end end")
	d = open(t, engine(), pdfOf(t, "/Font<</F 5 0 R>>", "BT /F 5 Tf 50 400 Td (ABBABBABBABB) Tj ET", bullets...))
	if said := text(t, d, 1); said.Layer != pages.LayerText {
		t.Errorf("with dots of a font of symbols, a layer of %s: %q", said.Layer, said.Body)
	}
}
