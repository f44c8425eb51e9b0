package handler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
)

// watched are the numbers and causes of a phase.
func (v *hall) watched(phase string) (list []string) {
	v.h.clock.Now()
	page := v.supervisor.must("GET /admin/v1/letters/watch?phase="+phase, nil)
	for _, i := range page["items"].([]any) {
		item := i.(map[string]any)
		list = append(list, item["letter"].(map[string]any)["id"].(string)+" "+item["cause"].(string))
	}
	slices.Sort(list)
	return list
}

func (v *hall) wantWatched(t *testing.T, phase string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := v.watched(phase); !slices.Equal(got, want) {
		t.Errorf("%s are %v, want %v", phase, got, want)
	}
}

func TestWhatTheOrdinanceHasWatchedIsFoundInTheLetters(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		pushed, late, unsolved, refused := v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter()), v.write(heatingLetter())
		for range model.RefusingReturns {
			v.wantWatched(t, "found")
			v.on(v.centre, pushed, "dispatch", map[string]any{"lead": v.police})
			v.on(v.helper, pushed, "return", map[string]any{"why": "不归我们管"})
		}
		v.wantWatched(t, "found", pushed+" refusing")
		v.on(v.centre, refused, "refusal", map[string]any{"ground": "foi", "text": "请走依申请公开。"})
		v.on(v.centre, late, "dispatch", map[string]any{"lead": v.heating})
		v.on(v.centre, unsolved, "dispatch", map[string]any{"lead": v.heating})
		v.reply(v.clerk, unsolved, "已经解决。")
		v.on(v.head, unsolved, "sign", nil)
		v.author.must("POST "+myLetter(unsolved)+"/rating", map[string]any{"response": 1, "solved": false, "satisfaction": 1})
		v.wantWatched(t, "found", pushed+" refusing", refused+" refusing", unsolved+" unsolved")
		v.on(v.supervisor, refused, "supervisions/aside", map[string]any{"cause": "refusing", "why": "情形属实，理由和去处都告诉了"})
		v.pass(8)
		v.wantWatched(t, "found", pushed+" refusing", pushed+" overdue", late+" overdue", unsolved+" unsolved", unsolved+" overdue")
		v.wantWatched(t, "closed", refused+" refusing")
		v.clerk.refused(403, "staff.not_allowed", "GET /admin/v1/letters/watch", nil)
	})
}

func TestASupervisionGoesToItsOfficeAndBackAndItsAuthorReadsNoMoreOfIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		ask := map[string]any{"cause": "negative", "text": "请说明为什么三次来电没有人接", "day": "2026-11-27"}
		v.refuses(v.supervisor, 422, "supervision.why", id, "supervisions", ask)
		ask["why"] = "本地电视台报道"
		ask["day"] = "2026-11-24"
		v.refuses(v.supervisor, 422, "supervision.day", id, "supervisions", ask)
		ask["day"] = "2026-11-27"
		v.refuses(v.clerk, 403, "staff.not_allowed", id, "supervisions", ask)
		v.on(v.supervisor, id, "supervisions", ask)
		v.refuses(v.supervisor, 409, "supervision.open", id, "supervisions", ask)
		v.wantWatched(t, "asked", id+" negative")

		if box := v.clerk.must("GET /admin/v1/letters?box=asked", nil); box["total"] != 1.0 {
			t.Errorf("the office's box has %v", box)
		}
		s := v.clerk.must("GET "+deskLetter(id), nil)["supervisions"].([]any)[0].(map[string]any)
		if s["may_answer"] != true || s["text"] != ask["text"] || s["day"] != "2026-11-27" || s["late"] != false {
			t.Errorf("the office reads %v", s)
		}
		at := "supervisions/" + s["id"].(string)
		v.pass(7)
		v.wantWatched(t, "late", id+" negative")
		v.on(v.clerk, id, at+"/answer", map[string]any{"text": "值班电话坏了，已经修好，向来信人道歉。"})
		if box := v.clerk.must("GET /admin/v1/letters?box=asked", nil); box["total"] != 0.0 {
			t.Errorf("the office's box still has %v", box)
		}
		v.wantWatched(t, "answered", id+" negative")
		v.on(v.supervisor, id, at+"/take", nil)
		v.on(v.supervisor, id, at+"/close", map[string]any{"result": "mended", "text": "电话已经核实"})
		v.wantWatched(t, "closed", id+" negative")
		v.refuses(v.clerk, 409, "supervision.closed", id, at+"/answer", map[string]any{"text": "再补充一句"})
		v.author.must("GET "+myLetter(id), nil)
		if way := v.way(id); way != "received dispatched supervised" {
			t.Errorf("its way is told as %s", way)
		}
		got := v.author.send("GET "+myLetter(id), nil)
		if !strings.Contains(got.body, "市政府办已督办") {
			t.Errorf("the author reads %s", got.body)
		}
		for _, secret := range []string{"电视台", "三次来电", "值班电话", "已经核实", "dubanshi"} {
			if strings.Contains(got.body, secret) {
				t.Errorf("the author reads %s", secret)
			}
		}
		for _, act := range []string{"supervised", "explained", "took_over", "watched"} {
			h.trailed(t, "letter."+act, 1)
		}
	})
}

