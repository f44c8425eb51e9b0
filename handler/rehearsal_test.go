package handler_test

import (
	"testing"

	"yuandu/model"
)

func TestAReviewerSeesHowManyWouldBeToldBeforeSigning(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		wang, li, zhao := h.settle(t, "王芳"), h.settle(t, "李建国"), h.settle(t, "赵小满")
		wang.must("PUT /api/v1/me/follows/topic/housing", nil)
		wang.must("PUT /api/v1/me/follows/department/"+n.office, nil)
		li.must("PUT /api/v1/me/follows/topic/housing", nil)
		li.must("PATCH /api/v1/me/follows/topic/housing", map[string]any{"pace": "weekly"})
		zhao.must("POST /api/v1/me/searches", map[string]any{"text": "加装电梯"})
		r := n.begin(n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		at := "/admin/v1/policies/" + r["id"].(string)
		r = n.editor.must("POST "+at+"/submit", map[string]any{}, ifMatch(r))

		reach := n.reviewer.must("GET "+at+"/rehearsal", nil)
		for what, want := range map[string]float64{"people": 3, "no_credit": 2, "weekly": 1, "now": 0, "daily": 0, "seconds": 0} {
			if reach[what] != want {
				t.Errorf("%s: %v, want %v", what, reach[what], want)
			}
		}
		n.editor.refused(403, "staff.not_allowed", "GET "+at+"/rehearsal", nil)
		wang.refused(404, "policy.not_found", "GET /api/v1/policies/"+r["id"].(string), nil)
		if now := n.reviewer.must("GET "+at, nil); now["version"] != r["version"] || now["stage"] != "review" {
			t.Errorf("the rehearsal left %v, %v", now["version"], now["stage"])
		}

		sign := map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "新政策", "urgent": "急"}
		n.reviewer.refused(422, "publication.urgent_reason", "POST "+at+"/sign", sign, ifMatch(r))
		sign["urgent"] = "电梯停运，影响出行"
		n.reviewer.must("POST "+at+"/sign", sign, ifMatch(r))
		waiting, err := h.store.UnderWay(ctx, model.StageMatching)
		if err != nil || len(waiting) != 1 || waiting[0].Rank != model.RankUrgent {
			t.Errorf("it is told in turn: %+v, %v", waiting, err)
		}
		h.told(t)
		for name, v := range map[string]*visitor{"王芳": wang, "李建国": li, "赵小满": zhao} {
			if page := v.must("GET /api/v1/me/notices", nil); page["total"] != 1.0 {
				t.Errorf("%s was told %v", name, page["total"])
			}
		}
	})
}

func TestAnAdministratorRehearsesWithADocumentThatIsPublic(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		desk := h.found(t)
		h.tellPrivacy(t, "第一次发布")
		preview := desk.must("POST "+templates+"/change/preview", map[string]any{"fields": usual})
		id := preview["document"].(string)
		wang, li := h.settle(t, "王芳"), h.settle(t, "李建国")
		wang.must("PUT /api/v1/me/follows/policy/"+id, nil)
		title := preview["among"].([]any)[0].(map[string]any)["title"].(string)
		li.must("POST /api/v1/me/searches", map[string]any{"text": title})

		at := "GET /admin/v1/push/rehearsal?document=" + id
		for what, people := range map[string]float64{"": 2, "&what=published": 2, "&what=corrected": 1} {
			if reach := desk.must(at+what, nil); reach["people"] != people || reach["no_credit"] != people {
				t.Errorf("%q: %v, want %v people", what, reach, people)
			}
		}
		desk.refused(404, "policy.not_found", "GET /admin/v1/push/rehearsal?document=none", nil)
		waiting, err := h.store.UnderWay(ctx, model.StageMatching, model.StageSpreading)
		if err != nil || len(waiting) != 0 {
			t.Errorf("a rehearsal told of %+v, %v", waiting, err)
		}
		for name, v := range map[string]*visitor{"王芳": wang, "李建国": li} {
			if page := v.must("GET /api/v1/me/notices", nil); page["total"] != 0.0 {
				t.Errorf("a rehearsal told %s: %v", name, page["total"])
			}
		}
	})
}
