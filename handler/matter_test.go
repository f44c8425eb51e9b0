package handler_test

import (
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

const matters = "/admin/v1/matters"

// matter is one that the editor has begun.
func (n *newsroom) matter(title string) map[string]any {
	return n.editor.must("POST "+matters, map[string]any{"department": n.office, "title": title, "summary": "", "topics": []string{"housing"}})
}

func (n *newsroom) links(m map[string]any, kind, id, item string) map[string]any {
	return n.editor.must("POST "+matters+"/"+m["id"].(string)+"/links", map[string]any{"kind": kind, "id": id, "item": item}, ifMatch(m))
}

func (n *newsroom) releases(m map[string]any) map[string]any {
	return n.reviewer.must("POST "+matters+"/"+m["id"].(string)+"/release", nil, ifMatch(m))
}

// held is a public meeting that decided some items; with their IDs.
func (n *newsroom) held(day string, items ...map[string]any) (id string, of []string) {
	r := n.signs(n.editor.must("POST "+meetings, map[string]any{"department_id": n.office, "content": n.agenda(day, items...)}), "")
	for _, i := range itemsOf(r["content"].(map[string]any)) {
		of = append(of, i.(map[string]any)["id"].(string))
	}
	return r["id"].(string), of
}

func TestAMatterJoinsWhatWasDecidedWithWhatWasIssued(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		meeting, item := n.held("2026-11-20", n.item("审议《鸢都市加装电梯管理办法（草案）》", "会议原则通过。"), n.item("研究供暖工作", "提前供暖。"))
		issued := n.published(t, n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		m := n.matter("《鸢都市加装电梯管理办法》的制定")
		id := m["id"].(string)
		m = n.links(n.links(m, "policy", issued, ""), "meeting", meeting, item[0])
		of := "GET /api/v1/matters?of="
		h.tells(t, "nobody sees it before it is released", of+"policy:"+issued, 200, `"items":[]`)
		h.tells(t, "nor itself", "GET /api/v1/matters/"+id, 404, `"matter.not_found"`)
		n.editor.refused(403, "staff.not_allowed", "POST "+matters+"/"+id+"/release", nil, ifMatch(m))
		m = n.releases(m)
		n.reviewer.refused(409, "matter.nothing_new", "POST "+matters+"/"+id+"/release", nil, ifMatch(m))

		whole := h.ask(t, "GET /api/v1/matters/"+id)
		if decided, given := strings.Index(whole.body, "会议审议"), strings.Index(whole.body, `"印发"`); decided < 0 || given < decided {
			t.Errorf("what was decided comes before what was issued: %s", whole.body)
		}
		h.tells(t, "the policy's page leads to what was decided", of+"policy:"+issued, 200, `"item":"`+item[0]+`"`, `"day":"2026-11-20"`, `"next":{"step":"interpretation"`)
		h.tells(t, "the item's leads to the policy", of+"agenda_item:"+item[0], 200, issued)
		h.tells(t, "the meeting's too", of+"meeting:"+meeting, 200, issued)
		h.tells(t, "another item has no part in it", of+"agenda_item:"+item[1], 200, `"items":[]`)
		h.tells(t, "the open web shows it with the policy", "GET /policies/"+issued, 200, "来龙去脉", "/meetings/"+meeting+"#item-"+item[0])
		h.tells(t, "with the meeting", "GET /meetings/"+meeting, 200, "/policies/"+issued, "现在这一份")
		h.tells(t, "and by itself", "GET /matters/"+id, 200, "《鸢都市加装电梯管理办法》的制定", "通常的下一步，还没有到")
		h.tells(t, "machines find it", "GET /sitemap.xml", 200, publicURL+"/matters/"+id)

		m = n.editor.must("PUT "+matters+"/"+id, map[string]any{"title": "加装电梯的事", "summary": "", "topics": []string{}}, ifMatch(m))
		h.tells(t, "what is edited waits for a second person", "GET /api/v1/matters/"+id, 200, "《鸢都市加装电梯管理办法》的制定")
		n.releases(m)
		h.tells(t, "and then is shown", "GET /api/v1/matters/"+id, 200, `"title":"加装电梯的事"`)
	})
}

