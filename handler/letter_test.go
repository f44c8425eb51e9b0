package handler_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
	"yuandu/service/account"
	"yuandu/wechat/sim"
)

// hall is where letters are handled: the Centre, two offices of which one has a head,
// the Supervisor and the mayor's office, and somebody who writes.
type hall struct {
	h                                                                *house
	author, other                                                    *visitor
	centre, clerk, colleague, head, helper, supervisor, mayor, admin *visitor
	heating, police                                                  string
}

func (h *house) hall(t testing.TB) *hall {
	t.Helper()
	h.tellPrivacy(t, "第一次发布")
	admin := h.newsroom(t).admin
	v := &hall{h: h, admin: admin, heating: h.office(t, admin, "鸢都市城管局", ""), police: h.office(t, admin, "鸢都市公安局", "")}
	at := func(login, office string, role model.Role) *visitor {
		return h.hire(t, admin, login, office, model.Grant{Role: role, DepartmentID: office})
	}
	city := func(login string, role model.Role) *visitor {
		return h.hire(t, admin, login, "", model.Grant{Role: role})
	}
	v.clerk, v.colleague, v.head = at("jingban", v.heating, model.CaseHandler), at("jingban2", v.heating, model.CaseHandler), at("juzhang", v.heating, model.OfficeHead)
	v.helper = at("gongan", v.police, model.CaseHandler)
	v.centre, v.supervisor, v.mayor = city("zhongxin", model.Dispatcher), city("dubanshi", model.Supervisor), city("shizhang", model.MayorsOffice)
	v.author, v.other = h.settle(t, "王芳"), h.settle(t, "李建国")
	return v
}

// pass lets time pass, after which staff sign in anew.
func (v *hall) pass(days int) {
	v.h.clock.Move(time.Duration(days) * 24 * time.Hour)
	for login, who := range map[string]*visitor{"jingban": v.clerk, "jingban2": v.colleague, "juzhang": v.head, "dubanshi": v.supervisor} {
		who.signIn(login)
	}
}

// heatingLetter is somebody's, who is cold.
func heatingLetter() map[string]any {
	return map[string]any{"channel": "ask", "title": "家里暖气不热", "text": "十一月十五号供暖到现在，家里只有十四度，打了几次电话没人管。",
		"topic": "housing", "place": "幸福路12号", "name": "王女士", "phone": "13800001234", "may_publish": true, "anonymous": true}
}

// write sends a letter, and tells its ID.
func (v *hall) write(letter map[string]any) string {
	return v.author.must("POST /api/v1/letters", letter)["id"].(string)
}

func myLetter(id string) string   { return "/api/v1/me/letters/" + id }
func deskLetter(id string) string { return "/admin/v1/letters/" + id }

// on does something to a letter as it stands.
func (v *hall) on(who *visitor, id, act string, body map[string]any) map[string]any {
	method := "POST"
	if act == "reply" {
		method = "PUT"
	}
	r := who.must("GET "+deskLetter(id), nil)
	return who.must(method+" "+deskLetter(id)+"/"+act, body, ifMatch(r))
}

// refuses has an act refused as a letter stands.
func (v *hall) refuses(who *visitor, status int, code, id, act string, body map[string]any) {
	method := "POST"
	if act == "reply" {
		method = "PUT"
	}
	r := who.must("GET "+deskLetter(id), nil)
	who.refused(status, code, method+" "+deskLetter(id)+"/"+act, body, ifMatch(r))
}

func (v *hall) reply(who *visitor, id, text string) {
	v.on(who, id, "reply", map[string]any{"text": text, "outcome": "solved", "basis": "鸢政发〔2022〕11号 第三条"})
}

// way is what the author reads of how it went.
func (v *hall) way(id string) string {
	var went []string
	for _, step := range v.author.must("GET "+myLetter(id), nil)["timeline"].([]any) {
		went = append(went, step.(map[string]any)["what"].(string))
	}
	return strings.Join(went, " ")
}

