package pages_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"yuandu/media/pages"
)

func textOf(t *testing.T, name string, page int) *pages.Text {
	t.Helper()
	text, err := open(t, engine(), data(t, name)).Text(context.Background(), page)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWhatIsKeptOfAPageIsSmallAndSaysWhereEveryCharacterStands(t *testing.T) {
	text := textOf(t, "pdf/made_gazette_273p.pdf", 12)
	kept, err := text.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if most := 5 * len(text.Boxes); len(kept) > most {
		t.Errorf("%d bytes for %d characters", len(kept), len(text.Boxes))
	}
	again, err := pages.Unpack(text.Layer, text.Body, kept)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.Paragraphs, text.Paragraphs) || len(again.Lines) != len(text.Lines) || len(again.Boxes) != len(text.Boxes) {
		t.Fatal("the lines are others")
	}
	for i, b := range text.Boxes {
		if a := again.Boxes[i]; math.Abs(a.Left-b.Left)+math.Abs(a.Bottom-b.Bottom) > 1e-4 {
			t.Fatalf("character %d stands at %v, and stood at %v", i, a, b)
		}
	}
	part := pages.Span{From: 20, To: 90}
	if a, b := again.Cover(part), text.Cover(part); len(a) != len(b) {
		t.Errorf("a part is covered by %d boxes, and was by %d", len(a), len(b))
	}
	for _, broken := range [][]byte{nil, kept[:len(kept)/2], []byte("no text")} {
		if _, err := pages.Unpack(text.Layer, text.Body, broken); err == nil {
			t.Error("what is cut off was read")
		}
	}
}

func TestAMendedPageKeepsItsPlaces(t *testing.T) {
	text := textOf(t, "pdf/made_gazette_273p.pdf", 12)
	body := []rune(text.Body)
	word := string(body[200:204])
	mended := text.Mended(string(body[:200]) + "改正的字" + string(body[204:]))
	if len(mended.Lines) != len(text.Lines) || len(mended.Paragraphs) != len(text.Paragraphs) {
		t.Fatalf("%d lines and %d paragraphs, of %d and %d", len(mended.Lines), len(mended.Paragraphs), len(text.Lines), len(text.Paragraphs))
	}
	if mended.Boxes[202] != text.Boxes[202] || mended.Boxes[300] != text.Boxes[300] {
		t.Errorf("%s stands elsewhere once it is mended", word)
	}
	if found := mended.Find("改正的字"); len(found) != 1 || len(mended.Cover(found[0])) == 0 {
		t.Errorf("found at %v", found)
	}
}

func TestAScanThatSomebodyTypedHasParagraphsOnItsPage(t *testing.T) {
	text := textOf(t, "pdf/derived_scan_minfadian_12p.pdf", 2)
	typed := text.Mended("第一段\r\n\r\n第二段\n")
	if typed.Layer != pages.LayerText || typed.Body != "第一段\n\n第二段" || len(typed.Paragraphs) != 2 || len(typed.Lines) != 2 {
		t.Fatalf("%+v", typed)
	}
	flow := pages.Flow(pages.Piece{First: 1, Last: 1, Bottom: 1}, []*pages.Text{typed})
	var said []string
	for _, p := range flow {
		said = append(said, p.Text)
	}
	if strings.Join(said, "|") != "第一段|第二段" {
		t.Errorf("read as %q", said)
	}
}
