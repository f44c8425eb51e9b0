package handler_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"yuandu/internal/housetest"
	"yuandu/model"
	"yuandu/service/staff"
	"yuandu/store"
)

// version is the version that an answer shows, as If-Match wants it.
func version(m map[string]any) string { return fmt.Sprintf(`If-Match: "%v"`, m["version"]) }

func grant(roles ...any) map[string]any { return map[string]any{"grants": append([]any{}, roles...)} }

func TestTheThreePowersAreKeptApart(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		first := h.found(t)
		office := h.office(t, first, "鸢都市民政局", "")
		one := func(role model.Role) map[string]any { return map[string]any{"role": role} }
		for code, grants := range map[string][]any{
			"role.powers":     {one(model.SecurityAdministrator), one(model.Auditor)},
			"role.department": {one(model.Editor)},
			"role.unknown":    {one("mayor")},
		} {
			first.refused(map[string]int{"role.powers": 409, "role.department": 422, "role.unknown": 422}[code], code, "POST /admin/v1/staff",
				map[string]any{"login": "wrong", "name": "某人", "grants": grants})
		}
		first.refused(409, "role.powers", "POST /admin/v1/staff", map[string]any{"login": "wrong", "name": "某人",
			"grants": []any{one(model.Auditor), map[string]any{"role": model.Editor, "department_id": office}}})

		me := first.must("GET /admin/v1/staff/"+first.staff, nil)
		first.refused(403, "role.oneself", "PUT /admin/v1/staff/"+first.staff+"/grants", grant(one(model.Auditor)), version(me))

		auditor := h.hire(t, first, "auditor", "", model.Grant{Role: model.Auditor})
		editor := h.hire(t, first, "editor", office, model.Grant{Role: model.Editor, DepartmentID: office})
		security := h.hire(t, first, "security", "", model.Grant{Role: model.SecurityAdministrator})

		// From here on the system administrator gives no roles any more.
		of := first.must("GET /admin/v1/staff/"+editor.staff, nil)
		first.refused(403, "staff.not_allowed", "PUT /admin/v1/staff/"+editor.staff+"/grants", grant(), version(of))
		first.refused(403, "staff.not_allowed", "POST /admin/v1/staff", map[string]any{"login": "extra", "name": "某人", "grants": []any{one(model.Dispatcher)}})
		first.must("POST /admin/v1/staff", map[string]any{"login": "extra", "name": "某人"})
		security.refused(403, "staff.not_allowed", "POST /admin/v1/staff", map[string]any{"login": "extra2", "name": "某人"})
		auditor.refused(403, "staff.not_allowed", "POST /admin/v1/departments", map[string]any{"name": "某局"})

		changed := security.must("PUT /admin/v1/staff/"+editor.staff+"/grants", grant(map[string]any{"role": model.Reviewer, "department_id": office}), version(of))
		if got := changed["grants"].([]any)[0].(map[string]any); got["role"] != "reviewer" || got["department_name"] != "鸢都市民政局" {
			t.Errorf("%v", changed)
		}
		stale := security.refused(412, "edit.stale", "PUT /admin/v1/staff/"+editor.staff+"/grants", grant(), version(of))
		if !strings.Contains(stale.body, `"current":{"id":"`+editor.staff) {
			t.Errorf("what is there now is not shown: %s", stale.body)
		}
		security.refused(428, "request.version_missing", "PUT /admin/v1/staff/"+editor.staff+"/grants", grant())

		// Neither takes over an account alone: the password is one's, the factor the other's.
		first.refused(403, "staff.not_allowed", "POST /admin/v1/staff/"+auditor.staff+"/factor/reset", nil)
		security.refused(403, "staff.not_allowed", "POST /admin/v1/staff/"+auditor.staff+"/password", nil)

		for _, last := range []*visitor{security, auditor} {
			of := first.must("GET /admin/v1/staff/"+last.staff, nil)
			first.refused(409, "role.last", "POST /admin/v1/staff/"+last.staff+"/close", map[string]any{}, version(of))
		}
		of = security.must("GET /admin/v1/staff/"+first.staff, nil)
		security.refused(409, "role.last", "PUT /admin/v1/staff/"+first.staff+"/grants", grant(), version(of))
		first.refused(403, "staff.close_oneself", "POST /admin/v1/staff/"+first.staff+"/close", map[string]any{}, version(of))
	})
}

