package wechat_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yuandu/wechat"
	"yuandu/wechat/sim"
)

const sendPath = "/cgi-bin/message/subscribe/send"

func (h *house) send(name string) (string, error) {
	return h.door.Send(h.Context(), h.letter(name))
}

func (h *house) inbox(name string, want int) {
	h.Helper()
	if n := len(h.sim.Inbox(name)); n != want {
		h.Errorf("%s has %d messages, want %d", name, n, want)
	}
}

func (h *house) credit(name string, want int) {
	h.Helper()
	if n := h.sim.Credit(name, replied); n != want {
		h.Errorf("%s has %d credits, want %d", name, n, want)
	}
}

func TestEachAcceptedTapIsOneMessage(t *testing.T) {
	h := newHouse(t)
	_, err := h.send("王芳")
	r := h.refused(err, "wechat.no_credit", 43101)
	if r.About != wechat.AboutCredit || r.Passing() {
		t.Errorf("%s, passing %v", r.About, r.Passing())
	}
	h.accept("王芳", replied)
	h.accept("王芳", replied)
	for range 2 {
		_, err := h.send("王芳")
		h.must(err)
	}
	_, err = h.send("王芳")
	h.refused(err, "wechat.no_credit", 43101)
	h.inbox("王芳", 2)
	if m := h.sim.Inbox("王芳")[0]; m.Lines[0].Value != "关于小区供暖的来信" || m.State != "formal" {
		t.Errorf("it reads %+v", m)
	}
}

func TestAlwaysKeepingAChoiceIsStillOneMessageATap(t *testing.T) {
	h := newHouse(t)
	h.sim.Ask("王芳", sim.Choice{Template: replied, Accept: true, Always: true})
	h.sim.Ask("王芳", sim.Choice{Template: replied})
	h.credit("王芳", 2)
}

func TestALongTermMessageIsAcceptedOnce(t *testing.T) {
	h := newHouse(t)
	h.accept("王芳", lasting)
	m := h.letter("王芳")
	m.Template = lasting
	for range 3 {
		_, err := h.door.Send(t.Context(), m)
		h.must(err)
	}
	h.inbox("王芳", 3)
}

// Whether a refusal in the settings eats what was saved up is not known: both
// ways a message that is not wanted is refused in the same way.
func TestSomebodyWhoSwitchesMessagesOffGetsNone(t *testing.T) {
	for _, wipes := range []bool{false, true} {
		h := newHouse(t)
		h.sim.Switch(func(s *sim.Switches) { s.RefusalWipes, s.MutingWipes = wipes, wipes })
		h.accept("王芳", replied)
		h.sim.Setting("王芳", replied, "reject")
		_, err := h.send("王芳")
		h.refused(err, "wechat.no_credit", 43101)

		h.sim.Setting("王芳", replied, "")
		h.accept("王芳", replied)
		h.sim.Mute("王芳", true)
		_, err = h.send("王芳")
		h.refused(err, "wechat.no_credit", 43101)
		h.sim.Mute("王芳", false)
		h.credit("王芳", map[bool]int{false: 2, true: 0}[wipes])
	}
}

func TestABannedTemplateIsForAnAdministrator(t *testing.T) {
	h := newHouse(t)
	h.accept("王芳", replied)
	h.sim.AddTemplate(sim.Template{ID: replied, Banned: true})
	_, err := h.send("王芳")
	if r := h.refused(err, "wechat.messages_banned", 43107); r.About != wechat.AboutApp {
		t.Errorf("it is about %s", r.About)
	}
	h.credit("王芳", 1)
}

func TestTheIDOfAMessageKeepsAllItsDigits(t *testing.T) {
	h := newHouse(t)
	h.accept("王芳", replied)
	id, err := h.send("王芳")
	h.must(err)
	if want := h.sim.Inbox("王芳")[0].MsgID; id != want || len(id) != 19 {
		t.Errorf("got %q, want %q", id, want)
	}
	h.accept("王芳", replied)
	h.sim.Switch(func(s *sim.Switches) { s.NoMsgID = true })
	if id, err = h.send("王芳"); id != "" || err != nil {
		t.Errorf("without an id: %q, %v", id, err)
	}
}

func TestTwoMessagesAtOnceToOnePersonAreOneTooMany(t *testing.T) {
	h := newHouse(t)
	h.accept("王芳", replied)
	h.accept("王芳", replied)
	h.accept("李强", replied)
	h.must(h.ask(h.door)) // the token, so that the message is under way next
	gate, reached := make(chan struct{}), make(chan struct{})
	h.sim.Break(sim.Fault{Path: sendPath, Times: 1, Gate: gate, Reached: reached})
	first := make(chan error)
	go func() {
		_, err := h.send("王芳")
		first <- err
	}()
	<-reached

	_, err := h.send("王芳")
	if r := h.refused(err, "wechat.person_busy", 43108); !r.Passing() {
		t.Error("it passes by itself")
	}
	_, err = h.send("李强")
	h.must(err)
	close(gate)
	h.must(<-first)
	_, err = h.send("王芳")
	h.must(err)
	h.inbox("王芳", 2)
}

