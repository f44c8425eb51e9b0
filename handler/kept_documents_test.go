package handler_test

import (
	"fmt"
	"strings"
	"testing"

	"yuandu/model"
)

// publicThing is something public that can be kept, and told of.
type publicThing struct {
	kind, id, title, name, day, page string
}

// everyKind makes one thing of each kind public.
func (n *newsroom) everyKind(t *testing.T, h *house) []publicThing {
	t.Helper()
	gazette := n.issue(t, h, sampleIssue(t, "2026-1.pdf"), "公报2026年第1期.pdf", "")
	piece := h.ask(t, "GET /api/v1/gazettes/"+gazette).json(t)["pieces"].([]any)[0].(map[string]any)["id"].(string)
	policy := n.published(t, n.policy("鸢都市供热管理办法", "鸢建发〔2026〕21号"))["id"].(string)
	meeting, item := n.held("2026-11-20", n.item("审议《鸢都市加装电梯管理办法（草案）》", "会议原则通过。"))
	consultation := n.consults(n.propertyRules("2026-11-24", "2026-12-31"))
	event := n.announces(n.openDay(5, nil))
	m := n.matter("加装电梯的来龙去脉")
	n.releases(n.links(m, "policy", policy, ""))
	return []publicThing{
		{"policy", policy, "鸢都市供热管理办法", "政策文件", "2026-11-16", "/policies/" + policy},
		{"meeting", meeting, "十八届市政府第63次常务会议", "政府会议", "2026-11-20", "/meetings/" + meeting},
		{"agenda_item", item[0], "审议《鸢都市加装电梯管理办法（草案）》", "会议议题", "2026-11-20", "/meetings/" + meeting + "#item-" + item[0]},
		{"consultation", consultation, "鸢都市物业管理办法（征求意见稿）", "意见征集", "2026-11-24", "/consultations/" + consultation},
		{"event", event, "走进自来水厂", "参与活动", "2026-12-05", "/events/" + event},
		{"matter", m["id"].(string), "加装电梯的来龙去脉", "政府事项", "", "/matters/" + m["id"].(string)},
		{"gazette", gazette, "鸢都市人民政府公报 2026年第1期", "政府公报", "2019-01-15", "/gazettes/" + gazette},
		{"gazette_piece", piece, "鸢都市市场监督管理局关于修改《鸢都市小餐饮登记管理办法》的决定", "公报篇目", "2019-01-15", "/gazettes/" + gazette + "#item-" + piece},
	}
}

func TestEveryPublicDocumentIsKeptAndFoundAgain(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		things := n.everyKind(t, h)
		for _, k := range things {
			v.refused(404, map[string]string{"policy": "policy.not_found", "meeting": "meeting.not_found", "agenda_item": "agenda_item.not_found",
				"consultation": "consultation.not_found", "event": "event.not_found", "matter": "matter.not_found", "gazette": "gazette.not_found", "gazette_piece": "gazette_piece.not_found"}[k.kind],
				"PUT /api/v1/me/favourites/"+k.kind+"/01NOTHERE", nil)
			if m := v.must("PUT /api/v1/me/favourites/"+k.kind+"/"+k.id, nil); m["favourite"] != true {
				t.Errorf("%s, kept: %v", k.kind, m)
			}
		}
		for _, k := range things {
			found := items(v.must("GET /api/v1/me/favourites?limit=100", nil))
			at := -1
			for i, f := range found {
				if f["kind"] == k.kind {
					at = i
				}
			}
			if at < 0 {
				t.Fatalf("%s is not in the list: %v", k.kind, found)
			}
			f := found[at]
			if f["id"] != k.id || f["title"] != k.title || f["kind_name"] != k.name || k.kind != "policy" && f["published_date"] != k.day || f["gone"] != "" {
				t.Errorf("%s: %v", k.kind, f)
			}
		}
		if page := v.must("GET /api/v1/me/favourites?q=自来水", nil); page["total"] != 1.0 {
			t.Errorf("an event is found by its title: %v", page)
		}
		if page := v.must("GET /api/v1/me/favourites?q=来龙去脉", nil); page["total"] != 1.0 {
			t.Errorf("a matter is found by the title that was released: %v", page)
		}
		if got := unzip(t, v.send("GET /api/v1/me/export", nil).body)["index.html"]; !strings.Contains(got, "走进自来水厂") || !strings.Contains(got, "政府事项") {
			t.Errorf("her export does not tell what she keeps: %s", got)
		}

		event := things[4]
		at := events + "/" + event.id
		n.reviewer.must("POST "+at+"/withdraw", map[string]any{"reason": "地点写错"}, ifMatch(n.editor.must("GET "+at, nil)))
		gone := items(v.must("GET /api/v1/me/favourites?q=自来水", nil))
		if len(gone) != 1 || gone[0]["gone"] != "这份文件已于2026年11月24日撤回。原因：地点写错" {
			t.Errorf("an event that was withdrawn says so: %v", gone)
		}
		n.corrects(things[1].id, "一项议题不再公开", func(content map[string]any) {
			i := itemsOf(content)[0].(map[string]any)
			i["withheld"], i["ground"] = true, "政府信息公开条例第十六条"
		})
		item := items(v.must("GET /api/v1/me/favourites?q=草案", nil))
		if len(item) != 1 || item[0]["gone"] != "这份文件已不再公开，这里留的是当时的标题。" {
			t.Errorf("an item that is public no more says so: %v", item)
		}
		certificate := v.must("DELETE /api/v1/me", nil)
		if said := certificate["items"].([]any); len(said) == 0 {
			t.Errorf("the certificate says nothing: %v", certificate)
		}
	})
}

