package outside

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

const goodKey = "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"

// group is a stand-in for WeCom with one robot, as its documents say it answers.
type group struct {
	*httptest.Server
	mu    sync.Mutex
	heard []string
	gone  chan struct{} // closed when the test ends, for those who answer slowly
}

const perMinute = 20

func newGroup(t *testing.T) *group {
	g := &group{gone: make(chan struct{})}
	g.Server = httptest.NewTLSServer(http.HandlerFunc(g.answer))
	t.Cleanup(func() { close(g.gone); g.Close() })
	return g
}

func (g *group) at(key string) string { return g.URL + "/cgi-bin/webhook/send?key=" + key }

func (g *group) robot(patience time.Duration) *Robot {
	return robotBy(g.Client().Transport.(*http.Transport).Clone(), patience, strings.TrimPrefix(g.URL, "https://"))
}

func (g *group) answer(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	says := func(code int, words string) {
		fmt.Fprintf(w, `{"errcode":%d,"errmsg":"%s, hint: [1755605200056773468916791], from ip: 172.0.2.1, key %s"}`, code, words, key)
	}
	if g.oddly(key, w, r) {
		return
	}
	var m struct {
		Type     string `json:"msgtype"`
		Markdown struct{ Content string }
	}
	body, err := io.ReadAll(r.Body)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || r.URL.Path != robotPath:
		http.Error(w, "bad request", http.StatusBadRequest)
	case key != goodKey:
		says(93000, "invalid webhook url")
	case err != nil || json.Unmarshal(body, &m) != nil || m.Type != "markdown" || m.Markdown.Content == "":
		says(40008, "invalid message type")
	case len(m.Markdown.Content) > 4096:
		says(40058, "markdown.content exceed max length 4096")
	case len(g.heard) >= perMinute:
		says(45009, "api freq out of limit")
	default:
		g.heard = append(g.heard, m.Markdown.Content)
		says(0, "ok")
	}
}

// oddly answers as nobody should, by the key.
func (g *group) oddly(key string, w http.ResponseWriter, r *http.Request) bool {
	switch key {
	case "busy":
		fmt.Fprint(w, `{"errcode":-1,"errmsg":"system busy"}`)
	case "unknown":
		fmt.Fprint(w, `{"errcode":93017,"errmsg":"something new"}`)
	case "page":
		fmt.Fprint(w, `<html>gateway `+key+`</html>`)
	case "nothing":
	case "other":
		fmt.Fprint(w, `{"ok":true}`)
	case "text":
		fmt.Fprint(w, `{"errcode":"0"}`)
	case "endless":
		fmt.Fprint(w, `{"errcode":0,"errmsg":"`)
		for range 100 {
			fmt.Fprint(w, strings.Repeat("a", 4096))
		}
		fmt.Fprint(w, `"}`)
	case "broken":
		w.WriteHeader(http.StatusBadGateway)
	case "crowded":
		w.WriteHeader(http.StatusTooManyRequests)
	case "forbidden":
		w.WriteHeader(http.StatusForbidden)
	case "moved":
		http.Redirect(w, r, g.at(goodKey), http.StatusTemporaryRedirect)
	case "cut":
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, `{"errcode"`)
	case "slow", "slow-body":
		if key == "slow-body" {
			fmt.Fprint(w, `{"errcode":`)
			w.(http.Flusher).Flush()
		}
		<-g.gone // whoever has hung up hears nothing more
	default:
		return false
	}
	return true
}

func (g *group) said() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]string{}, g.heard...)
}

// reasonOf is why a robot did not speak, and whether it may later.
func reasonOf(err error) (reason RobotReason, code int, again bool) {
	var e *RobotError
	if errors.As(err, &e) {
		return e.Reason, e.Code, e.CanRetry()
	}
	return "", 0, false
}

