package handler

import (
	"embed"
	"encoding/xml"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/directory"
	"yuandu/service/policy"
)

//go:embed static pages
var embedded embed.FS

var staticFiles = embedded

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
			p.byName[name] = template.Must(template.New("frame.html").Funcs(pageWords).ParseFS(embedded, "pages/frame.html", file))
		}
	}
	return p
}

var pageWords = template.FuncMap{
	"chinese":    func(d model.Day) string { return d.Chinese() },
	"marked":     marked,
	"size":       fileSize,
	"filters":    func() []string { return policy.Facets() },
	"filter":     func(name string) string { return filterNames[name] },
	"relation":   func(l model.Link) string { return relationOf(l).Name },
	"fileURL":    fileURL,
	"safeHref":   safeHref,
	"holds":      func(v model.Validity) bool { return v.Holds() },
	"paragraphs": func(s string) []string { return strings.Split(s, "\n") },
}

var filterNames = map[string]string{policy.ByDepartment: "部门", policy.ByTopic: "专题", policy.ByCategory: "文种",
	policy.ByYear: "年份", policy.ByValidity: "有效性"}

// safeHref lets only web addresses of other sites become links.
func safeHref(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
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
	Today                  model.Day
	Meta                   []metaTag
	Problem                *Problem

	Query       string
	Listing     policy.Listing
	Found       *policy.Page
	Hint        string
	Groups      []filterGroup
	Chosen      []choice
	Sorts       []choice
	Previous    string
	Next        string
	From, To    int
	Topics      []directory.Topic
	Departments []directory.Department
	HotWords    []string

	Policy         *policy.Detail
	Contents       []model.Block
	Interpretation *model.Interpretation
	Operations     []apiOperation
}

// metaTag is one of the tags that government sites carry (国办发〔2017〕47号).
type metaTag struct{ Name, Content string }

// choice is a link that adds or takes away a filter.
type choice struct {
	Label, Address string
	Count          int
	On             bool
}

type filterGroup struct {
	Name, Label string
	First, Rest []choice
}

func (h *handler) show(c echo.Context, name string, p *page) error {
	return h.showAs(c, http.StatusOK, name, p)
}

func (h *handler) showAs(c echo.Context, status int, name string, p *page) error {
	p.Path, p.Sample, p.Today = c.Request().URL.RequestURI(), h.Sample, model.Today(h.Clock.Now())
	if cookie, err := c.Cookie("view"); err == nil {
		p.Large = cookie.Value == "large"
	}
	var html strings.Builder
	if err := h.pages.byName[name].Execute(&html, p); err != nil {
		return fmt.Errorf("show page %s: %w", name, err)
	}
	head := c.Response().Header()
	head.Set("Vary", "Cookie")
	if status != http.StatusOK {
		return c.HTML(status, html.String())
	}
	r := rendered(status, "text/html; charset=utf-8", []byte(html.String())).unless(c.Request().Header.Get("If-None-Match"))
	head.Set("ETag", r.ETag)
	head.Set(echo.HeaderCacheControl, r.CacheControl)
	if r.Status == http.StatusNotModified {
		return c.NoContent(r.Status)
	}
	return c.Blob(r.Status, r.ContentType, r.Body)
}

// showProblem tells a person what went wrong, on a page.
func (h *handler) showProblem(c echo.Context, p *Problem) error {
	return h.showAs(c, p.Status, "problem", &page{Title: p.Title, Problem: p})
}

func (h *handler) homePage(c echo.Context) error {
	ctx := c.Request().Context()
	topics, err := h.Directory.Topics(ctx)
	if err != nil {
		return err
	}
	found, err := h.Policy.List(ctx, policy.Listing{Sort: model.Newest, Limit: 8, NoFacets: true})
	if err != nil {
		return err
	}
	hot, err := h.Search.HotWords(ctx)
	if err != nil {
		return err
	}
	return h.show(c, "home", &page{Title: "", Topics: topics, Found: found, HotWords: hot, Canonical: h.PublicURL + "/",
		Meta: []metaTag{{"ColumnName", "首页"}, {"ColumnType", "首页"}}})
}

