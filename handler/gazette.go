package handler

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/gazette"
)

func (h *handler) gazetteRoutes(e *echo.Echo, api huma.API) {
	get[GazetteShelf](api, "/api/v1/gazettes", "gazettes", "公报：各年各期，缺哪几期", h.listGazettes)
	get[GazetteAt](api, "/api/v1/gazettes/place", "gazettes", "公报：一处引用，例如“公报 2021年第3期 第12页”", h.getGazettePlace)
	get[Gazette](api, "/api/v1/gazettes/{id}", "gazettes", "公报：一期", h.getGazette)
	get[GazettePage](api, "/api/v1/gazettes/{id}/pages/{page}", "gazettes", "公报：一页的文字", h.getGazettePage)
	get[GazetteHits](api, "/api/v1/gazettes/{id}/find", "gazettes", "公报：在一期里查找，附页面上的位置", h.findInGazette)
	get[GazettePieceDetail](api, "/api/v1/gazettes/{id}/pieces/{piece}", "gazettes", "公报：一个篇目的文字", h.getGazettePiece)
	get[GazettePieceDetail](api, "/api/v1/gazette-pieces/{piece}", "gazettes", "公报：一个篇目的文字，不知道在哪一期时", h.getGazettePieceAlone)
	get[Proof](api, "/api/v1/gazettes/{id}/proof", "gazettes", "公报公开内容的存证", h.getProof(model.KindGazette))
	get[Comparison](api, "/api/v1/gazettes/{id}/compare", "gazettes", "公报公开内容的两版对照", h.getComparison(model.KindGazette))

	deskRoutes[model.GazetteDraft](h, api, model.KindGazette, "/admin/v1/gazettes", "公报").begins(api)
	h.gazetteDeskRoutes(e, api)
}

// GazetteItem is an issue in a list.
type GazetteItem struct {
	ID      string         `json:"id" doc:"编号"`
	Year    int            `json:"year" doc:"哪一年"`
	Number  int            `json:"number" doc:"第几期"`
	Place   string         `json:"place" doc:"怎样引用，如 2021年第3期"`
	Day     model.Day      `json:"day" doc:"出版日期"`
	Title   string         `json:"title" doc:"名称"`
	Pages   int            `json:"pages" doc:"共几页"`
	Cover   int            `json:"cover" doc:"封面是第几页"`
	Picture []PagePicture  `json:"pictures" doc:"封面的图，窄的在前"`
	Address string         `json:"address" doc:"永久网址，不含网站的地址"`
	Missing string         `json:"missing" doc:"缺页说明，没有时为空"`
	Updated model.Day      `json:"updated" doc:"最近一次公开或更正的日期"`
	Follow  GazetteFollows `json:"follow" doc:"订阅公报用的"`
}

// GazetteFollows is what the gazette is followed under.
type GazetteFollows struct {
	Kind string `json:"kind" enum:"gazette" doc:"订阅的种类"`
	Key  string `json:"key" doc:"订阅的编号"`
}

// PagePicture is where a picture of a page is had.
type PagePicture struct {
	Width int    `json:"width" doc:"宽，像素"`
	URL   string `json:"url" doc:"地址；带着原件的杂凑值，内容不会变，可以长久缓存"`
	Ready bool   `json:"ready" doc:"导入时就画好了；否则第一个看的人要等它画出来"`
}

func pictures(prefix, id, sm3 string, page int) []PagePicture {
	return converted(gazette.Widths, func(width int) PagePicture {
		return PagePicture{width, fmt.Sprintf("%s/%s/pages/%d/picture?width=%d&v=%s", prefix, id, page, width, pictureVersion(sm3)),
			slices.Contains(gazette.ImportWidths, width)}
	})
}

// pictureVersion is the part of the original's SM3 by which pictures of other files have other
// addresses.
func pictureVersion(sm3 string) string { return sm3[:min(len(sm3), 16)] }

const publicGazettes = "/api/v1/gazettes"

func gazetteItem(g *model.GazetteIssue) GazetteItem {
	return GazetteItem{ID: g.ID, Year: g.Year, Number: g.Number, Place: g.Place().String(), Day: g.Day, Title: g.Title, Pages: g.PageCount, Cover: g.Cover,
		Picture: pictures(publicGazettes, g.ID, g.File.SM3, g.Cover), Address: g.Place().Address(), Missing: g.Missing, Updated: model.Today(g.UpdatedAt),
		Follow: GazetteFollows{string(model.KindGazette), model.TheGazette}}
}

// GazetteShelf are all issues, year by year.
type GazetteShelf struct {
	Years []GazetteYearShelf `json:"years" doc:"各年，新的在前"`
	Total int                `json:"total" doc:"一共公开了几期"`
}

// GazetteYearShelf is a year of the gazette.
type GazetteYearShelf struct {
	Year    int           `json:"year" doc:"哪一年"`
	Issues  int           `json:"issues" doc:"这一年应有几期，没有定时为 0"`
	Items   []GazetteItem `json:"items" doc:"公开的各期，新的在前"`
	Grid    []GazetteCell `json:"grid" doc:"第 1 期起逐期在不在"`
	Missing []int         `json:"missing" doc:"缺而没有说明的是第几期"`
}

