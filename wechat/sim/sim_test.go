package sim_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/wechat/sim"
)

type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// city is a simulator below /sim, as the demo has it.
type city struct {
	*testing.T
	sim   *sim.Sim
	clock *handClock
	base  string
}

const secret = "the-secret-of-the-app"

func newCity(t *testing.T) *city {
	c := &city{T: t, clock: &handClock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, model.Shanghai)}}
	c.sim = sim.New(sim.Options{
		AppID: "wx1", Secret: secret, Clock: c.clock, People: []string{"王芳"}, Pages: []string{"pages/index/index"},
		Templates: []sim.Template{
			{ID: "once", Title: "来信答复提醒", Keys: []sim.Key{{Name: "thing1", Label: "来信标题"}, {Name: "enum2", Label: "状态", Enum: []string{"已答复"}}}},
			{ID: "same", Title: "来信答复提醒"},
			{ID: "long", Title: "办理进度提醒", Long: true},
			{ID: "gone", Title: "停用的模板", Banned: true},
		},
	})
	mux := http.NewServeMux()
	mux.Handle("/sim/", http.StripPrefix("/sim", c.sim.Handler()))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	c.base = server.URL + "/sim"
	return c
}

// ask sends "GET /path" or "POST /path", and answers with the body.
func (c *city) ask(request, body string) string {
	c.Helper()
	method, path, _ := strings.Cut(request, " ")
	r, err := http.NewRequestWithContext(c.Context(), method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}
	if strings.HasPrefix(path, "/control/") && !strings.HasPrefix(path, "/control/api/") {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		c.Fatalf("%s: %s, %v", request, answer.Status, err)
	}
	return string(text)
}

func (c *city) wants(request, body, want string) {
	c.Helper()
	if got := c.ask(request, body); !strings.Contains(got, want) {
		c.Errorf("%s %s:\n got %s\nwant %s", request, body, got, want)
	}
}

func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}

func (c *city) token() string {
	c.Helper()
	body := `{"grant_type":"client_credential","appid":"wx1","secret":"` + secret + `"}`
	return between(c.ask("POST /cgi-bin/stable_token", body), `"access_token":"`, `"`)
}

