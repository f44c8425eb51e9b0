package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/gazette"
	"yuandu/service/policy"
)

// GazettePiece is a piece in a list.
type GazettePiece struct {
	ID        string  `json:"id" doc:"编号"`
	Title     string  `json:"title" doc:"标题"`
	DocNumber string  `json:"doc_number" doc:"文号，没有时为空"`
	Issuer    string  `json:"issuer" doc:"发文机关，照印的"`
	Category  string  `json:"category" doc:"文种"`
	First     int     `json:"first" doc:"首页"`
	Top       float64 `json:"top" doc:"从首页的哪里起，0 为上沿"`
	Last      int     `json:"last" doc:"末页"`
	Bottom    float64 `json:"bottom" doc:"到末页的哪里止，1 为下沿"`
	Policy    *Ref    `json:"policy" doc:"本站公开的同一份政策文件，没有为 null"`
}

func gazettePiece(p *model.GazettePiece, policies map[string]string) GazettePiece {
	v := GazettePiece{ID: p.ID, Title: p.Title, DocNumber: p.DocNumber, Issuer: p.Issuer, Category: p.Category, First: p.First, Top: p.Top, Last: p.Last,
		Bottom: p.Bottom}
	if title := policies[p.PolicyID]; title != "" {
		v.Policy = &Ref{p.PolicyID, title}
	}
	return v
}

// GazettePieceIn asks for a piece.
type GazettePieceIn struct {
	ByID
	Piece string `path:"piece" maxLength:"64" doc:"篇目的编号"`
}

// GazettePieceAloneIn asks for a piece of whatever issue it stands in.
type GazettePieceAloneIn struct {
	Conditional
	Piece string `path:"piece" maxLength:"64" doc:"篇目的编号"`
}

// GazettePieceDetail is a piece as it is read without its pages.
type GazettePieceDetail struct {
	GazettePiece
	Paragraphs []model.GazetteParagraph `json:"paragraphs" doc:"文字，一段一项"`
	Issue      GazetteItem              `json:"issue" doc:"刊于哪一期"`
	Place      string                   `json:"place" doc:"怎样引用，如 2021年第3期第12页"`
	Address    string                   `json:"address" doc:"首页的永久网址，不含网站的地址"`
	Before     *Ref                     `json:"before" doc:"前一个篇目，没有为 null"`
	Next       *Ref                     `json:"next" doc:"后一个篇目，没有为 null"`
	Voice      *VoiceRef                `json:"voice" doc:"能不能听，现在没有语音时为 null"`
}

func (h *handler) getGazettePieceAlone(ctx context.Context, in *GazettePieceAloneIn) (*Rendered, error) {
	return h.pieceDetail(ctx, "", in.Piece)
}

func (h *handler) getGazettePiece(ctx context.Context, in *GazettePieceIn) (*Rendered, error) {
	return h.pieceDetail(ctx, in.ID, in.Piece)
}

func (h *handler) pieceDetail(ctx context.Context, issueID, id string) (*Rendered, error) {
	p, err := h.Gazettes.Piece(ctx, issueID, id)
	if err != nil {
		return nil, err
	}
	place := p.Issue.Place()
	place.Page = p.First
	ref := func(p *model.GazettePiece) *Ref {
		if p == nil {
			return nil
		}
		return &Ref{p.ID, p.Title}
	}
	heard, err := h.voiceRef(ctx, model.KindGazettePiece, p.ID)
	if err != nil {
		return nil, err
	}
	return render(GazettePieceDetail{Voice: heard, GazettePiece: gazettePiece(&p.GazettePiece, map[string]string{p.PolicyID: p.Policy}), Paragraphs: p.Flow,
		Issue: gazetteItem(p.Issue), Place: place.String(), Address: place.Address(), Before: ref(p.Before), Next: ref(p.Next)})
}

// GazetteRef is where in the gazette something was printed.
type GazetteRef struct {
	IssueID string `json:"issue_id" doc:"哪一期的编号"`
	PieceID string `json:"piece_id" doc:"篇目的编号"`
	Page    int    `json:"page" doc:"第几页"`
	Place   string `json:"place" doc:"怎样引用，如 2021年第3期第12页"`
	Address string `json:"address" doc:"永久网址，不含网站的地址"`
}

func gazetteRef(issueID, pieceID string, p model.GazettePlace) GazetteRef {
	return GazetteRef{issueID, pieceID, p.Page, p.String(), p.Address()}
}

// piecesFound are pieces of the gazette in the shape of policies, for the tabs of a search.
func (h *handler) piecesFound(ctx context.Context, l policy.Listing) (*PolicyPage, error) {
	found, err := h.Gazettes.Find(ctx, l.Text, l.Limit)
	if err != nil {
		return nil, err
	}
	return &PolicyPage{Total: found.Total, Hint: hintSaid(found.Hint), Degraded: found.Degraded, Items: converted(found.Items, func(i gazette.FoundPiece) PolicyItem {
		at := gazetteRef(i.IssueID, i.ID, i.Place)
		return PolicyItem{ID: i.ID, Title: i.Title, DocNumber: i.DocNumber, Departments: []Ref{}, Topics: []Ref{}, PublishedDate: string(i.Day), Snippet: i.Snippet,
			Highlights: Highlights{ranges(i.TitleRanges), ranges(i.SnippetRanges)}, Gazette: &at}
	})}, nil
}

// printedAt are where in the gazette a policy was printed.
func (h *handler) printedAt(ctx context.Context, policyID string) ([]GazetteRef, error) {
	list, err := h.Gazettes.Printings(ctx, policyID)
	return converted(list, func(p gazette.Printing) GazetteRef { return gazetteRef(p.IssueID, p.PieceID, p.GazettePlace) }), err
}
