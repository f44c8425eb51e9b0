package media_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/model"
)

func redraw(content []byte, t *media.FileType) (*media.Redrawn, error) {
	return media.Redraw(context.Background(), bytes.NewReader(content), int64(len(content)), t)
}

// look decodes what was drawn.
func look(t *testing.T, r *media.Redrawn) image.Image {
	t.Helper()
	p, _, err := image.Decode(bytes.NewReader(r.Content))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// near says whether a pixel has about a colour: JPEG is not exact.
func near(p image.Image, x, y int, want color.RGBA) bool {
	r, g, b, _ := p.At(x, y).RGBA()
	for _, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
		if d < -12 || d > 12 {
			return false
		}
	}
	return true
}

func TestAPictureKeepsItsLooksAndNothingElse(t *testing.T) {
	still := mediatest.PNG(mediatest.Picture(20, 10))
	moving := slices.Concat(still[:33], mediatest.Chunk("acTL", "\x00\x00\x00\x02\x00\x00\x00\x00"), still[33:])
	for _, c := range []struct {
		name     string
		content  []byte
		from, to *media.FileType
		warnings []model.FileWarning
	}{
		{"a photograph", mediatest.JPEG(20, 10, 1), media.JPEG, media.JPEG, nil},
		{"a drawing", still, media.PNG, media.PNG, nil},
		{"a moving drawing", moving, media.PNG, media.PNG, []model.FileWarning{model.WarnFirstFrame}},
		{"a GIF", mediatest.GIF(1), media.GIF, media.PNG, nil},
		{"a moving GIF", mediatest.GIF(3), media.GIF, media.PNG, []model.FileWarning{model.WarnFirstFrame}},
		{"a picture of Windows", mediatest.BMP(20, 10), media.BMP, media.PNG, nil},
		{"a scan", mediatest.TIFF(20, 10), media.TIFF, media.PNG, nil},
	} {
		r, err := redraw(c.content, c.from)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if p := look(t, r); r.Type != c.to || p.Bounds().Dx() != 20 || !near(p, 2, 2, mediatest.Left) || !near(p, 17, 7, mediatest.Right) {
			t.Errorf("%s: %s of %v", c.name, r.Type.MediaType, p.Bounds())
		}
		if !slices.Equal(r.Warnings, c.warnings) {
			t.Errorf("%s: %v", c.name, r.Warnings)
		}
		for _, trace := range []string{"GPS", "Exif", "潍坊", "tEXt", "acTL", "36.7069"} {
			if bytes.Contains(r.Content, []byte(trace)) {
				t.Errorf("%s: still holds %q", c.name, trace)
			}
		}
	}
	if r, err := redraw(mediatest.WebP(), media.WebP); err != nil || r.Type != media.JPEG {
		t.Errorf("a WebP: %v", err)
	}
}

func TestAPhotographStandsUprightHoweverTheCameraWasHeld(t *testing.T) {
	for held, at := range map[uint16][2]image.Point{ // where its left and its right half are seen
		0: {{2, 5}, {17, 5}}, 1: {{2, 5}, {17, 5}}, 2: {{17, 5}, {2, 5}}, 3: {{17, 5}, {2, 5}}, 4: {{2, 5}, {17, 5}},
		5: {{5, 2}, {5, 17}}, 6: {{5, 2}, {5, 17}}, 7: {{5, 17}, {5, 2}}, 8: {{5, 17}, {5, 2}}, 9: {{2, 5}, {17, 5}},
	} {
		r, err := redraw(mediatest.JPEG(20, 10, held), media.JPEG)
		if err != nil {
			t.Fatal(err)
		}
		if p := look(t, r); !near(p, at[0].X, at[0].Y, mediatest.Left) || !near(p, at[1].X, at[1].Y, mediatest.Right) {
			t.Errorf("held as %d: %v, %v and %v", held, p.Bounds(), p.At(at[0].X, at[0].Y), p.At(at[1].X, at[1].Y))
		}
	}
}

// Every way of holding a camera, by a picture of which each corner is another.
func TestTheCornersOfAPictureGoWhereEXIFSays(t *testing.T) {
	corners := image.NewGray(image.Rect(0, 0, 2, 2))
	corners.Pix = []byte{'a', 'b', 'c', 'd'}
	for held, seen := range map[uint16]string{1: "abcd", 2: "badc", 3: "dcba", 4: "cdab", 5: "acbd", 6: "cadb", 7: "dbca", 8: "bdac"} {
		content := mediatest.PNG(corners)
		content = slices.Concat(content[:33], mediatest.Chunk("eXIf", string(mediatest.EXIF(held))), content[33:])
		r, err := redraw(content, media.PNG)
		if err != nil {
			t.Fatal(err)
		}
		p, got := look(t, r), ""
		for i := range 4 {
			v, _, _, _ := p.At(i%2, i/2).RGBA()
			got += string(rune(v >> 8))
		}
		if got != seen {
			t.Errorf("held as %d: %s, not %s", held, got, seen)
		}
	}
}

