package handler_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// decided is a public meeting of the past with one item decided and one withheld.
func (n *newsroom) decided(day string) string {
	withheld := map[string]any{"title": "研究海防设施选址事宜", "withheld": true, "ground": "政府信息公开条例第十四条"}
	body := []any{map[string]any{"kind": "text", "text": "第一条　供热季自十一月十五日起。"}}
	first := n.item("审议《鸢都市供热管理办法（草案）》", "会议原则通过办法，由市住建局按程序印发。")
	second := n.item("研究冬季供暖保障工作", "会议要求各县市区三天内完成管网打压。")
	first["body"], second["body"] = body, body
	second["video_url"] = "https://video.example.com/1"
	r := n.editor.must("POST "+meetings, map[string]any{"department_id": n.office, "content": n.agenda(day, first, second, withheld)})
	n.signs(r, "")
	return r["id"].(string)
}

func TestEverybodyReadsUntilWhenDecisionsAreDue(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.editor.must("POST "+meetings, map[string]any{"department_id": n.office,
			"content": n.agenda("2026-11-26", n.item("审议供热管理办法", ""), n.item("研究冬季供暖", ""))})
		id := r["id"].(string)
		n.signs(r, "")
		public, page := "/api/v1/meetings/"+id, "/meetings/"+id
		h.tells(t, "before it is held, the law's day is known", "GET "+public, 200, `"due":"2026-12-24"`, "11月26日开会，次日起算，按《政府信息公开条例》第二十六条，20 个工作日", `"overdue":false`)
		h.tells(t, "its page says what comes", "GET "+page, 200, "议程已公布", "最迟 2026年12月24日")

		h.clock.Move(3 * 24 * time.Hour)
		n.editor.signIn("bianji")
		n.reviewer.signIn("shenhe")
		h.tells(t, "held, its page says until when", "GET "+page, 200, "已召开，待公开", "议定事项将在 2026年12月24日前公开")
		n.corrects(id, "补充议定事项", func(content map[string]any) {
			itemsOf(content)[0].(map[string]any)["decision"] = "会议原则通过。"
		})
		h.tells(t, "one of two is still due", "GET "+public, 200, `"phase":"decided"`, `"due":"2026-12-24"`)
		h.tells(t, "and said so", "GET "+page, 200, "其余议定事项将在 2026年12月24日前公开")

		h.clock.Move(40 * 24 * time.Hour)
		n.editor.signIn("bianji")
		n.reviewer.signIn("shenhe")
		h.tells(t, "weeks later it is said to be late", "GET "+public, 200, `"overdue":true`)
		h.tells(t, "on its page too", "GET "+page, 200, "应当在 2026年12月24日前公开，已经过期")
		n.corrects(id, "补充议定事项", func(content map[string]any) {
			itemsOf(content)[1].(map[string]any)["decision"] = "会议要求保障供暖。"
		})
		h.tells(t, "with all decided nothing is due", "GET "+public, 200, `"due":""`, `"due_explanation":""`, `"overdue":false`)
	})
}

func TestMeetingsHavePagesOfTheirOwn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.decided("2026-11-20")
		h.catchUp(t)
		page := h.page(t, "/meetings/"+id)
		for _, says := range []string{"会议原则通过办法", "各县市区三天内完成", "另有 1 项议题依法不公开：政府信息公开条例第十四条", "市政府第一会议室", "https://video.example.com/1"} {
			if !strings.Contains(page.body, says) {
				t.Errorf("the page does not tell %s", says)
			}
		}
		if strings.Contains(page.body, "海防") {
			t.Error("the page tells of an item that is not public")
		}
		meta := page.meta()
		if meta["ColumnName"] != "会议公开" || meta["ArticleTitle"] != "十八届市政府第63次常务会议" || meta["PubDate"] == "" ||
			!strings.Contains(meta["Description"], "原则通过") {
			t.Errorf("its tags are %v", meta)
		}
		list := h.page(t, "/meetings")
		if got := list.link("十八届市政府第63次"); got != "/meetings/"+id {
			t.Errorf("the list leads to %q", got)
		}
		h.tell(t, []story{
			{name: "the list of a column", ask: "GET /meetings?column=executive&year=2026", status: 200, says: []string{"共 1 次会议", "2026年"}},
			{name: "of a year without any", ask: "GET /meetings?year=2020", status: 200, says: []string{"共 0 次会议"}},
			{name: "what is no year", ask: "GET /meetings?year=-3&page=999999", status: 200},
			{name: "found by words", ask: "GET /meetings?q=供热管理办法", status: 200, says: []string{"/meetings/" + id + "#item-"}},
			{name: "nothing is found anywhere", ask: "GET /api/v1/search?q=木星上的石头", status: 200, says: []string{`"kind":"agenda_item","total":0`}},
			{name: "nothing found", ask: "GET /meetings?q=木星", status: 200, says: []string{"没有找到“木星”"}},
			{name: "what is withheld is not found", ask: "GET /meetings?q=海防设施选址", status: 200, hides: []string{"研究海防"}},
			{name: "a search of policies leads here", ask: "GET /policies?q=供暖", status: 200, says: []string{`href="/meetings?q=%e4%be%9b%e6%9a%96"`}},
			{name: "so does the site's front", ask: "GET /", status: 200, says: []string{`href="/meetings"`, "全部 1 次会议", "/meetings/" + id}},
			{name: "the sitemap lists it", ask: "GET /sitemap.xml", status: 200, says: []string{"/meetings</loc>", "/meetings/" + id}},
			{name: "what never was is missing", ask: "GET /meetings/01JZZZZZZZZZZZZZZZZZZZZZZZ", status: 404, says: []string{"没有这次会议"}},
		})
	})
}

