package gazette

import (
	"context"
	"errors"
	"strings"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
)

// Shown is an issue as it is shown, with the policies that it printed.
type Shown struct {
	model.GazetteIssue
	Policies map[string]string // titles of those that are public, by their IDs
}

// Issue reads a public issue. It is ErrWithdrawn, with the reason, where it was public once,
// else ErrGazetteMissing.
func (s *Service) Issue(ctx context.Context, id string) (*Shown, error) {
	g, err := s.front(ctx, id)
	if err != nil {
		return nil, err
	}
	if g.Pieces, err = s.store.GazettePiecesOf(ctx, id); err != nil {
		return nil, err
	}
	return s.shown(ctx, g)
}

func (s *Service) shown(ctx context.Context, g *model.GazetteIssue) (*Shown, error) {
	var ids []string
	for _, p := range g.Pieces {
		if p.PolicyID != "" {
			ids = append(ids, p.PolicyID)
		}
	}
	names, err := s.store.PolicyNames(ctx, ids)
	return &Shown{*g, names}, err
}

// front is a public issue without its pieces.
func (s *Service) front(ctx context.Context, id string) (*model.GazetteIssue, error) {
	g, err := s.store.GazetteFront(ctx, id)
	if err == nil && g == nil {
		err = s.gone(ctx, id)
	}
	return g, err
}

func (s *Service) gone(ctx context.Context, id string) error {
	w, err := s.store.Withdrawal(ctx, model.KindGazette, id)
	switch {
	case err != nil:
		return err
	case w == nil:
		return model.ErrGazetteMissing
	}
	return model.ErrWithdrawn.With("", map[string]any{"reason": w.Reason, "day": model.Today(w.At).Chinese()})
}

// Place finds what somebody cites: 公报 2021年第3期 第12页. It is ErrGazettePlace where that is no
// place, or no issue of it is public, and ErrGazettePageMissing where it has no such page.
func (s *Service) Place(ctx context.Context, text string) (*model.GazetteIssue, model.GazettePlace, error) {
	p, ok := model.ParseGazettePlace(text)
	if !ok {
		return nil, p, model.ErrGazettePlace.With("q", map[string]any{"place": strings.TrimSpace(text)})
	}
	return s.At(ctx, p)
}

// At reads the issue of a place, without its pieces.
func (s *Service) At(ctx context.Context, p model.GazettePlace) (*model.GazetteIssue, model.GazettePlace, error) {
	id, err := s.store.GazetteOf(ctx, p)
	if err == nil && id == "" {
		err = s.empty(ctx, model.GazettePlace{Year: p.Year, Number: p.Number})
	}
	if err != nil {
		return nil, p, err
	}
	g, err := s.front(ctx, id)
	if err == nil && p.Page > g.PageCount {
		err = noSuchPage(p.Page, g.PageCount)
	}
	return g, p, err
}

