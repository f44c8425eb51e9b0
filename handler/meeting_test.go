package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const meetings = "/admin/v1/meetings"

// agenda is a working copy of an executive meeting to be held on a day.
func (n *newsroom) agenda(day string, items ...map[string]any) map[string]any {
	return map[string]any{"column_id": "executive", "term": "十八届", "number": 63, "title": "十八届市政府第63次常务会议", "day": day, "begins": "09:00",
		"place": "市政府第一会议室", "chair": "市长", "department_ids": []string{n.office}, "items": items}
}

func (n *newsroom) item(title, decision string) map[string]any {
	return map[string]any{"title": title, "reporter_ids": []string{n.office}, "responsible_ids": []string{n.office}, "topic_ids": []string{"housing"},
		"decision": decision}
}

// signs brings a meeting that is being written to the public.
func (n *newsroom) signs(r map[string]any, note string) map[string]any {
	return n.signsAt(meetings, r, note)
}

// signsAt brings a document that is being written to the public.
func (n *newsroom) signsAt(kind string, r map[string]any, note string) map[string]any {
	r, signed := n.submits(kind, r, note)
	return n.reviewer.must("POST "+kind+"/"+r["id"].(string)+"/sign", signed, ifMatch(r))
}

// submits hands a document to who reviews it, with what will be said when it is signed.
func (n *newsroom) submits(kind string, r map[string]any, note string) (submitted, signed map[string]any) {
	at := kind + "/" + r["id"].(string)
	var excuses []any
	for _, f := range n.editor.must("GET "+at+"/checks", nil)["items"].([]any) {
		if f := f.(map[string]any); f["severity"] == "ask" {
			excuses = append(excuses, map[string]any{"finding": f["number"], "reason": "会后补充"})
		}
	}
	submitted = n.editor.must("POST "+at+"/submit", map[string]any{"excuses": excuses}, ifMatch(r))
	signed = map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "会议公开"}
	if note != "" {
		signed["note"] = note
	}
	return submitted, signed
}

// corrects changes what is public of a meeting by a correction.
func (n *newsroom) corrects(id string, note string, change func(content map[string]any)) map[string]any {
	at := meetings + "/" + id
	r := n.editor.must("POST "+at+"/reopen", nil, ifMatch(n.editor.must("GET "+at, nil)))
	content := r["content"].(map[string]any)
	change(content)
	return n.signs(n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r)), note)
}

func itemsOf(content map[string]any) []any { return content["items"].([]any) }

func TestAMeetingIsAnnouncedHeldDecidedAndDisclosedInTime(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.editor.must("POST "+meetings, map[string]any{"department_id": n.office,
			"content": n.agenda("2026-11-26", n.item("审议《鸢都市供热管理办法（草案）》", ""), n.item("研究冬季供暖保障工作", ""))})
		id := r["id"].(string)
		public := "/api/v1/meetings/" + id
		h.tells(t, "a draft does not exist for the public", "GET "+public, 404, `"meeting.not_found"`)
		n.signs(r, "")
		h.tells(t, "its agenda is announced", "GET "+public, 200, `"phase":"announced"`, "供热管理办法", `"decided":false`, `"session":"十八届第63次"`)
		if w := n.editor.must("GET "+meetings+"/disclosures", nil); len(w["items"].([]any)) != 0 {
			t.Errorf("before it is held, it waits to be disclosed: %v", w)
		}

		h.clock.Move(3 * 24 * time.Hour)
		n.editor.signIn("bianji")
		n.reviewer.signIn("shenhe")
		h.tells(t, "it was held", "GET "+public, 200, `"phase":"held"`)
		w := n.editor.must("GET "+meetings+"/disclosures", nil)["items"].([]any)
		if len(w) != 1 || w[0].(map[string]any)["waiting"] != 2.0 || w[0].(map[string]any)["due"] != "2026-12-24" || w[0].(map[string]any)["colour"] != "none" {
			t.Fatalf("held, it waits to be disclosed: %v", w)
		}
		n.corrects(id, "补充议定事项", func(content map[string]any) {
			itemsOf(content)[0].(map[string]any)["decision"] = "会议原则通过《鸢都市供热管理办法（草案）》，由市住建局按程序印发。"
		})
		h.tells(t, "what was decided is public", "GET "+public, 200, `"phase":"decided"`, "原则通过")
		if w := n.editor.must("GET "+meetings+"/disclosures", nil)["items"].([]any); len(w) != 1 || w[0].(map[string]any)["waiting"] != 1.0 {
			t.Errorf("of two items one waits: %v", w)
		}
		h.catchUp(t)
		h.tells(t, "meetings and items are found", "GET /api/v1/search?q=供热管理办法", 200, `"kind":"agenda_item","total":1`)
		h.tells(t, "under their own addresses", "GET /api/v1/meetings?column=executive&year=2026", 200, `"total":1`)

		n.admin.signIn(founder)
		settings := n.admin.send("GET /admin/v1/settings", nil)
		body := settings.json(t)
		body["meeting_yellow"] = 19
		n.admin.must("PUT /admin/v1/settings", body, "If-Match: "+settings.Header.Get("ETag"))
		if w := n.editor.must("GET "+meetings+"/disclosures", nil); w["yellow"] != 1.0 {
			t.Errorf("the city wants to be told early: %v", w)
		}
		h.clock.Move(40 * 24 * time.Hour)
		n.editor.signIn("bianji")
		if w := n.editor.must("GET "+meetings+"/disclosures", nil); w["late"] != 1.0 {
			t.Errorf("weeks later it is late: %v", w)
		}
	})
}

