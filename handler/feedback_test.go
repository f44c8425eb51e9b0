package handler_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// counter is a newsroom with something public, a resident who reads it, and the
// Supervisor. Its editor answers for the office, the neighbour for another one.
type counter struct {
	*newsroom
	resident, supervisor, neighbour *visitor
	next, policy                    string // the neighbour's office, what is public
}

func (h *house) counter(t testing.TB) *counter {
	t.Helper()
	h.tellPrivacy(t, "第一次发布")
	c := &counter{newsroom: h.newsroom(t)}
	c.next = h.office(t, c.admin, "市教育局", "")
	c.supervisor = h.hire(t, c.admin, "shifuban", "", model.Grant{Role: model.Supervisor})
	c.neighbour = h.hire(t, c.admin, "jiaoyu", c.next, model.Grant{Role: model.CaseHandler, DepartmentID: c.next})
	c.policy = c.published(t, c.newsroom.policy("鸢都市加装电梯办法", "鸢建发〔2026〕12号"))["id"].(string)
	c.resident = h.settle(t, "王芳")
	return c
}

// mistake is one in the second article.
func (c *counter) mistake() map[string]any {
	return map[string]any{"kind": "mistake", "text": "第二条的补助金额和公告里说的不一样，公告是二十五万元。",
		"about": map[string]any{"kind": "policy", "id": c.policy, "anchor": "a2", "quote": "财政给予每台二十万元补助"}}
}

var complaint = map[string]any{"kind": "complaint", "text": "放大字号以后按钮点不到。"}

// give gives a feedback, and tells its ID.
func (v *visitor) give(body map[string]any) string {
	v.t.Helper()
	return v.must("POST /api/v1/feedback", body)["id"].(string)
}

func mine(id string) string   { return "/api/v1/me/feedback/" + id }
func onFile(id string) string { return "/admin/v1/feedback/" + id }

// answer answers a feedback as it stands.
func (v *visitor) answer(id, outcome string) map[string]any {
	v.t.Helper()
	r := v.must("GET "+onFile(id), nil)
	return v.must("POST "+onFile(id)+"/answer", map[string]any{"text": "已经核对，谢谢您。", "outcome": outcome, "reason": "公告另有规定"}, ifMatch(r))
}

func TestAMistakeIsReportedAnsweredAndRated(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		got := c.resident.send("POST /api/v1/feedback", c.mistake())
		if got.StatusCode != 201 || got.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		f := got.json(t)
		id, due := f["id"].(string), f["due"].(map[string]any)
		if f["number"] != "鸢馈2026-000001" || f["state"] != "received" || f["state_name"] != "办理中" || f["can_add"] != true ||
			f["can_rate"] != false || f["answer"] != nil || due["day"] != "2026-11-27" ||
			due["explanation"] != "11月24日收到，次日起算，3 个工作日，其间无节假日" {
			t.Errorf("it is taken in as %s", got.body)
		}
		if about := f["about"].(map[string]any); about["title"] != "鸢都市加装电梯办法" || about["label"] != "第二条" || about["anchor"] != "a2" {
			t.Errorf("its place is %v", about)
		}

		r := c.editor.must("GET "+onFile(id), nil)
		place := r["place"].(map[string]any)
		at := place["blocks"].([]any)[int(place["at"].(float64))].(map[string]any)
		if r["left"] != 3.0 || r["department"].(map[string]any)["id"] != c.office || place["same"] != true ||
			!strings.Contains(at["text"].(string), "二十万元补助") {
			t.Errorf("the office sees %v", r)
		}
		c.editor.refused(422, "feedback.reason", "POST "+onFile(id)+"/answer", map[string]any{"text": "不改", "outcome": "not_accepted", "reason": " "}, ifMatch(r))
		c.editor.refused(422, "feedback.text", "POST "+onFile(id)+"/answer", map[string]any{"text": " ", "outcome": "corrected"}, ifMatch(r))
		noted := c.editor.must("POST "+onFile(id)+"/notes", map[string]any{"text": "已问过财政局张科"}, ifMatch(r))
		r = c.editor.must("POST "+onFile(id)+"/answer", map[string]any{"text": "已更正为二十五万元，谢谢您。", "outcome": "corrected"}, ifMatch(noted))
		if r["state"] != "answered" || r["may_answer"] != false || r["due"] != nil {
			t.Errorf("answered, it is %v", r)
		}

		f = c.resident.must("GET "+mine(id), nil)
		answer := f["answer"].(map[string]any)
		if answer["text"] != "已更正为二十五万元，谢谢您。" || answer["outcome_name"] != "已更正" || answer["department"] != "市住房和城乡建设局" ||
			f["can_rate"] != true || f["can_add"] != false || strings.Contains(fmt.Sprint(f), "张科") {
			t.Errorf("the resident reads %v", f)
		}
		c.resident.refused(409, "feedback.not_open", "POST "+mine(id)+"/additions", map[string]any{"text": "还有"})
		c.resident.refused(422, "input.invalid", "POST "+mine(id)+"/rating", map[string]any{"satisfaction": 6, "solved": true})
		f = c.resident.must("POST "+mine(id)+"/rating", map[string]any{"satisfaction": 5, "solved": true, "text": "很快"})
		if f["state"] != "closed" || f["rating"].(map[string]any)["text"] != "很快" || f["can_rate"] != false {
			t.Errorf("rated, it is %v", f)
		}
		c.resident.refused(409, "feedback.rated", "POST "+mine(id)+"/rating", map[string]any{"satisfaction": 1, "solved": false})
		var went []string
		for _, step := range f["timeline"].([]any) {
			went = append(went, step.(map[string]any)["what"].(string))
		}
		if said := strings.Join(went, " "); said != "received answered rated closed" {
			t.Errorf("its way is told as %s", said)
		}
		for _, act := range []string{"received", "noted", "answered", "rated"} {
			h.trailed(t, "feedback."+act, 1)
		}
	})
}

