package handler_test

import (
	"slices"
	"testing"
	"time"

	"yuandu/handler"
)

// policy reads a whole policy.
func (h *house) policy(t testing.TB, name string) handler.PolicyDetail {
	t.Helper()
	return read[handler.PolicyDetail](t, h, "GET /api/v1/policies/«"+name+"»")
}

func TestAPolicyIsReadWhole(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.policy(t, "鸢政发〔2023〕1号")
		for _, c := range []struct{ what, got, want string }{
			{"title", p.Title, "鸢都市养老服务管理办法"}, {"number", p.DocNumber, "鸢政发〔2023〕1号"}, {"index number", p.IndexNumber,
				"YD001/2023-00001"},
			{"theme", p.Theme, "民政、扶贫、救灾/养老"}, {"category", p.Category, "办法"}, {"written", p.WrittenDate, "2023-02-20"},
			{"published", p.PublishedDate, "2023-03-01"}, {"effective", p.EffectiveDate, "2023-04-01"}, {"expiry",
				p.ExpiryDate, ""},
			{"validity", p.Validity, "amended"}, {"its name", p.ValidityName, "已被修改"},
			{"source", p.Source.URL, "https://www.example.gov.cn/art/1.html?a=1&b=2"}, {"permalink", p.URL,
				publicURL + "/policies/" + p.ID},
		} {
			if c.got != c.want {
				t.Errorf("%s is %q, not %q", c.what, c.got, c.want)
			}
		}
		if len(p.Departments) != 1 || p.Departments[0].Name != "鸢都市人民政府" || len(p.Topics) != 1 ||
			p.Topics[0].ID != "elderly" {
			t.Errorf("of %v about %v", p.Departments, p.Topics)
		}
		if !p.PublishedAt.Equal(h.clock.Now()) {
			t.Errorf("became public at %v", p.PublishedAt)
		}
	})
}

func TestTheTextHasAnchorsToLinkTo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.policy(t, "鸢政发〔2023〕1号")
		anchors := map[string]handler.Block{}
		for _, b := range p.Body {
			if b.Anchor != "" && anchors[b.Anchor].Kind != "" {
				t.Errorf("two pieces are at %s", b.Anchor)
			}
			anchors[b.Anchor] = b
		}
		if c := anchors["c2"]; c.Kind != "chapter" || c.Label != "第二章" || c.Text != "服务" {
			t.Errorf("第二章 is %+v", c)
		}
		if a := anchors["a12"]; a.Kind != "article" || a.Label != "第十二条" || a.Text != "养老机构应当公开收费标准。" {
			t.Errorf("第十二条 is %+v", a)
		}
		if !slices.ContainsFunc(p.Body, func(b handler.Block) bool { return b.Kind == "item" && b.Label == "（二）" }) {
			t.Error("（二） is no item")
		}
		table := h.policy(t, "鸢医保发〔2026〕4号")
		i := slices.IndexFunc(table.Body, func(b handler.Block) bool { return b.Kind == "table" })
		if i < 0 || len(table.Body[i].Rows) != 3 || table.Body[i].Rows[2][1] != "380元" {
			t.Errorf("the table is %+v", table.Body)
		}
	})
}

func TestRelationsAreToldFromBothSides(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ of, kind, direction, name, other, since string }{
			{"鸢政发〔2025〕8号", "amends", "outgoing", "修改", "鸢政发〔2023〕1号", "2025-07-01"},
			{"鸢政发〔2023〕1号", "amends", "incoming", "被修改", "鸢政发〔2025〕8号", "2025-07-01"},
			{"鸢民发〔2023〕14号", "based_on", "outgoing", "依据", "鸢政发〔2023〕1号", ""},
			{"鸢政发〔2023〕1号", "based_on", "incoming", "是其依据", "鸢民发〔2023〕14号", ""},
			{"鸢政发〔2023〕1号", "cites", "incoming", "被引用", "鸢民发〔2024〕3号", ""},
			{"鸢政办发〔2024〕5号", "repeals", "outgoing", "废止", "鸢政办发〔2019〕12号", "2024-05-01"},
			{"鸢政办发〔2019〕12号", "repeals", "incoming", "被废止", "鸢政办发〔2024〕5号", "2024-05-01"},
		} {
			relations := h.policy(t, c.of).Relations
			want := func(r handler.Relation) bool {
				return r.Kind == c.kind && r.Direction == c.direction && r.Name == c.name && r.Since == c.since &&
					r.ID == h.ids[c.other] && r.DocNumber == c.other && r.Title != "" && r.PublishedDate != ""
			}
			if !slices.ContainsFunc(relations, want) {
				t.Errorf("%s %s %s is not among %+v", c.of, c.name, c.other, relations)
			}
		}
		absent := h.policy(t, "鸢政办字〔2019〕4号").Relations
		if !slices.ContainsFunc(absent, func(r handler.Relation) bool {
			return r.DocNumber == "鲁政发〔2016〕77号" &&
				r.ID == ""
		}) {
			t.Errorf("a document that is not here is not named among %+v", absent)
		}
	})
}

func TestAPolicyComesWithWhatExplainsIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.policy(t, "鸢政发〔2023〕1号")
		if len(p.Interpretations) != 2 || p.Interpretations[0].Title != "一图读懂：养老服务" {
			t.Fatalf("%+v", p.Interpretations)
		}
		i := p.Interpretations[1]
		if i.Title != "《鸢都市养老服务管理办法》政策解读" || len(i.Questions) != 2 || i.Questions[0].Ask != "补贴怎么领？" ||
			i.Questions[0].Answer != "到社区申请，带身份证。\n三个工作日办结。" || i.Picture != nil {
			t.Errorf("%+v", i)
		}
		alone := read[handler.InterpretationDetail](t, h, "GET /api/v1/interpretations/«一图读懂：养老服务»")
		if len(alone.Policies) != 2 || alone.Policies[0] != (handler.Ref{ID: p.ID, Name: p.Title}) {
			t.Errorf("it interprets %v", alone.Policies)
		}
		picture := read[handler.InterpretationDetail](t, h, "GET /api/v1/interpretations/«一张图看懂公积金提取»")
		if picture.Picture == nil || picture.Picture.URL != h.fill(t, "/api/v1/files/«picture.png»") ||
			picture.Picture.Text != `提取流程："三步"` ||
			picture.VideoURL != "https://video.example.gov.cn/v/1" || picture.Source.URL != "https://www.example.gov.cn/2" {
			t.Errorf("%+v", picture)
		}
		if len(p.Attachments) != 2 {
			t.Fatalf("%+v", p.Attachments)
		}
		a := p.Attachments[0]
		want := handler.Attachment{ID: h.ids["附件1：申请表（2023版）.pdf"], Name: "附件1：申请表（2023版）.pdf",
			MediaType: "application/pdf", Size: 54, URL: "/api/v1/files/" + a.ID}
		if a != want {
			t.Errorf("%+v is not %+v", a, want)
		}
	})
}

func TestWhatIsNotHereIsRefusedInChinese(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var stories []story
		for name, ask := range map[string]string{
			"an unknown policy":                    "GET /api/v1/policies/01ARZ3NDEKTSV4RRFFQ69G5FAV",
			"an ID that none can be":               "GET /api/v1/policies/' OR 1=1 --",
			"an interpretation asked for as one":   "GET /api/v1/policies/«一图读懂：养老服务»",
			"a NUL":                                "GET /api/v1/policies/a%00b",
			"another encoding":                     "GET /api/v1/policies/%d1%f8%c0%cf",
			"nothing behind the slash":             "GET /api/v1/policies/",
			"an unknown interpretation":            "GET /api/v1/interpretations/01ARZ3NDEKTSV4RRFFQ69G5FAV",
			"a policy asked for as interpretation": "GET /api/v1/interpretations/«鸢政发〔2023〕1号»",
			"an unknown file":                      "GET /api/v1/files/01ARZ3NDEKTSV4RRFFQ69G5FAV",
			"a file with a NUL":                    "GET /api/v1/files/%00",
			"an address that nobody has":           "GET /api/v1/elephants",
			"a whole other version":                "GET /api/v9/policies",
		} {
			stories = append(stories, story{name: name, ask: ask, status: 404, says: []string{`"title":"没有找到"`}})
		}
		h.tell(t, stories)
	})
}

// A house with kept answers; the clock passes the midnight on which one
// document is repealed and another begins. Nobody changes anything.
func TestMidnightChangesWhatHolds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		old, next := "GET /api/v1/policies/«鸢住建发〔2020〕7号»", "GET /api/v1/policies/«鸢住建发〔2026〕9号»"
		list := "GET /api/v1/policies?q=物业服务收费"
		evening := map[string]*answer{}
		h.clock.Move(11*time.Hour + 59*time.Minute) // it is 23:59
		for _, ask := range []string{old, next, list, "GET /policies/«鸢住建发〔2020〕7号»"} {
			evening[ask] = h.ask(t, ask)
		}
		h.tell(t, []story{
			{name: "at 23:59 the old one holds", ask: old, status: 200, says: []string{`"validity":"in_force"`}},
			{name: "and the next one waits", ask: next, status: 200, says: []string{`"validity":"pending"`}},
			{name: "what ends today holds", ask: "GET /api/v1/policies/«鸢人社发〔2024〕30号»",
				status: 200, says: []string{`"validity":"in_force"`}},
			{name: "and is found so", ask: "GET /api/v1/policies?q=鸢都市创业担保贷款&validity=in_force",
				status: 200, says: []string{"«鸢人社发〔2024〕30号»"}},
		})
		h.clock.Move(2 * time.Minute)
		defer h.clock.Move(-12*time.Hour - time.Minute)
		h.tell(t, []story{
			{name: "at 0:01 it is repealed", ask: old, status: 200, says: []string{`"validity":"repealed"`}},
			{name: "and the next one holds", ask: next, status: 200, says: []string{`"validity":"in_force"`}},
			{name: "what ended yesterday has", ask: "GET /api/v1/policies/«鸢人社发〔2024〕30号»",
				status: 200, says: []string{`"validity":"expired"`}},
			{name: "and is found so", ask: "GET /api/v1/policies?q=鸢都市创业担保贷款&validity=expired",
				status: 200, says: []string{"«鸢人社发〔2024〕30号»"}},
			{name: "a filter knows", ask: "GET /api/v1/policies?q=物业服务收费&validity=pending",
				status: 200, says: []string{`"total":0`}},
			{name: "the page says so too", ask: "GET /policies/«鸢住建发〔2020〕7号»",
				status: 200, says: []string{"自 2026年11月25日 起已废止"}},
		})
		for ask, before := range evening {
			if after := h.ask(t, ask, "If-None-Match: "+before.Header.Get("ETag")); after.StatusCode != 200 ||
				after.Header.Get("ETag") == before.Header.Get("ETag") {
				t.Errorf("%s: answered %d as if nothing had changed", ask, after.StatusCode)
			}
		}
	})
}
