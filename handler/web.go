package handler

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/directory"
	"yuandu/service/event"
	"yuandu/service/meeting"
	"yuandu/service/policy"
)

const newestShown = 8 // documents on the home page

func (h *handler) homePage(c echo.Context) error {
	ctx := c.Request().Context()
	topics, err := h.Directory.Topics(ctx)
	if err != nil {
		return err
	}
	found, err := h.Policy.List(ctx, policy.Listing{Sort: model.Newest, Limit: newestShown, NoFacets: true})
	if err != nil {
		return err
	}
	hot, err := h.Search.HotWords(ctx)
	if err != nil {
		return err
	}
	held, err := h.Meetings.Meetings(ctx, meeting.Listing{Limit: newestHeld})
	if err != nil {
		return err
	}
	next, err := h.Events.Next(ctx, nextShown)
	if err != nil {
		return err
	}
	return h.show(c, "home", &page{Topics: topics, Found: found, HotWords: hot, Events: &eventList{Page: &event.Page{Items: next}}, Meetings: &meetingList{Page: held}, Canonical: h.PublicURL + "/",
		Meta: columnMeta("首页", "首页", "查政策文件，看政策解读", "政策文件;政策解读;政府信息公开")})
}

func (h *handler) policiesPage(c echo.Context) error {
	ctx := c.Request().Context()
	l, number := listingOf(c.QueryParams())
	moved, err := h.movedList(ctx, l, number)
	switch {
	case err != nil:
		return err
	case moved != "":
		return c.Redirect(http.StatusPermanentRedirect, moved)
	}
	found, err := h.Policy.List(ctx, l)
	if err != nil {
		return err
	}
	if l.Offset == 0 && found.Total > 0 {
		h.Search.CountSearch(l.Text)
	}
	if err := h.addChosen(ctx, l, found); err != nil {
		return err
	}
	p := &page{Title: "政策文件", Query: l.Text, Found: found, Canonical: h.PublicURL + "/policies",
		Meta: columnMeta("政策文件", "政策", "政策文件的全文、有效性和解读", "政策文件;文号;政策解读")}
	if l.Text != "" {
		p.Title = "“" + l.Text + "”的搜索结果"
	}
	if hint := hintOf(found); hint != nil {
		p.Hint = hint.Text
	}
	if p.Topic, err = h.topicOf(ctx, l); err != nil {
		return err
	}
	p.Groups, p.Chosen = groups(l, found)
	p.Sorts = sorts(l)
	p.turn(l, number)
	return h.show(c, "policies", p)
}

// movedList is where a list is that asks for departments that were merged, "" for
// any other list.
func (h *handler) movedList(ctx context.Context, l policy.Listing, number int) (string, error) {
	asked := l.Filters[policy.ByDepartment]
	now, err := h.Directory.Now(ctx, asked)
	if err != nil || slices.Equal(asked, now) {
		return "", err
	}
	l.Filters[policy.ByDepartment] = now
	if number > 1 {
		return address(l, "page", strconv.Itoa(number)), nil
	}
	return address(l, "page"), nil
}

// topicOf is the topic whose page a list is: it shows one topic and nothing else
// was asked.
func (h *handler) topicOf(ctx context.Context, l policy.Listing) (*directory.Topic, error) {
	chosen := l.Filters[policy.ByTopic]
	if len(chosen) != 1 || l.Text != "" {
		return nil, nil
	}
	topics, err := h.Directory.Topics(ctx)
	for i := range topics {
		if topics[i].ID == chosen[0] {
			return &topics[i], err
		}
	}
	return nil, err
}