func TestALetterThatNoOfficeTakesIsDecidedByTheSupervisor(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.write(heatingLetter())
		why := map[string]any{"why": "两家都说不归自己管"}
		v.refuses(v.centre, 409, "dispute.returns", id, "dispute", why)
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.police})
		v.on(v.helper, id, "return", map[string]any{"why": "供热不归公安"})
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		v.on(v.clerk, id, "return", map[string]any{"why": "噪声不归城管"})
		v.on(v.centre, id, "dispute", why)
		v.refuses(v.centre, 409, "dispute.open", id, "dispatch", map[string]any{"lead": v.police})
		if box := v.centre.must("GET /admin/v1/letters?box=centre", nil); box["total"] != 0.0 {
			t.Errorf("the Centre still has %v", box)
		}
		if box := v.supervisor.must("GET /admin/v1/letters?box=disputed", nil); box["total"] != 1.0 {
			t.Errorf("the Supervisor has %v", box)
		}
		if l := v.author.must("GET "+myLetter(id), nil); l["with"] != "市政府办公室" {
			t.Errorf("to its author it is with %v", l["with"])
		}
		v.refuses(v.supervisor, 422, "dispute.day", id, "dispute/meeting", map[string]any{"day": "2026-11-23", "text": "由谁牵头"})
		v.on(v.supervisor, id, "dispute/meeting", map[string]any{"day": "2026-11-26", "text": "供热噪声由谁牵头"})
		r := v.on(v.supervisor, id, "dispute/decision", map[string]any{"lead": v.heating, "why": "常务会议定由城管局牵头"})
		d := r["disputes"].([]any)[0].(map[string]any)
		if r["designated"] != true || r["state"] != "assigned" || d["meeting_day"] != "2026-11-26" || d["decision"] != "常务会议定由城管局牵头" {
			t.Errorf("decided, it is %v", r)
		}
		v.refuses(v.clerk, 409, "letter.designated", id, "return", map[string]any{"why": "还是不归我们"})
		if l := v.author.send("GET "+myLetter(id), nil); strings.Contains(l.body, "常务会议") || strings.Contains(l.body, "两家都说") {
			t.Errorf("its author reads %s", l.body)
		}
	})
}

func TestAColourIsTheCitysToSet(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		v.write(heatingLetter()) // five working days, all of them left
		colour := func() any {
			return v.centre.must("GET /admin/v1/letters?box=all", nil)["items"].([]any)[0].(map[string]any)["colour"]
		}
		if c := colour(); c != "none" {
			t.Errorf("on the first day it is %v", c)
		}
		h.letters.Colours(model.Thresholds{Yellow: model.Share{Part: 1, Whole: 1}})
		if c := colour(); c != "yellow" {
			t.Errorf("where all of the term is little, it is %v", c)
		}
		h.letters.Colours(model.Thresholds{Yellow: model.Share{Part: 1, Whole: 1}, Red: model.Share{Part: 1, Whole: 1}})
		if c := colour(); c != "red" {
			t.Errorf("where all of the term is nothing, it is %v", c)
		}
	})
}

// calls are the calls of a state.
func (v *hall) calls(state string) []map[string]any {
	var list []map[string]any
	for _, i := range v.centre.must("GET /admin/v1/letters/calls?state="+state, nil)["items"].([]any) {
		list = append(list, i.(map[string]any))
	}
	return list
}

