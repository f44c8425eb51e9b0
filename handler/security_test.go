package handler_test

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"yuandu/handler"
)

func TestARequestKeepsItsNumberIfThatIsPlain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for sent, kept := range map[string]bool{
			"01M85YPA2X4ZF4M1YTCWDG379S": true, "c0ffee00-1234-5678-9abc-def012345678": true, "abcdefgh": true,
			"": false, "short": false, "with blanks in it": false, "<script>alert(1)</script>": false,
			"12345678\tforged=1":    false,
			strings.Repeat("a", 65): false, "请求编号请求编号": false, "a=b;c=d,e": false,
		} {
			got := h.ask(t, "GET /api/v1/topics", "X-Request-Id: "+sent).Header.Get("X-Request-Id")
			if (got == sent) != kept || got == "" {
				t.Errorf("%q: %q", sent, got)
			}
		}
		if p := h.problem(t, "GET /api/v1/policies?limit=0", "X-Request-Id: abcdefgh-1"); p.RequestID != "abcdefgh-1" {
			t.Errorf("a problem is of request %q", p.RequestID)
		}
		first, second := h.ask(t, "GET /"), h.ask(t, "GET /")
		if first.Header.Get("X-Request-Id") == second.Header.Get("X-Request-Id") {
			t.Error("two requests have one number")
		}
	})
}

// A house without walls: whoever asks it for anything makes it panic.
func TestAPanicIsAFaultThatShowsNothing(t *testing.T) {
	server := serve(t, handler.House{})
	before := len(logged.String())
	a := askAt(t, server, "GET /api/v1/policies?q=私密的问题#fault", "X-Request-Id: panic-api-1")
	p := a.isProblem(t)
	if a.StatusCode != http.StatusInternalServerError || p.Code != "fault" || p.RequestID != "panic-api-1" ||
		!strings.Contains(p.Detail, "panic-api-1") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	page := askAt(t, server, "GET /policies?q=私密的问题#fault", "X-Request-Id: panic-page-1")
	if page.StatusCode != http.StatusInternalServerError || !strings.Contains(page.body, "<h1>服务器出错了</h1>") ||
		!strings.Contains(page.body, "panic-page-1") {
		t.Errorf("%d %s", page.StatusCode, page.body)
	}
	for _, inside := range []string{"panic:", "runtime error", ".go:", "goroutine", "nil pointer", "yuandu/",
		"handler."} {
		if strings.Contains(a.body, inside) || strings.Contains(page.body, inside) {
			t.Errorf("%q is shown", inside)
		}
	}
	log := logged.String()[before:]
	if strings.Count(log, "level=ERROR") != 2 || !strings.Contains(log, "request=panic-api-1") ||
		!strings.Contains(log, "nil pointer") || !strings.Contains(log, "handler/policy.go") {
		t.Errorf("logged: %s", log)
	}
}

// What people look for, and from where, is in no log, whatever happens.
func TestNobodysQuestionIsInALog(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		var log bytes.Buffer
		was := slog.Default()
		slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
		defer slog.SetDefault(was)
		before := len(logged.String())
		secret := []string{"工伤赔偿纠纷", "mimi-wenti-4711"}
		asks := func(fault string) {
			for _, s := range secret {
				for _, ask := range []string{"GET /api/v1/policies?q=", "GET /api/v1/search?q=",
					"GET /api/v1/policies/suggest?q=", "GET /policies?q=",
					"GET /api/v1/policies?limit=0&q=", "GET /api/v1/policies?category=", "GET /policies?topic=",
					"GET /api/v1/policies?sort=", "GET /api/v1/policies/",
					"GET /policies/", "GET /", "GET /view?back=/policies?q=", "POST /api/v1/policies?q=", "GET /api/v1/policies?q=%ff"} {
					h.ask(t, ask+s+fault, "Referer: https://example.com/"+faraway, "User-Agent: "+s)
				}
			}
		}
		asks("")
		h.index.away.Store(true)
		asks("#fault")
		h.store.Close()
		asks("#fault")
		server := h.server
		h.server = serve(t, handler.House{PublicURL: publicURL})
		asks("#fault")
		_, port, err := net.SplitHostPort(server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		all := log.String() + logged.String()[before:]
		if !strings.Contains(all, "route=/api/v1/policies") || !strings.Contains(all, "msg=fault") {
			t.Fatalf("nothing was logged: %.300s", all)
		}
		for _, never := range append(secret, faraway, "%E5%B7%A5", `\u5de5`, "127.0.0.1:"+port, "[::1]") {
			if at := strings.Index(all, never); at >= 0 {
				t.Errorf("%q is logged: %.500s", never, all[max(0, at-200):])
			}
		}
	})
}

func TestPagesMayNotLoadOrLeakAnything(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range reads {
			head := h.ask(t, "GET "+address).Header
			policy := head.Get("Content-Security-Policy")
			for _, rule := range []string{"default-src 'self'", "script-src 'none'", "object-src 'none'",
				"base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'"} {
				if !strings.Contains(policy, rule) {
					t.Errorf("%s: %s is not in %q", address, rule, policy)
				}
			}
			if head.Get("Referrer-Policy") != "same-origin" || head.Get("X-Frame-Options") != "SAMEORIGIN" {
				t.Errorf("%s: %v", address, head)
			}
			if len(head.Values("Set-Cookie")) > 0 || head.Get("Server") != "" {
				t.Errorf("%s: %v", address, head)
			}
		}
	})
}
