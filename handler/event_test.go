package handler_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

const events = "/admin/v1/events"

// openDay is a working copy of an open day of next week, for which one signs up as long as
// there are places.
func (n *newsroom) openDay(places int, more map[string]any) map[string]any {
	signUp := map[string]any{"opens": "2026-11-24T09:00", "closes": "2026-12-01T18:00", "places": places, "how": "first_come", "most_persons": 2}
	for k, v := range more {
		signUp[k] = v
	}
	return map[string]any{"kind": "open_day", "title": "走进自来水厂", "department_ids": []string{n.office}, "place": "第一水厂", "address": "北海路 1 号",
		"begins": "2026-12-05T09:00", "ends": "2026-12-05T11:30", "audience": "市民，学生由家长陪同", "contacts": "0536-1234567", "topic_ids": []string{"housing"},
		"body":    []map[string]any{{"kind": "text", "text": "看一滴水怎样到您家。"}},
		"sign_up": signUp}
}

// announces brings an event to the public.
func (n *newsroom) announces(content map[string]any) string {
	r := n.editor.must("POST "+events, map[string]any{"department_id": n.office, "content": content})
	n.signsEvent(r)
	return r["id"].(string)
}

func (n *newsroom) signsEvent(r map[string]any) map[string]any {
	at := events + "/" + r["id"].(string)
	r = n.editor.must("POST "+at+"/submit", map[string]any{"excuses": []any{}}, ifMatch(r))
	return n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "活动", "note": "更正"}, ifMatch(r))
}

// changesEvent changes what is public of an event by a correction, up to the review.
func (n *newsroom) changesEvent(id string, change func(content map[string]any)) map[string]any {
	at := events + "/" + id
	r := n.editor.must("POST "+at+"/reopen", nil, ifMatch(n.editor.must("GET "+at, nil)))
	content := r["content"].(map[string]any)
	change(content)
	return n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r))
}

// later moves the clock and has staff sign in again.
func (n *newsroom) later(h *house, d time.Duration) {
	h.clock.Move(d)
	n.editor.signIn("bianji")
	n.reviewer.signIn("shenhe")
}

func (h *house) worksEvents(t *testing.T) {
	t.Helper()
	if err := h.events.Work(ctx); err != nil {
		t.Fatal(err)
	}
}

func signUps(id string) string  { return "POST /api/v1/events/" + id + "/sign-ups" }
func mySignUp(id string) string { return "/api/v1/me/sign-ups/" + id }

