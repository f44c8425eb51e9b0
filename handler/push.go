package handler

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// maxPush is far above what WeChat pushes, in bytes.
const maxPush = 1 << 20

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
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxPush))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return errUnreadable
	}
	if err := h.Push.Hear(c.Request().Context(), c.QueryParams(), body); err != nil {
		return err
	}
	return c.String(http.StatusOK, "success")
}