func TestOnlyWhatIsPublicNowStandsInAMatter(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		meeting, item := n.held("2026-11-20", n.item("审议加装电梯办法", "会议原则通过。"), n.item("研究供暖工作", "提前供暖。"))
		r := n.published(t, n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕12号"))
		issued := r["id"].(string)
		draft := n.begin(n.policy("鸢都市加装电梯补助细则", "鸢建发〔2026〕13号"))
		m := n.matter("加装电梯")
		id := m["id"].(string)
		m = n.links(n.links(n.links(m, "policy", issued, ""), "meeting", meeting, item[0]), "policy", draft["id"].(string), "")
		n.releases(m)
		at := "GET /api/v1/matters/" + id
		if got := h.ask(t, at); strings.Contains(got.body, "补助细则") || strings.Contains(got.body, draft["id"].(string)) {
			t.Errorf("it tells of a draft: %s", got.body)
		}
		h.tells(t, "a draft leads nowhere", "GET /api/v1/matters?of=policy:"+draft["id"].(string), 200, `"items":[]`)
		n.publish(draft)
		h.tells(t, "once it is public, it is there", at, 200, "补助细则")

		n.corrects(meeting, "一项议题不再公开", func(content map[string]any) {
			i := itemsOf(content)[0].(map[string]any)
			i["withheld"], i["ground"] = true, "政府信息公开条例第十六条"
		})
		if got := h.ask(t, at); strings.Contains(got.body, item[0]) || strings.Contains(got.body, meeting) {
			t.Errorf("it tells of an item that is withheld: %s", got.body)
		}
		desk := n.editor.must("GET "+matters+"/"+id, nil)
		if links := desk["links"].([]any); len(links) != 3 {
			t.Errorf("who writes sees all three still: %v", links)
		}
		n.corrects(meeting, "议题删去", func(content map[string]any) { content["items"] = itemsOf(content)[1:] })
		desk = n.editor.must("GET "+matters+"/"+id, nil)
		if links := desk["links"].([]any); len(links) != 2 {
			t.Errorf("an item that is no more is linked no more: %v", links)
		}
		n.reviewer.must("POST /admin/v1/policies/"+issued+"/withdraw", map[string]string{"reason": "有误"}, ifMatch(n.reviewer.must("GET /admin/v1/policies/"+issued, nil)))
		if got := h.ask(t, at); strings.Contains(got.body, issued) {
			t.Errorf("it tells of what was withdrawn: %s", got.body)
		}
	})
}

