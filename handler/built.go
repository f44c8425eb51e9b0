package handler

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// built is a front end as its tools have built it: index.html, beside it what
// it loads, or placeholder.html alone where nobody has built it.
type built struct {
	files  fs.FS
	policy string                                     // what its pages may load and run
	first  func(c echo.Context) (words template.HTML) // of a page, seen before its script has run; may be nil
}

// firstWords is where they go.
const firstWords = "<!-- first words -->"

// hand hands out the front end. An address that is no file is one of its own
// pages, which its script shows.
func (b built) hand(c echo.Context) error {
	name := c.Param("*")
	hashed := strings.HasPrefix(name, "assets/")
	content, err := fs.ReadFile(b.files, name)
	switch {
	case err == nil && path.Ext(name) != ".html":
		r := rendered(mime.TypeByExtension(path.Ext(name)), content)
		if hashed {
			r.CacheControl = "public, max-age=31536000, immutable" // its name changes with its content
		}
		return b.reply(c, r)
	case hashed || strings.HasPrefix(name, "static/"):
		return echo.ErrNotFound
	}
	page, err := b.page()
	if err != nil {
		return err
	}
	if b.first != nil {
		page = bytes.Replace(page, []byte(firstWords), []byte(b.first(c)), 1)
	}
	return b.reply(c, rendered(echo.MIMETextHTMLCharsetUTF8, page))
}

func (b built) reply(c echo.Context, r *Rendered) error {
	c.Response().Header().Set("Content-Security-Policy", b.policy)
	return reply(c, r)
}

func (b built) page() ([]byte, error) {
	page, err := fs.ReadFile(b.files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ReadFile(b.files, "placeholder.html")
	}
	return page, err
}

// toFolder sends on who left out the slash at the end.
func toFolder(c echo.Context) error {
	return c.Redirect(http.StatusMovedPermanently, c.Request().URL.Path+"/")
}