func TestWhatIsNotSolvedIsHandledOnceMore(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		id := c.resident.give(c.mistake())
		c.resident.refused(409, "feedback.no_answer", "POST "+mine(id)+"/rating", map[string]any{"satisfaction": 1, "solved": false})
		c.editor.answer(id, "not_accepted")
		h.clock.Move(24 * time.Hour)
		f := c.resident.must("POST "+mine(id)+"/rating", map[string]any{"satisfaction": 1, "solved": false, "text": "没有改"})
		if f["state"] != "reopened" || f["due"].(map[string]any)["day"] != "2026-11-30" || f["can_add"] != true ||
			f["answer"].(map[string]any)["reason"] != "公告另有规定" {
			t.Errorf("not solved, it is %v", f)
		}
		c.resident.must("POST "+mine(id)+"/additions", map[string]any{"text": "公告在市政府网站上"})
		c.editor.signIn("bianji")
		if r := c.editor.must("GET "+onFile(id), nil); r["round"] != 2.0 || !strings.Contains(fmt.Sprint(r["steps"]), "没有改") {
			t.Errorf("the office sees %v", r)
		}
		c.editor.answer(id, "corrected")
		f = c.resident.must("POST "+mine(id)+"/rating", map[string]any{"satisfaction": 2, "solved": false})
		if f["state"] != "closed" || f["can_rate"] != false || len(f["timeline"].([]any)) != 8 {
			t.Errorf("not solved twice, it is %v", f)
		}
		figures := c.editor.must("GET /admin/v1/feedback/figures", nil)
		if said := fmt.Sprint(figures["received"], figures["answered"], figures["on_time"], figures["overdue"], figures["solved"], figures["unsolved"],
			figures["unrated"]); said != "1 2 2 0 0 1 0" {
			t.Errorf("the figures are %s", said)
		}
	})
}

func TestAFeedbackIsTakenInOnceAndNumbersHaveNoGaps(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		key := "Idempotency-Key: " + rand.Text()
		answers := make([]*answer, 5)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = c.resident.send("POST /api/v1/feedback", complaint, key) })
		}
		all.Wait()
		for _, a := range answers {
			if a.StatusCode != 201 && a.StatusCode != 409 {
				t.Errorf("one of five taps: %d %s", a.StatusCode, a.body)
			}
		}
		again := c.resident.send("POST /api/v1/feedback", complaint, key)
		if again.StatusCode != 201 || again.Header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("asked again: %d %s", again.StatusCode, again.body)
		}
		c.resident.refused(422, "feedback.no_place", "POST /api/v1/feedback", map[string]any{"kind": "mistake", "text": "写错了"})
		others := make([]*answer, 6)
		for i := range others {
			all.Go(func() { others[i] = c.resident.send("POST /api/v1/feedback", complaint) })
		}
		all.Wait()
		var numbers []string
		page := c.resident.must("GET /api/v1/me/feedback?limit=100", nil)
		for _, item := range page["items"].([]any) {
			numbers = append(numbers, item.(map[string]any)["number"].(string))
		}
		slices.Sort(numbers)
		for i, number := range numbers {
			if number != fmt.Sprintf("鸢馈2026-%06d", i+1) {
				t.Errorf("the numbers are %v", numbers)
				break
			}
		}
		if len(numbers) != 7 || page["total"] != 7.0 {
			t.Errorf("there are %v", numbers)
		}
	})
}

