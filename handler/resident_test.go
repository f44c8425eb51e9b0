package handler_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/wechat/sim"
)

func TestAResidentSignsInAgreesAndIsKnown(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.visit(t).refused(503, "privacy.missing", "POST /api/v1/login", map[string]string{"code": h.sim.LoginCode("王芳")})
		h.tellPrivacy(t, "第一次发布")
		h.visit(t).refused(401, "signin.needed", "GET /api/v1/me", nil)
		v := h.arrive(t, "王芳")
		if me := v.must("GET /api/v1/me", nil); me["id"] != "" || me["agreed"] != false || me["privacy_version"] != 1.0 {
			t.Errorf("before agreeing: %v", me)
		}
		if n, err := h.store.ResidentCounts(ctx, time.Unix(0, 0)); err != nil || n.Total != 0 {
			t.Errorf("somebody who has not agreed is kept: %+v, %v", n, err)
		}
		v.refused(403, "consent.needed", "POST /api/v1/me/phone", map[string]string{"code": h.sim.PhoneCode("王芳")})
		v.refused(403, "consent.needed", "GET /api/v1/me/devices", nil)
		v.refused(409, "consent.version", "POST /api/v1/me/consent", map[string]any{"version": 7})
		if me := v.must("POST /api/v1/me/consent", map[string]any{"version": 1}); me["agreed"] != true || me["id"] == "" {
			t.Errorf("after agreeing: %v", me)
		}
		me := v.must("POST /api/v1/me/phone", map[string]string{"code": h.sim.PhoneCode("王芳")})
		if phone := me["phone"].(string); len(phone) != 11 || phone[3:7] != "****" {
			t.Errorf("the phone is shown as %q", phone)
		}
		if again := h.arrive(t, "王芳"); again.must("GET /api/v1/me", nil)["id"] != me["id"] {
			t.Error("the same person is two residents")
		}
	})
}

func TestWhoHasNotAgreedIsForgottenAfterHalfAnHour(t *testing.T) {
	h := raise(t, embedded) // Redis keeps a time of its own
	h.tellPrivacy(t, "第一次发布")
	v := h.arrive(t, "王芳")
	h.clock.Move(31 * time.Minute)
	v.refused(401, "signin.needed", "GET /api/v1/me", nil)
	v.refused(401, "signin.needed", "POST /api/v1/me/consent", map[string]any{"version": 1})
}

func TestANewPrivacyTextAsksAgainAndConsentCanBeWithdrawn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("PATCH /api/v1/me", map[string]string{"name": "王女士"}, `If-Match: "1"`)
		h.tellPrivacy(t, "新增了地图选点")
		if me := v.must("GET /api/v1/me", nil); me["agreed"] != false || me["privacy_change"] != "新增了地图选点" {
			t.Errorf("%v", me)
		}
		v.refused(403, "consent.needed", "DELETE /api/v1/me/phone", nil)
		v.must("POST /api/v1/me/consent", map[string]any{"version": 2})
		v.must("DELETE /api/v1/me/consent", nil)
		v.refused(403, "consent.needed", "GET /api/v1/me/devices", nil)
		me := v.must("GET /api/v1/me", nil)
		if consent := me["consent"].(map[string]any); me["name"] != "" || consent["withdrawn_at"] == nil {
			t.Errorf("after withdrawing: %v", me)
		}
		v.must("POST /api/v1/me/consent", map[string]any{"version": 2})
		v.must("GET /api/v1/me/devices", nil)
	})
}

func TestBelowFourteenAGuardianAgrees(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.arrive(t, "小满")
		v.refused(422, "consent.guardian", "POST /api/v1/me/consent", map[string]any{"version": 1, "minor": true})
		v.refused(422, "consent.guardian", "POST /api/v1/me/consent", map[string]any{"version": 1, "minor": true,
			"guardian": map[string]string{"name": "赵明", "phone": "123", "relation": "father"}})
		me := v.must("POST /api/v1/me/consent", map[string]any{"version": 1, "minor": true,
			"guardian": map[string]string{"name": "赵明", "phone": "138 0000 1111", "relation": "father"}})
		if consent := me["consent"].(map[string]any); consent["minor"] != true {
			t.Errorf("%v", me)
		}
		if counts, err := h.store.ResidentCounts(ctx, time.Unix(0, 0)); err != nil || counts.Minors != 1 {
			t.Errorf("%+v, %v", counts, err)
		}
	})
}

func TestDevicesAreListedAndSignedOutAndThirtyDaysEndThem(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		phone := h.settle(t, "王芳")
		tablet := h.arrive(t, "王芳")
		list := phone.must("GET /api/v1/me/devices", nil)["items"].([]any)
		if len(list) != 2 {
			t.Fatalf("%v", list)
		}
		for _, item := range list {
			if d := item.(map[string]any); d["current"] == false {
				phone.must("DELETE /api/v1/me/devices/"+d["id"].(string), nil)
				phone.refused(404, "device.not_found", "DELETE /api/v1/me/devices/"+d["id"].(string), nil)
			}
		}
		tablet.refused(401, "signin.needed", "GET /api/v1/me", nil)
		other := h.settle(t, "李建国")
		theirs := other.must("GET /api/v1/me/devices", nil)["items"].([]any)[0].(map[string]any)["id"].(string)
		phone.refused(404, "device.not_found", "DELETE /api/v1/me/devices/"+theirs, nil)

		for range 5 {
			h.clock.Move(29 * 24 * time.Hour)
			phone.must("GET /api/v1/me", nil) // coming back makes it last
		}
		stolen := phone.Token
		phone.must("POST /api/v1/logout", nil)
		thief := h.visit(t)
		thief.Token = stolen
		thief.refused(401, "signin.needed", "GET /api/v1/me", nil)
		other.refused(401, "signin.needed", "GET /api/v1/me", nil) // was away too long
	})
}

