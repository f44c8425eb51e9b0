package gazette

import (
	"context"
	"strings"
	"unicode/utf8"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store/search"
)

// Hit is a place in an issue where what is looked for stands.
type Hit struct {
	Page    int
	Piece   *model.GazettePiece // in which it stands, nil for none
	Snippet string
	Ranges  []model.Range // of what was looked for, in the snippet
	Boxes   []Box         // on the page, one for each line
}

// Bounds of looking for something in an issue.
const (
	mostHits     = 200
	leastSought  = 1 // characters
	mostSought   = 60
	snippetRound = 36 // characters on each side
)

// FindIn looks for a text in a public issue, from its first page to its last; total counts
// also what is not given. Blanks and line ends do not matter.
func (s *Service) FindIn(ctx context.Context, id, text string) (hits []Hit, total int, err error) {
	g, err := s.front(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < leastSought || n > mostSought {
		return nil, 0, nil
	}
	kept, err := s.store.PrintedPages(ctx, g.File.SM3, 1, g.PageCount)
	if err != nil {
		return nil, 0, err
	}
	pieces, err := s.store.GazettePiecesOf(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	for _, k := range kept {
		if !mayHold(k.Body, text) && !isMended(g, k.Page) {
			continue
		}
		p, err := pageOf(g, k)
		if err != nil {
			return nil, 0, err
		}
		if p.Text == nil {
			continue
		}
		for _, span := range p.Text.Find(text) {
			if total++; total <= mostHits {
				hits = append(hits, hitOf(p, span, pieces))
			}
		}
	}
	return hits, total, nil
}

func isMended(g *model.GazetteIssue, page int) bool {
	for _, m := range g.Texts {
		if m.Page == page {
			return true
		}
	}
	return false
}

// mayHold says whether a page may hold a text, without unpacking where its words stand.
func mayHold(body, text string) bool {
	tight := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	return strings.Contains(tight(body), tight(text))
}

func hitOf(p *Page, span pages.Span, pieces []model.GazettePiece) Hit {
	body := []rune(p.Text.Body)
	from, to := max(span.From-snippetRound, 0), min(span.To+snippetRound, len(body))
	h := Hit{Page: p.Number, Boxes: p.Text.Cover(span)}
	before := oneLine(body[from:span.From])
	found := oneLine(body[span.From:span.To])
	h.Snippet = before + found + oneLine(body[span.To:to])
	h.Ranges = []model.Range{{utf16Len(before), utf16Len(found)}}
	top := 0.0
	if len(h.Boxes) > 0 {
		top = h.Boxes[0].Top
	}
	h.Piece = pieceAt(pieces, p.Number, top)
	return h
}

func oneLine(part []rune) string { return strings.ReplaceAll(string(part), "\n", " ") }

func utf16Len(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// pieceAt is the piece that is printed at a place of a page, nil for none.
func pieceAt(pieces []model.GazettePiece, page int, top float64) *model.GazettePiece {
	for n := len(pieces) - 1; n >= 0; n-- {
		p := &pieces[n]
		if p.IsOn(page) && (page > p.First || top >= p.Top-.01) && (page < p.Last || top < p.Bottom) {
			return p
		}
	}
	return nil
}

// Found is what a text finds among the pieces of all issues.
type Found struct {
	Items    []FoundPiece
	Total    int
	Hint     model.Hint
	Degraded bool
}

// FoundPiece is a piece with the passage of it that fits best.
type FoundPiece struct {
	ID, Title                  string
	IssueID                    string
	Place                      model.GazettePlace
	Day                        model.Day
	DocNumber                  string
	Snippet                    string
	TitleRanges, SnippetRanges []model.Range
}

const snippetWidth = 90

// Find finds public pieces, the best first. Their place is that of the page on which the
// passage stands.
func (s *Service) Find(ctx context.Context, text string, limit int) (*Found, error) {
	answer, degraded, err := s.ask(ctx, search.Question{Kind: model.KindGazettePiece, Text: text, Sort: model.Relevance, Today: s.today(), Limit: limit})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(answer.Hits))
	for i, h := range answer.Hits {
		ids[i] = h.ID
	}
	found := &Found{Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	if len(ids) == 0 {
		return found, nil
	}
	list, err := s.store.IndexedPieces(ctx, "", ids, len(ids))
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for n := range list {
		at[list[n].ID] = n
	}
	for _, id := range ids {
		n, there := at[id]
		if !there {
			continue
		}
		p := list[n]
		f := FoundPiece{ID: p.ID, Title: p.Title, IssueID: p.IssueID, Place: p.Place, Day: p.Day, DocNumber: p.DocNumber,
			TitleRanges: answer.Marks.Ranges(p.Title)}
		f.Snippet, f.SnippetRanges = search.Passage(p.Text(), answer.Marks, snippetWidth)
		f.Place.Page = pageOfSnippet(&p.GazettePiece, f.Snippet)
		found.Items = append(found.Items, f)
	}
	return found, nil
}

// pageOfSnippet is the page of the paragraph in which a passage stands.
func pageOfSnippet(p *model.GazettePiece, snippet string) int {
	sought := strings.Trim(snippet, "…")
	for _, line := range strings.Split(sought, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		for _, f := range p.Flow {
			if strings.Contains(f.Text, line) {
				return f.Page
			}
		}
	}
	return p.First
}
