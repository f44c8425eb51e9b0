package wechat_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store/cache"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// mounted serves a handler below a path.
func mounted(t *testing.T, path string, h http.Handler) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(path+"/", http.StripPrefix(path, h))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// ear hears what is pushed to the house.
type ear struct {
	*house
	mu     sync.Mutex
	events []wechat.Event
	failed int                 // pushes that were refused
	deaf   int                 // events that cannot be kept, to come
	last   func() (int, error) // pushes the last push again, as it was
}

func newEar(t *testing.T, change ...func(*sim.Options)) *ear {
	change = append(change, func(o *sim.Options) { o.PushToken = pushToken })
	e := &ear{house: newHouse(t, change...)}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	e.sim.SetPushURL(server.URL)
	return e
}

func (e *ear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	query := r.URL.Query()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last = func() (int, error) {
		events, err := e.door.Hear(e.Context(), query, body)
		return len(events), err
	}
	if err := e.take(r.Context(), query, body); err != nil {
		e.failed++
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	_, _ = io.WriteString(w, "success")
}

func (e *ear) take(ctx context.Context, query url.Values, body []byte) error {
	events, err := e.door.Hear(ctx, query, body)
	if err != nil {
		return err
	}
	if e.deaf > 0 && len(events) > 0 {
		e.deaf--
		return errors.New("the database is away")
	}
	e.events = append(e.events, events...)
	e.door.Heard(ctx, events...)
	return nil
}

// heard waits for all pushes and wants these events.
func (e *ear) heard(want ...wechat.Event) {
	e.Helper()
	e.sim.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.events) != len(want) {
		e.Fatalf("heard %d events, want %d: %+v", len(e.events), len(want), e.events)
	}
	for i, w := range want {
		if got, want := describe(e.events[i]), describe(w); got != want {
			e.Errorf("heard %s, want %s", got, want)
		}
	}
	e.events = nil
}

// describe prints what an event itself will not.
func describe(e wechat.Event) string {
	switch e := e.(type) {
	case wechat.Popup:
		return told("popup", e.OpenID, e.At.Unix(), e.Template, e.Accepted, e.Scene)
	case wechat.Change:
		return told("change", e.OpenID, e.At.Unix(), e.Template, e.Accepted)
	case wechat.Sent:
		return told("sent", e.OpenID, e.At.Unix(), e.Template, e.MsgID, e.Number, e.Status)
	case wechat.MediaChecked:
		return told("media", e.Verdict.TraceID, e.Verdict.Suggest, int(e.Verdict.Label), e.Number, len(e.Verdict.Details))
	case wechat.Other:
		return told("other", e.OpenID, e.Kind, e.Name)
	}
	return "nothing"
}

func told(parts ...any) string { return strings.TrimSpace(fmt.Sprintln(parts...)) }

func (e *ear) origin(name string) wechat.Origin {
	return wechat.Origin{OpenID: e.sim.Person(name).OpenID, At: e.clock.Now()}
}

var pushModes = map[string]func(*sim.Options){
	"plain JSON": func(*sim.Options) {},
	"plain XML":  func(o *sim.Options) { o.PushXML = true },
	"safe JSON":  func(o *sim.Options) { o.PushKey = pushKey },
	"safe XML":   func(o *sim.Options) { o.PushKey, o.PushXML = pushKey, true },
}

func TestEverythingThatIsPushedIsHeardInEveryMode(t *testing.T) {
	for name, mode := range pushModes {
		t.Run(name, func(t *testing.T) {
			e := newEar(t, mode)
			o := e.origin("王芳")
			e.accept("王芳", replied)
			e.heard(wechat.Popup{Origin: o, Template: replied, Accepted: true, Scene: "0"})

			e.sim.AddTemplate(sim.Template{ID: "second", Title: "第二个"})
			e.clock.move(time.Second)
			o = e.origin("王芳")
			e.sim.Ask("王芳", sim.Choice{Template: replied, Accept: true}, sim.Choice{Template: "second"})
			e.heard(wechat.Popup{Origin: o, Template: replied, Accepted: true, Scene: "0"}, wechat.Popup{Origin: o, Template: "second", Scene: "0"})

			e.sim.Setting("王芳", "second", "reject")
			e.sim.Setting("王芳", "second", "accept") // not pushed
			e.heard(wechat.Change{Origin: o, Template: "second"})

			id, err := e.send("王芳")
			e.must(err)
			e.heard(wechat.Sent{Origin: o, Template: replied, MsgID: id, Status: "success"})
			e.pictures()
			if e.failed != 0 {
				t.Errorf("%d pushes were refused", e.failed)
			}
		})
	}
}

