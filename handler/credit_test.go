package handler_test

import (
	"crypto/rand"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/credit"
	"yuandu/store"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

// The templates of these stories.
const (
	changed  = "T-changed"
	digest   = "T-digest"
	progress = "T-progress" // long-term
)

// phone is a phone in somebody's hand: what is tapped there, WeChat asks and tells
// us of, and the mini program reports.
type phone struct {
	*visitor
	name string
	id   string // of the resident
}

// phones opens a house whose residents can be asked for messages.
func (h *house) phones(t *testing.T, names ...string) (list []*phone) {
	t.Helper()
	h.tellPrivacy(t, "第一次发布")
	h.sim.SetPushURL(h.server.URL + "/wechat/push")
	for _, template := range []sim.Template{{ID: changed, Title: "政策更新提醒"}, {ID: digest, Title: "政策汇总提醒"}, {ID: progress, Title: "办理进度提醒", Long: true}} {
		h.sim.AddTemplate(template)
	}
	h.asked = []credit.Template{{Purpose: model.ForChange, WeChatID: changed}, {Purpose: model.ForDigest, WeChatID: digest}}
	for _, name := range names {
		list = append(list, h.phone(t, name))
	}
	return list
}

func (h *house) phone(t testing.TB, name string) *phone {
	p := &phone{visitor: h.settle(t, name), name: name}
	p.id = p.must("GET /api/v1/me", nil)["id"].(string)
	return p
}

func yes(templates ...string) []sim.Choice { return choices(true, templates) }
func no(templates ...string) []sim.Choice  { return choices(false, templates) }

func choices(accept bool, templates []string) (list []sim.Choice) {
	for _, template := range templates {
		list = append(list, sim.Choice{Template: template, Accept: accept})
	}
	return list
}

// tap answers WeChat's question; WeChat tells the house of it at once.
func (p *phone) tap(c []sim.Choice) (report map[string]any) {
	p.t.Helper()
	results, number := p.h.sim.Ask(p.name, c...)
	if number != 0 {
		p.t.Fatalf("nobody was asked: %d", number)
	}
	p.h.sim.Wait()
	return reportOf(results)
}

func reportOf(results map[string]string) map[string]any {
	list := []map[string]string{}
	for template, says := range results {
		list = append(list, map[string]string{"template": template, "says": says})
	}
	return map[string]any{"results": list}
}

const credits = "/api/v1/me/credits"

// report tells the house what WeChat said to the mini program.
func (p *phone) report(r map[string]any) map[string]any {
	p.t.Helper()
	return p.must("POST "+credits, r)
}

// shows wants the resident to be told something about changes.
func (p *phone) shows(left int, says string) map[string]any {
	p.t.Helper()
	c := items(p.must("GET "+credits, nil))[0]
	if c["left"] != float64(left) || !strings.Contains(c["says"].(string), says) {
		p.t.Errorf("%v left, %s; want %d, …%s…", c["left"], c["says"], left, says)
	}
	return c
}

// quietly has WeChat push nothing while something is done.
func (h *house) quietly(do func()) {
	h.sim.Switch(func(now *sim.Switches) { now.PushNever = true })
	do()
	h.sim.Switch(func(now *sim.Switches) { now.PushNever = false })
}

func TestOneTapIsOneCreditHoweverItIsTold(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		h.visit(t).refused(401, "signin.needed", "GET "+credits, nil)
		h.arrive(t, "李建国").refused(403, "consent.needed", "POST "+credits, reportOf(map[string]string{changed: "accept"}))
		first := p.shows(0, "现在不能在微信里提醒您")
		if first["template"] != changed || first["name"] != "政策更新提醒" || first["ask"] != true || first["refused"] != false {
			t.Errorf("at first %v", first)
		}

		report := p.tap(yes(changed)) // WeChat tells first
		p.shows(1, "还能在微信里提醒您 1 次，点一下再加一次")
		p.report(report)
		p.shows(1, "1 次")

		h.clock.Move(time.Minute)
		var tapped map[string]string
		h.quietly(func() { tapped, _ = h.sim.Ask("王芳", yes(changed)...) })
		p.report(reportOf(tapped)) // WeChat never tells
		p.shows(2, "2 次")

		h.clock.Move(10 * time.Minute)
		p.tap(yes(changed)) // the phone never tells
		p.shows(3, "3 次")

		h.clock.Move(10 * time.Minute)
		key := "Idempotency-Key: " + rand.Text()
		h.sim.Switch(func(now *sim.Switches) { now.PushTwice = true })
		report = p.tap(yes(changed)) // both tell twice
		for range 2 {
			p.must("POST "+credits, report, key)
		}
		p.shows(4, "4 次")

		h.clock.Move(10 * time.Minute)
		p.report(map[string]any{"ago": 120, "results": []map[string]string{{"template": changed, "says": "acceptWithAudio"}}}) // from a dead spot
		h.clock.Move(-2 * time.Minute)
		p.tap(yes(changed))
		p.shows(5, "5 次")
		if has := h.sim.Credit("王芳", changed); has != 5 {
			t.Errorf("WeChat counts %d", has)
		}
	})
}

