package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

const consultations = "/admin/v1/consultations"

// paragraphs are lines of text as an editor has set them.
func paragraphs(lines ...string) (list []map[string]any) {
	for _, l := range lines {
		list = append(list, map[string]any{"kind": "text", "text": l})
	}
	return list
}

// propertyRules is a draft of three articles that everybody may speak to.
func (n *newsroom) propertyRules(opens, closes string) map[string]any {
	return map[string]any{"title": "鸢都市物业管理办法（征求意见稿）", "sort": "规章草案", "department_ids": []string{n.office}, "topic_ids": []string{"housing"},
		"opens": opens, "closes": closes, "note": paragraphs("为了规范物业管理活动，起草了本办法。"), "usage": "逐条研究，在本页公布采纳情况。",
		"contact": map[string]any{"phone": "0536-8000000"}, "open": true,
		"body": paragraphs("第一条 为了规范物业管理活动，制定本办法。", "第二条 物业服务企业应当每年公布一次收支情况。", "第三条 电梯维修资金由业主委员会申请使用。")}
}

// consults makes a consultation public, and tells its ID.
func (n *newsroom) consults(content map[string]any) string {
	r := n.editor.must("POST "+consultations, map[string]any{"department_id": n.office, "content": content})
	n.signsAt(consultations, r, "")
	return r["id"].(string)
}

// refusedAt is a working copy that is signed and does not go public all the same.
func (n *newsroom) refusedAt(status int, code, kind string, r map[string]any) {
	r, signed := n.submits(kind, r, "更正")
	n.reviewer.refused(status, code, "POST "+kind+"/"+r["id"].(string)+"/sign", signed, ifMatch(r))
}

// recalled takes a working copy back from who reviews it, and changes it.
func (n *newsroom) recalled(kind, id string, content map[string]any) map[string]any {
	at := kind + "/" + id
	r := n.editor.must("POST "+at+"/recall", nil, ifMatch(n.editor.must("GET "+at, nil)))
	return n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r))
}

// drafts writes a correction of a consultation.
func (n *newsroom) drafts(id string, change func(content map[string]any)) map[string]any {
	at := consultations + "/" + id
	r := n.editor.must("POST "+at+"/reopen", nil, ifMatch(n.editor.must("GET "+at, nil)))
	content := r["content"].(map[string]any)
	change(content)
	return n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r))
}

// clauses are the IDs of what one can speak to, by label.
func clauses(c map[string]any) map[string]string {
	ids := map[string]string{}
	for _, k := range c["clauses"].([]any) {
		ids[k.(map[string]any)["label"].(string)] = k.(map[string]any)["id"].(string)
	}
	return ids
}

func speaks(v *visitor, id, clause, stance, text string) map[string]any {
	return v.must("PUT /api/v1/me/consultations/"+id+"/opinions/"+clause, map[string]any{"stance": stance, "text": text})
}

func (n *newsroom) opinions(id, query string) []any {
	return n.editor.must("GET "+consultations+"/"+id+"/opinions"+query, nil)["items"].([]any)
}

func (n *newsroom) showsAll(id string) {
	var ids []any
	for _, o := range n.opinions(id, "?limit=100") {
		ids = append(ids, o.(map[string]any)["id"])
	}
	n.editor.must("POST "+consultations+"/"+id+"/opinions/shown", map[string]any{"ids": ids})
}

func (n *newsroom) answers(o any, verdict, reason string) map[string]any {
	v := o.(map[string]any)
	return n.editor.must("PUT /admin/v1/opinions/"+v["id"].(string)+"/answer", map[string]any{"verdict": verdict, "reason": reason}, ifMatch(v))
}

func (n *newsroom) daysPass(days int) {
	n.clock.Move(time.Duration(days) * 24 * time.Hour)
	n.editor.signIn("bianji")
	n.reviewer.signIn("shenhe")
}

