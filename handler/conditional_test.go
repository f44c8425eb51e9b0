package handler_test

import (
	"net/http"
	"testing"
)

// reads are all addresses that answer somebody who only reads.
var reads = []string{
	"/api/v1/policies?q=养老", "/api/v1/policies", "/api/v1/policies/«鸢政发〔2023〕1号»", "/api/v1/policies/suggest?q=养",
	"/api/v1/interpretations/«一图读懂：养老服务»", "/api/v1/topics", "/api/v1/departments", "/api/v1/search?q=养老",
	"/api/v1/search/hot", "/api/v1/home",
	"/api/v1/files/«picture.png»", "/api/openapi.json", "/api",
	"/", "/policies?q=养老", "/policies/«鸢政发〔2023〕1号»", "/interpretations/«一图读懂：养老服务»", "/departments",
	"/sitemap.xml", "/robots.txt", "/static/site.css", "/static/mark.svg",
}

func TestWhatIsKnownAlreadyIsNotSentAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range reads {
			first := h.ask(t, "GET "+address)
			tag := first.Header.Get("ETag")
			if first.StatusCode != http.StatusOK || tag == "" || first.Header.Get("Cache-Control") != "no-cache" ||
				first.body == "" {
				t.Errorf("%s: %d, ETag %q, Cache-Control %q", address, first.StatusCode, tag,
					first.Header.Get("Cache-Control"))
			}
			for known, status := range map[string]int{
				tag: 304, "W/" + tag: 304, `"a", W/"b",` + tag: 304, "*": 304,
				`"a"`: 200, "": 200, tag[1 : len(tag)-1]: 200, `"` + tag + `"`: 200, ",,,": 200,
			} {
				a := h.ask(t, "GET "+address, "If-None-Match: "+known)
				if a.StatusCode != status {
					t.Errorf("%s known as %q: %d", address, known, a.StatusCode)
				}
				if status == 304 && (a.body != "" || a.Header.Get("ETag") != tag ||
					a.Header.Get("Cache-Control") != "no-cache") {
					t.Errorf("%s: 304 with %v and %q", address, a.Header, a.body)
				}
				if status == 200 && a.body != first.body {
					t.Errorf("%s: changed", address)
				}
			}
		}
	})
}

func TestTheHeadOfAReadIsThatOfItsAnswer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range append(reads, "/healthz", "/readyz", "/view", "/api/v1/policies?limit=0", "/nothing",
			"/api/v1/nothing") {
			get, head := h.ask(t, "GET "+address), h.ask(t, "HEAD "+address)
			if head.StatusCode != get.StatusCode || head.body != "" {
				t.Errorf("%s: GET %d, HEAD %d with %q", address, get.StatusCode, head.StatusCode, head.body)
			}
			for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "Location"} {
				if head.Header.Get(name) != get.Header.Get(name) {
					t.Errorf("%s: %s %q, by HEAD %q", address, name, get.Header.Get(name), head.Header.Get(name))
				}
			}
		}
	})
}
