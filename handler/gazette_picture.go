package handler

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"yuandu/service/gazette"
)

// pictureEnding ends the address of a picture of a page.
const pictureEnding = "/picture"

// usualWidth is that of a picture for whom no width is said.
const usualWidth = 1080

// getGazettePicture hands out a picture of a page. Under an address that carries the SM3 of
// the original it never changes: who has it keeps it. Whether the issue is public is asked at
// each request all the same.
func (h *handler) getGazettePicture(c echo.Context) error {
	width := usualWidth
	if text := c.QueryParam("width"); text != "" {
		width = pageNumber(text)
	}
	p, err := h.Gazettes.Picture(c.Request().Context(), c.Param("id"), pageNumber(c.Param("page")), width)
	if err != nil {
		return err
	}
	cached := noCache
	if c.QueryParam("v") == pictureVersion(p.SM3) {
		cached = "private, max-age=31536000, immutable"
	}
	return showPicture(c, p, cached)
}

// getDraftPicture hands out a picture of a page of a working copy.
func (h *handler) getDraftPicture(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	draft, err := h.gazetteDraft(ctx, id)
	if err != nil {
		return err
	}
	width := usualWidth
	if text := c.QueryParam("width"); text != "" {
		width = pageNumber(text)
	}
	p, err := h.GazetteDesk.DraftPicture(ctx, draft, pageNumber(c.Param("page")), width)
	if err != nil {
		return err
	}
	return showPicture(c, p, "no-store")
}

// showPicture gives out a picture, whole or in ranges, and closes it.
func showPicture(c echo.Context, p *gazette.Picture, cached string) error {
	defer p.Bytes.Close()
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, p.MediaType)
	head.Set(echo.HeaderCacheControl, cached)
	head.Set("ETag", `"`+p.Tag+`"`)
	head.Set("X-Picture-Height", strconv.Itoa(p.Height))
	return serveContent(c, p.Bytes.ModTime(), p.Bytes)
}