func TestWhoFollowsAMatterIsToldOnceOfEachStep(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		first := n.published(t, n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		m := n.matter("加装电梯")
		id := m["id"].(string)
		p, both := h.phone(t, "王芳"), h.phone(t, "李建国")
		p.refused(404, "matter.not_found", "PUT /api/v1/me/follows/matter/"+id, nil)
		m = n.releases(n.links(m, "policy", first, ""))
		h.told(t)
		p.must("PUT /api/v1/me/follows/matter/"+id, nil)
		both.must("PUT /api/v1/me/follows/matter/"+id, nil)

		second := n.published(t, n.policy("鸢都市加装电梯补助细则", "鸢建发〔2026〕13号"))["id"].(string)
		h.told(t)
		both.must("PUT /api/v1/me/follows/policy/"+second, nil)
		m = n.releases(n.links(m, "policy", second, ""))
		h.told(t)
		notice := items(p.must("GET /api/v1/me/notices", nil))[0]
		if notice["says"] != "事项有新的进展" || notice["why"] != "您订阅了事项“加装电梯”" || notice["kind"] != "matter" || notice["object"] != id {
			t.Errorf("of what is linked: %v", notice)
		}
		if got := items(both.must("GET /api/v1/me/notices", nil)); len(got) != 0 {
			t.Errorf("who follows the document knows it, and is told %v", got)
		}

		draft := n.begin(n.policy("鸢都市电梯安全办法", "鸢建发〔2026〕14号"))
		n.releases(n.links(m, "policy", draft["id"].(string), ""))
		h.told(t)
		if got := items(p.must("GET /api/v1/me/notices", nil)); len(got) != 1 {
			t.Errorf("a draft that joins is told of to nobody: %v", got)
		}
		n.publish(draft)
		h.told(t)
		for _, v := range []*phone{p, both} {
			notice := items(v.must("GET /api/v1/me/notices", nil))[0]
			if notice["kind"] != "policy" || notice["object"] != draft["id"] || notice["why"] != "您订阅了事项“加装电梯”" {
				t.Errorf("of what goes public: %v", notice)
			}
		}
		both.must("PUT /api/v1/me/follows/policy/"+draft["id"].(string), nil)
		n.corrected(t, draft["id"].(string), n.policy("鸢都市电梯安全办法", "鸢建发〔2026〕14号"), map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "笔误", "note": "改正笔误"})
		h.told(t)
		if got := items(both.must("GET /api/v1/me/notices", nil)); len(got) != 2 {
			t.Errorf("who follows both is told once of a correction: %v", got)
		}
	})
}

func TestALetterInAMatterStaysInside(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		letter, _ := h.letterOf(t, n.office)
		handler := h.hire(t, n.admin, "banli", n.office, model.Grant{Role: model.CaseHandler, DepartmentID: n.office}, model.Grant{Role: model.Editor, DepartmentID: n.office})
		issued := n.published(t, n.policy("鸢都市路灯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		m := n.links(n.matter("路灯"), "policy", issued, "")
		id := m["id"].(string)
		n.editor.refused(404, "letter.not_found", "POST "+matters+"/"+id+"/links", map[string]any{"kind": "own_letter", "id": letter}, ifMatch(m))
		m = handler.must("POST "+matters+"/"+id+"/links", map[string]any{"kind": "own_letter", "id": letter}, ifMatch(m))
		if len(m["links"].([]any)) != 2 {
			t.Fatalf("who handles letters links one: %v", m)
		}
		if seen := n.editor.must("GET "+matters+"/"+id, nil); len(seen["links"].([]any)) != 1 {
			t.Errorf("who does not handle letters sees it: %v", seen)
		}
		n.releases(n.reviewer.must("GET "+matters+"/"+id, nil))
		for _, at := range []string{"/api/v1/matters/" + id, "/api/v1/matters?of=policy:" + issued, "/matters/" + id, "/policies/" + issued} {
			if got := h.ask(t, "GET "+at); strings.Contains(got.body, letter) || strings.Contains(got.body, "own_letter") {
				t.Errorf("%s tells of a letter: %s", at, got.body)
			}
		}
		h.tells(t, "nor is it asked for", "GET /api/v1/matters?of=own_letter:"+letter, 422)
	})
}

