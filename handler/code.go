package handler

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"yuandu/model"
)

// policyMiniCode is the mini program code of a public policy, for print.
func (h *handler) policyMiniCode(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := h.Publication.Get(ctx, by(ctx), model.KindPolicy, c.Param("id"))
	if err != nil {
		return err
	}
	image, err := h.Code.Policy(ctx, p.ID)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", image)
}