// Whether a message that WeChat does not take costs the credit is not known.
func TestAFieldThatWeChatDoesNotTakeIsNamed(t *testing.T) {
	for _, spends := range []bool{false, true} {
		h := newHouse(t)
		h.sim.Switch(func(s *sim.Switches) { s.FailureSpends = spends })
		h.accept("王芳", replied)
		m := h.letter("王芳")
		delete(m.Data, "date2") // the template has it, we cannot know
		_, err := h.door.Send(t.Context(), m)
		r := h.refused(err, "wechat.field_malformed", 47003)
		if r.Reason.Field != "date2" || r.About != wechat.AboutField || r.RID == "" {
			t.Errorf("it names %q, about %s, rid %q", r.Reason.Field, r.About, r.RID)
		}
		h.credit("王芳", map[bool]int{false: 1, true: 0}[spends])
	}
}

func TestAPageThatIsNotReleasedAndAWordThatIsNotLetThrough(t *testing.T) {
	h := newHouse(t)
	h.accept("王芳", replied)
	m := h.letter("王芳")
	m.Page = "packages/letter/new"
	_, err := h.door.Send(t.Context(), m)
	h.refused(err, "wechat.page_unknown", 41030)

	m = h.letter("王芳")
	m.Data["thing1"] = "有敏感词的标题"
	_, err = h.door.Send(t.Context(), m)
	h.refused(err, "wechat.text_refused", 45168)

	m = h.letter("王芳")
	m.To = "oSomebodyElse"
	_, err = h.door.Send(t.Context(), m)
	h.refused(err, "wechat.person_unknown", 40003)
	m = h.letter("王芳")
	m.Template = "another"
	_, err = h.door.Send(t.Context(), m)
	h.refused(err, "wechat.template_unknown", 40037)
	h.credit("王芳", 1)
}

func TestAMessageWhoseAnswerIsLostMayHaveBeenSent(t *testing.T) {
	lost := []struct {
		name  string
		fault sim.Fault
		sent  int
	}{
		{"the line is cut before the work", sim.Fault{Cut: true}, 0},
		{"the line is cut behind the work", sim.Fault{Cut: true, AfterWork: true}, 1},
		{"a gateway answers 502", sim.Fault{Status: 502, Body: "<html>Bad Gateway</html>", AfterWork: true}, 1},
		{"the answer is nonsense", sim.Fault{Body: "<html>login to wifi</html>", AfterWork: true}, 1},
		{"the answer is a redirect", sim.Fault{Status: 302, Body: "away", AfterWork: true}, 1},
	}
	for _, l := range lost {
		t.Run(l.name, func(t *testing.T) {
			h := newHouse(t)
			h.accept("王芳", replied)
			h.must(h.ask(h.door))
			l.fault.Path, l.fault.Times = sendPath, 1
			h.sim.Break(l.fault)
			_, err := h.send("王芳")
			if r := h.refused(err, "wechat.away", 0); !r.Unsure || !r.Passing() {
				t.Errorf("unsure %v, passing %v", r.Unsure, r.Passing())
			}
			h.inbox("王芳", l.sent)
			if n := h.sim.Total(sendPath); n != 1 {
				t.Errorf("it was sent %d times", n)
			}
		})
	}
}

func TestAWeChatThatCannotBeReachedDidNothing(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	nowhere := h.config
	nowhere.Base = "http://127.0.0.1:1"
	_, err := h.open(nowhere).Send(t.Context(), h.letter("王芳"))
	if r := h.refused(err, "wechat.away", 0); r.Unsure {
		t.Error("nothing was sent, so nothing can have been done")
	}
}

func TestAWeChatThatSleepsIsNotWaitedFor(t *testing.T) {
	h := newHouse(t)
	hasty := h.config
	hasty.Timeout = 50 * time.Millisecond
	door := h.open(hasty)
	h.must(h.ask(door))
	gate := make(chan struct{})
	defer close(gate)
	h.sim.Break(sim.Fault{Path: sendPath, Gate: gate})
	_, err := door.Send(t.Context(), h.letter("王芳"))
	if r := h.refused(err, "wechat.away", 0); !r.Unsure {
		t.Error("it may be sent still")
	}
	if errors.Is(err, context.DeadlineExceeded) {
		t.Error("the deadline was ours, not the caller's")
	}
}

func TestACallerWhoLeavesIsToldSo(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	gate, reached := make(chan struct{}), make(chan struct{})
	defer close(gate)
	h.sim.Break(sim.Fault{Path: sendPath, Gate: gate, Reached: reached})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := h.door.Send(ctx, h.letter("王芳"))
		done <- err
	}()
	<-reached
	cancel()
	err := <-done
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	h.refused(err, "wechat.away", 0)
}