func (h *handler) policyPage(c echo.Context) error {
	if day := c.QueryParam("at"); day != "" {
		return h.policyPageAt(c, day)
	}
	d, err := h.Policy.Get(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	p := h.pageOfPolicy(d)
	if p.Lines, err = h.linesOf(c.Request().Context(), model.KindPolicy, d.ID); err != nil {
		return err
	}
	if p.Printed, err = h.printedAt(c.Request().Context(), d.ID); err != nil {
		return err
	}
	if p.Voices, err = h.voicesOf(c.Request().Context(), d); err != nil {
		return err
	}
	return h.show(c, "policy", p)
}

// voicesOf are the voices of a policy and of what explains it.
func (h *handler) voicesOf(ctx context.Context, d *policy.Detail) (map[string]*model.Voice, error) {
	voices := map[string]*model.Voice{}
	var err error
	if voices[d.ID], err = h.Voices.Of(ctx, model.KindPolicy, d.ID); err != nil {
		return nil, err
	}
	for _, i := range d.Interpretations {
		if voices[i.ID], err = h.Voices.Of(ctx, model.KindInterpretation, i.ID); err != nil {
			return nil, err
		}
	}
	return voices, nil
}

// policyPageAt shows a policy as it stood on a day.
func (h *handler) policyPageAt(c echo.Context, text string) error {
	day, err := model.ParseDay(text)
	if err != nil {
		return errUnreadable.With("at", nil)
	}
	d, err := h.Policy.At(c.Request().Context(), c.Param("id"), day)
	if err != nil {
		return err
	}
	p := h.pageOfPolicy(d.Detail)
	p.AsOf = d
	return h.show(c, "policy", p)
}

func (h *handler) pageOfPolicy(d *policy.Detail) *page {
	p := &page{Title: d.Title, Policy: d, Canonical: h.PublicURL + "/policies/" + d.ID}
	p.Meta = policyMeta(d, p.Canonical)
	for _, b := range d.Body {
		if b.Kind == model.BlockPart || b.Kind == model.BlockChapter || b.Kind == model.BlockHeading && b.Level == 1 {
			p.Contents = append(p.Contents, b)
		}
	}
	for _, i := range d.Interpretations {
		dropAnchors(i.Body)
	}
	return p
}

// dropAnchors leaves the anchors of a page to its main document: an
// interpretation has a 第一条 too.
func dropAnchors(body model.Body) {
	for i := range body {
		body[i].Anchor = ""
	}
}

func (h *handler) interpretationPage(c echo.Context) error {
	i, err := h.Policy.Interpretation(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	p := h.pageOfInterpretation(i)
	if p.Lines, err = h.linesOf(c.Request().Context(), model.KindInterpretation, i.ID); err != nil {
		return err
	}
	v, err := h.Voices.Of(c.Request().Context(), model.KindInterpretation, i.ID)
	if err != nil {
		return err
	}
	p.Voices = map[string]*model.Voice{i.ID: v}
	return h.show(c, "interpretation", p)
}

func (h *handler) pageOfInterpretation(i *model.Interpretation) *page {
	p := &page{Title: i.Title, Interpretation: i, Canonical: h.PublicURL + "/interpretations/" + i.ID}
	p.Meta = h.interpretationMeta(i, p.Canonical)
	return p
}

func (h *handler) departmentsPage(c echo.Context) error {
	departments, err := h.Directory.Departments(c.Request().Context())
	if err != nil {
		return err
	}
	return h.show(c, "departments", &page{Title: "部门", Offices: inTreeOrder(departments),
		Canonical: h.PublicURL + "/departments",
		Meta:      columnMeta("部门", "机构职能", "各部门和它们发布的文件", "部门;机构")})
}

// office is a department in the tree; what stands at the top has no depth.
type office struct {
	directory.Department
	Depth int
}

// deepest is as far as the page indents: the names need the width.
const deepest = 4

// inTreeOrder puts every office right behind the one above it.
func inTreeOrder(all []directory.Department) []office {
	below := map[string][]directory.Department{}
	for _, d := range all {
		below[d.ParentID] = append(below[d.ParentID], d)
	}
	var list []office
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		for _, d := range below[parent] {
			list = append(list, office{d, min(depth, deepest)})
			walk(d.ID, depth+1)
		}
	}
	walk("", 0)
	return list
}

// erasurePage shows a certificate of erasure to whoever was given its number.
func (h *handler) erasurePage(c echo.Context) error {
	e, err := h.Account.Erasure(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	shown := h.erasure(*e)
	return h.show(c, "erasure", &page{Title: "账号注销证明", Erasure: &shown, ErasedAt: e.ErasedAt.In(model.Shanghai).Format("2006年1月2日 15:04")})
}

// privacyPage shows what residents are told about their data.
func (h *handler) privacyPage(c echo.Context) error {
	text, err := h.City.Privacy(c.Request().Context())
	if err != nil {
		return err
	}
	return h.show(c, "privacy", &page{Title: "隐私政策", Privacy: text, PrivacyBody: h.City.Structure(text),
		PrivacyDay: model.Today(text.PublishedAt), Canonical: h.PublicURL + "/privacy",
		Meta: columnMeta("隐私政策", "政务公开", "我们怎样收集、使用和保护您的个人信息", "隐私政策;个人信息保护")})
}
