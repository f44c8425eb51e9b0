package handler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	searching "yuandu/service/search"
)

// supervisor is somebody of the city office, who keeps the lists.
func (h *house) supervisor(t testing.TB) *visitor {
	t.Helper()
	return h.hire(t, h.found(t), "shifuban", "", model.Grant{Role: model.Supervisor})
}

const synonyms = "/admin/v1/words/synonyms"

func TestANewSynonymIsFoundAtOnceInEveryProcessAndNothingIsIndexedAnew(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		another := searching.New(h.openStore(t), h.index, h.parts.cache, h.clock, nil)
		elsewhere := func(text string) int {
			t.Helper()
			before, _, err := another.Try(ctx, text, nil)
			if err != nil {
				t.Fatal(err)
			}
			return before.Total
		}
		total := func(text string) int { return int(h.ask(t, "GET /api/v1/policies?q="+text).json(t)["total"].(float64)) }
		if total("毛孩子") != 0 || elsewhere("毛孩子") != 0 {
			t.Fatal("it is found before")
		}
		entry := map[string]any{"words": []string{"毛孩子", "古树名木"}, "one_way": true, "note": "试一试"}
		trial := v.must("POST "+synonyms+"/try", map[string]any{"q": "毛孩子", "entry": entry})
		if was, would := trial["before"].(map[string]any)["total"], trial["after"].(map[string]any); was != 0.0 || would["total"] != 1.0 ||
			!strings.Contains(fmt.Sprint(would["items"]), "城市绿化") || total("毛孩子") != 0 {
			t.Errorf("a trial says %v", trial)
		}
		r := v.must("POST "+synonyms, entry)
		if total("毛孩子") != 1 || elsewhere("毛孩子") != 1 || total("古树名木") != 1 {
			t.Errorf("a new word finds %d here and %d in another process", total("毛孩子"), elsewhere("毛孩子"))
		}
		if waiting, _, _, err := h.store.IndexQueue(ctx); err != nil || waiting != 0 {
			t.Errorf("%d documents are indexed anew (%v)", waiting, err)
		}
		at := fmt.Sprintf("%s/%s", synonyms, r["id"])
		r = v.must("PUT "+at, map[string]any{"words": []string{"毛孩子", "惠民消费券"}}, ifMatch(r))
		if total("毛孩子") != 1 || !strings.Contains(h.ask(t, "GET /api/v1/policies?q=毛孩子").body, "消费券") {
			t.Error("a changed word finds what it did")
		}
		v.refused(412, "edit.stale", "DELETE "+at, nil, `If-Match: "1"`)
		v.must("DELETE "+at, nil, ifMatch(r))
		if total("毛孩子") != 0 || elsewhere("毛孩子") != 0 {
			t.Error("a word that is gone still finds")
		}
	})
}

func TestSynonymsThatSayNothingNewOrLeadBackAreRefused(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		add := func(oneWay bool, words ...string) map[string]any {
			return map[string]any{"words": words, "one_way": oneWay}
		}
		v.must("POST "+synonyms, add(true, "甲种证", "乙种证"))
		v.must("POST "+synonyms, add(true, "乙种证", "丙种证"))
		if a := v.refused(409, "word.loop", "POST "+synonyms, add(true, "丙种证", "甲种证")); !strings.Contains(a.body, "丙种证 → 甲种证 → 乙种证 → 丙种证") {
			t.Errorf("the way back is not shown: %s", a.body)
		}
		v.refused(409, "word.shipped", "POST "+synonyms, add(false, "社会保险", "社保"))
		v.refused(409, "word.known", "POST "+synonyms, add(true, "社保", "社会保险"))
		v.refused(422, "word.short", "POST "+synonyms, add(false, "证", "证件"))
		v.refused(422, "word.few", "POST "+synonyms, add(false, "证件", " 证件 "))
		r := v.must("POST "+synonyms, add(false, "社保", "社保缴费"))
		if said := fmt.Sprint(r["also_in"]); !strings.Contains(said, "社会保险") {
			t.Errorf("that 社保 is in another group too is not said: %v", r)
		}
		v.must("POST "+synonyms+"/shipped", map[string]any{"name": "社会保险=社保", "off": true})
		v.must("POST "+synonyms, add(false, "社会保险", "社保"))
		v.refused(409, "word.taken", "POST "+synonyms+"/shipped", map[string]any{"name": "社会保险=社保", "off": false})
		v.refused(404, "word.not_found", "POST "+synonyms+"/shipped", map[string]any{"name": "没有=这样的", "off": true})
	})
}

