package wechat_test

import (
	"strings"
	"testing"
	"time"

	"yuandu/wechat"
	"yuandu/wechat/sim"
)

func (h *house) text(content string) wechat.Text {
	return wechat.Text{OpenID: h.sim.Person("王芳").OpenID, Content: content, Scene: wechat.SceneForum}
}

func TestALetterToTheMayorIsForAPersonToLookAt(t *testing.T) {
	h := newHouse(t)
	h.sim.Visit("王芳")
	for content, want := range map[string]wechat.Verdict{
		"小区供暖不热":    {Suggest: wechat.Pass, Label: wechat.LabelNormal},
		"市长您好，供暖不热": {Suggest: wechat.Review, Label: wechat.LabelPolitics},
		"市长您好，赌博":   {Suggest: wechat.Risky, Label: wechat.LabelCrime},
	} {
		got, err := h.door.CheckText(t.Context(), h.text(content))
		h.must(err)
		if got.Suggest != want.Suggest || got.Label != want.Label || got.TraceID == "" || len(got.Details) != 2 {
			t.Errorf("%q: %+v, want %+v", content, got, want)
		}
	}
	if s := wechat.LabelPolitics.String(); s != "时政" {
		t.Errorf("the label is called %s", s)
	}
}

func TestSomebodyWhoWasAwayForTwoHoursCannotBeChecked(t *testing.T) {
	h := newHouse(t)
	h.sim.Visit("王芳")
	h.clock.move(2*time.Hour + time.Second)
	_, err := h.door.CheckText(t.Context(), h.text("您好"))
	if r := h.refused(err, "wechat.person_away", 61010); r.About != wechat.AboutPerson {
		t.Errorf("it is about %s", r.About)
	}
}

func TestAVoidDetailIsLeftOut(t *testing.T) {
	h := newHouse(t)
	h.sim.Break(sim.Fault{Path: "/wxa/msg_sec_check", Times: 1, Body: `{"errcode":0,"result":{"suggest":"pass","label":100},
		"detail":[{"strategy":"content_model","errcode":0,"suggest":"review","label":20003,"prob":70},
			{"strategy":"keyword","errcode":-2,"suggest":"risky","label":20006}]}`})
	v, err := h.door.CheckText(t.Context(), h.text("您好"))
	h.must(err)
	if len(v.Details) != 1 || v.Details[0].Label != wechat.LabelAbuse || v.Details[0].Prob != 70 {
		t.Errorf("%+v", v)
	}
	h.sim.Break(sim.Fault{Path: "/wxa/msg_sec_check", Times: 1, Body: `{"errcode":0,"errmsg":"ok"}`})
	_, err = h.door.CheckText(t.Context(), h.text("您好"))
	h.refused(err, "wechat.away", 0)
}

func TestTheLimitOfAMinuteOfTheTextCheckPasses(t *testing.T) {
	h := newHouse(t)
	h.sim.Visit("王芳")
	h.sim.SetLimits("/wxa/msg_sec_check", sim.Limit{Per: time.Minute, Most: 2, Code: 44991}, sim.Limit{Per: 24 * time.Hour, Most: 4, Code: 45009})
	check := func() error {
		_, err := h.door.CheckText(t.Context(), h.text("您好"))
		return err
	}
	h.must(check())
	h.must(check())
	h.refused(check(), "wechat.busy", 44991)
	h.clock.move(time.Minute)
	h.must(check())
	h.refused(check(), "wechat.quota", 45009)
	h.clock.move(24 * time.Hour)
	h.sim.Visit("王芳")
	h.must(check())
}

func TestWhatCannotBeCheckedIsNotSent(t *testing.T) {
	h := newHouse(t)
	fang := h.sim.Person("王芳").OpenID
	for _, c := range []struct {
		text        wechat.Text
		code, field string
	}{
		{wechat.Text{Content: "您好", Scene: 3}, "wechat.person_unknown", ""},
		{wechat.Text{OpenID: fang, Scene: 3}, "wechat.text_empty", "content"},
		{wechat.Text{OpenID: fang, Content: strings.Repeat("长", 2501), Scene: 3}, "wechat.text_long", "content"},
		{wechat.Text{OpenID: fang, Content: "您好"}, "wechat.scene_malformed", "scene"},
	} {
		_, err := h.door.CheckText(t.Context(), c.text)
		h.invalid(err, c.code, c.field)
	}
	for _, c := range []struct {
		media       wechat.Media
		code, field string
	}{
		{wechat.Media{URL: "https://yuandu.example/a.jpg", Kind: wechat.Image, Scene: 3}, "wechat.person_unknown", ""},
		{wechat.Media{OpenID: fang, URL: "a.jpg", Kind: wechat.Image, Scene: 3}, "wechat.media_address", "media"},
		{wechat.Media{OpenID: fang, URL: "https://yuandu.example/a.jpg", Scene: 3}, "wechat.field_malformed", "media"},
		{wechat.Media{OpenID: fang, URL: "https://yuandu.example/a.jpg", Kind: wechat.Audio, Scene: 5}, "wechat.scene_malformed", "scene"},
	} {
		_, err := h.door.CheckMedia(t.Context(), c.media)
		h.invalid(err, c.code, c.field)
	}
	if n := h.sim.Total(tokenPath); n != 0 {
		t.Errorf("WeChat was asked %d times", n)
	}
	h.sim.Visit("王芳")
	_, err := h.door.CheckText(t.Context(), h.text(strings.Repeat("长", 2500)))
	h.must(err)
}