// GazetteCell says whether one issue of a year is here.
type GazetteCell struct {
	Number int                `json:"number" doc:"第几期"`
	State  model.GazetteState `json:"state" enum:"public,explained,missing,coming" doc:"public 已公开，explained 缺，有说明，missing 缺，没有说明，coming 还没有到出版的时候"`
	ID     string             `json:"id" doc:"公开的这一期的编号，没有时为空"`
	Why    string             `json:"why" doc:"为什么缺，没有时为空"`
}

func gazetteCell(c model.GazetteCell) GazetteCell {
	v := GazetteCell{Number: c.Number, State: c.State, Why: c.Why}
	if c.Issue != nil {
		v.ID = c.Issue.ID
	}
	return v
}

func (h *handler) listGazettes(ctx context.Context, _ *Conditional) (*Rendered, error) {
	shelf, err := h.Gazettes.Shelf(ctx)
	if err != nil {
		return nil, err
	}
	answer := GazetteShelf{Years: []GazetteYearShelf{}}
	for _, y := range shelf {
		v := GazetteYearShelf{Year: y.Year, Issues: y.Issues, Items: []GazetteItem{}, Grid: converted(y.Grid, gazetteCell), Missing: append([]int{}, model.Missing(y.Grid)...)}
		for n := range y.Items {
			v.Items = append(v.Items, gazetteItem(&y.Items[n]))
		}
		answer.Total += len(y.Items)
		answer.Years = append(answer.Years, v)
	}
	return render(answer)
}

// GazettePlaceIn is a place in the gazette as somebody cites it.
type GazettePlaceIn struct {
	Conditional
	Q      string `query:"q" maxLength:"200" doc:"像人们写的那样：公报 2021年第3期 第12页"`
	Year   int    `query:"year" minimum:"0" maximum:"2200" doc:"不用 q 时：哪一年"`
	Number int    `query:"number" minimum:"0" maximum:"400" doc:"不用 q 时：第几期"`
	Page   int    `query:"page" minimum:"0" maximum:"3000" doc:"不用 q 时：第几页，0 为不指明"`
}

// GazetteAt is an issue that somebody cites, and the page of it.
type GazetteAt struct {
	Issue   GazetteItem `json:"issue"`
	Page    int         `json:"page" doc:"第几页，没有指明时为 0"`
	Place   string      `json:"place" doc:"怎样引用"`
	Address string      `json:"address" doc:"永久网址，不含网站的地址"`
}

func gazetteAt(g *model.GazetteIssue, p model.GazettePlace) *GazetteAt {
	return &GazetteAt{gazetteItem(g), p.Page, p.String(), p.Address()}
}

func (h *handler) getGazettePlace(ctx context.Context, in *GazettePlaceIn) (*Rendered, error) {
	place := func(ctx context.Context) (*model.GazetteIssue, model.GazettePlace, error) {
		return h.Gazettes.Place(ctx, in.Q)
	}
	if in.Q == "" {
		place = func(ctx context.Context) (*model.GazetteIssue, model.GazettePlace, error) {
			return h.Gazettes.At(ctx, model.GazettePlace{Year: in.Year, Number: in.Number, Page: in.Page})
		}
	}
	g, p, err := place(ctx)
	if err != nil {
		return nil, err
	}
	return render(gazetteAt(g, p))
}

// Gazette is a whole issue, but for the words of its pages.
type Gazette struct {
	GazetteItem
	Contents []model.GazetteEntry `json:"contents" doc:"目录"`
	Pieces   []GazettePiece       `json:"pieces" doc:"篇目，按阅读顺序"`
	Sheets   []GazetteSheet       `json:"sheets" doc:"各页的大小，第 1 页在前"`
	Original Attachment           `json:"original" doc:"原件"`
	Source   string               `json:"url" doc:"永久网址"`
}

// GazetteSheet is how large a page is printed, and whether there are words behind it.
type GazetteSheet struct {
	Width  float64 `json:"width" doc:"宽，磅"`
	Height float64 `json:"height" doc:"高，磅"`
	Layer  string  `json:"layer" enum:"text,image,garbage,blank,ocr,unread" doc:"text 有文字，image 仅图像，garbage 文字层不可用，blank 空白，ocr 由图像识别，unread 打不开"`
}

