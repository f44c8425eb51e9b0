package handler_test

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
	"yuandu/service/letter"
	"yuandu/store"
)

func rowsOf(answer map[string]any) (list []map[string]any) {
	for _, item := range answer["items"].([]any) {
		list = append(list, item.(map[string]any))
	}
	return list
}

func (v *hall) box(who *visitor, box string) []map[string]any {
	return rowsOf(who.must("GET /admin/v1/letters?box="+box, nil))
}

func TestAListSaysOfALetterHowUrgentItIsAndWhichVersion(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		law := map[string]any{"workdays": 20, "law": "政府信息公开条例", "article": "第三十三条"}
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating, "term": law})
		r := v.clerk.must("GET "+deskLetter(id), nil)
		row := v.box(v.clerk, "todo")[0]
		if row["version"] != r["version"] || row["term"].(map[string]any)["workdays"] != 20.0 || row["colour"] != "none" {
			t.Errorf("the list says %v", row)
		}
		v.pass(22) // of the twenty working days a third is left
		if row := v.box(v.clerk, "todo")[0]; row["colour"] != "yellow" {
			t.Errorf("with %v days left it is %v", row["left"], row["colour"])
		}
		v.pass(10)
		if row := v.box(v.clerk, "todo")[0]; row["colour"] != "red" || row["overdue"] != true {
			t.Errorf("with %v days left it is %v", row["left"], row["colour"])
		}
	})
}

func TestABoxHoldsWhatIsForOneselfAlone(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		boxes := func(who *visitor) map[string]float64 {
			all := map[string]float64{}
			for _, b := range rowsOf(who.must("GET /admin/v1/letters/boxes", nil)) {
				all[b["box"].(string)] = b["count"].(float64)
			}
			return all
		}
		counts := func(name string, who *visitor, box string, n float64) {
			t.Helper()
			if got := boxes(who)[box]; got != n || n != float64(len(v.box(who, box))) {
				t.Errorf("%s: %s counts %v and lists %d, want %v", name, box, got, len(v.box(who, box)), n)
			}
		}
		v.reply(v.clerk, id, "已派人查看。")
		counts("an office's reply is not the Supervisor's to sign", v.supervisor, "signing", 0)
		counts("it is the head's", v.head, "signing", 1)
		v.on(v.head, id, "sign", nil)
		unsolved := map[string]any{"response": 2, "solved": false, "satisfaction": 1}
		v.author.must("POST "+myLetter(id)+"/rating", unsolved)
		counts("the second round is the office's", v.colleague, "todo", 1)
		v.reply(v.colleague, id, "更换了阀门。")
		v.on(v.head, id, "sign", nil)
		v.author.must("POST "+myLetter(id)+"/rating", unsolved)
		counts("the third is not the office's", v.clerk, "todo", 0)
		counts("but the Supervisor's", v.supervisor, "supervised", 1)
		v.reply(v.supervisor, id, "市政府办会同热力公司改造了立管。")
		counts("who signs it", v.supervisor, "signing", 1)
		counts("and not the head", v.head, "signing", 0)
	})
}

func TestWhoEnteredALetterHasItsReceiptAndItsFiles(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		const desk = "/admin/v1/letter-files"
		hand := func(name string) string {
			t.Helper()
			a := v.clerk.handAt(desk+"?name="+url.QueryEscape(name), bytes.NewReader(mediatest.GIF(1)), int64(len(mediatest.GIF(1))))
			return a.json(t)["id"].(string)
		}
		kept, dropped := hand("楼道.gif"), hand("错了.gif")
		opens := func(who *visitor, file string) {
			t.Helper()
			if a := who.send("GET "+desk+"/"+file, nil); a.StatusCode != 200 {
				t.Errorf("it is %d %s", a.StatusCode, a.body)
			}
		}
		opens(v.clerk, kept)
		v.colleague.refused(404, "letter.not_found", "GET "+desk+"/"+kept, nil)
		v.colleague.refused(404, "letter.not_found", "DELETE "+desk+"/"+dropped, nil)
		opens(v.clerk, dropped)
		v.clerk.must("DELETE "+desk+"/"+dropped, nil)
		v.clerk.refused(404, "letter.not_found", "GET "+desk+"/"+dropped, nil)

		body := heatingLetter()
		body["source"], body["files"] = "phone", []string{kept}
		id := v.clerk.must("POST /admin/v1/letters", body)["id"].(string)
		v.clerk.refused(403, "staff.not_allowed", "DELETE "+desk+"/"+kept, nil) // it went with the letter
		opens(v.centre, kept)
		v.clerk.refused(403, "staff.not_allowed", "GET "+deskLetter(id), nil)
		receipt := v.clerk.must("GET "+deskLetter(id)+"/receipt", nil)
		if receipt["may_open"] != false || receipt["due"].(map[string]any)["day"] != "2026-12-01" || receipt["source_name"] != "电话" {
			t.Errorf("the receipt says %v", receipt)
		}
		v.helper.refused(403, "staff.not_allowed", "GET "+deskLetter(id)+"/receipt", nil)
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.police, "why": "说到扰民"})
		if again := v.clerk.must("GET "+deskLetter(id)+"/receipt", nil); fmt.Sprint(again) != fmt.Sprint(receipt) {
			t.Errorf("later it says %v", again)
		}
	})
}

