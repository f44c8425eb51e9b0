package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// enters takes down a letter that somebody telephoned.
func (v *hall) asksFor(title, text string) string {
	l := heatingLetter()
	l["title"], l["text"], l["source"], l["topic"] = title, text, "phone", ""
	return v.centre.must("POST /admin/v1/letters", l)["id"].(string)
}

func (v *hall) handles(office string, who *visitor, id string) {
	v.on(v.centre, id, "dispatch", map[string]any{"lead": office})
	v.on(who, id, "take", nil)
}

func proposal(id string) string { return deskLetter(id) + "/proposal" }

// firstOf is the office that is proposed first, with its reasons.
func firstOf(t *testing.T, p map[string]any) (office, reasons string) {
	t.Helper()
	offices := p["offices"].([]any)
	if len(offices) == 0 || len(offices) > 3 {
		t.Fatalf("%d offices are proposed", len(offices))
	}
	first := offices[0].(map[string]any)
	return first["department"].(map[string]any)["id"].(string), fmt.Sprint(first["reasons"])
}

func TestTheCentreIsToldWhoHandledLettersLikeIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		for i := range 6 {
			v.handles(v.heating, v.clerk, v.asksFor("暖气片不热", fmt.Sprintf("%d号楼的暖气片是凉的，供热公司没有人来修，家里很冷。", i+1)))
			v.handles(v.police, v.helper, v.asksFor("电动车被偷了", fmt.Sprintf("放在%d号楼下的电动车被人偷了，小区的监控坏了，请查一查。", i+1)))
		}
		h.clock.Move(2 * time.Minute)

		secret := v.asksFor("北屋暖气片冰凉", "供热公司说管道堵了，叫周隐名的师傅来看过一次。")
		office, reasons := firstOf(t, v.centre.must("GET "+proposal(secret), nil))
		if office != v.heating || !strings.Contains(reasons, "“暖气”：过去 6 封同类来信，6 封由鸢都市城管局办理") {
			t.Errorf("%s is proposed because of %s", office, reasons)
		}
		v.handles(v.heating, v.clerk, secret)
		steps := fmt.Sprint(v.centre.must("GET "+deskLetter(secret), nil)["steps"])
		if !strings.Contains(steps, "what:proposed") || !strings.Contains(steps, "采用了") {
			t.Errorf("what was proposed is not written down: %s", steps)
		}

		h.clock.Move(2 * time.Minute)
		id := v.write(map[string]any{"channel": "ask", "title": "电动车又被偷", "text": "昨晚放在楼下的电动车被偷走，小区监控没有拍到。", "may_publish": false, "anonymous": true})
		p := v.centre.must("GET "+proposal(id), nil)
		if office, reasons = firstOf(t, p); office != v.police || strings.Contains(fmt.Sprint(p), "周隐名") {
			t.Errorf("%s is proposed because of %s", office, reasons)
		}
		before := p["proposed"].(float64)
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		if after := v.centre.must("GET "+proposal(secret), nil); after["proposed"] != before+1 || after["taken"].(float64) > before {
			t.Errorf("it is counted as %v of %v taken, before it were %v", after["taken"], after["proposed"], before)
		}
		if way := v.way(id); strings.Contains(way, "proposed") {
			t.Errorf("its author reads of the proposal: %s", way)
		}
		v.clerk.refused(403, "staff.not_allowed", "GET "+proposal(id), nil)
	})
}

func TestTheCentreIsToldWhoAnswersSuchThings(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		v.does(v.clerk, v.clerk.must("POST "+knowledgeDesk, v.heatingKnowledge())["id"].(string), "use", nil)
		p := v.centre.must("GET "+proposal(v.asksFor("供暖温度不够", "室温只有14度，暖气不热，能不能按日退费？")), nil)
		office, reasons := firstOf(t, p)
		if office != v.heating || p["sure"] != true || !strings.Contains(reasons, "知识库“家里暖气不热找谁”由鸢都市城管局负责") {
			t.Errorf("%s is proposed because of %s, sure: %v", office, reasons, p["sure"])
		}
	})
}

func TestWhoIsNotSureProposesNobody(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		for _, text := range []string{"呜呜呜呜呜呜", "asdf qwer zxcv", strings.Repeat("好", 3000)} {
			id := v.asksFor("不知道说什么", text)
			if offices := v.centre.must("GET "+proposal(id), nil)["offices"].([]any); len(offices) > 0 {
				t.Errorf("%.20s is for %v", text, offices)
			}
		}
		v.centre.refused(404, "letter.not_found", "GET "+proposal("01J00000000000000000000000"), nil)
	})
}
