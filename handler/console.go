package handler

import (
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// consolePolicy lets the console's own script run, and nothing else; Element
// Plus sets styles on elements.
const consolePolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// consoleFile hands out the built console. An address without a file is one of
// the console's own pages, which its script shows.
func (h *handler) consoleFile(c echo.Context) error {
	head := c.Response().Header()
	head.Set("Content-Security-Policy", consolePolicy)
	name := c.Param("*")
	if strings.HasPrefix(name, "assets/") {
		content, err := fs.ReadFile(h.Console, name)
		if err != nil {
			return echo.ErrNotFound
		}
		r := rendered(mime.TypeByExtension(path.Ext(name)), content)
		r.CacheControl = "public, max-age=31536000, immutable" // its name changes with its content
		return reply(c, r)
	}
	content, err := fs.ReadFile(h.Console, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		content, err = fs.ReadFile(h.Console, "placeholder.html")
	}
	if err != nil {
		return err
	}
	return reply(c, rendered(echo.MIMETextHTMLCharsetUTF8, content))
}

func (h *handler) toConsole(c echo.Context) error {
	return c.Redirect(http.StatusMovedPermanently, "/console/")
}