func (h *handler) getGazette(ctx context.Context, in *ByID) (*Rendered, error) {
	g, err := h.Gazettes.Issue(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	sheets, err := h.Gazettes.Sheets(ctx, &g.GazetteIssue)
	if err != nil {
		return nil, err
	}
	v := Gazette{GazetteItem: gazetteItem(&g.GazetteIssue), Contents: append([]model.GazetteEntry{}, g.Contents...), Pieces: []GazettePiece{},
		Sheets: converted(sheets, gazetteSheet), Original: attachment(g.File), Source: h.PublicURL + g.Place().Address()}
	for n := range g.Pieces {
		v.Pieces = append(v.Pieces, gazettePiece(&g.Pieces[n], g.Policies))
	}
	return render(v)
}

func gazetteSheet(s gazette.Sheet) GazetteSheet { return GazetteSheet{s.Width, s.Height, s.Layer} }

// GazettePageIn asks for a page.
type GazettePageIn struct {
	ByID
	Page int `path:"page" minimum:"1" maximum:"3000" doc:"第几页"`
}

// GazettePage is a page with its words.
type GazettePage struct {
	GazetteSheet
	Page     int            `json:"page" doc:"第几页"`
	Pages    int            `json:"pages" doc:"共几页"`
	Place    string         `json:"place" doc:"怎样引用，如 2021年第3期第12页；草稿没有期号时为空"`
	Address  string         `json:"address" doc:"永久网址，不含网站的地址"`
	Looks    string         `json:"layer_note" doc:"没有可用的文字时，为什么；文字由图像识别时，这样说；否则为空"`
	Mended   bool           `json:"mended" doc:"文字是编辑校正过的"`
	Body     string         `json:"body" doc:"文字，一段一行"`
	Lines    []GazetteLine  `json:"lines" doc:"印出的各行"`
	Pieces   []GazettePiece `json:"pieces" doc:"这一页上有哪些篇目"`
	Pictures []PagePicture  `json:"pictures" doc:"这一页的图，窄的在前"`
}

// GazetteLine is a line as it is printed.
type GazetteLine struct {
	Text string     `json:"text" doc:"文字"`
	Box  [4]float64 `json:"box" doc:"左、上、右、下，以页面宽高为 1"`
}

func box(b gazette.Box) [4]float64 { return [4]float64{b.Left, b.Top, b.Right, b.Bottom} }

func (h *handler) getGazettePage(ctx context.Context, in *GazettePageIn) (*Rendered, error) {
	p, err := h.Gazettes.Page(ctx, in.ID, in.Page)
	if err != nil {
		return nil, err
	}
	return render(printedPage(publicGazettes, p))
}

func printedPage(prefix string, p *gazette.Page) GazettePage {
	place := model.GazettePlace{Year: p.Issue.Year, Number: p.Issue.Number, Page: p.Number}
	v := GazettePage{GazetteSheet: GazetteSheet{p.Width, p.Height, string(p.Layer)}, Page: p.Number, Pages: p.Issue.PageCount, Place: place.String(),
		Address: place.Address(), Looks: layerNote(string(p.Layer)), Mended: p.Mended, Lines: []GazetteLine{}, Pieces: []GazettePiece{},
		Pictures: pictures(prefix, p.Issue.ID, p.Issue.File.SM3, p.Number)}
	if p.Text != nil {
		v.Body = p.Text.Body
		runes := []rune(p.Text.Body)
		v.Lines = converted(p.Text.Lines, func(l gazette.Line) GazetteLine { return GazetteLine{string(runes[l.From:l.To]), box(l.Box)} })
	}
	for n := range p.Pieces {
		if p.Pieces[n].IsOn(p.Number) {
			v.Pieces = append(v.Pieces, gazettePiece(&p.Pieces[n], nil))
		}
	}
	return v
}

func layerNote(layer string) string {
	switch layer {
	case "image":
		return say("gazette.layer.image", nil)
	case "garbage":
		return say("gazette.layer.garbage", nil)
	case "blank":
		return say("gazette.layer.blank", nil)
	case "unread":
		return say("gazette.layer.unread", nil)
	case "ocr":
		return say("gazette.layer.ocr", nil)
	}
	return ""
}

// GazetteFindIn is what is looked for in an issue.
type GazetteFindIn struct {
	ByID
	Q string `query:"q" maxLength:"200" doc:"查找什么；超过 60 字的什么也找不到"`
}

// GazetteHits is where it stands.
type GazetteHits struct {
	Items []GazetteHit `json:"items" doc:"从前往后，最多 200 处"`
	Total int          `json:"total" doc:"一共几处"`
}

// GazetteHit is one place where something stands that was looked for.
type GazetteHit struct {
	Page       int          `json:"page" doc:"第几页"`
	Piece      *Ref         `json:"piece" doc:"在哪个篇目里，不在任何篇目里时为 null"`
	Snippet    string       `json:"snippet" doc:"前后的文字"`
	Highlights [][2]int     `json:"highlights" doc:"找到的词在其中的起点和长度，以 UTF-16 单元计"`
	Boxes      [][4]float64 `json:"boxes" doc:"在页面上的位置，一行一个：左、上、右、下，以页面宽高为 1"`
}

func (h *handler) findInGazette(ctx context.Context, in *GazetteFindIn) (*Rendered, error) {
	hits, total, err := h.Gazettes.FindIn(ctx, in.ID, in.Q)
	if err != nil {
		return nil, err
	}
	return render(GazetteHits{converted(hits, func(hit gazette.Hit) GazetteHit {
		v := GazetteHit{Page: hit.Page, Snippet: hit.Snippet, Highlights: ranges(hit.Ranges), Boxes: converted(hit.Boxes, box)}
		if hit.Piece != nil {
			v.Piece = &Ref{hit.Piece.ID, hit.Piece.Title}
		}
		return v
	}), total})
}

// pageNumber is a page that stands in an address, 0 for none.
func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
