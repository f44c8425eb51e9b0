package handler

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// leastCompressed is from how many bytes on an answer is sent compressed: a
// smaller one fits into one packet as it is.
const leastCompressed = 1400

// compressed sends pages and public answers in fewer bytes: a phone on a slow
// network waits for each. What is for one person alone is sent as it is, so that
// its length tells nothing of what stands in it beside what was asked (BREACH);
// files are sent as they are too, most are compressed already and all can be
// asked for in parts.
func compressed() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{Level: 5, MinLength: leastCompressed, Skipper: func(c echo.Context) bool {
		path := c.Request().URL.Path
		for _, own := range []string{"/admin/", pathMe, "/api/v1/files/", "/sim/"} {
			if strings.HasPrefix(path, own) {
				return true
			}
		}
		for _, small := range []string{soundEnding, pictureEnding} {
			if strings.HasSuffix(path, small) {
				return true
			}
		}
		return c.Request().Method != http.MethodGet || c.Request().Header.Get("Range") != ""
	}})
}
