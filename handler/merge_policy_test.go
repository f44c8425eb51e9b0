package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

// twins makes a document public twice: the second one has what the first lacks.
func (h *house) twins(t testing.TB) (kept, double string) {
	t.Helper()
	kept = h.ids["鸢民发〔2022〕5号"]
	h.change(t, func(tx *store.Tx) error {
		twin := &model.Policy{Title: "鸢都市临时救助办法（试行）", DocNumber: "鸢民发〔2022〕5号", PublishedDate: "2022-06-07",
			Body: media.Structure("第一条 对遭遇突发困难的家庭给予临时救助补贴。"), Topics: []model.Topic{{ID: "relief"}, {ID: "family"}},
			Departments: []model.Department{{ID: h.ids["鸢都市民政局"], Name: "鸢都市民政局"}}}
		if _, err := tx.SavePolicy(ctx, "twin", twin); err != nil {
			return err
		}
		double = twin.ID
		if err := tx.SetRelations(ctx, twin, []model.Relation{{Kind: model.BasedOn, TargetNumber: "鸢政发〔2023〕1号"}, {Kind: model.Cites, TargetID: kept}}); err != nil {
			return err
		}
		form, err := h.file.Keep(ctx, tx, "临时救助申请表.pdf", "application/pdf", []byte("%PDF-1.7 申请表"))
		if err != nil {
			return err
		}
		h.ids["临时救助申请表.pdf"] = form.FileID
		if err := tx.Attach(ctx, double, form.FileID); err != nil {
			return err
		}
		citing := &model.Policy{Title: "临时救助经办规程", DocNumber: "鸢民发〔2023〕77号", PublishedDate: "2023-02-02", Body: media.Structure("经办。")}
		if _, err := tx.SavePolicy(ctx, "citing", citing); err != nil {
			return err
		}
		if err := tx.SetRelations(ctx, citing, []model.Relation{{Kind: model.BasedOn, TargetID: double}}); err != nil {
			return err
		}
		_, err = tx.SaveInterpretation(ctx, "explains", &model.Interpretation{Title: "临时救助怎么申请", PublishedDate: "2022-06-10",
			Body: media.Structure("到街道申请。"), Policies: []model.PolicyRef{{ID: double}}})
		return err
	})
	h.catchUp(t)
	h.ids["双份"], h.ids["临时救助经办规程"] = double, h.find(t, "临时救助经办规程")
	return kept, double
}

// onDesk is a policy as the console reads it.
func onDesk(v *visitor, id string) map[string]any {
	v.t.Helper()
	return v.must("GET /admin/v1/policies/"+id, nil)
}

