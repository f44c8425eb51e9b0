package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAResidentFollowsASearch(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		h.visit(t).refused(401, "signin.needed", "POST /api/v1/me/searches", map[string]any{"text": "养老"})
		office := h.ids["鸢都市民政局"]
		if s := v.must("GET /api/v1/me/searches?q=养老+补贴&department="+office+"&year=2024&year=2023", nil); s["followed"] != false || s["name"] != "养老 补贴 · 鸢都市民政局 · 2023年、2024年" {
			t.Errorf("before it is followed it is %v", s)
		}
		wish := map[string]any{"text": " 养老　补贴", "department": []string{office}, "year": []string{"2024", "2023", "2024"}}
		first := v.must("POST /api/v1/me/searches", wish)
		if first["followed"] != true || len(first["key"].(string)) != 32 {
			t.Errorf("followed, it is %v", first)
		}
		h.clock.Move(time.Minute)
		wish["text"] = "补贴 養老"
		if second := v.must("POST /api/v1/me/searches", wish); second["key"] != first["key"] {
			t.Errorf("the same said otherwise is %v", second)
		}
		page := v.must("GET /api/v1/me/follows", nil)
		if page["total"] != 1.0 {
			t.Fatalf("%v", page)
		}
		f := items(page)[0]
		search := f["search"].(map[string]any)
		if f["kind"] != "search" || f["name"] != first["name"] || f["gone"] != "" || f["pace"] != "now" || f["paused"] != false ||
			search["text"] != "养老 补贴" || fmt.Sprint(search["department"], search["year"]) != "["+office+"] [2023 2024]" {
			t.Errorf("the list says %v", f)
		}
		thing := "/api/v1/me/follows/search/" + first["key"].(string)
		v.must("DELETE "+thing, nil)
		if m := v.must("PUT "+thing, nil); m["followed"] != true {
			t.Errorf("taken back, it is %v", m)
		}
		for _, nothing := range []map[string]any{{}, {"text": "  "}, {"text": "🎉"}, {"text": "。", "year": []string{"2024"}}} {
			v.refused(422, "search.empty", "POST /api/v1/me/searches", nothing)
		}
		v.refused(422, "input.invalid", "POST /api/v1/me/searches", map[string]any{"text": strings.Repeat("养", 201)})
		v.refused(422, "input.invalid", "POST /api/v1/me/searches", map[string]any{"text": "养老", "validity": []string{"maybe"}})
		v.refused(404, "search.not_found", "PUT /api/v1/me/follows/search/none", nil)
	})
}

// What is followed is what the search understood, so that a question in plain
// language is not followed in vain.
func TestASearchIsFollowedAsItWasUnderstood(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		for typed, meant := range map[string]string{"gongjijin": "公积金", "退休后养老金怎么领取": "退休 养老金 领取", "请问（鸢政发〔2023〕1号）还有效吗": "鸢政发〔2023〕1号",
			"没有人写过的词": "没有人写过的词", "养老": "养老"} {
			if s := v.must("POST /api/v1/me/searches", map[string]any{"text": typed}); s["name"] != meant {
				t.Errorf("%s is followed as %v", typed, s["name"])
			}
		}
	})
}