func TestDocumentsThatBelongToAMatterAreProposed(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		meeting, item := n.held("2026-11-20", n.item("审议《鸢都市加装电梯管理办法（草案）》", "会议原则通过。"), n.item("研究供暖工作", "提前供暖。"))
		byNumber, told := n.held("2026-11-21", n.item("听取落实情况汇报", "抓好鸢建发〔2026〕12号文件的落实。"))
		issued := n.published(t, n.policy("关于印发《鸢都市加装电梯管理办法》的通知", "鸢建发〔2026〕12号"))["id"].(string)
		m := n.matter("《鸢都市加装电梯管理办法》的制定")
		at := matters + "/" + m["id"].(string)
		found := items(n.editor.must("GET "+at+"/proposals", nil))
		if len(found) != 2 || found[0]["reason"] != "name" {
			t.Fatalf("two name the same regulation: %v", found)
		}
		belonging := n.editor.must("GET "+matters+"/of/meeting/"+meeting, nil)
		if proposed := belonging["proposed"].([]any); len(proposed) != 1 {
			t.Errorf("the meeting may belong to it: %v", belonging)
		}
		m = n.links(m, "policy", issued, "")
		found = items(n.editor.must("GET "+at+"/proposals", nil))
		if len(found) != 2 || found[0]["item"] != item[0] || found[1]["item"] != told[0] || found[1]["reason"] != "number" {
			t.Errorf("one names it, one tells its number: %v", found)
		}
		n.links(m, "meeting", byNumber, told[0])
		if found = items(n.editor.must("GET "+at+"/proposals", nil)); len(found) != 1 {
			t.Errorf("what is linked is not proposed: %v", found)
		}
		if found = items(n.editor.must("GET "+matters+"/linkable?q=供暖", nil)); len(found) != 1 || found[0]["item"] != item[1] {
			t.Errorf("what is looked for is found: %v", found)
		}
	})
}

func TestMattersThatAreTheSameAreMerged(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		one := n.published(t, n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		other := n.published(t, n.policy("鸢都市加装电梯补助细则", "鸢建发〔2026〕13号"))["id"].(string)
		into := n.releases(n.links(n.matter("加装电梯"), "policy", one, ""))
		from := n.releases(n.links(n.links(n.matter("电梯加装"), "policy", other, ""), "policy", one, ""))
		p := h.phone(t, "王芳")
		p.must("PUT /api/v1/me/follows/matter/"+from["id"].(string), nil)
		n.reviewer.refused(422, "matter.itself", "POST "+matters+"/"+from["id"].(string)+"/merge", map[string]any{"into": from["id"]}, ifMatch(from))
		n.reviewer.must("POST "+matters+"/"+from["id"].(string)+"/merge", map[string]any{"into": into["id"]}, ifMatch(from))
		whole := h.ask(t, "GET /api/v1/matters/"+from["id"].(string)).json(t)
		if whole["id"] != into["id"] || len(whole["steps"].([]any)) != 2 {
			t.Errorf("its old address leads to what it is now: %v", whole)
		}
		if f := items(p.must("GET /api/v1/me/follows", nil)); len(f) != 1 || f[0]["key"] != into["id"] {
			t.Errorf("who followed it follows that: %v", f)
		}

		n.reviewer.must("POST /admin/v1/policies/"+other+"/merge", map[string]any{"into": one, "reason": "重复"}, ifMatch(n.reviewer.must("GET /admin/v1/policies/"+other, nil)))
		h.tells(t, "policies that are merged stand there once", "GET /api/v1/matters/"+into["id"].(string), 200, one)
		kept := h.office(t, n.admin, "市建设局", "")
		n.admin.must("POST /admin/v1/departments/"+n.office+"/merge", map[string]any{"into": kept}, `If-Match: "1"`)
		h.tells(t, "and it is its new office's", "GET /api/v1/matters/"+into["id"].(string), 200, `"department":{"id":"`+kept+`"`)
	})
}

func TestADraftThatIsForgottenLeavesNoLink(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		draft := n.begin(n.policy("鸢都市加装电梯管理办法", ""))
		m := n.links(n.matter("加装电梯"), "policy", draft["id"].(string), "")
		n.editor.refused(409, "matter_link.twice", "POST "+matters+"/"+m["id"].(string)+"/links", map[string]any{"kind": "policy", "id": draft["id"]}, ifMatch(m))
		n.editor.refused(404, "matter_link.no_subject", "POST "+matters+"/"+m["id"].(string)+"/links", map[string]any{"kind": "policy", "id": "01NONE"}, ifMatch(m))
		n.editor.must("DELETE /admin/v1/policies/"+draft["id"].(string), nil, ifMatch(draft))
		h.clock.Move(60 * 24 * time.Hour)
		if err := h.handler.Publication.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		n.editor.signIn("bianji")
		if seen := n.editor.must("GET "+matters+"/"+m["id"].(string), nil); len(seen["links"].([]any)) != 0 {
			t.Errorf("it is linked still: %v", seen)
		}
		n.editor.must("DELETE "+matters+"/"+m["id"].(string), nil, ifMatch(m))
		n.editor.refused(404, "matter.not_found", "GET "+matters+"/"+m["id"].(string), nil)
	})
}

