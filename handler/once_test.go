package handler_test

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestARequestSentTwiceIsDoneOnce(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		const key = "Idempotency-Key: tapped-twice-0001"
		office := map[string]string{"name": "鸢都市气象局"}
		first := v.send("POST /admin/v1/departments", office, key)
		again := v.send("POST /admin/v1/departments", office, key)
		if first.StatusCode != 200 || again.body != first.body || again.Header.Get("ETag") != first.Header.Get("ETag") || again.Header.Get("Idempotent-Replayed") == "" {
			t.Errorf("%d %s\n%d %s", first.StatusCode, first.body, again.StatusCode, again.body)
		}
		v.refused(422, "request.key_reused", "POST /admin/v1/departments", map[string]string{"name": "鸢都市水利局"}, key)
		v.refused(422, "request.key_missing", "POST /admin/v1/departments", office, "Idempotency-Key: ")
		v.refused(422, "request.key_malformed", "POST /admin/v1/departments", office, "Idempotency-Key: 短")
		h.trailed(t, "department.added", 1)

		const wrong = "Idempotency-Key: mistake-mended-1"
		v.refused(409, "department.taken", "POST /admin/v1/departments", office, wrong)
		v.must("POST /admin/v1/departments", map[string]string{"name": "鸢都市水利局"}, wrong) // what was refused may be mended under the same key

		h.clock.Move(25 * time.Hour)
		if err := h.handler.Once.Forget(ctx); err != nil {
			t.Fatal(err)
		}
		v.signIn(founder)
		v.refused(409, "department.taken", "POST /admin/v1/departments", office, key) // a day later the key means nothing any more
	})
}

func TestTenTapsAtOnceAreOne(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		answers := make([]*answer, 10)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				answers[i] = v.send("POST /admin/v1/departments", map[string]string{"name": "鸢都市气象局"}, "Idempotency-Key: impatient-finger")
			})
		}
		all.Wait()
		went := 0
		for _, a := range answers {
			switch {
			case a.StatusCode == 200:
				went++
			case a.StatusCode != 409 || !strings.Contains(a.body, "request.running"):
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		}
		if went == 0 {
			t.Error("none went through")
		}
		h.trailed(t, "department.added", 1)
	})
}

func TestAKeyOfSomebodyElseIsNotOnesOwn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		first := h.found(t)
		other := h.hire(t, first, "other", "")
		const key = "Idempotency-Key: the-same-key-00"
		first.must("POST /admin/v1/staff/"+other.staff+"/password", nil, key)
		other.refused(401, "staff.signin_needed", "POST /admin/v1/staff/"+other.staff+"/password", nil, key)
	})
}

func TestWhoWritesTooOftenIsToldWhenToGoOn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		var last *answer
		for range 70 {
			last = h.visit(t).send("POST /admin/v1/sign-in", map[string]string{"login": "nobody"}) // refused before any password is looked at
			if last.StatusCode == 429 {
				break
			}
		}
		if last.StatusCode != 429 || last.Header.Get("Retry-After") == "" || !strings.Contains(last.body, "秒后再试") {
			t.Errorf("%d %s", last.StatusCode, last.body)
		}
		if a := h.visit(t).send("GET /api/v1/topics", nil); a.StatusCode != 200 {
			t.Errorf("reading is slowed down too: %d", a.StatusCode)
		}
	})
}

func TestAnEndlessBodyIsNotRead(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		v.refused(422, "request.too_large", "POST /admin/v1/privacy", map[string]string{"text": strings.Repeat("长", 1<<19), "summary": "x"})
		a := h.visit(t).send("POST /api/v1/login", map[string]string{"code": strings.Repeat("x", 2<<20)})
		if a.StatusCode != 413 && a.StatusCode != 422 {
			t.Errorf("%d %s", a.StatusCode, a.body)
		}
	})
}
