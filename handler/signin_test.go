package handler_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
	"yuandu/service/staff"
)

func TestTheFirstAdministratorSignsIn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		_, password, err := h.handler.Staff.Found(ctx, founder, "王敏")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.handler.Staff.Found(ctx, "second", "李强"); err == nil {
			t.Error("a second first administrator was made")
		}
		v := h.visit(t)
		v.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
		v.refused(401, "staff.wrong_password", "POST /admin/v1/sign-in", map[string]string{"login": founder, "password": "wrong"})
		v.refused(401, "staff.wrong_password", "POST /admin/v1/sign-in", map[string]string{"login": "nobody", "password": password})
		if stage := v.must("POST /admin/v1/sign-in", map[string]string{"login": " WangMin ", "password": password})["stage"]; stage != "password" {
			t.Fatalf("after the temporary password comes %v", stage)
		}
		v.refused(401, "staff.stage_needed", "GET /admin/v1/staff", nil)
		v.refused(401, "staff.stage_needed", "POST /admin/v1/me/factor", nil)
		for wrong, code := range map[string]string{"short": "password.short", "wangmin wangmin": "password.common", "qwertyuiop123": "password.common",
			"abcabcabcabcabc": "password.common", "yuanduzhengshi2026": "password.common", password: "password.same", strings.Repeat("长", 129): "password.long"} {
			v.refused(422, code, "POST /admin/v1/me/password", map[string]string{"old_password": password, "password": wrong})
		}
		before := v.Cookie
		if stage := v.must("POST /admin/v1/me/password", map[string]string{"old_password": password, "password": housetest.Password(founder)})["stage"]; stage != "enrol" {
			t.Fatalf("after the new password comes %v", stage)
		}
		if v.Cookie == before {
			t.Error("the token is the same after a step")
		}
		enrolment := v.must("POST /admin/v1/me/factor", nil)
		v.Secret = enrolment["secret"].(string)
		if qr := enrolment["qr"].(string); !strings.HasPrefix(qr, "data:image/png;base64,") || len(qr) < 500 {
			t.Errorf("the QR code is %.60s", qr)
		}
		v.refused(401, "staff.wrong_code", "POST /admin/v1/me/factor/confirm", map[string]string{"code": "000000"})
		confirmed := v.must("POST /admin/v1/me/factor/confirm", map[string]string{"code": v.Code()})
		if codes := confirmed["recovery_codes"].([]any); confirmed["stage"] != "full" || len(codes) != 10 {
			t.Errorf("after the code: %v", confirmed)
		}
		session := v.must("GET /admin/v1/session", nil)
		if session["staff"].(map[string]any)["seen_at"] == nil {
			t.Error("who is signed in has never been seen")
		}
		if session["founding"] != true || session["acts"].(map[string]any)["staff.grant"] != "all" {
			t.Errorf("nobody may give roles: %v", session)
		}
	})
}

func TestACodeWorksOnceAndTheClockMayBeOff(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		enter := func() {
			v.must("POST /admin/v1/sign-in", map[string]string{"login": founder, "password": housetest.Password(founder)})
		}
		enter()
		v.refused(401, "staff.code_used", "POST /admin/v1/sign-in/code", map[string]string{"code": v.Code()}) // the one of the enrolment
		h.clock.Move(30 * time.Second)
		used := v.Code()
		v.must("POST /admin/v1/sign-in/code", map[string]string{"code": used[:3] + " " + used[3:]})
		enter()
		v.refused(401, "staff.code_used", "POST /admin/v1/sign-in/code", map[string]string{"code": used})
		h.clock.Move(3 * time.Minute)
		late := v.Code()
		h.clock.Move(4 * time.Minute)
		a := v.refused(401, "staff.clock_slow", "POST /admin/v1/sign-in/code", map[string]string{"code": late})
		if !strings.Contains(a.body, "慢了 4 分钟") {
			t.Error(a.body)
		}
		v.must("POST /admin/v1/sign-in/code", map[string]string{"code": v.Code()})
	})
}

func TestWrongTriesSlowTheNextOneDownAndSayUntilWhen(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		for _, login := range []string{founder, "nobody-of-that-name"} { // the same for both, so that neither is told apart
			wrong := map[string]string{"login": login, "password": "not the password"}
			for range 4 {
				h.visit(t).refused(401, "staff.wrong_password", "POST /admin/v1/sign-in", wrong)
			}
			a := h.visit(t).refused(429, "staff.locked_out", "POST /admin/v1/sign-in", wrong)
			if !strings.Contains(a.body, "请在 12:01 以后再试") {
				t.Error(a.body)
			}
		}
		right := map[string]string{"login": founder, "password": housetest.Password(founder)}
		h.visit(t).refused(429, "staff.locked_out", "POST /admin/v1/sign-in", right)
		h.clock.Move(time.Minute)
		h.visit(t).refused(429, "staff.locked_out", "POST /admin/v1/sign-in", map[string]string{"login": founder, "password": "wrong again"})
		h.clock.Move(time.Minute)
		h.visit(t).refused(429, "staff.locked_out", "POST /admin/v1/sign-in", right) // now it is two minutes
		h.clock.Move(time.Minute)
		v.signIn(founder)
		h.visit(t).refused(401, "staff.wrong_password", "POST /admin/v1/sign-in", map[string]string{"login": founder, "password": "wrong"}) // counting began anew
	})
}

