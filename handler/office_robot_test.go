package handler_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/outside"
)

// robotOf is the robot of a house.
type robotOf struct{ h *house }

func (r robotOf) own() *outside.Robot {
	if r.h.robot == nil {
		return outside.NewRobot()
	}
	return r.h.robot
}

func (r robotOf) CheckAddress(address string) error { return r.own().CheckAddress(address) }

func (r robotOf) Say(ctx context.Context, address, text string) error {
	return r.own().Say(ctx, address, text)
}

// wecom is a stand-in for WeCom's robots.
type wecom struct {
	*httptest.Server
	mu     sync.Mutex
	said   []string
	answer func(w http.ResponseWriter) // nil for well
}

func (h *house) wecom(t *testing.T) *wecom {
	v := &wecom{}
	v.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		defer v.mu.Unlock()
		if v.answer != nil {
			v.answer(w)
			return
		}
		var m struct{ Markdown struct{ Content string } }
		if json.NewDecoder(r.Body).Decode(&m) == nil {
			v.said = append(v.said, m.Markdown.Content)
		}
		fmt.Fprint(w, `{"errcode":0,"errmsg":"ok"}`)
	}))
	t.Cleanup(v.Close)
	h.robot = outside.NewRobotBy(v.Client().Transport.(*http.Transport).Clone(), strings.TrimPrefix(v.URL, "https://"))
	return v
}

func (v *wecom) answers(answer func(w http.ResponseWriter)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.answer = answer
}

// heard is all that was said since it was asked last.
func (v *wecom) heard() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	said := v.said
	v.said = nil
	return said
}

func (v *wecom) address() string {
	return v.URL + "/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"
}

// at turns the clock on to a time of a day, and has the house do what it does then.
func (h *house) at(t *testing.T, day model.Day, hour, minute int) {
	t.Helper()
	h.clock.Move(day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).Sub(h.clock.Now()))
	if err := h.morning.Work(ctx); err != nil {
		t.Fatal(err)
	}
}

func (v *hall) setRobot(g *wecom) {
	v.head.must("PUT /admin/v1/robots/"+v.heating, map[string]any{"address": g.address()})
}

// last is what an office is told about its last morning.
func (v *hall) last() map[string]any {
	v.head.signIn("juzhang")
	item := v.head.must("GET /admin/v1/robots", nil)["items"].([]any)[0].(map[string]any)
	last, _ := item["last"].(map[string]any)
	return last
}

func TestAnOfficeHearsEachWorkingMorningWhatWaits(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v, g := h.hall(t), h.wecom(t)
		id := v.write(heatingLetter())
		v.on(v.centre, id, "dispatch", map[string]any{"lead": v.heating})
		v.setRobot(g)
		h.at(t, "2026-11-25", 8, 29)
		if said := g.heard(); len(said) != 0 {
			t.Errorf("before the hour it says %v", said)
		}
		h.at(t, "2026-11-25", 8, 30)
		h.at(t, "2026-11-25", 8, 31)
		h.at(t, "2026-11-25", 9, 30)
		said := g.heard()
		if len(said) != 1 || !strings.Contains(said[0], "鸢都市城管局") || !strings.Contains(said[0], "新收：1 件") || strings.Contains(said[0], "暖气") {
			t.Errorf("it says %v", said)
		}
		h.at(t, "2026-11-28", 8, 30) // Saturday
		h.at(t, "2026-12-01", 8, 30)
		said = g.heard()
		if len(said) != 1 || !strings.Contains(said[0], "今天到期") || strings.Contains(said[0], "新收") {
			t.Errorf("on its last day it says %v", said)
		}
		h.at(t, "2026-12-02", 8, 30)
		if said = g.heard(); len(said) != 1 || !strings.Contains(said[0], "已逾期") {
			t.Errorf("a day late it says %v", said)
		}
		if last := v.last(); last["state"] != "sent" || last["day"] != "2026-12-02" {
			t.Errorf("the setting shows %v", last)
		}
		h.at(t, "2026-12-03", 11, 0)
		if said := g.heard(); len(said) != 0 {
			t.Errorf("when the morning is over it says %v", said)
		}
	})
}

func TestAnOfficeIsAskedAgainForWhatBecameOfADraft(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		n, g := h.newsroom(t), h.wecom(t)
		head := h.hire(t, n.admin, "juzhang", n.office, model.Grant{Role: model.OfficeHead, DepartmentID: n.office})
		head.must("PUT /admin/v1/robots/"+n.office, map[string]any{"address": g.address()})
		n.consults(n.propertyRules("2026-11-24", "2026-12-23"))
		n.signs(n.editor.must("POST "+meetings, map[string]any{"department_id": n.office, "content": n.agenda("2026-12-08", n.item("审议供热规划", ""))}), "")
		for _, m := range []struct {
			day  model.Day
			says string // "" for nothing of drafts
			held string // of the meeting, that was to be told until 6 January
		}{
			{"2026-12-08", "", ""}, {"2026-12-24", "", ""}, {"2026-12-25", "", ""},
			{"2026-12-28", "（最久 5 天）：<font color=\"warning\">1 项</font>", ""}, // the third day was a Saturday
			{"2026-12-29", "", "即将到期：1 项"}, {"2026-12-30", "（最久 7 天）", "即将到期：1 项"}, {"2026-12-31", "", "即将到期：1 项"},
			{"2027-01-07", "（最久 15 天）", "会议逾期未公开"}, {"2027-01-08", "", "会议逾期未公开"}, {"2027-01-22", "（最久 30 天）", "会议逾期未公开"},
		} {
			h.at(t, m.day, 8, 30)
			said := strings.Join(g.heard(), "\n")
			if strings.Contains(said, "采纳情况未公布") != (m.says != "") || !strings.Contains(said, m.says) {
				t.Errorf("%s: of the draft it says %q, not %q", m.day, said, m.says)
			}
			if (strings.Contains(said, "会议逾期") || strings.Contains(said, "会议公开即将")) != (m.held != "") || !strings.Contains(said, m.held) {
				t.Errorf("%s: of the meeting it says %q, not %q", m.day, said, m.held)
			}
			if strings.Contains(said, "物业") || strings.Contains(said, "供热") {
				t.Errorf("%s: it names what waits: %s", m.day, said)
			}
		}
	})
}