func TestWhatWeChatRefusesIsSaidPlainly(t *testing.T) {
	h := raise(t, embedded)
	h.tellPrivacy(t, "第一次发布")
	v := h.visit(t)
	used := h.sim.LoginCode("王芳")
	v.must("POST /api/v1/login", map[string]string{"code": used})
	v.refused(422, "wechat.code_used", "POST /api/v1/login", map[string]string{"code": used})
	old := h.sim.LoginCode("王芳")
	h.clock.Move(6 * time.Minute)
	v.refused(422, "wechat.code_invalid", "POST /api/v1/login", map[string]string{"code": old})
	elsewhere := sim.New(sim.Options{AppID: "wx000000000000other", Clock: h.clock}).LoginCode("王芳")
	v.refused(422, "wechat.code_invalid", "POST /api/v1/login", map[string]string{"code": elsewhere})
	for _, f := range []sim.Fault{{Code: -1, Times: 9}, {Body: "<html>bad gateway", Times: 9}, {Cut: true, Times: 9}} {
		f.Path = "/sns/jscode2session"
		id := h.sim.Break(f)
		a := v.send("POST /api/v1/login", map[string]string{"code": h.sim.LoginCode("王芳")})
		if a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, `"code":"wechat.`) {
			t.Errorf("%+v: %d %s", f, a.StatusCode, a.body)
		}
		h.sim.Mend(id)
	}
	v.must("POST /api/v1/login", map[string]string{"code": h.sim.LoginCode("王芳")})
}

func TestWeChatSendsNoPatch(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		name := map[string]string{"name": "王女士"}
		meant := func(method string) string { return "X-HTTP-Method-Override: " + method }

		v.must("POST /api/v1/me", name, `If-Match: "1"`, meant("PATCH"))
		for _, method := range []string{"", "patch", "DELETE", "PUT"} {
			if a := v.send("POST /api/v1/me", name, `If-Match: "3"`, meant(method)); a.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("a POST that stands for %q: %d %s", method, a.StatusCode, a.body)
			}
		}
	})
}

func TestAResidentTakesEverythingAlongAndGoes(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("POST /api/v1/me/phone", map[string]string{"code": h.sim.PhoneCode("王芳")})
		v.must("PATCH /api/v1/me", map[string]string{"name": "王女士"}, `If-Match: "2"`)
		person := h.sim.Person("王芳")

		files := unzip(t, v.send("GET /api/v1/me/export", nil).body)
		var all map[string][]map[string]string
		if err := json.Unmarshal([]byte(files["me.json"]), &all); err != nil {
			t.Fatal(err)
		}
		account := all["account"][0]
		if account["openid"] != person.OpenID || account["phone"] != person.Phone || account["name"] != "王女士" ||
			len(all["devices"]) != 1 || len(all["consents"]) != 1 || len(all["trail"]) < 4 {
			t.Errorf("%v", all)
		}
		for _, want := range []string{person.Phone, "王女士", "登录的设备", "王芳的手机"} {
			if !strings.Contains(files["index.html"], want) {
				t.Errorf("the page for people says nothing of %q", want)
			}
		}

		key := "Idempotency-Key: " + rand.Text()
		first := v.send("DELETE /api/v1/me", nil, key)
		certificate := first.json(t)
		if first.StatusCode != 200 || len(certificate["items"].([]any)) != 4 {
			t.Fatalf("%d %s", first.StatusCode, first.body)
		}
		if again := v.send("DELETE /api/v1/me", nil, key); again.body != first.body || again.Header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("asked again: %d %s", again.StatusCode, again.body)
		}
		v.refused(401, "signin.needed", "DELETE /api/v1/me", nil)
		v.refused(401, "signin.needed", "GET /api/v1/me", nil)
		number := certificate["number"].(string)
		h.visit(t).must("GET /api/v1/erasures/"+strings.ToLower(number), nil)
		h.tell(t, []story{
			{name: "the certificate is a page", ask: "GET /erasures/" + number, status: 200,
				says: []string{number, "已删除，不能恢复", "网络安全法第二十一条"}, hides: []string{"王女士", person.OpenID}},
			{name: "another number is none", ask: "GET /erasures/AAAAA-AAAAA-AAAAA-AAAAA", status: 404},
		})
		if r, err := h.store.ResidentByOpenID(ctx, person.OpenID); err != nil || r != nil {
			t.Errorf("still found: %+v, %v", r, err)
		}
		if me := h.settle(t, "王芳").must("GET /api/v1/me", nil); me["id"] == certificate["number"] || me["name"] != "" {
			t.Errorf("who comes back is somebody new: %v", me)
		}
		h.trailed(t, "resident.erased", 1)
	})
}

func unzip(t testing.TB, archive string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(archive)), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestErasureAskedForTwiceAtOnceHappensOnce(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		answers := make([]*answer, 6)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = v.send("DELETE /api/v1/me", nil) })
		}
		all.Wait()
		erased := 0
		for _, a := range answers {
			if a.StatusCode == 200 {
				erased++
			} else if a.StatusCode != 401 {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		}
		if erased != 1 {
			t.Errorf("erased %d times", erased)
		}
	})
}