// empty is why a place has no public issue: ErrWithdrawn, with the reason, where it had one.
func (s *Service) empty(ctx context.Context, place model.GazettePlace) error {
	there, err := s.store.GazettesAt(ctx, place, "")
	for _, g := range there {
		if err == nil {
			err = s.gone(ctx, g.ID)
		}
		if errors.Is(err, model.ErrGazetteMissing) {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	return model.ErrGazettePlace.With("q", map[string]any{"place": place.String()})
}

func noSuchPage(page, count int) error {
	return model.ErrGazettePageMissing.With("", map[string]any{"page": page, "pages": count})
}

// Page is a printed page with its words.
type Page struct {
	Issue         *model.GazetteIssue
	Number        int
	Width, Height float64 // points
	Layer         pages.Layer
	Look          pages.Look
	Mended        bool
	Text          *pages.Text // nil where there are no words
	Pieces        []model.GazettePiece
}

// Box is a rectangle on a page, from 0 to 1 of its sides, Line a printed line.
type (
	Box  = pages.Box
	Line = pages.Line
)

// Page reads a page of a public issue.
func (s *Service) Page(ctx context.Context, id string, number int) (*Page, error) {
	g, err := s.front(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := s.page(ctx, g, number)
	if err != nil {
		return nil, err
	}
	p.Pieces, err = s.store.GazettePiecesOf(ctx, id)
	return p, err
}

func (s *Service) page(ctx context.Context, g *model.GazetteIssue, number int) (*Page, error) {
	list, err := s.store.PrintedPages(ctx, g.File.SM3, number, number)
	if err == nil && len(list) == 0 {
		err = noSuchPage(number, g.PageCount)
	}
	if err != nil {
		return nil, err
	}
	return pageOf(g, list[0])
}

// pageOf makes a page of what is kept of it and of what somebody wrote anew.
func pageOf(g *model.GazetteIssue, kept store.PrintedPage) (*Page, error) {
	p := &Page{Issue: g, Number: kept.Page, Width: kept.Width, Height: kept.Height, Layer: pages.Layer(kept.Layer), Look: pages.Look(kept.Look)}
	texts, err := textsOf([]store.PrintedPage{kept})
	if err != nil {
		return nil, err
	}
	p.Text = texts[0]
	for _, m := range g.Texts {
		if m.Page != p.Number {
			continue
		}
		if p.Text == nil {
			p.Text = &pages.Text{}
		}
		p.Text, p.Layer, p.Mended = p.Text.Mended(m.Body), pages.LayerText, true
	}
	if p.Layer == pages.LayerGarbage {
		p.Text = nil
	}
	return p, nil
}

// Piece is a piece with its text, and where it stands.
type Piece struct {
	model.GazettePiece
	Issue        *model.GazetteIssue
	Before, Next *model.GazettePiece // in reading order, nil at the ends
	Policy       string              // the title of the policy it is, "" for none that is public
}

// Piece reads a piece of a public issue, or of whichever it stands in where that is "". One that
// stands in another is ErrGazettePieceMissing.
func (s *Service) Piece(ctx context.Context, issueID, id string) (*Piece, error) {
	p, err := s.store.GazettePiece(ctx, id)
	if err != nil {
		return nil, err
	}
	if p != nil && issueID == "" {
		issueID = p.IssueID
	}
	if issueID == "" {
		return nil, model.ErrGazettePieceMissing
	}
	g, err := s.front(ctx, issueID)
	if err == nil && (p == nil || p.IssueID != issueID) {
		err = model.ErrGazettePieceMissing
	}
	if err != nil {
		return nil, err
	}
	all, err := s.store.GazettePiecesOf(ctx, issueID)
	if err != nil {
		return nil, err
	}
	piece := &Piece{GazettePiece: *p, Issue: g}
	for n := range all {
		if all[n].ID == id && n > 0 {
			piece.Before = &all[n-1]
		}
		if all[n].ID == id && n+1 < len(all) {
			piece.Next = &all[n+1]
		}
	}
	if p.PolicyID != "" {
		names, err := s.store.PolicyNames(ctx, []string{p.PolicyID})
		if err != nil {
			return nil, err
		}
		piece.Policy = names[p.PolicyID]
	}
	return piece, nil
}

// Printings are where in the gazette a policy was printed.
func (s *Service) Printings(ctx context.Context, policyID string) ([]store.Printing, error) {
	return s.store.PrintingsOf(ctx, policyID)
}

// Followables let residents follow the gazette: they are told of each new issue.
func (s *Service) Followables() []model.Followable {
	return []model.Followable{{Kind: model.KindGazette, Name: "kind.gazette", Missing: model.ErrGazetteMissing, Names: s.names}}
}

func (s *Service) names(ctx context.Context, keys []string) (map[string]string, error) {
	names := map[string]string{}
	for _, key := range keys {
		if key != model.TheGazette {
			continue
		}
		settings, err := s.store.Settings(ctx)
		if err != nil {
			return nil, err
		}
		names[key] = settings.CityName + "人民政府公报"
	}
	return names, nil
}
