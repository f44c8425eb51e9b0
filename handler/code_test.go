package handler_test

import (
	"net/http"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/wechat/sim"
)

func TestAPolicyHasAMiniProgramCodeForPrint(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		v := h.hire(t, h.found(t), "bianji", "", model.Grant{Role: model.Editor, DepartmentID: h.ids["鸢都市民政局"]})
		at := "GET /admin/v1/policies/" + h.ids["鸢民发〔2022〕5号"] + "/wxacode.png"

		a := v.send(at, nil)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(a.body, "\x89PNG") {
			t.Fatalf("the code is %d %s", a.StatusCode, a.Header.Get("Content-Type"))
		}
		v.refused(http.StatusNotFound, "publication.not_found", "GET /admin/v1/policies/nothing/wxacode.png", nil)
		if a := h.ask(t, at); a.StatusCode != http.StatusUnauthorized {
			t.Errorf("without signing in: %d %s", a.StatusCode, a.body)
		}

		h.sim.Break(sim.Fault{Path: "/wxa/getwxacodeunlimit", Code: 41030, Times: 1})
		if a := v.refused(http.StatusUnprocessableEntity, "wechat.page_unknown", at, nil); !strings.Contains(a.body, "正式版") {
			t.Errorf("before the mini program is released: %s", a.body)
		}
	})
}