func TestARobotSpeaksOrSaysWhyNot(t *testing.T) {
	g := newGroup(t)
	const patience = 300 * time.Millisecond
	r := g.robot(5 * time.Second)
	if err := r.Say(context.Background(), g.at(goodKey), "**今天**"); err != nil {
		t.Fatal(err)
	}
	if said := g.said(); len(said) != 1 || said[0] != "**今天**" {
		t.Errorf("heard was %q", said)
	}
	for _, c := range []struct {
		key   string
		want  RobotReason
		code  int
		again bool
	}{
		{"693a91f6-taken-out-of-its-group", RobotKey, 93000, false},
		{"busy", RobotLater, -1, true},
		{"crowded", RobotLater, 429, true},
		{"broken", RobotUnreachable, 502, true},
		{"unknown", RobotOdd, 93017, false},
		{"page", RobotOdd, 0, false},
		{"nothing", RobotOdd, 0, false},
		{"other", RobotOdd, 0, false},
		{"text", RobotOdd, 0, false},
		{"endless", RobotOdd, 0, false},
		{"forbidden", RobotOdd, 403, false},
		{"moved", RobotOdd, 307, false},
		{"cut", RobotUnreachable, 0, true},
		{"slow", RobotUnreachable, 0, true},
		{"slow-body", RobotUnreachable, 0, true},
	} {
		robot := r
		if strings.HasPrefix(c.key, "slow") {
			robot = g.robot(patience)
		}
		err := robot.Say(context.Background(), g.at(c.key), "今天")
		if reason, code, again := reasonOf(err); reason != c.want || code != c.code || again != c.again {
			t.Errorf("%s: %s %d, again %v: %v", c.key, reason, code, again, err)
		}
		keepsKey(t, c.key, err)
	}
	if said := g.said(); len(said) != 1 {
		t.Errorf("what was refused was heard: %q", said)
	}
}

// keepsKey says whether an error keeps what lets anybody speak for the robot,
// however it is written down.
func keepsKey(t *testing.T, key string, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, text := range []string{e.Error(), fmt.Sprintf("%+v", e), fmt.Sprintf("%#v", e)} {
			if strings.Contains(text, "key=") || strings.Contains(text, robotPath) || len(key) > 12 && strings.Contains(text, key) {
				t.Errorf("the error tells the address: %s", text)
			}
		}
	}
}

func TestARobotThatSpokeTwentyTimesAMinuteIsToldToWait(t *testing.T) {
	g := newGroup(t)
	r := g.robot(5 * time.Second)
	for i := range perMinute + 3 {
		err := r.Say(context.Background(), g.at(goodKey), fmt.Sprint("第", i, "条"))
		if reason, code, again := reasonOf(err); i < perMinute && err != nil || i >= perMinute && (reason != RobotLater || code != 45009 || !again) {
			t.Errorf("message %d: %v", i, err)
		}
	}
}

