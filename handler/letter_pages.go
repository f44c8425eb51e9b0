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
	"yuandu/service/letter"
)

// letterList is a page of public letters.
type letterList struct {
	*letter.PublicPage
	Topic  string   // that is chosen, "" for all
	Chosen string   // its name
	Topics []choice // that may be
}

// lettersPage lists the public letters for those who have no script.
func (h *handler) lettersPage(c echo.Context) error {
	ctx := c.Request().Context()
	text := []rune(strings.TrimSpace(c.QueryParam("q")))
	topic := c.QueryParam("topic")
	number, _ := strconv.Atoi(c.QueryParam("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	l := letter.Listing{Text: string(text[:min(len(text), longestQuery)]), Sort: model.Relevance, Limit: pageLength, Offset: (number - 1) * pageLength}
	if topic != "" {
		l.Filters = map[string][]string{model.ByTopic: {topic}}
	}
	found, err := h.Letters.Published(ctx, l)
	if err != nil {
		return err
	}
	p := &page{Title: "公开的来信", Query: l.Text, Letters: &letterList{PublicPage: found, Topic: topic}, Canonical: h.PublicURL + "/letters", From: l.Offset + 1, To: l.Offset + len(found.Items),
		Meta: columnMeta("公开的来信", "互动交流", "居民来信和部门的答复", "来信;答复;问答")}
	if hint := hintSaid(found.Hint); hint != nil {
		p.Hint = hint.Text
	}
	if number > 1 {
		p.Previous = lettersAddress(l.Text, topic, number-1)
	}
	if p.To < found.Total && p.To < model.MaxWindow && len(found.Items) > 0 {
		p.Next = lettersAddress(l.Text, topic, number+1)
	}
	if p.Letters.Topics, err = h.topicChoices(ctx, l.Text, topic); err != nil {
		return err
	}
	for _, t := range p.Letters.Topics {
		if t.On && topic != "" {
			p.Letters.Chosen = t.Label
		}
	}
	return h.show(c, "letters", p)
}

func (h *handler) topicChoices(ctx context.Context, text, topic string) ([]choice, error) {
	topics, err := h.Directory.Topics(ctx)
	if err != nil {
		return nil, err
	}
	list := []choice{{Label: "全部", Address: lettersAddress(text, "", 1), On: topic == ""}}
	for _, t := range topics {
		list = append(list, choice{Label: t.Name, Address: lettersAddress(text, t.ID, 1), On: topic == t.ID})
	}
	return list, nil
}

func lettersAddress(text, topic string, number int) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": text, "topic": topic} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if number > 1 {
		v.Set("page", strconv.Itoa(number))
	}
	return "/letters" + strings.TrimSuffix("?"+v.Encode(), "?")
}

func (h *handler) letterPage(c echo.Context) error {
	l, err := h.Letters.ReadPublic(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.show(c, "letter", h.pageOfLetter(l))
}

// letterShown is a public letter with what it rests on as that stands today.
type letterShown struct {
	*model.PublicLetter
	Basis []basisShown
}

type basisShown struct {
	model.LetterBasis
	Validity model.Validity
}

func (h *handler) letterShown(l *model.PublicLetter) *letterShown {
	today := model.Today(h.Clock.Now())
	return &letterShown{l, converted(l.Basis, func(b model.LetterBasis) basisShown { return basisShown{b, b.Days.On(today)} })}
}

func (h *handler) pageOfLetter(l *model.PublicLetter) *page {
	p := &page{Title: l.Title, Letter: h.letterShown(l), Canonical: h.PublicURL + "/letters/" + l.ID}
	from := source(l.Departments)
	p.Meta = slices.Concat(columnMeta("公开的来信", "互动交流", "居民来信和部门的答复", "来信;答复;问答"),
		filled(metaTag{"ArticleTitle", l.Title}, metaTag{"PubDate", moment(cmp.Or(l.Answered, l.Asked), l.PublishedAt)},
			metaTag{"ContentSource", from}, metaTag{"Author", from}, metaTag{"Url", p.Canonical}))
	return p
}
