package handler_test

import (
	"net/url"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store"
)

const knowledgeDesk = "/admin/v1/knowledge"

// heating is what the office of the heating answers.
func (v *hall) heatingKnowledge(more ...func(map[string]any)) map[string]any {
	entry := map[string]any{"department": v.heating, "question": "家里暖气不热找谁", "answer": "室温低于18度的，请打热线，热力公司24小时内上门测温。\n\n不达标的按日退费。",
		"other_ways": []string{"供暖温度不够", "退热费"}, "topics": []string{"housing"}}
	for _, m := range more {
		m(entry)
	}
	return entry
}

// does does something to an entry as it stands.
func (v *hall) does(who *visitor, id, act string, body any) map[string]any {
	e := who.must("GET "+knowledgeDesk+"/"+id, nil)
	return who.must("POST "+knowledgeDesk+"/"+id+"/"+act, body, ifMatch(e))
}

// offers are the questions of the entries that are offered beside a letter.
func (v *hall) offers(who *visitor, letter, q string) (questions []string, list []map[string]any) {
	for _, item := range who.must("GET "+deskLetter(letter)+"/knowledge?q="+url.QueryEscape(q), nil)["items"].([]any) {
		o := item.(map[string]any)
		questions, list = append(questions, o["question"].(string)), append(list, o)
	}
	return questions, list
}

func (v *hall) shelf(who *visitor, name string) string {
	var questions []string
	for _, item := range who.must("GET "+knowledgeDesk+"?shelf="+name, nil)["items"].([]any) {
		questions = append(questions, item.(map[string]any)["question"].(string))
	}
	return strings.Join(questions, "、")
}

// dispatched is a letter that the office of the heating handles.
func (v *hall) dispatched() string {
	id := v.write(heatingLetter())
	v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
	return id
}

func TestWhatAnOfficeKnowsStandsBesideALetter(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := v.dispatched()
		e := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge())
		id := e["id"].(string)
		if e["state"] != "draft" || e["good_until"] != "" || e["responsible"] != nil {
			t.Errorf("begun, it is %v", e)
		}
		if got, _ := v.offers(v.clerk, letter, ""); len(got) != 0 {
			t.Errorf("a draft is offered: %v", got)
		}
		e = v.does(v.clerk, id, "use", nil)
		if e["state"] != "current" || e["review_day"] != "2027-05-24" || e["good_until"] != "2027-05-23" {
			t.Errorf("used, it is %v", e)
		}
		got, list := v.offers(v.clerk, letter, "")
		if len(got) != 1 || list[0]["usable"] != true || !strings.Contains(list[0]["answer"].(string), "按日退费") {
			t.Errorf("offered are %v", list)
		}
		if got, _ := v.offers(v.clerk, letter, "退热费"); len(got) != 1 {
			t.Error("it is not found by another way to ask")
		}
		if got, _ := v.offers(v.clerk, letter, "公交车几点收班"); len(got) != 0 {
			t.Errorf("what has nothing to do with it finds %v", got)
		}
		v.clerk.refused(412, "edit.stale", "PUT "+knowledgeDesk+"/"+id, v.heatingKnowledge(), `If-Match: "1"`)
		v.clerk.refused(428, "request.version_missing", "PUT "+knowledgeDesk+"/"+id, v.heatingKnowledge())
		v.does(v.clerk, id, "take", nil)
		if got := v.shelf(v.clerk, "mine"); got != "家里暖气不热找谁" {
			t.Errorf("mine are %q", got)
		}
		v.helper.refused(403, "staff.not_allowed", "GET "+knowledgeDesk+"/"+id, nil)
		if got := v.shelf(v.helper, "all"); got != "" {
			t.Errorf("another office sees %q", got)
		}
		h.catchUp(t)
		if found := h.visit(t).send("GET /api/v1/search?q="+url.QueryEscape("暖气不热"), nil).body; strings.Contains(found, "热力公司") {
			t.Error("the public finds it")
		}
		v.does(v.clerk, id, "retire", nil)
		if got, _ := v.offers(v.clerk, letter, ""); len(got) != 0 || v.shelf(v.clerk, "retired") == "" {
			t.Errorf("retired, it is offered: %v", got)
		}
	})
}

