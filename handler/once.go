package handler

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/once"
)

// isWrite says whether a request changes something, by its method.
func isWrite(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// signIns are the writes that need no key: before them nobody is known.
var signIns = map[string]bool{"/api/v1/login": true, "/admin/v1/sign-in": true, "/admin/v1/sign-in/code": true, "/admin/v1/sign-in/recovery": true}

var requestKeyShape = regexp.MustCompile(`^[!-~]{8,128}$`)

// streamed are the writes that read what they are sent piece by piece, and look after
// themselves: files are told apart by their hash, and what is checked on the page of
// proofs is not kept.
var streamed = map[string]bool{pathFiles: true, pathImports: true, pathIssues: true, pathLetterFiles: true, pathLetterFilesOfStaff: true, "/proof": true,
	pathPushed: true}

// unkeyed says whether a write needs no key: what is asked before a letter keeps nothing.
func unkeyed(path string) bool { return signIns[path] || path == pathRelated }

// maxBody is the most that a write may bring along, in bytes.
const maxBody = 1 << 20

// onceOnly gives a write that was done the answer of before. It reads what a write
// brings within the server's own limit.
func (h *handler) onceOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		p := presenceOf(r.Context())
		if !isWrite(r.Method) || streamed[r.URL.Path] {
			return next(c)
		}
		body, err := wholeBody(c)
		if err != nil {
			return err
		}
		if p.scope == "" || unkeyed(r.URL.Path) {
			return next(c)
		}
		key, err := requestKeyOf(r)
		if err != nil {
			return err
		}
		return h.doOnce(c, once.Name(p.scope, key, r.Method+" "+r.URL.Path, body), next)
	}
}

func requestKeyOf(r *http.Request) (string, error) {
	key := r.Header.Get("Idempotency-Key")
	switch {
	case key == "":
		return "", once.ErrKeyMissing
	case !requestKeyShape.MatchString(key):
		return "", once.ErrKeyMalformed
	}
	return key, nil
}

// doOnce does a write of a name, or gives the answer of before.
func (h *handler) doOnce(c echo.Context, name *model.Once, do echo.HandlerFunc) error {
	before, end, err := h.Once.Begin(c.Request().Context(), name)
	switch {
	case err != nil:
		return err
	case before != nil && before.Status == 0:
		return h.tellOfMade(c, name, before.Made)
	case before != nil:
		return replay(c, before)
	}
	return record(c, name, do, end)
}

// tellOfMade answers a request whose answer was lost: whoever sent a letter is told its
// number, others that it was done.
func (h *handler) tellOfMade(c echo.Context, name *model.Once, made string) error {
	if name.Route != http.MethodPost+" "+pathSentLetters {
		return model.ErrDoneBefore
	}
	l, err := h.getMyLetter(c.Request().Context(), &LetterID{ID: made})
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, l.CacheControl)
	c.Response().Header().Set("Idempotent-Replayed", "true")
	return c.JSON(http.StatusCreated, l.Body)
}

// wholeBody reads what a write brings along and lets it be read again.
func wholeBody(c echo.Context) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, errTooLarge
	case err != nil:
		return nil, errUnreadable
	}
	c.Request().Body = io.NopCloser(bytes.NewReader(body))
	return body, nil
}

// replayed are the headers of an answer that are given again with it.
var replayed = []string{echo.HeaderContentType, "ETag", echo.HeaderSetCookie, echo.HeaderCacheControl}

func replay(c echo.Context, a *once.Answer) error {
	for name, value := range a.Head {
		c.Response().Header().Set(name, value)
	}
	c.Response().Header().Set("Idempotent-Replayed", "true")
	c.Response().WriteHeader(a.Status)
	_, err := c.Response().Write(a.Body)
	return err
}

// record does a write and keeps its answer where it went well.
func record(c echo.Context, name *model.Once, next echo.HandlerFunc, end func(*once.Answer)) error {
	var kept *once.Answer
	defer func() { end(kept) }()
	tee := &teeWriter{ResponseWriter: c.Response().Writer}
	c.Response().Writer = tee
	c.SetRequest(c.Request().WithContext(model.WithOnce(c.Request().Context(), name)))
	if err := next(c); err != nil {
		return err
	}
	if c.Response().Status/100 == 2 {
		kept = &once.Answer{Status: c.Response().Status, Head: map[string]string{}, Body: tee.body.Bytes()}
		for _, header := range replayed {
			if value := c.Response().Header().Get(header); value != "" {
				kept.Head[header] = value
			}
		}
	}
	return nil
}

// teeWriter writes an answer and remembers it.
type teeWriter struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (w *teeWriter) Write(b []byte) (int, error) {
	w.body.Write(b)
	return w.ResponseWriter.Write(b)
}

func (w *teeWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
