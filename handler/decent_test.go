package handler_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"yuandu/handler"
)

// isDecent is what every answer of the house must be, whatever was asked.
func (a *answer) isDecent(t testing.TB) {
	t.Helper()
	if a.StatusCode >= http.StatusInternalServerError && !strings.HasSuffix(a.ask, "#fault") {
		t.Errorf("%.100s: status %d: %s", a.ask, a.StatusCode, a.body)
	}
	if a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%.100s: browsers may guess what it is", a.ask)
	}
	if !strings.Contains(a.Header.Get("Content-Security-Policy"), "script-src 'none'") {
		t.Errorf("%.100s: scripts may run: %q", a.ask, a.Header.Get("Content-Security-Policy"))
	}
	if a.Header.Get("X-Request-Id") == "" {
		t.Errorf("%.100s: has no request id", a.ask)
	}
	if a.Header.Get("Cache-Control") == "" {
		t.Errorf("%.100s: a cache may keep it as it likes", a.ask)
	}
	path, _, _ := strings.Cut(a.Request.URL.Path, "?")
	if a.StatusCode >= http.StatusBadRequest && strings.HasPrefix(path, "/api/") &&
		a.Request.Method != http.MethodHead {
		a.isProblem(t)
	}
}

// isProblem is what every refusal is.
func (a *answer) isProblem(t testing.TB) handler.Problem {
	t.Helper()
	var p handler.Problem
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Fatalf("%.100s: no problem but %.300q (%v)", a.ask, a.body, err)
	}
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%.100s: a problem of type %q", a.ask, kind)
	}
	if p.Status != a.StatusCode || p.Code == "" || p.RequestID != a.Header.Get("X-Request-Id") {
		t.Errorf("%.100s: %d %s answered as %s", a.ask, a.StatusCode, a.Header.Get("X-Request-Id"), a.body)
	}
	sentences := []string{p.Title, p.Detail}
	for _, f := range p.Errors {
		sentences = append(sentences, f.Message)
		if f.Field == "" {
			t.Errorf("%.100s: names no field: %s", a.ask, a.body)
		}
	}
	for _, s := range sentences {
		if !isChinese(s) {
			t.Errorf("%.100s: says %q", a.ask, s)
		}
	}
	a.echoesNothing(t)
	return p
}

// ourWord is what a sentence of ours may hold: numbers, and the names that a
// field can have.
var ourWord = regexp.MustCompile(`^[a-z0-9_]{0,12}$`)

// echoesNothing: what was asked for is never in a refusal, where it might be
// logged, shown to others, or run.
func (a *answer) echoesNothing(t testing.TB) {
	t.Helper()
	for _, values := range a.Request.URL.Query() {
		for _, v := range values {
			if len(v) > 1 && !ourWord.MatchString(v) && strings.Contains(a.body, v[:min(len(v), 40)]) {
				t.Errorf("%.100s: is repeated in %.300s", a.ask, a.body)
			}
		}
	}
	last := a.Request.URL.Path[strings.LastIndex(a.Request.URL.Path, "/")+1:]
	if plain, err := url.PathUnescape(last); err == nil && len(plain) > 8 && strings.Contains(a.body, plain) {
		t.Errorf("%.100s: its address is repeated in %s", a.ask, a.body)
	}
}

func isChinese(s string) bool {
	han := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return han >= 3
}

// problem asks what must be refused.
func (h *house) problem(t testing.TB, ask string, with ...string) handler.Problem {
	t.Helper()
	return h.ask(t, ask, with...).isProblem(t)
}

// read asks for JSON that is there.
func read[T any](t testing.TB, h *house, ask string, with ...string) T {
	t.Helper()
	a := h.ask(t, ask, with...)
	var v T
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%.100s: %d %s", ask, a.StatusCode, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%.100s: %v in %.300s", ask, err, a.body)
	}
	return v
}
