package handler

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/event"
	"yuandu/service/search"
)

// eventList is a page of events, or what a text finds among them.
type eventList struct {
	*event.Page
	Past  bool
	Kinds []choice
	Found *search.Tab
}

var eventsMeta = columnMeta("参与活动", "互动交流", "政府开放日、列席会议、公开议事日、听证会、座谈会", "政府开放日;公众列席;听证会;公开议事")

// mostEventsFound is how many events a page shows of what was found.
const mostEventsFound = 20

// eventsPage lists public events for those who have no script.
func (h *handler) eventsPage(c echo.Context) error {
	ctx, kind := c.Request().Context(), model.EventKind(c.QueryParam("kind"))
	if kind.Name() == "" {
		kind = ""
	}
	p := &page{Title: "参与活动", Canonical: h.PublicURL + "/events", Meta: eventsMeta}
	if text := []rune(strings.TrimSpace(c.QueryParam("q"))); len(text) > 0 {
		p.Query = string(text[:min(len(text), longestQuery)])
		found, err := h.Events.Find(ctx, p.Query, mostEventsFound)
		p.Events = &eventList{Page: &event.Page{}, Found: found}
		if err != nil {
			return err
		}
		return h.show(c, "events", p)
	}
	number, _ := strconv.Atoi(c.QueryParam("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	past := c.QueryParam("past") == "1"
	l := event.Listing{Kind: kind, Past: past, Limit: pageLength, Offset: (number - 1) * pageLength}
	found, err := h.Events.Events(ctx, l)
	if err != nil {
		return err
	}
	p.Events, p.From, p.To = &eventList{Page: found, Past: past, Kinds: kindChoices(kind, past)}, l.Offset+1, l.Offset+len(found.Items)
	if number > 1 {
		p.Previous = eventsAddress(kind, past, number-1)
	}
	if p.To < found.Total && p.To < model.MaxWindow && len(found.Items) > 0 {
		p.Next = eventsAddress(kind, past, number+1)
	}
	return h.show(c, "events", p)
}

func kindChoices(kind model.EventKind, past bool) []choice {
	list := []choice{{Label: "全部形式", Address: eventsAddress("", past, 1), On: kind == ""}}
	for _, k := range model.EventKinds() {
		list = append(list, choice{Label: k.Name(), Address: eventsAddress(k, past, 1), On: k == kind})
	}
	return list
}

func eventsAddress(kind model.EventKind, past bool, number int) string {
	v := url.Values{}
	if kind != "" {
		v.Set("kind", string(kind))
	}
	if past {
		v.Set("past", "1")
	}
	if number > 1 {
		v.Set("page", strconv.Itoa(number))
	}
	return "/events" + strings.TrimSuffix("?"+v.Encode(), "?")
}

func (h *handler) eventPage(c echo.Context) error {
	ctx := c.Request().Context()
	e, err := h.Events.Event(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := h.pageOfEvent(ctx, e)
	if p.Lines, err = h.linesOf(ctx, model.KindEvent, e.ID); err != nil {
		return err
	}
	return h.show(c, "event", p)
}

func (h *handler) pageOfEvent(ctx context.Context, e *event.Shown) *page {
	p := &page{Title: e.Title, Event: e, Canonical: h.PublicURL + "/events/" + e.ID}
	var topics []string
	for _, t := range e.Topics {
		topics = append(topics, t.Name)
	}
	source := h.site(ctx).SiteName
	p.Meta = slices.Concat(eventsMeta,
		filled(metaTag{"ArticleTitle", e.Title}, metaTag{"PubDate", e.PublishedAt.In(model.Shanghai).Format("2006-01-02 15:04")},
			metaTag{"ContentSource", source}, metaTag{"Author", source}, metaTag{"Keywords", strings.Join(topics, ";")},
			metaTag{"Description", cmp.Or(description(e.Body), e.When()+" "+e.Place)}, metaTag{"Url", p.Canonical}))
	dropAnchors(e.Body)
	dropAnchors(e.Report)
	return p
}

// drawPage shows a draw and how anybody repeats it.
func (h *handler) drawPage(c echo.Context) error {
	d, err := h.Events.DrawOf(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.show(c, "draw", &page{Title: "抽签：" + d.Title, Draw: d, Canonical: h.PublicURL + "/events/" + d.EventID + "/draw"})
}