func TestAuthorsAreCalledByLotAndTheirOwnWordCounts(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		answered := func(id string) string {
			v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
			v.reply(v.clerk, id, "已经处理。")
			v.on(v.head, id, "sign", nil)
			return id
		}
		byPhone := heatingLetter()
		byPhone["source"] = "phone"
		entered := answered(v.centre.must("POST /admin/v1/letters", byPhone)["id"].(string))
		mini := answered(v.write(heatingLetter()))
		silent := heatingLetter()
		delete(silent, "phone")
		delete(silent, "name")
		answered(v.write(silent))

		draw := map[string]any{"from": "2026-11-01", "until": "2026-11-24", "percent": 100, "unsolved": true, "seed": 7}
		v.clerk.refused(403, "staff.not_allowed", "POST /admin/v1/letters/samples", draw)
		v.centre.refused(422, "call.period", "POST /admin/v1/letters/samples", map[string]any{"from": "2026-11-24", "until": "2026-11-01"})
		if s := v.centre.must("POST /admin/v1/letters/samples", draw); s["letters"] != 2.0 || s["seed"] != 7.0 {
			t.Errorf("the lot is %v", s) // who left no way to be reached is not in it
		}
		v.centre.refused(409, "call.none", "POST /admin/v1/letters/samples", draw)
		waiting := v.calls("waiting")
		of := func(id string) string {
			i := slices.IndexFunc(waiting, func(c map[string]any) bool { return c["letter"].(map[string]any)["id"] == id })
			return "POST /admin/v1/letters/calls/" + waiting[i]["id"].(string)
		}
		v.centre.must(of(entered), map[string]any{"outcome": "unreached"})
		v.centre.refused(422, "letter.stars", of(entered), map[string]any{"outcome": "reached", "by_author": true})
		said := map[string]any{"outcome": "reached", "by_author": true,
			"rating": map[string]any{"response": 5, "solved": true, "satisfaction": 5, "text": "屋里热了，谢谢"}}
		if c := v.centre.must(of(entered), said); c["counted"] != true || c["tries"] != 2.0 {
			t.Errorf("the call is %v", c)
		}
		v.centre.refused(409, "call.done", of(entered), said)
		said["by_author"] = false
		if c := v.centre.must(of(mini), said); c["counted"] != false {
			t.Errorf("somebody else's word is %v", c)
		}
		if l := v.author.must("GET "+myLetter(mini), nil); l["state"] != "answered" || l["can_rate"] != true {
			t.Errorf("its author can't rate any more: %v", l)
		}
		r := v.centre.must("GET "+deskLetter(entered), nil)
		rating := r["answers"].([]any)[0].(map[string]any)["rating"].(map[string]any)
		if r["state"] != "closed" || rating["by_call"] != true {
			t.Errorf("the letter that was entered is %v", r)
		}
		total := v.author.must("GET /api/v1/letters/figures?month=2026-11", nil)["total"].(map[string]any)
		if total["solved"] != 1.0 || total["called"] != 1.0 || total["unrated"] != 2.0 {
			t.Errorf("the figures are %v", total)
		}
		h.trailed(t, "letter.drawn", 1)
		h.trailed(t, "letter.called", 3)
	})
}

func TestWhoIsNeverReachedIsCalledNoMoreAndNotSolvedIsHandledAgain(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		for range 2 {
			id := v.write(heatingLetter())
			v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
			v.reply(v.clerk, id, "已经处理。")
			v.on(v.head, id, "sign", nil)
		}
		v.pass(40) // the author could not rate any more: the office asks
		v.centre.signIn("zhongxin")
		v.centre.must("POST /admin/v1/letters/samples", map[string]any{"from": "2026-11-01", "until": "2026-11-30", "percent": 100})
		calls := v.calls("waiting")
		at := func(i int) string { return "POST /admin/v1/letters/calls/" + calls[i]["id"].(string) }
		for range model.CallTries {
			v.centre.must(at(0), map[string]any{"outcome": "unreached"})
		}
		v.centre.refused(409, "call.done", at(0), map[string]any{"outcome": "unreached"})
		v.centre.must(at(1), map[string]any{"outcome": "reached", "by_author": true, "rating": map[string]any{"response": 2, "solved": false, "satisfaction": 1}})
		if l := v.supervisor.must("GET "+deskLetter(calls[1]["letter"].(map[string]any)["id"].(string)), nil); l["state"] != "assigned" || l["round"] != 2.0 {
			t.Errorf("not solved, it is %v", l)
		}
		if list := v.calls("unreached"); len(list) != 1 || fmt.Sprint(list[0]["tries"]) != fmt.Sprint(model.CallTries) {
			t.Errorf("not reached are %v", list)
		}
	})
}