func TestWhoHelpsForSeveralOfficesSaysForWhich(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		admin := v.admin
		water := h.office(t, admin, "鸢都市水利局", "")
		both := h.hire(t, admin, "liangbian", water, model.Grant{Role: model.CaseHandler, DepartmentID: water}, model.Grant{Role: model.CaseHandler, DepartmentID: v.police})
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating, "assists": []string{v.police, water}})
		mine := func(who *visitor) (names []string) {
			for _, a := range who.must("GET "+deskLetter(id), nil)["assists"].([]any) {
				if a := a.(map[string]any); a["mine"] == true {
					names = append(names, a["department"].(map[string]any)["name"].(string))
				}
			}
			return names
		}
		if got := mine(both); !slices.Equal(got, []string{"鸢都市公安局", "鸢都市水利局"}) {
			t.Errorf("somebody of both helps as %v", got)
		}
		if got := mine(v.helper); !slices.Equal(got, []string{"鸢都市公安局"}) {
			t.Errorf("somebody of one helps as %v", got)
		}
		v.on(both, id, "help", map[string]any{"text": "管网压力正常。", "department": water})
		v.refuses(v.helper, 409, "letter.not_with", id, "help", map[string]any{"text": "替水利局说一句。", "department": water})
		if said := fmt.Sprint(v.clerk.must("GET "+deskLetter(id), nil)["assists"]); strings.Count(said, "管网压力正常") != 1 {
			t.Errorf("the helpers say %s", said)
		}
	})
}

func TestOnesOwnLettersAreCountedByWhatIsToBeDone(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		answered, open := v.write(heatingLetter()), v.write(heatingLetter())
		v.on(v.centre, answered, "dispatch", map[string]any{"lead": v.heating})
		v.reply(v.clerk, answered, "已派人查看。")
		v.on(v.head, answered, "sign", nil)
		told := func(box string, ids ...string) map[string]any {
			t.Helper()
			page := v.author.must("GET /api/v1/me/letters?box="+box, nil)
			var got []string
			for _, l := range rowsOf(page) {
				got = append(got, l["id"].(string))
				if l["can_rate"] != (l["id"] == answered && l["rated"] == false) {
					t.Errorf("%s: can be rated: %v", box, l)
				}
			}
			if !slices.Equal(got, ids) || page["total"] != float64(len(ids)) {
				t.Errorf("%s are %v of %v, want %v", box, got, page["total"], ids)
			}
			return page
		}
		if boxes := told("all", open, answered)["boxes"].(map[string]any); boxes["all"] != 2.0 || boxes["open"] != 1.0 || boxes["unrated"] != 1.0 {
			t.Errorf("counted are %v", boxes)
		}
		told("open", open)
		told("unrated", answered)
		v.author.must("POST "+myLetter(answered)+"/rating", map[string]any{"response": 5, "solved": true, "satisfaction": 5})
		told("unrated")
		rules := v.author.must("GET /api/v1/letters/rules", nil)
		for name, want := range map[string]float64{"place": 100, "name": 30, "question": 500, "file_size": 20 << 20, "additions": 5, "rate_within": 30} {
			if rules[name] != want {
				t.Errorf("the rules say %s is %v", name, rules[name])
			}
		}
	})
}

func TestWhatOneIsToldOfAnOwnLetterIsNoNewsOfTheCity(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "refusal", map[string]any{"ground": "foi", "text": "请走依申请公开。"})
		if list := v.supervisor.must("GET /admin/v1/announcements", nil); list["total"] != 0.0 {
			t.Errorf("the city's news are %v", list)
		}
		if list := v.supervisor.must("GET /admin/v1/announcements?kind=own_letter", nil); list["total"] != 1.0 {
			t.Errorf("asked for, there are %v", list)
		}
	})
}