func TestAResidentChoosesHowOftenTheyAreTold(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		for _, thing := range []string{"topic/elderly", "topic/housing", "department/«鸢都市民政局»"} {
			v.must("PUT /api/v1/me/follows/"+thing, nil)
			h.clock.Move(time.Minute)
		}
		said := func() string {
			page := v.must("GET /api/v1/me/follows", nil)
			var all []string
			for _, f := range items(page) {
				all = append(all, fmt.Sprint(f["name"], f["pace"], f["paused"]))
			}
			return fmt.Sprint(page["paused"], all)
		}
		v.send("PATCH /api/v1/me/follows/topic/elderly", map[string]any{"pace": "weekly"})
		v.send("POST /api/v1/me/follows/topic/housing", map[string]any{"pace": "daily", "paused": true}, "X-HTTP-Method-Override: PATCH")
		v.must("PUT /api/v1/me/follows/topic/housing", nil) // followed again, it stays as it is
		if got := said(); got != "1 [鸢都市民政局nowfalse 住房dailytrue 养老weeklyfalse]" {
			t.Errorf("after two changes: %s", got)
		}
		export := unzip(t, v.send("GET /api/v1/me/export", nil).body)["index.html"]
		if !strings.Contains(export, "每日汇总") || !strings.Contains(export, "已暂停") {
			t.Error("the export says nothing of how often, nor of what rests")
		}
		v.send("POST /api/v1/me/follows/pause", map[string]any{"paused": true})
		if got := said(); got != "3 [鸢都市民政局nowtrue 住房dailytrue 养老weeklytrue]" {
			t.Errorf("all paused: %s", got)
		}
		v.send("POST /api/v1/me/follows/pause", map[string]any{"paused": false})
		if got := said(); got != "0 [鸢都市民政局nowfalse 住房dailyfalse 养老weeklyfalse]" {
			t.Errorf("all on again: %s", got)
		}
		v.refused(404, "follow.not_found", "PATCH /api/v1/me/follows/topic/education", map[string]any{"paused": true})
		v.refused(422, "input.invalid", "PATCH /api/v1/me/follows/topic/elderly", map[string]any{"pace": "hourly"})
	})
}

func TestASearchThatNobodyFollowsIsForgotten(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v, other := h.settle(t, "王芳"), h.settle(t, "李建国")
		key := v.must("POST /api/v1/me/searches", map[string]any{"text": "养老"})["key"].(string)
		other.must("POST /api/v1/me/searches", map[string]any{"text": "养老"})
		thing := "/api/v1/me/follows/search/" + key
		there := func() bool {
			list, err := h.store.SavedSearches(ctx, []string{key})
			if err != nil {
				t.Fatal(err)
			}
			return len(list) == 1
		}
		sweep := func() {
			if err := h.handler.Follow.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
		}
		v.must("DELETE "+thing, nil)
		h.clock.Move(2 * time.Hour)
		if sweep(); !there() {
			t.Error("it was forgotten while somebody followed it")
		}
		other.must("DELETE /api/v1/me", nil)
		if sweep(); there() {
			t.Error("nobody follows it, and it is kept")
		}
		v.must("POST /api/v1/me/searches", map[string]any{"text": "养老"})
		v.must("DELETE "+thing, nil)
		if sweep(); !there() {
			t.Error("it was forgotten before its resident could take that back")
		}
	})
}

func TestWhoFollowsASearchIsToldOfANewDocumentThatItFinds(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		v, other, resting := h.settle(t, "王芳"), h.settle(t, "李建国"), h.settle(t, "赵小满")
		v.must("POST /api/v1/me/searches", map[string]any{"text": "加装电梯 老旧小区", "year": []string{"2026"}})
		other.must("POST /api/v1/me/searches", map[string]any{"text": "加装电梯", "year": []string{"2020"}})
		resting.must("POST /api/v1/me/searches", map[string]any{"text": "加装电梯"})
		resting.send("POST /api/v1/me/follows/pause", map[string]any{"paused": true})
		n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		h.told(t)
		page := v.must("GET /api/v1/me/notices", nil)
		if page["total"] != 1.0 {
			t.Fatalf("%v", page)
		}
		if why := items(page)[0]["why"].(string); !strings.Contains(why, "加装电梯 老旧小区 · 2026年") {
			t.Errorf("why it came: %s", why)
		}
		for name, nobody := range map[string]*visitor{"whose filter leaves it out": other, "whose follows rest": resting} {
			if page := nobody.must("GET /api/v1/me/notices", nil); page["total"] != 0.0 {
				t.Errorf("who %s was told %v", name, page)
			}
		}
	})
}
