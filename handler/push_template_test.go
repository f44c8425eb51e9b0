package handler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/wechat/sim"
)

const (
	templates = "/admin/v1/push/templates"
	wechatID  = "zwPolicyChanged0000000000000000000000000001"
)

// lines are a template's as the city sets it up.
func lines(of ...[3]string) (list []any) {
	for _, l := range of {
		source, text, _ := strings.Cut(l[2], "=")
		list = append(list, map[string]any{"key": l[0], "label": l[1], "source": source, "text": text})
	}
	return list
}

func setUp(id string, lines []any) map[string]any {
	return map[string]any{"wechat_id": id, "title": "政策更新提醒", "long": false, "fields": lines}
}

var usual = lines([3]string{"thing1", "政策名称", "title"}, [3]string{"phrase2", "更新内容", "change"}, [3]string{"date3", "更新日期", "date"})

// shows are the lines of a message, as label and value.
func shows(t testing.TB, message map[string]any) (list []string) {
	t.Helper()
	for _, l := range message["lines"].([]any) {
		line := l.(map[string]any)
		list = append(list, fmt.Sprintf("%s：%s", line["label"], line["value"]))
	}
	return list
}

func TestAnAdministratorSetsUpWhichTemplateServesWhat(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		page := v.must("GET "+templates, nil)
		first := page["items"].([]any)[0].(map[string]any)
		if first["purpose"] != "change" || first["name"] != "订阅的内容有变动" || first["version"] != 0.0 || first["wechat_id"] != "" || first["title"] != "政策更新提醒" ||
			first["updated_by"] != nil || len(page["types"].([]any)) < 10 || page["may_edit"] != true {
			t.Errorf("a new house has %v", page)
		}
		r := v.must("PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)
		if r["version"] != 1.0 || r["updated_by"].(map[string]any)["name"] != "王敏" || len(r["fields"].([]any)) != 3 {
			t.Errorf("it is kept as %v", r)
		}
		h.trailed(t, "template.edited", 1)
		behind := v.refused(412, "edit.stale", "PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)
		if !strings.Contains(behind.body, wechatID) {
			t.Errorf("who was slower is not told what is there: %s", behind.body)
		}
		r = v.must("PUT "+templates+"/change", setUp("", usual), ifMatch(r))
		if r["version"] != 2.0 || r["wechat_id"] != "" {
			t.Errorf("taken back: %v", r)
		}
		v.refused(404, "push_template.not_found", "PUT "+templates+"/letter", setUp(wechatID, usual), `If-Match: "0"`)
		office := h.hire(t, v, "shifuban", "", model.Grant{Role: model.Supervisor})
		if seen := office.must("GET "+templates, nil); seen["may_edit"] != false {
			t.Error("the city office may change templates")
		}
		office.refused(403, "staff.not_allowed", "PUT "+templates+"/change", setUp(wechatID, usual), ifMatch(r))
	})
}

func TestATemplateThatWeChatCannotHaveIsRefusedAtItsField(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		good := [3]string{"thing1", "政策名称", "title"}
		other := func(key, label, source string) []any { return lines(good, [3]string{key, label, source}) }
		for _, c := range []struct {
			name, code, field string
			body              map[string]any
		}{
			{"an id that is none", "push_template.id", "wechat_id", setUp("模板一", usual)},
			{"one that is too short", "push_template.id", "wechat_id", setUp("abc", usual)},
			{"one line", "push_template.fields", "fields", setUp(wechatID, lines(good))},
			{"six lines", "push_template.fields", "fields", setUp(wechatID, append(slices.Clone(usual), lines([3]string{"thing4", "四", "title"}, [3]string{"thing5", "五", "title"}, [3]string{"thing6", "六", "title"})...))},
			{"two keys the same", "push_template.twice", "fields.1.key", setUp(wechatID, other("thing1", "又一次", "change"))},
			{"a key without a number", "push_template.key", "fields.1.key", setUp(wechatID, other("thing", "名称", "change"))},
			{"a key in Chinese", "push_template.key", "fields.1.key", setUp(wechatID, other("名称1", "名称", "change"))},
			{"a type that nobody explains", "push_template.type", "fields.1.key", setUp(wechatID, other("short_thing2", "名称", "change"))},
			{"no label", "push_template.label", "fields.1.label", setUp(wechatID, other("thing2", "", "change"))},
			{"what this purpose has not", "push_template.source", "fields.1.source", setUp(wechatID, other("number2", "件数", "count"))},
			{"a title in five characters", "push_template.unfit", "fields.1.source", setUp(wechatID, other("phrase2", "名称", "title"))},
			{"a document number as a day", "push_template.unfit", "fields.1.source", setUp(wechatID, other("date2", "日期", "number"))},
			{"a text that is too long", "push_template.text", "fields.1.text", setUp(wechatID, other("thing2", "提示", "fixed=请在二十个字以内把要说的话说完不要再多写一个字了"))},
			{"no text where it is fixed", "push_template.text", "fields.1.text", setUp(wechatID, other("thing2", "提示", "fixed"))},
			{"汉字 among signs", "push_template.text", "fields.1.text", setUp(wechatID, other("character_string2", "文号", "number=没有文号"))},
		} {
			a := v.refused(422, c.code, "PUT "+templates+"/change", c.body, `If-Match: "0"`)
			if !strings.Contains(a.body, `"`+c.field+`"`) && !strings.Contains(a.body, "body."+c.field) {
				t.Errorf("%s: does not name %s: %s", c.name, c.field, a.body)
			}
		}
		v.must("PUT "+templates+"/digest", setUp(wechatID, lines(good, [3]string{"number2", "件数", "count"})), `If-Match: "0"`)
	})
}