func TestTwentyADayAreEnough(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		for range 17 {
			c.resident.give(complaint)
		}
		late := make([]*answer, 8)
		var all sync.WaitGroup
		for i := range late {
			all.Go(func() { late[i] = c.resident.send("POST /api/v1/feedback", complaint) })
		}
		all.Wait()
		taken := 0
		for _, a := range late {
			if a.StatusCode == 201 {
				taken++
			} else if a.StatusCode != 429 || !strings.Contains(a.body, "已经提交了 20 件，2026年11月25日零点以后可以再提交。急事请拨打 12345") {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		}
		if taken != 3 {
			t.Errorf("%d were taken beside the seventeen", taken)
		}
		h.settle(t, "李建国").give(complaint)
		h.clock.Move(12 * time.Hour)
		c.resident.give(complaint)
	})
}

func TestWhatIsWrongWithAFeedbackIsSaidByField(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		about := func(kind, id string) map[string]any {
			return map[string]any{"kind": "mistake", "text": "写错了", "about": map[string]any{"kind": kind, "id": id}}
		}
		draft := c.begin(c.newsroom.policy("还没有公开的办法", ""))["id"].(string)
		for _, refused := range []struct {
			name, field, says string
			body              map[string]any
		}{
			{"nothing written", "text", "至少", map[string]any{"kind": "complaint", "text": ""}},
			{"blanks alone", "text", "不能只有空格", map[string]any{"kind": "complaint", "text": " \n　 "}},
			{"too much", "text", "2000", map[string]any{"kind": "complaint", "text": strings.Repeat("长", 2001)}},
			{"a kind that there is not", "kind", "complaint", map[string]any{"kind": "praise", "text": "很好"}},
			{"a mistake without its place", "about", "哪份文件", map[string]any{"kind": "mistake", "text": "写错了"}},
			{"in a document that there is not", "about", "不再公开", about("policy", "01NONE")},
			{"in one that is not public", "about", "不再公开", about("policy", draft)},
			{"in one of another kind", "about", "不再公开", about("interpretation", c.policy)},
			{"too long a quote", "about.quote", "500", map[string]any{"kind": "mistake", "text": "错",
				"about": map[string]any{"kind": "policy", "id": c.policy, "quote": strings.Repeat("长", 501)}}},
		} {
			a := c.resident.send("POST /api/v1/feedback", refused.body)
			var p struct {
				Errors []struct{ Field, Message string }
			}
			if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.StatusCode != 422 || len(p.Errors) != 1 ||
				p.Errors[0].Field != refused.field || !strings.Contains(p.Errors[0].Message, refused.says) {
				t.Errorf("%s: %d %s", refused.name, a.StatusCode, a.body)
			}
		}
		if page := c.resident.must("GET /api/v1/me/feedback", nil); page["total"] != 0.0 {
			t.Errorf("%v were taken in", page["total"])
		}
		long := strings.Repeat("长", 2000)
		f := c.resident.must("POST /api/v1/feedback", map[string]any{"kind": "suggestion", "text": long, "about": nil})
		if f["text"] != long || f["about"] != nil {
			t.Errorf("2000 characters became %.100v", f)
		}
		item := c.resident.must("GET /api/v1/me/feedback", nil)["items"].([]any)[0].(map[string]any)
		if item["text"] != strings.Repeat("长", 60)+"…" || item["due_day"] != "2026-11-27" {
			t.Errorf("lists show %v", item)
		}
	})
}