func TestWhoComesFirstHasAPlaceAndWhoWaitsMovesUp(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		wang, li, zhao := h.settle(t, "王芳"), h.settle(t, "李建国"), h.settle(t, "赵小满")
		id := n.announces(n.openDay(2, map[string]any{"opens": "2026-11-24T20:00", "asks_phone": true, "asks": "想问的问题"}))
		h.tells(t, "it is announced", "GET /api/v1/events/"+id, 200, `"phase":"announced"`, `"phase":"soon"`, "看一滴水", `"when":"2026年12月5日 09:00—11:30"`)
		wang.refused(409, "sign_up.soon", signUps(id), map[string]any{"name": "王芳", "phone": "13800000000"})

		n.later(h, 24*time.Hour)
		wang.refused(422, "sign_up.phone", signUps(id), map[string]any{"name": "王芳"})
		wang.refused(422, "sign_up.persons", signUps(id), map[string]any{"name": "王芳", "phone": "13800000000", "persons": 3})
		mineIs := wang.must(signUps(id), map[string]any{"name": "王芳", "phone": "13800000000", "persons": 2, "words": "水硬怎么办"})
		if mineIs["state"] != "in" || mineIs["number"] != 1.0 || len(mineIs["code"].(string)) != 10 || !strings.HasPrefix(mineIs["code_picture"].(string), "data:image/png") {
			t.Fatalf("she has a place: %v", mineIs)
		}
		again := wang.must(signUps(id), map[string]any{"name": "王芳", "phone": "13800000000"})
		if again["number"] != 1.0 || again["persons"] != 2.0 {
			t.Errorf("sent twice, she is signed up once: %v", again)
		}
		if v := li.must(signUps(id), map[string]any{"name": "李建国", "phone": "13900000000"}); v["state"] != "waiting" || v["ahead"] != 0.0 || v["code"] != "" {
			t.Errorf("he waits: %v", v)
		}
		if v := zhao.must(signUps(id), map[string]any{"name": "赵小满", "phone": "13700000000"}); v["state"] != "waiting" || v["ahead"] != 1.0 {
			t.Errorf("she waits behind him: %v", v)
		}
		h.tells(t, "all see that it is full", "GET /api/v1/events/"+id, 200, `"left":0`, `"waiting":2`, `"full":true`)

		r := n.changesEvent(id, func(c map[string]any) { c["sign_up"].(map[string]any)["places"] = 1.0 })
		n.editor.refused(422, "publication.findings", "POST "+events+"/"+id+"/submit", map[string]any{}, ifMatch(r))
		r = n.editor.must("PUT "+events+"/"+id, map[string]any{"content": func() map[string]any {
			c := r["content"].(map[string]any)
			c["sign_up"].(map[string]any)["places"], c["place"] = 2.0, "第二水厂"
			return c
		}()}, ifMatch(r))
		n.signsEvent(r)
		h.told(t)
		if v := items(li.must("GET /api/v1/me/notices", nil))[0]; v["says"] != "活动的时间或地点有变" || v["kind"] != "sign_up" || v["object"] != id ||
			v["note"] != "2026年12月5日 09:00—11:30，第二水厂" || v["why"] != "您报名了这个活动：候补" {
			t.Errorf("who waits is told of another place: %v", v)
		}

		if v := wang.must("DELETE "+mySignUp(id), nil); v["state"] != "cancelled" || v["name"] != "" {
			t.Errorf("she does not come: %v", v)
		}
		h.told(t)
		for _, p := range []*visitor{li, zhao} {
			if v := items(p.must("GET /api/v1/me/notices", nil))[0]; v["says"] != "从候补转为报名成功" {
				t.Errorf("who moves up is told: %v", v)
			}
			if v := p.must("GET "+mySignUp(id), nil); v["state"] != "in" || v["code"] == "" {
				t.Errorf("and has a place: %v", v)
			}
		}
		if v := wang.must(signUps(id), map[string]any{"name": "王芳", "phone": "13800000000"}); v["number"] != 4.0 || v["state"] != "waiting" {
			t.Errorf("who comes back stands at the end: %v", v)
		}

		h.clock.Move(7 * 24 * time.Hour)
		h.settle(t, "高远").refused(409, "sign_up.closed", signUps(id), map[string]any{"name": "高远", "phone": "13600000000"})
	})
}

// draw is what is public of the draw of an event, also as a file.
func (h *house) draw(t *testing.T, id string) (map[string]any, string) {
	t.Helper()
	got := h.ask(t, "GET /api/v1/events/"+id+"/draw")
	var v map[string]any
	if err := json.Unmarshal([]byte(got.body), &v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "draw.json")
	if err := os.WriteFile(path, []byte(got.body), 0o600); err != nil {
		t.Fatal(err)
	}
	return v, path
}