func TestADraftIsSpokenToAnsweredAndWhatBecameOfItIsPublic(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		public := "/api/v1/consultations/" + id
		h.tells(t, "it is open for thirty days", "GET "+public, 200, `"phase":"open"`, `"days_left":30`, `"short_reason":""`)
		third := clauses(n.editor.must("GET "+public, nil))["第三条"]
		wang, li, zhao := h.settle(t, "王芳"), h.settle(t, "李建国"), h.settle(t, "赵敏")
		speaks(wang, id, third, "change", "电梯维修资金申请太慢，应当规定多少天内办完。")
		speaks(li, id, third, "change", "电梯维修资金申请太慢，应该规定几天内办完！")
		speaks(zhao, id, third, "against", "不要业主委员会申请，物业企业申请就行。")
		speaks(zhao, id, "whole", "support", "")
		speaks(wang, id, third, "change", "电梯维修资金申请太慢，应当规定五天内办完。")
		h.tells(t, "each is there once, however often it is sent", "GET "+public, 200, `"people":3`, `"opinions":4`)
		h.tells(t, "nobody reads them before somebody looked", "GET "+public+"/opinions", 200, `"total":0`)
		n.showsAll(id)
		h.tells(t, "then everybody does, without a name", "GET "+public+"/opinions?clause="+third, 200, `"total":3`, "五天内办完", `"signature":""`)

		groups := n.editor.must("GET "+consultations+"/"+id+"/groups", nil)
		proposed := groups["proposed"].([]any)
		if len(proposed) != 1 || len(proposed[0].(map[string]any)["ids"].([]any)) != 2 {
			t.Fatalf("the two that say the same are proposed as one: %v", groups)
		}
		g := n.editor.must("POST "+consultations+"/"+id+"/groups", map[string]any{"gist": "规定申请使用电梯维修资金的办理时限", "ids": proposed[0].(map[string]any)["ids"]})
		n.daysPass(31)
		withReport := func(content map[string]any) {
			content["report"] = n.editor.must("GET "+consultations+"/"+id+"/report", nil)["report"]
			content["adopted"] = paragraphs("第一条 为了规范物业管理活动，制定本办法。", "第二条 物业服务企业应当每年公布一次收支情况。",
				"第三条 电梯维修资金由业主委员会申请使用，住房城乡建设部门应当自收到申请之日起五个工作日内办理。")
		}
		r := n.drafts(id, withReport)
		n.editor.refused(422, "publication.findings", "POST "+consultations+"/"+id+"/submit", map[string]any{}, ifMatch(r))
		n.editor.must("PUT "+consultations+"/"+id+"/groups/"+g["id"].(string)+"/answer", map[string]any{"verdict": "adopted", "reason": "已在第三条规定五个工作日。"}, ifMatch(g))
		n.answers(n.opinions(id, "?group=none&open=true")[0], "not_adopted", "维修资金属于业主，由业主委员会申请更妥当。")
		h.tells(t, "no verdict is told before the report", "GET "+public+"/opinions", 200, `"verdict":""`)

		content := n.editor.must("GET "+consultations+"/"+id, nil)
		working := content["content"].(map[string]any)
		withReport(working)
		adopted := working["adopted"]
		working["adopted"] = working["body"]
		content = n.editor.must("PUT "+consultations+"/"+id, map[string]any{"content": working}, ifMatch(content))
		if found := fmt.Sprint(n.editor.must("GET "+consultations+"/"+id+"/checks", nil)); !strings.Contains(found, "第三条有意见写明采纳，采纳意见后的文本里没有改") {
			t.Errorf("what is said to be adopted is not in the text: %s", found)
		}
		working["adopted"] = adopted
		content = n.editor.must("PUT "+consultations+"/"+id, map[string]any{"content": working}, ifMatch(content))
		if found := fmt.Sprint(n.editor.must("GET "+consultations+"/"+id+"/checks", nil)); strings.Contains(found, "没有改") {
			t.Errorf("now it is: %s", found)
		}
		if shown := fmt.Sprint(n.reviewer.must("GET "+consultations+"/"+id+"/compare", nil)); !strings.Contains(shown, "收到意见：4") ||
			strings.Contains(shown, "发布日期") {
			t.Errorf("who signs is shown what will be public: %s", shown)
		}
		n.signsAt(consultations, content, "公布采纳情况")
		h.tells(t, "what became of them is public", "GET "+public, 200, `"phase":"adopted"`, `"opinions":4`, "3 人提出意见 4 条", "未采纳 1 条", "对第三条采纳或部分采纳 2 条意见", "只表明赞成、没有提出具体意见的 1 条")
		h.tells(t, "what changed, and what led to it", "GET "+public+"/adoption", 200, "五个工作日", "规定申请使用电梯维修资金的办理时限", `"count":2`)
		if got := h.ask(t, "GET "+public+"/adoption"); strings.Contains(got.body, "物业企业申请就行") {
			t.Errorf("an opinion that was not adopted led to a change: %s", got.body)
		}
		zhao = h.settle(t, "赵敏")
		mine := zhao.must("GET /api/v1/me/opinions", nil)["items"].([]any)
		if len(mine) != 2 || !strings.Contains(fmt.Sprint(mine), "由业主委员会申请更妥当") {
			t.Errorf("everybody is told what became of their own words: %v", mine)
		}
		h.told(t)
		if told := zhao.must("GET /api/v1/me/notices", nil); !strings.Contains(fmt.Sprint(told), "您提过意见：未采纳 1 条，供参考 1 条") {
			t.Errorf("who said something is told: %v", told)
		}
		n.editor.refused(409, "consultation.reported", "PUT /admin/v1/opinions/"+mine[0].(map[string]any)["id"].(string)+"/answer",
			map[string]any{"verdict": "adopted", "reason": "改主意了"}, ifMatch(n.opinions(id, "")[0].(map[string]any)))
		h.catchUp(t)
		h.tells(t, "it is found", "GET /api/v1/search?q=物业管理办法", 200, `"kind":"consultation","total":1`)
		h.tells(t, "on the website too", "GET /consultations/"+id, 200, "采纳情况", "规定申请使用电梯维修资金的办理时限", "起草说明")
		h.tells(t, "in its list", "GET /consultations?phase=adopted", 200, "鸢都市物业管理办法")
	})
}

