package wechat_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// Each row is a number that one of WeChat's pages lists for a call, or that was
// seen there, and what it means to us.
func TestEveryNumberOfEveryCallHasAMeaning(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	for _, row := range numbers {
		for _, number := range row.numbers {
			t.Run(fmt.Sprintf("%s %d", row.at, number), func(t *testing.T) {
				h := &house{T: t, sim: h.sim, door: h.door, clock: h.clock, shared: h.shared, config: h.config}
				err := h.failing(row.at, number)
				r := h.refused(err, row.code, int64(number))
				if r.About != row.about || r.API != row.at || r.RID == "" || r.Unsure {
					t.Errorf("%s is about %s (rid %q, unsure %v), want about %s", r.API, r.About, r.RID, r.Unsure, row.about)
				}
				if want := fmt.Sprintf("%s (%d)", row.code, number); err.Error() != want {
					t.Errorf("it prints %q, want %q", err, want)
				}
			})
		}
	}
}

var numbers = []struct {
	at      wechat.API
	about   wechat.About
	code    string
	numbers []int
}{
	{wechat.APISignIn, wechat.AboutCode, "wechat.code_invalid", []int{40029}},
	{wechat.APISignIn, wechat.AboutCode, "wechat.code_used", []int{40163}},
	{wechat.APISignIn, wechat.AboutPerson, "wechat.person_blocked", []int{40226}},
	{wechat.APISignIn, wechat.AboutPassing, "wechat.too_often", []int{45011}},
	{wechat.APISignIn, wechat.AboutPassing, "wechat.busy", []int{-1}},
	{wechat.APISignIn, wechat.AboutQuota, "wechat.quota", []int{45009}},
	{wechat.APISignIn, wechat.AboutApp, "wechat.app_wrong", []int{40013, 40125}},

	{wechat.APIToken, wechat.AboutPassing, "wechat.busy", []int{-1, 45011}},
	{wechat.APIToken, wechat.AboutApp, "wechat.app_wrong", []int{40001, 40002, 40013, 40125, 41002, 41004}},
	{wechat.APIToken, wechat.AboutApp, "wechat.address_unlisted", []int{40164}},
	{wechat.APIToken, wechat.AboutApp, "wechat.address_unconfirmed", []int{89503, 89506, 89507}},
	{wechat.APIToken, wechat.AboutApp, "wechat.app_suspended", []int{40243, 50004, 50007}},
	{wechat.APIToken, wechat.AboutField, "wechat.field_malformed", []int{43002}},
	{wechat.APIToken, wechat.AboutQuota, "wechat.quota", []int{45009}},

	{wechat.APISend, wechat.AboutToken, "wechat.token", []int{40001, 40014, 42001}},
	{wechat.APISend, wechat.AboutPerson, "wechat.person_unknown", []int{40003}},
	{wechat.APISend, wechat.AboutTemplate, "wechat.template_unknown", []int{40037}},
	{wechat.APISend, wechat.AboutCredit, "wechat.no_credit", []int{43101}},
	{wechat.APISend, wechat.AboutApp, "wechat.messages_banned", []int{43107}},
	{wechat.APISend, wechat.AboutPassing, "wechat.person_busy", []int{43108}},
	{wechat.APISend, wechat.AboutText, "wechat.text_refused", []int{45168}},
	{wechat.APISend, wechat.AboutField, "wechat.field_malformed", []int{47003}},
	{wechat.APISend, wechat.AboutPage, "wechat.page_unknown", []int{41030}},
	{wechat.APISend, wechat.AboutPassing, "wechat.busy", []int{-1, 45011}},
	{wechat.APISend, wechat.AboutQuota, "wechat.quota", []int{45009}},
	{wechat.APISend, wechat.AboutApp, "wechat.app_unauthorized", []int{48001}},

	{wechat.APIPhone, wechat.AboutToken, "wechat.token", []int{40001, 42001}},
	{wechat.APIPhone, wechat.AboutPassing, "wechat.busy", []int{-1, 45011}},
	{wechat.APIPhone, wechat.AboutApp, "wechat.app_wrong", []int{40013}},
	{wechat.APIPhone, wechat.AboutCode, "wechat.phone_code_invalid", []int{40029}},
	{wechat.APIPhone, wechat.AboutQuota, "wechat.phone_unpaid", []int{1400001}},

	{wechat.APICheckText, wechat.AboutPassing, "wechat.busy", []int{-1, 44991}},
	{wechat.APICheckText, wechat.AboutToken, "wechat.token", []int{40001}},
	{wechat.APICheckText, wechat.AboutPerson, "wechat.person_unknown", []int{40003}},
	{wechat.APICheckText, wechat.AboutField, "wechat.scene_malformed", []int{40129}},
	{wechat.APICheckText, wechat.AboutField, "wechat.field_malformed", []int{43002, 44002, 47001}},
	{wechat.APICheckText, wechat.AboutApp, "wechat.app_wrong", []int{43104}},
	{wechat.APICheckText, wechat.AboutQuota, "wechat.quota", []int{45009}},
	{wechat.APICheckText, wechat.AboutPerson, "wechat.person_away", []int{61010}},

	{wechat.APICheckMedia, wechat.AboutPassing, "wechat.busy", []int{-1, 44991}},
	{wechat.APICheckMedia, wechat.AboutToken, "wechat.token", []int{40001}},
	{wechat.APICheckMedia, wechat.AboutPerson, "wechat.person_unknown", []int{40003}},
	{wechat.APICheckMedia, wechat.AboutField, "wechat.field_malformed", []int{40004}},
	{wechat.APICheckMedia, wechat.AboutApp, "wechat.app_wrong", []int{43104}},
	{wechat.APICheckMedia, wechat.AboutQuota, "wechat.quota", []int{45009}},
	{wechat.APICheckMedia, wechat.AboutPerson, "wechat.person_away", []int{61010}},
	{wechat.APICheckMedia, wechat.AboutPassing, "wechat.checked_before", []int{87020}},

	{wechat.APICodeImage, wechat.AboutPassing, "wechat.busy", []int{-1}},
	{wechat.APICodeImage, wechat.AboutToken, "wechat.token", []int{40001}},
	{wechat.APICodeImage, wechat.AboutField, "wechat.field_malformed", []int{40097}},
	{wechat.APICodeImage, wechat.AboutField, "wechat.scene_malformed", []int{40129, 40169, 85096}},
	{wechat.APICodeImage, wechat.AboutPage, "wechat.page_unknown", []int{41030}},
	{wechat.APICodeImage, wechat.AboutQuota, "wechat.quota", []int{45009}},

	{wechat.APILink, wechat.AboutPassing, "wechat.busy", []int{-1, 44990}},
	{wechat.APILink, wechat.AboutToken, "wechat.token", []int{40001}},
	{wechat.APILink, wechat.AboutApp, "wechat.app_unauthorized", []int{40002, 85407}},
	{wechat.APILink, wechat.AboutApp, "wechat.app_suspended", []int{40013, 85408}},
	{wechat.APILink, wechat.AboutPage, "wechat.page_unknown", []int{40165}},
	{wechat.APILink, wechat.AboutField, "wechat.field_malformed", []int{40212, 85401, 85402}},
	{wechat.APILink, wechat.AboutQuota, "wechat.quota", []int{44993, 85406}},
	{wechat.APILink, wechat.AboutApp, "wechat.app_unreleased", []int{85079}},

	{wechat.APIQuota, wechat.AboutQuota, "wechat.quota", []int{48006}},
	{wechat.APIQuota, wechat.AboutField, "wechat.field_malformed", []int{76003, 76021, 76022}},
	{wechat.APIQuota, wechat.AboutApp, "wechat.app_suspended", []int{48004, 50002}},
	{wechat.APIQuota, wechat.AboutUnknown, "wechat.unknown", []int{999999}},
}