func TestADrawIsAnnouncedHeldAndRepeatedByAnybody(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		lottery := map[string]any{"how": "lottery", "draws": "2026-12-02T10:00", "most_persons": 1}
		late := n.editor.must("POST "+events, map[string]any{"department_id": n.office, "content": n.openDay(2, lottery)})
		n.editor.refused(422, "publication.findings", "POST "+events+"/"+late["id"].(string)+"/submit", map[string]any{}, ifMatch(late))

		lottery["opens"] = "2026-11-25T09:00"
		id := n.announces(n.openDay(2, lottery))
		before, _ := h.draw(t, id)
		if len(before["seed_sm3"].(string)) != 64 || before["seed"] != "" || before["numbers_sm3"] != "" {
			t.Fatalf("the seed is announced by its hash alone: %v", before)
		}
		n.later(h, 24*time.Hour)
		people := map[string]*visitor{}
		for _, name := range []string{"王芳", "李建国", "赵小满", "高远"} {
			people[name] = h.settle(t, name)
			if v := people[name].must(signUps(id), map[string]any{"name": name}); v["state"] != "entered" || v["code"] != "" {
				t.Errorf("whoever takes part waits for the draw: %v", v)
			}
		}
		people["李建国"].must("DELETE "+mySignUp(id), nil)
		h.worksEvents(t)
		if v, _ := h.draw(t, id); v["numbers_sm3"] != "" {
			t.Errorf("before sign-up is closed no list is fixed: %v", v)
		}

		n.later(h, 7*24*time.Hour)
		h.clock.Move(-12 * time.Hour) // 2 December, before the draw
		h.worksEvents(t)
		fixed, path := h.draw(t, id)
		if numbers, _ := json.Marshal(fixed["numbers"]); string(numbers) != "[1,3,4]" || fixed["seed"] != "" {
			t.Errorf("the list is fixed, the seed is not told: %v", fixed)
		}
		people["王芳"].refused(409, "sign_up.fixed", "DELETE "+mySignUp(id), nil)
		if out, err := exec.Command("node", "../docs/draw.mjs", path).CombinedOutput(); err == nil {
			t.Errorf("nothing is drawn yet, and the script says %s", out)
		}
		if a := n.editor.send("GET "+events+"/"+id+"/sign-ups", nil); a.StatusCode != 200 || !strings.Contains(a.body, `"seed":""`) {
			t.Errorf("nor does staff know the seed: %d %s", a.StatusCode, a.body)
		}
		people["高远"].must("DELETE /api/v1/me", nil) // whose number stays in the list

		n.later(h, 12*time.Hour)
		h.worksEvents(t)
		h.worksEvents(t)
		drawn, path := h.draw(t, id)
		if drawn["seed_sm3"] != before["seed_sm3"] || len(drawn["order"].([]any)) != 3 {
			t.Fatalf("drawn: %v", drawn)
		}
		out, err := exec.Command("node", "../docs/draw.mjs", path).CombinedOutput()
		if err != nil || strings.Count(string(out), "✓") != 3 {
			t.Errorf("the script does not repeat it: %v %s", err, out)
		}
		bent, _ := os.ReadFile(path)
		drawnText := strings.Replace(string(bent), `"numbers":[1,3,4]`, `"numbers":[1,3,5]`, 1)
		if err := os.WriteFile(path, []byte(drawnText), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("node", "../docs/draw.mjs", path).CombinedOutput(); err == nil {
			t.Errorf("the script does not see that a list was changed: %s", out)
		}
		h.told(t)
		for _, name := range []string{"王芳", "赵小满"} {
			if v := people[name].must("GET "+mySignUp(id), nil); v["state"] != "in" {
				t.Errorf("two are left for two places: %v", v)
			}
			if list := items(people[name].must("GET /api/v1/me/notices", nil)); len(list) != 1 || list[0]["says"] != "抽签结果已公布" ||
				list[0]["why"] != "您报名了这个活动：报名成功" {
				t.Errorf("they are told once, and what the draw made of them: %v", list)
			}
		}
		h.tells(t, "there is a page that says how to repeat it", "GET /events/"+id+"/draw", 200, "自己核对", drawn["seed"].(string), "/static/draw.mjs")
	})
}

func TestTheScriptOfTheWebsiteIsThatOfTheDocs(t *testing.T) {
	docs, err := os.ReadFile("../docs/draw.mjs")
	if err != nil {
		t.Fatal(err)
	}
	served, err := os.ReadFile("static/draw.mjs")
	if err != nil || string(docs) != string(served) {
		t.Errorf("cp docs/draw.mjs handler/static/draw.mjs (%v)", err)
	}
}

