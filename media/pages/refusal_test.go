package pages_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yuandu/media/pages"
	"yuandu/model"
)

// try opens a file and looks at its first page.
func try(e *pages.Engine, path string) error {
	d, err := e.Open(context.Background(), path)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err = d.Text(context.Background(), 1); err != nil {
		return err
	}
	_, err = d.Picture(context.Background(), 1, 750)
	return err
}

func TestHostileFilesAreRefusedInAWordAndHarmNobody(t *testing.T) {
	for name, want := range map[string]error{
		"billion_laughs.pdf":    pages.ErrTooMuchMemory,
		"bomb_flate_nested.pdf": pages.ErrTooMuchMemory,
		"empty.pdf":             pages.ErrEmpty,
		"enc_user.pdf":          pages.ErrEncrypted,
		"huge_count.pdf":        nil, // claims two thousand million pages, and has one
		"notpdf.pdf":            pages.ErrNotPages,
		"recursive_pages.pdf":   pages.ErrTooManyPages,
		"tall_page.pdf":         pages.ErrPageSize,
		"trunc50.pdf":           pages.ErrDamaged,
	} {
		t.Run(name, func(t *testing.T) {
			if err := try(engine(), data(t, "hostile/"+name)); !errors.Is(err, want) {
				t.Errorf("said %v, not %v", err, want)
			}
		})
	}
	if err := try(engine(), data(t, "pdf/made_noembed.pdf")); err != nil {
		t.Errorf("after them an honest file is refused: %v", err)
	}
}

func TestAFileThatSaysItHasMorePagesThanItHasIsToldOf(t *testing.T) {
	for name, want := range map[string]int{"hostile/huge_count.pdf": 2_000_000_000, "pdf/made_gazette_273p.pdf": 0, "pdf/official_xianfa_23p.pdf": 0} {
		d, err := engine().Open(context.Background(), data(t, name))
		if err != nil {
			t.Fatal(err)
		}
		said := 0
		for _, n := range d.Info().Notes {
			if n.Code == pages.NotePagesFewer {
				said = n.Count
			}
		}
		d.Close()
		if said != want {
			t.Errorf("%s is said to have %d pages, not %d", name, said, want)
		}
	}
}

func TestWhatIsNoIssueIsCalledByItsName(t *testing.T) {
	for _, story := range []struct {
		name, content, found string
		want                 error
	}{
		{"a picture called .pdf", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "PNG", pages.ErrNamedOnly},
		{"a page of the web", "<html><body>公报</body></html>", "HTML/XML", pages.ErrNamedOnly},
		{"an old Word document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/WPS", pages.ErrNamedOnly},
		{"words", "公报2021年第3期", "", pages.ErrNotPages},
		{"a head and nothing behind it", "%PDF-1.7\n", "", pages.ErrDamaged},
		{"an archive that breaks off", "PK\x03\x04", "", pages.ErrDamaged},
	} {
		t.Run(story.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "issue.pdf")
			if err := os.WriteFile(path, []byte(story.content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := try(engine(), path)
			if !errors.Is(err, story.want) {
				t.Fatalf("said %v, not %v", err, story.want)
			}
			var said *model.Error
			if errors.As(err, &said) && story.found != "" && said.Args["found"] != story.found {
				t.Errorf("found %v, not %s", said.Args, story.found)
			}
		})
	}
}

func TestAFileThatIsTooLargeIsNotRead(t *testing.T) {
	small := settings(func(s *pages.Settings) { s.Limits.File = 1 << 20 })
	if err := try(pages.New(small), data(t, "pdf/made_gazette_273p.pdf")); !errors.Is(err, pages.ErrTooLarge) {
		t.Errorf("said %v", err)
	}
	few := settings(func(s *pages.Settings) { s.Limits.Pages = 272 })
	if err := try(pages.New(few), data(t, "pdf/made_gazette_273p.pdf")); !errors.Is(err, pages.ErrTooManyPages) {
		t.Errorf("said %v", err)
	}
}

func TestWhatTakesTooLongIsStopped(t *testing.T) {
	e := pages.New(settings(func(s *pages.Settings) { s.Limits.PageTime = time.Millisecond }))
	d := open(t, e, data(t, "pdf/official_yangpu_annex_1p.pdf"))
	if _, err := d.Picture(context.Background(), 1, 1500); !errors.Is(err, pages.ErrTookTooLong) {
		t.Errorf("said %v", err)
	}
}

func TestWhoGoesAwayWaitsForNothing(t *testing.T) {
	d := open(t, engine(), data(t, "pdf/official_yangpu_annex_1p.pdf"))
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Picture(gone, 1, 1500); !errors.Is(err, context.Canceled) {
		t.Errorf("said %v", err)
	}
	if _, err := d.Picture(context.Background(), 1, 360); err != nil {
		t.Errorf("the next one is told %v", err)
	}
}

func TestAPageThatBreaksTheWorkerLeavesTheOthersReadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "issue.pdf")
	if err := os.WriteFile(path, withBomb(), 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, engine(), path)
	for range 2 {
		if _, err := d.Picture(context.Background(), 2, 360); !errors.Is(err, pages.ErrTooMuchMemory) {
			t.Fatalf("the bomb said %v", err)
		}
		text, err := d.Text(context.Background(), 1)
		if err != nil || text.Body != "honest" {
			t.Fatalf("the page before it says %v, %v", text, err)
		}
	}
}

// withBomb is a PDF whose second page calls forms that call forms, ten times
// each and nine deep.
func withBomb() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
		"2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 595 842]>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>>>/Contents 6 0 R>>endobj\n" +
		"4 0 obj<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 10 0 R>>>>/Contents 7 0 R>>endobj\n" +
		"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" +
		"6 0 obj<</Length 35>>stream\nBT /F 20 Tf 72 700 Td (honest) Tj ET\nendstream endobj\n" +
		"7 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n")
	for i := range 9 {
		content := bytes.Repeat([]byte("/X Do "), 10)
		next := "<</XObject<</X " + string(rune('1')) + string(rune('0'+i+1)) + " 0 R>>>>"
		if i == 8 {
			content, next = bytes.Repeat([]byte("0 0 m 9 9 l S "), 10), "<<>>"
		}
		b.WriteString("1" + string(rune('0'+i)) + " 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources" + next + "/Length " +
			itoa(len(content)) + ">>stream\n")
		b.Write(content)
		b.WriteString("\nendstream endobj\n")
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF\n")
	return b.Bytes()
}
