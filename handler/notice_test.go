package handler_test

import (
	"strings"
	"testing"
	"time"
)

// told gives all who follow something their notices.
func (h *house) told(t testing.TB) {
	t.Helper()
	if err := h.teller.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestWhoFollowsATopicFindsWhatIsPublishedInTheInbox(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v, other := h.settle(t, "王芳"), h.settle(t, "李建国")
		v.must("PUT /api/v1/me/follows/topic/housing", nil)
		v.must("PUT /api/v1/me/follows/department/"+n.office, nil)
		r := n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		h.told(t)

		page := v.must("GET /api/v1/me/notices", nil)
		if page["total"] != 1.0 || page["unread"] != 1.0 {
			t.Fatalf("two follows match one document: %v", page)
		}
		notice := items(page)[0]
		for what, want := range map[string]string{"says": "新文件", "title": "鸢都市老旧小区加装电梯管理办法", "kind": "policy", "object": r["id"].(string), "gone": ""} {
			if notice[what] != want {
				t.Errorf("%s is %v, want %s", what, notice[what], want)
			}
		}
		if why := notice["why"].(string); !strings.HasPrefix(why, "您订阅了") {
			t.Errorf("why it came: %s", why)
		}
		if page := other.must("GET /api/v1/me/notices", nil); page["total"] != 0.0 {
			t.Errorf("who follows nothing was told %v", page)
		}
		id := notice["id"].(string)
		other.refused(404, "notice.not_found", "POST /api/v1/me/notices/"+id+"/read", nil)
		v.must("POST /api/v1/me/notices/"+id+"/read", nil)
		if page := v.must("GET /api/v1/me/notices?unread=true", nil); page["total"] != 0.0 || page["unread"] != 0.0 {
			t.Errorf("read, and unread are %v", page)
		}

		h.clock.Move(time.Minute)
		at := "/admin/v1/policies/" + r["id"].(string)
		n.reviewer.must("POST "+at+"/withdraw", map[string]string{"reason": "文件内容有误，重新研究后发布。"}, ifMatch(r))
		if gone := items(v.must("GET /api/v1/me/notices", nil))[0]["gone"].(string); !strings.Contains(gone, "重新研究后发布") {
			t.Errorf("of a document that was withdrawn it says %q", gone)
		}
		v.must("DELETE /api/v1/me/notices/"+id, nil)
		v.refused(404, "notice.not_found", "DELETE /api/v1/me/notices/"+id, nil)
		if page := v.must("GET /api/v1/me/notices", nil); page["total"] != 0.0 {
			t.Errorf("deleted, and there is %v", page)
		}
	})
}

func TestWhatTheReviewerDoesNotWantToldIsToldToNobody(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("PUT /api/v1/me/follows/topic/housing", nil)
		r := n.begin(n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		at := "/admin/v1/policies/" + r["id"].(string)
		r = n.editor.must("POST "+at+"/submit", map[string]any{}, ifMatch(r))
		n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": false, "why": "旧文补录"}, ifMatch(r))
		h.told(t)
		if page := v.must("GET /api/v1/me/notices", nil); page["total"] != 0.0 {
			t.Errorf("%v", page)
		}
	})
}

func TestAllIsReadUpToWhatWasSeen(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("PUT /api/v1/me/follows/topic/housing", nil)
		n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		h.told(t)
		seen := items(v.must("GET /api/v1/me/notices", nil))[0]["told_at"]
		h.clock.Move(time.Minute)
		n.published(t, n.policy("鸢都市物业服务收费办法", "鸢建发〔2026〕13号"))
		h.told(t)
		v.must("POST /api/v1/me/notices/read", map[string]any{"up_to": seen})
		if page := v.must("GET /api/v1/me/notices", nil); page["total"] != 2.0 || page["unread"] != 1.0 {
			t.Errorf("what came while they looked: %v", page)
		}
	})
}

func TestAResidentSaysWhenMessagesMayCome(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		usual := v.must("GET /api/v1/me/push-settings", nil)
		if usual["quiet_from"] != 1290.0 || usual["quiet_until"] != 480.0 || usual["most"] != 5.0 || usual["muted"] != false {
			t.Errorf("the usual wishes are %v", usual)
		}
		wishes := map[string]any{"quiet_from": 1320, "quiet_until": 420, "most": 2, "muted": true}
		v.must("PUT /api/v1/me/push-settings", wishes, `If-Match: "0"`)
		if now := v.must("GET /api/v1/me/push-settings", nil); now["muted"] != true || now["most"] != 2.0 {
			t.Errorf("they are kept as %v", now)
		}
		v.refused(412, "edit.stale", "PUT /api/v1/me/push-settings", wishes, `If-Match: "0"`)
		wishes["most"] = 99
		v.refused(422, "input.invalid", "PUT /api/v1/me/push-settings", wishes, `If-Match: "1"`)
	})
}