func TestAnEditorChoosesWhatIsShownAsSearchedMuch(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		counted := map[string]int{"养老金": 40, "公积金提取": 30, "拆迁补偿": 20, "入学": 10, "偶尔": 2}
		if err := h.store.CountHotWords(ctx, model.Today(h.clock.Now()), counted); err != nil {
			t.Fatal(err)
		}
		hot := func() string { return fmt.Sprint(h.ask(t, "GET /api/v1/search/hot").json(t)["items"]) }
		const list = "/admin/v1/words/hot"
		v.must("POST "+list, map[string]any{"words": []string{"消费券"}, "until": "2026-11-25"})
		v.must("POST "+list, map[string]any{"words": []string{"入学"}})
		v.must("POST "+list, map[string]any{"words": []string{"拆迁"}, "hidden": true})
		v.refused(422, "word.unfit", "POST "+list, map[string]any{"words": []string{"加微信办证"}})
		v.refused(422, "word.until", "POST "+list, map[string]any{"words": []string{"医保缴费"}, "until": "2026-11-23"})
		v.refused(409, "word.taken", "POST "+list, map[string]any{"words": []string{"消费券"}, "hidden": true})
		if got := hot(); got != "[消费券 入学 养老金 公积金提取]" {
			t.Errorf("shown are %s", got)
		}
		table := v.must("GET "+list, nil)
		if said := fmt.Sprint(table["counted"]); !strings.Contains(said, "拆迁补偿") || strings.Contains(said, "偶尔") {
			t.Errorf("to choose from are %s", said)
		}
		var ids []string
		for _, item := range table["items"].([]any) {
			if item := item.(map[string]any); item["hidden"] == nil {
				ids = append([]string{item["id"].(string)}, ids...)
			}
		}
		v.must("POST "+list+"/order", map[string]any{"ids": ids})
		if got := hot(); got != "[入学 消费券 养老金 公积金提取]" {
			t.Errorf("turned round they are %s", got)
		}
		v.refused(412, "edit.stale", "POST "+list+"/order", map[string]any{"ids": ids[:1]})
		h.clock.Move(48 * time.Hour)
		if got := hot(); got != "[入学 养老金 公积金提取]" {
			t.Errorf("after its last day a word is shown: %s", got)
		}
	})
}

// checked are the codes and words that a check finds in a draft.
func (n *newsroom) checked(r map[string]any) string {
	n.editor.t.Helper()
	var found []string
	for _, f := range n.editor.must("GET /admin/v1/policies/"+r["id"].(string)+"/checks", nil)["items"].([]any) {
		f := f.(map[string]any)
		found = append(found, fmt.Sprint(f["code"], " ", f["text"], " ", f["severity"]))
	}
	return strings.Join(found, ", ")
}

func TestTheNextCheckGoesByTheListsOfTheCity(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		v := h.hire(t, n.admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		content := n.policy("鸢都市布署工作办法", "鸢建发〔2026〕50号")
		content["body"] = []map[string]any{{"kind": "text", "text": "第一条　潍方的村民在公布署名时，不得称刁民。"}}
		r := n.begin(content)
		if got := n.checked(r); !strings.Contains(got, "word.mistyped 布署 ask") || strings.Contains(got, "潍方") || strings.Contains(got, "公布署名") {
			t.Errorf("before, a check finds %s", got)
		}
		v.must("POST /admin/v1/words/mistyped", map[string]any{"words": []string{"潍方"}, "instead": "潍坊", "severity": "stop"})
		v.must("POST /admin/v1/words/forbidden", map[string]any{"words": []string{"刁民"}, "note": "不尊重人"})
		v.must("POST /admin/v1/words/mistyped/shipped", map[string]any{"name": "布署", "off": true})
		if got := n.checked(r); !strings.Contains(got, "word.mistyped 潍方 stop") || !strings.Contains(got, "word.forbidden 刁民 stop") || strings.Contains(got, "布署") {
			t.Errorf("then it finds %s", got)
		}
		n.editor.refused(403, "staff.not_allowed", "POST /admin/v1/words/mistyped", map[string]any{"words": []string{"错字"}, "instead": "对字"})
		if seen := n.editor.must("GET /admin/v1/words/mistyped", nil); seen["may_edit"] != false || len(seen["items"].([]any)) != 1 || len(seen["shipped"].([]any)) < 100 {
			t.Errorf("an editor sees %v", seen["items"])
		}
	})
}

