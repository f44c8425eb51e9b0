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
	"yuandu/service/meeting"
	"yuandu/service/search"
)

// meetingList is a page of meetings, or what a text finds among them.
type meetingList struct {
	*meeting.Page
	Columns, Years []choice
	Found          []meetingsOfKind
}

// meetingsOfKind are the meetings, or the items, that a text finds.
type meetingsOfKind struct {
	Name string
	*search.Tab
}

// mostMeetingsFound is how many meetings and items a page shows of what was found.
const mostMeetingsFound = 20

var meetingsMeta = columnMeta("会议公开", "政务公开", "市政府常务会议和专题会议的议题、议定事项", "会议公开;常务会议;议定事项")

// meetingsPage lists the public meetings for those who have no script.
func (h *handler) meetingsPage(c echo.Context) error {
	text := []rune(strings.TrimSpace(c.QueryParam("q")))
	if len(text) > 0 {
		return h.meetingsFoundPage(c, string(text[:min(len(text), longestQuery)]))
	}
	ctx, column := c.Request().Context(), c.QueryParam("column")
	year, _ := strconv.Atoi(c.QueryParam("year"))
	year = min(max(year, 0), 9999)
	number, _ := strconv.Atoi(c.QueryParam("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	l := meeting.Listing{Column: column, Year: year, Limit: pageLength, Offset: (number - 1) * pageLength}
	found, err := h.Meetings.Meetings(ctx, l)
	if err != nil {
		return err
	}
	shelves, err := h.Meetings.Shelves(ctx)
	if err != nil {
		return err
	}
	p := &page{Title: "会议公开", Canonical: h.PublicURL + "/meetings", Meta: meetingsMeta, From: l.Offset + 1, To: l.Offset + len(found.Items),
		Meetings: &meetingList{Page: found, Columns: columnChoices(shelves, column), Years: yearChoices(shelves, column, year)}}
	if number > 1 {
		p.Previous = meetingsAddress(column, year, number-1)
	}
	if p.To < found.Total && p.To < model.MaxWindow && len(found.Items) > 0 {
		p.Next = meetingsAddress(column, year, number+1)
	}
	return h.show(c, "meetings", p)
}

// meetingsFoundPage shows what a text finds: first what was dealt with, then meetings.
func (h *handler) meetingsFoundPage(c echo.Context, text string) error {
	list := &meetingList{Page: &meeting.Page{}}
	for _, k := range []struct {
		kind model.Kind
		name string
	}{{model.KindAgendaItem, "议题"}, {model.KindMeeting, "会议"}} {
		found, err := h.Meetings.Find(c.Request().Context(), k.kind, text, mostMeetingsFound)
		if err != nil {
			return err
		}
		list.Found = append(list.Found, meetingsOfKind{k.name, found})
		list.Total += found.Total
	}
	return h.show(c, "meetings", &page{Title: "会议公开", Query: text, Canonical: h.PublicURL + "/meetings", Meta: meetingsMeta, Meetings: list})
}

// columnChoices are the columns that may be chosen: one that takes no new meetings only
// where it holds some.
func columnChoices(shelves []meeting.Shelf, column string) []choice {
	list := []choice{{Label: "全部", Address: meetingsAddress("", 0, 1), On: column == ""}}
	for _, s := range shelves {
		if !s.Retired || len(s.Years) > 0 {
			list = append(list, choice{Label: s.Name, Address: meetingsAddress(s.ID, 0, 1), On: s.ID == column})
		}
	}
	return list
}

// yearChoices are the years in which a column holds meetings, or any of them does.
func yearChoices(shelves []meeting.Shelf, column string, year int) []choice {
	var years []int
	for _, s := range shelves {
		if column == "" || s.ID == column {
			years = append(years, s.Years...)
		}
	}
	slices.Sort(years)
	list := []choice{{Label: "全部年份", Address: meetingsAddress(column, 0, 1), On: year == 0}}
	for _, y := range slices.Backward(slices.Compact(years)) {
		list = append(list, choice{Label: strconv.Itoa(y) + "年", Address: meetingsAddress(column, y, 1), On: y == year})
	}
	return list
}

func meetingsAddress(column string, year, number int) string {
	v := url.Values{}
	if column != "" {
		v.Set("column", column)
	}
	if year > 0 {
		v.Set("year", strconv.Itoa(year))
	}
	if number > 1 {
		v.Set("page", strconv.Itoa(number))
	}
	return "/meetings" + strings.TrimSuffix("?"+v.Encode(), "?")
}

func (h *handler) meetingPage(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := h.Meetings.Meeting(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := h.pageOfMeeting(ctx, m)
	if p.Meeting.Events, err = h.Events.OfMeeting(ctx, m.ID); err != nil {
		return err
	}
	if p.Lines, err = h.linesOf(ctx, model.KindMeeting, m.ID); err != nil {
		return err
	}
	return h.show(c, "meeting", p)
}

// meetingShown is a meeting as a page shows it: grounds that stand behind several items
// are told once.
type meetingShown struct {
	*meeting.Shown
	Grounds []groundShown
	Events  []event.Shown // at which one can sit in on it
}

type groundShown struct {
	Items int
	Law   string
}

func meetingShownOf(m *meeting.Shown) *meetingShown {
	shown := &meetingShown{Shown: m}
	for _, law := range m.Withheld {
		at := slices.IndexFunc(shown.Grounds, func(g groundShown) bool { return g.Law == law })
		if at < 0 {
			at = len(shown.Grounds)
			shown.Grounds = append(shown.Grounds, groundShown{Law: law})
		}
		shown.Grounds[at].Items++
	}
	return shown
}

func (h *handler) pageOfMeeting(ctx context.Context, m *meeting.Shown) *page {
	p := &page{Title: m.Title, Meeting: meetingShownOf(m), Canonical: h.PublicURL + "/meetings/" + m.ID}
	p.Meta = meetingMeta(m, h.site(ctx).SiteName, p.Canonical)
	dropAnchors(m.Body)
	for _, i := range m.Items {
		dropAnchors(i.Body)
	}
	return p
}

func meetingMeta(m *meeting.Shown, source, address string) []metaTag {
	var topics, said []string
	for _, i := range m.Items {
		said = append(said, cmp.Or(i.Decision, i.Title))
		for _, t := range i.Topics {
			topics = append(topics, t.Name)
		}
	}
	slices.Sort(topics)
	about := []rune(cmp.Or(strings.Join(said, " "), description(m.Body)))
	return slices.Concat(meetingsMeta,
		filled(metaTag{"ArticleTitle", m.Title}, metaTag{"PubDate", m.PublishedAt.In(model.Shanghai).Format("2006-01-02 15:04")},
			metaTag{"ContentSource", source}, metaTag{"Author", source}, metaTag{"Keywords", strings.Join(slices.Compact(topics), ";")},
			metaTag{"Description", string(about[:min(len(about), descriptionLength)])}, metaTag{"Url", address}))
}

// pagePlace is where a document of a kind has its page.
func pagePlace(kind model.Kind, id string) string { return "/" + plural[kind] + "/" + id }
