package handler_test

import (
	"strings"
	"testing"
	"time"
)

func TestWhoFollowsADepartmentIsToldThoughItMergesMeanwhile(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		stays := h.office(t, n.admin, "市城市更新局", "")
		one, both := h.settle(t, "王芳"), h.settle(t, "李建国")
		one.must("PUT /api/v1/me/follows/department/"+n.office, nil)
		both.must("PUT /api/v1/me/follows/department/"+n.office, nil)
		both.must("PUT /api/v1/me/follows/department/"+stays, nil)

		n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		for _, d := range items(n.admin.must("GET /admin/v1/departments", nil)) {
			if d["id"] == n.office {
				n.admin.must("POST /admin/v1/departments/"+n.office+"/merge", map[string]any{"into": stays}, ifMatch(d))
			}
		}
		h.told(t)
		for name, v := range map[string]*visitor{"who followed it": one, "who followed both": both} {
			page := v.must("GET /api/v1/me/notices", nil)
			if page["total"] != 1.0 {
				t.Fatalf("%s has %v notices", name, page["total"])
			}
			if why := items(page)[0]["why"].(string); !strings.Contains(why, "市城市更新局") {
				t.Errorf("%s reads: %s", name, why)
			}
		}
	})
}

func TestOfADocumentThatIsCorrectedAndWithdrawnWithinAMinuteNothingGoesOut(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n, phones := h.audience(t)
		id := n.published(t, n.amended("第二条　财政给予每台二十万元补助。"))["id"].(string)
		h.told(t) // the inbox has it before it is corrected
		h.clock.Move(20 * time.Second)
		signed := map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "金额写错了", "note": "补助金额应为十五万元。"}
		r := n.corrected(t, id, n.amended("第二条　财政给予每台十五万元补助。"), signed)
		h.clock.Move(20 * time.Second)
		n.reviewer.must("POST /admin/v1/policies/"+id+"/withdraw", map[string]string{"reason": "文件内容有误，重新研究后发布。"}, ifMatch(r))
		h.sent(t)

		for name := range phones {
			if got := h.sim.Inbox(name); len(got) != 0 {
				t.Errorf("%s got %d messages about it", name, len(got))
			}
		}
		for _, a := range items(n.editor.must("GET "+announcements, nil)) {
			if said, record := h.outcomes(t, n.editor, a["id"].(string)); strings.Contains(said, "sent") || strings.Contains(said, "pending") || record["running"] != false {
				t.Errorf("%v of %s: %s", a["what"], a["title"], said)
			}
		}
	})
}
