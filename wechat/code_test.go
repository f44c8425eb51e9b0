package wechat_test

import (
	"bytes"
	"image"
	_ "image/jpeg" // what a code is drawn in
	_ "image/png"
	"strings"
	"testing"
	"time"

	"yuandu/wechat"
	"yuandu/wechat/sim"
)

func TestACodeIsDrawn(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		code   wechat.Code
		width  int
		format string
	}{
		{wechat.Code{Scene: "01JDXKQ8Z6Y1V2W3X4Y5Z6A7B8", Page: "packages/letter/show"}, 430, "jpeg"},
		{wechat.Code{Scene: "a=1&b=~", Width: 280, Clear: true}, 280, "png"},
		{wechat.Code{Scene: "x", Page: "packages/new/page", Unchecked: true, Version: wechat.Trial}, 430, "jpeg"},
	} {
		raw, err := h.door.CodeImage(t.Context(), c.code)
		h.must(err)
		shape, format, err := image.DecodeConfig(bytes.NewReader(raw))
		if err != nil || shape.Width != c.width || format != c.format {
			t.Errorf("%s: %d wide, %s, %v", c.code.Scene, shape.Width, format, err)
		}
	}
	_, err := h.door.CodeImage(t.Context(), wechat.Code{Scene: "x", Page: "packages/new/page"})
	h.refused(err, "wechat.page_unknown", 41030)
	h.sim.Break(sim.Fault{Path: "/wxa/getwxacodeunlimit", Times: 1, Body: "<html>"})
	_, err = h.door.CodeImage(t.Context(), wechat.Code{Scene: "x"})
	h.refused(err, "wechat.away", 0)
}

func TestACodeThatWeChatWouldRefuseIsNotAskedFor(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		code        wechat.Code
		want, field string
	}{
		{wechat.Code{}, "wechat.scene_malformed", "scene"},
		{wechat.Code{Scene: "来信"}, "wechat.scene_malformed", "scene"},
		{wechat.Code{Scene: "100%"}, "wechat.scene_malformed", "scene"},
		{wechat.Code{Scene: strings.Repeat("x", 33)}, "wechat.field_long", "scene"},
		{wechat.Code{Scene: "x", Page: "/pages/index/index"}, "wechat.page_unknown", "page"},
		{wechat.Code{Scene: "x", Page: "pages/index/index?a=1"}, "wechat.page_unknown", "page"},
		{wechat.Code{Scene: "x", Width: 279}, "wechat.code_width", "width"},
	} {
		_, err := h.door.CodeImage(t.Context(), c.code)
		h.invalid(err, c.want, c.field)
	}
	for _, l := range []struct {
		link        wechat.Link
		want, field string
	}{
		{wechat.Link{Days: 31}, "wechat.link_days", "days"},
		{wechat.Link{}, "wechat.link_days", "days"},
		{wechat.Link{Days: 1, Query: "标题=一"}, "wechat.field_malformed", "query"},
		{wechat.Link{Days: 1, Query: strings.Repeat("x", 1025)}, "wechat.field_malformed", "query"},
		{wechat.Link{Days: 1, Page: "a?b"}, "wechat.page_unknown", "page"},
	} {
		_, err := h.door.Link(t.Context(), l.link)
		h.invalid(err, l.want, l.field)
	}
	if n := h.sim.Total(tokenPath); n != 0 {
		t.Errorf("WeChat was asked %d times", n)
	}
}

func TestALinkLeadsIntoTheMiniProgram(t *testing.T) {
	h := newHouse(t)
	link, err := h.door.Link(t.Context(), wechat.Link{Page: "packages/letter/show", Query: "id=01JD&from=sms", Days: 30})
	if err != nil || !strings.HasPrefix(link, "https://") {
		t.Errorf("%q, %v", link, err)
	}
	_, err = h.door.Link(t.Context(), wechat.Link{Page: "packages/new/page", Days: 1})
	h.refused(err, "wechat.page_unknown", 40165)
}

func TestWhatIsLeftOfACall(t *testing.T) {
	h := newHouse(t)
	_, err := h.door.CodeImage(t.Context(), wechat.Code{Scene: "x"})
	h.must(err)
	q, err := h.door.Quota(t.Context(), wechat.APICodeImage)
	h.must(err)
	if q.PerPeriod != 5000 || q.Period != time.Minute {
		t.Errorf("%+v", q)
	}
	h.accept("王芳", replied)
	_, err = h.send("王芳")
	h.must(err)
	if q, err = h.door.Quota(t.Context(), wechat.APISend); err != nil || q.Used != 1 || q.Limit != 10_000_000 || q.Remain != 9_999_999 {
		t.Errorf("%+v, %v", q, err)
	}
	_, err = h.door.Quota(t.Context(), wechat.APISignIn)
	h.refused(err, "wechat.field_malformed", 76022)
}

// A path in the address is kept: the demo has its WeChat below /sim.
func TestADoorMayLeadBelowAPath(t *testing.T) {
	h := newHouse(t)
	below := mounted(t, "/sim", h.sim.Handler())
	c := h.config
	c.Base = below + "/sim/"
	h.must(h.ask(h.open(c)))
	h.tokensAsked(1)
}