func TestAnEntryIsReviewedWhenItsDayComesOrTheCentreAsks(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := v.dispatched()
		mine := func(m map[string]any) { m["responsible"], m["months"] = v.clerk.staff, 1 }
		id := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge(mine))["id"].(string)
		v.does(v.clerk, id, "use", nil)
		e := v.centre.must("GET "+knowledgeDesk+"/"+id, nil)
		v.centre.refused(422, "knowledge.note", "POST "+knowledgeDesk+"/"+id+"/request", map[string]any{"note": "  "}, ifMatch(e))
		v.centre.refused(403, "knowledge.not_yours", "PUT "+knowledgeDesk+"/"+id, v.heatingKnowledge(), ifMatch(e))
		v.does(v.centre, id, "request", map[string]any{"note": "退费标准改了"})
		got := v.clerk.must("GET "+knowledgeDesk+"/"+id, nil)
		doubt := got["doubts"].([]any)[0].(map[string]any)
		if doubt["kind"] != "asked" || doubt["text"] != "受理中心2026年11月24日请部门复核：退费标准改了" || v.shelf(v.clerk, "due") == "" {
			t.Errorf("asked for a review, it is %v", got)
		}
		if got := v.does(v.clerk, id, "review", nil); len(got["doubts"].([]any)) != 0 || got["request"] != nil || v.shelf(v.clerk, "due") != "" {
			t.Errorf("reviewed, it is %v", got)
		}
		v.pass(30)
		_, list := v.offers(v.clerk, letter, "")
		if list[0]["usable"] != true || list[0]["doubts"].([]any)[0].(map[string]any)["text"] != "2026年12月24日就该复核了" || v.shelf(v.clerk, "due") == "" {
			t.Errorf("overdue, it is offered as %v", list)
		}
		other := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge(func(m map[string]any) { m["question"] = "暖气不热怎么退热费" }))["id"].(string)
		v.does(v.clerk, other, "use", nil)
		if got, _ := v.offers(v.clerk, letter, ""); len(got) != 2 || got[1] != "家里暖气不热找谁" {
			t.Errorf("what is overdue does not come last: %v", got)
		}
	})
}

func TestAnEntryWithALapsedPolicyAnswersNobody(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		h.furnish(t)
		letter := v.dispatched()
		policy := h.ids["鸢人社发〔2021〕5号"]
		rests := func(m map[string]any) { m["basis"] = []any{map[string]any{"id": policy, "article": "第三条"}} }
		unknown := func(m map[string]any) { m["basis"] = []any{map[string]any{"id": "01NOWHERE"}} }
		v.clerk.refused(422, "knowledge.basis", "POST "+knowledgeDesk, v.heatingKnowledge(unknown))
		e := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge(rests))
		id := e["id"].(string)
		v.does(v.clerk, id, "use", nil)
		h.change(t, func(tx *store.Tx) error { return tx.WithdrawPolicy(ctx, policy) })
		_, list := v.offers(v.clerk, letter, "")
		if len(list) != 1 || len(list[0]["doubts"].([]any)) != 1 {
			t.Fatalf("with its policy withdrawn, offered are %v", list)
		}
		doubt := list[0]["doubts"].([]any)[0].(map[string]any)
		if list[0]["usable"] != false || doubt["kind"] != "withdrawn" || !strings.Contains(doubt["text"].(string), "已经不再公开") || v.shelf(v.clerk, "due") == "" {
			t.Errorf("with its policy withdrawn, it is offered as %v", list)
		}
		now := v.clerk.must("GET "+knowledgeDesk+"/"+id, nil)
		without := v.clerk.must("PUT "+knowledgeDesk+"/"+id, v.heatingKnowledge(), ifMatch(now))
		if without["usable"] != true || len(without["doubts"].([]any)) != 0 {
			t.Errorf("resting on nothing, it is %v", without)
		}
	})
}

func TestWhoLeavesLeavesNoEntryWithoutAnEye(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		mine := func(m map[string]any) { m["responsible"] = v.clerk.staff }
		id := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge(mine))["id"].(string)
		strange := func(m map[string]any) { m["responsible"] = v.helper.staff }
		v.clerk.refused(422, "knowledge.who", "POST "+knowledgeDesk, v.heatingKnowledge(strange))
		if v.shelf(v.head, "nobody") != "" {
			t.Error("somebody looks after it")
		}
		gone := v.admin.must("GET /admin/v1/staff/"+v.clerk.staff, nil)
		v.admin.must("POST /admin/v1/staff/"+v.clerk.staff+"/close", map[string]any{}, ifMatch(gone))
		if got := v.shelf(v.head, "nobody"); got != "家里暖气不热找谁" {
			t.Errorf("nobody looks after %q", got)
		}
		if e := v.does(v.head, id, "take", nil); e["responsible"].(map[string]any)["id"] != v.head.staff || v.shelf(v.head, "nobody") != "" {
			t.Errorf("taken, it is %v", e)
		}
	})
}