func (e *ear) pictures() {
	e.Helper()
	e.sim.Visit("王芳")
	m := wechat.Media{OpenID: e.sim.Person("王芳").OpenID, Kind: wechat.Image, Scene: wechat.SceneForum}
	for address, want := range map[string]wechat.MediaChecked{
		"https://yuandu.example/a.jpg":     {Verdict: wechat.Verdict{Suggest: wechat.Pass, Label: wechat.LabelNormal}},
		"https://yuandu.example/risky.jpg": {Verdict: wechat.Verdict{Suggest: wechat.Risky, Label: wechat.LabelPorn}},
		"https://yuandu.example/gone.jpg":  {Verdict: wechat.Verdict{Suggest: wechat.Pass, Label: wechat.LabelNormal}, Number: -1008},
	} {
		m.URL = address
		trace, err := e.door.CheckMedia(e.Context(), m)
		e.must(err)
		want.Verdict.TraceID, want.Verdict.Details = trace, make([]wechat.Detail, 1)
		e.heard(want)
		_, err = e.door.CheckMedia(e.Context(), m)
		e.refused(err, "wechat.checked_before", 87020)
	}
}

func TestAPopupThatWasHiddenMayBePushedOrNot(t *testing.T) {
	for _, pushed := range []bool{false, true} {
		e := newEar(t)
		e.sim.Switch(func(s *sim.Switches) { s.PopupWhenHidden = pushed })
		e.sim.Ask("王芳", sim.Choice{Template: replied, Accept: true, Always: true})
		first := wechat.Popup{Origin: e.origin("王芳"), Template: replied, Accepted: true, Scene: "0"}
		e.heard(first)
		e.clock.move(time.Minute)
		e.accept("王芳", replied)
		e.credit("王芳", 2)
		if first.Origin = e.origin("王芳"); pushed {
			e.heard(first)
		} else {
			e.heard()
		}
	}
}

func TestTheEventMayComeBeforeTheAnswerOrBehindIt(t *testing.T) {
	for _, first := range []bool{false, true} {
		e := newEar(t)
		e.sim.Switch(func(s *sim.Switches) { s.SentBeforeAnswer = first })
		e.accept("王芳", replied)
		e.sim.Wait()
		e.events = nil
		id, err := e.send("王芳")
		e.must(err)
		if e.mu.Lock(); first && len(e.events) != 1 {
			t.Error("the answer came first")
		}
		e.mu.Unlock()
		e.heard(wechat.Sent{Origin: e.origin("王芳"), Template: replied, MsgID: id, Status: "success"})
	}
}

func TestAnEventThatIsPushedTwiceIsHeardOnce(t *testing.T) {
	e := newEar(t, pushModes["safe JSON"])
	e.sim.Switch(func(s *sim.Switches) { s.PushTwice = true })
	e.accept("王芳", replied)
	e.heard(wechat.Popup{Origin: e.origin("王芳"), Template: replied, Accepted: true, Scene: "0"})
	if n := len(e.sim.Pushes()); n != 2 {
		t.Errorf("pushed %d times", n)
	}
}

func TestAnEventThatCouldNotBeKeptIsPushedAgain(t *testing.T) {
	e := newEar(t, pushModes["safe JSON"])
	e.deaf = 2
	e.accept("王芳", replied)
	e.heard(wechat.Popup{Origin: e.origin("王芳"), Template: replied, Accepted: true, Scene: "0"})
	if p := e.sim.Pushes()[0]; p.Tries != 3 || !p.Heard {
		t.Errorf("%+v", p)
	}
	e.deaf = 9
	e.clock.move(time.Second)
	e.accept("王芳", replied)
	e.heard()
	if p := e.sim.Pushes()[0]; p.Tries != 4 || p.Heard {
		t.Errorf("%+v", p)
	}
}

func TestACopyOfAPushIsHeardAlreadyAndLaterNotLetIn(t *testing.T) {
	e := newEar(t, pushModes["safe JSON"])
	e.accept("王芳", replied)
	e.sim.Wait()
	if n, err := e.last(); n != 0 || err != nil {
		t.Errorf("a copy: %d events, %v", n, err)
	}
	e.clock.move(10*time.Minute + time.Second)
	if _, err := e.last(); !errors.Is(err, wechat.ErrPushStale) {
		t.Errorf("an old copy: %v", err)
	}
}

func TestWhileTheCacheIsAwayEventsMayBeHeardTwiceAndAreNeverLost(t *testing.T) {
	e := newEar(t)
	e.shared.away.Store(true)
	e.sim.Switch(func(s *sim.Switches) { s.PushTwice = true })
	e.accept("王芳", replied)
	popup := wechat.Popup{Origin: e.origin("王芳"), Template: replied, Accepted: true, Scene: "0"}
	e.heard(popup, popup)
}