// What stands here is what the pages say and what was seen; a client that was
// written against WeChat finds nothing else.
func TestWeChatAnswersAsItsPagesSay(t *testing.T) {
	c := newCity(t)
	fang := c.sim.Person("王芳").OpenID
	token, code, phone := c.token(), c.sim.LoginCode("王芳"), c.sim.PhoneCode("王芳")
	app := "appid=wx1&secret=" + secret
	signIn := "GET /sns/jscode2session?grant_type=authorization_code&" + app + "&js_code="
	with := "?access_token=" + token
	to := `{"touser":"` + fang + `","template_id":"once","page":"pages/index/index?a=1","data":`
	c.sim.Ask("王芳", sim.Choice{Template: "once", Accept: true})
	for _, s := range []struct{ name, request, body, want string }{
		{"nobody knows this call", "GET /cgi-bin/nothing", ``, `"errcode":40066`},
		{"a token is for the owner", "GET /cgi-bin/token?grant_type=client_credential&appid=wx1", ``, `"errcode":41004`},
		{"of the right app", "GET /cgi-bin/token?grant_type=client_credential&appid=wx2&secret=x", ``, `"errcode":40013`},
		{"with the right secret", "GET /cgi-bin/token?grant_type=client_credential&appid=wx1&secret=x", ``, `"errcode":40125`},
		{"who says what for", "GET /cgi-bin/token?" + app, ``, `"errcode":40002`},
		{"and then lasts two hours", "GET /cgi-bin/token?grant_type=client_credential&" + app, ``, `"expires_in":7200`},
		{"sign-in is a GET", "POST /sns/jscode2session", ``, `"errcode":43001`},
		{"needs a code", signIn, ``, `"errcode":41008`},
		{"that was given", signIn + "made-up", ``, `"errmsg":"invalid code, rid: `},
		{"and answers without an errcode", signIn + code, ``, `{"openid":"` + fang + `","session_key":"`},
		{"once", signIn + code, ``, `"errmsg":"code been used, rid: `},
		{"a call needs a token", "POST /wxa/business/getuserphonenumber", `{}`, `"errcode":41001`},
		{"a true one", "POST /wxa/business/getuserphonenumber?access_token=x", `{}`, `"errcode":40014`},
		{"a phone number is a POST", "GET /wxa/business/getuserphonenumber" + with, ``, `"errcode":43002`},
		{"in JSON", "POST /wxa/business/getuserphonenumber" + with, `code=x`, `"errcode":47001`},
		{"by its own kind of code", "POST /wxa/business/getuserphonenumber" + with, `{"code":"` + phone + `"}`, `"purePhoneNumber":"1990000`},
		{"once", "POST /wxa/business/getuserphonenumber" + with, `{"code":"` + phone + `"}`, `"errcode":40029`},
		{"a message needs every line", "POST /cgi-bin/message/subscribe/send" + with, to + `{"thing1":{"value":"标题"}}}`, `argument invalid! data.enum2.value is emtpy rid: `},
		{"in the template's words", "POST /cgi-bin/message/subscribe/send" + with, to + `{"thing1":{"value":"标题"},"enum2":{"value":"别的"}}}`, `data.enum2.value invalid`},
		{"not too long", "POST /cgi-bin/message/subscribe/send" + with, to + `{"thing1":{"value":"一二三四五六七八九十一二三四五六七八九十一"},"enum2":{"value":"已答复"}}}`, `data.thing1.value invalid`},
		{"and is sent", "POST /cgi-bin/message/subscribe/send" + with, to + `{"thing1":{"value":"标题"},"enum2":{"value":"已答复"}}}`, `"msgid":43`},
		{"once", "POST /cgi-bin/message/subscribe/send" + with, to + `{"thing1":{"value":"标题"},"enum2":{"value":"已答复"}}}`, `"errmsg":"user refuse to accept the msg rid: `},
		{"a text has a version", "POST /wxa/msg_sec_check" + with, `{"content":"您好","openid":"` + fang + `","scene":3}`, `"errcode":47001`},
		{"and is not empty", "POST /wxa/msg_sec_check" + with, `{"openid":"` + fang + `","scene":3,"version":2}`, `"errcode":44002`},
		{"a scheme has an end", "POST /wxa/generatescheme" + with, `{"jump_wxa":{"path":"pages/index/index"},"expire_type":1,"expire_interval":31}`, `"errcode":85401`},
		{"within 30 days", "POST /wxa/generatescheme" + with, `{"jump_wxa":{"path":"/pages/index/index"},"expire_type":1,"expire_interval":30}`, `"openlink":"weixin://`},
		{"a link leads to a released page", "POST /wxa/generate_urllink" + with, `{"path":"pages/new","expire_type":1,"expire_interval":1}`, `"errcode":40165`},
		{"of a version that there is", "POST /wxa/generate_urllink" + with, `{"env_version":"beta","expire_type":1,"expire_interval":1}`, `"errcode":85402`},
		{"a code image has a scene", "POST /wxa/getwxacodeunlimit" + with, `{}`, `"errcode":40169`},
		{"pushes come from somewhere", "GET /cgi-bin/getcallbackip" + with, ``, `"ip_list":["192.0.2.10"`},
		{"what is left can be read", "POST /cgi-bin/openapi/quota/get" + with, `{"cgi_path":"/wxa/msg_sec_check"}`, `"rate_limit":{"call_count":4000,"refresh_second":60}`},
		{"of calls that there are", "POST /cgi-bin/openapi/quota/get" + with, `{"cgi_path":"/nothing"}`, `"errcode":76021`},
	} {
		if got := c.ask(s.request, s.body); !strings.Contains(got, s.want) {
			t.Errorf("%s: got %s, want %s", s.name, got, s.want)
		}
	}
}

func TestTheTwoKindsOfTokenKnowNothingOfEachOther(t *testing.T) {
	c := newCity(t)
	plain := func() string {
		return between(c.ask("GET /cgi-bin/token?grant_type=client_credential&appid=wx1&secret="+secret, ""), `"access_token":"`, `"`)
	}
	good := func(token, want string) {
		t.Helper()
		c.wants("GET /cgi-bin/getcallbackip?access_token="+token, "", want)
	}
	stable, first := c.token(), plain()
	if c.token() != stable {
		t.Error("the stable token is not stable")
	}
	second := plain()
	good(first, "ip_list") // for five more minutes
	c.clock.move(5 * time.Minute)
	good(first, `"errcode":42001`)
	good(second, "ip_list")
	c.clock.move(time.Hour + 50*time.Minute)
	next := c.token() // five minutes early
	if next == stable {
		t.Error("no new token at the end of the old one")
	}
	good(stable, "ip_list")
	good(next, "ip_list")

	force := `{"grant_type":"client_credential","appid":"wx1","secret":"` + secret + `","force_refresh":true}`
	c.wants("POST /cgi-bin/stable_token", force, "access_token")
	good(next, `"errcode":40001`)
	c.wants("POST /cgi-bin/stable_token", force, `"errcode":45011`)
}