const pageLength = 20

func (h *handler) policiesPage(c echo.Context) error {
	l, number := listingOf(c.QueryParams())
	found, err := h.Policy.List(c.Request().Context(), l)
	if err != nil {
		return err
	}
	if l.Offset == 0 && found.Total > 0 {
		h.Search.CountSearch(l.Text)
	}
	p := &page{Title: "政策文件", Query: l.Text, Listing: l, Found: found, Canonical: h.PublicURL + "/policies",
		From: l.Offset + 1, To: l.Offset + len(found.Items),
		Meta: []metaTag{{"ColumnName", "政策文件"}, {"ColumnType", "政策"}}}
	if l.Text != "" {
		p.Title = "“" + l.Text + "”的搜索结果"
	}
	if hint := hintOf(found); hint != nil {
		p.Hint = hint.Text
	}
	p.Groups, p.Chosen = groups(c.QueryParams(), found)
	p.Sorts = sorts(c.QueryParams(), l.Sort)
	if number > 1 {
		p.Previous = address(c.QueryParams(), "page", strconv.Itoa(number-1))
	}
	if p.To < found.Total && p.To < model.MaxWindow {
		p.Next = address(c.QueryParams(), "page", strconv.Itoa(number+1))
	}
	return h.show(c, "policies", p)
}