func TestWhoComesIsRemindedCheckedInAndCounted(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		wang, li := h.settle(t, "王芳"), h.settle(t, "李建国")
		id := n.announces(n.openDay(2, map[string]any{"asks_phone": true, "opens": "2026-11-24T08:00"}))
		code := wang.must(signUps(id), map[string]any{"name": "王芳", "phone": "13800000000", "persons": 2})["code"].(string)
		li.must(signUps(id), map[string]any{"name": "李建国", "phone": "13900000000"})
		door := "POST " + events + "/" + id + "/check-ins"
		n.editor.refused(409, "sign_up.other_day", door, map[string]any{"code": code})

		n.later(h, 10*24*time.Hour) // the day before, at noon
		h.worksEvents(t)
		h.worksEvents(t)
		h.told(t)
		if list := items(wang.must("GET /api/v1/me/notices", nil)); len(list) != 1 || list[0]["says"] != "活动明天举行" {
			t.Errorf("who has a place is reminded once: %v", list)
		}
		if list := items(li.must("GET /api/v1/me/notices", nil)); len(list) != 0 {
			t.Errorf("who waits is not: %v", list)
		}

		n.later(h, 21*time.Hour) // the day itself
		if v := n.editor.must(door, map[string]any{"code": strings.ToLower(code[:5] + "-" + code[5:])}); v["number"] != 1.0 || v["came_at"] == nil || v["name"] != nil {
			t.Errorf("let in without a name: %v", v)
		}
		n.editor.refused(409, "sign_up.came", door, map[string]any{"code": code})
		n.editor.refused(404, "sign_up.code", door, map[string]any{"code": "NOSUCHCODE"})
		wang.refused(409, "sign_up.begun", "DELETE "+mySignUp(id), nil)

		list := n.editor.must("GET "+events+"/"+id+"/sign-ups", nil)
		if f := list["figures"].(map[string]any); f["signed"] != 2.0 || f["in"] != 2.0 || f["came"] != 2.0 || f["waiting"] != 1.0 {
			t.Errorf("counted: %v", f)
		}
		if a := n.editor.send("GET "+events+"/"+id+"/sign-ups", nil); strings.Contains(a.body, "王芳") || strings.Contains(a.body, "1380000") {
			t.Errorf("the list tells names: %s", a.body)
		}
		n.editor.refused(422, "input.invalid", "POST "+events+"/"+id+"/names", map[string]any{"why": ""})
		named := items(n.editor.must("POST "+events+"/"+id+"/names", map[string]any{"why": "核对到场"}))
		if len(named) != 2 || named[0]["name"] != "王芳" || named[0]["phone"] != "13800000000" {
			t.Errorf("who has to know reads names: %v", named)
		}
		n.admin.signIn(founder)
		other := h.office(t, n.admin, "市教育局", "")
		stranger := h.hire(t, n.admin, "jiaoyu", other, model.Grant{Role: model.Editor, DepartmentID: other})
		stranger.refused(403, "staff.not_allowed", "GET "+events+"/"+id+"/sign-ups", nil)
		stranger.refused(403, "staff.not_allowed", door, map[string]any{"code": code})

		r := n.changesEvent(id, func(c map[string]any) {
			c["report"] = []map[string]any{{"kind": "text", "text": "来了两家人。"}}
			c["result"] = "水厂答复：明年更换滤料。"
		})
		n.later(h, 24*time.Hour)
		n.signsEvent(r)
		h.tells(t, "how it was is told with figures", "GET /api/v1/events/"+id, 200, `"phase":"reported"`, "更换滤料", `"figures":{"signed":2,"in":2,"came":2}`)
		h.catchUp(t)
		h.tells(t, "and is found", "GET /api/v1/search?q=更换滤料", 200, `"kind":"event","total":1`)

		if v := wang.must("GET "+mySignUp(id), nil); v["name"] != "王芳" {
			t.Errorf("she reads what she told: %v", v)
		}
		h.clock.Move(31 * 24 * time.Hour)
		if err := h.events.Forget(ctx); err != nil {
			t.Fatal(err)
		}
		n.editor.signIn("bianji")
		for _, v := range items(n.editor.must("POST "+events+"/"+id+"/names", map[string]any{"why": "核对"})) {
			if v["name"] != "" || v["phone"] != "" {
				t.Errorf("weeks later names are forgotten: %v", v)
			}
		}
	})
}

func TestAnEventIsCancelledOrWithdrawnAndAllAreTold(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		wang := h.settle(t, "王芳")
		open := map[string]any{"opens": "2026-11-24T08:00"}
		cancelled, withdrawn := n.announces(n.openDay(5, open)), n.announces(n.openDay(5, open))
		for _, id := range []string{cancelled, withdrawn} {
			wang.must(signUps(id), map[string]any{"name": "王芳"})
		}
		n.signsEvent(n.changesEvent(cancelled, func(c map[string]any) { c["cancelled"] = "大风停电" }))
		h.told(t)
		if v := items(wang.must("GET /api/v1/me/notices", nil))[0]; v["says"] != "活动取消了" || v["note"] != "大风停电" {
			t.Errorf("told: %v", v)
		}
		h.settle(t, "李建国").refused(409, "event.off", signUps(cancelled), map[string]any{"name": "李建国"})
		h.tells(t, "everybody reads why", "GET /events/"+cancelled, 200, "已取消", "大风停电")

		at := events + "/" + withdrawn
		n.reviewer.must("POST "+at+"/withdraw", map[string]any{"reason": "地点写错"}, ifMatch(n.editor.must("GET "+at, nil)))
		h.told(t)
		if list := items(wang.must("GET /api/v1/me/notices", nil)); len(list) != 2 || list[0]["object"] != withdrawn {
			t.Errorf("told: %v", list)
		}
		mine := items(wang.must("GET /api/v1/me/sign-ups", nil))
		if len(mine) != 2 || mine[0]["event"].(map[string]any)["cancelled"] != true || mine[0]["code"] != "" {
			t.Errorf("both stay in her list: %v", mine)
		}
		if got := unzip(t, wang.send("GET /api/v1/me/export", nil).body)["index.html"]; !strings.Contains(got, "走进自来水厂") || !strings.Contains(got, "您报名的活动") {
			t.Errorf("her export has no events: %s", got)
		}
		wang.must("DELETE /api/v1/me", nil)
	})
}