func TestALetterGoesFromItsAuthorToAnOfficeAndBack(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		got := v.author.send("POST /api/v1/letters", heatingLetter())
		if got.StatusCode != 201 || got.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		l := got.json(t)
		id, due := l["id"].(string), l["due"].(map[string]any)
		if l["number"] != "鸢都2026-000001" && l["number"] != "鸢2026-000001" || l["state_name"] != "已收到" || due["day"] != "2026-12-01" || due["left"] != 5.0 ||
			l["with"] != "受理中心" || l["can_withdraw"] != true {
			t.Errorf("it is taken in as %s", got.body)
		}
		if strings.Contains(got.body, "13800001234") {
			t.Error("the telephone number goes back")
		}
		v.author.refused(409, "letter.no_answer", "POST "+myLetter(id)+"/rating", map[string]any{"response": 1, "solved": false, "satisfaction": 1})
		v.other.refused(404, "letter.not_found", "GET "+myLetter(id), nil)
		v.clerk.refused(403, "staff.not_allowed", "GET "+deskLetter(id), nil)
		v.mayor.refused(403, "staff.not_allowed", "GET "+deskLetter(id), nil)

		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.police, "why": "说到扰民"})
		v.on(v.helper, id, "return", map[string]any{"why": "供热由城管局管"})
		v.clerk.refused(403, "staff.not_allowed", "GET "+deskLetter(id), nil)
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating, "assists": []string{v.police}, "final": true, "why": "供热归城管局"})
		v.refuses(v.clerk, 409, "letter.designated", id, "return", map[string]any{"why": "不归我们"})
		v.on(v.helper, id, "help", map[string]any{"text": "已到现场了解，没有纠纷。"})
		v.on(v.clerk, id, "take", nil)
		v.on(v.clerk, id, "notes", map[string]any{"text": "已联系热力公司张经理"})
		v.reply(v.clerk, id, "热力公司十一月二十四日到您家清洗了管道。")
		v.refuses(v.clerk, 403, "staff.not_allowed", id, "sign", nil)
		v.on(v.head, id, "send-back", map[string]any{"why": "写明温度"})
		v.reply(v.clerk, id, "热力公司到您家清洗了管道，现在十九度。")
		r := v.on(v.head, id, "sign", nil)
		if r["state"] != "answered" || r["draft"] != nil || r["due"] != nil {
			t.Errorf("signed, it is %v", r)
		}
		l = v.author.must("GET "+myLetter(id), nil)
		answer := l["answers"].([]any)[0].(map[string]any)
		if answer["text"] != "热力公司到您家清洗了管道，现在十九度。" || answer["department"] != "鸢都市城管局" || answer["on_time"] != true || l["can_rate"] != true {
			t.Errorf("the author reads %v", l)
		}
		for _, secret := range []string{"张经理", "没有纠纷", "写明温度", "供热归城管局", "清洗了管道。", "zhongxin"} {
			if strings.Contains(fmt.Sprint(l), secret) {
				t.Errorf("the author reads %s", secret)
			}
		}
		l = v.author.must("POST "+myLetter(id)+"/rating", map[string]any{"response": 5, "solved": true, "satisfaction": 4, "text": "热了"})
		if l["state"] != "closed" || l["can_rate"] != false {
			t.Errorf("rated, it is %v", l)
		}
		if way := v.way(id); way != "received dispatched dispatched answered rated closed" {
			t.Errorf("its way is told as %s", way)
		}
		for _, act := range []string{"received", "returned", "assisted", "taken", "noted", "sent_back", "signed", "rated"} {
			h.trailed(t, "letter."+act, 1)
		}
	})
}

