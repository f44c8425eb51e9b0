package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"yuandu/model"
)

// call is one request to one of WeChat's APIs.
type call struct {
	sim    *Sim
	now    time.Time
	path   string
	method string
	query  url.Values
	body   []byte
	pushes []message // to be sent when it is answered
}

// route is one API: how it is called and where that is written.
type route struct {
	Path   string
	Method string
	Source string // a page, "observed" or "unknown"
	Note   string
	free   bool // needs no access_token
	do     func(*call) answer
	holds  func(*call) string // the openid that may be in one call at a time
	limits []Limit
}

// newRoutes lists every API. Pages are below
// developers.weixin.qq.com/miniprogram/dev/server/API.
func newRoutes() (map[string]*route, map[string][]Limit) {
	const minute, day = time.Minute, 24 * time.Hour
	get, post := http.MethodGet, http.MethodPost
	list := []*route{
		{Path: "/sns/jscode2session", Method: get, free: true, do: signIn, Source: "user-login/api_code2session",
			Note: "40163 用过的 code：observed；每人每分钟 100 次：旧文档"},
		{Path: "/cgi-bin/stable_token", Method: post, free: true, do: stableToken,
			Source: "mp-access-token/api_getstableaccesstoken", Note: "强制刷新过频时答 45011、过多时答 45009：unknown",
			limits: []Limit{{minute, 10_000, 45011}, {day, 500_000, 45009}}},
		{Path: "/cgi-bin/token", Method: get, free: true, do: plainToken, Source: "mp-access-token/api_getaccesstoken",
			limits: []Limit{{day, 2_000, 45009}}},
		{Path: "/cgi-bin/message/subscribe/send", Method: post, do: send, holds: receiver,
			Source: "mp-message-management/subscribe-message/api_sendmessage",
			Note:   "msgid、失败是否扣次数：unknown（开关）；43108 的间隔：unknown",
			limits: []Limit{{day, 10_000_000, 45009}}},
		{Path: "/wxa/business/getuserphonenumber", Method: post, do: phoneNumber,
			Source: "user-info/phone-number/api_getphonenumber",
			Note:   "用过的 code 答 40029：observed；别人的 openid 也答 40029：unknown"},
		{Path: "/wxa/msg_sec_check", Method: post, do: checkText,
			Source: "sec-center/sec-check", Note: "超过 2500 字答 45002：unknown",
			limits: []Limit{{minute, 4_000, 44991}, {day, 2_000_000, 45009}}},
		{Path: "/wxa/media_check_async", Method: post, do: checkMedia,
			Source: "sec-center/sec-check", Note: "一分钟内重复的地址答 87020：unknown",
			limits: []Limit{{minute, 2_000, 44991}, {day, 200_000, 45009}}},
		{Path: "/wxa/getwxacodeunlimit", Method: post, do: codeImage,
			Source: "qrcode-link/qr-code/api_getunlimitedqrcode", Note: "图案是画的，扫不出来",
			limits: []Limit{{minute, 5_000, 45009}}},
		{Path: "/wxa/generate_urllink", Method: post, do: urlLink, Source: "qrcode-link（获取加密URLLink）",
			limits: []Limit{{time.Second, 100, 44990}, {day, 500_000, 44993}}},
		{Path: "/wxa/generatescheme", Method: post, do: urlScheme, Source: "qrcode-link（获取加密scheme码）",
			limits: []Limit{{time.Second, 100, 44990}, {day, 500_000, 44993}}},
		{Path: "/cgi-bin/openapi/quota/get", Method: post, do: quota, Source: "openApi-mgnt"},
		{Path: "/cgi-bin/clear_quota", Method: post, do: clearQuota, Source: "openApi-mgnt"},
		{Path: "/cgi-bin/openapi/quota/clear", Method: post, do: clearOneQuota, Source: "openApi-mgnt"},
		{Path: "/cgi-bin/getcallbackip", Method: get, do: callbackIPs, Source: "openApi-mgnt"},
	}
	routes, limits := map[string]*route{}, map[string][]Limit{}
	for _, r := range list {
		routes[r.Path], limits[r.Path] = r, r.limits
	}
	return routes, limits
}

// ServeHTTP answers one of WeChat's calls.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
	if err != nil {
		return
	}
	c := &call{sim: s, path: r.URL.Path, method: r.Method, query: r.URL.Query(), body: body}
	fault := s.takeFault(c.path)
	if fault.Cut && !fault.AfterWork {
		s.note(c, cutCall)
		panic(http.ErrAbortHandler)
	}
	leave, alone := s.enter(c)
	fault.wait(r.Context())
	a := fail(43108)
	if alone {
		a = fault.change(s.work, c)
	}
	leave() // before the answer: the caller's next call may be quick
	s.finish(w, c, fault, a)
}

// finish writes the answer, with what was to be pushed before or behind it.
func (s *Sim) finish(w http.ResponseWriter, c *call, fault *Fault, a answer) {
	first := s.Switches().SentBeforeAnswer
	start := s.queue(c.pushes)
	if first {
		<-start()
	} else {
		defer start()
	}
	if fault.Cut {
		s.note(c, cutCall)
		panic(http.ErrAbortHandler)
	}
	s.note(c, a.code)
	if fault.Status != 0 {
		w.WriteHeader(fault.Status)
	}
	s.write(w, a)
}

// work is what the API does when nothing is made to fail.
func (s *Sim) work(c *call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.now = s.clock.Now()
	r, known := s.routes[c.path]
	switch {
	case !known:
		return fail(40066)
	case c.method != r.Method && r.Method == http.MethodGet:
		return fail(43001)
	case c.method != r.Method:
		return fail(43002)
	}
	if !r.free {
		if code := s.tokens.check(c.query.Get("access_token"), c.now); code != 0 {
			return fail(code)
		}
	}
	if code := s.spendLimit(c.path, c.now); code != 0 {
		return fail(code)
	}
	return r.do(c)
}

// enter lets one call at a time to the same openid through.
func (s *Sim) enter(c *call) (leave func(), alone bool) {
	r := s.routes[c.path]
	if r == nil || r.holds == nil {
		return func() {}, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.byOpenID(r.holds(c))
	if p == nil {
		return func() {}, true
	}
	p.busy++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		p.busy--
	}, p.busy == 1
}

// read decodes the body; what is no JSON is 47001.
func (c *call) read(into any) bool { return json.Unmarshal(c.body, into) == nil }

func today(now time.Time) string { return string(model.Today(now)) }
