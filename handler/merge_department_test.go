package handler_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"yuandu/model"
	"yuandu/service/ingest"
)

func TestADepartmentThatEndsGoesOnInAnother(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		old, kept := h.ids["鸢都市人力资源和社会保障局"], h.ids["鸢都市民政局"]
		editor := h.hire(t, admin, "bianji", old, model.Grant{Role: model.Editor, DepartmentID: old}, model.Grant{Role: model.Reviewer, DepartmentID: old})
		n := &newsroom{house: h, office: old, editor: editor}
		draft := n.begin(n.policy("还没写完的办法", ""))
		var office map[string]any
		for _, item := range admin.must("GET /admin/v1/departments", nil)["items"].([]any) {
			if item := item.(map[string]any); item["id"] == old {
				office = item
			}
		}
		listed := func(department string) int {
			return int(h.ask(t, "GET /api/v1/policies?limit=1&department="+department).json(t)["total"].(float64))
		}
		both := listed(old) + listed(kept)
		h.knowledgeOf(t, old)
		preview := admin.must("GET /admin/v1/departments/"+old+"/merge?into="+kept, nil)
		if said := fmt.Sprint(preview["moving"], preview["children"], preview["names"]); !strings.Contains(said, "staff:1") ||
			!strings.Contains(said, "grants:2") || !strings.Contains(said, "children:2") || !strings.Contains(said, "knowledge:1") || !strings.Contains(said, "鸢都市社会保险事业中心") ||
			!strings.Contains(said, "市人社局") || strings.Contains(said, "policies:0") {
			t.Errorf("the preview says %s", said)
		}
		stays := admin.must("POST /admin/v1/departments/"+old+"/merge", map[string]any{"into": kept}, ifMatch(office))
		if names := fmt.Sprint(stays["aliases"]); !strings.Contains(names, "鸢都市人力资源和社会保障局") || !strings.Contains(names, "人社局") {
			t.Errorf("the old names are not kept: %s", names)
		}
		h.catchUp(t)
		if now, before := listed(kept), listed(old); now != both || before != both {
			t.Errorf("%d documents are found under the new department, %d under the old one, want %d", now, before, both)
		}
		h.tell(t, []story{
			{name: "a policy names the new one", ask: "GET /api/v1/policies/«鸢人社发〔2021〕5号»", status: 200, says: []string{`"name":"鸢都市民政局"`}},
			{name: "it is found by the old name", ask: "GET /api/v1/policies?q=人社局", status: 200, says: []string{"基本养老保险实施办法"}},
			{name: "those below are below the new one", ask: "GET /api/v1/policies?q=公益性岗位&department=" + kept, status: 200, says: []string{`"total":1`}},
			{name: "the page of the old one leads to the new", ask: "GET /policies?department=" + old + "&page=2&sort=newest", status: 308},
		})
		if to := h.ask(t, "GET /policies?department="+old+"&q=养老").Header.Get("Location"); !strings.HasPrefix(to, "/policies?") || !strings.Contains(to, "department="+kept) || strings.Contains(to, old) {
			t.Errorf("it leads to %s", to)
		}
		draft = editor.must("GET /admin/v1/policies/"+draft["id"].(string), nil)
		if said := fmt.Sprint(draft["department_id"], draft["content"].(map[string]any)["department_ids"]); said != kept+"["+kept+"]" {
			t.Errorf("a draft belongs to %s", said)
		}
		editor.must("PUT /admin/v1/policies/"+draft["id"].(string), map[string]any{"content": n.policy("写完了的办法", "")}, ifMatch(draft))
		h.trailed(t, "department.merged", 1)
		row := ingest.Row{Line: 1, Values: map[ingest.Column]string{ingest.Title: "鸢都市创业孵化办法", ingest.Issuer: "鸢都市人力资源和社会保障局",
			ingest.DocNumber: "鸢人社发〔2026〕99号", ingest.PublishedDate: "2026-11-01", ingest.Text: "第一条　为了创业，制定本办法。"}}
		if _, err := ingest.New(h.store).Rows(ctx, []ingest.Row{row}); err != nil {
			t.Fatal(err)
		}
		h.tells(t, "what comes in under the old name is the new one's", "GET /api/v1/policies/"+h.find(t, "鸢都市创业孵化办法"), 200, `"id":"`+kept+`"`)
	})
}

func TestAMergeThatCannotBeIsRefusedInPlainWords(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		city := h.office(t, admin, "市政府", "")
		a, b, c := h.office(t, admin, "市民政局", city), h.office(t, admin, "市教育局", city), h.office(t, admin, "市体育局", city)
		merge := func(from string) string { return "POST /admin/v1/departments/" + from + "/merge" }
		first := `If-Match: "1"`
		admin.refused(422, "merge.self", merge(a), map[string]any{"into": a}, first)
		admin.refused(409, "merge.below", merge(city), map[string]any{"into": a}, first)
		admin.refused(404, "department.not_found", merge(a), map[string]any{"into": "01NONE"}, first)
		admin.refused(428, "request.version_missing", merge(a), map[string]any{"into": b})
		admin.refused(412, "edit.stale", merge(a), map[string]any{"into": b}, `If-Match: "7"`)
		admin.must(merge(a), map[string]any{"into": b}, first)
		late := admin.refused(412, "edit.stale", merge(a), map[string]any{"into": c}, first)
		if now := late.json(t)["current"].(map[string]any); now["id"] != b {
			t.Errorf("who was late is shown %v", now)
		}
		gone := admin.refused(409, "department.merged", merge(c), map[string]any{"into": a}, first)
		if !strings.Contains(gone.body, "市教育局") {
			t.Errorf("where it went is not said: %s", gone.body)
		}
		admin.must(merge(b), map[string]any{"into": c}, `If-Match: "2"`)
		h.tells(t, "a chain is followed to its end", "GET /policies?department="+a, 308)
		if to := h.ask(t, "GET /policies?department="+a).Header.Get("Location"); to != "/policies?department="+c {
			t.Errorf("it leads to %s", to)
		}
	})
}

func TestOfTwoAdministratorsWhoMergeAtOnceOneIsTold(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		a, b, c := h.office(t, admin, "市民政局", ""), h.office(t, admin, "市教育局", ""), h.office(t, admin, "市体育局", "")
		statuses := make(chan int, 2)
		var both sync.WaitGroup
		for _, into := range []string{b, c} {
			both.Go(func() {
				statuses <- admin.send("POST /admin/v1/departments/"+a+"/merge", map[string]any{"into": into}, `If-Match: "1"`).StatusCode
			})
		}
		both.Wait()
		if sum := <-statuses + <-statuses; sum != 200+412 {
			t.Errorf("the two are answered with %d in sum", sum)
		}
		if left := admin.must("GET /admin/v1/departments", nil)["items"].([]any); len(left) != 2 {
			t.Errorf("%d departments are left", len(left))
		}
	})
}