func TestWhatIsNotSolvedGoesToAnotherPersonAndThenToTheSupervisor(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		unsolved := map[string]any{"response": 2, "solved": false, "satisfaction": 1, "text": "还是冷"}
		v.reply(v.clerk, id, "已派人查看。")
		v.on(v.head, id, "sign", nil)
		v.pass(1)
		l := v.author.must("POST "+myLetter(id)+"/rating", unsolved)
		if l["state"] != "assigned" || l["round"] != 2.0 || l["due"].(map[string]any)["day"] != "2026-12-02" {
			t.Errorf("not solved, it is %v", l)
		}
		v.refuses(v.clerk, 409, "letter.same_handler", id, "take", nil)
		v.refuses(v.clerk, 409, "letter.same_handler", id, "reply", map[string]any{"text": "还是我来", "outcome": "solved"})
		v.reply(v.colleague, id, "更换了阀门。")
		v.on(v.head, id, "sign", nil)
		v.author.must("POST "+myLetter(id)+"/rating", unsolved)
		v.refuses(v.head, 403, "letter.not_yours", id, "reply", map[string]any{"text": "还是我来", "outcome": "solved"})
		v.reply(v.supervisor, id, "市政府办会同热力公司改造了立管。")
		v.refuses(v.head, 403, "letter.not_yours", id, "sign", nil)
		v.on(v.supervisor, id, "sign", nil)
		l = v.author.must("POST "+myLetter(id)+"/rating", unsolved)
		if l["state"] != "closed" || l["round"] != 3.0 || len(l["answers"].([]any)) != 3 {
			t.Errorf("after the Supervisor it is %v", l)
		}
		if way := v.way(id); way != "received dispatched answered rated reopened answered rated escalated answered rated closed" {
			t.Errorf("its way is told as %s", way)
		}
	})
}

func TestALetterIsTakenOnceHoweverOftenItIsSent(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		var wait sync.WaitGroup
		var first sync.Once
		taken := make(chan struct{})
		numbers := make([]string, 4)
		for i := range numbers {
			wait.Go(func() {
				got := v.author.send("POST /api/v1/letters", heatingLetter(), "Idempotency-Key: once-and-for-all-0001")
				if got.StatusCode == 409 { // the first is still at it
					<-taken
					got = v.author.send("POST /api/v1/letters", heatingLetter(), "Idempotency-Key: once-and-for-all-0001")
				}
				first.Do(func() { close(taken) })
				numbers[i] = fmt.Sprint(got.json(t)["number"])
			})
		}
		wait.Wait()
		for _, n := range numbers {
			if n != numbers[0] || n == "<nil>" {
				t.Errorf("the numbers are %v", numbers)
			}
		}
		r, err := h.store.ResidentByOpenID(ctx, h.sim.Person("王芳").OpenID)
		if err == nil { // as where the house is killed before it has answered
			err = h.store.KeepAnswer(ctx, &model.Once{Scope: account.ResidentScope(r.ID), Key: "once-and-for-all-0001"}, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		got := v.author.send("POST /api/v1/letters", heatingLetter(), "Idempotency-Key: once-and-for-all-0001")
		if got.StatusCode != 201 || got.json(t)["number"] != numbers[0] || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("where the answer was lost it is %d %s", got.StatusCode, got.body)
		}
		if all := v.author.must("GET /api/v1/me/letters", nil); all["total"] != 1.0 {
			t.Errorf("there are %v", all)
		}
		for range model.LettersPerDay - 1 {
			v.write(heatingLetter())
		}
		v.author.refused(429, "letter.limit", "POST /api/v1/letters", heatingLetter())
	})
}

func TestWhatIsNoLetterIsRefusedInWords(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		for _, c := range []struct {
			name, code string
			change     map[string]any
		}{
			{"without a title", "letter.title", map[string]any{"title": " "}},
			{"a title of 51 characters", "letter.title", map[string]any{"title": strings.Repeat("热", 51)}},
			{"faces alone", "letter.text", map[string]any{"text": "😡😡😡😡😡😡😡"}},
			{"10,000 characters", "letter.text", map[string]any{"text": strings.Repeat("冷", 10_000)}},
			{"an unknown topic", "letter.topic", map[string]any{"topic": "nothing"}},
			{"an unknown office", "department.not_found", map[string]any{"department": "nowhere"}},
			{"a telephone number that is none", "letter.contact", map[string]any{"phone": "明天再说"}},
			{"a file of nobody", "letter.file", map[string]any{"files": []string{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}},
		} {
			body := heatingLetter()
			for field, value := range c.change {
				body[field] = value
			}
			if got := v.author.send("POST /api/v1/letters", body); got.StatusCode < 400 || got.StatusCode > 422 || !strings.Contains(got.body, `"code":"`+c.code+`"`) {
				t.Errorf("%s: %d %s", c.name, got.StatusCode, got.body)
			}
		}
		if all := v.author.must("GET /api/v1/me/letters", nil); all["total"] != 0.0 {
			t.Errorf("kept: %v", all)
		}
	})
}

