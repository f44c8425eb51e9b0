package handler_test

import (
	"slices"
	"strings"
	"testing"

	"yuandu/handler"
)

func TestADocumentNumberFindsItsDocumentHoweverItIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, typed := range []string{
			"国办发〔2018〕123号", "国办发[2018]123号", "国办发(2018)123号", "国办发（2018）123号", "国办发【2018】123号", "国办发〔２０１８〕１２３号",
			"国办发2018 123", "国办发2018123号", "国办发 2018年 第123号", "国办发〔2018〕第123号", "国办发〔2018〕123", " 国办发 〔 2018 〕 123 号 ",
			"國辦發〔2018〕123號",
		} {
			page := h.list(t, "q="+strings.ReplaceAll(typed, " ", "+"))
			if page.Total != 3 || page.Items[0].DocNumber != "国办发〔2018〕123号" || page.Items[0].Cites {
				t.Errorf("%q finds %d, first %q", typed, page.Total, titles(page.Items))
				continue
			}
			if !page.Items[1].Cites || !page.Items[2].Cites {
				t.Errorf("%q: those that cite it are not said to: %+v", typed, page.Items)
			}
			if page.Hint == nil || page.Hint.Kind != "cited" || !strings.Contains(page.Hint.Text, "国办发〔2018〕123号") {
				t.Errorf("%q: the hint is %+v", typed, page.Hint)
			}
		}
	})
}

func TestOtherWaysToAskForANumber(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if page := h.list(t, "q=鸢政办字2026 3号"); len(page.Items) != 1 || page.Hint != nil {
			t.Errorf("a number that nobody cites: %q, %+v", titles(page.Items), page.Hint)
		}
		if page := h.list(t, "q=鲁政发〔2016〕77号"); page.Total != 1 || !page.Items[0].Cites || page.Hint == nil ||
			page.Hint.Kind != "cited" {
			t.Errorf("a number that is not here but cited: %+v", page)
		}
		page := h.list(t, "q=鸢政发2023")
		if len(page.Items) != 1 || page.Items[0].DocNumber != "鸢政发〔2023〕1号" || page.Items[0].Cites {
			t.Errorf("issuer and year: %+v", page.Items)
		}
		if page := h.list(t, "q=鸢都市人民政府令第5号"); len(page.Items) == 0 || page.Items[0].Title != "鸢都市城市绿化管理规定" {
			t.Errorf("an order: %q", titles(page.Items))
		}
		if page := h.list(t, "q=国办发〔2018〕123号&department=«鸢都市民政局»"); page.Total != 1 || !page.Items[0].Cites {
			t.Errorf("a number among one office's documents: %+v", page.Items)
		}
	})
}

func TestWordsFindWhatTheyMean(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			name, q, finds string
			hint, shown    string // kind and understood words of the hint
		}{
			{"a single character of a title", "券", "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版", "", ""},
			{"the end of a word", "镇困难", longTitle, "", ""},
			{"a whole title", longTitle, longTitle, "", ""},
			{"a word of the text", "古树名木", "鸢都市城市绿化管理规定", "", ""},
			{"pinyin", "gongjijin", "鸢都市住房公积金提取管理办法", "loosened", "公积金"},
			{"initials", "zfgjj", "鸢都市住房公积金提取管理办法", "loosened", "住房公积金"},
			{"characters that sound the same", "养劳保险", "鸢都市城乡居民基本养老保险实施办法", "loosened", "养老保险"},
			{"traditional characters", "養老保險", "鸢都市城乡居民基本养老保险实施办法", "", ""},
			{"simplified ones for a traditional title", "消防设施", "關於養老院消防設施的規定", "", ""},
			{"another word for it", "社保", "灵活就业人员社会保险缴费指引", "", ""},
			{"the official word for a short one", "最低生活保障", "关于提高城乡低保标准的通知", "", ""},
			{"an office by a name that people use", "人社局", "鸢都市城乡居民基本养老保险实施办法", "", ""},
			{"a question in plain language", "退休后养老金怎么领取", "关于退休人员养老金领取资格认证的通知", "", ""},
			{"words around the one that counts", "请问公积金怎么样", "鸢都市住房公积金提取管理办法", "loosened", "公积金"},
			{"full width and other letters", "２０２５年　鸢都市", "🎉🎊2025年鸢都市惠民消费券发放活动方案𠮷版", "", ""},
		} {
			page := h.list(t, "limit=100&q="+c.q)
			if !slices.Contains(titles(page.Items), c.finds) {
				t.Errorf("%s: %s finds %q", c.name, c.q, titles(page.Items))
			}
			hint := handler.Hint{}
			if page.Hint != nil {
				hint = *page.Hint
			}
			if hint.Kind != c.hint || hint.Query != c.shown || c.shown != "" && !strings.Contains(hint.Text, c.shown) {
				t.Errorf("%s: the hint is %+v", c.name, hint)
			}
		}
	})
}