func TestAPlaceThatHasChangedIsFoundAsFarAsItGoes(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		old := c.mistake()
		old["about"] = map[string]any{"kind": "policy", "id": c.policy, "anchor": "a77", "quote": "财政给予每台 二十万元\n补助"}
		f := c.resident.must("POST /api/v1/feedback", old)
		if about := f["about"].(map[string]any); about["anchor"] != "" || about["label"] != "" {
			t.Errorf("a place that is not there is kept as %v", about)
		}
		id := f["id"].(string)
		if place := c.editor.must("GET "+onFile(id), nil)["place"].(map[string]any); place["same"] != true {
			t.Errorf("blanks within the quote hide it: %v", place)
		}

		gone := c.mistake()
		gone["about"] = map[string]any{"kind": "policy", "id": c.policy, "anchor": "a2", "quote": "这句话从来没有"}
		id = c.resident.give(gone)
		place := c.editor.must("GET "+onFile(id), nil)["place"].(map[string]any)
		if place["same"] != false || place["found"] != true || !strings.Contains(fmt.Sprint(place["blocks"]), "二十万元") {
			t.Errorf("without the quote, its article is %v", place)
		}

		desk := "/admin/v1/policies/" + c.policy
		c.reviewer.must("POST "+desk+"/withdraw", map[string]any{"reason": "内容有误"}, ifMatch(c.editor.must("GET "+desk, nil)))
		r := c.editor.must("GET "+onFile(id), nil)
		if r["place"].(map[string]any)["public"] != false || r["about"].(map[string]any)["title"] != "鸢都市加装电梯办法" {
			t.Errorf("withdrawn, it is %v", r)
		}
		c.editor.answer(id, "explained")
	})
}

func TestOnlyTheRightOfficeAnswersAndTheSupervisorSaysWhich(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		id, mistake := c.resident.give(complaint), c.resident.give(c.mistake())
		c.editor.refused(403, "staff.not_allowed", "GET "+onFile(id), nil)
		c.neighbour.refused(403, "staff.not_allowed", "GET "+onFile(mistake), nil)
		c.neighbour.refused(404, "feedback.not_found", "GET "+onFile("01NONE"), nil)
		if n := c.neighbour.must("GET /admin/v1/feedback", nil)["total"]; n != 0.0 {
			t.Errorf("the neighbour sees %v", n)
		}
		r := c.supervisor.must("GET "+onFile(id), nil)
		if r["department"] != nil || r["may_assign"] != true || r["may_answer"] != true {
			t.Errorf("the Supervisor sees %v", r)
		}
		assign := "POST " + onFile(id) + "/assign"
		to := map[string]any{"department": c.next, "why": "学校的页面由教育局管"}
		c.supervisor.refused(404, "department.not_found", assign, map[string]any{"department": "01NONE", "why": "试一试"}, ifMatch(r))
		c.supervisor.refused(422, "feedback.why", assign, map[string]any{"department": c.next, "why": "  "}, ifMatch(r))
		r = c.supervisor.must(assign, to, ifMatch(r))
		c.supervisor.refused(409, "feedback.there", assign, to, ifMatch(r))
		c.neighbour.must("GET "+onFile(id), nil)
		c.neighbour.refused(403, "staff.not_allowed", assign, to, ifMatch(r))
		f := c.resident.must("GET "+mine(id), nil)
		if said := fmt.Sprint(f["timeline"]); !strings.Contains(said, "由市教育局办理") || strings.Contains(said, "学校的页面") {
			t.Errorf("the resident reads %s", said)
		}
		c.neighbour.answer(id, "accepted")
		c.supervisor.answer(mistake, "explained")
		for _, v := range []*visitor{c.editor, c.neighbour, c.supervisor} {
			for _, id := range []string{id, mistake} {
				if a := v.send("GET "+onFile(id), nil); strings.Contains(a.body, "王芳") || strings.Contains(a.body, "resident") {
					t.Errorf("who gave it is told: %s", a.body)
				}
			}
		}
		h.trailed(t, "feedback.assigned", 1)
	})
}

func TestTwoClerksOnOneFeedbackSeeEachOther(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		id := c.resident.give(c.mistake())
		r := c.editor.must("GET "+onFile(id), nil)
		answer := map[string]any{"text": "已核对，没有错。", "outcome": "explained"}
		c.editor.refused(428, "request.version_missing", "POST "+onFile(id)+"/answer", answer)
		c.resident.must("POST "+mine(id)+"/additions", map[string]any{"text": "第一条也有错字"})
		late := c.editor.refused(412, "edit.stale", "POST "+onFile(id)+"/answer", answer, ifMatch(r))
		if !strings.Contains(late.body, "第一条也有错字") || !strings.Contains(late.body, `"current"`) {
			t.Errorf("what the resident added is not told: %s", late.body)
		}
		c.supervisor.answer(id, "corrected")
		if late = c.editor.refused(412, "edit.stale", "POST "+onFile(id)+"/answer", answer, ifMatch(r)); !strings.Contains(late.body, "已经核对，谢谢您。") {
			t.Errorf("what the other one answered is not told: %s", late.body)
		}
		c.editor.refused(409, "feedback.not_open", "POST "+onFile(id)+"/answer", answer, ifMatch(c.editor.must("GET "+onFile(id), nil)))
	})
}