func TestAPeriodIsNotShortenedAndADraftDoesNotChangeSilently(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		short := n.propertyRules("2026-11-24", "2026-12-03")
		r := n.editor.must("POST "+consultations, map[string]any{"department_id": n.office, "content": short})
		if found := fmt.Sprint(n.editor.must("GET "+consultations+"/"+r["id"].(string)+"/checks", nil)); !strings.Contains(found, "少于 30 天") {
			t.Errorf("ten days need a reason: %s", found)
		}
		short["short_reason"] = "供暖季已经开始，需要尽快施行。"
		r = n.editor.must("PUT "+consultations+"/"+r["id"].(string), map[string]any{"content": short}, ifMatch(r))
		n.signsAt(consultations, r, "")
		id := r["id"].(string)
		public := "/api/v1/consultations/" + id
		h.tells(t, "which everybody reads", "GET "+public, 200, "供暖季已经开始")
		before := clauses(n.editor.must("GET "+public, nil))
		wang := h.settle(t, "王芳")
		speaks(wang, id, before["第三条"], "change", "申请太慢。")

		r = n.drafts(id, func(c map[string]any) { c["closes"] = "2026-11-30" })
		n.stops(t, consultations, r, "征集已经开始：可以延长，不能提前结束")
		content := r["content"].(map[string]any)
		content["closes"] = "2026-12-22"
		content["body"] = paragraphs("第一条 为了规范物业管理活动，制定本办法。", "第二条 本市行政区域内的物业管理活动，适用本办法。",
			"第三条 物业服务企业应当每年公布一次收支情况。", "第四条 电梯维修资金由业主委员会申请使用。")
		r = n.editor.must("PUT "+consultations+"/"+id, map[string]any{"content": content}, ifMatch(r))
		n.stops(t, consultations, r, "征求意见稿改了：写明改了什么")
		content["change_note"] = "增加第二条适用范围，后面的条款顺延。"
		n.signsAt(consultations, n.editor.must("PUT "+consultations+"/"+id, map[string]any{"content": content}, ifMatch(r)), "增加一条")
		h.tells(t, "a new text is told", "GET "+public, 200, `"edition":2`, "增加第二条适用范围", `"closes":"2026-12-22"`)
		after := clauses(n.editor.must("GET "+public, nil))
		if after["第四条"] != before["第三条"] || after["第三条"] != before["第二条"] || after["第二条"] == before["第二条"] {
			t.Errorf("clauses are who they were, whatever their numbers: %v, %v", before, after)
		}
		if said := n.opinions(id, "?clause="+after["第四条"]); len(said) != 1 || said[0].(map[string]any)["clause"] != "第三条" {
			t.Errorf("what was said stays with its clause: %v", said)
		}
		h.tells(t, "the texts are compared", "GET "+public+"/compare", 200, "适用本办法")
	})
}