func TestHowAnAuthorCanBeReachedIsReadWithAReason(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		if r := v.clerk.send("GET "+deskLetter(id), nil); strings.Contains(r.body, "13800001234") || strings.Contains(r.body, "王女士") {
			t.Error("the record holds how the author can be reached")
		}
		contact := "POST " + deskLetter(id) + "/contact"
		v.clerk.refused(422, "letter.why", contact, map[string]any{"why": " "})
		if c := v.clerk.must(contact, map[string]any{"why": "约上门测温的时间"}); c["name"] != "王女士" || c["phone"] != "13800001234" {
			t.Errorf("it is %v", c)
		}
		v.helper.refused(403, "staff.not_allowed", contact, map[string]any{"why": "看看"})
		h.trailed(t, "letter.contact", 1)
	})
}

func TestMoreTimeIsTakenInTimeAndExplained(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		late, id := v.write(heatingLetter()), v.write(heatingLetter())
		for _, id := range []string{late, id} {
			v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		}
		more := map[string]any{"day": "2026-12-18", "why": "要等管材到货", "plan": "十二月十日前换好立管"}
		v.refuses(v.clerk, 422, "letter.extension", id, "extension", map[string]any{"day": "2026-12-01", "why": "一", "plan": "二"})
		v.on(v.clerk, id, "extension", more)
		v.refuses(v.clerk, 409, "letter.extend_once", id, "extension", more)
		l := v.author.must("GET "+myLetter(id), nil)
		if l["due"].(map[string]any)["day"] != "2026-12-18" || l["extension"].(map[string]any)["plan"] != "十二月十日前换好立管" {
			t.Errorf("the author reads %v", l)
		}
		v.pass(10)
		v.refuses(v.clerk, 409, "letter.late_extension", late, "extension", more)
		box := v.clerk.must("GET /admin/v1/letters?box=overdue", nil)
		if box["total"] != 1.0 || box["items"].([]any)[0].(map[string]any)["id"] != late {
			t.Errorf("overdue are %v", box)
		}
	})
}

func TestOneMatterOfManyIsAnsweredToAll(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		first, second := v.write(heatingLetter()), v.other.must("POST /api/v1/letters", heatingLetter())["id"].(string)
		v.on(v.centre, first, "dispatch", map[string]any{"lead": v.heating})
		r := v.centre.must("GET "+deskLetter(first), nil)
		v.refuses(v.centre, 422, "letter.same", second, "merge", map[string]any{"into": second})
		v.on(v.centre, second, "merge", map[string]any{"into": r["number"]})
		if l := v.other.must("GET "+myLetter(second), nil); l["state"] != "merged" || strings.Contains(fmt.Sprint(l), r["number"].(string)) {
			t.Errorf("the other reads %v", l)
		}
		v.reply(v.clerk, first, "换热站已经修好。")
		v.on(v.head, first, "sign", nil)
		l := v.other.must("GET "+myLetter(second), nil)
		if l["state"] != "answered" || l["answers"].([]any)[0].(map[string]any)["text"] != "换热站已经修好。" {
			t.Errorf("the other is answered %v", l)
		}
	})
}

func TestALetterToTheMayorTravelsWithAnInstruction(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		body := heatingLetter()
		body["channel"] = "mayor"
		id := v.write(body)
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		if box := v.mayor.must("GET /admin/v1/letters", nil); box["total"] != 1.0 || box["boxes"].([]any)[0].(map[string]any)["box"] != "mayor" {
			t.Errorf("the mayor's office sees %v", box)
		}
		v.on(v.mayor, id, "instructions", map[string]any{"department": v.police, "text": "请公安局配合，三日内报结果。"})
		r := v.helper.must("GET "+deskLetter(id), nil)
		instruction := r["instructions"].([]any)[0].(map[string]any)
		if instruction["may_report"] != true {
			t.Errorf("it came as %v", instruction)
		}
		if box := v.helper.must("GET /admin/v1/letters?box=instructed", nil); box["total"] != 1.0 {
			t.Errorf("the box has %v", box)
		}
		v.on(v.helper, id, "instructions/"+instruction["id"].(string), map[string]any{"text": "已经配合维持秩序。"})
		if box := v.helper.must("GET /admin/v1/letters?box=instructed", nil); box["total"] != 0.0 {
			t.Errorf("the box still has %v", box)
		}
		if l := v.author.send("GET "+myLetter(id), nil); strings.Contains(l.body, "三日内") {
			t.Errorf("the author reads the instruction: %s", l.body)
		}
	})
}

