package handler_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
)

const toPublic = "/admin/v1/public-letters/"

// answered is a letter of the author that the heating office has answered by a policy.
func (v *hall) answered(letter map[string]any, text string) string {
	id := v.write(letter)
	v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating, "why": "供热归城管局"})
	v.on(v.clerk, id, "take", nil)
	v.reply(v.clerk, id, text)
	v.on(v.head, id, "sign", nil)
	return id
}

// release takes an answered letter to the public: the clerk writes, the head signs.
func (v *hall) release(t testing.TB, id string, change func(content map[string]any)) {
	r := v.clerk.must("POST "+deskLetter(id)+"/publication", nil)
	content := r["content"].(map[string]any)
	change(content)
	r = v.clerk.must("PUT "+toPublic+id, map[string]any{"content": content}, ifMatch(r))
	r = v.clerk.must("POST "+toPublic+id+"/submit", map[string]any{"excuses": v.excuses(id)}, ifMatch(r))
	v.head.must("POST "+toPublic+id+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "不告诉：只是一个人的事"}, ifMatch(r))
	v.h.catchUp(t)
}

// excuses give a reason for all that the checks ask.
func (v *hall) excuses(id string) []any {
	list := []any{}
	for _, f := range v.clerk.must("GET "+toPublic+id+"/checks", nil)["items"].([]any) {
		if f := f.(map[string]any); f["severity"] == "ask" {
			list = append(list, map[string]any{"finding": f["number"], "reason": "看过，可以保留"})
		}
	}
	return list
}

func nothing(map[string]any) {}

// pending is what waits on somebody's first page.
func (v *visitor) pending() string {
	var list []string
	for _, w := range v.must("GET /admin/v1/waiting", nil)["items"].([]any) {
		w := w.(map[string]any)
		list = append(list, fmt.Sprint(w["what"], " ", w["kind"], " ", w["count"]))
	}
	return strings.Join(list, "; ")
}

// offered is what of a person was found, and what may stand there instead.
func offered(found []any) string {
	var list []string
	for _, f := range found {
		if f := f.(map[string]any); f["severity"] == "ask" {
			list = append(list, fmt.Sprint(f["code"], " ", f["field"], " ", f["text"], " ", f["instead"]))
		}
	}
	return strings.Join(list, "; ")
}

