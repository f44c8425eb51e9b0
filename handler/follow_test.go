package handler_test

import (
	"strings"
	"testing"
	"time"
)

func TestAResidentFollowsTopicsDepartmentsAndDocuments(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		for _, thing := range []string{"topic/elderly", "department/«鸢都市民政局»", "policy/«鸢政发〔2023〕1号»"} {
			if m := v.must("PUT /api/v1/me/follows/"+thing, nil); m["followed"] != true || m["favourite"] != false {
				t.Errorf("%s: %v", thing, m)
			}
			h.clock.Move(time.Minute)
		}
		page := v.must("GET /api/v1/me/follows", nil)
		for i, want := range []string{"鸢都市养老服务管理办法", "鸢都市民政局", "养老"} {
			if f := items(page)[i]; f["name"] != want || f["gone"] != "" || f["followed_at"] == "" {
				t.Errorf("follow %d is %v, want %s", i+1, f, want)
			}
		}
		if second := v.must("GET /api/v1/me/follows?limit=1&offset=1", nil); second["total"] != 3.0 || items(second)[0]["kind"] != "department" {
			t.Errorf("%v", second)
		}
		v.refused(404, "topic.not_found", "PUT /api/v1/me/follows/topic/none", nil)
		v.refused(404, "department.not_found", "PUT /api/v1/me/follows/department/none", nil)
		v.refused(404, "policy.not_found", "PUT /api/v1/me/follows/policy/«城乡居民养老保险问答»", nil)
		v.refused(422, "follow.kind", "PUT /api/v1/me/follows/interpretation/«城乡居民养老保险问答»", nil)
		if m := v.marks("interpretation:«城乡居民养老保险问答»")[0]; m["followed"] != false {
			t.Errorf("what can't be followed: %v", m)
		}
		admin := h.found(t)
		office := admin.must("POST /admin/v1/departments", map[string]any{"name": "鸢都市临时指挥部"})
		v.must("PUT /api/v1/me/follows/department/"+office["id"].(string), nil)
		admin.must("DELETE /admin/v1/departments/"+office["id"].(string), nil, ifMatch(office))
		if f := items(v.must("GET /api/v1/me/follows", nil))[0]; f["name"] != "鸢都市临时指挥部" || !strings.Contains(f["gone"].(string), "已经撤销") {
			t.Errorf("of a department that is gone it says %v", f)
		}
		v.must("DELETE /api/v1/me/follows/topic/elderly", nil)
		if m := v.must("DELETE /api/v1/me/follows/topic/elderly", nil); m["followed"] != false {
			t.Errorf("%v", m)
		}
	})
}
