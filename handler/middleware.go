package handler

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/oklog/ulid/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type requestKey struct{}

var plainID = regexp.MustCompile(`^[0-9A-Za-z-]{8,64}$`)

// identify gives every request a number, or keeps the one a client sent.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !plainID.MatchString(id) {
			id = ulid.MustNew(ulid.Now(), rand.Reader).String()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestKey{}, id)))
		return next(c)
	}
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "yuandu_http_request_seconds", Help: "Time to answer, by route and status class.",
	Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
}, []string{"route", "status"})

// measured counts and logs by route, never by address: addresses hold what
// people look for.
func measured(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took, status := time.Since(began), c.Response().Status
		requests.WithLabelValues(c.Path(), strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
		slog.Debug("request", "method", c.Request().Method, "route", c.Path(), "status", status,
			"took", took.Round(time.Microsecond), "request", requestID(c.Request().Context()))
		return nil
	}
}

// recovered turns a panic into a fault.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p) // the server ends the connection
			default:
				err = fmt.Errorf("panic in %s: %s\n%s", c.Path(), panicReason(p), debug.Stack())
			}
		}()
		return next(c)
	}
}

// panicReason is what is logged of a panic: other words than the runtime's own
// might be somebody's.
func panicReason(p any) string {
	if e, ok := p.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", p)
}

const (
	noCache       = "no-cache"
	contentPolicy = "default-src 'self'; script-src 'none'; object-src 'none'; " +
		"base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)

// harden adds the headers that keep pages from loading or leaking anything,
// and caches from keeping what they weren't told to.
func harden(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set(echo.HeaderCacheControl, noCache)
		return next(c)
	}
}

// patched lets a resident's POST stand for a PATCH: WeChat's mini programs can
// send none.
func patched(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		meant := r.Header.Get("X-HTTP-Method-Override")
		if r.Method == http.MethodPost && meant == http.MethodPatch && strings.HasPrefix(r.URL.Path, "/api/v1/") {
			r.Method = meant
		}
		return next(c)
	}
}

var plainField = regexp.MustCompile(`^[a-z_]{1,20}$`)

// readable refuses an address that is no text: broken escapes, or another
// encoding than UTF-8. Left alone, what can't be read would be left out, and
// something else answered.
func readable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, v := range c.ParamValues() {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return echo.ErrNotFound
			}
		}
		for pair := range strings.SplitSeq(c.Request().URL.RawQuery, "&") {
			name, value, _ := strings.Cut(pair, "=")
			switch {
			case isText(name) && isText(value) && !strings.Contains(pair, ";"):
			case plainField.MatchString(name):
				return errUnreadable.With(name, nil)
			default:
				return errUnreadable
			}
		}
		return next(c)
	}
}

// isText says whether what stands in an address, escaped, is UTF-8.
func isText(escaped string) bool {
	text, err := url.QueryUnescape(escaped)
	return err == nil && utf8.ValidString(text)
}