func TestALetterIsPublicOnlyAsTwoPeopleLeaveIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := heatingLetter()
		letter["text"] = "我叫王芳，住幸福小区3号楼2单元501室，电话13800001234，身份证370702199001011234，家里只有十四度，打电话没人管。"
		id := v.answered(letter, "王芳您好，热源已经修好，您家测温20度。有事请打13900005678找李建国师傅。")
		r := v.clerk.must("POST "+deskLetter(id)+"/publication", nil)
		text := fmt.Sprint(r["content"])
		for _, secret := range []string{"王芳", "13800001234", "370702199001011234", "501", "13900005678"} {
			if strings.Contains(text, secret) {
				t.Errorf("the first draft tells %s: %s", secret, text)
			}
		}
		v.clerk.refused(409, "publication.being_corrected", "POST "+deskLetter(id)+"/publication", nil)
		original := v.clerk.must("GET "+toPublic+id+"/original", nil)
		if said := original["exchanges"].([]any)[0].(map[string]any)["question"].(map[string]any); said["text"] != letter["text"] || len(said["spans"].([]any)) < 4 {
			t.Errorf("beside it stands %v", said)
		}
		v.helper.refused(403, "staff.not_allowed", "GET "+toPublic+id+"/original", nil)
		v.helper.refused(403, "staff.not_allowed", "GET "+toPublic+id, nil)

		content := r["content"].(map[string]any)
		content["exchanges"] = []any{map[string]any{"question": "我叫王芳，家里只有十四度。", "answer": "热源已经修好。"}}
		r = v.clerk.must("PUT "+toPublic+id, map[string]any{"content": content}, ifMatch(r))
		found := v.clerk.must("GET "+toPublic+id+"/checks", nil)["items"].([]any)
		if got, want := offered(found), "public_letter.name questions:0 王* 某某"; got != want {
			t.Errorf("found are %q, not %q", got, want)
		}
		content["exchanges"] = []any{map[string]any{"question": "我住奎文区幸福小区3号楼2单元501室。", "answer": "请找李建国师傅，电话13900005678。"}}
		r = v.clerk.must("PUT "+toPublic+id, map[string]any{"content": content}, ifMatch(r))
		found = v.clerk.must("GET "+toPublic+id+"/checks", nil)["items"].([]any)
		if got, want := offered(found), "personal.address questions:0 我住奎*************1室 我住奎文区某小区某号楼; "+
			"personal.phone answers:0 139******78 13*********; public_letter.name answers:0 李* 某某"; got != want {
			t.Errorf("found are %q, not %q", got, want)
		}
		v.clerk.refused(422, "publication.findings", "POST "+toPublic+id+"/submit", map[string]any{}, ifMatch(r))
		content["exchanges"] = []any{map[string]any{"question": "家里只有十四度，打电话没人管。", "answer": "热源已经修好，可以请热企测温。"}}
		content["title"] = "暖气不热找谁"
		r = v.clerk.must("PUT "+toPublic+id, map[string]any{"content": content}, ifMatch(r))
		r = v.clerk.must("POST "+toPublic+id+"/submit", map[string]any{}, ifMatch(r))
		v.clerk.refused(403, "staff.not_allowed", "POST "+toPublic+id+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "不告诉：一个人的事"}, ifMatch(r))
		v.other.refused(404, "letter.not_found", "GET /api/v1/letters/"+id, nil)
		v.head.must("POST "+toPublic+id+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "不告诉：一个人的事"}, ifMatch(r))
		v.h.catchUp(t)

		if own := v.author.must("GET "+myLetter(id), nil); own["public"] != true {
			t.Errorf("its author is not told that it is public: %v", own)
		}
		public := v.other.must("GET /api/v1/letters/"+id, nil)
		if public["title"] != "暖气不热找谁" || public["author"] != "" || public["outcome_name"] != "已解决" || public["answered"] != "2026-11-24" {
			t.Errorf("public is %v", public)
		}
		for _, q := range []string{"暖气不热", ""} {
			list := v.other.must("GET /api/v1/letters?q="+url.QueryEscape(q), nil)
			if list["total"] != 1.0 || list["items"].([]any)[0].(map[string]any)["id"] != id {
				t.Errorf("%q finds %v", q, list)
			}
		}
		all := v.other.must("GET /api/v1/search?q="+url.QueryEscape("暖气不热"), nil)["kinds"].([]any)
		if letters := all[2].(map[string]any); letters["kind"] != "letter" || letters["total"] != 1.0 {
			t.Errorf("the tab of letters shows %v", letters)
		}
		if page := v.other.send("GET /letters/"+id, nil); page.StatusCode != 200 || !strings.Contains(page.body, "热源已经修好，可以请热企测温。") {
			t.Errorf("its page says %d %s", page.StatusCode, page.body)
		}
	})
}

func TestOnlyTheAuthorsOwnNameIsEverTheAuthors(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		letter := heatingLetter()
		letter["anonymous"], letter["text"] = false, "邻居李建国的家里也只有十四度，打了几次电话没人管。"
		named := v.answered(letter, "热源已经修好。")
		letter["name"] = ""
		unnamed := v.answered(letter, "热源已经修好。")
		for id, want := range map[string]any{named: "王女士", unnamed: nil} {
			r := v.clerk.must("POST "+deskLetter(id)+"/publication", nil)
			if author := r["content"].(map[string]any)["author"]; author != want {
				t.Errorf("its author is %v, not %v", author, want)
			}
			if strings.Contains(fmt.Sprint(r["content"]), "李建国") {
				t.Errorf("the neighbour is named: %v", r["content"])
			}
		}
	})
}

