package handler

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/service/file"
)

// shownInPlace are the media types that a browser may show itself; everything
// else is only saved, so that no uploaded page ever runs on our address.
var shownInPlace = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true, "image/webp": true,
	"audio/mpeg": true, "audio/ogg": true, "video/mp4": true}

// getFile streams a file of a public document.
func (h *handler) getFile(c echo.Context) error {
	f, err := h.File.Open(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return stream(c, f)
}

// getKeptFile streams a file to staff who may read a document that has it.
func (h *handler) getKeptFile(c echo.Context) error {
	ctx := c.Request().Context()
	f, err := h.File.OpenFor(ctx, by(ctx), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return stream(c, f)
}

// stream gives out a file, whole or in ranges, and closes it.
func stream(c echo.Context, f *file.Opened) error {
	defer f.Bytes.Close()
	disposition := "attachment"
	if shownInPlace[f.MediaType] {
		disposition = "inline"
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, cmp.Or(f.MediaType, echo.MIMEOctetStream))
	saved := map[string]string{"filename": plainName(f.Name)}
	head.Set(echo.HeaderContentDisposition, mime.FormatMediaType(disposition, saved))
	head.Set("ETag", `"`+f.SM3+`"`)
	return serveContent(c, f.Bytes.ModTime(), f.Bytes)
}

// serveContent sends bytes, whole or in ranges, under the headers that are set.
func serveContent(c echo.Context, at time.Time, content io.ReadSeeker) error {
	head := c.Response().Header()
	w := &unrefusing{c.Response(), 0}
	http.ServeContent(w, c.Request(), "", at, content)
	if w.refused == 0 {
		return nil
	}
	head.Del(echo.HeaderContentDisposition)
	head.Set(echo.HeaderCacheControl, noCache)
	return echo.NewHTTPError(w.refused)
}

// unrefusing keeps back what ServeContent says where it refuses, so that it
// can be said as any other problem is.
type unrefusing struct {
	*echo.Response
	refused int
}

func (w *unrefusing) WriteHeader(status int) {
	if status >= http.StatusBadRequest {
		w.refused = status
		return
	}
	w.Response.WriteHeader(status)
}

func (w *unrefusing) Write(p []byte) (int, error) {
	if w.refused != 0 {
		return len(p), nil
	}
	return w.Response.Write(p)
}

// ReadFrom sends what is read as the server itself would, with memory that it keeps for that.
func (w *unrefusing) ReadFrom(r io.Reader) (n int64, err error) {
	to, ok := w.Writer.(io.ReaderFrom)
	if w.refused != 0 || !w.Committed || !ok {
		return io.Copy(onlyWriter{w}, r)
	}
	n, err = to.ReadFrom(r)
	w.Size += n
	return n, err
}

// onlyWriter hides that a writer can read.
type onlyWriter struct{ io.Writer }

// plainName keeps what a file name may hold on any phone.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	return strings.TrimLeft(name, ".")
}
