package handler

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// built is a front end as its tools have built it: index.html, beside it what
// it loads, or placeholder.html alone where nobody has built it.
type built struct {
	files  fs.FS
	policy string   // what its pages may load and run
	packed sync.Map // answers that were compressed, by the ETag of what they were
}

// hand hands out the front end. An address that is no file is one of its own
// pages, which its script shows.
func (b *built) hand(c echo.Context) error {
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
	return b.reply(c, rendered(echo.MIMETextHTMLCharsetUTF8, page))
}

func (b *built) page() ([]byte, error) {
	page, err := fs.ReadFile(b.files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ReadFile(b.files, "placeholder.html")
	}
	return page, err
}

func (b *built) reply(c echo.Context, r *Rendered) error {
	head := c.Response().Header()
	head.Set("Content-Security-Policy", b.policy)
	if !packs(r.ContentType) {
		return reply(c, r)
	}
	head.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if !strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		return reply(c, r)
	}
	packed, err := b.pack(r)
	if err != nil {
		return err
	}
	head.Set(echo.HeaderContentEncoding, "gzip")
	return reply(c, packed)
}

// packs says whether compressing a content makes it smaller: pictures and fonts
// are compressed already.
func packs(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "javascript") ||
		strings.Contains(contentType, "json") || strings.Contains(contentType, "svg")
}

// pack compresses an answer once: on a slow phone the script of a front end takes
// a third of the time.
func (b *built) pack(r *Rendered) (*Rendered, error) {
	if known, ok := b.packed.Load(r.ETag); ok {
		return known.(*Rendered), nil
	}
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(r.Body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, err
	}
	packed := rendered(r.ContentType, small.Bytes())
	packed.CacheControl = r.CacheControl
	b.packed.Store(r.ETag, packed)
	return packed, nil
}

// toFolder sends on who left out the slash at the end.
func toFolder(c echo.Context) error {
	return c.Redirect(http.StatusMovedPermanently, c.Request().URL.Path+"/")
}
