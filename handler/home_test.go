package handler_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

// front reads the first page as a client does: the kinds of its blocks in their
// order, and the blocks by kind.
func (h *house) front(t testing.TB) (kinds string, blocks map[string]map[string]any) {
	t.Helper()
	blocks = map[string]map[string]any{}
	var list []string
	for _, b := range h.ask(t, "GET /api/v1/home").json(t)["blocks"].([]any) {
		b := b.(map[string]any)
		list = append(list, b["kind"].(string))
		blocks[b["kind"].(string)] = b
	}
	return strings.Join(list, " "), blocks
}

// fields are what the console sends back of the first page that it read.
func fields(table map[string]any) map[string]any {
	var blocks []map[string]any
	for _, b := range table["blocks"].([]any) {
		b := b.(map[string]any)
		blocks = append(blocks, map[string]any{"kind": b["kind"], "title": b["title"], "shown": b["shown"]})
	}
	return map[string]any{"blocks": blocks, "notices": table["notices"]}
}

func TestTheFirstPageComesInOneAnswer(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		kinds, blocks := h.front(t)
		if kinds != "topics policies interpretations" {
			t.Errorf("without notices and searches there are %s", kinds)
		}
		if n := len(items(blocks["topics"])); n != 18 {
			t.Errorf("%d topics", n)
		}
		said := ""
		for _, p := range items(blocks["policies"]) {
			said += fmt.Sprint(p["title"], p["validity"], p["published_date"], " ")
		}
		if want := "鸢都市物业服务收费管理实施细则pending2026-11-18 关于做好课后服务工作的通知in_force2026-09-01 鸢都市居民基本医疗保险缴费标准in_force2026-08-30 "; said != want {
			t.Errorf("the newest are %s", said)
		}
		if first := items(blocks["interpretations"])[0]; first["title"] != "一图读懂：养老服务" || len(first["policies"].([]any)) != 2 {
			t.Errorf("the newest interpretation is %v", first)
		}
		a := h.ask(t, "GET /api/v1/home")
		h.tell(t, []story{{name: "who knows it is not sent it again", ask: "GET /api/v1/home", with: []string{"If-None-Match: " + a.Header.Get("ETag")}, status: 304}})
		for range 3 {
			h.search.CountSearch("养老金")
		}
		h.clock.Move(time.Minute)
		h.catchUp(t)
		h.index.away.Store(true)
		if kinds, _ := h.front(t); !strings.Contains(kinds, "policies") {
			t.Errorf("while the engine is away there are %s", kinds)
		}
		h.index.away.Store(false)
	})
}

func TestTheOfficeLaysOutTheFirstPage(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		v := h.hire(t, admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		editor := h.hire(t, admin, "bianji", h.ids["鸢都市民政局"], model.Grant{Role: model.Editor, DepartmentID: h.ids["鸢都市民政局"]})
		v.must("POST /admin/v1/words/hot", map[string]any{"words": []string{"高龄津贴"}})
		table := v.must("GET /admin/v1/home", nil)
		if said := fmt.Sprint(table["version"], table["may_edit"], table["notices"]); said != "0 true []" {
			t.Errorf("at first %s", said)
		}
		if b := table["blocks"].([]any)[2].(map[string]any); b["name"] != "最新政策" || b["shown"] != true || len(b["lines"].([]any)) != 3 {
			t.Errorf("it shows of a block %v", b)
		}
		change := fields(table)
		blocks := change["blocks"].([]map[string]any)
		blocks[1], blocks[2] = blocks[2], blocks[1]
		blocks[1]["title"], blocks[3]["shown"] = "新出台的文件", false
		change["notices"] = []map[string]any{{"title": "系统维护", "text": "11月24日 22:00 起停机两小时。", "until": "2026-11-24"},
			{"title": "过期了", "text": "早就结束了。", "until": "2026-11-01"}}
		saved := v.must("PUT /admin/v1/home", change, ifMatch(table))
		if saved["version"] != 1.0 || len(saved["notices"].([]any)) != 2 {
			t.Errorf("saved as %v", saved)
		}
		kinds, now := h.front(t)
		if kinds != "notice policies topics words" {
			t.Errorf("then there are %s", kinds)
		}
		if n := items(now["notice"]); len(n) != 1 || n[0]["title"] != "系统维护" || n[0]["until"] != "2026-11-24" {
			t.Errorf("the notices are %v", n)
		}
		if w := items(now["words"]); len(w) != 1 || w[0]["text"] != "高龄津贴" {
			t.Errorf("the words are %v", w)
		}
		blocks[1], blocks[2] = blocks[2], blocks[1]
		late := v.refused(412, "edit.stale", "PUT /admin/v1/home", change, ifMatch(table))
		if !strings.Contains(late.body, `"current":{"blocks":[{"kind":"notice"`) || !strings.Contains(late.body, "新出台的文件") {
			t.Errorf("who was late does not see what is there: %.400s", late.body)
		}
		if a := v.send("PUT /admin/v1/home", change); a.StatusCode != 428 {
			t.Errorf("without a version: %d %s", a.StatusCode, a.body)
		}
		blocks[0]["title"] = "十三个字的标题实在是太长了呀"
		if a := v.refused(422, "home.title", "PUT /admin/v1/home", change, ifMatch(saved)); !strings.Contains(a.body, `"field":"blocks.0.title"`) {
			t.Error(a.body)
		}
		if read := editor.must("GET /admin/v1/home", nil); read["may_edit"] != false {
			t.Errorf("an editor reads %v", read)
		}
		editor.refused(403, "staff.not_allowed", "PUT /admin/v1/home", fields(saved), ifMatch(saved))
		h.trailed(t, "home.edited", 1)
		h.clock.Move(24 * time.Hour)
		if kinds, _ := h.front(t); strings.HasPrefix(kinds, "notice") {
			t.Errorf("the day after there are %s", kinds)
		}
	})
}

// Clients tell blocks apart by their kind: each has a type of its own.
func TestTheFirstPageIsDescribedKindByKind(t *testing.T) {
	h := raise(t, embedded)
	var d struct {
		Components struct {
			Schemas map[string]struct {
				OneOf []struct {
					Ref string `json:"$ref"`
				}
				Properties map[string]struct {
					Enum  []string
					Items struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(h.ask(t, "GET /api/openapi.json").body), &d); err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, one := range d.Components.Schemas["HomeBlock"].OneOf {
		name := one.Ref[strings.LastIndex(one.Ref, "/")+1:]
		block := d.Components.Schemas[name]
		said += fmt.Sprint(name, block.Properties["kind"].Enum, strings.TrimPrefix(block.Properties["items"].Items.Ref, "#/components/schemas/"), " ")
	}
	if said != "NoticeBlock[notice]HomeNotice TopicsBlock[topics]TopicItem PoliciesBlock[policies]PolicyItem "+
		"InterpretationsBlock[interpretations]PolicyItem MeetingsBlock[meetings]MeetingItem GazettesBlock[gazettes]GazetteItem ConsultationsBlock[consultations]ConsultationItem EventsBlock[events]EventItem WordsBlock[words]HomeWord " {
		t.Errorf("it is described as %s", said)
	}
	h.tell(t, []story{{name: "people read it too", ask: "GET /api", status: 200, says: []string{`<h3 id="TopicsBlock">`, "HomeBlock[]"}}})
}
