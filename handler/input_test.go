package handler_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestBadInputIsRefusedByTheNameOfItsField(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ query, field, says string }{
			{"limit=0", "limit", "不能小于 1"}, {"limit=-1", "limit", "不能小于 1"}, {"limit=101", "limit", "不能大于 100"},
			{"limit=abc", "limit", "整数"}, {"limit=1.5", "limit", "整数"}, {"limit=1e2", "limit", "整数"},
			{"limit=99999999999999999999", "limit", "整数"},
			{"limit=9223372036854775807", "limit", "不能大于"}, {"offset=-1", "offset", "不能小于 0"}, {"offset=x", "offset",
				"整数"},
			{"offset=981", "offset", "最多只能翻到第 1000 条"}, {"offset=901&limit=100", "offset", "1000"}, {"offset=1000",
				"offset", "1000"},
			{"offset=9223372036854775807", "offset", "1000"}, {"offset=99999999999999999999", "offset", "整数"},
			{"year=abc", "year", "整数"}, {"year=2021-03-30", "year", "整数"}, {"year=1", "year", "不能小于 1900"},
			{"year=2021&year=x", "year", "整数"},
			{"year=99999", "year", "不能大于 2200"}, {"validity=foo", "validity", "in_force、amended"},
			{"validity=in_force&validity=foo", "validity", "pending"},
			{"sort=x", "sort", "relevance、newest、oldest"}, {"sort=newest;drop", "sort", "读不懂"},
			{"q=" + strings.Repeat("养", 10001), "q", "最多 10000 个字"}, {"q=%d1%f8%c0%cf", "q", "读不懂"}, {"q=养%ff老", "q",
				"读不懂"}, {"q=%zz", "q", "读不懂"},
			{"q=100%", "q", "读不懂"}, {"q=养老&topic=%", "topic", "读不懂"}, {"category=%c3%28", "category", "读不懂"},
			{strings.Repeat("topic=elderly&", 60), "topic", "最多 50 项"}, {strings.Repeat("year=2021&", 60), "year",
				"最多 50 项"},
			{strings.Repeat("validity=amended&", 60), "validity", "最多 50 项"}, {strings.Repeat("department=a&", 51),
				"department", "50"},
		} {
			a := h.ask(t, "GET /api/v1/policies?"+c.query)
			name := fmt.Sprintf("%.60s", c.query)
			if a.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %.300s", name, a.StatusCode, a.body)
				continue
			}
			p := a.isProblem(t)
			if len(p.Errors) != 1 || p.Errors[0].Field != c.field || !strings.Contains(p.Errors[0].Message, c.says) {
				t.Errorf("%s: %+v", name, p.Errors)
			}
		}
	})
}

func TestSeveralFieldsAreNamedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.problem(t, "GET /api/v1/policies?limit=0&sort=x&year=abc&offset=-5")
		var fields []string
		for _, f := range p.Errors {
			fields = append(fields, f.Field)
		}
		slices.Sort(fields)
		if !slices.Equal(fields, []string{"limit", "offset", "sort", "year"}) {
			t.Errorf("%v", fields)
		}
		for _, ask := range []string{"GET /api/v1/search?limit=21", "GET /api/v1/search?limit=x",
			"GET /api/v1/search?q=%ff",
			"GET /api/v1/policies/suggest?q=" + strings.Repeat("a",
				10001), "GET /api/v1/policies/" + strings.Repeat("0", 65)} {
			if a := h.ask(t, ask); a.StatusCode != http.StatusUnprocessableEntity || len(a.isProblem(t).Errors) != 1 {
				t.Errorf("%.60s: %d %s", ask, a.StatusCode, a.body)
			}
		}
	})
}

// What people and machines type into a search box, and what must come of it.
var oddTexts = []string{
	strings.Repeat("养", 10000), strings.Repeat("养老 ", 3000), strings.Repeat("a", 10000), strings.Repeat("😀", 10000),
	strings.Repeat("《", 10000),
	"a\x00b", "\x00", "养\x00老", "\r\nSet-Cookie: a=b", "\t", "　　", "\u200b\u200d\ufeff", "\u202e老养",
	"e\u0301\u0301\u0301", "👨‍👩‍👧", "𠮷",
	`" OR 1=1`, `' OR '1'='1`, `'; DROP TABLE policies; --`, `1) UNION SELECT * FROM policies --`, `%' OR 1=1 --`,
	`_____`, `%`, `\`, `$1`, `?1`, `{}`, `[]`, `()`,
	`养老 AND 服务`, `养老 NOT 服务`, `NEAR(养老 服务)`, `养老*`, `^养老`, `title:养老`, `+养老 -服务`, `"养老`, `"养老"`, `“养老”`, `养老~2`, `养老^9`,
	`/养老/`, `(((`, `department = "x"`, `_geoRadius(1,2,3)`,
	`{{.}}`, `${7*7}`, `%s%d%n`, `../../etc/passwd`, `<script>alert(1)</script>`, `<mark>`, `&lt;`,
	`javascript:alert(1)`, `http://example.com`, `0`, `-1`, `NaN`, `null`, `true`, `.`, `号`, `〔〕`, `第号`,
	"国办发〔99999999999999999999〕99999999999999999999号", "国办发〔2018〕", "第一千二百三十四亿条", strings.Repeat("国办发〔2018〕123号", 400),
	strings.Repeat("\"养", 2000), strings.Repeat("yanglao", 1400), strings.Repeat("zhuang", 33), "xian", "ü", "lv",
	"ＡＢＣ１２３", "ﬁ", "ß", "İ",
}

func TestWhateverIsTypedIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, text := range oddTexts {
			q := "?q=" + url.QueryEscape(text)
			for _, path := range []string{"/api/v1/policies", "/api/v1/search", "/api/v1/policies/suggest",
				"/policies"} {
				if a := h.ask(t, "GET "+path+q); a.StatusCode != http.StatusOK {
					t.Errorf("%s for %.40q: %d %.300s", path, text, a.StatusCode, a.body)
				}
			}
			for _, filter := range []string{"department", "topic", "category"} {
				if page := h.list(t, filter+"="+url.QueryEscape(text)); page.Total != 0 {
					t.Errorf("%s %.40q has %d documents", filter, text, page.Total)
				}
			}
		}
	})
}

// The same by chance: whatever bytes come, no request is a fault, and every
// refusal is one that a person can read (askAt sees to both).
func TestNoRequestIsAFault(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		chance := rand.New(rand.NewPCG(7, 24))
		names := []string{"q", "department", "topic", "category", "year", "validity", "sort", "limit", "offset", "page",
			"back", "size", "", "q[]", "%71", "x"}
		values := []string{"", "养老", "1", "0", "-1", "newest", "in_force", "2024", "%", "%00", "%ff", "%zz", "+",
			"elderly", "9999999999999999999999", "😀",
			"1e9", "%27", "%22", "%5c", "%3cscript%3e", "a%0d%0ab", ";", "true", "1,2", "%e2%80%ae", "2024-01-01"}
		paths := []string{"/api/v1/policies", "/api/v1/search", "/api/v1/policies/suggest", "/policies", "/view", "/",
			"/api/v1/policies/«鸢政发〔2023〕1号»",
			"/api/v1/policies/%00", "/policies/%ff", "/interpretations/%00", "/api/v1/files/%00%ff", "/api/v1/topics",
			"/api/v1/nothing", "/static/%00", "/static/../pages/home.html"}
		for range 400 {
			var query strings.Builder
			for range chance.IntN(5) {
				query.WriteString(names[chance.IntN(len(names))] + "=" + values[chance.IntN(len(values))] + "&")
			}
			method := []string{"GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "DELETE"}[chance.IntN(7)]
			if a := h.ask(t, method+" "+paths[chance.IntN(len(paths))]+"?"+query.String()); a.StatusCode >= 500 {
				t.Errorf("%s: %d", a.ask, a.StatusCode)
			}
		}
	})
}

func TestOnlyReadingIsPossible(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range append(slices.Clone(reads), "/view", "/healthz") {
			for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
				a := h.ask(t, method+" "+address)
				if a.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(a.Header.Get("Allow"), "GET") {
					t.Errorf("%s %s: %d, allowed is %q", method, address, a.StatusCode, a.Header.Get("Allow"))
				}
			}
			if a := h.ask(t, "OPTIONS "+address); a.StatusCode != http.StatusNoContent ||
				!strings.Contains(a.Header.Get("Allow"), "HEAD") {
				t.Errorf("OPTIONS %s: %d, allowed is %q", address, a.StatusCode, a.Header.Get("Allow"))
			}
		}
	})
}

func TestAnAddressThatNobodyHasIsAnsweredAsItsAskerReads(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.tell(t, []story{
			{name: "a program gets a problem", ask: "GET /api/nothing",
				status: 404, says: []string{`"code":"path.not_found"`}},
			{name: "also below the one of the staff", ask: "GET /admin/v1/nothing",
				status: 404, says: []string{`"code":"path.not_found"`}},
			{name: "and for a broken query", ask: "GET /api/v1/topics?a=%zz",
				status: 422, says: []string{`"code":"request.unreadable"`}},
			{name: "a person gets a page", ask: "GET /nothing",
				status: 404, says: []string{"<h1>没有找到</h1>", "没有这个地址", `href="/"`}},
			{name: "also for a policy", ask: "GET /policies/nothing",
				status: 404, says: []string{"<h1>没有找到</h1>", "没有这份文件"}},
			{name: "an interpretation", ask: "GET /interpretations/%00", status: 404, says: []string{"<h1>没有找到</h1>"}},
			{name: "a file of the pages", ask: "GET /static/nothing.css", status: 404, says: []string{"<h1>没有找到</h1>"}},
			{name: "or a folder of them", ask: "GET /static/", status: 404, hides: []string{"site.css\">site"}},
			{name: "and for another encoding", ask: "GET /policies?q=%d1%f8",
				status: 422, says: []string{"<h1>", "读不懂"}},
			{name: "or another method", ask: "POST /policies", status: 405, says: []string{"<h1>", "不能这样使用"}},
			{name: "the templates are nobody's business", ask: "GET /static/../pages/frame.html", status: 404},
			{name: "escaped neither", ask: "GET /static/..%2fpages%2fframe.html", status: 404},
		})
	})
}

func TestAnAddressWrittenByHandIsReadAsFarAsItGoes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		all := h.list(t, "").Total
		h.tell(t, []story{
			{name: "what no filter knows is left out",
				ask: "GET /policies?year=abc&validity=foo&topic=&sort=x&page=-3&department=", status: 200,
				says: []string{fmt.Sprintf("%d 份文件", all), "第 1–20 份"}, hides: []string{"取消筛选"}},
			{name: "a page behind the last one says so", ask: "GET /policies?page=40", status: 200,
				says: []string{"没有这一页", `href="/policies"`}, hides: []string{"没有找到", `rel="next"`}},
			{name: "a huge page number too", ask: "GET /policies?page=99999999999999999999",
				status: 200, says: []string{fmt.Sprintf("%d 份文件", all)}},
			{name: "sixty filters are as good as one", ask: "GET /policies?" + strings.Repeat("topic=elderly&", 60),
				status: 200, says: []string{"取消筛选"}},
		})
	})
}
