package gazette

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
)

// Desk is issues on their way to the public. What their files say was read before; a person
// mends it, another signs.
type Desk struct {
	*Service
	rules func(context.Context) (check.Rules, error)
}

// Desk gives the way of publications what it must know of issues; rules are what texts are
// checked by.
func (s *Service) Desk(rules func(context.Context) (check.Rules, error)) *Desk {
	return &Desk{s, rules}
}

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindGazette }

// Read understands a working copy, and gives every piece that has none its ID.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	g, err := model.ReadDraft[model.GazetteDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if err := model.ReadDays(g.Days()); err != nil {
		return model.WorkingCopy{}, err
	}
	seen := map[string]bool{}
	for n := range g.Pieces {
		p := &g.Pieces[n]
		if p.ID == "" {
			p.ID = store.NewID()
		}
		if seen[p.ID] {
			return model.WorkingCopy{}, model.ErrGazettePieceTwice
		}
		seen[p.ID] = true
	}
	return model.WorkingCopy{Content: model.WriteDraft(g), Title: g.Title, DocNumber: g.Place().String(), Files: g.Files()}, nil
}

// Public is what is public of an issue, as a working copy; nil where nothing is.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) {
	g, err := d.store.Gazette(ctx, id)
	if err != nil || g == nil {
		return nil, err
	}
	draft := &model.GazetteDraft{Year: g.Year, Number: g.Number, Day: g.Day, Title: g.Title, Cover: g.Cover, FileID: g.File.FileID, FileName: g.File.Name,
		Contents: g.Contents, Texts: g.Texts, Missing: g.Missing}
	for _, p := range g.Pieces {
		v := model.GazettePieceDraft{ID: p.ID, Title: p.Title, DocNumber: p.DocNumber, Issuer: p.Issuer, Category: p.Category, First: p.First, Top: p.Top,
			Last: p.Last, Bottom: p.Bottom, PolicyID: p.PolicyID}
		if v.PolicyID != "" {
			v.Link = model.LinkConfirmed
		}
		draft.Pieces = append(draft.Pieces, v)
	}
	return model.WriteDraft(draft), nil
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	g, err := d.issueOf(ctx, d.store, id, content)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(g.Canonical())
	return f, []model.Attachment{g.File}, err
}

// Publish makes a working copy what is public. Where a piece stood there before and does not
// any more, no older version is shown either.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	g, err := d.issueOf(ctx, tx, p.ID, p.Content)
	if err == nil && (g.Place().String() == "" || g.Day == "") {
		err = model.ErrGazetteNumber // somebody who only rehearses comes without one
	}
	if err == nil && g.PageCount == 0 {
		err = model.ErrGazetteFile
	}
	if err != nil {
		return 0, err
	}
	gone, err := tx.PublishGazette(ctx, g, e)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(tx.DropLostPieces(ctx, p.ID), tx.JoinPieces(ctx, p.ID, "")); err != nil {
		return 0, err
	}
	if gone {
		err = tx.CloseOlderRevisions(ctx, model.KindGazette, p.ID, g.Version, store.Closure{Reason: pieceGone})
	}
	return g.Version, err
}

// pieceGone stands where an older version stood that shows a piece which is not public any
// more.
const pieceGone = "有篇目不再公开"

type reader interface {
	Files(ctx context.Context, ids []string) ([]model.Attachment, error)
	Printed(ctx context.Context, sm3 string, reading any) (*model.PrintedFile, error)
	PrintedPages(ctx context.Context, sm3 string, first, last int) ([]store.PrintedPage, error)
}

// issueOf is the public issue that a working copy would be.
func (d *Desk) issueOf(ctx context.Context, r reader, id string, content []byte) (*model.GazetteIssue, error) {
	draft, err := model.ReadDraft[model.GazetteDraft](content)
	if err != nil {
		return nil, err
	}
	g := &model.GazetteIssue{ID: id, Year: draft.Year, Number: draft.Number, Day: draft.Day, Title: strings.TrimSpace(draft.Title), Cover: max(draft.Cover, 1),
		Missing: strings.TrimSpace(draft.Missing), Contents: draft.Contents, Texts: draft.Texts}
	texts, err := d.fileOf(ctx, r, draft, g)
	if err != nil {
		return nil, err
	}
	for n, v := range draft.Pieces {
		p := model.GazettePiece{ID: v.ID, IssueID: id, Position: n, Title: strings.TrimSpace(v.Title), DocNumber: strings.TrimSpace(v.DocNumber),
			Issuer: strings.TrimSpace(v.Issuer), Category: strings.TrimSpace(v.Category), First: v.First, Top: v.Top, Last: v.Last, Bottom: v.Bottom}
		if v.Link != model.LinkNone {
			p.PolicyID = v.PolicyID
		}
		p.Flow = flowOf(&p, texts)
		g.Pieces = append(g.Pieces, p)
	}
	return g, nil
}

