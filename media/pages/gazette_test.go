package pages_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/media/pages"
	"yuandu/model"
)

// printed is a file with the words of all its pages.
type printed struct {
	about *pages.Info
	texts []*pages.Text
}

func readAll(t testing.TB, path string) printed {
	t.Helper()
	d := open(t, engine(), path)
	p := printed{d.Info(), make([]*pages.Text, len(d.Info().Pages))}
	d.Close()
	err := engine().Each(context.Background(), path, func(d *pages.Document, page int) error {
		text, err := d.Text(context.Background(), page)
		p.texts[page-1] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// gazette is the issue of 273 pages, read once for all tests.
var gazette = sync.OnceValue(func() *printed { return new(printed) })

func theGazette(t testing.TB) *printed {
	path := data(t, "pdf/made_gazette_273p.pdf")
	if g := gazette(); g.about == nil {
		*g = readAll(t, path)
	}
	return gazette()
}

// source is the Word document that the gazette was printed from.
func source(t testing.TB) []model.Passage {
	t.Helper()
	file, err := os.ReadFile(data(t, "pdf/made_gazette.docx"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := media.ReadDocx(bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d.Passages
}

func TestTheWordsOfAGazetteAreThoseOfItsSource(t *testing.T) {
	var printed, written strings.Builder
	for _, text := range theGazette(t).texts {
		printed.WriteString(mediatest.Tight(text.Body))
	}
	for _, p := range source(t) {
		written.WriteString(mediatest.Tight(p.Text + strings.Join(slices.Concat(p.Rows...), "")))
	}
	a, b := []rune(printed.String()), []rune(written.String())
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("from character %d on the print says %q, the source %q", i, string(a[max(i-10, 0):min(i+40, len(a))]), string(b[max(i-10, 0):min(i+40, len(b))]))
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d characters are printed, %d were written", len(a), len(b))
	}
}

func TestEveryEntryOfTheContentsIsOnItsPage(t *testing.T) {
	g := theGazette(t)
	contents := pages.ReadContents(g.about, g.texts)
	right := 0
	for _, e := range contents.Entries {
		for _, place := range g.texts[e.Page-1].Find(e.Title) {
			if boxes := g.texts[e.Page-1].Cover(place); len(boxes) > 0 && max(boxes[0].Top-e.Top, e.Top-boxes[0].Top) < .02 {
				right++
				break
			}
		}
	}
	if contents.Source != pages.SourceBookmarks || len(contents.Entries) != 135 || right != 135 {
		t.Errorf("from %s, %d entries, %d of them where they say", contents.Source, len(contents.Entries), right)
	}
}

func TestPiecesBeginAndEndWhereTheirDocumentsDo(t *testing.T) {
	g := theGazette(t)
	pieces := pages.ReadPieces(pages.ReadContents(g.about, g.texts), g.texts)
	want := documentsOf(t, g)
	right, numbered := 0, 0
	for _, p := range pieces {
		if at, ok := want[mediatest.Tight(p.Title)]; ok && at == [2]int{p.First, p.Last} {
			right++
		} else {
			t.Logf("%d to %d, not %v: %s", p.First, p.Last, at, p.Title)
		}
		if p.Number != "" && p.Kind != "" {
			numbered++
		}
	}
	if len(want) != 40 || len(pieces) != 40 || right < 38 || numbered < 38 {
		t.Errorf("of %d documents %d pieces were made, %d with the right borders, %d with number and kind", len(want), len(pieces), right, numbered)
	}
}

// documentsOf finds first and last page of each document by the headings of the
// source: they stand at the top of a page, one behind the other.
func documentsOf(t testing.TB, g *printed) map[string][2]int {
	var titles []string
	for _, p := range source(t) {
		if p.Kind == model.PassageHeading && p.Level == 1 {
			titles = append(titles, mediatest.Tight(p.Text))
		}
	}
	firsts := make([]int, len(titles)+1)
	firsts[len(titles)] = len(g.texts) + 1
	page := 1
	for i, title := range titles {
		for ; page <= len(g.texts); page++ {
			if strings.HasPrefix(mediatest.Tight(g.texts[page-1].Body), title) {
				break
			}
		}
		firsts[i] = page
	}
	want := map[string][2]int{}
	for i, title := range titles {
		want[title] = [2]int{firsts[i], firsts[i+1] - 1}
	}
	return want
}

func TestContentsAreFoundWithoutBookmarks(t *testing.T) {
	g := theGazette(t)
	bare := *g.about
	bare.Outline = nil
	contents := pages.ReadContents(&bare, g.texts)
	if contents.Source != pages.SourceHeadings || len(contents.Entries) != 175 {
		t.Errorf("from %s, %d entries", contents.Source, len(contents.Entries))
	}
	law := readAll(t, data(t, "pdf/official_xianfa_23p.pdf"))
	contents = pages.ReadContents(law.about, law.texts)
	if e := contents.Entries; len(e) != 11 || e[0] != (pages.Entry{Title: "第一章 总 纲", Level: 1, Page: 4, Top: e[0].Top}) || e[3].Level != 2 {
		t.Errorf("of the constitution there are %v", e)
	}
}

func TestTheTextOfAPieceFlowsOverItsPages(t *testing.T) {
	g := theGazette(t)
	pieces := pages.ReadPieces(pages.ReadContents(g.about, g.texts), g.texts)
	paragraphs := map[string]bool{}
	for _, p := range source(t) {
		paragraphs[mediatest.Tight(p.Text)] = true
	}
	whole, all := 0, 0
	for _, p := range pieces {
		for _, said := range pages.Flow(p, g.texts) {
			all++
			if paragraphs[mediatest.Tight(said.Text)] {
				whole++
			}
		}
	}
	t.Logf("%d of %d paragraphs are those of the source", whole, all)
	if float64(whole) < .98*float64(all) {
		t.Errorf("only %d of %d paragraphs are those of the source", whole, all)
	}
}

func TestBoxesCoverWhatTheySay(t *testing.T) {
	g := theGazette(t)
	d := open(t, engine(), data(t, "pdf/made_gazette_273p.pdf"))
	dice := rand.New(rand.NewPCG(1, 2))
	covered := 0
	const phrases, each = 12, 5
	for range phrases {
		page := 1 + dice.IntN(len(g.texts))
		_, seen := picture(t, d, page, 1080)
		for range each {
			if mediatest.CoversWell(seen, g.texts[page-1], dice) {
				covered++
			}
		}
	}
	if covered < phrases*each*99/100 {
		t.Errorf("of %d phrases %d are covered by their boxes", phrases*each, covered)
	}
}

func TestAPieceEndsWhereAnotherPartOfTheIssueBegins(t *testing.T) {
	for name, want := range map[string][]string{
		"2025-1": {"鸢都市商务局、鸢都 3—4", "鸢都市人力资源和社 5—6", "2025年以旧换新 7—7", "一图读懂：2025 7—8", "鸢都市第十八届人民 9—9"},
		"2026-3": {"鸢都市社会救助实施 3—5", "鸢都市医疗保障局 6—7", "灵活就业人员参加企 8—9", "社会救助新办法，遇 10—10", "一图读懂：2027 11—11"},
	} {
		g := readAll(t, "../../cmd/yuandu/sample/gazettes/"+name+".pdf")
		var found []string
		for _, p := range pages.ReadPieces(pages.ReadContents(g.about, g.texts), g.texts) {
			found = append(found, fmt.Sprintf("%s %d—%d", strings.TrimSpace(string([]rune(p.Title)[:9])), p.First, p.Last))
		}
		if !slices.Equal(found, want) {
			t.Errorf("of %s there are %q", name, found)
		}
	}
}