func TestAFormBringsAFileAsTheBareBytesDo(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		const mine = "/api/v1/me/letter-files"
		form := func(name string, content []byte, with ...string) *answer {
			t.Helper()
			var b bytes.Buffer
			w := multipart.NewWriter(&b)
			_ = w.WriteField("from", "wx")
			if content != nil {
				part, _ := w.CreateFormFile("file", "tmp_0a1b.dat")
				_, _ = part.Write(content)
			}
			w.Close()
			return v.author.handAt(mine+"?name="+url.QueryEscape(name), &b, int64(b.Len()), append(with, "Content-Type: "+w.FormDataContentType())...)
		}
		v.author.notHanded(form("现场.mp4", mediatest.Box("ftyp", []byte("isom"))), 422, "letter.file_type")
		v.author.notHanded(form("空.png", []byte{}), 422, "file.empty")
		v.author.notHanded(form("没有.png", nil), 422, "file.empty")
		v.author.notHanded(form("大.png", append(mediatest.GIF(1), make([]byte, model.MaxEnclosure)...)), 413, "file.too_large")
		cut := v.author.handAt(mine+"?name=a.png", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nGIF89a"), -1,
			"Content-Type: multipart/form-data; boundary=x")
		v.author.notHanded(cut, 422, "file.cut")
		first, again := form("楼道.gif", mediatest.GIF(1), "Idempotency-Key: one-picture-0001"), form("楼道.gif", mediatest.GIF(1), "Idempotency-Key: one-picture-0001")
		raw := v.author.handAt(mine+"?name="+url.QueryEscape("楼道.gif"), bytes.NewReader(mediatest.GIF(1)), -1, "Idempotency-Key: one-picture-0001")
		if first.StatusCode != 201 || first.json(t)["id"] != again.json(t)["id"] || first.json(t)["id"] != raw.json(t)["id"] {
			t.Errorf("sent three times it is %s, %s, %s", first.body, again.body, raw.body)
		}
	})
}

func TestAListShowsASmallPicture(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		const mine = "/api/v1/me/letter-files"
		whole := mediatest.JPEG(2000, 1200, 0)
		id := v.author.handAt(mine+"?name=a.jpg", bytes.NewReader(whole), int64(len(whole))).json(t)["id"].(string)
		small, large := v.author.send("GET "+mine+"/"+id+"/small", nil), v.author.send("GET "+mine+"/"+id, nil)
		size, err := jpeg.DecodeConfig(strings.NewReader(small.body))
		if err != nil || small.StatusCode != 200 || size.Width != 320 || size.Height != 192 || len(small.body)*3 > len(large.body) || small.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%d: %d × %d in %d bytes, of %d", small.StatusCode, size.Width, size.Height, len(small.body), len(large.body))
		}
		v.other.refused(404, "letter.not_found", "GET "+mine+"/"+id+"/small", nil)
		tiny := v.author.handAt(mine+"?name=b.gif", bytes.NewReader(mediatest.GIF(1)), -1).json(t)["id"].(string)
		if a := v.author.send("GET "+mine+"/"+tiny+"/small", nil); a.StatusCode != 200 {
			t.Errorf("a picture that is small itself: %d %s", a.StatusCode, a.body)
		}
	})
}

func TestTwoClerksOnOneLetterSeeEachOther(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		sees := func(name string, who *visitor, query, want string) {
			t.Helper()
			var told []string
			for _, c := range rowsOf(who.must("GET "+deskLetter(id)+"/company"+query, nil)) {
				told = append(told, fmt.Sprint(c["name"], " ", c["department"], " ", c["writing"]))
			}
			if got := strings.Join(told, ", "); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		v.helper.refused(403, "staff.not_allowed", "GET "+deskLetter(id)+"/company", nil)
		sees("the first is alone", v.clerk, "", "")
		sees("the second sees the first", v.colleague, "?writing=true", "同事jingban 鸢都市城管局 false")
		sees("and is seen writing", v.clerk, "", "同事jingban2 鸢都市城管局 true")
		sees("whoever leaves", v.colleague, "?leaving=true", "同事jingban 鸢都市城管局 false")
		sees("is gone", v.clerk, "", "")
		sees("the head comes", v.head, "", "同事jingban 鸢都市城管局 false")
		if h.parts.database == "" { // the clock of the other set is Redis's own
			h.clock.Move(41 * time.Second)
			sees("who gives no sign is gone", v.head, "", "")
		}
	})
}