func TestOnlyTheAddressesOfRobotsAreCalled(t *testing.T) {
	g := newGroup(t)
	here := strings.TrimPrefix(g.URL, "https://")
	r := g.robot(5 * time.Second)
	for _, address := range []string{
		"", "%", goodKey, "http://" + here + robotPath + "?key=" + goodKey, "ftp://" + here + robotPath + "?key=" + goodKey,
		"https://" + here + robotPath, "https://" + here + robotPath + "?key=", "https://" + here + "/cgi-bin/webhook/upload_media?key=" + goodKey,
		"https://u:p@" + here + robotPath + "?key=" + goodKey, "https://" + here + ".example.com" + robotPath + "?key=" + goodKey,
		"https://example.com" + robotPath + "?key=" + goodKey, "https://169.254.169.254" + robotPath + "?key=" + goodKey,
		"https://qyapi.weixin.qq.com" + robotPath + "?key=" + goodKey, "https://" + here + robotPath + "\n?key=" + goodKey,
		"https://" + here + robotPath + "?key=" + goodKey + "\x7f",
	} {
		err := r.Say(context.Background(), address, "今天")
		if reason, _, again := reasonOf(err); reason != RobotAddress || again {
			t.Errorf("%q: %v", address, err)
		}
		keepsKey(t, goodKey, err)
	}
	if said := g.said(); len(said) != 0 {
		t.Errorf("heard was %q", said)
	}
	everybodys := NewRobot()
	for address, good := range map[string]bool{
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + goodKey:      true,
		"https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=" + goodKey: false,
		"https://QYAPI.weixin.qq.com.cn/cgi-bin/webhook/send?key=" + goodKey:   false,
	} {
		if err := everybodys.CheckAddress(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := NewRobot("wecom.weifang.gov.cn").CheckAddress("https://wecom.weifang.gov.cn" + robotPath + "?key=1"); err != nil {
		t.Errorf("the city's own WeCom: %v", err)
	}
}

func TestATextThatNoRobotTakesIsNotSent(t *testing.T) {
	g := newGroup(t)
	r := g.robot(5 * time.Second)
	for name, text := range map[string]string{"empty": "", "a byte too long": strings.Repeat("字", 1365) + "ab", "broken": "今\xff天"} {
		if reason, _, _ := reasonOf(r.Say(context.Background(), g.at(goodKey), text)); reason != RobotWords {
			t.Errorf("%s: %s", name, reason)
		}
	}
	if err := r.Say(context.Background(), g.at(goodKey), strings.Repeat("字", 1365)+"a"); err != nil {
		t.Errorf("the longest: %v", err)
	}
	if said := g.said(); len(said) != 1 || len(said[0]) != RobotText {
		t.Errorf("heard were %d texts", len(said))
	}
}

func TestNobodyAnsweringIsSaidWithoutTheAddress(t *testing.T) {
	closed := closedDoor(t)
	r := robotBy(&http.Transport{}, 5*time.Second, closed)
	err := r.Say(context.Background(), "https://"+closed+robotPath+"?key="+goodKey, "今天")
	if reason, _, again := reasonOf(err); reason != RobotUnreachable || !again {
		t.Errorf("%v", err)
	}
	keepsKey(t, goodKey, err)

	g := newGroup(t)
	strange := robotBy(&http.Transport{}, 5*time.Second, strings.TrimPrefix(g.URL, "https://"))
	err = strange.Say(context.Background(), g.at(goodKey), "今天")
	if reason, _, _ := reasonOf(err); reason != RobotUnreachable || len(g.said()) > 0 {
		t.Errorf("a certificate of nobody's: %v", err)
	}
	keepsKey(t, goodKey, err)

	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := g.robot(5*time.Second).Say(ended, g.at(goodKey), "今天"); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

func TestTheMorningListHoldsNumbersAlone(t *testing.T) {
	const link = "https://zw.example.gov.cn/console/letters"
	for _, c := range []struct {
		name string
		list MorningList
		want string
	}{
		{"a busy morning", MorningList{Office: "市住房和城乡建设局", Day: "2026-11-24", New: 3, DueToday: 2, DueSoon: 4, Overdue: 1, ToSign: 5, Link: link},
			"**市住房和城乡建设局**\n2026年11月24日 来信办理情况\n> 已逾期：<font color=\"warning\">1 件</font>\n> 今天到期：<font color=\"warning\">2 件</font>\n" +
				"> 即将到期：4 件\n> 新收：3 件\n> 待签发：5 件\n\n[打开工作台办理](" + link + ")"},
		{"what is nothing is not said", MorningList{Office: "市教育局", Day: "2026-11-24", New: 1},
			"**市教育局**\n2026年11月24日 来信办理情况\n> 新收：1 件"},
		{"a quiet morning", MorningList{Office: "市教育局", Day: "2026-11-24"}, "**市教育局**\n2026年11月24日 来信办理情况\n> 没有新收和要到期的来信"},
		{"what else waits", MorningList{Office: "市教育局", Day: "2026-11-24", Reports: 2, ReportDays: 15, DisclosuresLate: 1, DisclosuresSoon: 3},
			"**市教育局**\n2026年11月24日 来信办理情况\n> 没有新收和要到期的来信\n\n意见征集和会议公开\n" +
				"> 征集已结束，采纳情况未公布（最久 15 天）：<font color=\"warning\">2 项</font>\n> 会议逾期未公开：<font color=\"warning\">1 项</font>\n> 会议公开即将到期：3 项"},
		{"a name is no Markdown", MorningList{Office: "**市**<@all>\n[局](x)", Day: "2026-11-24", Link: "javascript:alert(1)"},
			"**市all局x**\n2026年11月24日 来信办理情况\n> 没有新收和要到期的来信"},
	} {
		if got := c.list.Markdown(); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	const most = 1 << 60
	longest := MorningList{strings.Repeat("局", 5000), "2026-11-24", most, most, most, most, most, "https://zw.example.gov.cn/" + strings.Repeat("a", 480),
		most, most, most, most}
	if text := longest.Markdown(); len(text) > RobotText || !strings.Contains(text, "…") || !strings.Contains(text, "工作台") {
		t.Errorf("the longest list has %d bytes: %s", len(text), text)
	}
}

func FuzzMorningList(f *testing.F) {
	f.Add("市教育局", "https://zw.example.gov.cn/letters", 3)
	f.Add("a\xff](<@all>", "https://u:p@x/)(", -1)
	f.Fuzz(func(t *testing.T, office, link string, n int) {
		text := MorningList{office, "2026-11-24", n, n, n, n, n, link, n, n, n, n}.Markdown()
		if len(text) > RobotText || !utf8.ValidString(text) || strings.Contains(text, "<@") || strings.Count(text, "](") > 1 {
			t.Fatalf("%q", text)
		}
	})
}