func TestCountsCanBeBegunAnewTenTimesAMonth(t *testing.T) {
	c := newCity(t)
	token := c.token()
	c.sim.SetLimits("/wxa/generatescheme", sim.Limit{Per: 24 * time.Hour, Most: 1, Code: 45009})
	scheme := func(want string) {
		t.Helper()
		c.wants("POST /wxa/generatescheme?access_token="+token, `{"expire_type":1,"expire_interval":1}`, want)
	}
	for range 10 {
		scheme("openlink")
		scheme(`"errcode":45009`)
		c.wants("POST /cgi-bin/clear_quota?access_token="+token, `{"appid":"wx1"}`, `"errcode":0`)
	}
	scheme("openlink")
	c.wants("POST /cgi-bin/clear_quota?access_token="+token, `{"appid":"wx1"}`, `"errcode":48006`)
	c.wants("POST /cgi-bin/openapi/quota/clear?access_token="+token, `{"cgi_path":"/wxa/generatescheme"}`, `"errcode":0`)
	scheme("openlink")
}

func TestTheQuestionForMessages(t *testing.T) {
	c := newCity(t)
	yes := func(ids ...string) (choices []sim.Choice) {
		for _, id := range ids {
			choices = append(choices, sim.Choice{Template: id, Accept: true})
		}
		return choices
	}
	for name, s := range map[string]struct {
		choices []sim.Choice
		number  int
	}{
		"about nothing":         {nil, 10001},
		"about too much":        {yes("once", "once", "once", "once", "once", "once"), 20003},
		"about what is not":     {yes("nothing"), 20001},
		"about both kinds":      {yes("once", "long"), 20002},
		"about the right thing": {yes("once"), 0},
	} {
		if _, n := c.sim.Ask("王芳", s.choices...); n != s.number {
			t.Errorf("asked %s: %d, want %d", name, n, s.number)
		}
	}
	result, _ := c.sim.Ask("王芳", yes("once", "same", "gone")...)
	if result["once"] != "accept" || result["same"] != "filter" || result["gone"] != "ban" {
		t.Errorf("%v", result)
	}
	if n := c.sim.Credit("王芳", "once"); n != 2 {
		t.Errorf("%d credits", n)
	}
	c.sim.Mute("王芳", true)
	if _, n := c.sim.Ask("王芳", yes("once")...); n != 20004 {
		t.Errorf("with the main switch off: %d", n)
	}
}

func TestAPersonIsTheSameEachTime(t *testing.T) {
	a, b := newCity(t).sim.Person("李强"), newCity(t).sim.Person("李强")
	if a != b || len(a.OpenID) != 28 || !strings.HasPrefix(a.Phone, "1990000") {
		t.Errorf("%+v and %+v", a, b)
	}
	if a.OpenID == newCity(t).sim.Person("王芳").OpenID {
		t.Error("two people share an openid")
	}
}

func TestThePagesWorkWithoutScriptBelowAPath(t *testing.T) {
	c := newCity(t)
	person := "/control/people/" + url.PathEscape("赵敏")
	c.wants("POST /control/people", "name="+url.QueryEscape("赵敏"), `href="people/%E8%B5%B5%E6%95%8F"`)
	c.wants("POST "+person+"/login-code", "", "还有 300 秒")
	code := between(c.ask("GET "+person, ""), `js_code=`, `&`)
	c.wants("GET /sns/jscode2session?grant_type=authorization_code&appid=wx1&secret="+secret+"&js_code="+code, "", c.sim.Person("赵敏").OpenID)
	c.wants("POST "+person+"/phone-code", "", "用过了")

	c.wants("POST "+person+"/ask", "template=once&answer=accept", `还能发 <strong class="count">1</strong> 条`)
	c.wants("POST "+person+"/ask", "template=long&answer=accept&always=yes", "总是保持：<strong>同意</strong>")
	send := `{"touser":"` + c.sim.Person("赵敏").OpenID + `","template_id":"once","data":{"thing1":{"value":"供暖 <b>"},"enum2":{"value":"已答复"}}}`
	c.wants("POST /cgi-bin/message/subscribe/send?access_token="+c.token(), send, `"errcode":0`)
	c.wants("GET "+person, "", "<dd>供暖 &lt;b&gt;</dd>")
	c.wants("POST "+person+"/setting", "template=once&says=reject", "总是保持：<strong>拒绝</strong>")
	c.wants("POST "+person+"/mute", "on=yes", "总开关：<strong>关</strong>")
	c.wants("POST "+person+"/block", "on=yes", "解除风险")
	c.wants("POST "+person+"/visit", "", "11月24日 12:00:00")

	c.wants("POST /control/faults", "path=/sns/jscode2session&code=-1&times=2&delay=0&status=0", "答 -1 system error")
	c.wants("GET /sns/jscode2session", "", `"errcode":-1`)
	c.wants("POST /control/faults/mend", "id=1", "一切正常")
	c.wants("POST /control/switches", "no_msgid=yes", `name="no_msgid" value="yes" checked`)
	c.wants("GET /control/calls", "", "-1 system error")
	c.wants("GET /control/sources", "", "user-login/api_code2session")
	c.wants("POST /control/tokens/expire", "", "access_token")
	c.wants("GET /control", "", "添一个人")
}