func TestAPreviewShowsAMessageFilledFromARealDocument(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		v := h.found(t)
		empty := map[string]any{"fields": usual}
		newest := v.must("POST "+templates+"/change/preview", empty)
		among := newest["among"].([]any)
		if len(among) != 20 || newest["document"] != among[0].(map[string]any)["id"] || newest["page"] != "packages/policy/policy?id="+newest["document"].(string)+"&from=message" {
			t.Fatalf("%v", newest)
		}
		chosen := among[7].(map[string]any)["id"]
		corrected := v.must("POST "+templates+"/change/preview", map[string]any{"fields": usual, "document": chosen, "what": "corrected"})
		if says := shows(t, corrected); corrected["document"] != chosen || len(says) != 3 || says[1] != "更新内容：有更正" || says[2] != "更新日期："+h.today() {
			t.Errorf("%v", corrected)
		}
		cut := 0
		for _, d := range among {
			shown := v.must("POST "+templates+"/change/preview", map[string]any{"fields": usual, "document": d.(map[string]any)["id"]})
			line := shown["lines"].([]any)[0].(map[string]any)
			if line["length"].(float64) > line["most"].(float64) || line["most"] != 20.0 {
				t.Errorf("%v", line)
			}
			if line["cut"] == true {
				cut++
			}
		}
		if cut == len(among) {
			t.Error("every title was cut")
		}
		digest := v.must("POST "+templates+"/digest/preview", map[string]any{"fields": lines([3]string{"thing1", "内容", "title"}, [3]string{"number2", "数量", "count"})})
		if says := shows(t, digest); !strings.HasSuffix(says[0], "等5件") || says[1] != "数量：5" || digest["page"] != "packages/account/notices?from=message" {
			t.Errorf("%v", digest)
		}
		v.refused(422, "push_template.unfit", "POST "+templates+"/change/preview", map[string]any{"fields": lines([3]string{"date1", "日期", "title"})})
		v.refused(404, "policy.not_found", "POST "+templates+"/change/preview", map[string]any{"fields": usual, "document": "none"})
	})
}

func (h *house) today() string {
	return h.clock.Now().In(model.Shanghai).Format("2006年1月2日")
}

// atHand is a house whose administrator holds the phone of a resident, with a
// template that WeChat knows.
func (h *house) atHand(t *testing.T) (desk, phone *visitor) {
	t.Helper()
	desk = h.found(t)
	h.sim.AddTemplate(sim.Template{ID: wechatID, Title: "政策更新提醒", Keys: []sim.Key{{Name: "thing1", Label: "政策名称"}, {Name: "phrase2", Label: "更新内容"}, {Name: "date3", Label: "更新日期"}}})
	h.tellPrivacy(t, "第一次发布")
	return desk, h.settle(t, "王芳")
}

// send is the path of WeChat's call.
const send = "/cgi-bin/message/subscribe/send"

const trial = "POST " + templates + "/change/trial"