func TestAHearingIsAStepOfAMatter(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		consultation := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		content := n.hearing(consultation)
		content["title"] = "物业服务怎么管：居民听证会"
		content["begins"], content["ends"] = "2026-12-05T00:30", "2026-12-05T02:00" // in Shanghai, not the day before
		hearing := n.announces(content)
		m := n.links(n.matter("物业管理办法的制定"), "consultation", consultation, "")
		id, at := m["id"].(string), "GET /api/v1/matters/"+m["id"].(string)
		if found := items(n.editor.must("GET "+matters+"/"+id+"/proposals", nil)); len(found) != 1 || found[0]["kind"] != "event" || found[0]["reason"] != "held_for" {
			t.Errorf("the hearing of what is linked is proposed: %v", found)
		}
		if b := n.editor.must("GET "+matters+"/of/event/"+hearing, nil); len(b["proposed"].([]any)) != 1 {
			t.Errorf("and at the hearing the matter: %v", b)
		}
		if found := items(n.editor.must("GET "+matters+"/linkable?q=听证会", nil)); len(found) != 1 || found[0]["id"] != hearing {
			t.Errorf("it is found by its title: %v", found)
		}
		m = n.releases(m)
		h.told(t)
		p := h.phone(t, "王芳")
		p.must("PUT /api/v1/me/follows/matter/"+id, nil)
		m = n.releases(n.links(m, "event", hearing, ""))
		h.told(t)
		if list := items(p.must("GET /api/v1/me/notices", nil)); len(list) != 1 || list[0]["says"] != "事项有新的进展" {
			t.Errorf("who follows the matter is told of the hearing that joins: %v", list)
		}

		h.tells(t, "it stands by its own name, day and place", at, 200, `"step":"event","name":"听证会","kind":"event"`, `"within":"第一水厂","day":"2026-12-05"`,
			`"next":{"step":"meeting"`)
		h.tells(t, "the hearing leads to the matter", "GET /api/v1/matters?of=event:"+hearing, 200, consultation)
		h.tells(t, "its own answer tells it at once", "GET /api/v1/events/"+hearing, 200, `"matters":[{"id":"`+id+`"`)
		h.tells(t, "and on the open web", "GET /events/"+hearing, 200, "来龙去脉", "/consultations/"+consultation, "现在这一份")
		h.tells(t, "the matter leads to it", "GET /matters/"+id, 200, "/events/"+hearing, "<strong>听证会</strong>")

		second := n.editor.must("POST "+events, map[string]any{"department_id": n.office, "content": n.openDay(2, nil)})
		n.releases(n.links(m, "event", second["id"].(string), ""))
		n.signsEvent(second)
		h.told(t)
		if list := items(p.must("GET /api/v1/me/notices", nil)); len(list) != 2 || list[0]["object"] != second["id"] || list[0]["why"] != "您订阅了事项“物业管理办法的制定”" {
			t.Errorf("one that is announced later is told of once: %v", list)
		}

		n.signsEvent(n.changesEvent(hearing, func(c map[string]any) { c["cancelled"] = "场地停电" }))
		h.tells(t, "a hearing that was cancelled says so", at, 200, `"name":"听证会（已取消）"`)
		n.withdraws(events, hearing)
		if got := h.ask(t, at); strings.Contains(got.body, hearing) {
			t.Errorf("it leads to what was withdrawn: %s", got.body)
		}
	})
}
