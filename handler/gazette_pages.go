package handler

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/gazette"
)

// gazetteShown is what the pages of the gazette show; each uses its part.
type gazetteShown struct {
	Shelf []gazette.Year
	Found *gazette.Found

	*gazette.Shown
	Hits  []gazette.Hit // of what is looked for
	Total int           // hits, counting those not given

	Page                *gazette.Page
	Marked              []gazette.Box // of what is looked for, on the page
	Before, After       int           // pages, 0 at the ends
	HitBefore, HitAfter int           // the next pages with what is looked for, 0 for none
	Piece               *gazette.Piece
	Voice               *model.Voice
}

const mostPiecesFound = 50

var gazetteMeta = columnMeta("政府公报", "政务公开", "政府公报各期的原版页面、目录和全文", "政府公报;公报;原版")

// gazettesPage shows the shelf, or what a text finds. A place that somebody cites leads there.
func (h *handler) gazettesPage(c echo.Context) error {
	ctx := c.Request().Context()
	p := &page{Title: "政府公报", Canonical: h.PublicURL + "/gazettes", Meta: gazetteMeta, Gazette: &gazetteShown{}}
	text := []rune(strings.TrimSpace(c.QueryParam("q")))
	p.Query = string(text[:min(len(text), longestQuery)])
	_, at, err := h.Gazettes.Place(ctx, p.Query)
	if err == nil {
		return c.Redirect(http.StatusSeeOther, at.Address())
	}
	if at.Year > 0 {
		p.Hint = sentenceOf(err)
	}
	if p.Query != "" {
		p.Gazette.Found, err = h.Gazettes.Find(ctx, p.Query, mostPiecesFound)
	} else {
		p.Gazette.Shelf, err = h.Gazettes.Shelf(ctx)
	}
	if err != nil {
		return err
	}
	return h.show(c, "gazettes", p)
}

// gazetteByID leads to where an issue has its page for good.
func (h *handler) gazetteByID(c echo.Context) error {
	g, err := h.Gazettes.Issue(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, g.Place().Address())
}

// gazetteAtPlace is the issue of an address, /gazettes/2021/3?page=12, without its pieces.
func (h *handler) gazetteAtPlace(c echo.Context) (*model.GazetteIssue, model.GazettePlace, error) {
	return h.Gazettes.At(c.Request().Context(), model.GazettePlace{Year: pageNumber(c.Param("year")), Number: pageNumber(c.Param("number")),
		Page: pageNumber(c.QueryParam("page"))})
}

// gazetteIssuePage shows an issue, what is found in it, or one of its pages.
func (h *handler) gazetteIssuePage(c echo.Context) error {
	ctx := c.Request().Context()
	g, at, err := h.gazetteAtPlace(c)
	if err != nil {
		return err
	}
	shown := &gazetteShown{Shown: &gazette.Shown{GazetteIssue: *g}}
	p := h.pageOfGazette(ctx, g, g.Title, at.Address(), shown)
	p.Query = strings.TrimSpace(c.QueryParam("q"))
	if p.Query != "" {
		if shown.Hits, shown.Total, err = h.Gazettes.FindIn(ctx, g.ID, p.Query); err != nil {
			return err
		}
	}
	if at.Page == 0 {
		if shown.Shown, err = h.Gazettes.Issue(ctx, g.ID); err != nil {
			return err
		}
		return h.show(c, "gazette", p)
	}
	if shown.Page, err = h.Gazettes.Page(ctx, g.ID, at.Page); err != nil {
		return err
	}
	p.Title = "第" + strconv.Itoa(at.Page) + "页 " + g.Title
	shown.turn(at.Page)
	return h.show(c, "gazette-page", p)
}

// turn says where one can go from a page.
func (s *gazetteShown) turn(page int) {
	s.Before = page - 1
	if page < s.PageCount {
		s.After = page + 1
	}
	for _, hit := range s.Hits {
		switch {
		case hit.Page < page:
			s.HitBefore = hit.Page
		case hit.Page == page:
			s.Marked = append(s.Marked, hit.Boxes...)
		case s.HitAfter == 0:
			s.HitAfter = hit.Page
		}
	}
}

// gazettePiecePage shows a piece as flowing text.
func (h *handler) gazettePiecePage(c echo.Context) error {
	ctx := c.Request().Context()
	g, _, err := h.gazetteAtPlace(c)
	if err != nil {
		return err
	}
	shown := &gazetteShown{Shown: &gazette.Shown{GazetteIssue: *g}}
	if shown.Piece, err = h.Gazettes.Piece(ctx, g.ID, c.Param("piece")); err != nil {
		return err
	}
	if shown.Voice, err = h.Voices.Of(ctx, model.KindGazettePiece, shown.Piece.ID); err != nil {
		return err
	}
	return h.show(c, "gazette-piece", h.pageOfGazette(ctx, g, shown.Piece.Title, pieceAddress(g.Place(), shown.Piece.ID), shown))
}

func pieceAddress(g model.GazettePlace, piece string) string { return g.Address() + "/pieces/" + piece }

// pageOfGazette is a page about an issue, or about a part of it.
func (h *handler) pageOfGazette(ctx context.Context, g *model.GazetteIssue, title, address string, shown *gazetteShown) *page {
	source, canonical := h.site(ctx).SiteName, h.PublicURL+address
	return &page{Title: title, Canonical: canonical, Gazette: shown, Meta: slices.Concat(gazetteMeta,
		filled(metaTag{"ArticleTitle", title}, metaTag{"PubDate", g.PublishedAt.In(model.Shanghai).Format("2006-01-02 15:04")},
			metaTag{"ContentSource", source}, metaTag{"Url", canonical}))}
}

// placeAddress is where a page of an issue has its page, with what is looked for in it.
func placeAddress(g model.GazettePlace, page int, query string) string {
	v := url.Values{}
	if page > 0 {
		v.Set("page", strconv.Itoa(page))
	}
	if query != "" {
		v.Set("q", query)
	}
	return g.Address() + strings.TrimSuffix("?"+v.Encode(), "?")
}

// pictureSet is what a browser chooses among, to show a page of an issue in the sharpness that
// it needs; usual is for browsers that choose nothing.
type pictureSet struct{ Usual, All string }

// pictureOf are the pictures of a page; a cover on the shelf is shown small.
func pictureOf(g *model.GazetteIssue, page int) (s pictureSet) {
	var all []string
	for _, p := range pictures(publicGazettes, g.ID, g.File.SM3, page) {
		all = append(all, p.URL+" "+strconv.Itoa(p.Width)+"w")
		if p.Width == usualWidth {
			s.Usual = p.URL
		}
	}
	s.All = strings.Join(all, ", ")
	return s
}

// paragraphOfPage is a paragraph of a piece; Turned is the page that begins with it, 0 where it
// goes on with the one before.
type paragraphOfPage struct {
	Text   string
	Turned int
}

func turning(p *gazette.Piece) []paragraphOfPage {
	list, page := make([]paragraphOfPage, len(p.Flow)), 0
	for n, f := range p.Flow {
		list[n].Text = f.Text
		if f.Page != page {
			page, list[n].Turned = f.Page, f.Page
		}
	}
	return list
}

// sheetHeight is how high a page is where it is as wide as usual, so that nothing jumps when
// its picture comes.
func sheetHeight(p *gazette.Page) int {
	return int(usualWidth * cmp.Or(p.Height, 1) / cmp.Or(p.Width, 1))
}
