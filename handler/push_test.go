package handler_test

import (
	"net/http"
	"strings"
	"testing"

	"yuandu/wechat/sim"
)

func TestOnlyWeChatPushes(t *testing.T) {
	h := raise(t, embedded)
	h.tellPrivacy(t, "第一次发布")
	h.sim.SetPushURL(h.server.URL + "/wechat/push")
	h.sim.AddTemplate(sim.Template{ID: "T1", Title: "政策更新提醒"})
	h.sim.Person("王芳")
	h.sim.Ask("王芳", sim.Choice{Template: "T1", Accept: true})
	h.sim.Wait()
	pushes := h.sim.Pushes()
	if len(pushes) == 0 || !pushes[0].Heard {
		t.Fatalf("what WeChat pushes is not taken: %+v", pushes)
	}
	v := h.visit(t)
	for name, ask := range map[string]string{
		"nothing is signed":  "POST /wechat/push",
		"the signature lies": "POST /wechat/push?signature=0&timestamp=1795665600&nonce=1&msg_signature=0",
	} {
		if a := v.send(ask, map[string]string{"Encrypt": "AAAA"}); a.StatusCode/100 != 4 || a.body == "success" {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if a := v.send("GET /wechat/push?signature=0&timestamp=1&nonce=1&echostr=hello", nil); a.StatusCode/100 != 4 || strings.Contains(a.body, "hello") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	huge := v.send("POST /wechat/push", strings.Repeat("x", 10<<20))
	if huge.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(huge.body, "太大") {
		t.Errorf("%d %s", huge.StatusCode, huge.body)
	}
}
