package handler

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/directory"
	"yuandu/service/event"
	"yuandu/service/gazette"
	"yuandu/service/policy"
	"yuandu/service/publication"
)

//go:embed static pages export
var embedded embed.FS

// pages are the templates of the open web.
type pages struct{ byName map[string]*template.Template }

func readPages() *pages {
	p := &pages{byName: map[string]*template.Template{}}
	names, err := fs.Glob(embedded, "pages/*.html")
	if err != nil {
		panic(err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "pages/"), ".html")
		if name != "frame" {
			frame := template.New("frame.html").Funcs(pageWords)
			p.byName[name] = template.Must(frame.ParseFS(embedded, "pages/frame.html", file))
		}
	}
	return p
}

var pageWords = template.FuncMap{
	"chinese":        func(d model.Day) string { return d.Chinese() },
	"marked":         marked,
	"size":           fileSize,
	"relation":       func(l model.Link) string { return relation(l).Name },
	"fileURL":        fileURL,
	"webAddress":     webAddress,
	"place":          pagePlace,
	"paragraphs":     func(s string) []string { return strings.Split(s, "\n") },
	"nth":            func(n int) int { return n + 1 },
	"cells":          tableCells,
	"compared":       comparedCells,
	"timeSpan":       model.TimeSpan,
	"won":            func(d *event.Draw) []int { return d.Order[:min(d.Terms.Places, len(d.Order))] },
	"moment":         func(t time.Time) string { return t.In(model.Shanghai).Format("2006年1月2日 15:04") },
	"questionAnchor": model.QuestionAnchor,
	"linesAt":        linesAt,
	"soundURL":       soundURL,
	"pictureOf":      pictureOf,
	"placeAddress":   placeAddress,
	"pieceAddress":   pieceAddress,
	"turning":        turning,
	"sheetHeight":    sheetHeight,
	"layerNote":      func(p *gazette.Page) string { return layerNote(string(p.Layer)) },
	"across":         func(a, b float64) float64 { return b - a },
	"minutes":        func(d time.Duration) string { return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60) },
	"say":            func(code string) string { return say(code, nil) },
}

// tableCell is a cell as a table of a page shows it.
type tableCell[T any] struct {
	Text          T
	Rows, Columns int // how many it takes, 1 for an ordinary one
}

// mergedCells leaves out the cells whose place another one takes.
func mergedCells[T any](rows [][]T, merged []model.Span) [][]tableCell[T] {
	taken, spans := map[[2]int]bool{}, map[[2]int]model.Span{}
	for _, s := range merged {
		spans[[2]int{s.Row, s.Column}] = s
		for r := s.Row; r < min(s.Row+s.Rows, len(rows)); r++ {
			for c := s.Column; c < min(s.Column+s.Columns, len(rows[r])); c++ {
				taken[[2]int{r, c}] = r != s.Row || c != s.Column
			}
		}
	}
	table := make([][]tableCell[T], len(rows))
	for r, row := range rows {
		for c, text := range row {
			if s := spans[[2]int{r, c}]; !taken[[2]int{r, c}] {
				table[r] = append(table[r], tableCell[T]{text, max(1, s.Rows), max(1, s.Columns)})
			}
		}
	}
	return table
}

func tableCells(b model.Block) [][]tableCell[string] { return mergedCells(b.Rows, b.Spans) }

// comparedCells are the cells of a table in which something changed.
func comparedCells(l publication.UnitLine) [][]tableCell[[]publication.Piece] {
	rows := make([][][]publication.Piece, len(l.Rows))
	for i, row := range l.Rows {
		rows[i] = row.Cells
	}
	return mergedCells(rows, l.Spans)
}

// webAddress lets only addresses of the web become links.
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}

// marked puts <mark> around found words; all else is escaped.
func marked(text string, at []model.Range) template.HTML {
	units := utf16.Encode([]rune(text))
	var html strings.Builder
	from := 0
	piece := func(to int) string { return template.HTMLEscapeString(string(utf16.Decode(units[from:to]))) }
	for _, r := range at {
		if r[0] < from || r[0]+r[1] > len(units) {
			continue
		}
		html.WriteString(piece(r[0]))
		from = r[0]
		html.WriteString("<mark>" + piece(r[0]+r[1]) + "</mark>")
		from = r[0] + r[1]
	}
	html.WriteString(piece(len(units)))
	return template.HTML(html.String()) //nolint:gosec // every piece is escaped above
}