func TestAMakeUpDayIsAMorningAndAHolidayIsNone(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v, g := h.hall(t), h.wecom(t)
		v.setRobot(g)
		hears := func(day model.Day, want int) {
			t.Helper()
			h.at(t, day, 8, 30)
			if said := g.heard(); len(said) != want {
				t.Errorf("on %s it says %v", day, said)
			}
		}
		hears("2026-12-31", 1)
		v.head.signIn("juzhang")
		if p := v.head.must("GET /admin/v1/robots", nil); p["announced"] != false || p["year"] != 2027.0 || p["at"] != "08:30" {
			t.Errorf("the setting says %v", p)
		}
		hears("2027-01-01", 1) // a Friday that nobody has called a holiday yet
		_, err := h.city.LoadYear(ctx, model.Actor{Kind: model.AStaff, ID: "admin", Grants: []model.Grant{{Role: model.SystemAdministrator}}}, 0, model.HolidayYear{Year: 2027, Notices: []string{"国办发明电〔2026〕9号"},
			Off: []model.Holiday{{Name: "春节", First: "2027-02-05", Last: "2027-02-11"}}, Makeup: []model.Day{"2027-01-30", "2027-02-20"}})
		if err != nil {
			t.Fatal(err)
		}
		hears("2027-01-30", 1) // a Saturday of work
		hears("2027-01-31", 0)
		hears("2027-02-08", 0) // a Monday off
		hears("2027-02-12", 1)
	})
}

func TestAMorningIsTriedAgainWhileWeComIsAwayAndNeverSaidTwice(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v, g := h.hall(t), h.wecom(t)
		v.setRobot(g)
		g.answers(func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) })
		h.at(t, "2026-11-25", 8, 30)
		if last := v.last(); last["state"] != "waiting" || last["tries"] != 1.0 || !strings.Contains(last["text"].(string), "会自己再试") {
			t.Errorf("while WeCom is away the setting shows %v", last)
		}
		g.answers(nil)
		h.at(t, "2026-11-25", 8, 30)
		if said := g.heard(); len(said) != 0 {
			t.Errorf("tried again at once: %v", said)
		}
		h.at(t, "2026-11-25", 8, 32)
		h.at(t, "2026-11-25", 8, 40)
		if said := g.heard(); len(said) != 1 {
			t.Errorf("once WeCom is back it says %v", said)
		}
		cut := func(w http.ResponseWriter) { w.Header().Set("Content-Length", "100"); fmt.Fprint(w, `{"errcode"`) }
		g.answers(cut) // heard perhaps, and nobody says so
		h.at(t, "2026-11-26", 8, 30)
		g.answers(nil)
		h.at(t, "2026-11-26", 9, 30)
		if said, last := g.heard(), v.last(); len(said) != 0 || last["state"] != "unsure" || !strings.Contains(last["text"].(string), "可能已经收到") {
			t.Errorf("after no answer it says %v, and the setting shows %v", said, last)
		}
		g.answers(func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) })
		for minute := 0; minute < 140; minute += 10 {
			h.at(t, "2026-11-27", 8+(30+minute)/60, (30+minute)%60)
		}
		if last := v.last(); last["state"] != "failed" || last["day"] != "2026-11-27" || last["tries"].(float64) < 5 {
			t.Errorf("after a whole morning the setting shows %v", last)
		}
	})
}

func TestARobotIsSetByItsHeadAndTriedAtOnce(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v, g := h.hall(t), h.wecom(t)
		set, trial := "PUT /admin/v1/robots/"+v.heating, "POST /admin/v1/robots/"+v.heating+"/trial"
		v.clerk.refused(403, "staff.not_allowed", set, map[string]any{"address": g.address()})
		v.head.refused(403, "staff.not_allowed", "PUT /admin/v1/robots/"+v.police, map[string]any{"address": g.address()})
		v.head.refused(422, "robot.address", set, map[string]any{"address": "https://evil.example.cn/cgi-bin/webhook/send?key=1"})
		v.head.refused(409, "robot.none", trial, nil)
		v.setRobot(g)
		got := v.head.send("GET /admin/v1/robots", nil)
		if strings.Contains(got.body, "693a91f6") || !strings.Contains(got.body, `"tail":"5aaa"`) {
			t.Errorf("the setting shows %s", got.body)
		}
		if r := v.head.must(trial, nil); r["heard"] != true || len(g.heard()) != 1 {
			t.Errorf("the trial went %v", r)
		}
		g.answers(func(w http.ResponseWriter) { fmt.Fprint(w, `{"errcode":93000,"errmsg":"invalid webhook url"}`) })
		if r := v.head.must(trial, nil); r["heard"] != false || !strings.Contains(r["text"].(string), "93000") {
			t.Errorf("the trial of a robot that is gone went %v", r)
		}
		v.head.must("DELETE /admin/v1/robots/"+v.heating, nil)
		v.head.refused(409, "robot.none", trial, nil)
		h.at(t, "2026-11-25", 8, 30)
		if said := g.heard(); len(said) != 0 {
			t.Errorf("without an address it says %v", said)
		}
		h.trailed(t, "letter.robot_set", 1)
		h.trailed(t, "letter.robot_tried", 2)
	})
}