func TestTheCentreWritesAndTheOfficeSaysThatItIsRight(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.centre.must("POST "+knowledgeDesk, v.heatingKnowledge())["id"].(string)
		e := v.centre.must("GET "+knowledgeDesk+"/"+id, nil)
		v.centre.refused(403, "staff.not_allowed", "POST "+knowledgeDesk+"/"+id+"/use", nil, ifMatch(e))
		v.helper.refused(403, "staff.not_allowed", "POST "+knowledgeDesk+"/"+id+"/use", nil, ifMatch(e))
		v.does(v.clerk, id, "use", nil)
		e = v.centre.must("GET "+knowledgeDesk+"/"+id, nil)
		v.centre.refused(403, "knowledge.not_yours", "PUT "+knowledgeDesk+"/"+id, v.heatingKnowledge(), ifMatch(e))
		for code, change := range map[string]func(map[string]any){
			"knowledge.question":   func(m map[string]any) { m["question"] = " " },
			"knowledge.answer":     func(m map[string]any) { m["answer"] = strings.Repeat("长", model.KnowledgeAnswer+1) },
			"knowledge.other_ways": func(m map[string]any) { m["other_ways"] = []string{strings.Repeat("长", 41)} },
			"knowledge.topic":      func(m map[string]any) { m["topics"] = []string{"nowhere"} },
			"knowledge.months":     func(m map[string]any) { m["months"] = 25 },
		} {
			v.centre.refused(422, code, "POST "+knowledgeDesk, v.heatingKnowledge(change))
		}
		nowhere := func(m map[string]any) { m["department"] = "nowhere" }
		v.centre.refused(404, "department.not_found", "POST "+knowledgeDesk, v.heatingKnowledge(nowhere))
	})
}

func TestAReplyBecomesADraftWithoutAnybodyInIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := v.dispatched()
		v.on(v.clerk, letter, "take", nil)
		v.on(v.clerk, letter, "reply", map[string]any{"text": "王女士您好，热力公司按您留的13800001234联系后上门清洗，现在十九度。", "outcome": "solved", "basis": "口头约定"})
		v.clerk.refused(409, "letter.no_answer", "POST "+deskLetter(letter)+"/knowledge", map[string]any{"answer": 1})
		v.on(v.head, letter, "sign", nil)
		e := v.clerk.must("POST "+deskLetter(letter)+"/knowledge", map[string]any{"answer": 1})
		if text := e["answer"].(string); strings.Contains(text, "13800001234") || strings.Contains(text, "王女士") || !strings.Contains(text, "十九度") {
			t.Errorf("it says %q", text)
		}
		if e["state"] != "draft" || e["from_reply"] != true || e["question"] != "家里暖气不热" || e["responsible"].(map[string]any)["id"] != v.clerk.staff {
			t.Errorf("it is %v", e)
		}
		if again := v.head.must("POST "+deskLetter(letter)+"/knowledge", map[string]any{"answer": 1}); again["id"] != e["id"] {
			t.Error("asked again, it is another")
		}
		v.helper.refused(403, "staff.not_allowed", "POST "+deskLetter(letter)+"/knowledge", map[string]any{"answer": 1})
	})
}