func TestAnAnswerToLessThanWasAskedSaysSo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		page := h.list(t, "q=养劳保险")
		if page.Hint == nil || page.Hint.Text != "没有找到“养劳保险”，显示“养老保险”的结果。" {
			t.Errorf("%+v", page.Hint)
		}
		some := h.list(t, "q=老旧小区改造与月球基地建设")
		if some.Hint == nil || some.Hint.Kind != "loosened" || some.Total == 0 {
			t.Errorf("words of which one is nowhere: %d, %+v", some.Total, some.Hint)
		}
		if none := h.list(t, "q=没有一个字对得上xyzq"); none.Total == 0 && none.Hint != nil {
			t.Errorf("nothing found, and yet %+v", none.Hint)
		}
		if strict := h.list(t, "q=公积金&department=«鸢都市教育局»"); strict.Total != 0 || strict.Hint != nil {
			t.Errorf("filters that leave nothing loosened the question: %q, %+v", titles(strict.Items), strict.Hint)
		}
	})
}

func TestWhatHoldsAndIsNewStandsAboveWhatIsOld(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for q, order := range map[string][2]string{
			"居家养老服务补贴": {"鸢都市居家养老服务补贴办法", "鸢都市居家和社区养老服务补贴办法"}, // the whole phrase above scattered words
			"招生入学":     {"鸢都市义务教育阶段学校招生入学工作通知", "鸢都市义务教育阶段学校招生入学工作意见"},
			"养老服务管理办法": {"鸢都市养老服务管理办法", "鸢都市人民政府关于修改《鸢都市养老服务管理办法》的决定"},
			"养老机构":     {"鸢都市养老机构等级评定实施细则", "鸢都市养老服务管理办法"}, // title above body
		} {
			found := titles(h.list(t, "limit=100&q="+q).Items)
			first, second := slices.Index(found, order[0]), slices.Index(found, order[1])
			if first < 0 || second < 0 || first > second {
				t.Errorf("%s: %q", q, found)
			}
		}
	})
}

func TestWhileTheEngineIsAwayTitlesStillAnswer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, q := range []string{"q=住房公积金", "q=养老&topic=elderly&sort=newest", ""} {
			well := h.list(t, q)
			if err := h.store.TouchPublic(ctx); err != nil { // so that no kept answer helps
				t.Fatal(err)
			}
			h.index.away.Store(true)
			degraded, again := h.list(t, q), h.list(t, q)
			h.index.away.Store(false)
			if !degraded.Degraded || !again.Degraded || degraded.Total == 0 || len(degraded.Facets) != 5 {
				t.Errorf("%s: degraded %v, %d found", q, degraded.Degraded, degraded.Total)
			}
			if back := h.list(t, q); back.Degraded || back.Total != well.Total || well.Degraded {
				t.Errorf("%s: after the engine is back: degraded %v, %d of %d", q, back.Degraded, back.Total,
					well.Total)
			}
		}
		h.index.away.Store(true)
		defer h.index.away.Store(false)
		if page := h.list(t, "q=国办发2018 123"); page.Items[0].DocNumber != "国办发〔2018〕123号" {
			t.Errorf("a number: %q", titles(page.Items))
		}
		h.tell(t, []story{
			{name: "the page says that search is recovering", ask: "GET /policies?q=住房公积金", status: 200,
				says: []string{"搜索正在恢复", "<mark>住房公积金</mark>提取管理办法"}},
			{name: "topics are there", ask: "GET /api/v1/topics", status: 200, says: []string{`"name":"养老"`}},
			{name: "suggestions are there", ask: "GET /api/v1/policies/suggest?q=公积金",
				status: 200, says: []string{"鸢都市住房公积金提取管理办法"}},
			{name: "every kind answers", ask: "GET /api/v1/search?q=公积金",
				status: 200, says: []string{`"degraded":true`, "住房公积金提取政策解读"}},
			{name: "the house says so to whoever watches it", ask: "GET /readyz",
				status: 200, says: []string{`"status":"degraded"`}},
		})
	})
}
