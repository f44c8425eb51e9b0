package handler

import (
	"fmt"
	"net/url"

	"github.com/labstack/echo/v4"
)

// miniPolicy lets the mini program's web build run its own script, and nothing
// else; its framework sets styles on elements, and its pages show pictures that
// they drew themselves.
const miniPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"media-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// miniFile hands out the web build of the mini program. With a page it names
// what its script will ask for first: a browser fetches that beside the script,
// and not after it has run.
func (h *handler) miniFile(c echo.Context) error {
	if first := askedFirst(c.Param("*"), c.QueryParam("id")); first != "" {
		c.Response().Header().Set("Link", fmt.Sprintf("<%s>; rel=preload; as=fetch; crossorigin", first))
	}
	return built{h.MiniProgram, miniPolicy}.hand(c)
}

// askedFirst is the answer of the house from which a page of the web build is
// made, "" where it is made from several.
func askedFirst(page, id string) string {
	switch page {
	case "", "pages/home/home":
		return "/api/v1/home"
	case "packages/policy/policy":
		return "/api/v1/policies/" + url.PathEscape(id)
	}
	return ""
}