func TestADocumentThatIsThereTwiceBecomesOne(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		v := h.hire(t, admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		editor := h.hire(t, admin, "bianji", "", model.Grant{Role: model.Editor, DepartmentID: h.ids["鸢都市民政局"]})
		kept, double := h.twins(t)
		h.clock.Move(time.Second)
		pair := v.must("GET /admin/v1/policies/doubles", nil)["items"].([]any)[0].(map[string]any)
		if a, b := pair["a"].(map[string]any), pair["b"].(map[string]any); pair["why"] != "number" || a["id"] != kept || b["id"] != double ||
			!strings.Contains(b["start"].(string), "突发困难") || b["published_date"] != "2022-06-07" || a["department_name"] != "鸢都市民政局" {
			t.Errorf("a likely double is %v", pair)
		}
		at := "/admin/v1/policies/" + double + "/merge"
		preview := v.must("GET "+at+"?into="+kept, nil)
		if said := fmt.Sprint(preview["moving"], preview["refused"]); said != "map[attachments:0 cited_by:1 interpretations:1 relations:1 topics:1]" ||
			!strings.Contains(fmt.Sprint(preview["attachments"]), "临时救助申请表.pdf") {
			t.Errorf("the preview says %s, %v", said, preview["attachments"])
		}
		before := h.ask(t, "GET /api/v1/policies/"+double+"/proof").json(t)["revisions"].([]any)[0].(map[string]any)["sm3"]
		v.refused(422, "publication.reason_needed", "POST "+at, map[string]any{"into": kept, "reason": ""}, ifMatch(onDesk(v, double)))
		v.refused(422, "merge.file", "POST "+at, map[string]any{"into": kept, "reason": "重复", "attachments": []string{"01NONE"}}, ifMatch(onDesk(v, double)))
		merged := v.must("POST "+at, map[string]any{"into": kept, "reason": "同一份文件导入了两次", "attachments": []string{h.ids["临时救助申请表.pdf"]}},
			ifMatch(onDesk(v, double)))
		if merged["moved_to"] != kept {
			t.Errorf("it says %v", merged)
		}
		h.tell(t, []story{
			{name: "before the index knows it, search has forgotten the double", ask: "GET /api/v1/policies?q=临时救助办法", status: 200, hides: []string{double, "试行"}},
			{name: "the old address leads on", ask: "GET /api/v1/policies/" + double, status: 308, says: []string{`"code":"policy.moved"`, `"moved_to":"` + kept + `"`}},
			{name: "so does its page", ask: "GET /policies/" + double, status: 308},
			{name: "what was kept has all", ask: "GET /api/v1/policies/" + kept, status: 200, says: []string{"临时救助怎么申请", "临时救助申请表.pdf",
				`"name":"婚育"`, "养老服务管理办法", `"id":"«临时救助经办规程»"`, "并入重复的一份"}, hides: []string{double}},
			{name: "what cites it cites the kept one", ask: "GET /api/v1/policies/«临时救助经办规程»", status: 200, says: []string{`"id":"` + kept + `"`}, hides: []string{double}},
			{name: "the file is public as before", ask: "GET /api/v1/files/«临时救助申请表.pdf»", status: 200},
			{name: "the proof of the old one stands", ask: "GET /api/v1/policies/" + double + "/proof", status: 200,
				says: []string{fmt.Sprint(before), `"public":false`, `"moved_to":"` + kept + `"`}, hides: []string{`"public_until":null`}},
			{name: "and says where it went", ask: "GET /policies/" + double + "/proof", status: 200, says: []string{"与另一份文件重复", "/policies/" + kept}},
		})
		for ask, want := range map[string]string{"/api/v1/policies/" + double: "/api/v1/policies/" + kept, "/policies/" + double + "?a=b": "/policies/" + kept + "?a=b",
			"/api/v1/policies/" + double + "/canonical": "/api/v1/policies/" + kept + "/canonical"} {
			if to := h.ask(t, "GET "+ask).Header.Get("Location"); to != want {
				t.Errorf("%s leads to %s, not %s", ask, to, want)
			}
		}
		h.catchUp(t)
		h.proves(t, "/api/v1/policies/"+kept, 2)
		h.holds(t)
		editor.refused(409, "publication.merged", "POST /admin/v1/policies/"+double+"/reopen", nil, ifMatch(onDesk(v, double)))
		if left := v.must("GET /admin/v1/policies/doubles", nil); strings.Contains(fmt.Sprint(left), double) {
			t.Errorf("it is a double still: %v", left)
		}
		h.trailed(t, "publication.merged", 1)
	})
}

// holds looks whether the audit trail and all revisions are what they were.
func (h *house) holds(t testing.TB) {
	t.Helper()
	if err := h.handler.Audit.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	verified, err := h.store.VerifyAudit(ctx, storetest.Keys().Audit, model.AuditHead{}, func(b store.Break) { t.Errorf("%+v", b) })
	if err != nil || verified.Revisions == 0 {
		t.Errorf("%+v, %v", verified, err)
	}
}

func TestAChainOfMergesLeadsToItsEndAndNeverRound(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		_, double := h.twins(t)
		third := h.ids["鸢民发〔2026〕6号"]
		merge := func(from, into string) (string, map[string]any) {
			return "POST /admin/v1/policies/" + from + "/merge", map[string]any{"into": into, "reason": "重复"}
		}
		kept := h.ids["鸢民发〔2022〕5号"]
		ask, body := merge(double, kept)
		read := onDesk(v, double)
		v.must(ask, body, ifMatch(read))
		v.refused(412, "edit.stale", ask, body, ifMatch(read))
		ask, body = merge(kept, double)
		v.refused(409, "merge.moved", ask, body, ifMatch(onDesk(v, kept)))
		ask, body = merge(kept, kept)
		v.refused(422, "merge.self", ask, body, ifMatch(onDesk(v, kept)))
		ask, body = merge(kept, "01NONE")
		v.refused(404, "merge.missing", ask, body, ifMatch(onDesk(v, kept)))
		ask, body = merge(kept, third)
		v.must(ask, body, ifMatch(onDesk(v, kept)))
		for _, old := range []string{double, kept} {
			if to := h.ask(t, "GET /policies/"+old).Header.Get("Location"); to != "/policies/"+third {
				t.Errorf("%s leads to %s", old, to)
			}
		}
		v.must("POST /admin/v1/policies/"+third+"/withdraw", map[string]any{"reason": "内容有误"}, ifMatch(onDesk(v, third)))
		h.tells(t, "what leads to it says that it was withdrawn", "GET /api/v1/policies/"+third, 404, "publication.withdrawn")
		other := h.ids["鸢教发〔2026〕10号"]
		ask, body = merge(other, third)
		v.refused(409, "merge.withdrawn", ask, body, ifMatch(onDesk(v, other)))
	})
}