func TestAPublicAgendaIsToldStepByStep(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		content := n.openDay(20, map[string]any{"asks": "想提的议题"})
		content["kind"], content["title"] = "public_agenda", "老旧小区停车议事日"
		id := n.announces(content)
		h.tells(t, "topics are collected", "GET /api/v1/events/"+id, 200, `{"name":"征集议题","at":"2026-12-01T18:00:00+08:00","done":false}`)
		n.later(h, 12*24*time.Hour)
		n.signsEvent(n.changesEvent(id, func(c map[string]any) { c["decision"] = "先在两个小区试行错时停车。" }))
		h.tells(t, "and decided on", "GET /api/v1/events/"+id, 200, `"name":"征集议题","at":"2026-12-01T18:00:00+08:00","done":true`,
			`{"name":"议定事项","at":null,"done":true},{"name":"办理结果","at":null,"done":false}`)
		h.tells(t, "those to come are apart from those that were", "GET /api/v1/events", 200, `"total":0`)
		h.tells(t, "by their kind", "GET /api/v1/events?past=true&kind=public_agenda", 200, `"total":1`)
		h.tells(t, "on a page too", "GET /events?past=1", 200, "老旧小区停车议事日", "公开议事日")
		h.tells(t, "with their line", "GET /events/"+id, 200, "错时停车", `<li class="done"><strong>议定事项</strong>`)
	})
}

// hearing is a working copy of a hearing of next week about a consultation.
func (n *newsroom) hearing(consultation string) map[string]any {
	content := n.openDay(20, nil)
	content["kind"], content["title"], content["consultation_id"] = "hearing", "鸢都市物业管理办法听证会", consultation
	return content
}

func TestAHearingBelongsToItsConsultation(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		draft := n.editor.must("POST "+consultations, map[string]any{"department_id": n.office, "content": n.propertyRules("2026-11-24", "2026-12-23")})
		consultation := draft["id"].(string)
		r := n.editor.must("POST "+events, map[string]any{"department_id": n.office, "content": n.hearing(consultation)})
		n.stops(t, events, r, "意见征集没有公开")
		n.signsAt(consultations, draft, "")
		n.signsEvent(r)
		hearing := r["id"].(string)
		session := n.hearing(consultation)
		session["kind"], session["title"], session["begins"], session["ends"] = "session", "物业企业座谈会", "2026-12-03T09:00", "2026-12-03T11:00"
		n.announces(session)
		of, one := "GET /api/v1/consultations/"+consultation, "GET /api/v1/events/"+hearing
		shown := h.ask(t, of).json(t)["events"].([]any)
		if len(shown) != 2 || shown[0].(map[string]any)["title"] != "物业企业座谈会" {
			t.Fatalf("the consultation leads to both, the first one at first: %v", shown)
		}
		if e := shown[1].(map[string]any); e["id"] != hearing || e["kind_name"] != "听证会" || e["place"] != "第一水厂" || e["sign_up"].(map[string]any)["phase"] != "open" {
			t.Errorf("it says what one needs to come: %v", e)
		}
		h.tells(t, "the hearing leads to the consultation", one, 200, `"consultation":{"id":"`+consultation+`","name":"鸢都市物业管理办法（征求意见稿）"}`)
		h.tells(t, "so does the open web", "GET /events/"+hearing, 200, "/consultations/"+consultation, "鸢都市物业管理办法（征求意见稿）")
		h.tells(t, "and back", "GET /consultations/"+consultation, 200, "/events/"+hearing, "听证会", "正在报名")

		n.withdraws(events, hearing)
		for _, at := range []string{of, "GET /consultations/" + consultation} {
			if got := h.ask(t, at); strings.Contains(got.body, hearing) {
				t.Errorf("%s leads to a hearing that was withdrawn: %s", at, got.body)
			}
		}
		n.signsEvent(n.changesEvent(hearing, func(c map[string]any) { c["place"] = "第三水厂" }))
		h.tells(t, "put right, it is there again", of, 200, hearing)

		n.withdraws(consultations, consultation)
		h.tells(t, "where the consultation is withdrawn, the hearing says of none", one, 200, `"consultation":null`)
		if got := h.ask(t, "GET /events/"+hearing); got.StatusCode != 200 || strings.Contains(got.body, consultation) {
			t.Errorf("the hearing leads to a consultation that was withdrawn: %s", got.body)
		}
		r = n.changesEvent(hearing, func(c map[string]any) { c["place"] = "第二水厂" })
		n.stops(t, events, r, "已经撤回")
		r["content"].(map[string]any)["consultation_id"] = ""
		n.signsEvent(n.editor.must("PUT "+events+"/"+hearing, map[string]any{"content": r["content"]}, ifMatch(r)))
	})
}