func TestWhatTwoWriteAtOnceIsNotLost(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		read := v.clerk.must("GET "+deskLetter(id), nil)
		v.clerk.must("PUT "+deskLetter(id)+"/reply", map[string]any{"text": "甲写的答复。", "outcome": "solved"}, ifMatch(read))
		a := v.colleague.refused(412, "edit.stale", "PUT "+deskLetter(id)+"/reply", map[string]any{"text": "乙写的答复。", "outcome": "solved"}, ifMatch(read))
		if !strings.Contains(a.body, "甲写的答复。") {
			t.Errorf("the second is told %s", a.body)
		}
	})
}

func TestLettersInHandGoToANamedColleague(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		admin := v.admin
		one, two, theirs, waiting := v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter())
		for _, id := range []string{one, two, waiting} {
			v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
			v.on(v.clerk, id, "take", nil)
		}
		v.on(v.centre, theirs, "dispatch", map[string]any{"lead": v.police})
		v.on(v.helper, theirs, "take", nil)
		v.reply(v.clerk, waiting, "正在换管道，月底前热。")

		var names []string
		for _, c := range rowsOf(v.head.must("GET /admin/v1/letters/colleagues", nil)) {
			names = append(names, c["name"].(string))
		}
		if slices.Sort(names); !slices.Equal(names, []string{"同事jingban", "同事jingban2", "同事juzhang"}) {
			t.Errorf("the head can give letters to %v", names)
		}
		hand := map[string]any{"ids": []string{one, theirs}, "to": v.colleague.staff, "why": "出差两周"}
		v.clerk.refused(403, "staff.not_allowed", "POST /admin/v1/letters/handover", hand)
		got := v.head.must("POST /admin/v1/letters/handover", hand)
		if got["moved"] != 1.0 || !strings.Contains(fmt.Sprint(got["left"]), "不由您办理") {
			t.Errorf("handed over: %v", got)
		}
		hand["ids"], hand["to"] = []string{two}, v.helper.staff
		if got := v.head.must("POST /admin/v1/letters/handover", hand); got["moved"] != 0.0 || !strings.Contains(fmt.Sprint(got["left"]), "别的部门主办") {
			t.Errorf("to another office: %v", got)
		}
		r := v.colleague.must("GET "+deskLetter(one), nil)
		if r["handler"].(map[string]any)["id"] != v.colleague.staff || !strings.Contains(fmt.Sprint(r["steps"]), "出差两周") {
			t.Errorf("the colleague has %v", r)
		}
		if l := v.author.send("GET "+myLetter(one), nil); strings.Contains(l.body, "出差") {
			t.Errorf("the author reads %s", l.body)
		}

		leaving := admin.must("GET /admin/v1/staff/"+v.clerk.staff, nil)
		if open := leaving["open_work"].([]any)[0].(map[string]any); open["kind"] != "letter" || open["count"] != 2.0 {
			t.Errorf("the clerk has %v in hand", leaving["open_work"])
		}
		grants := "PUT /admin/v1/staff/" + v.clerk.staff + "/grants"
		moved := map[string]any{"grants": []model.Grant{{Role: model.CaseHandler, DepartmentID: v.police}}}
		admin.refused(422, "staff.hand_over", grants, moved, version(leaving))
		moved["to"], moved["why"] = v.colleague.staff, "调到公安局"
		admin.must(grants, moved, version(leaving))
		h.nobodyHolds(t, v.clerk.staff)
		r = v.colleague.must("GET "+deskLetter(waiting), nil)
		if r["handler"].(map[string]any)["id"] != v.colleague.staff || r["draft"].(map[string]any)["text"] != "正在换管道，月底前热。" {
			t.Errorf("what was drafted went along as %v", r)
		}

		closed := admin.must("GET /admin/v1/staff/"+v.colleague.staff, nil)
		closing := "POST /admin/v1/staff/" + v.colleague.staff + "/close"
		admin.refused(422, "staff.hand_over", closing, map[string]any{}, version(closed))
		admin.must(closing, map[string]any{"to": v.helper.staff, "why": "退休"}, version(closed))
		h.nobodyHolds(t, v.colleague.staff)
		if r := v.head.must("GET "+deskLetter(one), nil); r["handler"] != nil || !strings.Contains(fmt.Sprint(r["steps"]), "退休") {
			t.Errorf("what the heir may not handle is %v", r["handler"])
		}
	})
}

