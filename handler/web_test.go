package handler_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEveryPageIsPlainAndRight(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range []string{"/", "/policies", "/policies?q=养老&topic=elderly&year=2023&sort=newest",
			"/policies?q=没有这样的词xq", "/policies?year=1999",
			"/policies?page=2", "/policies?page=30", "/departments", "/api", "/interpretations/«一图读懂：养老服务»",
			"/interpretations/«一张图看懂公积金提取»",
			"/policies/«" + hostile + "»", "/interpretations/«" + hostile + "的解读»"} {
			h.page(t, h.fill(t, address))
			h.page(t, h.fill(t, address), "Cookie: view=large")
		}
		for _, p := range papers {
			h.page(t, "/policies/"+h.ids[p.title])
		}
		for _, ask := range []string{"GET /nothing", "GET /policies/nothing", "GET /policies?q=%ff"} {
			h.ask(t, ask).asPage(t)
		}
	})
}

// Whoever begins at the home page and follows links arrives everywhere, and
// nowhere at nothing.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		seen, next := map[string]bool{"/": true}, []string{"/"}
		for len(next) > 0 {
			address := next[0]
			next = next[1:]
			a := h.ask(t, "GET "+address)
			if a.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", address, a.StatusCode)
			}
			if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") ||
				a.Header.Get("Content-Disposition") != "" {
				continue
			}
			for _, n := range a.asPage(t).all("a", "link", "img") {
				to, _, _ := strings.Cut(attribute(n, "href")+attribute(n, "src"), "#")
				if to == "" || seen[to] || to[0] != '/' || strings.HasPrefix(to, "/view") {
					continue
				}
				if strings.Count(to, "=") > 1 { // there are as many as combinations of filters
					continue
				}
				seen[to] = true
				next = append(next, to)
			}
		}
		for _, p := range papers {
			if address := "/policies/" + h.ids[p.title]; !seen[address] {
				t.Errorf("no link leads to %s", p.title)
			}
		}
		if len(seen) < 60 {
			t.Errorf("only %d addresses were found", len(seen))
		}
	})
}

func TestAPolicysPageShowsAllOfIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.tell(t, []story{
			{name: "head, text and anchors", ask: "GET /policies/«鸢政发〔2023〕1号»",
				status: 200, says: []string{"<h1>鸢都市养老服务管理办法</h1>",
					"<dd>鸢政发〔2023〕1号</dd>", `<a href="/policies?department=«鸢都市人民政府»">鸢都市人民政府</a>`, "2023年3月1日",
					"2023年4月1日", "YD001/2023-00001",
					`<p class="article" id="a12"><b>第十二条</b>`, `<h2 id="c2">第二章 服务</h2>`, `href="#c2"`, "（二）九十周岁以上的"}},
			{name: "what became of it", ask: "GET /policies/«鸢政发〔2023〕1号»",
				status: 200, says: []string{"已被修改", "请结合修改文件阅读",
					`<span class="kind">被修改</span><a href="/policies/«鸢政发〔2025〕8号»">`, "自 2025年7月1日 起",
					`<span class="kind">被引用</span>`, `<span class="kind">是其依据</span>`}},
			{name: "what explains it", ask: "GET /policies/«鸢政发〔2023〕1号»",
				status: 200, says: []string{"这份文件有解读", "补贴怎么领？", "三个工作日办结",
					`href="/interpretations/«一图读懂：养老服务»"`, "这里也有第一条"}},
			{name: "its files", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200,
				says: []string{`<a href="/api/v1/files/«附件1：申请表（2023版）.pdf»">附件1：申请表（2023版）.pdf</a>`, "54 字节"}},
			{name: "where it was taken from", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200,
				says: []string{`<a href="https://www.example.gov.cn/art/1.html?a=1&amp;b=2" rel="external noopener">`,
					publicURL + "/policies/«鸢政发〔2023〕1号»"}},
			{name: "an expired one says until when", ask: "GET /policies/«鸢人社发〔2020〕22号»",
				status: 200, says: []string{"有效期至 2020年12月31日"}},
			{name: "one that its source calls expired too", ask: "GET /policies/«鸢教发〔2013〕6号»",
				status: 200, says: []string{"发布单位已标注本文件失效"}},
			{name: "a pending one from when", ask: "GET /policies/«鸢住建发〔2026〕9号»",
				status: 200, says: []string{"自 2026年11月25日 起生效"}},
			{name: "a repealed one by what", ask: "GET /policies/«鸢政办发〔2019〕12号»", status: 200,
				says: []string{"自 2024年5月1日 起已废止", `<a href="/policies/«鸢政办发〔2024〕5号»">鸢都市居家和社区养老服务补贴办法</a>`}},
			{name: "one in force has no banner", ask: "GET /policies/«鸢教发〔2026〕10号»",
				status: 200, hides: []string{`class="banner`}},
			{name: "an unknown issuer is not guessed", ask: "GET /policies/«鸢发〔2015〕16号»",
				status: 200, says: []string{"发文机关不详"}},
			{name: "a table is one", ask: "GET /policies/«鸢医保发〔2026〕4号»",
				status: 200, says: []string{`<th scope="col">个人缴费</th>`, "<td>380元</td>"}},
			{name: "emoji are left as they are", ask: "GET /policies/«鸢商务字〔2025〕40号»",
				status: 200, says: []string{"👨‍👩‍👧", "𠮷版"}},
			{name: "a document that is not here is named", ask: "GET /policies/«鸢政办字〔2019〕4号»",
				status: 200, says: []string{"鲁政发〔2016〕77号"}},
			{name: "an interpretation leads back", ask: "GET /interpretations/«一图读懂：养老服务»", status: 200,
				says: []string{`<a href="/policies/«鸢政发〔2023〕1号»">鸢都市养老服务管理办法（鸢政发〔2023〕1号）</a>`,
					`<a href="/policies/«鸢民发〔2023〕14号»">`}},
			{name: "with its picture in words, and its film", ask: "GET /interpretations/«一张图看懂公积金提取»", status: 200,
				says: []string{`alt="提取流程：&#34;三步&#34;"`,
					`<a href="https://video.example.gov.cn/v/1" rel="external noopener">`}},
		})
	})
}