// fileOf puts the file of a working copy into an issue, and gives the texts of its pages as
// they are read now.
func (d *Desk) fileOf(ctx context.Context, r reader, draft *model.GazetteDraft, g *model.GazetteIssue) ([]*pages.Text, error) {
	files, err := r.Files(ctx, draft.Files())
	if err != nil || len(files) == 0 {
		return nil, err
	}
	g.File = files[0]
	if name := strings.TrimSpace(draft.FileName); name != "" {
		g.File.Name = name
	}
	printed, err := r.Printed(ctx, g.File.SM3, nil)
	if err != nil || printed == nil || printed.Step != model.PrintedDone {
		return nil, err
	}
	g.PageCount = printed.Pages
	kept, err := r.PrintedPages(ctx, g.File.SM3, 1, printed.Pages)
	if err != nil {
		return nil, err
	}
	texts, err := textsOf(kept)
	return mendedBy(texts, g.Texts), err
}

// mendedBy puts what somebody wrote anew in the place of what was read. Of a page that can't
// be read there are no words otherwise.
func mendedBy(texts []*pages.Text, mends []model.GazetteText) []*pages.Text {
	for n, t := range texts {
		if t != nil && t.Layer == pages.LayerGarbage {
			texts[n] = nil
		}
	}
	for _, m := range mends {
		if m.Page < 1 || m.Page > len(texts) {
			continue
		}
		was := texts[m.Page-1]
		if was == nil {
			was = &pages.Text{}
		}
		texts[m.Page-1] = was.Mended(m.Body)
	}
	return texts
}

// flowOf is what a piece says, without its pages.
func flowOf(p *model.GazettePiece, texts []*pages.Text) []model.GazetteParagraph {
	flow := []model.GazetteParagraph{}
	if p.First < 1 || p.First > len(texts) {
		return flow
	}
	for _, f := range pages.Flow(pages.Piece{Title: p.Title, First: p.First, Top: p.Top, Last: p.Last, Bottom: p.Bottom}, texts) {
		flow = append(flow, model.GazetteParagraph{Text: f.Text, Page: f.Page})
	}
	return flow
}

// Touches is what those follow who are told of a change: the gazette.
func (d *Desk) Touches(context.Context, *store.Tx, string) ([]model.Touch, error) {
	return []model.Touch{{Kind: model.KindGazette, Key: model.TheGazette}}, nil
}

// Withdraw takes the issue with its pieces from the public.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawGazette(ctx, id)
}

// Check finds in a working copy what must not go public, and what is missing.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.GazetteDraft](p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rules(ctx)
	if err != nil {
		return nil, err
	}
	g, err := d.issueOf(ctx, d.store, p.ID, p.Content)
	if err != nil {
		return nil, err
	}
	list := lacks(draft, g.PageCount)
	if place := draft.Place(); place.String() != "" {
		there, err := d.store.GazettesAt(ctx, place, p.ID)
		if err != nil {
			return nil, err
		}
		for _, other := range there {
			list = append(list, check.Finding{Code: "gazette.taken", Severity: check.Stop, Place: check.PlaceOf("number"),
				Text: other.Title, Hint: map[string]any{"title": other.Title}})
		}
	}
	for field, text := range map[string]string{"title": draft.Title, "missing": draft.Missing} {
		list = append(list, check.Line(field, text, rules)...)
	}
	for n, piece := range draft.Pieces {
		list = append(list, check.LineOf("pieces", n, piece.Title, rules)...)
	}
	for n, t := range draft.Texts {
		list = append(list, check.LineOf("texts", n, t.Body, rules)...)
	}
	return list, nil
}

// lacks is what an issue has to have before it is public.
func lacks(d *model.GazetteDraft, count int) []check.Finding {
	m := check.Missing{}
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(d.Place().String() == "", check.Stop, "gazette.no_number", "number")
	m.When(d.Day == "", check.Stop, "gazette.no_day", "day")
	m.When(d.FileID == "" || count == 0, check.Stop, "gazette.no_file", "file_id")
	m.When(count > 0 && d.Cover > count, check.Stop, "gazette.cover_outside", "cover")
	m.When(len(d.Pieces) == 0, check.Ask, "gazette.no_pieces", "pieces")
	m.When(slices.ContainsFunc(d.Contents, func(e model.GazetteEntry) bool { return count > 0 && e.Page > count }), check.Stop, "gazette.entry_outside", "contents")
	for n, p := range d.Pieces {
		at := fmt.Sprintf("pieces:%d", n)
		m.When(strings.TrimSpace(p.Title) == "", check.Stop, "gazette_piece.no_title", at)
		m.When(p.First < 1 || p.Last < p.First || count > 0 && p.Last > count || p.First == p.Last && p.Bottom <= p.Top, check.Stop, "gazette_piece.borders", at)
		m.When(p.Link == model.LinkProposed, check.Note, "gazette_piece.proposed", at)
	}
	return m.List
}
