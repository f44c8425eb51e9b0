package gazette

import (
	"context"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
)

// Draft is an issue as it is being written.
type Draft struct {
	model.GazetteIssue
	reading reading
}

// Note is something that became of a file otherwise than it was meant, Printing where a
// policy was printed.
type (
	Note     = pages.Note
	Printing = store.Printing
)

// Draft understands a working copy of an issue. It is ErrGazetteFile where its file was not
// read.
func (d *Desk) Draft(ctx context.Context, id string, content []byte) (*Draft, error) {
	draft, err := model.ReadDraft[model.GazetteDraft](content)
	if err != nil {
		return nil, err
	}
	g := &Draft{GazetteIssue: model.GazetteIssue{ID: id, Year: draft.Year, Number: draft.Number, Texts: draft.Texts}}
	files, err := d.store.Files(ctx, draft.Files())
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, model.ErrGazetteFile
	}
	g.File = files[0]
	printed, err := d.store.Printed(ctx, g.File.SM3, &g.reading)
	if err == nil && (printed == nil || printed.Step != model.PrintedDone) {
		err = model.ErrGazetteFile
	}
	if err != nil {
		return nil, err
	}
	g.PageCount = printed.Pages
	for n, p := range draft.Pieces {
		g.Pieces = append(g.Pieces, model.GazettePiece{ID: p.ID, IssueID: id, Position: n, Title: p.Title, DocNumber: p.DocNumber, Issuer: p.Issuer,
			Category: p.Category, First: p.First, Top: p.Top, Last: p.Last, Bottom: p.Bottom, PolicyID: p.PolicyID})
	}
	return g, nil
}

// DraftPage reads a page of a working copy.
func (d *Desk) DraftPage(ctx context.Context, g *Draft, number int) (*Page, error) {
	p, err := d.page(ctx, &g.GazetteIssue, number)
	if err == nil {
		p.Pieces = g.Pieces
	}
	return p, err
}

// DraftPicture opens a picture of a page of a working copy.
func (d *Desk) DraftPicture(ctx context.Context, g *Draft, page, width int) (*Picture, error) {
	return d.pictureOf(ctx, g.File.SM3, page, width, g.PageCount)
}

// Sheet is how large a page is printed, in points, and whether there are words behind it.
type Sheet = store.PrintedSheet

// Sheets are the pages of an issue in their order.
func (s *Service) Sheets(ctx context.Context, g *model.GazetteIssue) ([]Sheet, error) {
	list, err := s.store.PrintedSheets(ctx, g.File.SM3)
	for n := range list {
		if isMended(g, n+1) {
			list[n].Layer = string(pages.LayerText)
		}
	}
	return list, err
}

// FileFound is what the file of a working copy holds.
type FileFound struct {
	model.GazetteIssue
	Source string
	Signed int
	Notes  []Note
	Sheets []Sheet
}

// FileOf says what the file of a working copy holds.
func (d *Desk) FileOf(ctx context.Context, g *Draft) (*FileFound, error) {
	sheets, err := d.Sheets(ctx, &g.GazetteIssue)
	return &FileFound{g.GazetteIssue, string(g.reading.Source), g.reading.Signed, g.reading.Notes, sheets}, err
}