func TestNoSolutionEndsOnlyAfterTheCentresReview(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id, refused := v.write(heatingLetter()), v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		v.on(v.clerk, id, "ending", map[string]any{"why": "房主拒绝入户"})
		v.on(v.centre, id, "end", map[string]any{"agreed": false, "why": "再联系一次"})
		v.on(v.clerk, id, "ending", map[string]any{"why": "再次拒绝"})
		v.on(v.centre, id, "end", map[string]any{"agreed": true, "why": "三次预约都没有成行，需要时请再来信。"})
		v.on(v.centre, refused, "refusal", map[string]any{"ground": "litigation", "text": "已经立案，请等法院裁判。"})
		ended, l := v.author.must("GET "+myLetter(id), nil), v.author.must("GET "+myLetter(refused), nil)
		if ended["state"] != "ended" || !strings.Contains(fmt.Sprint(ended), "需要时请再来信") || strings.Contains(fmt.Sprint(ended), "再联系一次") {
			t.Errorf("the author reads %v", ended)
		}
		if r := l["refusal"].(map[string]any); l["state"] != "refused" || r["ground"] != "litigation" || r["text"] != "已经立案，请等法院裁判。" {
			t.Errorf("refused, it is %v", l)
		}
	})
}

func TestNoMachineRefusesALetterAndAPersonLooksAtWhatItDoubts(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		h.letters.CheckBy(h.door)
		check := func() {
			t.Helper()
			if err := h.letters.Check(ctx); err != nil {
				t.Fatal(err)
			}
		}
		plain := v.write(heatingLetter())
		angry := heatingLetter()
		angry["text"] = "市长你好，这条街的领导作风问题谁来管？政治口号喊得响。"
		h.sim.SetRules(sim.Rule{Word: "政治口号", Suggest: "risky", Label: 20001})
		id := v.write(angry)
		doubted := func() (list []any) {
			t.Helper()
			return v.centre.must("GET /admin/v1/letters?box=doubted", nil)["items"].([]any)
		}
		h.sim.Break(sim.Fault{Path: "/wxa/msg_sec_check", Times: 1, Status: 502})
		check() // WeChat is away: the letters are there, and are checked later
		check()
		if n := len(doubted()); n != 0 {
			t.Errorf("%d are doubted while WeChat is away", n)
		}
		h.clock.Move(2 * time.Minute)
		check()
		if list := doubted(); len(list) != 1 || list[0].(map[string]any)["id"] != id {
			t.Errorf("doubted are %v", list)
		}
		v.on(v.centre, id, "clear", nil)
		if n := len(doubted()); n != 0 {
			t.Errorf("%d are doubted after a person looked", n)
		}
		if l := v.author.send("GET "+myLetter(id), nil); strings.Contains(l.body, "cleared") || !strings.Contains(l.body, "已收到") {
			t.Errorf("the author reads %s", l.body)
		}
		v.on(v.centre, plain, "dispatch", map[string]any{"lead": v.heating})
	})
}