func TestWhoNoLongerAgreesIsPublicNoLonger(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		silent := heatingLetter()
		silent["may_publish"] = false
		id := v.answered(silent, "热源已经修好。")
		v.clerk.refused(409, "letter.no_consent", "POST "+deskLetter(id)+"/publication", nil)
		v.author.must("PUT "+myLetter(id)+"/consent", map[string]any{"may_publish": true})
		v.release(t, id, nothing)
		v.other.must("GET /api/v1/letters/"+id, nil)
		v.h.clock.Move(2 * time.Minute) // what is learned is believed for one
		alike := v.asksFor("家里暖气不热", "供暖到现在家里只有十四度，没人管。")
		if _, reasons := firstOf(t, v.centre.must("GET "+proposal(alike), nil)); !strings.Contains(reasons, "公开的来信“家里暖气不热”由鸢都市城管局答复") {
			t.Errorf("who answered such a letter is not named: %s", reasons)
		}

		if own := v.author.must("PUT "+myLetter(id)+"/consent", map[string]any{"may_publish": false}); own["public"] != false {
			t.Errorf("its author is told that it is still public: %v", own)
		}
		if p := fmt.Sprint(v.centre.must("GET "+proposal(alike), nil)); strings.Contains(p, "公开的来信") {
			t.Errorf("it is named still: %s", p)
		}
		gone := v.other.refused(404, "letter.taken_back", "GET /api/v1/letters/"+id, nil)
		if !strings.Contains(gone.body, "写信人不再同意公开") {
			t.Errorf("where it stood is said %s", gone.body)
		}
		if list := v.other.must("GET /api/v1/letters", nil); list["total"] != 0.0 && len(list["items"].([]any)) != 0 {
			t.Errorf("the list still has %v", list)
		}
		v.h.catchUp(t)
		if list := v.other.must("GET /api/v1/letters?q="+url.QueryEscape("暖气"), nil); list["total"] != 0.0 {
			t.Errorf("it is still found: %v", list)
		}
		r := v.clerk.must("GET "+toPublic+id, nil)
		v.clerk.refused(409, "letter.no_consent", "POST "+toPublic+id+"/reopen", nil, ifMatch(r))
		v.author.must("PUT "+myLetter(id)+"/consent", map[string]any{"may_publish": true})
		v.clerk.must("POST "+toPublic+id+"/reopen", nil, ifMatch(r))

		second := v.answered(heatingLetter(), "热源已经修好。")
		v.release(t, second, nothing)
		v.author.must("PUT /api/v1/me/useful-letters/"+second, nil)
		v.other.must("PUT /api/v1/me/useful-letters/"+second, nil)
		v.author.must("DELETE /api/v1/me", nil)
		v.other.refused(404, "letter.taken_back", "GET /api/v1/letters/"+second, nil)
	})
}