// stops says that a working copy cannot be handed in, and why.
func (n *newsroom) stops(t testing.TB, kind string, r map[string]any, why string) {
	t.Helper()
	at := kind + "/" + r["id"].(string)
	if found := fmt.Sprint(n.editor.must("GET "+at+"/checks", nil)); !strings.Contains(found, why) {
		t.Errorf("the checks say %s, not %s", found, why)
	}
	n.editor.refused(422, "publication.findings", "POST "+at+"/submit", map[string]any{}, ifMatch(r))
}

func TestADraftThatComesBackGoesOnWhereItWas(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		public, at := "/api/v1/consultations/"+id, consultations+"/"+id
		before := clauses(n.editor.must("GET "+public, nil))
		speaks(h.settle(t, "王芳"), id, before["第三条"], "change", "申请太慢。")
		n.reviewer.must("POST "+at+"/withdraw", map[string]any{"reason": "起草说明有误"}, ifMatch(n.editor.must("GET "+at, nil)))

		var was map[string]any
		r := n.drafts(id, func(c map[string]any) {
			c["closes"] = "2026-12-10"
			was = c
		})
		n.stops(t, consultations, r, "不能提前结束")
		was["closes"] = "2026-12-23"
		was["body"] = paragraphs("第一条 本市行政区域内的物业管理活动，适用本办法。", "第二条 为了规范物业管理活动，制定本办法。",
			"第三条 物业服务企业应当每年公布一次收支情况。", "第四条 电梯维修资金由业主委员会申请使用。")
		r = n.editor.must("PUT "+at, map[string]any{"content": was}, ifMatch(r))
		n.stops(t, consultations, r, "写明改了什么")
		was["change_note"] = "增加第一条适用范围。"
		n.signsAt(consultations, n.editor.must("PUT "+at, map[string]any{"content": was}, ifMatch(r)), "")
		h.tells(t, "it is a second text, and says what was changed", "GET "+public, 200, `"edition":2`, "增加第一条适用范围")
		after := clauses(n.editor.must("GET "+public, nil))
		if after["第四条"] != before["第三条"] || after["第三条"] == before["第三条"] {
			t.Errorf("clauses are who they were: %v, %v", before, after)
		}
		if said := n.opinions(id, "?clause="+after["第四条"]); len(said) != 1 {
			t.Errorf("what was said stays with its clause: %v", said)
		}
	})
}

