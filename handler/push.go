package handler

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// pathPushed is where WeChat pushes to.
const pathPushed = "/wechat/push"

// pushCheck answers WeChat's question whether this address is ours.
func (h *handler) pushCheck(c echo.Context) error {
	text, err := h.Push.Echo(c.QueryParams())
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, text)
}

// pushed takes what WeChat pushes. It is answered with success once it has been
// kept; anything else makes WeChat push it again.
func (h *handler) pushed(c echo.Context) error {
	body, err := wholeBody(c)
	if err != nil {
		return err
	}
	if err := h.Push.Hear(c.Request().Context(), c.QueryParams(), body); err != nil {
		return err
	}
	return c.String(http.StatusOK, "success")
}