func TestTheOnlyAdministratorLocksHimselfOut(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		for range 5 {
			h.visit(t).send("POST /admin/v1/sign-in", map[string]string{"login": founder, "password": "forgotten"})
		}
		_, password, err := h.handler.Staff.Rescue(ctx, founder)
		if err != nil {
			t.Fatal(err)
		}
		v.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil) // what was open is shut
		v.Begin(founder, password)
		lines, err := h.store.AuditLines(ctx, auditOf("staff.password_reset"))
		if err != nil || len(lines) != 1 || lines[0].By.Kind != model.TheSystem {
			t.Errorf("the trail says %+v, %v", lines, err)
		}
	})
}

func TestARecoveryCodeWorksOnceHoweverItIsTyped(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		h.clock.Move(time.Minute)
		renewed := v.must("POST /admin/v1/me/recovery-codes", map[string]string{"code": v.Code()})
		code := renewed["recovery_codes"].([]any)[3].(string)
		enter := func() {
			v.must("POST /admin/v1/sign-in", map[string]string{"login": founder, "password": housetest.Password(founder)})
		}
		enter()
		used := v.must("POST /admin/v1/sign-in/recovery", map[string]string{"code": strings.ToUpper(strings.ReplaceAll(code, "-", " "))})
		if used["stage"] != "full" || used["recovery_left"] != 9.0 {
			t.Errorf("%v", used)
		}
		enter()
		v.refused(401, "staff.wrong_code", "POST /admin/v1/sign-in/recovery", map[string]string{"code": code})
	})
}

func TestASessionEndsByItself(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		for range 23 { // busy for eleven hours and a half
			h.clock.Move(29 * time.Minute)
			v.must("GET /admin/v1/session", nil)
		}
		h.clock.Move(29 * time.Minute)
		v.must("GET /admin/v1/session", nil)
		h.clock.Move(28 * time.Minute) // twelve hours are over, busy or not
		v.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
		v.signIn(founder)
		h.clock.Move(30 * time.Minute) // half an hour without a request
		v.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
	})
}

func TestSessionsAreListedAndEndedAndAStolenCookieIsWorthNothing(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		other := h.visit(t)
		other.Secret = v.Secret
		other.signIn(founder)
		list := v.must("GET /admin/v1/me/sessions", nil)["items"].([]any)
		if len(list) != 2 {
			t.Fatalf("%v", list)
		}
		for _, item := range list {
			if s := item.(map[string]any); s["current"] == false {
				v.must("DELETE /admin/v1/me/sessions/"+s["id"].(string), nil)
			}
		}
		other.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
		stolen := v.Cookie
		v.must("POST /admin/v1/sign-out", nil)
		if v.Cookie != "" {
			t.Error("the browser keeps the cookie")
		}
		thief := h.visit(t)
		thief.Cookie = stolen
		thief.refused(401, "staff.signin_needed", "GET /admin/v1/staff", nil)
	})
}

func TestTheCookieIsOneThatNoScriptReadsAndNoOtherSiteSends(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		a := h.visit(t).send("POST /admin/v1/sign-in", map[string]string{"login": founder, "password": housetest.Password(founder)})
		set := a.Header.Get("Set-Cookie")
		for _, want := range []string{"__Host-yuandu=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(set, want) {
				t.Errorf("the cookie has no %s: %s", want, strings.Split(set, "=")[0])
			}
		}
		for _, origin := range []string{"https://evil.example.com", "http://zhengshi.example.cn", "null"} {
			v.refused(403, "request.cross_origin", "POST /admin/v1/departments", map[string]string{"name": "伪造的部门"}, "Origin: "+origin, "Sec-Fetch-Site: cross-site")
			v.refused(403, "request.cross_origin", "POST /admin/v1/departments", map[string]string{"name": "伪造的部门"}, "Origin: "+origin)
		}
		v.must("POST /admin/v1/departments", map[string]string{"name": "鸢都市审计局"}, "Sec-Fetch-Site: same-origin")
		if a := v.send("GET /admin/v1/session", nil); a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("an answer to one person may be kept: %s", a.Header.Get("Cache-Control"))
		}
	})
}

func TestOfTwoHundredWrongSignInsAtOnceSomeAreTriedAndTheRestSentAway(t *testing.T) {
	h := raise(t, embedded)
	careful := h.handler
	careful.Staff = staff.New(h.store, h.clock, staff.Careful)
	h.server = serve(t, careful)
	answers := make(chan int, 200)
	for i := range 200 {
		go func() {
			a := h.visit(t).send("POST /admin/v1/sign-in", map[string]string{"login": fmt.Sprint("guess", i), "password": "guess"}, "X-Forwarded-For: 198.51.100.9")
			answers <- a.StatusCode
		}()
	}
	counts := map[int]int{}
	for range 200 {
		counts[<-answers]++
	}
	if counts[http.StatusUnauthorized] == 0 || counts[401]+counts[503]+counts[429] != 200 {
		t.Errorf("%v", counts)
	}
}
