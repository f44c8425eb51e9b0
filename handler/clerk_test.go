package handler_test

import (
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
)

// visitor is somebody who comes to a house of the tests.
type visitor struct {
	*housetest.Visitor
	t     testing.TB
	h     *house
	staff string // ID, where it is staff
}

// send sends a request in which «name» is an ID; what is refused must be
// refused decently.
func (v *visitor) send(ask string, body any, with ...string) *answer {
	v.t.Helper()
	sent := v.Send(v.h.fill(v.t, ask), body, with...)
	a := &answer{sent.Response, ask, sent.Text}
	if a.StatusCode >= 400 && a.StatusCode < 500 {
		a.isDecent(v.t)
	}
	return a
}

// must sends a request that has to go well.
func (v *visitor) must(ask string, body any, with ...string) map[string]any {
	v.t.Helper()
	a := v.send(ask, body, with...)
	if a.StatusCode/100 != 2 {
		v.t.Fatalf("%s: %d %s", ask, a.StatusCode, a.body)
	}
	return a.json(v.t)
}

// refused sends a request that has to be refused with a code.
func (v *visitor) refused(status int, code, ask string, body any, with ...string) *answer {
	v.t.Helper()
	a := v.send(ask, body, with...)
	if sent := (&housetest.Answer{Text: a.body}); a.StatusCode != status || !sent.Says(code) {
		v.t.Errorf("%s: %d %.400s, want %d %s", ask, a.StatusCode, a.body, status, code)
	}
	return a
}

func (a *answer) json(t testing.TB) map[string]any {
	t.Helper()
	return (&housetest.Answer{Ask: a.ask, Text: a.body}).JSON(t)
}

// visit opens a browser that knows nothing yet.
func (h *house) visit(t testing.TB) *visitor {
	return &visitor{Visitor: &housetest.Visitor{T: t, Address: h.server.URL, Now: h.clock.Now}, t: t, h: h}
}

const founder = "wangmin"

// found makes the first administrator, signed in.
func (h *house) found(t testing.TB) *visitor {
	t.Helper()
	s, password, err := h.handler.Staff.Found(ctx, founder, "王敏")
	if err != nil {
		t.Fatal(err)
	}
	v := h.visit(t)
	v.staff = s.ID
	v.Begin(founder, password)
	return v
}

// signIn signs in with an authenticator that is there already; a code of the
// step before may have been used.
func (v *visitor) signIn(login string) {
	v.t.Helper()
	v.h.clock.Move(30 * time.Second)
	v.SignIn(login)
}

// hire opens an account and signs in with it.
func (h *house) hire(t testing.TB, by *visitor, login string, department string, grants ...model.Grant) *visitor {
	t.Helper()
	opened := by.must("POST /admin/v1/staff", map[string]any{"login": login, "name": "同事" + login, "department_id": department, "grants": grants})
	v := h.visit(t)
	v.staff = opened["staff"].(map[string]any)["id"].(string)
	v.Begin(login, opened["password"].(string))
	return v
}

// office adds a department.
func (h *house) office(t testing.TB, by *visitor, name, parent string) string {
	t.Helper()
	id := by.must("POST /admin/v1/departments", map[string]string{"name": name, "parent_id": parent})["id"].(string)
	h.ids[name] = id
	return id
}