func TestAnAnswerIsShownAsLongAsItsPolicyHolds(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		rule := &model.Policy{Title: "鸢都市供热办法", DocNumber: "鸢政发〔2022〕11号", PublishedDate: "2022-10-01", ExpiryDate: "2026-11-30"}
		h.change(t, func(tx *store.Tx) error {
			_, err := tx.SavePolicy(ctx, "heating", rule)
			return err
		})
		letter := heatingLetter()
		id := v.answered(letter, "您好，按《供热办法》（鸢政发〔2022〕11号）第三条，热企应当上门测温。")
		v.release(t, id, func(content map[string]any) {
			basis, _ := content["basis"].([]any)
			if len(basis) != 1 || basis[0].(map[string]any)["policy_id"] != rule.ID || basis[0].(map[string]any)["article"] != "第三条" {
				t.Errorf("it is proposed to rest on %v", content["basis"])
			}
		})
		shown := v.other.must("GET /api/v1/letters/"+id, nil)
		if basis := shown["basis"].([]any); len(basis) != 1 || basis[0].(map[string]any)["validity_name"] != "现行有效" {
			t.Errorf("it rests on %v", shown["basis"])
		}
		v.clerk.refused(409, "letter.stands", "POST "+toPublic+id+"/confirmation", map[string]any{"why": "新办法第三条相同"})

		h.clock.Move(7 * 24 * time.Hour) // to the day after its policy's last
		v.clerk.signIn("jingban")
		v.helper.signIn("gongan")
		lapsed := v.other.refused(404, "letter.retired", "GET /api/v1/letters/"+id, nil)
		if !strings.Contains(lapsed.body, "2026年12月1日") {
			t.Errorf("it is said since when: %s", lapsed.body)
		}
		if list := v.other.must("GET /api/v1/letters", nil); list["total"] != 0.0 {
			t.Errorf("the list still has %v", list)
		}
		if page := v.other.send("GET /letters/"+id, nil); page.StatusCode != 404 {
			t.Errorf("its page still says %d", page.StatusCode)
		}
		waiting := v.clerk.must("GET "+strings.TrimSuffix(toPublic, "/")+"/lapsed", nil)
		if waiting["total"] != 1.0 || waiting["items"].([]any)[0].(map[string]any)["id"] != id {
			t.Errorf("the office is shown %v", waiting)
		}
		if none := v.helper.must("GET "+strings.TrimSuffix(toPublic, "/")+"/lapsed", nil); none["total"] != 0.0 {
			t.Errorf("another office is shown %v", none)
		}
		for who, want := range map[*visitor]string{v.clerk: "lapsed letter 1", v.helper: ""} {
			if got := who.pending(); got != want {
				t.Errorf("%q waits, not %q", got, want)
			}
		}
		v.helper.refused(403, "staff.not_allowed", "POST "+toPublic+id+"/confirmation", map[string]any{"why": "新办法第三条相同"})
		v.clerk.must("POST "+toPublic+id+"/confirmation", map[string]any{"why": "新办法第三条相同"})
		h.catchUp(t)
		if again := v.other.must("GET /api/v1/letters/"+id, nil); again["confirmed"] != "2026-12-01" {
			t.Errorf("confirmed, it is %v", again)
		}
		if list := v.other.must("GET /api/v1/letters?q="+url.QueryEscape("暖气"), nil); list["total"] != 1.0 {
			t.Errorf("confirmed, %v are found", list)
		}
	})
}

func TestWhatWasUsefulIsCountedOnceForEachPerson(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		first, second := v.answered(heatingLetter(), "热源已经修好。"), v.answered(heatingLetter(), "换热站已经修好。")
		v.release(t, first, nothing)
		v.release(t, second, nothing)
		for range 2 {
			v.author.must("PUT /api/v1/me/useful-letters/"+first, nil)
			if said := v.other.must("PUT /api/v1/me/useful-letters/"+second, nil); said["mine"] != true {
				t.Errorf("it is said %v", said)
			}
		}
		if said := v.author.must("PUT /api/v1/me/useful-letters/"+second, nil); said["useful"] != 2.0 {
			t.Errorf("two found it useful, it is said %v", said)
		}
		popular := v.other.must("GET /api/v1/letters/popular?topic=housing", nil)["items"].([]any)
		if len(popular) != 2 || popular[0].(map[string]any)["id"] != second || popular[0].(map[string]any)["useful"] != 2.0 {
			t.Errorf("popular are %v", popular)
		}
		if none := v.other.must("GET /api/v1/letters/popular?topic=education", nil)["items"].([]any); len(none) != 0 {
			t.Errorf("of another topic are %v", none)
		}
		v.other.must("DELETE /api/v1/me/useful-letters/"+second, nil)
		if said := v.other.must("GET /api/v1/me/useful-letters/"+second, nil); said["mine"] != false || said["useful"] != 1.0 {
			t.Errorf("taken back, it is said %v", said)
		}
		h.visit(t).refused(401, "signin.needed", "PUT /api/v1/me/useful-letters/"+first, nil)
		v.other.refused(404, "letter.not_found", "PUT /api/v1/me/useful-letters/01NONE", nil)
	})
}
