package handler

import "github.com/labstack/echo/v4"

// miniPolicy lets the mini program's web build run its own script, and nothing
// else; its framework sets styles on elements, and its pages show pictures that
// they drew themselves.
const miniPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// miniFile hands out the web build of the mini program.
func (h *handler) miniFile(c echo.Context) error {
	return built{h.MiniProgram, miniPolicy, h.openMini}.hand(c)
}
