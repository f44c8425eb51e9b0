package handler_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/credit"
	"yuandu/service/push"
	"yuandu/wechat/sim"
)

const announcements = "/admin/v1/announcements"

// sent lets WeChat send what is due, and ends what has nothing left to send.
func (h *house) sent(t testing.TB) {
	t.Helper()
	h.told(t)
	speed := push.Speed{Lanes: 1, Wave: 8, CallLimit: 10 * time.Second}
	courier := push.NewCourier(h.store, h.door, h.handler.Templates.LetterFor, h.parts.cache.Allow, speed, h.clock, slog.New(slog.DiscardHandler))
	if err := courier.SendDue(ctx); err != nil {
		t.Fatal(err)
	}
	h.told(t)
}

// audience is a newsroom whose documents two residents follow, of whom one allows
// messages.
func (h *house) audience(t testing.TB) (*newsroom, map[string]*phone) {
	t.Helper()
	n, phones := h.newsroom(t), map[string]*phone{}
	h.asked = []credit.Template{{Purpose: model.ForChange, WeChatID: wechatID}}
	h.sim.AddTemplate(sim.Template{ID: wechatID, Title: "政策更新提醒", Keys: []sim.Key{{Name: "thing1", Label: "政策名称"}, {Name: "phrase2", Label: "更新内容"}, {Name: "date3", Label: "更新日期"}}})
	n.admin.must("PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)
	h.tellPrivacy(t, "第一次发布")
	for _, name := range []string{"王芳", "李建国"} {
		phones[name] = h.phone(t, name)
		phones[name].must("PUT /api/v1/me/follows/topic/housing", nil)
	}
	for range 3 {
		phones["王芳"].allows()
	}
	return n, phones
}

// allows lets one more message come.
func (p *phone) allows() {
	p.t.Helper()
	p.report(p.tap(yes(wechatID)))
}

func (h *house) outcomes(t testing.TB, v *visitor, id string) (said string, record map[string]any) {
	t.Helper()
	record = v.must("GET "+announcements+"/"+id, nil)
	for _, o := range record["outcomes"].([]any) {
		outcome := o.(map[string]any)
		said += " " + strings.Join([]string{outcome["state"].(string), outcome["why"].(string), outcome["retry"].(string)}, "/")
	}
	return said, record
}

func TestAnEditorFollowsWhatBecomesOfMessages(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n, _ := h.audience(t)
		r := n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		page := n.editor.must("GET "+announcements+"?state=running", nil)
		item := items(page)[0]
		if page["total"] != 1.0 || item["stage"] != "matching" || item["title"] != "鸢都市老旧小区加装电梯管理办法" || item["object"] != r["id"] {
			t.Fatalf("%v", page)
		}
		id := item["id"].(string)
		h.sent(t)
		said, record := h.outcomes(t, n.editor, id)
		if said != " no_credit//credit sent//never" || record["told"] != 2.0 || record["stage"] != "told" || record["why"] != "新的补助政策" ||
			record["by"].(map[string]any)["name"] == "" || record["may_steer"] != false {
			t.Errorf("%s of %v", said, record)
		}
		rows := n.editor.must("GET "+announcements+"/"+id+"/deliveries?state=sent", nil)
		row := items(rows)[0]
		if len(items(rows)) != 1 || rows["next"] != "" || row["tries"] != 1.0 || len(row["resident"].(string)) != 6 {
			t.Errorf("%v", rows)
		}
		for _, what := range []string{"?q=电梯", "?kind=policy&object=" + r["id"].(string), "?state=ended", "?sort=change"} {
			if page := n.editor.must("GET "+announcements+what, nil); page["total"] != 1.0 {
				t.Errorf("%s finds %v", what, page["total"])
			}
		}
		for _, what := range []string{"?q=公积金", "?state=running", "?sort=digest", "?kind=interpretation"} {
			if page := n.editor.must("GET "+announcements+what, nil); page["total"] != 0.0 {
				t.Errorf("%s finds %v", what, page["total"])
			}
		}
		other := h.hire(t, n.admin, "qita", h.office(t, n.admin, "市教育局", ""), model.Grant{Role: model.Editor, DepartmentID: h.ids["市教育局"]})
		if page := other.must("GET "+announcements, nil); page["total"] != 0.0 {
			t.Errorf("another department sees %v", page)
		}
		other.refused(403, "staff.not_allowed", "GET "+announcements+"/"+id, nil)
		other.refused(403, "staff.not_allowed", "GET "+announcements+"/"+id+"/deliveries?state=sent", nil)
		n.editor.refused(404, "announcement.not_found", "GET "+announcements+"/none", nil)
		n.editor.refused(403, "staff.not_allowed", "POST "+announcements+"/"+id+"/retry", map[string]any{"state": "no_credit"})
	})
}