// withdraws takes a document from the public.
func (n *newsroom) withdraws(kind, id string) {
	at := kind + "/" + id
	n.reviewer.must("POST "+at+"/withdraw", map[string]any{"reason": "有误"}, ifMatch(n.editor.must("GET "+at, nil)))
}

func TestWhoFollowsAConsultationIsToldOfItsHearingOnce(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		consultation := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		m := n.releases(n.links(n.matter("物业管理"), "consultation", consultation, ""))
		h.told(t)
		one, all := h.phone(t, "王芳"), h.phone(t, "李建国")
		one.must("PUT /api/v1/me/follows/consultation/"+consultation, nil)
		for _, followed := range []string{"consultation/" + consultation, "matter/" + m["id"].(string), "topic/housing", "department/" + n.office} {
			all.must("PUT /api/v1/me/follows/"+followed, nil)
		}
		hearing := n.announces(n.hearing(consultation))
		h.told(t)
		notice := items(one.must("GET /api/v1/me/notices", nil))[0]
		if notice["kind"] != "event" || notice["object"] != hearing || notice["says"] != "新的活动" || !strings.Contains(notice["why"].(string), "鸢都市物业管理办法") {
			t.Errorf("who follows the consultation is told: %v", notice)
		}
		n.releases(n.links(m, "event", hearing, ""))
		h.told(t)
		for _, p := range []*phone{one, all} {
			if list := items(p.must("GET /api/v1/me/notices", nil)); len(list) != 1 {
				t.Errorf("told once of one hearing, however it is followed: %v", list)
			}
		}
	})
}

func TestWhoeverReadsOfAMeetingLearnsThatOneCanSitInOnIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		draft := n.editor.must("POST "+meetings, map[string]any{"department_id": n.office, "content": n.agenda("2026-12-05", n.item("研究老旧小区加装电梯", ""))})
		meeting := draft["id"].(string)
		seats := n.openDay(8, nil)
		seats["kind"], seats["title"], seats["meeting_id"] = "attendance", "列席市政府常务会议", meeting
		r := n.editor.must("POST "+events, map[string]any{"department_id": n.office, "content": seats})
		n.stops(t, events, r, "列席的会议没有公开")
		n.signs(draft, "")
		h.told(t)
		wang := h.phone(t, "王芳")
		wang.must("PUT /api/v1/me/follows/meeting_column/executive", nil)
		n.signsEvent(r)
		seat, of := r["id"].(string), "GET /api/v1/meetings/"+meeting
		if shown := h.ask(t, of).json(t)["events"].([]any); len(shown) != 1 || shown[0].(map[string]any)["id"] != seat ||
			shown[0].(map[string]any)["sign_up"].(map[string]any)["phase"] != "open" {
			t.Fatalf("the meeting leads to where one signs up: %v", shown)
		}
		h.tells(t, "so does the open web", "GET /meetings/"+meeting, 200, "来列席", "/events/"+seat, "正在报名")
		h.told(t)
		if list := items(wang.must("GET /api/v1/me/notices", nil)); len(list) != 1 || list[0]["object"] != seat {
			t.Errorf("who follows such meetings is told: %v", list)
		}
		n.withdraws(events, seat)
		h.tells(t, "where it is withdrawn, the meeting leads nowhere", of, 200, `"events":[]`)
	})
}
