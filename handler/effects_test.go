package handler_test

import (
	"testing"
)

// repealing is a draft that says in its text which document it repeals.
func (n *newsroom) repealing(old, number string) map[string]any {
	content := n.policy("鸢都市加装电梯管理办法", "鸢建发〔2026〕40号")
	content["effective_date"] = "2026-12-20"
	content["body"] = []map[string]any{
		{"kind": "text", "text": "第一条　根据《中华人民共和国民法典》，制定本办法。"},
		{"kind": "text", "text": "第二条　本办法自2026年12月20日起施行，《" + old + "》（" + number + "）同时废止。"},
	}
	return content
}

func TestTheTextProposesWhatADraftDoesToOthers(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		old := n.published(t, n.policy("鸢都市加装电梯暂行办法", "鸢建发〔2023〕3号"))
		content := n.repealing("鸢都市加装电梯暂行办法", "鸢建发〔2023〕3号")
		r := n.begin(content)
		desk := "/admin/v1/policies/" + r["id"].(string)
		items := n.editor.must("GET "+desk+"/proposals", nil)["items"].([]any)
		if len(items) != 2 {
			t.Fatalf("read in the text: %v", items)
		}
		repeal, basis := items[0].(map[string]any), items[1].(map[string]any)
		if repeal["kind"] != "repeals" || repeal["target_id"] != old["id"] || repeal["since"] != "2026-12-20" || repeal["taken"] != false {
			t.Errorf("the repeal is read as %v", repeal)
		}
		if basis["kind"] != "based_on" || basis["known"] != false || basis["target_title"] != "中华人民共和国民法典" {
			t.Errorf("the basis is read as %v", basis)
		}
		content["relations"] = []map[string]any{{"kind": "repeals", "target_id": old["id"]}}
		n.editor.must("PUT "+desk, map[string]any{"content": content}, ifMatch(r))
		items = n.editor.must("GET "+desk+"/proposals", nil)["items"].([]any)
		if items[0].(map[string]any)["taken"] != true {
			t.Errorf("what the draft has is proposed again: %v", items[0])
		}
	})
}

func TestARepealSaysWhatItTouchesAndTakesEffectOnItsDay(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		old := n.published(t, n.policy("鸢都市加装电梯暂行办法", "鸢建发〔2023〕3号"))["id"].(string)
		citing := n.policy("鸢都市加装电梯补助细则", "鸢建发〔2024〕9号")
		citing["relations"] = []map[string]any{{"kind": "based_on", "target_id": old}}
		n.published(t, citing)
		content := n.repealing("鸢都市加装电梯暂行办法", "鸢建发〔2023〕3号")
		content["relations"] = []map[string]any{{"kind": "repeals", "target_id": old}, {"kind": "repeals", "target_title": "没有收录的办法"}}
		r := n.begin(content)
		desk := "/admin/v1/policies/" + r["id"].(string)
		items := n.reviewer.must("GET "+desk+"/effects", nil)["items"].([]any)
		target := items[0].(map[string]any)["target"].(map[string]any)
		if target["validity"] != "pending" && target["validity"] != "in_force" || target["becomes"] != "repealed" {
			t.Errorf("the old one is, and becomes: %v", target)
		}
		if c := items[0].(map[string]any)["citing"].(map[string]any); c["total"].(float64) != 1 ||
			c["items"].([]any)[0].(map[string]any)["title"] != "鸢都市加装电梯补助细则" {
			t.Errorf("still citing it: %v", c)
		}
		if away := items[1].(map[string]any)["target"].(map[string]any); away["id"] != "" || away["validity"] != "" {
			t.Errorf("one that is not here: %v", away)
		}
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		n.reviewer.must("POST "+desk+"/sign", signedNow, ifMatch(r))
		h.tells(t, "until its day the old one holds", "GET /api/v1/policies/"+old+"?at="+h.clock.Now().Format("2006-01-02"), 200, `"incoming"`)
		h.clock.Move(40 * 24 * 3600e9)
		h.tells(t, "then it is repealed, and says by which", "GET /api/v1/policies/"+old, 200, `"validity":"repealed"`, "鸢都市加装电梯管理办法")
		h.tells(t, "on its page too", "GET /policies/"+old, 200, "已废止", "鸢建发〔2026〕40号")
	})
}
