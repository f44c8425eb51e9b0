package handler_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"yuandu/wechat/sim"
)

// rebuilt serves the same house with a built web page, and whatever else is
// changed of it.
func (h *house) rebuilt(t testing.TB, files fstest.MapFS, standIns bool) {
	t.Helper()
	changed := h.handler
	changed.MiniProgram = files
	if standIns {
		changed.Simulator = h.sim.Handler()
	}
	h.server = serve(t, changed)
}

var webBuild = fstest.MapFS{
	"index.html":         {Data: []byte("<title>手机网页</title>")},
	"placeholder.html":   {Data: []byte("make web")},
	"assets/index-1a.js": {Data: []byte("console.log(1)")},
	"static/icons.css":   {Data: []byte(".icon{}")},
}

// fetch asks as a browser does, and follows nothing.
func (h *house) fetch(t testing.TB, ask string) (*http.Response, string) {
	t.Helper()
	method, address, _ := strings.Cut(ask, " ")
	r, err := http.NewRequest(method, h.server.URL+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestTheMiniProgramsWebBuildIsServed(t *testing.T) {
	h := raise(t, embedded)
	h.rebuilt(t, fstest.MapFS{"placeholder.html": {Data: []byte("make web")}}, false)
	if _, page := h.fetch(t, "GET /m/"); page != "make web" {
		t.Errorf("before anybody has built it: %q", page)
	}
	h.rebuilt(t, webBuild, false)
	const lasting = "public, max-age=31536000, immutable"
	for _, s := range []struct{ name, address, says, kept string }{
		{"the first page", "/m/", "手机网页", "no-cache"},
		{"a page of its own, as somebody shared it", "/m/packages/policy/detail?id=01", "手机网页", "no-cache"},
		{"the page under its file's name", "/m/index.html", "手机网页", "no-cache"},
		{"a folder is no file", "/m/static", "手机网页", "no-cache"},
		{"what it loads, which has its hash in its name", "/m/assets/index-1a.js", "console.log", lasting},
		{"what has none", "/m/static/icons.css", ".icon", "no-cache"},
	} {
		answer, body := h.fetch(t, "GET "+s.address)
		head := answer.Header
		if answer.StatusCode != 200 || !strings.Contains(body, s.says) || head.Get("Cache-Control") != s.kept || head.Get("ETag") == "" {
			t.Errorf("%s: %d %q, kept by %q", s.name, answer.StatusCode, body, head.Get("Cache-Control"))
		}
		for _, rule := range []string{"default-src 'self'", "script-src 'self';", "img-src 'self' data: blob:", "media-src 'self'", "frame-ancestors 'none'"} {
			if policy := head.Get("Content-Security-Policy"); !strings.Contains(policy, rule) {
				t.Errorf("%s: %s is not in %q", s.name, rule, policy)
			}
		}
	}
	h.tell(t, []story{
		{name: "what it does not have, like a script of the last release", ask: "GET /m/assets/index-0a.js", status: 404},
		{name: "nor a picture", ask: "GET /m/static/none.png", status: 404},
		{name: "nothing outside of it", ask: "GET /m/assets/..%2F..%2Fgo.mod", status: 404},
	})
	if answer, _ := h.fetch(t, "GET /m"); answer.StatusCode != 301 || answer.Header.Get("Location") != "/m/" {
		t.Errorf("without its slash: %d to %q", answer.StatusCode, answer.Header.Get("Location"))
	}
}

func TestAPageOfTheWebBuildBeginsWithItsFirstWords(t *testing.T) {
	eachAnew(t, pageBegins)
}

func pageBegins(t *testing.T, h *house) {
	h.rebuilt(t, fstest.MapFS{"index.html": {Data: []byte("<div id=app><!-- first words --></div>")}}, false)
	for _, s := range []struct{ name, address, says, asks string }{
		{"the first page with what is new", "/m/", `<h2>最新政策</h2><a href="/m/packages/policy/policy?id=`, "</api/v1/home>"},
		{"a document with its title and its first lines", "/m/packages/policy/policy?id=«鸢政发〔2023〕1号»", "<h1>鸢都市", "</api/v1/policies/"},
		{"a page of its own with nothing yet", "/m/pages/mine/mine", "<div id=app></div>", ""},
		{"a document that is not there as well: its script says so", "/m/packages/policy/policy?id=none", "<div id=app></div>", ""},
		{"nobody writes into it from outside", "/m/packages/policy/policy?id=%3Cscript%3E", "<div id=app></div>", ""},
	} {
		answer, body := h.fetch(t, "GET "+h.fill(t, s.address))
		if answer.StatusCode != 200 || !strings.Contains(body, s.says) || !strings.HasPrefix(answer.Header.Get("Link"), s.asks) {
			t.Errorf("%s: %d %q, asked first: %q", s.name, answer.StatusCode, body, answer.Header.Get("Link"))
		}
	}
}

// In the demo the page at /m/ lists the simulator's people, takes a login code of
// one of them as wx.login would give it, and a phone code as the phone button
// would: plain requests to its own origin, without a body or headers of ours.
func TestInTheDemoABrowserSignsInAsSomebodyOfTheSimulator(t *testing.T) {
	h := raise(t, embedded)
	h.tellPrivacy(t, "第一次发布")
	if _, city := h.fetch(t, "GET /api/v1/city"); !strings.Contains(city, `"stand_in":false`) {
		t.Errorf("where people are real: %s", city)
	}
	if answer, _ := h.fetch(t, "GET /sim/control/api/people"); answer.StatusCode != 404 {
		t.Errorf("there is a simulator: %d", answer.StatusCode)
	}
	h.sim.Person("王芳")
	h.rebuilt(t, webBuild, true)
	if _, city := h.fetch(t, "GET /api/v1/city"); !strings.Contains(city, `"stand_in":true`) {
		t.Errorf("in the demo: %s", city)
	}
	var people []sim.Person
	if _, body := h.fetch(t, "GET /sim/control/api/people"); json.Unmarshal([]byte(body), &people) != nil || len(people) != 1 || people[0].Name != "王芳" {
		t.Fatal(body)
	}
	code := func(kind string) string {
		var out struct{ Code string }
		answer, body := h.fetch(t, "POST /sim/control/api/people/"+url.PathEscape(people[0].Name)+"/"+kind)
		if err := json.Unmarshal([]byte(body), &out); err != nil || answer.StatusCode != 200 || out.Code == "" {
			t.Fatalf("%s: %d %s", kind, answer.StatusCode, body)
		}
		return out.Code
	}
	v := h.visit(t)
	v.Token = v.must("POST /api/v1/login", map[string]string{"code": code("login-code"), "device": "浏览器"})["token"].(string)
	v.must("POST /api/v1/me/consent", map[string]any{"version": 1})
	if phone := v.must("POST /api/v1/me/phone", map[string]string{"code": code("phone-code")})["phone"].(string); len(phone) != 11 {
		t.Errorf("the phone is shown as %q", phone)
	}
}
