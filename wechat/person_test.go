package wechat_test

import (
	"testing"
	"time"

	"yuandu/wechat/sim"
)

func TestAResidentSignsIn(t *testing.T) {
	h := newHouse(t)
	p, err := h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.must(err)
	if want := h.sim.Person("王芳"); p.OpenID != want.OpenID || p.UnionID != want.UnionID {
		t.Errorf("signed in as %q, want %q", p.OpenID, want.OpenID)
	}
	h.sim.Switch(func(s *sim.Switches) { s.NoUnionID = true })
	if p, err = h.door.SignIn(t.Context(), h.sim.LoginCode("王芳")); err != nil || p.UnionID != "" {
		t.Errorf("without an open platform account: %q, %v", p.UnionID, err)
	}
}

func TestALoginCodeWorksOnceAndForFiveMinutes(t *testing.T) {
	h := newHouse(t)
	code := h.sim.LoginCode("王芳")
	_, err := h.door.SignIn(t.Context(), code)
	h.must(err)
	_, err = h.door.SignIn(t.Context(), code)
	h.refused(err, "wechat.code_used", 40163)

	code = h.sim.LoginCode("王芳")
	h.clock.move(5 * time.Minute)
	_, err = h.door.SignIn(t.Context(), code)
	h.refused(err, "wechat.code_invalid", 40029)

	_, err = h.door.SignIn(t.Context(), h.sim.PhoneCode("王芳"))
	h.refused(err, "wechat.code_invalid", 40029)
}

func TestWhatIsNoCodeIsNotSentToWeChat(t *testing.T) {
	h := newHouse(t)
	for _, code := range []string{"", "a&grant_type=x", "码", "a b"} {
		_, err := h.door.SignIn(t.Context(), code)
		h.invalid(err, "wechat.code_invalid", "code")
		_, err = h.door.Phone(t.Context(), code, "")
		h.invalid(err, "wechat.phone_code_invalid", "code")
	}
	if n := h.sim.Total("/sns/jscode2session"); n != 0 {
		t.Errorf("WeChat was asked %d times", n)
	}
}

func TestABlockedAccountCannotSignIn(t *testing.T) {
	h := newHouse(t)
	h.sim.Block("王芳", true)
	_, err := h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.refused(err, "wechat.person_blocked", 40226)
}

func TestSomebodyWhoSignsInTooOftenWaits(t *testing.T) {
	h := newHouse(t)
	for range 100 {
		_, err := h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
		h.must(err)
	}
	_, err := h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.refused(err, "wechat.too_often", 45011)
	_, err = h.door.SignIn(t.Context(), h.sim.LoginCode("李强"))
	h.must(err)
	h.clock.move(time.Minute)
	_, err = h.door.SignIn(t.Context(), h.sim.LoginCode("王芳"))
	h.must(err)
}

func TestAResidentGivesTheirPhoneNumber(t *testing.T) {
	h := newHouse(t)
	fang, qiang := h.sim.Person("王芳"), h.sim.Person("李强")
	code := h.sim.PhoneCode("王芳")
	_, err := h.door.Phone(t.Context(), code, qiang.OpenID)
	h.refused(err, "wechat.phone_code_invalid", 40029)

	phone, err := h.door.Phone(t.Context(), code, fang.OpenID)
	h.must(err)
	if phone != fang.Phone {
		t.Errorf("got %s, want %s", phone, fang.Phone)
	}
	_, err = h.door.Phone(t.Context(), code, fang.OpenID)
	h.refused(err, "wechat.phone_code_invalid", 40029)
}

func TestAnAnswerForAnotherAppIsNoPhoneNumber(t *testing.T) {
	h := newHouse(t)
	h.sim.Break(sim.Fault{Path: "/wxa/business/getuserphonenumber", Times: 1,
		Body: `{"errcode":0,"errmsg":"ok","phone_info":{"purePhoneNumber":"19900001111","watermark":{"appid":"wxother"}}}`})
	_, err := h.door.Phone(t.Context(), h.sim.PhoneCode("王芳"), "")
	h.refused(err, "wechat.away", 0)
}

func TestANumberFromAbroadKeepsItsCountry(t *testing.T) {
	h := newHouse(t)
	h.sim.Break(sim.Fault{Path: "/wxa/business/getuserphonenumber", Times: 1,
		Body: `{"errcode":0,"phone_info":{"purePhoneNumber":"60000000","countryCode":"852","watermark":{"appid":"` + h.sim.AppID() + `"}}}`})
	phone, err := h.door.Phone(t.Context(), h.sim.PhoneCode("王芳"), "")
	if err != nil || phone != "+85260000000" {
		t.Errorf("%q, %v", phone, err)
	}
}