// failing makes a call to which WeChat answers number.
func (h *house) failing(at wechat.API, number int) error {
	h.sim.Break(sim.Fault{Path: string(at), Code: number})
	defer h.sim.Mend(0)
	ctx, fang := h.Context(), h.sim.Person("王芳").OpenID
	var err error
	switch at {
	case wechat.APISignIn:
		_, err = h.door.SignIn(ctx, "a-code")
	case wechat.APIToken:
		h.must(h.shared.Delete(ctx, "wechat:"+h.config.AppID+":token"))
		err = h.ask(h.door)
	case wechat.APISend:
		_, err = h.door.Send(ctx, h.letter("王芳"))
	case wechat.APIPhone:
		_, err = h.door.Phone(ctx, "a-code", fang)
	case wechat.APICheckText:
		_, err = h.door.CheckText(ctx, wechat.Text{OpenID: fang, Content: "您好", Scene: wechat.SceneForum})
	case wechat.APICheckMedia:
		_, err = h.door.CheckMedia(ctx, wechat.Media{OpenID: fang, URL: "https://yuandu.example/a.jpg", Kind: wechat.Image, Scene: wechat.SceneForum})
	case wechat.APICodeImage:
		_, err = h.door.CodeImage(ctx, wechat.Code{Scene: "01JD"})
	case wechat.APILink:
		_, err = h.door.Link(ctx, wechat.Link{Days: 30})
	case wechat.APIQuota:
		err = h.ask(h.door)
	}
	return err
}