// listingOf reads an address that a person may have written by hand: what it
// cannot read it leaves out.
func listingOf(v url.Values) (l policy.Listing, number int) {
	l = policy.Listing{Text: v.Get("q"), Filters: map[string][]string{}, Sort: model.Relevance, Limit: pageLength}
	for _, name := range policy.Facets() {
		if values := v[name]; len(values) > 0 {
			l.Filters[name] = values
		}
	}
	if s := model.Sort(v.Get("sort")); s == model.Newest || s == model.Oldest {
		l.Sort = s
	}
	number, _ = strconv.Atoi(v.Get("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	l.Offset = (number - 1) * pageLength
	return l, number
}

// address is the same list with one thing set otherwise, from its first page.
func address(v url.Values, name, value string) string {
	next := url.Values{}
	for k, values := range v {
		if k != "page" {
			next[k] = values
		}
	}
	next.Del(name)
	if value != "" {
		next.Set(name, value)
	}
	return "/policies?" + next.Encode()
}

const groupFirst = 8 // values shown before 更多

func groups(v url.Values, found *policy.Page) (list []filterGroup, chosen []choice) {
	for _, name := range policy.Facets() {
		g := filterGroup{Name: name, Label: filterNames[name]}
		for _, f := range found.Facets[name] {
			c := choice{Label: f.Label, Count: f.Count, On: contains(v[name], f.Value), Address: toggled(v, name, f.Value)}
			if c.On {
				chosen = append(chosen, c)
			}
			if len(g.First) < groupFirst || c.On {
				g.First = append(g.First, c)
			} else {
				g.Rest = append(g.Rest, c)
			}
		}
		if len(g.First) > 0 {
			list = append(list, g)
		}
	}
	return list, chosen
}

func toggled(v url.Values, name, value string) string {
	next := url.Values{}
	for k, values := range v {
		if k != "page" && k != name {
			next[k] = values
		}
	}
	for _, held := range v[name] {
		if held != value {
			next.Add(name, held)
		}
	}
	if !contains(v[name], value) {
		next.Add(name, value)
	}
	return "/policies?" + next.Encode()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func sorts(v url.Values, now model.Sort) []choice {
	return []choice{
		{Label: "最相关", Address: address(v, "sort", ""), On: now == model.Relevance},
		{Label: "最新", Address: address(v, "sort", "newest"), On: now == model.Newest},
		{Label: "最早", Address: address(v, "sort", "oldest"), On: now == model.Oldest},
	}
}

func (h *handler) policyPage(c echo.Context) error {
	d, err := h.Policy.Get(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	p := &page{Title: d.Title, Policy: d, Canonical: h.PublicURL + "/policies/" + d.ID, Meta: articleMeta(d)}
	for _, b := range d.Body {
		if b.Kind == model.BlockPart || b.Kind == model.BlockChapter || b.Kind == model.BlockHeading && b.Level == 1 {
			p.Contents = append(p.Contents, b)
		}
	}
	return h.show(c, "policy", p)
}

// articleMeta are the tags of an article page (国办发〔2017〕47号, 附件 2).
func articleMeta(d *policy.Detail) []metaTag {
	source, keywords := "发文机关不详", []string{}
	if len(d.Departments) > 0 {
		source = d.Departments[0].Name
	}
	for _, t := range d.Topics {
		keywords = append(keywords, t.Name)
	}
	plain := []rune(strings.ReplaceAll(d.Body.Plain(), "\n", " "))
	tags := []metaTag{
		{"ArticleTitle", d.Title}, {"ContentSource", source}, {"Keywords", strings.Join(keywords, ";")},
		{"Author", source}, {"Description", string(plain[:min(len(plain), 120)])}, {"Url", d.SourceURL},
		{"ColumnName", "政策文件"}, {"ColumnType", "政策"},
	}
	if d.PublishedDate != "" {
		tags = append(tags, metaTag{"PubDate", string(d.PublishedDate) + " 00:00"})
	}
	return tags
}

func (h *handler) interpretationPage(c echo.Context) error {
	i, err := h.Policy.Interpretation(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.show(c, "interpretation", &page{Title: i.Title, Interpretation: i, Canonical: h.PublicURL + "/interpretations/" + i.ID,
		Meta: []metaTag{{"ArticleTitle", i.Title}, {"PubDate", string(i.PublishedDate) + " 00:00"}, {"ColumnName", "政策解读"}, {"ColumnType", "解读"}}})
}

func (h *handler) departmentsPage(c echo.Context) error {
	departments, err := h.Directory.Departments(c.Request().Context())
	if err != nil {
		return err
	}
	return h.show(c, "departments", &page{Title: "部门", Departments: inTreeOrder(departments), Canonical: h.PublicURL + "/departments"})
}

// inTreeOrder puts every office right behind the one above it.
func inTreeOrder(all []directory.Department) []directory.Department {
	below := map[string][]directory.Department{}
	for _, d := range all {
		below[d.ParentID] = append(below[d.ParentID], d)
	}
	var list []directory.Department
	var walk func(parent string)
	walk = func(parent string) {
		for _, d := range below[parent] {
			list = append(list, d)
			walk(d.ID)
		}
	}
	walk("")
	return list
}

// setView switches the large-type view on or off and goes back.
func (h *handler) setView(c echo.Context) error {
	size := "normal"
	if c.QueryParam("size") == "large" {
		size = "large"
	}
	c.SetCookie(&http.Cookie{Name: "view", Value: size, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(h.PublicURL, "https:")})
	back := c.QueryParam("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.HasPrefix(back, `/\`) {
		back = "/"
	}
	return c.Redirect(http.StatusSeeOther, back)
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemapMost is the most addresses that one sitemap may hold.
const sitemapMost = 50000

func (h *handler) sitemap(c echo.Context) error {
	set := struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", URLs: []sitemapURL{{Loc: h.PublicURL + "/"}, {Loc: h.PublicURL + "/policies"}}}
	for _, kind := range []struct {
		kind model.Kind
		path string
	}{{model.KindPolicy, "/policies/"}, {model.KindInterpretation, "/interpretations/"}} {
		listed, err := h.Policy.Public(c.Request().Context(), kind.kind, "", sitemapMost-len(set.URLs))
		if err != nil {
			return err
		}
		for _, l := range listed {
			set.URLs = append(set.URLs, sitemapURL{h.PublicURL + kind.path + l.ID, string(l.Updated)})
		}
	}
	return c.XML(http.StatusOK, set)
}

func (h *handler) robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /view\nDisallow: /api/\nSitemap: "+h.PublicURL+"/sitemap.xml\n")
}
