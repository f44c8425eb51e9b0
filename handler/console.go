package handler

import "github.com/labstack/echo/v4"

// consolePolicy lets the console's own script run, and nothing else; Element
// Plus sets styles on elements.
const consolePolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// consoleFile hands out the built console.
func (h *handler) consoleFile(c echo.Context) error {
	return built{files: h.Console, policy: consolePolicy}.hand(c)
}