func TestAPictureIsNoLargerThanScreensShow(t *testing.T) {
	r, err := redraw(mediatest.JPEG(8200, 300, 6), media.JPEG)
	if err != nil {
		t.Fatal(err)
	}
	p := look(t, r)
	if p.Bounds().Dx() != 149 || p.Bounds().Dy() != 4096 || !near(p, 70, 100, mediatest.Left) || !near(p, 70, 4000, mediatest.Right) {
		t.Errorf("%v", p.Bounds())
	}
	if !slices.Equal(r.Warnings, []model.FileWarning{model.WarnReduced}) {
		t.Errorf("%v", r.Warnings)
	}
	thin, err := redraw(mediatest.PNG(image.NewGray(image.Rect(0, 0, 10_000, 1))), media.PNG)
	if err != nil || look(t, thin).Bounds() != image.Rect(0, 0, 4096, 1) {
		t.Errorf("a line: %v", err)
	}
}

// A board of black and white, one pixel each, is grey from afar.
func TestASmallPixelIsTheMeanOfThoseItStandsFor(t *testing.T) {
	board := image.NewGray(image.Rect(0, 0, 8192, 64))
	for i := range board.Pix {
		board.Pix[i] = byte((i%8192 + i/8192) % 2 * 255)
	}
	r, err := redraw(mediatest.PNG(board), media.PNG)
	if err != nil {
		t.Fatal(err)
	}
	p := look(t, r)
	for x := range p.Bounds().Dx() {
		if !near(p, x, x%32, color.RGBA{128, 128, 128, 255}) {
			t.Fatalf("at %d: %v", x, p.At(x, x%32))
		}
	}
}

func TestADrawingKeepsItsPalette(t *testing.T) {
	few := image.NewPaletted(image.Rect(0, 0, 200, 100), color.Palette{mediatest.Left, mediatest.Right})
	for name, c := range map[string]struct {
		content []byte
		from    *media.FileType
	}{"a drawing": {mediatest.PNG(few), media.PNG}, "a GIF": {mediatest.GIF(1), media.GIF}} {
		r, err := redraw(c.content, c.from)
		if err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(r.Content))
		if _, paletted := config.ColorModel.(color.Palette); err != nil || !paletted {
			t.Errorf("%s: %T, %v", name, config.ColorModel, err)
		}
	}
}

func TestAPictureThatCannotBeDrawnIsRefused(t *testing.T) {
	const movingWebP = "RIFF\x1c\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x09\x00\x00\x09\x00\x00ANIM"
	whole := mediatest.JPEG(200, 100, 1)
	for _, c := range []struct {
		name    string
		content []byte
		t       *media.FileType
		refusal *model.Error
	}{
		{"a billion pixels", mediatest.Huge(40_000, 30_000), media.PNG, model.ErrPicturePixels},
		{"more pixels than a number holds", mediatest.Huge(0x7fffffff, 0x7fffffff), media.PNG, model.ErrPictureUnreadable},
		{"one too many", mediatest.Huge(50_000_001, 1), media.PNG, model.ErrPicturePixels},
		{"a promise of pixels", mediatest.Huge(4000, 3000), media.PNG, model.ErrPictureUnreadable},
		{"no pixel at all", mediatest.Huge(0, 10), media.PNG, model.ErrPictureUnreadable},
		{"half a photograph", whole[:len(whole)/2], media.JPEG, model.ErrPictureUnreadable},
		{"a mark and no more", []byte("BM"), media.BMP, model.ErrPictureUnreadable},
		{"a moving WebP", []byte(movingWebP), media.WebP, model.ErrPictureUnreadable},
	} {
		if _, err := redraw(c.content, c.t); !errors.Is(err, c.refusal) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := media.Redraw(over, bytes.NewReader(whole), int64(len(whole)), media.JPEG); !errors.Is(err, context.Canceled) {
		t.Errorf("for nobody any more: %v", err)
	}
}

func FuzzRedraw(f *testing.F) {
	types := []*media.FileType{media.PNG, media.JPEG, media.GIF, media.WebP, media.BMP, media.TIFF}
	for i, content := range [][]byte{mediatest.PNG(mediatest.Picture(4, 4)), mediatest.JPEG(4, 4, 6), mediatest.GIF(2),
		mediatest.WebP(), mediatest.BMP(4, 4), mediatest.TIFF(4, 4)} {
		f.Add(content, byte(i))
	}
	f.Fuzz(func(t *testing.T, content []byte, of byte) {
		r, err := redraw(content, types[int(of)%len(types)])
		var refusal *model.Error
		switch {
		case err != nil && !errors.As(err, &refusal):
			t.Error(err)
		case err == nil:
			if b := look(t, r).Bounds(); max(b.Dx(), b.Dy()) > 4096 {
				t.Error(b)
			}
		}
	})
}