func TestAnAdministratorSendsAMessageToTheirOwnPhone(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		desk, phone := h.atHand(t)
		code := func() map[string]any {
			return map[string]any{"code": phone.must("POST /api/v1/me/trial-code", nil)["code"]}
		}
		desk.refused(409, "push_template.unset", trial, code())
		desk.must("PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)

		refused := desk.must(trial, code())
		if refused["sent"] != false || refused["number"] != 43101.0 || !strings.Contains(refused["says"].(string), "请在手机上点一次同意") {
			t.Errorf("nobody accepted, and it says %v", refused)
		}
		h.sim.Ask("王芳", sim.Choice{Template: wechatID, Accept: true})
		once := code()
		sent := desk.must(trial, once)
		inbox := h.sim.Inbox("王芳")
		if sent["sent"] != true || len(inbox) != 1 || !strings.Contains(sent["says"].(string), "服务通知") {
			t.Fatalf("%v, %v", sent, inbox)
		}
		for i, l := range inbox[0].Lines {
			if says := shows(t, sent)[i]; says != l.Label+"："+l.Value {
				t.Errorf("the console shows %s, the phone %s：%s", says, l.Label, l.Value)
			}
		}
		if !strings.HasPrefix(inbox[0].Page, "packages/policy/policy?id=") {
			t.Errorf("a tap opens %s", inbox[0].Page)
		}
		desk.refused(422, "push_trial.code", trial, once)
		h.trailed(t, "template.tried", 2)
	})
}

func TestACodeIsGoodForTheOneWhoHoldsThePhone(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		desk, phone := h.atHand(t)
		desk.must("PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)
		for range 10 {
			desk.refused(422, "push_trial.code", trial, map[string]any{"code": "00000000"})
		}
		desk.refused(429, "push_trial.too_many", trial, map[string]any{"code": "00000000"})
		for range 10 {
			phone.must("POST /api/v1/me/trial-code", nil)
		}
		phone.refused(429, "push_trial.too_many", "POST /api/v1/me/trial-code", nil)
		if len(h.sim.Inbox("王芳")) != 0 {
			t.Error("a message went out")
		}
		office := h.hire(t, desk, "shifuban", "", model.Grant{Role: model.Supervisor})
		office.refused(403, "staff.not_allowed", trial, map[string]any{"code": "00000000"})
		desk.refused(401, "signin.needed", "POST /api/v1/me/trial-code", nil)
	})
}

func TestTheConsoleSaysWhatWeChatMeans(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		desk, phone := h.atHand(t)
		desk.must("PUT "+templates+"/change", setUp(wechatID, usual), `If-Match: "0"`)
		for range 12 {
			h.sim.Ask("王芳", sim.Choice{Template: wechatID, Accept: true})
		}
		try := func(faults ...sim.Fault) map[string]any {
			t.Helper()
			for _, f := range faults {
				h.sim.Break(f)
			}
			defer h.sim.Mend(0)
			return desk.must(trial, map[string]any{"code": phone.must("POST /api/v1/me/trial-code", nil)["code"]})
		}
		for number, says := range map[int]string{40037: "没有这个消息模板", 43107: "停用了小程序的订阅消息", 45168: "敏感词", 41030: "没有要打开的页面", 45009: "次数用完"} {
			if r := try(sim.Fault{Path: send, Code: number, Times: 1}); r["sent"] != false || r["number"] != float64(number) || !strings.Contains(r["says"].(string), says) {
				t.Errorf("%d: %v", number, r)
			}
		}
		if r := try(sim.Fault{Path: send, Code: 47003, Body: "data.phrase2.value invalid", Times: 1}); r["sent"] != true || r["trimmed"] != "phrase2" ||
			!slices.Contains(shows(t, r), "更新内容：有更新") || h.sim.Inbox("王芳")[0].Data["phrase2"] != "有更新" {
			t.Errorf("a field that is refused once: %v", r)
		}
		if r := try(sim.Fault{Path: send, Code: 47003, Body: "data.phrase2.value invalid", Times: 2}); r["sent"] != false || !strings.Contains(r["says"].(string), "“phrase2”这一行") {
			t.Errorf("a field that is refused twice: %v", r)
		}
		if r := try(sim.Fault{Path: send, Cut: true, AfterWork: true, Times: 2}); r["sent"] != false || !strings.Contains(r["says"].(string), "不知道发出了没有") {
			t.Errorf("nobody heard the answer: %v", r)
		}
		if r := try(); r["sent"] != true || r["trimmed"] != "" {
			t.Errorf("after all: %v", r)
		}
	})
}
