package handler

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/consultation"
	"yuandu/service/event"
	"yuandu/service/search"
)

// consultationList is a page of consultations, or what a text finds among them.
type consultationList struct {
	*consultation.Page
	Phases []choice
	Found  *search.Tab
}

// mostConsultationsFound is how many consultations a page shows of what was found.
const mostConsultationsFound = 20

var consultationsMeta = columnMeta("意见征集", "政民互动", "政策出台前的征求意见稿、公众意见和采纳情况", "意见征集;征求意见稿;采纳情况")

// consultationsPage lists the public consultations for those who have no script.
func (h *handler) consultationsPage(c echo.Context) error {
	ctx := c.Request().Context()
	p := &page{Title: "意见征集", Canonical: h.PublicURL + "/consultations", Meta: consultationsMeta}
	if text := []rune(strings.TrimSpace(c.QueryParam("q"))); len(text) > 0 {
		p.Query = string(text[:min(len(text), longestQuery)])
		found, err := h.Consultations.Find(ctx, p.Query, mostConsultationsFound)
		if err != nil {
			return err
		}
		p.Consultations = &consultationList{Page: &consultation.Page{Total: found.Total}, Found: found}
		return h.show(c, "consultations", p)
	}
	phase := model.ConsultationPhase(c.QueryParam("phase"))
	if phase.Name() == "" {
		phase = ""
	}
	number, _ := strconv.Atoi(c.QueryParam("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	found, err := h.Consultations.Consultations(ctx, consultation.Listing{Phase: phase, Limit: pageLength, Offset: (number - 1) * pageLength})
	if err != nil {
		return err
	}
	p.From, p.To = (number-1)*pageLength+1, (number-1)*pageLength+len(found.Items)
	p.Consultations = &consultationList{Page: found, Phases: phaseChoices(phase)}
	if number > 1 {
		p.Previous = consultationsAddress(phase, number-1)
	}
	if p.To < found.Total && p.To < model.MaxWindow && len(found.Items) > 0 {
		p.Next = consultationsAddress(phase, number+1)
	}
	return h.show(c, "consultations", p)
}

func phaseChoices(now model.ConsultationPhase) []choice {
	list := []choice{{Label: "全部", Address: consultationsAddress("", 1), On: now == ""}}
	for _, p := range model.ConsultationPhases() {
		list = append(list, choice{Label: p.Name(), Address: consultationsAddress(p, 1), On: p == now})
	}
	return list
}

func consultationsAddress(phase model.ConsultationPhase, number int) string {
	v := url.Values{}
	if phase != "" {
		v.Set("phase", string(phase))
	}
	if number > 1 {
		v.Set("page", strconv.Itoa(number))
	}
	return "/consultations" + strings.TrimSuffix("?"+v.Encode(), "?")
}

// consultationShown is a consultation as a page shows it.
type consultationShown struct {
	*consultation.Shown
	Opinions []model.Opinion // the most supported
	Total    int
	Changes  []consultation.ChangedClause
	Survey   []consultation.SurveyResult
	Verdicts []VerdictCount
	Events   []event.Shown // that belong to it
}

// opinionsOnPage is how many opinions a page shows.
const opinionsOnPage = 100

func (h *handler) consultationPage(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	shown, err := h.Consultations.Consultation(ctx, id)
	if err != nil {
		return err
	}
	v := &consultationShown{Shown: shown}
	if v.Opinions, v.Total, err = h.Consultations.PublicOpinions(ctx, id, nil, opinionsOnPage, 0); err != nil {
		return err
	}
	if v.Changes, err = h.Consultations.Adoption(ctx, id); err != nil {
		return err
	}
	if v.Survey, err = h.Consultations.SurveyResults(ctx, shown); err != nil {
		return err
	}
	if v.Events, err = h.Events.OfConsultation(ctx, id); err != nil {
		return err
	}
	p := h.pageOfConsultation(ctx, v)
	if p.Lines, err = h.linesOf(ctx, model.KindConsultation, id); err != nil {
		return err
	}
	return h.show(c, "consultation", p)
}

func (h *handler) pageOfConsultation(ctx context.Context, c *consultationShown) *page {
	p := &page{Title: c.Title, Consultation: c, Canonical: h.PublicURL + "/consultations/" + c.ID}
	if c.Report != nil {
		c.Verdicts = slices.DeleteFunc(verdictCounts(c.Report.Counts.Verdicts), func(v VerdictCount) bool { return v.Count == 0 })
		dropAnchors(c.Report.Body)
		dropAnchors(c.Report.Adopted)
	}
	dropAnchors(c.Note)
	topics := make([]string, len(c.Topics))
	for n, t := range c.Topics {
		topics[n] = t.Name
	}
	source := h.site(ctx).SiteName
	p.Meta = slices.Concat(consultationsMeta, filled(metaTag{"ArticleTitle", c.Title},
		metaTag{"PubDate", c.PublishedAt.In(model.Shanghai).Format("2006-01-02 15:04")}, metaTag{"ContentSource", source}, metaTag{"Author", source},
		metaTag{"Keywords", strings.Join(topics, ";")}, metaTag{"Description", description(c.Note)}, metaTag{"Url", p.Canonical}))
	return p
}
