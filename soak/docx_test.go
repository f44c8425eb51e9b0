package soak

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/model"
)

const gazette = "../../shared/data/pdf/made_gazette"

// docxFigures reads a gazette of forty documents from Word and compares it with
// the PDF that was printed from it.
func docxFigures(t *testing.T) {
	file, err := os.ReadFile(gazette + ".docx")
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	d, err := media.ReadDocx(bytes.NewReader(file), int64(len(file)), nil)
	took := time.Since(began)
	if err != nil {
		t.Fatal(err)
	}
	ms := float64(took.Milliseconds())
	reckon(t, figureOf{"milliseconds to read a gazette of 273 pages from Word", ms, 2000, atMost})
	if _, err := exec.LookPath("pdftotext"); err != nil {
		fmt.Println("figure: gazette from Word against its PDF: skipped, poppler-utils is not installed")
		return
	}
	againstPrint(t, d.Passages, mediatest.Tight(printed(t, "pdftotext", "-enc", "UTF-8", gazette+"_273p.pdf", "-")))
	againstBookmarks(t, d.Passages)
}

// printed is what one of poppler's programs says.
func printed(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	out, err := exec.Command(name, arguments...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, filepath.Base(gazette), err)
	}
	return string(out)
}

// share is how much of a whole there is.
func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// againstPrint finds the paragraphs in the print, each behind the one before.
func againstPrint(t *testing.T, passages []model.Passage, print string) {
	t.Helper()
	found, bytesFound, at := 0, 0, 0
	for _, p := range passages {
		text := mediatest.Tight(p.Text + strings.Join(slices.Concat(p.Rows...), ""))
		// What stands between two paragraphs would be lost of the print.
		i := strings.Index(print[at:min(len(print), at+len(text)+3000)], text)
		if i < 0 {
			t.Logf("not in the print: %.60s", p.Text)
			continue
		}
		at += i + len(text)
		found++
		bytesFound += len(text)
	}
	paragraphs := fmt.Sprintf("share of %d paragraphs from Word found in order in the print", len(passages))
	whole := fmt.Sprintf("share of the print's %d bytes that Word's paragraphs give", len(print))
	reckon(t, figureOf{paragraphs, share(found, len(passages)), .99, atLeast},
		figureOf{whole, share(bytesFound, len(print)), .99, atLeast})
}

var bookmark = regexp.MustCompile(`<item page="\d+">(.*?)</item>`)

// againstBookmarks compares the headings of the second level with the PDF's
// bookmarks, which were made of them.
func againstBookmarks(t *testing.T, passages []model.Passage) {
	t.Helper()
	var headings []string
	for _, p := range passages {
		if p.Kind == model.PassageHeading && p.Level == 2 {
			headings = append(headings, mediatest.Tight(p.Text))
		}
	}
	outline := printed(t, "pdftohtml", "-xml", "-i", "-stdout", "-f", "1", "-l", "1", gazette+"_273p.pdf")
	marks := bookmark.FindAllStringSubmatch(outline, -1)
	same := 0
	for i, m := range marks {
		if i < len(headings) && mediatest.Tight(html.UnescapeString(m[1])) == headings[i] {
			same++
		}
	}
	what := fmt.Sprintf("share of the PDF's %d bookmarks that are Word's headings, in order", len(marks))
	reckon(t, figureOf{what, share(same, max(len(marks), len(headings))), .99, atLeast})
}
