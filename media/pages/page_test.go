package pages_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"strconv"
	"strings"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

func itoa(n int) string { return strconv.Itoa(n) }

func text(t testing.TB, d *pages.Document, page int) *pages.Text {
	t.Helper()
	text, err := d.Text(context.Background(), page)
	if err != nil {
		t.Fatalf("page %d: %v", page, err)
	}
	return text
}

func picture(t testing.TB, d *pages.Document, page, width int) (*pages.Picture, image.Image) {
	t.Helper()
	p, err := d.Picture(context.Background(), page, width)
	if err != nil {
		t.Fatalf("page %d at %d: %v", page, width, err)
	}
	decoded, kind, err := image.Decode(bytes.NewReader(p.Content))
	if err != nil || "image/"+kind != p.MediaType || decoded.Bounds().Dx() != p.Width || decoded.Bounds().Dy() != p.Height || p.Width != width {
		t.Fatalf("page %d at %d: %s %v of %d × %d: %v", page, width, kind, decoded.Bounds(), p.Width, p.Height, err)
	}
	return p, decoded
}

func TestAPageIsKeptAsSuitsWhatIsOnIt(t *testing.T) {
	for _, story := range []struct {
		name, file string
		page       int
		look       pages.Look
		most       int // bytes at 1080
	}{
		{"print", "pdf/made_gazette_273p.pdf", 5, pages.LookPrint, 120_000},
		{"a scan that is black on white", "pdf/derived_scan_minfadian_12p.pdf", 2, pages.LookPrint, 120_000},
		{"a map in colours", "pdf/official_yangpu_annex_1p.pdf", 1, pages.LookPhoto, 300_000},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := open(t, engine(), data(t, story.file))
			for _, width := range pages.Widths {
				p, _ := picture(t, d, story.page, width)
				if p.Look != story.look {
					t.Errorf("at %d it looks like %s", width, p.Look)
				}
				if width == 1080 && len(p.Content) > story.most {
					t.Errorf("takes %d bytes", len(p.Content))
				}
			}
		})
	}
}

func TestARedHeadStaysRedAndSmall(t *testing.T) {
	path := t.TempDir() + "/red.pdf"
	content := "1 0 0 rg 90 700 400 40 re f 0 g " + strings.Repeat("90 650 300 4 re f ", 20) + "0 0 1 rg 90 600 5 5 re f"
	pdf := fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n", len(content), content)
	if err := os.WriteFile(path, []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	p, seen := picture(t, open(t, engine(), path), 1, 1080)
	r, g, b, _ := seen.At(540, int(122./842*float64(p.Height))).RGBA()
	if p.Look != pages.LookColour || p.MediaType != "image/png" || r>>8 < 240 || g>>8 > 20 || b>>8 > 20 || len(p.Content) > 20_000 {
		t.Errorf("it looks like %s, a %s of %d bytes, and its head is %d,%d,%d", p.Look, p.MediaType, len(p.Content), r>>8, g>>8, b>>8)
	}
}

func TestFontsThatAreNotInTheFileAreNeverBlankInSilence(t *testing.T) {
	path := data(t, "pdf/made_noembed.pdf")
	t.Run("with a font", func(t *testing.T) {
		if !engine().HasHanzi() {
			t.Skip("SKIPPED: this machine has no font with hanzi; install fonts-noto-cjk")
		}
		d := open(t, engine(), path)
		note, drawn := text(t, d, 1).Notes[0], inkOfWords(t, d, "国务院办公厅")
		if note.Code != pages.NoteFontReplaced || note.Name != "STSong-Light" || drawn < .1 {
			t.Errorf("says %v, with %.4f of ink", note, drawn)
		}
	})
	t.Run("without one", func(t *testing.T) {
		d := open(t, pages.New(settings(func(s *pages.Settings) { s.Fonts = []string{t.TempDir()} })), path)
		note, drawn := text(t, d, 1).Notes[0], inkOfWords(t, d, "国务院办公厅")
		if note.Code != pages.NoteFontMissing || drawn > .1 {
			t.Errorf("says %v, with %.4f of ink", note, drawn)
		}
	})
}

// inkOfWords is how much of the boxes of some words is ink.
func inkOfWords(t *testing.T, d *pages.Document, words string) float64 {
	t.Helper()
	said := text(t, d, 1)
	found := said.Find(words)
	if len(found) == 0 {
		t.Fatalf("%q is not in %q", words, said.Body)
	}
	_, seen := picture(t, d, 1, 1080)
	least := 1.
	for _, place := range found {
		for _, box := range said.Cover(place) {
			least = min(least, mediatest.Ink(seen, box))
			t.Logf("%v has %.4f of ink", box, mediatest.Ink(seen, box))
		}
	}
	return least
}

func TestAScanSaysThatItIsOne(t *testing.T) {
	d := open(t, engine(), data(t, "pdf/derived_scan_minfadian_12p.pdf"))
	for page := 1; page <= len(d.Info().Pages); page++ {
		if said := text(t, d, page); said.Layer != pages.LayerNone {
			t.Errorf("page %d has a layer of %s: %.40q", page, said.Layer, said.Body)
		}
	}
	d = open(t, engine(), data(t, "pdf/official_yangpu_annex_1p.pdf"))
	if said := text(t, d, 1); said.Layer == pages.LayerGarbage || !strings.Contains(said.Body, "空间布局图") {
		t.Errorf("the map has a layer of %s: %q", said.Layer, said.Body)
	}
}

func TestLinesAreJoinedToParagraphs(t *testing.T) {
	d := open(t, engine(), data(t, "pdf/made_gazette_273p.pdf"))
	lines := strings.Split(text(t, d, 2).Body, "\n")
	for i, begins := range []string{"失信者寸步难行", "坚持全面覆盖", "坚持规范透明", "坚持问题导向", "坚持协同推进", "二、主要目标", "通过在市场监管领域"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], begins) {
			t.Fatalf("paragraph %d does not begin with %s: %v", i+1, begins, lines)
		}
	}
	d = open(t, engine(), data(t, "pdf/official_minfadian_234p.pdf"))
	if list := text(t, d, 2).Body; !strings.Contains(list, "\n第七章 代理\n第一节 一般规定\n") {
		t.Errorf("the entries of the contents run together:\n%s", list)
	}
}
