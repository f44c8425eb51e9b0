package handler

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/matter"
)

// matterPage shows the whole line of life of a matter.
func (h *handler) matterPage(c echo.Context) error {
	m, err := h.Matters.Get(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if m.ID != c.Param("id") {
		return c.Redirect(http.StatusPermanentRedirect, "/matters/"+m.ID)
	}
	line := lineOf(*m, "", "")
	address := h.PublicURL + "/matters/" + m.ID
	return h.show(c, "matter", &page{Title: m.Face.Title, Matter: &line, Canonical: address,
		Meta: slices.Concat(columnMeta("事项", "政务公开", "一件事从征求意见到公报的每一步", "事项;会议审议;印发;解读"),
			filled(metaTag{"ArticleTitle", m.Face.Title}, metaTag{"Description", m.Face.Summary}, metaTag{"Url", address}))})
}

// lifeLine is a matter as a page of one of its documents shows it.
type lifeLine struct {
	matter.Shown
	Steps []lifeStep
}

// lifeStep is a step on a page; one that is of the page itself is no link.
type lifeStep struct {
	model.MatterLink
	Here bool
}

// linesOf are the lines of life that a page shows.
func (h *handler) linesOf(ctx context.Context, kind model.Kind, id string) ([]lifeLine, error) {
	list, err := h.Matters.Of(ctx, kind, id)
	return converted(list, func(m matter.Shown) lifeLine { return lineOf(m, kind, id) }), err
}

func lineOf(m matter.Shown, kind model.Kind, id string) lifeLine {
	return lifeLine{m, converted(slices.Clone(m.Line), func(l model.MatterLink) lifeStep { return lifeStep{l, l.Is(kind, id)} })}
}

// linesAt are the lines of life in which an item of the page's meeting stands; for no item,
// those in which the page's document stands as a whole.
func linesAt(lines []lifeLine, item string) []lifeLine {
	return slices.DeleteFunc(slices.Clone(lines), func(l lifeLine) bool {
		return !slices.ContainsFunc(l.Steps, func(s lifeStep) bool { return s.Here && s.ItemID == item })
	})
}