func TestATemplateIsFilledFromALetterOrSaysWhatIsLeft(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := v.dispatched()
		const templates = "/admin/v1/reply-templates"
		text := "{{称呼}}：您好！您{{收到日期}}的来信（{{编号}}）由{{办理单位}}办理，协办{{协办单位}}，{{答复期限}}前答复。"
		own := map[string]any{"department": v.heating, "name": "开头", "text": text}
		for code, wrong := range map[string]string{"reply_template.blank": "{{姓名}}您好", "reply_template.braces": "{{称呼}您好", "reply_template.text": " "} {
			v.clerk.refused(422, code, "POST "+templates, map[string]any{"department": v.heating, "name": "开头", "text": wrong})
		}
		if got := v.clerk.send("POST "+templates, map[string]any{"department": v.heating, "name": "开头", "text": "{{姓名}}您好"}); !strings.Contains(got.body, "姓名") ||
			!strings.Contains(got.body, `"field":"text"`) {
			t.Errorf("a blank that there is not is refused by %s", got.body)
		}
		v.clerk.refused(403, "staff.not_allowed", "POST "+templates, map[string]any{"name": "开头", "text": text})
		one := v.clerk.must("POST "+templates, own)
		city := v.centre.must("POST "+templates, map[string]any{"name": "结尾", "text": "感谢您的来信。"})
		v.centre.refused(403, "reply_template.not_yours", "PUT "+templates+"/"+one["id"].(string), own, ifMatch(one))
		v.clerk.refused(403, "staff.not_allowed", "PUT "+templates+"/"+city["id"].(string), own, ifMatch(city))
		if list := v.helper.must("GET "+templates, nil)["items"].([]any); len(list) != 1 {
			t.Errorf("another office has %v", list)
		}
		fill := func() map[string]any {
			return v.clerk.must("POST "+deskLetter(letter)+"/filled", map[string]any{"template": one["id"]})
		}
		filled := fill()
		want := "王女士：您好！您2026年11月24日的来信（" + v.clerk.must("GET "+deskLetter(letter), nil)["number"].(string) + "）由鸢都市城管局办理，协办【待填：协办单位】，2026年12月1日前答复。"
		if filled["text"] != want || len(filled["left"].([]any)) != 1 {
			t.Errorf("filled it is %v", filled)
		}
		v.refuses(v.clerk, 422, "letter.unfilled", letter, "reply", map[string]any{"text": filled["text"], "outcome": "solved"})
		v.reply(v.clerk, letter, strings.ReplaceAll(filled["text"].(string), "【待填：协办单位】", "公安局"))
		v.helper.refused(403, "staff.not_allowed", "POST "+deskLetter(letter)+"/filled", map[string]any{"template": city["id"]})
		v.on(v.head, letter, "send-back", map[string]any{"why": "再写"})

		with := v.write(map[string]any{"channel": "ask", "title": "我家也不热", "text": "我家和幸福路12号一样，也只有十四度。", "may_publish": false, "anonymous": true})
		number := v.centre.must("GET "+deskLetter(letter), nil)["number"]
		v.on(v.centre, with, "merge", map[string]any{"into": number})
		if filled := fill(); filled["shared"] != true || strings.Contains(filled["text"].(string), "王女士") || strings.Contains(filled["text"].(string), number.(string)) {
			t.Errorf("a reply to several people names one: %v", filled)
		}
		removed := v.clerk.must("PUT "+templates+"/"+one["id"].(string), own, ifMatch(one))
		v.clerk.must("DELETE "+templates+"/"+one["id"].(string), nil, ifMatch(removed))
		v.clerk.refused(404, "reply_template.not_found", "POST "+deskLetter(letter)+"/filled", map[string]any{"template": one["id"]})
	})
}

func TestEntriesGoWithTheirOffice(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge())["id"].(string)
		v.does(v.clerk, id, "use", nil)
		v.admin.must("POST /admin/v1/departments/"+v.heating+"/merge", map[string]any{"into": v.police}, `If-Match: "1"`)
		if e := v.clerk.must("GET "+knowledgeDesk+"/"+id, nil); e["department"].(map[string]any)["id"] != v.police {
			t.Errorf("merged, it is %v", e)
		}
	})
}

func TestTwoWhoKeepOneAnswerAtOnceHaveTheSameEntry(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		for range 3 {
			letter := v.answered(heatingLetter(), "热源已经修好，今晚起会热起来。")
			got := make(chan *answer, 2)
			for _, who := range []*visitor{v.clerk, v.head} {
				go func() { got <- who.send("POST "+deskLetter(letter)+"/knowledge", map[string]any{"answer": 1}) }()
			}
			one, two := <-got, <-got
			if one.StatusCode/100 != 2 || two.StatusCode/100 != 2 {
				t.Fatalf("%d %.200s, %d %.200s", one.StatusCode, one.body, two.StatusCode, two.body)
			}
			if a, b := one.json(t)["id"], two.json(t)["id"]; a != b {
				t.Errorf("there are two: %v and %v", a, b)
			}
		}
	})
}