// The host page's policy allows nothing inline, and the path that the simulator
// is mounted below is known to nobody here.
func TestThePagesHoldNothingInlineAndNoSecret(t *testing.T) {
	c := newCity(t)
	c.sim.LoginCode("王芳")
	c.token()
	for _, page := range []string{"", "people/" + url.PathEscape("王芳"), "faults", "switches", "calls", "sources"} {
		text := c.ask("GET /control/"+page, "")
		for _, bad := range []string{"<script", "<style", " style=", "onclick", `href="/`, `action="/`, secret, "session_key", "ZgotmplZ"} {
			if strings.Contains(text, bad) {
				t.Errorf("/control/%s holds %q", page, bad)
			}
		}
	}
	c.wants("GET /control/style.css", "", "--brand: #1257a6")
}

func TestTheSameInJSON(t *testing.T) {
	c := newCity(t)
	fang := "/control/api/people/" + url.PathEscape("王芳")
	c.wants("GET /control/api/people", "", `"name":"王芳"`)
	c.wants("POST /control/api/people", `{"name":"李强"}`, `"phone":"1990000`)
	c.wants("POST "+fang+"/login-code", "", `{"code":"0`)
	c.wants("POST "+fang+"/phone-code", "", `{"code":"0`)
	c.wants("POST "+fang+"/ask", `{"choices":[{"template":"once","accept":true}]}`, `{"errCode":0,"result":{"once":"accept"}}`)
	c.wants("POST "+fang+"/mute", `{"on":true}`, `"muted":true`)
	c.wants("POST "+fang+"/ask", `{"choices":[{"template":"once","accept":true}]}`, `"errCode":20004`)
	c.wants("GET "+fang, "", `"credits":1`)
	c.wants("POST /control/api/faults", `{"code":45009,"times":1}`, `"code":45009`)
	c.wants("GET /cgi-bin/getcallbackip", "", `"errcode":45009`)
	c.wants("POST /control/api/switches", `{"push_twice":true}`, `"push_twice":true`)
	c.wants("GET /control/api/tally", "", `{"path":"/cgi-bin/getcallbackip","code":45009,"times":1}`)
	c.wants("POST /control/api/templates", `{"id":"new","title":"新模板"}`, `"title":"新模板"`)
}

func TestANameThatIsNoneIsNotTaken(t *testing.T) {
	c := newCity(t)
	for _, name := range []string{"", " ", "..", "a/b", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "a\nb"} {
		c.ask("POST /control/people", "name="+url.QueryEscape(name))
		c.wants("POST /control/api/people", `{"name":"`+strings.ReplaceAll(name, "\n", `\n`)+`"}`, "null")
	}
	if n := len(c.sim.People()); n != 1 {
		t.Errorf("%d people: %+v", n, c.sim.People())
	}
}

func TestEachSwitchOfThePageMovesItsOwn(t *testing.T) {
	c := newCity(t)
	boxes := strings.Split(c.ask("GET /control/switches", ""), `type="checkbox" name="`)[1:]
	if len(boxes) != 9 {
		t.Fatalf("%d switches", len(boxes))
	}
	for _, box := range boxes {
		key, _, _ := strings.Cut(box, `"`)
		c.ask("POST /control/switches", key+"=yes")
		got := c.ask("GET /control/api/switches", "")
		if strings.Count(got, "true") != 1 || !strings.Contains(got, `"`+key+`":true`) {
			t.Errorf("%s moved %s", key, got)
		}
	}
}