func TestWhoBeganInTimeMayFinish(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-25", "2026-12-24"))
		h.settle(t, "王芳").refused(409, "consultation.coming", "PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "support"})
		h.clock.Move(model.Day("2026-12-25").Start().Add(-time.Minute).Sub(h.clock.Now()))
		wang, li := h.settle(t, "王芳"), h.settle(t, "李建国")
		n.editor.signIn("bianji")
		if owed := n.editor.must("GET "+consultations+"/owed", nil)["items"].([]any); len(owed) != 0 {
			t.Errorf("nobody said anything, and nothing is to be done: %v", owed)
		}
		speaks(li, id, "whole", "change", "请延长公示的时间。")
		if owed := fmt.Sprint(n.editor.must("GET "+consultations+"/owed", nil)); !strings.Contains(owed, "days:0") || !strings.Contains(owed, "waiting:1") {
			t.Errorf("what was said waits for somebody to look at it: %s", owed)
		}
		wang.must("POST /api/v1/me/consultations/"+id+"/form", nil)
		h.clock.Move(20 * time.Minute)
		speaks(wang, id, "whole", "change", "写了二十分钟才写完。")
		li.refused(409, "consultation.over", "PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "support"})
		li.must("POST /api/v1/me/consultations/"+id+"/form", nil)
		li.refused(409, "consultation.over", "PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "support"})
		h.clock.Move(11 * time.Minute)
		wang.refused(409, "consultation.over", "PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "support"})
		h.clock.Move(14 * 24 * time.Hour)
		h.tells(t, "until it is told what became of it, everybody sees that it is not", "GET /api/v1/consultations/"+id, 200, `"phase":"closed"`, `"days_late":15`)
		n.editor.signIn("bianji")
		if owed := n.editor.must("GET "+consultations+"/owed", nil)["items"].([]any); len(owed) != 1 || owed[0].(map[string]any)["nag"] != 15.0 ||
			owed[0].(map[string]any)["unanswered"] != 2.0 {
			t.Errorf("the office is asked for it: %v", owed)
		}
	})
}

func TestWhatSomebodySaysIsTakenAndShownWithCare(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		wang, li := h.settle(t, "王芳"), h.settle(t, "李建国")
		mine := "PUT /api/v1/me/consultations/" + id + "/opinions/"
		wang.refused(422, "opinion.long", mine+"whole", map[string]any{"stance": "change", "text": strings.Repeat("长", 20000)})
		wang.refused(422, "opinion.empty", mine+"whole", map[string]any{"stance": "against", "text": "  \n "})
		wang.refused(409, "opinion.clause_gone", mine+"01HZZZZZZZZZZZZZZZZZZZZZZZ", map[string]any{"stance": "support"})
		wang.refused(422, "opinion.signature", mine+"whole", map[string]any{"stance": "change", "text": "涨太快", "signature": "王芳13800001234"})
		said := speaks(wang, id, "whole", "change", "我是王芳，身份证号37070219800101123X，电话13800001234，物业费涨太快。")
		o := n.opinions(id, "")[0].(map[string]any)
		at := "PUT /admin/v1/opinions/" + o["id"].(string)
		n.editor.refused(409, "opinion.private", at+"/look", map[string]any{"show": true, "text": o["text"]}, ifMatch(o))
		if left := n.editor.must("POST "+consultations+"/"+id+"/opinions/shown", map[string]any{"ids": []any{o["id"]}}); left["left"] != 1.0 {
			t.Errorf("what tells of a person is not shown with all others: %v", left)
		}
		n.editor.refused(409, "opinion.word", at+"/look", map[string]any{"show": true, "text": "物业费比台湾国还高。"}, ifMatch(o))
		shown := n.editor.must(at+"/look", map[string]any{"show": true, "text": "物业费涨太快。"}, ifMatch(o))
		n.editor.refused(412, "edit.stale", at+"/look", map[string]any{"show": false, "why": "重复"}, ifMatch(o))
		if got := h.ask(t, "GET /api/v1/consultations/"+id+"/opinions"); !strings.Contains(got.body, "物业费涨太快") || strings.Contains(got.body, "3707") || strings.Contains(got.body, "1380") {
			t.Errorf("everybody reads it without what is private: %s", got.body)
		}
		support := "/api/v1/me/supported-opinions/" + said["id"].(string)
		wang.refused(409, "opinion.own", "PUT "+support, nil)
		li.must("PUT "+support, nil)
		if again := li.must("PUT "+support, nil); again["supports"] != 1.0 {
			t.Errorf("somebody supports it once: %v", again)
		}
		n.editor.must(at+"/look", map[string]any{"show": false, "why": "与征求意见稿无关"}, ifMatch(shown))
		h.tells(t, "one that is hidden is nowhere", "GET /api/v1/consultations/"+id+"/opinions", 200, `"total":0`)
		if form := wang.must("POST /api/v1/me/consultations/"+id+"/form", nil); !strings.Contains(fmt.Sprint(form), "与征求意见稿无关") {
			t.Errorf("who said it is told why: %v", form)
		}
		wang.must("DELETE /api/v1/me/consultations/"+id+"/opinions/whole", nil)
		if left := n.opinions(id, ""); len(left) != 0 {
			t.Errorf("it was taken back: %v", left)
		}
	})
}

func TestWhatCameByTelephoneIsAnsweredLikeTheRest(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		enter := "POST " + consultations + "/" + id + "/opinions"
		n.daysPass(32)
		n.editor.refused(422, "input.invalid", enter, map[string]any{"source": "mini", "stance": "change", "text": "不能冒充居民"})
		third := clauses(n.editor.must("GET /api/v1/consultations/"+id, nil))["第三条"]
		for source, text := range map[string]string{"phone": "电梯维修要快。", "paper": "请写明五个工作日。"} {
			n.editor.must(enter, map[string]any{"source": source, "clause": third, "stance": "change", "text": text, "signature": "幸福里居民"})
		}
		n.editor.must(enter, map[string]any{"source": "hall", "stance": "support", "text": "会上都赞成。"})
		said := n.opinions(id, "")
		if len(said) != 3 || !strings.Contains(fmt.Sprint(said), "信函") || !strings.Contains(fmt.Sprint(said), "会上") {
			t.Fatalf("what was entered: %v", said)
		}
		h.tells(t, "each is somebody", "GET /api/v1/consultations/"+id, 200, `"people":3`, `"opinions":3`)
		for _, o := range said {
			n.answers(o, "adopted", "已写入。")
		}
		if report := fmt.Sprint(n.editor.must("GET "+consultations+"/"+id+"/report", nil)); !strings.Contains(report, "采纳 3 条") {
			t.Errorf("the report counts them: %s", report)
		}
	})
}