func TestManyLinesComeInAtOnceOrNotAtAll(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		const list = "/admin/v1/words/mistyped"
		text := "潍方 → 潍坊 | 地名 | 潍方言\n昌易\t昌邑\n\n# 下面两行不对\n字 → 词\n寿光市 → 寿光市\n布署 → 部署"
		seen := v.must("POST "+list+"/lines", map[string]any{"text": text, "keep": true})
		var said []string
		for _, l := range seen["items"].([]any) {
			l := l.(map[string]any)
			said = append(said, fmt.Sprint(l["n"], " ", l["problem"] != nil, " ", l["same"]))
		}
		if got := strings.Join(said, ", "); seen["kept"] != 0.0 || got != "1 false false, 2 false false, 5 true false, 6 true false, 7 false true" {
			t.Errorf("%v are kept; %s", seen["kept"], got)
		}
		text = strings.ReplaceAll(text, "字 → 词\n寿光市 → 寿光市\n", "")
		if seen = v.must("POST "+list+"/lines", map[string]any{"text": text}); seen["kept"] != 0.0 {
			t.Error("a look keeps something")
		}
		if seen = v.must("POST "+list+"/lines", map[string]any{"text": text, "keep": true}); seen["kept"] != 2.0 {
			t.Errorf("%v are kept", seen["kept"])
		}
		for _, form := range []string{"csv", "text"} {
			exported := v.send("GET "+list+"/export?form="+form, nil)
			if !strings.Contains(exported.body, "潍方言") || !strings.Contains(exported.Header.Get("Content-Disposition"), "mistyped-2026-11-24") {
				t.Errorf("exported as %s: %s", form, exported.body)
			}
			if again := v.must("POST "+list+"/lines", map[string]any{"text": exported.body, "keep": true}); again["kept"] != 0.0 || strings.Contains(fmt.Sprint(again), "problem") {
				t.Errorf("what was exported as %s comes in again: %v", form, again)
			}
		}
		v.refused(422, "word.lines", "POST "+list+"/lines", map[string]any{"text": strings.Repeat("甲乙 → 丙丁\n", 2001)})
	})
}

func TestTwoWhoChangeTheSameWordDoNotOverwriteEachOther(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		v := h.supervisor(t)
		r := v.must("POST /admin/v1/words/forbidden", map[string]any{"words": []string{"刁民"}, "instead": "群众"})
		at := "/admin/v1/words/forbidden/" + r["id"].(string)
		v.must("PUT "+at, map[string]any{"words": []string{"刁民"}, "instead": "居民"}, ifMatch(r))
		late := v.refused(412, "edit.stale", "PUT "+at, map[string]any{"words": []string{"刁民"}, "instead": "市民"}, ifMatch(r))
		if now := late.json(t)["current"].(map[string]any); now["instead"] != "居民" || now["version"] != 2.0 {
			t.Errorf("who was late is shown %v", now)
		}
		v.refused(428, "request.version_missing", "PUT "+at, map[string]any{"words": []string{"刁民"}})
		v.refused(404, "word.not_found", "DELETE /admin/v1/words/mistyped/"+r["id"].(string), nil, ifMatch(r))
		for _, act := range []string{"words.added", "words.edited"} {
			h.trailed(t, act, 1)
			lines, err := h.store.AuditLines(ctx, auditOf(act))
			if err != nil || strings.Contains(lines[0].Details, "刁民") {
				t.Errorf("the trail holds the word itself: %s (%v)", lines[0].Details, err)
			}
		}
	})
}