func TestAnAdministratorPausesOpensAndSendsOnceMore(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n, phones := h.audience(t)
		n.admin.refused(422, "push.pause_reason", "POST /admin/v1/push/pause", map[string]any{"reason": "x"})
		traffic := n.admin.must("POST /admin/v1/push/pause", map[string]any{"reason": "公众平台在维护"})
		gate := traffic["gates"].([]any)[0].(map[string]any)
		if gate["why"] != "paused" || gate["purpose"] != "" || gate["reason"] != "公众平台在维护" || gate["by"].(map[string]any)["name"] != "王敏" || traffic["of_one"] != 240.0 {
			t.Errorf("%v", traffic)
		}
		n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		h.sent(t)
		id := items(n.editor.must("GET "+announcements, nil))[0]["id"].(string)
		if said, record := h.outcomes(t, n.editor, id); said != " no_credit//credit pending//never" || len(record["gates"].([]any)) != 1 {
			t.Errorf("paused, and %s", said)
		}
		fault := h.sim.Break(sim.Fault{Path: send, Code: 40003, Times: 1})
		n.admin.must("POST /admin/v1/push/open", map[string]any{})
		n.admin.refused(409, "push.not_shut", "POST /admin/v1/push/open", map[string]any{})
		h.sent(t)
		h.sim.Mend(fault)
		failing := items(n.admin.must("GET /admin/v1/push/failing", nil))
		if len(failing) != 1 || failing[0]["why"] != "person" || failing[0]["count"] != 1.0 || failing[0]["retry"] != "never" {
			t.Errorf("%v", failing)
		}
		n.admin.refused(409, "delivery.retry_never", "POST "+announcements+"/"+id+"/retry", map[string]any{"state": "failed", "why": "person"})
		rows := items(n.admin.must("GET "+announcements+"/"+id+"/deliveries?state=failed&why=person", nil))
		if rows[0]["number"] != 40003.0 || !strings.Contains(rows[0]["says"].(string), "微信里没有这个人") {
			t.Errorf("%v", rows)
		}
		phones["李建国"].allows()
		done := n.admin.must("POST "+announcements+"/"+id+"/retry", map[string]any{"state": "no_credit"})
		if done["took"] != 1.0 || done["next"] != "" {
			t.Errorf("%v", done)
		}
		h.sent(t)
		if said, _ := h.outcomes(t, n.editor, id); said != " failed/person/never sent//never" || len(h.sim.Inbox("李建国")) != 1 {
			t.Errorf("after all %s", said)
		}
		for act, times := range map[string]int{"push.paused": 1, "push.opened": 1, "push.retried": 1} {
			h.trailed(t, act, times)
		}
		credits := items(n.admin.must("GET /admin/v1/push/credits", nil))[0]
		if credits["purpose"] != "change" || len(credits["days"].([]any)) != 30 || credits["holders"] != 1.0 {
			t.Errorf("%v", credits)
		}
	})
}

func TestATextThatIsRefusedIsShownToItsEditor(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n, _ := h.audience(t)
		r := n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		h.sim.Break(sim.Fault{Path: send, Code: 45168, Times: 1})
		h.sent(t)
		item := items(n.editor.must("GET "+announcements+"?object="+r["id"].(string), nil))[0]
		if item["refused"] != "text" || item["running"] != false {
			t.Errorf("%v", item)
		}
		id := item["id"].(string)
		retry := map[string]any{"state": "failed", "why": "text"}
		n.admin.refused(409, "delivery.retry_unmended", "POST "+announcements+"/"+id+"/retry", retry)
		h.clock.Move(time.Minute)
		n.admin.must("PUT "+templates+"/change", setUp(wechatID, lines([3]string{"thing1", "政策名称", "department"}, [3]string{"phrase2", "更新内容", "change"}, [3]string{"date3", "更新日期", "date"})), `If-Match: "1"`)
		if _, record := h.outcomes(t, n.admin, id); record["mended"] != true {
			t.Error("the template was changed, and nobody sees it")
		}
		if done := n.admin.must("POST "+announcements+"/"+id+"/retry", retry); done["took"] != 1.0 {
			t.Errorf("%v", done)
		}
		h.clock.Move(time.Minute)
		h.sent(t)
		if said, record := h.outcomes(t, n.editor, id); said != " no_credit//credit sent//never" || record["refused"] != "" {
			t.Errorf("%s", said)
		}
	})
}
