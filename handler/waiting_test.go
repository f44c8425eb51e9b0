package handler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

// waiting tells what waits for somebody: "review policy 2, …".
func (v *visitor) waiting() string {
	v.t.Helper()
	var told []string
	for _, item := range v.must("GET /admin/v1/waiting", nil)["items"].([]any) {
		w := item.(map[string]any)
		if w["oldest_at"] == nil {
			v.t.Errorf("nothing says since when %v waits", w)
		}
		told = append(told, fmt.Sprintf("%v %v %v", w["what"], w["kind"], w["count"]))
	}
	return strings.Join(told, ", ")
}

// waits looks whether exactly that waits for somebody, and the lists behind it
// are as long.
func (v *visitor) waits(name, want string) {
	v.t.Helper()
	if got := v.waiting(); got != want {
		v.t.Errorf("%s: %q waits, want %q", name, got, want)
	}
	lists := map[string]string{"failed": "failed=true", "review": "waiting=true", "returned": "returned=true",
		"draft": "mine=true&stage=draft", "scheduled": "stage=scheduled"}
	for _, item := range v.must("GET /admin/v1/waiting", nil)["items"].([]any) {
		w := item.(map[string]any)
		if list := v.must("GET /admin/v1/policies?"+lists[w["what"].(string)], nil); list["total"] != w["count"] {
			v.t.Errorf("%s: %v are said to wait as %v, the list has %v", name, w["count"], w["what"], list["total"])
		}
	}
}

func TestEverybodySeesWhatWaitsForThem(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		n.editor.waits("at first nothing", "")
		r := n.begin(n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕12号"))
		desk := "/admin/v1/policies/" + r["id"].(string)
		n.editor.waits("a draft waits for who writes it", "draft policy 1")
		n.reviewer.waits("and for nobody else", "")

		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		n.editor.waits("handed in, it does not", "")
		n.reviewer.waits("and waits for a reviewer", "review policy 1")

		r = n.reviewer.must("POST "+desk+"/return", map[string]string{"reason": "日期不对"}, ifMatch(r))
		n.reviewer.waits("given back, it does not", "")
		n.editor.waits("and waits for who wrote it", "returned policy 1, draft policy 1")
		r = n.editor.must("PUT "+desk, map[string]any{"content": n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕12号")}, ifMatch(r))
		n.editor.waits("work on it does not make it forgotten", "returned policy 1, draft policy 1")

		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		later := map[string]any{"no_secret": true, "attribute": "open", "why": "新政策", "at": h.clock.Now().Add(time.Minute)}
		n.reviewer.must("POST "+desk+"/sign", later, ifMatch(r))
		n.editor.waits("signed, it waits for its time", "scheduled policy 1")

		n.published(t, n.policy("先到一步的同一份", "鸢建发〔2026〕13号"))
		n.reviewer.waits("what is public waits for nobody", "scheduled policy 1")
	})
}

func TestWhatCouldNotAppearAtItsTimeWaitsForReviewAgain(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕12号"))
		desk := "/admin/v1/policies/" + r["id"].(string)
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		later := map[string]any{"no_secret": true, "attribute": "open", "why": "新政策", "at": h.clock.Now().Add(time.Minute)}
		n.reviewer.must("POST "+desk+"/sign", later, ifMatch(r))

		double := n.begin(n.policy("同一份", "鸢建发〔2026〕12号"))
		again := "/admin/v1/policies/" + double["id"].(string)
		asked := n.editor.must("GET "+again+"/checks", nil)["items"].([]any)[0].(map[string]any)
		excuses := []map[string]any{{"finding": asked["number"], "reason": "核对过，是另一份"}}
		double = n.editor.must("POST "+again+"/submit", map[string]any{"excuses": excuses}, ifMatch(double))
		n.reviewer.must("POST "+again+"/sign", signedNow, ifMatch(double))

		h.clock.Move(2 * time.Minute)
		if err := h.handler.Publication.PublishDue(ctx); err != nil {
			t.Fatal(err)
		}
		n.reviewer.waits("the reviewer sees both", "failed policy 1, review policy 1")
		n.editor.waits("and the writer that it failed", "failed policy 1")
	})
}

// agenda tells what is due: "2026-11-30 expiry 甲办法, …".
func (v *visitor) agenda(span string) string {
	v.t.Helper()
	var told []string
	for _, item := range v.must("GET /admin/v1/due"+span, nil)["items"].([]any) {
		d := item.(map[string]any)
		told = append(told, fmt.Sprintf("%v %v %v", d["day"], d["what"], d["title"]))
	}
	return strings.Join(told, ", ")
}