func TestPicturesGoWithTheirLetterAndToNobodyElse(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		const mine, desk = "/api/v1/me/letter-files", "/admin/v1/letter-files"
		hand := func(name string, content []byte) *answer {
			t.Helper()
			return v.author.handAt(mine+"?name="+url.QueryEscape(name), bytes.NewReader(content), int64(len(content)))
		}
		v.author.notHanded(hand("现场.mp4", mediatest.Box("ftyp", []byte("isom"))), 422, "letter.file_type")
		v.author.notHanded(hand("现场.heic", slices.Concat(mediatest.Box("ftyp", []byte("heic")), mediatest.Box("meta"))), 422, "letter.file_type")
		v.author.notHanded(hand("空.png", nil), 422, "file.empty")
		got := hand("楼道.png", mediatest.GIF(1))
		if got.StatusCode != 201 {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		file := got.json(t)["id"].(string)
		opens := func(who *visitor, at string, status int) {
			t.Helper()
			if a := who.send("GET "+at+"/"+file, nil); a.StatusCode != status {
				t.Errorf("GET %s: %d %.200s", at, a.StatusCode, a.body)
			}
		}
		opens(v.author, mine, 200)
		opens(v.other, mine, 404)
		stolen := heatingLetter()
		stolen["files"] = []string{file}
		v.other.refused(422, "letter.file", "POST /api/v1/letters", stolen)

		id := v.write(stolen)
		v.author.refused(422, "letter.file", "POST /api/v1/letters", stolen) // it went with the first
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		opens(v.author, mine, 200)
		opens(v.clerk, desk, 200)
		opens(v.helper, desk, 403)
		opens(v.other, "/api/v1/files", 404)
		if r := v.clerk.must("GET "+deskLetter(id), nil); r["files"].([]any)[0].(map[string]any)["id"] != file {
			t.Errorf("its files are %v", r["files"])
		}
	})
}

func TestFiguresAreTheSameForAllAndOpenTheirRows(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		solved, unsolved, unrated, late := v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter())
		refused, waiting := v.other.must("POST /api/v1/letters", heatingLetter())["id"].(string), v.other.must("POST /api/v1/letters", heatingLetter())["id"].(string)
		for _, id := range []string{solved, unsolved, unrated, late} {
			v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		}
		v.on(v.centre, refused, "refusal", map[string]any{"ground": "foi", "text": "请走依申请公开。"})
		for _, id := range []string{solved, unsolved, unrated} {
			v.reply(v.clerk, id, "已经处理。")
			v.on(v.head, id, "sign", nil)
		}
		v.author.must("POST "+myLetter(solved)+"/rating", map[string]any{"response": 5, "solved": true, "satisfaction": 5})
		v.author.must("POST "+myLetter(unsolved)+"/rating", map[string]any{"response": 1, "solved": false, "satisfaction": 1})
		v.pass(8)
		v.reply(v.clerk, late, "晚了几天，抱歉。")
		v.on(v.head, late, "sign", nil)

		told := v.author.must("GET /api/v1/letters/figures?month=2026-11", nil)
		want := map[string]float64{"received": 4, "answered": 4, "on_time": 3, "solved": 1, "unsolved": 1, "unrated": 2, "explained": 0,
			"reopened": 1, "refused": 0, "ended": 0, "overdue": 1, "median_days": 0}
		office := told["offices"].([]any)[0].(map[string]any)
		for name, n := range want {
			if office[name] != n {
				t.Errorf("%s of the office is %v, want %v", name, office[name], n)
			}
		}
		if total := told["total"].(map[string]any); total["received"] != 6.0 || total["refused"] != 1.0 || total["overdue"] != 2.0 {
			t.Errorf("the city has %v", total)
		}
		v.centre.signIn("zhongxin")
		for name := range want {
			if name == "median_days" {
				continue
			}
			for _, part := range told["offices"].([]any) {
				part := part.(map[string]any)
				department := "none"
				if d, ok := part["department"].(map[string]any); ok {
					department = d["id"].(string)
				}
				rows := v.centre.must("GET /admin/v1/letters?box=all&figure="+name+"&since=2026-11-01&until=2026-11-30&department="+department, nil)
				if rows["total"] != part[name] {
					t.Errorf("%s of %s is %v, and opens %v rows", name, department, part[name], rows["total"])
				}
			}
		}
		if desk := v.centre.must("GET /admin/v1/letters/figures?month=2026-11", nil); fmt.Sprint(desk["offices"]) != fmt.Sprint(told["offices"]) {
			t.Errorf("the console is told %v, the public %v", desk["offices"], told["offices"])
		}
		v.author.refused(422, "letter.month", "GET /api/v1/letters/figures?month=11", nil)
		if page := h.page(t, "/letters/figures?month=2026-11"); !strings.Contains(page.body, "鸢都市城管局") {
			t.Errorf("the page says %.500s", page.body)
		}
		_ = waiting
	})
}