func TestAnItemThatIsNotPublicIsNowhere(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		secret := map[string]any{"title": "研究海防设施选址事宜", "withheld": true, "decision": "选址在北山。"}
		r := n.editor.must("POST "+meetings, map[string]any{"department_id": n.office,
			"content": n.agenda("2026-11-20", n.item("审议安全生产工作", "会议要求抓好冬季安全生产。"), secret)})
		id := r["id"].(string)
		n.editor.refused(422, "publication.findings", "POST "+meetings+"/"+id+"/submit", map[string]any{}, ifMatch(r))
		content := r["content"].(map[string]any)
		itemsOf(content)[1].(map[string]any)["ground"] = "政府信息公开条例第十四条"
		r = n.editor.must("PUT "+meetings+"/"+id, map[string]any{"content": content}, ifMatch(r))
		n.signs(r, "")
		h.catchUp(t)
		everywhere := []string{"/api/v1/meetings/" + id, "/api/v1/meetings", "/api/v1/search?q=海防设施选址"}
		for _, at := range everywhere {
			if got := h.ask(t, "GET "+at); strings.Contains(got.body, "海防") || strings.Contains(got.body, "北山") {
				t.Errorf("%s tells of it: %s", at, got.body)
			}
		}
		h.tells(t, "why it is not public is", "GET /api/v1/meetings/"+id, 200, "政府信息公开条例第十四条")
		if w := n.editor.must("GET "+meetings+"/disclosures", nil)["items"].([]any); len(w) != 0 {
			t.Errorf("all is disclosed, and yet %v", w)
		}

		n.corrects(id, "一项议题不再公开", func(content map[string]any) {
			if len(itemsOf(content)) != 2 {
				t.Errorf("the correction begins without what is not public: %v", content)
			}
			open := itemsOf(content)[0].(map[string]any)
			open["withheld"], open["ground"] = true, "政府信息公开条例第十六条"
		})
		h.catchUp(t)
		h.tells(t, "what was public once is not any more", "GET /api/v1/meetings/"+id, 200, `"items":[]`)
		h.tells(t, "nor found", "GET /api/v1/search?q=安全生产", 200, `"kind":"agenda_item","total":0`)
	})
}

