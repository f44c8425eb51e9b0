package handler_test

import (
	"net/http"
	"strings"
	"testing"
)

// typed is a text that no log may know: TestMain looks.
const typed = "养老服务管理办法里，养老机构是不是要公开收费标准，我叫钱未寄"

func (v *visitor) related(text string) []any {
	v.t.Helper()
	return v.must("POST /api/v1/related", map[string]any{"text": text})["items"].([]any)
}

func TestWhoeverTypesReadsWhatIsAnsweredAlready(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.visit(t)
		a := v.send("POST /api/v1/related", map[string]any{"text": typed, "topic": "elderly"})
		if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		items := a.json(t)["items"].([]any)
		if len(items) == 0 || len(items) > 5 {
			t.Fatalf("%d answers: %s", len(items), a.body)
		}
		first := items[0].(map[string]any)
		source, _ := first["source"].(map[string]any)
		if first["kind"] != "policy" || first["title"] != "鸢都市养老服务管理办法" || source["article"] != "第十二条" ||
			source["doc_number"] != "鸢政发〔2023〕1号" || !strings.Contains(first["snippet"].(string), "公开收费标准") ||
			first["validity"] != "amended" || first["validity_name"] != "已被修改" || first["date"] != "2023-03-01" ||
			!strings.Contains(first["text"].(string), "公开收费标准") || first["cut"] != false || len(first["offices"].([]any)) != 1 {
			t.Errorf("the article that answers is not there: %s", a.body)
		}
		for _, item := range v.related("居家养老服务补贴每月多少元") {
			if title := item.(map[string]any)["title"]; title == "鸢都市居家养老服务补贴办法" {
				t.Errorf("what was repealed is shown: %v", item)
			}
		}
	})
}

func TestWhateverIsTypedIsRelatedToSomethingOrNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.visit(t)
		for _, text := range append(oddTexts, "", "？！", "的") {
			if a := v.send("POST /api/v1/related", map[string]any{"text": text}); a.StatusCode != http.StatusOK {
				t.Errorf("%.40q: %d %.300s", text, a.StatusCode, a.body)
			}
		}
		v.refused(422, "input.invalid", "POST /api/v1/related", map[string]any{"text": strings.Repeat("养", 20001)})
		if a := v.send("GET /api/v1/related?text=x", nil); a.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("what is written may stand in an address: %d", a.StatusCode)
		}
	})
}

func TestTypingTakesNothingFromWriting(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		author := h.settle(t, "王芳")
		slowed := false
		for range 70 {
			if a := author.send("POST /api/v1/related", map[string]any{"text": "暖气"}, "Idempotency-Key: "); a.StatusCode == http.StatusTooManyRequests {
				slowed = a.Header.Get("Retry-After") != ""
				break
			}
		}
		if !slowed {
			t.Error("somebody may ask 70 times in a minute")
		}
		author.must("POST /api/v1/letters", heatingLetter())
	})
}