func TestAnEventIsCountedOnceThoughTheCacheIsLost(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		heard := func() {
			event := wechat.Popup{Origin: wechat.Origin{OpenID: h.sim.Person("王芳").OpenID, At: h.clock.Now()}, Template: changed, Accepted: true, Scene: "0"}
			if err := h.handler.Credit.Hear(ctx, event); err != nil {
				t.Fatal(err)
			}
		}
		heard()
		heard()
		p.shows(1, "1 次")
		h.clock.Move(time.Second)
		heard()
		p.shows(2, "2 次")
	})
}

func TestTwoPhonesThatTapWithinAMinuteAddTwo(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		one := h.phones(t, "王芳")[0]
		other := h.phone(t, "王芳")
		first := one.tap(yes(changed))
		h.clock.Move(20 * time.Second)
		second := other.tap(yes(changed))
		other.report(second)
		h.clock.Move(20 * time.Second)
		one.report(first)
		one.shows(2, "2 次")
	})
}

func TestNoMeansNoForADay(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		p.report(p.tap(yes(changed)))
		h.clock.Move(time.Hour)
		page := p.report(p.tap(append(no(changed), yes(digest)...)))
		c := p.shows(1, "您上次没有同意。之前同意的，还能在微信里提醒您 1 次")
		if c["refused"] != true || c["ask"] != false {
			t.Errorf("after a refusal %v", c)
		}
		if calls := asJSON(t, page["calls"]); calls != `[["T-digest"]]` {
			t.Errorf("asked for next: %s", calls)
		}
		p.spends(changed, 1)
		p.shows(0, "您上次没有同意，所以不会在微信里提醒您")
		h.clock.Move(24*time.Hour - time.Second)
		if c := p.shows(0, "没有同意"); c["ask"] != false {
			t.Errorf("within a day %v", c)
		}
		h.clock.Move(time.Second)
		if calls := asJSON(t, p.must("GET "+credits, nil)["calls"]); calls != `[["T-changed","T-digest"]]` {
			t.Errorf("asked for after a day: %s", calls)
		}
		p.report(p.tap(yes(changed)))
		if c := p.shows(1, "1 次，点一下再加一次"); c["refused"] != false || c["ask"] != true {
			t.Errorf("after a yes %v", c)
		}
	})
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// spends spends a credit as a message does, and wants so many to be able to.
func (p *phone) spends(template string, want int) {
	p.t.Helper()
	purpose := map[string]model.Purpose{changed: model.ForChange, digest: model.ForDigest}[template]
	err := p.h.store.InTx(ctx, func(tx *store.Tx) error {
		spent, err := tx.SpendCredits(ctx, purpose, []string{p.id})
		if len(spent) != want {
			p.t.Errorf("%d spent, want %d", len(spent), want)
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

func TestWhatWeChatDoesNotAskForIsNoCredit(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		h.sim.AddTemplate(sim.Template{ID: digest, Title: "政策更新提醒"}) // the same title: WeChat shows one of them
		report := p.tap(yes(changed, digest))
		page := p.report(report)
		for i, want := range []float64{1, 0} {
			if c := items(page)[i]; c["left"] != want || c["ask"] != true || c["banned"] != false {
				t.Errorf("%v", c)
			}
		}
		h.sim.AddTemplate(sim.Template{ID: changed, Title: "政策更新提醒", Banned: true})
		h.clock.Move(time.Hour)
		p.report(p.tap(yes(changed)))
		if c := p.shows(1, "微信暂时停用了这类提醒"); c["banned"] != true || c["ask"] != false {
			t.Errorf("%v", c)
		}
		before := p.must("GET "+credits, nil)
		after := p.report(map[string]any{"results": []map[string]string{{"template": "T-old", "says": "accept"}, {"template": digest, "says": "perhaps"}}})
		if !reflect.DeepEqual(before, after) {
			t.Errorf("what is not ours, or not understood, changed something: %v", after)
		}
		p.report(map[string]any{"results": []map[string]string{{"template": digest, "says": "accept"}, {"template": digest, "says": "accept"}}})
		if c := items(p.must("GET "+credits, nil))[1]; c["left"] != 1.0 {
			t.Errorf("one call that says yes twice: %v", c)
		}
		p.refused(422, "input.invalid", "POST "+credits, map[string]any{"results": []any{}})
		p.refused(422, "input.invalid", "POST "+credits, map[string]any{"ago": -1, "results": []map[string]string{{"template": changed, "says": "accept"}}})
	})
}

func TestWhereTheChoiceIsKeptEveryTapStillAddsOne(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		always := []sim.Choice{{Template: changed, Accept: true, Always: true}}
		for i, shown := range []bool{false, true} { // whether WeChat tells of a pop-up that it did not show is not known
			h.sim.Switch(func(now *sim.Switches) { now.PopupWhenHidden = shown })
			for range 3 {
				p.report(p.tap(always))
				h.clock.Move(30 * time.Second)
			}
			p.shows(3*(i+1), "次，点一下再加一次")
		}
		if has := h.sim.Credit("王芳", changed); has != 6 {
			t.Errorf("WeChat counts %d", has)
		}
	})
}