func TestWhatIsBeingWrittenIsNotMergedAway(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		v := h.hire(t, n.admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		public := n.published(t, n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕60号"))
		other := n.published(t, n.policy("鸢都市电梯加装办法", "鸢建发〔2026〕61号"))
		draft := n.begin(n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕60号"))
		id := func(r map[string]any) string { return r["id"].(string) }
		merge := func(from, into map[string]any) (string, map[string]any, string) {
			return "POST /admin/v1/policies/" + id(from) + "/merge", map[string]any{"into": id(into), "reason": "重复"}, ifMatch(from)
		}
		ask, body, read := merge(draft, public)
		v.refused(409, "merge.mixed", ask, body, read)
		if preview := v.must("GET /admin/v1/policies/"+id(draft)+"/merge?into="+id(public), nil); !strings.Contains(preview["refused"].(string), "草稿") {
			t.Errorf("the preview does not say why not: %v", preview["refused"])
		}
		corrected := n.editor.must("POST /admin/v1/policies/"+id(other)+"/reopen", nil, ifMatch(other))
		ask, body, read = merge(public, corrected)
		v.refused(409, "merge.busy", ask, body, read)
		ask, body, read = merge(corrected, public)
		v.refused(409, "merge.busy", ask, body, read)

		content := n.policy("鸢都市加装电梯办法 ", "鸢建发〔2026〕60号")
		content["topic_ids"] = []string{"housing", "elderly"}
		content["relations"] = []map[string]any{{"kind": "based_on", "target_id": id(public)}}
		second := n.begin(content)
		explaining := map[string]any{"title": "电梯办法解读", "department_ids": []string{n.office}, "policy_ids": []string{id(second)}}
		interpretation := n.editor.must("POST /admin/v1/interpretations", map[string]any{"department_id": n.office, "content": explaining})
		n.reviewer.must("GET /admin/v1/policies/"+id(second), nil)
		ask, body, read = merge(second, draft)
		n.editor.refused(403, "staff.not_allowed", ask, body, read)
		n.reviewer.must(ask, body, read)
		now := onDesk(v, id(draft))
		if said := fmt.Sprint(now["content"]); !strings.Contains(said, "elderly") || !strings.Contains(said, id(public)) {
			t.Errorf("the draft that stays is %s", said)
		}
		if said := fmt.Sprint(v.must("GET /admin/v1/interpretations/"+id(interpretation), nil)["content"]); !strings.Contains(said, id(draft)) || strings.Contains(said, id(second)) {
			t.Errorf("an interpretation that is being written is of %s", said)
		}
		ended := onDesk(v, id(second))
		n.editor.refused(409, "publication.merged", "POST /admin/v1/policies/"+id(second)+"/restore", nil, ifMatch(ended))
		if ended["moved_to"] != id(draft) {
			t.Errorf("where it went is not said: %v", ended["moved_to"])
		}
	})
}

func TestWhatIsNoDoubleIsNotListedAgain(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		kept, double := h.twins(t)
		count := func() int { return int(v.must("GET /admin/v1/policies/doubles", nil)["total"].(float64)) }
		before := count()
		say := func(distinct bool) {
			v.must("POST /admin/v1/policies/doubles/distinct", map[string]any{"a": double, "b": kept, "distinct": distinct})
		}
		if say(true); count() != before-1 {
			t.Errorf("%d pairs are left of %d", count(), before)
		}
		if say(false); count() != before {
			t.Errorf("taken back, there are %d", count())
		}
		h.trailed(t, "publication.distinct", 2)
	})
}