func TestAnItemThatIsNoLongerPublicSaysWhy(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id, item := n.held("2026-11-20", n.item("审议安全生产工作", "会议要求抓好冬季安全生产。"), n.item("研究供暖工作", "提前供暖。"))
		public := "/api/v1/agenda-items/" + item[0]
		n.corrects(id, "一项议题不再公开", func(content map[string]any) {
			open := itemsOf(content)[0].(map[string]any)
			open["withheld"], open["ground"] = true, "政府信息公开条例第十六条"
		})
		h.tells(t, "its ground stands where it stood", "GET "+public, 404, `"agenda_item.withheld"`, "政府信息公开条例第十六条")
		h.tells(t, "the version that shows it is not compared", "GET /api/v1/meetings/"+id+"/compare?from=1&to=2", 404, `"publication.revision_closed"`, "有议题不再公开")
		h.tells(t, "nor is it in the proof of it", "GET /api/v1/meetings/"+id+"/proof", 200, "有议题不再公开")
		n.reviewer.must("POST "+meetings+"/"+id+"/withdraw", map[string]string{"reason": "会议名称有误"}, ifMatch(n.reviewer.must("GET "+meetings+"/"+id, nil)))
		h.tells(t, "of a meeting that was withdrawn, the reason does", "GET /api/v1/agenda-items/"+item[1], 404, `"publication.withdrawn"`, "会议名称有误")
		h.tells(t, "on the open web, too", "GET /meetings/"+id, 404, "会议名称有误")
		h.tells(t, "of what never was, nothing is said", "GET /api/v1/agenda-items/01M8FYERWKQYGRXSA3MJF29MBG", 404, `"agenda_item.not_found"`)
	})
}

func TestWhoFollowsAColumnOrAnItemIsToldAtEachStep(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		p := h.phone(t, "王芳")
		p.must("PUT /api/v1/me/follows/meeting_column/executive", nil)
		p.refused(404, "meeting_column.not_found", "PUT /api/v1/me/follows/meeting_column/none", nil)
		r := n.signs(n.editor.must("POST "+meetings, map[string]any{"department_id": n.office,
			"content": n.agenda("2026-11-26", n.item("研究冬季供暖保障工作", ""))}), "")
		h.told(t)
		notice := items(p.must("GET /api/v1/me/notices", nil))[0]
		if notice["says"] != "会议公开" || notice["why"] != "您订阅了会议栏目“市政府常务会议”" || notice["object"] != r["id"] {
			t.Errorf("of the column: %v", notice)
		}
		p.must("DELETE /api/v1/me/follows/meeting_column/executive", nil)
		item := itemsOf(r["content"].(map[string]any))[0].(map[string]any)["id"].(string)
		p.must("PUT /api/v1/me/follows/agenda_item/"+item, nil)
		h.clock.Move(3 * 24 * time.Hour)
		n.editor.signIn("bianji")
		n.reviewer.signIn("shenhe")
		n.corrects(r["id"].(string), "补充议定事项", func(content map[string]any) {
			itemsOf(content)[0].(map[string]any)["decision"] = "会议决定提前三天供暖。"
		})
		h.told(t)
		notice = items(p.must("GET /api/v1/me/notices", nil))[0]
		if notice["says"] != "会议有新内容" || notice["why"] != "您订阅了议题“研究冬季供暖保障工作”" || notice["note"] != "补充议定事项" {
			t.Errorf("of the item: %v", notice)
		}
	})
}

func TestWhenAnOfficeIsMergedItsItemsGoAlong(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		old, kept := h.office(t, n.admin, "市房产管理局", ""), h.office(t, n.admin, "市住房建设局", "")
		item := n.item("研究加装电梯工作", "会议决定全面推开。")
		item["reporter_ids"], item["responsible_ids"] = []string{old}, []string{old, kept}
		r := n.signs(n.editor.must("POST "+meetings, map[string]any{"department_id": n.office, "content": n.agenda("2026-11-20", item)}), "")
		at := meetings + "/" + r["id"].(string)
		n.editor.must("POST "+at+"/reopen", nil, ifMatch(n.editor.must("GET "+at, nil)))
		moving := n.admin.must("GET /admin/v1/departments/"+old+"/merge?into="+kept, nil)["moving"].(map[string]any)
		if moving["meetings"] != 1.0 {
			t.Errorf("a meeting goes along: %v", moving)
		}
		n.admin.must("POST /admin/v1/departments/"+old+"/merge", map[string]any{"into": kept}, `If-Match: "1"`)
		h.tells(t, "what is public names the new one, once", "GET /api/v1/meetings/"+r["id"].(string), 200,
			`"responsible":[{"id":"`+kept+`"`, `"reporters":[{"id":"`+kept+`"`)
		content := n.editor.must("GET "+at, nil)["content"].(map[string]any)
		i := itemsOf(content)[0].(map[string]any)
		if fmt.Sprint(i["reporter_ids"], i["responsible_ids"]) != fmt.Sprintf("[%s] [%s]", kept, kept) {
			t.Errorf("what is being written names %v", i)
		}
	})
}