func TestSwitchedOffInTheSettingsNothingIsSentUntilTheNextYes(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		p.report(p.tap(yes(changed)))
		h.clock.Move(time.Hour)
		h.sim.Switch(func(now *sim.Switches) { now.PushTwice = true })
		h.sim.Setting("王芳", changed, "reject")
		h.sim.Wait()
		if c := p.shows(0, "您在微信里关掉了这类提醒"); c["refused"] != true || c["ask"] != false {
			t.Errorf("%v", c)
		}
		p.spends(changed, 0)
		h.clock.Move(time.Hour)
		h.sim.Setting("王芳", changed, "accept") // WeChat tells nobody
		h.sim.Wait()
		p.spends(changed, 0)
		p.report(p.tap(yes(changed)))
		p.shows(2, "2 次")
		p.spends(changed, 1)
	})
}

func TestWhenWeChatSaysNoneIsLeftTheNextTapBeginsAnew(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		for range 3 {
			p.report(p.tap(yes(changed)))
			h.clock.Move(time.Minute)
		}
		p.spends(changed, 1)
		p.shows(2, "2 次")
		if err := h.store.InTx(ctx, func(tx *store.Tx) error { return tx.ZeroCredits(ctx, model.ForChange, []string{p.id}) }); err != nil {
			t.Fatal(err)
		}
		p.shows(0, "现在不能在微信里提醒您")
		p.report(p.tap(yes(changed)))
		p.shows(1, "1 次")
	})
}