func TestARefusalIsFoundByItsSentence(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	err := h.failing(wechat.APISend, 43101)
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != model.Conflict || !errors.Is(err, &model.Error{Code: "wechat.no_credit"}) {
		t.Errorf("got %v", err)
	}
	err = h.failing(wechat.APISend, 999999)
	if !errors.As(err, &e) || e.Args["code"] != int64(999999) {
		t.Errorf("an unknown number is %v", err)
	}
}

// What WeChat says may hold a person's words or the secret: it goes nowhere.
func TestWhatWeChatSaysIsNotRepeated(t *testing.T) {
	h := newHouse(t)
	h.must(h.ask(h.door))
	phone := h.sim.Person("王芳").Phone
	h.sim.Break(sim.Fault{Path: sendPath, Code: 47003, Times: 1,
		Body: "data." + h.sim.Secret() + " and data.thing3.value " + phone + " invalid access_token"})
	_, err := h.send("王芳")
	if r := h.refused(err, "wechat.field_malformed", 47003); r.Reason.Field != "thing3" {
		t.Errorf("it is about %q", r.Reason.Field)
	}
}

func TestNothingThatPrintsADoorPrintsItsSecrets(t *testing.T) {
	h := newHouse(t)
	p, err := h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.must(err)
	letter := h.letter("王芳")
	origin := wechat.Sent{Origin: wechat.Origin{OpenID: p.OpenID}}
	var printed []string
	for _, v := range []any{h.config, h.door, p, origin} {
		printed = append(printed, fmt.Sprintf("%v %+v %s", v, v, v))
	}
	for _, v := range []any{p, letter, origin} {
		raw, err := json.Marshal(v)
		h.must(err)
		printed = append(printed, string(raw))
	}
	log := &strings.Builder{}
	slog.New(slog.NewTextHandler(log, nil)).Info("told", "door", h.door, "person", p, "letter", letter, "event", origin)
	for _, text := range append(printed, log.String()) {
		for _, secret := range []string{h.sim.Secret(), p.OpenID, p.UnionID, "供暖"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q holds %q", text, secret)
			}
		}
	}
}

func TestADoorNeedsWhatTheConsoleSays(t *testing.T) {
	h := newHouse(t)
	for name, change := range map[string]func(*wechat.Config){
		"no app":                  func(c *wechat.Config) { c.AppID = "" },
		"no secret":               func(c *wechat.Config) { c.Secret = "" },
		"a short push key":        func(c *wechat.Config) { c.PushKey = "abc" },
		"a push key of no base64": func(c *wechat.Config) { c.PushKey = pushKey[:42] + "!" },
		"no address":              func(c *wechat.Config) { c.Base = "api.weixin.qq.com" },
		"an address with a password": func(c *wechat.Config) {
			c.Base = "https://a:b@api.weixin.qq.com"
		},
	} {
		c := h.config
		change(&c)
		if _, err := wechat.Open(c, h.shared, h.clock); err == nil {
			t.Errorf("opened with %s", name)
		} else if len(err.Error()) > 120 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The proxy of the machine is for the world, not for a test on this machine.
func TestMain(m *testing.M) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy"} {
		_ = os.Unsetenv(name)
	}
	os.Exit(m.Run())
}
