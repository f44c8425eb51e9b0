package handler_test

import (
	"fmt"
	"strings"
	"testing"

	"yuandu/model"
)

func TestTopicsStandInTheOrderAndWordsOfTheEditor(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		v := h.hire(t, admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		table := v.must("GET /admin/v1/topics", nil)
		items := table["items"].([]any)
		var fields []map[string]any
		for _, item := range items {
			fields = append(fields, map[string]any{"id": item.(map[string]any)["id"], "explanation": item.(map[string]any)["explanation"]})
		}
		fields[0], fields[3] = fields[3], fields[0]
		fields[0]["explanation"] = "高龄津贴、助餐、养老院怎么申请"
		save := map[string]any{"items": fields}
		saved := v.must("PUT /admin/v1/topics", save, ifMatch(table))
		if first := saved["items"].([]any)[0].(map[string]any); first["id"] != "elderly" || saved["version"] == table["version"] {
			t.Errorf("then they are %v", first)
		}
		late := v.refused(412, "edit.stale", "PUT /admin/v1/topics", save, ifMatch(table))
		if !strings.Contains(late.body, "高龄津贴、助餐、养老院怎么申请") {
			t.Errorf("who was late does not see what is there: %.300s", late.body)
		}
		h.tell(t, []story{
			{name: "residents see it", ask: "GET /api/v1/topics", status: 200, says: []string{`{"items":[{"id":"elderly"`, "养老院怎么申请"}},
			{name: "on the home page too", ask: "GET /", status: 200, says: []string{"养老院怎么申请"}},
			{name: "and on the topic's own", ask: "GET /policies?topic=elderly", status: 200, says: []string{"养老院怎么申请"}},
			{name: "but not where something else is asked", ask: "GET /policies?topic=elderly&q=办法", status: 200, hides: []string{"养老院怎么申请"}},
		})
		v.refused(422, "topic.all", "PUT /admin/v1/topics", map[string]any{"items": fields[1:]}, ifMatch(saved))
		v.refused(422, "topic.all", "PUT /admin/v1/topics", map[string]any{"items": append(fields[1:], fields[1])}, ifMatch(saved))
		fields[0]["explanation"] = "短"
		v.refused(422, "topic.explanation", "PUT /admin/v1/topics", save, ifMatch(saved))
		admin.refused(403, "staff.not_allowed", "PUT /admin/v1/topics", save, ifMatch(saved))
		if n := len(admin.must("GET /admin/v1/topics", nil)["items"].([]any)); n != 18 {
			t.Error(fmt.Sprint(n, " topics"))
		}
		h.trailed(t, "topics.edited", 1)
	})
}