func TestAMeetingIsProvenAndItsVersionsCompared(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.decided("2026-11-20")
		n.corrects(id, "更正责任单位", func(content map[string]any) {
			itemsOf(content)[0].(map[string]any)["decision"] = "会议原则通过办法，由市城管局按程序印发。"
		})
		h.catchUp(t)
		h.proves(t, "/api/v1/meetings/"+id, 2)
		h.tell(t, []story{
			{name: "what changed is told", ask: "GET /api/v1/meetings/" + id + "/compare", status: 200, says: []string{"住建", "城管"}},
			{name: "on a page too", ask: "GET /meetings/" + id + "/revisions", status: 200, says: []string{"第 1 版与第 2 版对照", "/meetings/" + id + "/proof"}},
			{name: "with the proof", ask: "GET /meetings/" + id + "/proof", status: 200, says: []string{"更正责任单位", "/api/v1/meetings/" + id + "/canonical"}},
		})
		sum := h.ask(t, "GET /api/v1/meetings/"+id+"/proof").json(t)["revisions"].([]any)[0].(map[string]any)["sm3"].(string)
		h.tells(t, "a hash leads to it", "GET /proof?q="+sum, 200, "看这次会议的存证")

		n.corrects(id, "一项议题不再公开", func(content map[string]any) {
			open := itemsOf(content)[1].(map[string]any)
			open["withheld"], open["ground"] = true, "政府信息公开条例第十六条"
		})
		h.tells(t, "where an item is not public any more, older versions are closed", "GET /api/v1/meetings/"+id+"/compare?from=1&to=3", 404, "有议题不再公开")
		h.clock.Move(time.Minute)
		r := n.editor.must("GET "+meetings+"/"+id, nil)
		n.reviewer.must("POST "+meetings+"/"+id+"/withdraw", map[string]any{"reason": "会议内容有误"}, ifMatch(r))
		h.catchUp(t)
		h.tell(t, []story{
			{name: "withdrawn, its page says why", ask: "GET /meetings/" + id, status: 404, says: []string{"会议内容有误"}},
			{name: "so does its list of versions", ask: "GET /meetings/" + id + "/revisions", status: 404},
			{name: "that it was public stays proven", ask: "GET /meetings/" + id + "/proof", status: 200, says: []string{"已经撤回"}},
			{name: "and the sitemap forgets it", ask: "GET /sitemap.xml", status: 200, hides: []string{id}},
		})
	})
}

func TestAnItemStandsWithinItsMeeting(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.decided("2026-11-20")
		agenda := h.ask(t, "GET /api/v1/meetings/"+id).json(t)["agenda"].([]any)
		second := agenda[1].(map[string]any)["id"].(string)
		item := h.ask(t, "GET /api/v1/agenda-items/"+second).json(t)
		within := item["within"].(map[string]any)
		if within["id"] != id || len(within["items"].([]any)) != 2 || within["withheld"].([]any)[0] != "政府信息公开条例第十四条" {
			t.Errorf("it stands within %v", within)
		}
	})
}

func TestTheFirstPageShowsTheLastMeetingAndColumnsTheirYears(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		if kinds, _ := h.front(t); strings.Contains(kinds, "meetings") {
			t.Errorf("without meetings there are %s", kinds)
		}
		id := n.decided("2026-11-20")
		_, blocks := h.front(t)
		if held := items(blocks["meetings"]); len(held) != 1 || held[0]["id"] != id || held[0]["phase"] != "decided" {
			t.Errorf("the first page shows %v", held)
		}
		var columns struct {
			Items []struct {
				ID      string
				Version int64
				Name    string
				Years   []int
			}
		}
		if err := json.Unmarshal([]byte(h.ask(t, "GET /api/v1/meeting-columns").body), &columns); err != nil {
			t.Fatal(err)
		}
		for _, c := range columns.Items {
			if holds := len(c.Years) == 1 && c.Years[0] == 2026; holds != (c.ID == "executive") || c.Years == nil {
				t.Errorf("%s holds meetings of %v", c.Name, c.Years)
			}
		}
	})
}