// vector is the example of the page about message push.
var vector = struct {
	query url.Values
	body  string
}{
	url.Values{
		"signature": {"6c5c811b55cc85e0e1b54100749188c20beb3f5d"}, "timestamp": {"1714112445"}, "nonce": {"415670741"},
		"openid": {"o9AgO5Kd5ggOC-bXrbNODIiE3bGY"}, "encrypt_type": {"aes"},
		"msg_signature": {"046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"},
	},
	`{"ToUserName": "gh_97417a04a28d", "Encrypt": "` + vectorSealed + `"}`,
}

const vectorSealed = "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG" +
	"QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Ped" +
	"e2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9m" +
	"FUPAJGj04="

// vectorDoor is the one that the example is pushed to, soon after.
func vectorDoor(t testing.TB, change func(*wechat.Config)) *wechat.Door {
	t.Helper()
	clock := newClock()
	clock.now = time.Unix(1714112445, 0).Add(3 * time.Second)
	c := wechat.Config{AppID: "wxba5fad812f8e6fb9", Secret: "none", PushToken: "AAAAA", PushKey: strings.Repeat("A", 43)}
	change(&c)
	d, err := wechat.Open(c, &sharedCache{Cache: cache.NewMemory(clock, 1<<20)}, clock)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheExampleOfThePageIsHeard(t *testing.T) {
	events, err := vectorDoor(t, func(*wechat.Config) {}).Hear(t.Context(), vector.query, []byte(vector.body))
	if err != nil || len(events) != 1 {
		t.Fatalf("%v, %v", events, err)
	}
	if got := describe(events[0]); got != "other o9AgO5Kd5ggOC-bXrbNODIiE3bGY event debug_demo" {
		t.Errorf("heard %s", got)
	}
}

func TestAPushThatIsNotOursIsNotHeard(t *testing.T) {
	same := func(*wechat.Config) {}
	with := func(name, value string) url.Values {
		q := url.Values{}
		for k, v := range vector.query {
			q[k] = slices.Clone(v)
		}
		q.Set(name, value)
		return q
	}
	for name, c := range map[string]struct {
		config func(*wechat.Config)
		query  url.Values
		body   string
		want   *model.Error
	}{
		"signed with signature only":   {same, with("msg_signature", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"), vector.body, wechat.ErrPushUnsigned},
		"without a signature":          {same, with("msg_signature", ""), vector.body, wechat.ErrPushUnsigned},
		"with another time":            {same, with("timestamp", "1714112446"), vector.body, wechat.ErrPushUnsigned},
		"with another body":            {same, vector.query, strings.Replace(vector.body, "+qd", "+qe", 1), wechat.ErrPushUnsigned},
		"with another token":           {func(c *wechat.Config) { c.PushToken = "B" }, vector.query, vector.body, wechat.ErrPushUnsigned},
		"for another app":              {func(c *wechat.Config) { c.AppID = "wx2" }, vector.query, vector.body, wechat.ErrPushUnsigned},
		"under another key":            {func(c *wechat.Config) { c.PushKey = pushKey }, vector.query, vector.body, wechat.ErrPushUnsigned},
		"plain where safe is set":      {same, vector.query, `{"MsgType":"event"}`, wechat.ErrPushMode},
		"safe where plain is set":      {func(c *wechat.Config) { c.PushKey = "" }, vector.query, vector.body, wechat.ErrPushMode},
		"where nothing is to be heard": {func(c *wechat.Config) { c.PushToken = "" }, vector.query, vector.body, wechat.ErrPushOff},
		"that is no message":           {same, vector.query, `{"Encrypt":`, wechat.ErrPushUnreadable},
		"that is empty":                {same, vector.query, ``, wechat.ErrPushUnreadable},
		"that is far too large":        {same, vector.query, strings.Repeat(" ", 1<<20) + vector.body, wechat.ErrPushLarge},
	} {
		events, err := vectorDoor(t, c.config).Hear(t.Context(), c.query, []byte(c.body))
		if !errors.Is(err, c.want) || len(events) > 0 {
			t.Errorf("a push %s: %v, want %v", name, err, c.want)
		}
	}
}

func TestTheAddressAnswersWeChatsQuestion(t *testing.T) {
	query := url.Values{"signature": {"f464b24fc39322e44b38aa78f5edd27bd1441696"}, "timestamp": {"1714036504"},
		"nonce": {"1514711492"}, "echostr": {"4375120948345356249"}}
	clock := newClock()
	clock.now = time.Unix(1714036504, 0).Add(-9 * time.Minute)
	d, err := wechat.Open(wechat.Config{AppID: "wx1", Secret: "none", PushToken: "AAAAA"}, nil, clock)
	if err != nil {
		t.Fatal(err)
	}
	if echo, err := d.Echo(query); echo != "4375120948345356249" || err != nil {
		t.Errorf("%q, %v", echo, err)
	}
	query.Set("nonce", "2")
	if echo, err := d.Echo(query); echo != "" || !errors.Is(err, wechat.ErrPushUnsigned) {
		t.Errorf("%q, %v", echo, err)
	}
}

// signed is the query of a plain push at a moment.
func signed(at time.Time) url.Values {
	seconds := strconv.FormatInt(at.Unix(), 10)
	parts := []string{"AAAAA", seconds, "n"}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return url.Values{"timestamp": {seconds}, "nonce": {"n"}, "signature": {hex.EncodeToString(sum[:])}}
}

func TestAPushMayBeWrittenInManyWays(t *testing.T) {
	d := vectorDoor(t, func(c *wechat.Config) { c.PushKey = "" })
	at := time.Unix(1714112445, 0)
	head := `"FromUserName":"o1","CreateTime":"1714112440","MsgType":"event",`
	for body, want := range map[string][]string{
		`{` + head + `"Event":"subscribe_msg_sent_event","List":{"TemplateId":"t","MsgID":1864323726461255680,"ErrorCode":0,"ErrorStatus":"success"}}`: {
			"sent o1 1714112440 t 1864323726461255680 0 success"},
		`{` + head + `"Event":"subscribe_msg_sent_event","List":[{"TemplateId":"t","MsgID":"1864323726461255681","ErrorCode":"x"}]}`: {
			"sent o1 1714112440 t 1864323726461255681 -1 "},
		`{` + head + `"Event":"subscribe_msg_popup_event","List":[]}`:                                                               {},
		`{` + head + `"Event":"subscribe_msg_popup_event"}`:                                                                         {},
		`{` + head + `"Event":"subscribe_msg_popup_event","List":null}`:                                                             {},
		`{` + head + `"Event":"subscribe_msg_popup_event","List":{"TemplateId":"t","SubscribeStatusString":"acceptWithAudio"}}`:     {"popup o1 1714112440 t true "},
		`{"FromUserName":"o1","CreateTime":1,"MsgType":"text","Content":"您好"}`:                                                      {"other o1 text "},
		`{` + head + `"Event":"later_event","List":"anything","result":7}`:                                                          {"other o1 event later_event"},
		`<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>kf</Event></xml>`: {"other o1 event kf"},
	} {
		events, err := d.Hear(t.Context(), signed(at), []byte(body))
		if err != nil || len(events) != len(want) {
			t.Errorf("%s: %v, %v", body, events, err)
			continue
		}
		for i, e := range events {
			if got := describe(e); got != strings.TrimSpace(want[i]) {
				t.Errorf("%s: heard %s, want %s", body, got, want[i])
			}
		}
	}
}

func FuzzHear(f *testing.F) {
	f.Add([]byte(`{"MsgType":"event","Event":"subscribe_msg_popup_event","List":{"TemplateId":"t"}}`))
	f.Add([]byte(`<xml><MsgType>event</MsgType><Event>subscribe_msg_sent_event</Event><SubscribeMsgSentEvent><List><MsgID>1</MsgID></List></SubscribeMsgSentEvent></xml>`))
	f.Add([]byte(`{"MsgType":"event","Event":"wxa_media_check","result":{"suggest":"pass"},"detail":{"label":1}}`))
	f.Add([]byte(vector.body))
	plain := vectorDoor(f, func(c *wechat.Config) { c.PushKey = "" })
	safe := vectorDoor(f, func(*wechat.Config) {})
	at := time.Unix(1714112445, 0)
	f.Fuzz(func(t *testing.T, body []byte) {
		events, err := plain.Hear(t.Context(), signed(at), body)
		for _, e := range events {
			if err != nil || e == nil || describe(e) == "nothing" {
				t.Errorf("%v with %v", e, err)
			}
		}
		if _, err := safe.Hear(t.Context(), vector.query, body); err == nil && !bytes.Contains(body, []byte("Encrypt")) {
			t.Error("a push was heard that nobody sealed")
		}
	})
}

// FuzzHearSealed turns the sealed message over: whatever a sealed body holds,
// its signature being right.
func FuzzHearSealed(f *testing.F) {
	f.Add(vectorSealed)
	f.Add("")
	f.Add("AAAA")
	safe := vectorDoor(f, func(*wechat.Config) {})
	f.Fuzz(func(t *testing.T, sealed string) {
		parts := []string{"AAAAA", "1714112445", "n", sealed}
		slices.Sort(parts)
		sum := sha1.Sum([]byte(strings.Join(parts, "")))
		query := url.Values{"timestamp": {"1714112445"}, "nonce": {"n"}, "msg_signature": {hex.EncodeToString(sum[:])}}
		events, err := safe.Hear(t.Context(), query, fmt.Appendf(nil, "{%q:%q}", "Encrypt", sealed))
		if err == nil && len(events) == 0 {
			t.Errorf("%q was heard and said nothing", sealed)
		}
	})
}