func TestFiveAdditionsAreEnoughAndOthersAreNotThere(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		id := c.resident.give(complaint)
		for n := range 5 {
			c.resident.must("POST "+mine(id)+"/additions", map[string]any{"text": fmt.Sprint("又想起一处", n)})
		}
		c.resident.refused(409, "feedback.full", "POST "+mine(id)+"/additions", map[string]any{"text": "还有"})
		if f := c.resident.must("GET "+mine(id), nil); f["can_add"] != false || !strings.Contains(fmt.Sprint(f["timeline"]), "又想起一处4") {
			t.Errorf("%v", f)
		}
		other := h.settle(t, "李建国")
		other.refused(404, "feedback.not_found", "GET "+mine(id), nil)
		other.refused(404, "feedback.not_found", "POST "+mine(id)+"/additions", map[string]any{"text": "我也是"})
		other.refused(404, "feedback.not_found", "POST "+mine(id)+"/rating", map[string]any{"satisfaction": 5, "solved": true})
		h.visit(t).refused(401, "signin.needed", "POST /api/v1/feedback", complaint)
		h.arrive(t, "赵小满").refused(403, "consent.needed", "POST /api/v1/feedback", complaint)
	})
}

func TestWhatIsDueFirstComesFirst(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		first := c.resident.give(c.mistake())
		h.clock.Move(24 * time.Hour) // Wednesday
		second := c.resident.give(complaint)
		answered := c.resident.give(c.mistake())
		c.supervisor.signIn("shifuban")
		c.supervisor.answer(answered, "explained")
		h.clock.Move(72 * time.Hour) // Saturday: what was due on Friday is late
		c.supervisor.signIn("shifuban")
		list := func(query string) string {
			page := c.supervisor.must("GET /admin/v1/feedback"+query, nil)
			var said []string
			for _, item := range page["items"].([]any) {
				f := item.(map[string]any)
				name := map[any]string{first: "first", second: "second", answered: "answered"}[f["id"]]
				said = append(said, fmt.Sprintf("%s %v %v", name, f["left"], f["overdue"]))
			}
			return strings.Join(said, ", ")
		}
		for query, want := range map[string]string{
			"":                          "first -1 true, second 1 false, answered 0 false",
			"?state=open":               "first -1 true, second 1 false",
			"?state=overdue":            "first -1 true",
			"?state=answered":           "answered 0 false",
			"?state=closed":             "",
			"?kind=complaint":           "second 1 false",
			"?department=" + c.office:   "first -1 true, answered 0 false",
			"?unassigned=true":          "second 1 false",
			"?number=000001":            "first -1 true",
			"?limit=1&offset=1":         "second 1 false",
			"?department=" + c.next:     "",
			"?kind=mistake&state=open":  "first -1 true",
			"?number=%25":               "",
			"?offset=50":                "",
			"?unassigned=true&limit=20": "second 1 false",
		} {
			if got := list(query); got != want {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
		counts := c.supervisor.must("GET /admin/v1/feedback?state=closed", nil)["counts"]
		waiting := c.supervisor.must("GET /admin/v1/waiting/feedback", nil)
		want := "map[answered:1 closed:0 open:2 overdue:1 unassigned:1]"
		if fmt.Sprint(counts) != want || fmt.Sprint(waiting) != want {
			t.Errorf("%v, %v wait", counts, waiting)
		}
	})
}