func TestTheAgendaSaysWhatIsDueOnWhichDay(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		today := model.Today(h.clock.Now())
		calendar, err := h.handler.City.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		owed, err := calendar.AddWorkdays(today, 3)
		if err != nil {
			t.Fatal(err)
		}

		content := n.policy("有期限的办法", "鸢建发〔2026〕12号")
		content["expiry_date"] = today.Add(100)
		n.published(t, content)
		far := n.policy("期限还远的办法", "鸢建发〔2026〕14号")
		far["expiry_date"] = today.Add(500)
		n.published(t, far)

		unexplained := n.policy("还没有解读的办法", "鸢建发〔2026〕15号")
		delete(unexplained, "no_interpretation")
		r := n.begin(unexplained)
		explains := n.editor.must("POST /admin/v1/interpretations", map[string]any{"department_id": n.office,
			"content": map[string]any{"title": "一图读懂", "department_ids": []string{n.office}, "policy_ids": []any{r["id"]},
				"body": []map[string]any{{"kind": "text", "text": "这个办法说的是电梯。"}}}})
		n.sign(t, r, signedNow)

		h.clock.Move(time.Minute)
		timed := n.begin(n.policy("定时的通知", "鸢建发〔2026〕16号"))
		later := map[string]any{"no_secret": true, "attribute": "open", "why": "新政策", "at": today.Add(1).Start().Add(9 * time.Hour)}
		n.sign(t, timed, later)

		want := []string{string(today.Add(1)) + " publish 定时的通知", string(owed.Day) + " interpretation 还没有解读的办法",
			string(today.Add(100)) + " expiry 有期限的办法"}
		slices.Sort(want)
		if got := n.reviewer.agenda(""); got != strings.Join(want, ", ") {
			t.Errorf("in half a year is due %q, want %q", got, want)
		}
		if got := n.editor.agenda("?from=" + string(today.Add(1)) + "&until=" + string(today.Add(1))); got != want[0] {
			t.Errorf("tomorrow is due %q", got)
		}
		n.sign(t, explains, signedNow)
		if got := n.editor.agenda(""); strings.Contains(got, "interpretation") {
			t.Errorf("explained, it still owes: %q", got)
		}
		n.editor.refused(422, "agenda.span", "GET /admin/v1/due?until="+string(today.Add(401)), nil)
		n.editor.refused(422, "agenda.span", "GET /admin/v1/due?until="+string(today.Add(-1)), nil)
		n.editor.refused(422, "day.malformed", "GET /admin/v1/due?from=2026-02-31", nil)
	})
}

func TestTheAgendaOfAnotherOfficeIsItsOwn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		office, other := h.office(t, admin, "市民政局", ""), h.office(t, admin, "市教育局", "")
		n := &newsroom{house: h, office: office}
		n.editor = h.hire(t, admin, "bianji", office, model.Grant{Role: model.Editor, DepartmentID: office})
		n.reviewer = h.hire(t, admin, "shenhe", office, model.Grant{Role: model.Reviewer, DepartmentID: office})
		stranger := h.hire(t, admin, "waiju", other, model.Grant{Role: model.Reviewer, DepartmentID: other})
		content := n.policy("高龄津贴办法", "鸢民发〔2026〕7号")
		content["expiry_date"] = model.Today(h.clock.Now()).Add(9)
		n.published(t, content)
		r := n.begin(n.policy("还在研究的办法", ""))
		n.editor.must("POST /admin/v1/policies/"+r["id"].(string)+"/submit", n.excused(r), ifMatch(r))
		if got := stranger.agenda(""); got != "" {
			t.Errorf("another office is told that %q", got)
		}
		stranger.waits("nor does it wait for them", "")
		n.reviewer.waits("it waits for its own", "review policy 1")
		admin.refused(403, "staff.not_allowed", "GET /admin/v1/due", nil)
		if got := admin.pending(); got != "" {
			t.Errorf("for somebody who sees no documents waits %q", got)
		}
	})
}

// sign brings a draft of either kind to the reviewer, who signs it.
func (n *newsroom) sign(t testing.TB, r map[string]any, signed map[string]any) {
	t.Helper()
	nouns := map[any]string{"policy": "policies", "interpretation": "interpretations"}
	at := fmt.Sprintf("/admin/v1/%s/%v", nouns[r["kind"]], r["id"])
	r = n.editor.must("POST "+at+"/submit", map[string]any{}, ifMatch(r))
	n.reviewer.must("POST "+at+"/sign", signed, ifMatch(r))
}

// excused excuses all that the checks ask about a draft.
func (n *newsroom) excused(r map[string]any) map[string]any {
	var excuses []map[string]any
	for _, item := range n.editor.must("GET /admin/v1/policies/"+r["id"].(string)+"/checks", nil)["items"].([]any) {
		if f := item.(map[string]any); f["severity"] == "ask" {
			excuses = append(excuses, map[string]any{"finding": f["number"], "reason": "核对过"})
		}
	}
	return map[string]any{"excuses": excuses}
}