// nobodyHolds looks that no letter stays with somebody who left.
func (h *house) nobodyHolds(t *testing.T, staffID string) {
	t.Helper()
	list, err := h.store.LettersOnly(ctx, store.LetterFilter{Handler: staffID, Limit: 10})
	if err != nil || len(list) != 0 {
		t.Errorf("%d letters stay with somebody who left (%v)", len(list), err)
	}
}

// cutLetter is one of many about a power cut, each in other words.
func cutLetter(i int) map[string]any {
	pick := func(list []string, by int) string { return list[(i/by)%len(list)] }
	who := pick([]string{"我家", "我们小区", "整栋楼", "幸福小区三号楼", "幸福小区", "全小区"}, 1)
	title := pick([]string{"幸福路停电", "幸福小区停电了", "停电什么时候来电", "幸福小区突然停电", "小区停电没人管", "幸福小区一直停电", "幸福路片区大面积停电"}, 6)
	text := pick([]string{"晚上七点突然停电，到现在还没有来电，家里老人孩子都在黑着，供电所电话打不通，请尽快抢修。", "今晚停电，电话没人接，什么时候能来电？",
		"从七点开始停电到现在，请问什么时候恢复供电？", "突然停电，冰箱里的东西要坏了，请供电公司尽快恢复供电。"}, 2)
	return map[string]any{"channel": "ask", "title": title, "text": who + text, "place": pick([]string{"幸福路12号", "幸福小区", "幸福小区3号楼"}, 5),
		"may_publish": false, "anonymous": true, "source": "phone"}
}

// enters keeps a letter as the Centre enters it.
func (v *hall) enters(body map[string]any) string {
	v.h.clock.Move(time.Second)
	text := func(name string) string { return body[name].(string) }
	by := model.Actor{Kind: model.AStaff, ID: v.centre.staff}
	l, err := v.h.letters.Enter(ctx, by, letter.Sending{Channel: model.LetterAsk, Source: model.LetterByPhone, Title: text("title"), Text: text("text"),
		Place: model.LetterPlace{Words: text("place")}})
	if err != nil {
		v.centre.t.Fatal(err)
	}
	return l.ID
}

func TestThreeHundredLettersAboutOnePowerCutAreOneMatter(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		const many = 300
		other := v.write(heatingLetter())
		for i := range many {
			v.enters(cutLetter(i))
		}
		began := time.Now()
		matters := rowsOf(v.centre.must("GET /admin/v1/letters/alike", nil))
		grouped := time.Since(began)
		if len(matters) != 1 {
			t.Fatalf("there are %d matters", len(matters))
		}
		lead := matters[0]["first"].(map[string]any)["id"].(string)
		v.on(v.centre, lead, "dispatch", map[string]any{"lead": v.heating})
		began = time.Now()
		alike := v.centre.must("GET "+deskLetter(lead)+"/alike", nil)
		found := time.Since(began)
		var with []string
		for _, l := range rowsOf(alike) {
			with = append(with, l["id"].(string))
		}
		if len(with) < many*95/100 || len(with) > many-1 || slices.Contains(with, other) {
			t.Errorf("%d of %d are alike", len(with), many-1)
		}
		began = time.Now()
		merged := v.centre.must("POST "+deskLetter(lead)+"/merges", map[string]any{"ids": append(with, lead)})
		took := time.Since(began)
		if merged["merged"] != float64(len(with)) || len(merged["left"].([]any)) != 1 {
			t.Errorf("merged: %v", merged)
		}
		v.reply(v.clerk, lead, "变压器已经修好，二十一点恢复供电。")
		began = time.Now()
		v.on(v.head, lead, "sign", nil)
		answered := time.Since(began)
		for _, id := range []string{with[0], with[len(with)/2], with[len(with)-1]} {
			if r := v.centre.must("GET "+deskLetter(id), nil); r["state"] != "answered" || !strings.Contains(fmt.Sprint(r["answers"]), "变压器已经修好") {
				t.Errorf("one that was merged is %v", r["state"])
			}
		}
		late := v.enters(cutLetter(7))
		if got := v.centre.must("POST "+deskLetter(lead)+"/merges", map[string]any{"ids": []string{late}}); got["merged"] != 0.0 || len(got["left"].([]any)) != 1 {
			t.Errorf("into one that is answered: %v", got)
		}
		t.Logf("%d letters, %d alike: grouped in %v, found in %v, merged in %v, answered in %v", many, len(with), grouped, found, took, answered)
	})
}