func TestAnOfficeHeadSeesTheOwnOfficeAndWhatIsBelow(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.crew(t)
		head := c.by[model.OfficeHead]
		list := head.must("GET /admin/v1/staff?limit=100", nil)
		for _, item := range list["items"].([]any) {
			if id := item.(map[string]any)["department_id"]; id != c.office["own"] && id != c.office["below"] {
				t.Errorf("sees %v", item)
			}
		}
		if list["total"].(float64) < 5 {
			t.Errorf("sees %v people", list["total"])
		}
		head.must("GET /admin/v1/staff/"+c.target["own"].staff, nil)
		head.refused(404, "staff.not_found", "GET /admin/v1/staff/"+c.target["other"].staff, nil)
		head.refused(404, "staff.not_found", "GET /admin/v1/staff/01GUESSED", nil)
		all := c.by[model.Supervisor].must("GET /admin/v1/staff?department="+c.office["other"]+"&q=TARGET", nil)
		if all["total"] != 1.0 {
			t.Errorf("%v", all)
		}
	})
}

// desk is a domain that gives people something to do.
type desk struct{ held map[string]int }

func (d *desk) Open(_ context.Context, h model.Handover) ([]staff.OpenWork, error) {
	return []staff.OpenWork{{Kind: "letter", Count: d.held[h.From]}}, nil
}

func (d *desk) HandOver(_ context.Context, _ *store.Tx, h model.Handover) error {
	d.held[h.To] += d.held[h.From]
	delete(d.held, h.From)
	return nil
}

func TestWhoLeavesHandsOverAndCannotComeIn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		work := &desk{held: map[string]int{}}
		house := h.handler
		house.Staff = staff.New(h.store, h.clock, quick, work)
		h.server = serve(t, house)
		first := h.found(t)
		leaving, heir := h.hire(t, first, "leaving", ""), h.hire(t, first, "heir", "")
		work.held[leaving.staff] = 12
		of := first.must("GET /admin/v1/staff/"+leaving.staff, nil)
		if open := of["open_work"].([]any)[0].(map[string]any); open["count"] != 12.0 {
			t.Errorf("%v", of)
		}
		closeIt := "POST /admin/v1/staff/" + leaving.staff + "/close"
		first.refused(422, "staff.hand_over", closeIt, map[string]any{}, version(of))
		first.refused(422, "staff.hand_over", closeIt, map[string]any{"to": leaving.staff}, version(of))
		first.refused(422, "staff.hand_over", closeIt, map[string]any{"to": "01NOBODY"}, version(of))
		closed := first.must(closeIt, map[string]any{"to": heir.staff}, version(of))
		if work.held[heir.staff] != 12 || closed["closed_at"] == nil {
			t.Errorf("%v, %v", work.held, closed)
		}
		leaving.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
		h.visit(t).refused(401, "staff.wrong_password", "POST /admin/v1/sign-in", map[string]string{"login": "leaving", "password": housetest.Password("leaving")})
		first.refused(409, "staff.closed", closeIt, map[string]any{}, version(closed))
		first.must("POST /admin/v1/staff/"+leaving.staff+"/reopen", nil, version(closed))
		leaving.signIn("leaving")
	})
}

func TestAResetPasswordEndsWhatWasOpenAndMustBeChanged(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		first := h.found(t)
		v := h.hire(t, first, "lihua", "")
		password := first.must("POST /admin/v1/staff/"+v.staff+"/password", nil)["password"].(string)
		v.refused(401, "staff.signin_needed", "GET /admin/v1/session", nil)
		h.clock.Move(3e10)
		if stage := v.must("POST /admin/v1/sign-in", map[string]string{"login": "lihua", "password": password})["stage"]; stage != "factor" {
			t.Fatalf("whoever has the new password needs no factor: %v", stage)
		}
		if stage := v.must("POST /admin/v1/sign-in/code", map[string]string{"code": v.Code()})["stage"]; stage != "password" {
			t.Fatalf("the new password may stay: %v", stage)
		}
		v.refused(401, "staff.stage_needed", "GET /admin/v1/me/sessions", nil)
		if stage := v.must("POST /admin/v1/me/password", map[string]string{"old_password": password, "password": "另一个 很长的 新密码 桥头柳树"})["stage"]; stage != "full" {
			t.Fatal(stage)
		}
	})
}