func TestAMatterIsKeptUnderTheTitleThatWasReleased(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		policy := n.published(t, n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		m := n.matter("加装电梯")
		keep := "PUT /api/v1/me/favourites/matter/" + m["id"].(string)
		v.refused(404, "matter.not_found", keep, nil)
		m = n.releases(n.links(m, "policy", policy, ""))
		v.must(keep, nil)
		n.editor.must("PUT "+matters+"/"+m["id"].(string), map[string]any{"title": "还没有复核的名称", "summary": "", "topics": []string{}}, ifMatch(m))
		if kept := items(v.must("GET /api/v1/me/favourites", nil)); kept[0]["title"] != "加装电梯" || kept[0]["gone"] != "" {
			t.Errorf("it tells what nobody released: %v", kept)
		}
		n.reviewer.must("POST /admin/v1/policies/"+policy+"/withdraw", map[string]string{"reason": "有误"}, ifMatch(n.reviewer.must("GET /admin/v1/policies/"+policy, nil)))
		if kept := items(v.must("GET /api/v1/me/favourites", nil)); kept[0]["title"] != "加装电梯" || kept[0]["gone"] == "" {
			t.Errorf("of a matter in which nothing is public any more: %v", kept)
		}
	})
}

func TestWhatIsWrongInEveryPublicDocumentIsToldToWhoHasIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		c := h.counter(t)
		for _, k := range c.everyKind(t, h) {
			v := h.settle(t, "李"+k.kind)
			id := v.give(map[string]any{"kind": "mistake", "text": "这里写错了。", "about": map[string]any{"kind": k.kind, "id": k.id}})
			r := c.editor.must("GET "+onFile(id), nil)
			place, about := r["place"].(map[string]any), r["about"].(map[string]any)
			if about["title"] != k.title || place["public"] != true || place["page"] != k.page {
				t.Errorf("%s: the office sees %v at %v", k.kind, about, place)
			}
			if at := r["department"].(map[string]any); at["id"] != c.office {
				t.Errorf("%s goes to %v", k.kind, at)
			}
			desk := place["desk"].(map[string]any)
			if whole := map[string]string{"agenda_item": "meeting", "gazette_piece": "gazette"}[k.kind]; whole != "" && desk["kind"] != whole ||
				whole == "" && (desk["kind"] != k.kind || desk["id"] != k.id) {
				t.Errorf("%s is corrected in %v", k.kind, desk)
			}
			if mine := v.must("GET "+mine(id), nil); mine["about"].(map[string]any)["kind"] != k.kind {
				t.Errorf("%s: the resident reads %v", k.kind, mine)
			}
		}
		v := h.settle(t, "赵小满")
		v.refused(422, model.ErrFeedbackNotPublic.Code, "POST /api/v1/feedback",
			map[string]any{"kind": "mistake", "text": "错", "about": map[string]any{"kind": "event", "id": "01NOTHERE"}})
	})
}

func TestAPublicLetterIsKeptAndToldOfUntilItsAuthorTakesItBack(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.hall(t)
		id := v.answered(heatingLetter(), "热源已经修好。")
		keep := "PUT /api/v1/me/favourites/letter/" + id
		v.other.refused(404, "letter.not_found", keep, nil)
		v.release(t, id, nothing)
		v.other.must(keep, nil)
		told := v.other.give(map[string]any{"kind": "mistake", "text": "电话写错了。", "about": map[string]any{"kind": "letter", "id": id, "quote": "家里只有十四度"}})
		kept := items(v.other.must("GET /api/v1/me/favourites", nil))
		if f := kept[0]; f["title"] != "家里暖气不热" || f["kind_name"] != "公开来信" || f["gone"] != "" {
			t.Errorf("kept is %v", f)
		}
		r := v.clerk.must("GET "+onFile(told), nil)
		place := r["place"].(map[string]any)
		if place["page"] != "/letters/"+id || place["found"] != true || place["desk"].(map[string]any)["kind"] != "letter" {
			t.Errorf("its office is shown %v", place)
		}

		v.author.must("PUT "+myLetter(id)+"/consent", map[string]any{"may_publish": false})
		kept = items(v.other.must("GET /api/v1/me/favourites", nil))
		if f := kept[0]; f["title"] != "不再公开的来信" || f["gone"] == "" {
			t.Errorf("kept is still %v", f)
		}
		after := fmt.Sprint(v.clerk.must("GET "+onFile(told), nil), v.other.must("GET "+mine(told), nil))
		if strings.Contains(after, "暖气不热") || strings.Contains(after, "十四度") || !strings.Contains(after, "不再公开的来信") {
			t.Errorf("what was taken back is told: %s", after)
		}
	})
}