func fileSize(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}

// page is what a template shows; each uses its part.
type page struct {
	Title, Path, Canonical string
	Sample, Large          bool
	Meta                   []metaTag
	Site                   *model.Settings
	Problem                *Problem

	Query    string
	Found    *policy.Page
	Hint     string
	Groups   []filterGroup
	Chosen   []choice
	Sorts    []choice
	Previous string
	Next     string
	First    string
	From, To int
	Topics   []directory.Topic
	Topic    *directory.Topic // whose page it is
	Offices  []office
	HotWords []string

	Policy         *policy.Detail
	Voices         map[string]*model.Voice // of what the page shows, by ID
	AsOf           *policy.AsOf            // of an older day
	Preview        bool                    // by staff: it is not public
	Compared       *Comparison
	Whole          bool // what did not change is shown too
	Check          *check
	Contents       []model.Block
	Interpretation *model.Interpretation
	Operations     []apiOperation
	Types          []apiType

	Consultations *consultationList
	Consultation  *consultationShown
	Lines         []lifeLine // of the document that is shown
	Matter        *lifeLine
	Meetings      *meetingList
	Meeting       *meetingShown
	Events        *eventList
	Event         *event.Shown
	Draw          *event.Draw
	Gazette       *gazetteShown
	Printed       []GazetteRef // where in the gazette the policy that is shown was printed
	Letters       *letterList
	Letter        *letterShown
	Figures       *LetterFigures
	Proof         *Proof
	Erasure       *Erasure
	ErasedAt      string
	Privacy       *model.PrivacyText
	PrivacyBody   model.Body
	PrivacyDay    model.Day
}

func (h *handler) show(c echo.Context, name string, p *page) error {
	html, err := h.fill(c, name, p)
	if err != nil {
		return err
	}
	return reply(c, rendered(echo.MIMETextHTMLCharsetUTF8, html))
}

// showProblem tells a person what went wrong, on a page.
func (h *handler) showProblem(c echo.Context, p *Problem) error {
	html, err := h.fill(c, "problem", &page{Title: p.Title, Problem: p})
	if err != nil {
		return err
	}
	return c.HTMLBlob(p.Status, html)
}

// fill fills a template, in the size of type that the reader has chosen.
func (h *handler) fill(c echo.Context, name string, p *page) ([]byte, error) {
	p.Site = h.site(c.Request().Context())
	p.Path, p.Sample, p.Meta = c.Request().URL.RequestURI(), h.Sample, append(h.siteMeta(p.Site), p.Meta...)
	if cookie, err := c.Cookie("view"); err == nil {
		p.Large = cookie.Value == "large"
	}
	c.Response().Header().Set(echo.HeaderVary, echo.HeaderCookie)
	var html strings.Builder
	if err := h.pages.byName[name].Execute(&html, p); err != nil {
		return nil, fmt.Errorf("show page %s: %w", name, err)
	}
	return []byte(html.String()), nil
}

// site is what the city says of itself; pages that tell of a fault must not
// need the database for it.
func (h *handler) site(ctx context.Context) *model.Settings {
	if h.City != nil {
		if settings, err := h.City.Settings(ctx); err == nil {
			return settings
		}
	}
	settings := model.DefaultSettings()
	return &settings
}

// staticFile hands out what pages need to look right.
func (h *handler) staticFile(c echo.Context) error {
	name := c.Param("*")
	content, err := embedded.ReadFile("static/" + name)
	if err != nil {
		return echo.ErrNotFound
	}
	return reply(c, rendered(mime.TypeByExtension(path.Ext(name)), content))
}

// setView switches the large-type view on or off and goes back.
func (h *handler) setView(c echo.Context) error {
	size := "normal"
	if c.QueryParam("size") == "large" {
		size = "large"
	}
	const year = 365 * 24 * 60 * 60
	c.SetCookie(&http.Cookie{Name: "view", Value: size, Path: "/", MaxAge: year,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(h.PublicURL, "https:")})
	return c.Redirect(http.StatusSeeOther, ourAddress(c.QueryParam("back")))
}

// ourAddress is an address if it is on this site, else that of the home page.
func ourAddress(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Scheme != "", u.Host != "":
		return "/"
	case !strings.HasPrefix(u.Path, "/"), strings.HasPrefix(u.Path, "//"): // browsers take // for another host
		return "/"
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String()
}