func TestAFieldIsCheckedBeforeWeChatIsAsked(t *testing.T) {
	h := newHouse(t)
	for _, f := range []struct{ key, value, code string }{
		{"thing1", strings.Repeat("长", 21), "wechat.field_long"},
		{"thing1", strings.Repeat("😀", 11), "wechat.field_long"},
		{"thing1", "", "wechat.field_empty"},
		{"thing1", " \u3000 ", "wechat.field_empty"},
		{"thing1", "两\n行", "wechat.field_malformed"},
		{"thing", "没有号码", "wechat.field_malformed"},
		{"Thing1", "大写", "wechat.field_malformed"},
		{"character_string2", "鸢2026-000318", "wechat.field_malformed"},
		{"character_string2", strings.Repeat("1", 33), "wechat.field_long"},
		{"number3", "十", "wechat.field_malformed"},
		{"letter4", "a1", "wechat.field_malformed"},
		{"symbol5", "!!!!!!", "wechat.field_long"},
		{"time6", "下午三点", "wechat.field_malformed"},
		{"date7", "昨天", "wechat.field_malformed"},
		{"amount8", "12345678901元", "wechat.field_malformed"},
		{"phone_number9", "一二三", "wechat.field_malformed"},
		{"car_number10", "鲁V123456A", "wechat.field_long"},
		{"name11", "欧阳一二三四五六七八九", "wechat.field_long"},
		{"name11", "张3", "wechat.field_malformed"},
		{"phrase12", "已办结了吗", ""},
		{"phrase12", "办结OK", "wechat.field_malformed"},
		{"phrase12", "已经办结了吗", "wechat.field_long"},
		{"thing1", strings.Repeat("长", 20), ""},
		{"character_string2", "YD-2026-000318", ""},
		{"number3", "3.5", ""},
		{"time6", "2026年11月24日 15:00", ""},
		{"time6", "15:00~16:30:00", ""},
		{"date7", "2026年11月24日", ""},
		{"date7", "2026-11-24 12:00", ""},
		{"date7", "2026年11月", ""},
		{"date7", "11月24日~11月30日", ""},
		{"amount8", "￥12.50元", ""},
		{"phone_number9", "0536-8791111", ""},
		{"car_number10", "鲁V12345", ""},
		{"name11", "张三", ""},
		{"name11", "Zhang San", ""},
		{"short_thing13", "别的类型", ""},
		{"enum14", "已受理", ""},
	} {
		err := wechat.CheckField(f.key, f.value)
		if f.code != "" {
			h.invalid(err, f.code, f.key)
		} else if err != nil {
			t.Errorf("%s %q: %v", f.key, f.value, err)
		}
	}
	for _, m := range []wechat.Message{
		{}, {To: "o1"}, {To: "o1", Template: "t"}, {To: "o1", Template: "t", Data: map[string]string{"thing1": ""}},
	} {
		if _, err := h.door.Send(t.Context(), m); err == nil {
			t.Errorf("%v was sent", m.Template)
		}
	}
	if n := h.sim.Total(sendPath) + h.sim.Total(tokenPath); n != 0 {
		t.Errorf("WeChat was asked %d times", n)
	}
}

func TestATitleIsMadeToFit(t *testing.T) {
	for _, f := range []struct{ key, value, want string }{
		{"thing1", "供暖", "供暖"},
		{"thing1", "第一行\n 第二行\t尾", "第一行 第二行 尾"},
		{"thing1", "潍坊市人民政府办公室关于印发供暖保障工作方案的通知", "潍坊市人民政府办公室关于印发供暖保障工…"},
		{"thing1", "一二三四五六七八九十一二三四五六七八，十一", "一二三四五六七八九十一二三四五六七八…"},
		{"thing1", strings.Repeat("😀", 12), strings.Repeat("😀", 9) + "…"},
		{"name2", "一二三四五六七八九十一", "一二三四五六七八九…"},
		{"date3", "2026年11月24日星期二上午九点整开始的会议", "2026年11月24日星期二上午九点整开始的会议"},
	} {
		got := wechat.Fit(f.key, f.value)
		if got != f.want {
			t.Errorf("%q became %q, want %q", f.value, got, f.want)
		}
	}
}

func FuzzAFittedTextIsTaken(f *testing.F) {
	f.Add("关于小区供暖的来信")
	f.Add("\xff\x00😀，，，，，，，，，，，，，，，，，，，，，")
	f.Fuzz(func(t *testing.T, text string) {
		fitted := wechat.Fit("thing1", text)
		if err := wechat.CheckField("thing1", fitted); err != nil && strings.TrimSpace(fitted) != "" {
			t.Errorf("%q became %q: %v", text, fitted, err)
		}
	})
}

// A redirect would carry the token, and at sign-in the secret, to another
// place, and could do a thing twice.
func TestARedirectIsNotFollowed(t *testing.T) {
	h := newHouse(t)
	requests := 0
	redirecting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer redirecting.Close()
	c := h.config
	c.Base = redirecting.URL
	_, err := h.open(c).SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.refused(err, "wechat.away", 0)
	if requests != 1 {
		t.Errorf("%d requests", requests)
	}
}