func TestWhoLeavesTakesTheFeedbackAlongAndIsCutFromIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		open, answered := c.resident.give(complaint), c.resident.give(c.mistake())
		c.resident.must("POST "+mine(answered)+"/additions", map[string]any{"text": "公告的链接我可以发"})
		c.editor.answer(answered, "not_accepted")
		c.resident.must("POST "+mine(answered)+"/rating", map[string]any{"satisfaction": 1, "solved": false, "text": "没有说服我"})

		files := unzip(t, c.resident.send("GET /api/v1/me/export", nil).body)
		var all map[string][]map[string]string
		if err := json.Unmarshal([]byte(files["me.json"]), &all); err != nil || len(all["feedback"]) != 6 {
			t.Fatalf("%v, %v", all["feedback"], err)
		}
		for _, want := range []string{"放大字号以后按钮点不到", "公告是二十五万元", "公告的链接我可以发", "未采纳：已经核对", "公告另有规定", "没有说服我", "您提交的纠错与投诉建议"} {
			if !strings.Contains(files["index.html"], want) {
				t.Errorf("the page for people says nothing of %q", want)
			}
		}

		certificate := c.resident.must("DELETE /api/v1/me", nil)
		if said := fmt.Sprint(certificate["items"]); !strings.Contains(said, "count:2 erased:false") || !strings.Contains(said, "继续办理") {
			t.Errorf("the certificate says %s", said)
		}
		for _, id := range []string{open, answered} {
			f, err := h.store.Feedback(ctx, id)
			if err != nil || f.ResidentID != "" || f.Text == "" {
				t.Errorf("of it there is %+v, %v", f, err)
			}
		}
		if r := c.supervisor.must("GET "+onFile(open), nil); r["gone"] != true || r["may_answer"] != true {
			t.Errorf("the Supervisor sees %v", r)
		}
		c.editor.answer(answered, "corrected")
		back := h.settle(t, "王芳")
		if page := back.must("GET /api/v1/me/feedback", nil); page["total"] != 0.0 {
			t.Errorf("who comes back finds %v", page)
		}
	})
}

func TestFeedbackGoesAlongWhenDocumentsAndDepartmentsAreMerged(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		admin := h.found(t)
		v := h.hire(t, admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		kept, double := h.twins(t)
		h.clock.Move(time.Second)
		resident := h.settle(t, "王芳")
		about := map[string]any{"kind": "policy", "id": double, "anchor": "a1", "quote": "突发困难"}
		id := resident.give(map[string]any{"kind": "mistake", "text": "少了一句", "about": about})
		civil := h.ids["鸢都市民政局"]
		if r := v.must("GET "+onFile(id), nil); r["department"].(map[string]any)["id"] != civil {
			t.Fatalf("it went to %v", r["department"])
		}
		v.must("POST /admin/v1/policies/"+double+"/merge", map[string]any{"into": kept, "reason": "重复"}, ifMatch(onDesk(v, double)))
		r := v.must("GET "+onFile(id), nil)
		if about := r["about"].(map[string]any); about["id"] != kept || about["title"] != "鸢都市临时救助办法" || r["place"].(map[string]any)["same"] != true {
			t.Errorf("after the merge it is about %v", about)
		}
		late := resident.must("POST /api/v1/feedback", map[string]any{"kind": "mistake", "text": "旧地址上的错", "about": about})
		if late["about"].(map[string]any)["id"] != kept {
			t.Errorf("under the old address it is about %v", late["about"])
		}

		closed := v.answer(id, "explained")
		var office map[string]any
		for _, item := range admin.must("GET /admin/v1/departments", nil)["items"].([]any) {
			if item := item.(map[string]any); item["id"] == civil {
				office = item
			}
		}
		into := h.ids["鸢都市教育局"]
		if moving := admin.must("GET /admin/v1/departments/"+civil+"/merge?into="+into, nil)["moving"].(map[string]any); moving["feedback"] != 2.0 {
			t.Errorf("with it goes %v", moving)
		}
		admin.must("POST /admin/v1/departments/"+civil+"/merge", map[string]any{"into": into}, ifMatch(office))
		if r := v.must("GET "+onFile(id), nil); r["department"].(map[string]any)["id"] != into || r["version"] == closed["version"] ||
			!strings.Contains(fmt.Sprint(r["steps"]), "鸢都市教育局") {
			t.Errorf("then it belongs to %v", r)
		}
	})
}

func TestNothingOfAFeedbackCanBeReadInTheTrail(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		id := c.resident.give(c.mistake())
		r := c.supervisor.must("GET "+onFile(id), nil)
		c.supervisor.must("POST "+onFile(id)+"/assign", map[string]any{"department": c.next, "why": "秘密的原因"}, ifMatch(r))
		c.neighbour.answer(id, "not_accepted")
		lines, err := h.store.AuditLines(ctx, store.AuditFilter{Object: id, Limit: 100})
		if err != nil || len(lines) != 3 {
			t.Fatalf("%v, %v", lines, err)
		}
		for _, l := range lines {
			for _, secret := range []string{"补助", "二十", "秘密", "核对", "公告", "王芳"} {
				if strings.Contains(l.Details, secret) {
					t.Errorf("%s tells %s", l.Act, l.Details)
				}
			}
		}
		for _, secret := range []string{"二十五万元", "秘密的原因"} {
			if strings.Contains(logged.String(), secret) {
				t.Errorf("a log holds %s", secret)
			}
		}
	})
}