func TestNothingThatWasTypedOrWrittenRuns(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		// page checks that there is no script, no handler of events and no foreign address.
		p := h.page(t, "/policies/"+h.ids[hostile])
		if got := text(p.all("h1")[0]); got != hostile {
			t.Errorf("its title is shown as %q", got)
		}
		if !strings.Contains(text(p.root), "</p><script>alert('文')</script><img src=x onerror=alert(1)>安全生产从头抓起。") {
			t.Error("its text is not shown as it is")
		}
		list := h.page(t, "/policies?q=安全生产从头抓起")
		if !strings.Contains(text(list.root), hostile) || !strings.Contains(list.body, "<mark>安全生产从头抓起</mark>") {
			t.Error("the list does not show it, or marks nothing")
		}
		for _, q := range []string{`"><script>alert(1)</script>`, `</title><script>alert(1)</script>`,
			`' onmouseover='alert(1)`, `" autofocus onfocus="alert(1)`, `javascript:alert(1)`, `{{.Query}}`, `</h1></main>`} {
			for _, address := range []string{"/policies?q=", "/policies?topic=", "/policies?category=",
				"/policies?department=", "/policies?sort=", "/policies?page=", "/policies?q=养老&"} {
				p := h.page(t, address+url.QueryEscape(q))
				if strings.HasSuffix(address, "?q=") && attribute(p.all("input")[0], "value") != q {
					t.Errorf("%q is shown as %q", q, attribute(p.all("input")[0], "value"))
				}
			}
			h.ask(t, "GET /"+url.PathEscape(q)).asPage(t)
		}
		for _, address := range []string{"/policies/" + h.ids[hostile], "/interpretations/" + h.ids[hostile+"的解读"]} {
			if strings.Contains(h.page(t, address).body, "alert(document.cookie)") {
				t.Errorf("%s: an address that is a script is shown", address)
			}
		}
		detail := h.policy(t, hostile)
		if detail.Source.URL != "" || detail.Interpretations[0].VideoURL != "" ||
			detail.Interpretations[0].Source.URL != "" {
			t.Errorf("the API hands out an address that is a script: %+v", detail)
		}
	})
}

func TestPagesCanBePrinted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.page(t, "/policies/"+h.ids["鸢政发〔2023〕1号"])
		sheet := func(n *html.Node) bool { return attribute(n, "rel") == "stylesheet" }
		i := slices.IndexFunc(p.all("link"), sheet)
		css := h.ask(t, "GET "+attribute(p.all("link")[i], "href"))
		if !strings.Contains(css.body, "@media print") ||
			!strings.HasPrefix(css.Header.Get("Content-Type"), "text/css") {
			t.Errorf("%s: no style for print", css.ask)
		}
		if strings.Contains(css.body, "http:") || strings.Contains(css.body, "https:") ||
			strings.Contains(css.body, "@import") {
			t.Error("the style loads something")
		}
		if mark := h.ask(t, "GET /static/mark.svg"); mark.Header.Get("Content-Type") != "image/svg+xml" {
			t.Errorf("the mark is %s", mark.Header.Get("Content-Type"))
		}
	})
}
