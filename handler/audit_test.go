package handler_test

import (
	"fmt"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

func TestAnAuditorReadsTheWholeTrail(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		first := h.found(t)
		auditor := h.hire(t, first, "auditor", "", model.Grant{Role: model.Auditor})
		h.tellPrivacy(t, "第一次发布")
		h.settle(t, "王芳")
		if err := h.handler.Audit.Seal(ctx); err != nil {
			t.Fatal(err)
		}
		page := auditor.must("GET /admin/v1/audit?limit=200", nil)
		told := map[string]bool{}
		for _, item := range page["items"].([]any) {
			line := item.(map[string]any)
			told[line["act"].(string)] = true
			if line["act"] == "staff.opened" && line["actor"].(map[string]any)["id"] == first.staff && line["object"].(map[string]any)["name"] != "同事auditor" {
				t.Errorf("%v", line)
			}
			if line["actor"].(map[string]any)["kind"] == "resident" && line["address"] != "" {
				t.Errorf("where a resident came from is kept: %v", line)
			}
		}
		for _, act := range []string{"staff.opened", "staff.granted", "staff.password_right", "staff.password_changed", "staff.factor_enrolled",
			"privacy.published", "resident.agreed", "resident.signed_in"} {
			if !told[act] {
				t.Errorf("the trail says nothing of %s", act)
			}
		}
		only := auditor.must("GET /admin/v1/audit?act=resident.&limit=1", nil)
		if len(only["items"].([]any)) != 1 || only["next"] == 0.0 {
			t.Errorf("%v", only)
		}
		older := auditor.must("GET /admin/v1/audit?act=resident.&limit=50&before="+fmt.Sprintf("%.0f", only["next"]), nil)
		if len(older["items"].([]any)) != 1 || older["next"] != 0.0 {
			t.Errorf("%v", older)
		}
		if none := auditor.must("GET /admin/v1/audit?until=2026-11-23", nil); len(none["items"].([]any)) != 0 {
			t.Errorf("%v", none)
		}
		auditor.refused(422, "day.malformed", "GET /admin/v1/audit?from=never", nil)

		csv := auditor.send("GET /admin/v1/audit/export?act=staff.", nil)
		if rows := strings.Count(csv.body, "\n"); csv.StatusCode != 200 || rows < 8 || !strings.HasPrefix(csv.body, "\ufeffseq,at,") || strings.Contains(csv.body, "resident.") {
			t.Errorf("%d, %d rows: %.300s", csv.StatusCode, rows, csv.body)
		}
		h.trailed(t, "audit.read", 3)
		h.trailed(t, "audit.exported", 1)
		state := auditor.must("GET /admin/v1/audit/state", nil)
		if state["seq"].(float64) < 10 || state["waiting"].(float64) < 3 {
			t.Errorf("%v", state)
		}
	})
}

func TestTheTrailHoldsAfterEverythingThatPeopleDo(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.crew(t)
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("DELETE /api/v1/me", nil)
		if err := h.handler.Audit.Seal(ctx); err != nil {
			t.Fatal(err)
		}
		done, err := h.store.VerifyAudit(ctx, storetest.Keys().Audit, model.AuditHead{}, func(b store.Break) { t.Error(b) })
		if err != nil || done.Lines < 40 || done.Waiting != 0 {
			t.Errorf("%+v, %v", done, err)
		}
	})
}
