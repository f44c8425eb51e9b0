package handler_test

import (
	"strings"
	"testing"
)

func TestACitySetsWhatItSaysOfItself(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		settings := v.must("GET /admin/v1/settings", nil)
		settings["city_name"], settings["site_name"], settings["phone"], settings["filing_number"] = "青州市", "青州政事", "0536-12345", "鲁ICP备2026000001号-1"
		boards := settings["boards"].([]any)
		boards[0] = map[string]any{"name": "ask", "open": true}
		for field, wrong := range map[string]any{"phone": "打电话", "city_name": "青", "number_prefix": "太长的编号前缀", "mark": "\n"} {
			was := settings[field]
			settings[field] = wrong
			a := v.send("PUT /admin/v1/settings", settings, `If-Match: "0"`)
			if a.StatusCode != 422 || !strings.Contains(a.body, `"field":"`+field+`"`) {
				t.Errorf("%s: %d %s", field, a.StatusCode, a.body)
			}
			settings[field] = was
		}
		boards[1] = map[string]any{"name": "opinion", "open": false, "note": ""}
		v.refused(422, "setting.note", "PUT /admin/v1/settings", settings, `If-Match: "0"`)
		boards[1] = map[string]any{"name": "opinion", "open": false, "note": "2027 年 1 月开通"}
		v.must("PUT /admin/v1/settings", settings, `If-Match: "0"`)
		stale := v.refused(412, "edit.stale", "PUT /admin/v1/settings", settings, `If-Match: "0"`)
		if !strings.Contains(stale.body, `"current":{"city_name":"青州市"`) {
			t.Error(stale.body)
		}
		h.tell(t, []story{
			{name: "everybody is told", ask: "GET /api/v1/city", status: 200, says: []string{"青州政事", `"name":"ask","open":true`, "2027 年 1 月开通"}},
			{name: "every page is", ask: "GET /", status: 200, says: []string{"<title>青州政事</title>", "0536-12345", "鲁ICP备2026000001号-1"}, hides: []string{"鸢都政事"}},
			{name: "without a privacy text there is no link to it", ask: "GET /", status: 200, hides: []string{`href="/privacy"`}},
		})
	})
}

func TestAPrivacyTextIsPublishedAndShown(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		v.refused(422, "privacy.short", "POST /admin/v1/privacy", map[string]string{"text": "太短", "summary": "x"})
		v.refused(422, "privacy.summary", "POST /admin/v1/privacy", map[string]string{"text": longText, "summary": " "})
		v.must("POST /admin/v1/privacy", map[string]string{"text": longText, "summary": "第一次发布"})
		v.must("POST /admin/v1/privacy", map[string]string{"text": longText + "\n\n三、更新。", "summary": "加了第三节"})
		if list := v.must("GET /admin/v1/privacy", nil)["items"].([]any); len(list) != 2 || list[0].(map[string]any)["version"] != 2.0 {
			t.Errorf("%v", list)
		}
		h.tell(t, []story{
			{name: "programs read it", ask: "GET /api/v1/privacy", status: 200, says: []string{`"version":2`, "加了第三节"}},
			{name: "people read it", ask: "GET /privacy", status: 200, says: []string{"第 2 版", "三、更新。", "2026年11月24日发布"}},
			{name: "and find the way", ask: "GET /", status: 200, says: []string{`href="/privacy"`}},
		})
	})
}

func TestTheNextYearsHolidaysAreLoadedAndDeadlinesFollow(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.found(t)
		calendar := v.must("GET /admin/v1/calendar", nil)
		if missing := calendar["missing"].([]any); len(missing) != 1 || missing[0] != 2027.0 || len(calendar["items"].([]any)) != 20 {
			t.Errorf("%v", missing)
		}
		before := v.must("GET /admin/v1/calendar/deadline?from=2026-12-28&days=5", nil)
		if before["day"] != "2027-01-04" || !strings.Contains(before["explanation"].(string), "2027年放假安排尚未公布") {
			t.Errorf("%v", before)
		}
		year := map[string]any{"year": 2027, "notices": []string{"国办发明电〔2026〕9号"}, "off": []any{map[string]string{"name": "元旦", "from": "2027-01-01", "until": "2027-01-03"}},
			"makeup": []string{"2027-01-05"}}
		v.refused(422, "holiday.weekday", "PUT /admin/v1/calendar/2027", year, `If-Match: "0"`)
		year["makeup"] = []string{"2027-01-09"}
		v.must("PUT /admin/v1/calendar/2027", year, `If-Match: "0"`)
		v.refused(412, "edit.stale", "PUT /admin/v1/calendar/2027", year, `If-Match: "0"`)
		after := v.must("GET /admin/v1/calendar/deadline?from=2026-12-28&days=5", nil)
		if after["day"] != "2027-01-05" || len(after["unknown"].([]any)) != 0 {
			t.Errorf("%v", after)
		}
		v.refused(422, "day.malformed", "GET /admin/v1/calendar/deadline?from=never&days=5", nil)
	})
}