func TestALastingGrantIsNotUsedUpAndIsAskedForAlone(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		h.asked[0] = credit.Template{Purpose: model.ForChange, WeChatID: progress, Long: true}
		page := p.must("GET "+credits, nil)
		if calls := asJSON(t, page["calls"]); calls != `[["T-digest"],["T-progress"]]` {
			t.Errorf("long-term ones are asked for beside others: %s", calls)
		}
		p.shows(0, "点一下同意后，会一直提醒")
		p.report(p.tap(yes(progress)))
		for range 3 {
			p.spends(changed, 1)
		}
		if c := p.shows(0, "会一直在微信里提醒您"); c["lasting"] != true || c["long"] != true || c["ask"] != false {
			t.Errorf("%v", c)
		}
		h.clock.Move(time.Hour)
		h.sim.Setting("王芳", progress, "reject")
		h.sim.Wait()
		p.spends(changed, 0)
		h.clock.Move(time.Hour)
		h.sim.Setting("王芳", progress, "")
		p.tap(yes(progress))
		p.spends(changed, 1)
		h.clock.Move(time.Hour)
		p.report(p.tap(no(progress)))
		p.spends(changed, 0)
		p.shows(0, "您上次没有同意")
	})
}

func TestWhatIsNotSetUpIsNotAskedFor(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		h.asked[0].WeChatID = ""
		page := p.must("GET "+credits, nil)
		if len(items(page)) != 1 || asJSON(t, page["calls"]) != `[["T-digest"]]` {
			t.Errorf("%v", page)
		}
		h.asked = nil
		if text := asJSON(t, p.must("GET "+credits, nil)); text != `{"calls":[],"items":[],"muted":false}` {
			t.Errorf("%s", text)
		}
	})
}

func TestWhatAResidentAllowedIsExportedAndErased(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		p := h.phones(t, "王芳")[0]
		p.report(p.tap(yes(changed, digest)))
		h.clock.Move(time.Hour)
		h.sim.Setting("王芳", digest, "reject")
		h.sim.Wait()
		p.spends(changed, 1)
		files := unzip(t, p.send("GET /api/v1/me/export", nil).body)
		var all map[string][]map[string]string
		if err := json.Unmarshal([]byte(files["me.json"]), &all); err != nil {
			t.Fatal(err)
		}
		if counts := all["credits"]; len(counts) != 2 || counts[0]["left"] != "0" || counts[0]["spent"] != "1" || len(all["credit_answers"]) != 3 {
			t.Errorf("%v", all)
		}
		for _, want := range []string{"政策更新提醒", "在微信设置里关掉", "您的手机"} {
			if !strings.Contains(files["index.html"], want) {
				t.Errorf("the page for people says nothing of %q", want)
			}
		}
		certificate := asJSON(t, p.must("DELETE /api/v1/me", nil))
		for _, want := range []string{"同意在微信里提醒的次数", "对微信提醒的回答"} {
			if !strings.Contains(certificate, want) {
				t.Errorf("%q is not in %s", want, certificate)
			}
		}
		h.clock.Move(time.Minute)
		p.tap(yes(changed)) // WeChat tells of somebody who has no account any more
		if pushed := h.sim.Pushes()[0]; !pushed.Heard || pushed.Tries != 1 {
			t.Errorf("%+v", pushed)
		}
		h.phone(t, "王芳").shows(0, "现在不能在微信里提醒您")
	})
}

func TestAnEventForNobodyIsPassedOver(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.phones(t)
		h.sim.Ask("路人", yes(changed)...)
		h.sim.Setting("路人", changed, "reject")
		h.sim.Wait()
		for _, pushed := range h.sim.Pushes() {
			if !pushed.Heard || pushed.Tries != 1 {
				t.Errorf("%+v", pushed)
			}
		}
	})
}