func TestIfNobodySpokeTheReportSaysSo(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		n.refusedAt(409, "consultation.running", consultations, n.drafts(id, func(c map[string]any) { c["report"] = paragraphs("没有收到意见。") }))
		n.daysPass(31)
		r := n.editor.must("GET "+consultations+"/"+id, nil)
		content := r["content"].(map[string]any)
		content["report"] = n.editor.must("GET "+consultations+"/"+id+"/report", nil)["report"]
		n.signsAt(consultations, n.recalled(consultations, id, content), "公布采纳情况")
		h.tells(t, "nobody spoke", "GET /api/v1/consultations/"+id, 200, `"phase":"adopted"`, "征集期间没有收到意见")
	})
}

func TestAQuestionnaireIsAnsweredOnceAndCounted(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		draft := n.propertyRules("2026-11-24", "2026-12-23")
		draft["questions"] = []map[string]any{{"kind": "one", "text": "您住的小区有业主委员会吗？", "options": []string{"有", "没有"}, "required": true},
			{"kind": "scale", "text": "您对物业服务满意吗？"}, {"kind": "text", "text": "还想说什么？"}}
		id := n.consults(draft)
		public := "/api/v1/consultations/" + id
		var q []string
		for _, v := range n.editor.must("GET "+public, nil)["questions"].([]any) {
			q = append(q, v.(map[string]any)["id"].(string))
		}
		answer := func(v *visitor, option, scale int) {
			v.must("PUT /api/v1/me/consultations/"+id+"/survey", map[string]any{"answers": []map[string]any{{"question_id": q[0], "options": []int{option}},
				{"question_id": q[1], "scale": scale}, {"question_id": q[2], "text": "电梯常坏"}}})
		}
		wang, li := h.settle(t, "王芳"), h.settle(t, "李建国")
		wang.refused(422, "survey.required", "PUT /api/v1/me/consultations/"+id+"/survey", map[string]any{"answers": []any{}})
		wang.refused(422, "survey.answer", "PUT /api/v1/me/consultations/"+id+"/survey", map[string]any{"answers": []map[string]any{{"question_id": q[0], "options": []int{7}}}})
		answer(wang, 0, 1)
		answer(wang, 1, 2)
		answer(li, 1, 4)
		h.tells(t, "nobody is led by what others answered", "GET "+public, 200, `"survey":[]`)
		if heard := fmt.Sprint(n.editor.must("GET "+consultations+"/"+id+"/survey", nil)); !strings.Contains(heard, "电梯常坏") {
			t.Errorf("staff read what was written: %s", heard)
		}
		n.daysPass(31)
		h.tells(t, "afterwards everybody sees the counts", "GET "+public, 200, `"options":[0,2]`, `"average":3`)
		if got := h.ask(t, "GET "+public); strings.Contains(got.body, "电梯常坏") {
			t.Errorf("what was written is not public: %s", got.body)
		}
	})
}

func TestWhoLeavesIsCutFromWhatTheySaid(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n := h.newsroom(t)
		id := n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		wang := h.settle(t, "王芳")
		wang.must("PUT /api/v1/me/consultations/"+id+"/opinions/whole", map[string]any{"stance": "change", "text": "物业费涨太快。", "signature": "王芳"})
		if taken := fmt.Sprint(unzip(t, wang.send("GET /api/v1/me/export", nil).body)); !strings.Contains(taken, "物业费涨太快") {
			t.Errorf("what somebody said goes with them: %s", taken)
		}
		wang.must("DELETE /api/v1/me", nil)
		n.showsAll(id)
		if got := h.ask(t, "GET /api/v1/consultations/"+id+"/opinions"); !strings.Contains(got.body, "物业费涨太快") || strings.Contains(got.body, "王芳") {
			t.Errorf("what was said stays without who said it: %s", got.body)
		}
	})
}
