package handler_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yuandu/handler"
)

func TestEveryPageIsPlainAndRight(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, address := range []string{"/", "/policies", "/policies?q=养老&topic=elderly&year=2023&sort=newest", "/policies?q=没有这样的词xq", "/policies?year=1999",
			"/policies?page=2", "/policies?page=30", "/departments", "/api", "/interpretations/«一图读懂：养老服务»", "/interpretations/«一张图看懂公积金提取»",
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
			if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") || a.Header.Get("Content-Disposition") != "" {
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
			{name: "head, text and anchors", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200, says: []string{"<h1>鸢都市养老服务管理办法</h1>",
				"<dd>鸢政发〔2023〕1号</dd>", `<a href="/policies?department=«鸢都市人民政府»">鸢都市人民政府</a>`, "2023年3月1日", "2023年4月1日", "YD001/2023-00001",
				`<p class="article" id="a12"><b>第十二条</b>`, `<h2 id="c2">第二章 服务</h2>`, `href="#c2"`, "（二）九十周岁以上的"}},
			{name: "what became of it", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200, says: []string{"已被修改", "请结合修改文件阅读",
				`<span class="kind">被修改</span><a href="/policies/«鸢政发〔2025〕8号»">`, "自 2025年7月1日 起", `<span class="kind">被引用</span>`, `<span class="kind">是其依据</span>`}},
			{name: "what explains it", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200, says: []string{"这份文件有解读", "补贴怎么领？", "三个工作日办结",
				`href="/interpretations/«一图读懂：养老服务»"`, "这里也有第一条"}},
			{name: "its files", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200,
				says: []string{`<a href="/api/v1/files/«附件1：申请表（2023版）.pdf»">附件1：申请表（2023版）.pdf</a>`, "54 字节"}},
			{name: "where it was taken from", ask: "GET /policies/«鸢政发〔2023〕1号»", status: 200,
				says: []string{`<a href="https://www.example.gov.cn/art/1.html?a=1&amp;b=2" rel="external noopener">`, publicURL + "/policies/«鸢政发〔2023〕1号»"}},
			{name: "an expired one says until when", ask: "GET /policies/«鸢人社发〔2020〕22号»", status: 200, says: []string{"有效期至 2020年12月31日"}},
			{name: "one that its source calls expired too", ask: "GET /policies/«鸢教发〔2013〕6号»", status: 200, says: []string{"发布单位已标注本文件失效"}},
			{name: "a pending one from when", ask: "GET /policies/«鸢住建发〔2026〕9号»", status: 200, says: []string{"自 2026年11月25日 起生效"}},
			{name: "a repealed one by what", ask: "GET /policies/«鸢政办发〔2019〕12号»", status: 200,
				says: []string{"自 2024年5月1日 起已废止", `<a href="/policies/«鸢政办发〔2024〕5号»">鸢都市居家和社区养老服务补贴办法</a>`}},
			{name: "one in force has no banner", ask: "GET /policies/«鸢教发〔2026〕10号»", status: 200, hides: []string{`class="banner`}},
			{name: "an unknown issuer is not guessed", ask: "GET /policies/«鸢发〔2015〕16号»", status: 200, says: []string{"发文机关不详"}},
			{name: "a table is one", ask: "GET /policies/«鸢医保发〔2026〕4号»", status: 200, says: []string{`<th scope="col">个人缴费</th>`, "<td>380元</td>"}},
			{name: "emoji are left as they are", ask: "GET /policies/«鸢商务字〔2025〕40号»", status: 200, says: []string{"👨‍👩‍👧", "𠮷版"}},
			{name: "a document that is not here is named", ask: "GET /policies/«鸢政办字〔2019〕4号»", status: 200, says: []string{"鲁政发〔2016〕77号"}},
			{name: "an interpretation leads back", ask: "GET /interpretations/«一图读懂：养老服务»", status: 200,
				says: []string{`<a href="/policies/«鸢政发〔2023〕1号»">鸢都市养老服务管理办法（鸢政发〔2023〕1号）</a>`, `<a href="/policies/«鸢民发〔2023〕14号»">`}},
			{name: "with its picture in words, and its film", ask: "GET /interpretations/«一张图看懂公积金提取»", status: 200,
				says: []string{`alt="提取流程：&#34;三步&#34;"`, `<a href="https://video.example.gov.cn/v/1" rel="external noopener">`}},
		})
	})
}

func TestArticlesCarryTheTagsOfGovernmentSites(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		site := map[string]string{"SiteName": "鸢都政事", "SiteDomain": "zhengshi.example.cn"}
		for address, want := range map[string]map[string]string{
			"/policies/«鸢政发〔2023〕1号»": {"ArticleTitle": "鸢都市养老服务管理办法", "PubDate": "2023-03-01 00:00", "ContentSource": "鸢都市人民政府", "Author": "鸢都市人民政府",
				"Keywords": "养老", "Url": publicURL + "/policies/«鸢政发〔2023〕1号»", "ColumnName": "政策文件", "ColumnType": "政策"},
			"/policies/«鸢都市历史建筑名录»":         {"PubDate": "2026-11-24 12:00", "ContentSource": "发文机关不详"}, // the day on which it became public here
			"/interpretations/«一图读懂：养老服务»":  {"ArticleTitle": "一图读懂：养老服务", "PubDate": "2023-09-01 00:00", "ContentSource": "鸢都市民政局", "ColumnName": "政策解读"},
			"/interpretations/«一张图看懂公积金提取»": {"Image": publicURL + "/api/v1/files/«picture.png»", "Url": publicURL + "/interpretations/«一张图看懂公积金提取»"},
			"/policies": {"ColumnName": "政策文件", "ColumnType": "政策"}, "/": {"ColumnName": "首页"}, "/departments": {"ColumnName": "部门"},
		} {
			p := h.page(t, h.fill(t, address))
			tags := p.meta()
			for _, of := range []map[string]string{site, want} {
				for name, content := range of {
					if content = h.fill(t, content); tags[name] != content {
						t.Errorf("%s: %s is %q, not %q", address, name, tags[name], content)
					}
				}
			}
			for _, required := range []string{"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} {
				if tags[required] == "" {
					t.Errorf("%s: no %s", address, required)
				}
			}
			for name, content := range tags {
				if content == "" {
					t.Errorf("%s: %s says nothing", address, name)
				}
			}
		}
		if d := h.page(t, h.fill(t, "/policies/«鸢政发〔2023〕1号»")).meta()["Description"]; !strings.HasPrefix(d, "第一章 总则 第一条") || len([]rune(d)) > 120 {
			t.Errorf("described as %q", d)
		}
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
		for _, q := range []string{`"><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `' onmouseover='alert(1)`, `" autofocus onfocus="alert(1)`, `javascript:alert(1)`, `{{.Query}}`, `</h1></main>`} {
			for _, address := range []string{"/policies?q=", "/policies?topic=", "/policies?category=", "/policies?department=", "/policies?sort=", "/policies?page=", "/policies?q=养老&"} {
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
		if detail.Source.URL != "" || detail.Interpretations[0].VideoURL != "" || detail.Interpretations[0].Source.URL != "" {
			t.Errorf("the API hands out an address that is a script: %+v", detail)
		}
	})
}

func TestTheSitemapNamesEveryDocument(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.ask(t, "GET /sitemap.xml")
		var set struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			URLs    []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal([]byte(a.body), &set); err != nil || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/xml") {
			t.Fatalf("%v in %s %.300s", err, a.Header.Get("Content-Type"), a.body)
		}
		named := map[string]bool{}
		for _, u := range set.URLs {
			named[u.Loc] = true
			path, ours := strings.CutPrefix(u.Loc, publicURL)
			if !ours || h.ask(t, "GET "+path).StatusCode != http.StatusOK {
				t.Errorf("%s is not there", u.Loc)
			}
			if strings.Count(path, "/") == 2 && u.LastMod != "2026-11-24" {
				t.Errorf("%s changed on %q", u.Loc, u.LastMod)
			}
		}
		for _, p := range papers {
			if !named[publicURL+"/policies/"+h.ids[p.title]] {
				t.Errorf("%s is not named", p.title)
			}
		}
		for _, p := range explanations {
			if !named[publicURL+"/interpretations/"+h.ids[p.title]] {
				t.Errorf("%s is not named", p.title)
			}
		}
		h.tell(t, []story{{name: "robots are told", ask: "GET /robots.txt", status: 200,
			says: []string{"User-agent: *", "Disallow: /api/", "Sitemap: " + publicURL + "/sitemap.xml"}, hides: []string{"Disallow: /\n", "Disallow: /policies"}}})
	})
}

func TestPagesCanBePrinted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.page(t, "/policies/"+h.ids["鸢政发〔2023〕1号"])
		sheet := func(n *html.Node) bool { return attribute(n, "rel") == "stylesheet" }
		i := slices.IndexFunc(p.all("link"), sheet)
		css := h.ask(t, "GET "+attribute(p.all("link")[i], "href"))
		if !strings.Contains(css.body, "@media print") || !strings.HasPrefix(css.Header.Get("Content-Type"), "text/css") {
			t.Errorf("%s: no style for print", css.ask)
		}
		if strings.Contains(css.body, "http:") || strings.Contains(css.body, "https:") || strings.Contains(css.body, "@import") {
			t.Error("the style loads something")
		}
		if mark := h.ask(t, "GET /static/mark.svg"); mark.Header.Get("Content-Type") != "image/svg+xml" {
			t.Errorf("the mark is %s", mark.Header.Get("Content-Type"))
		}
	})
}

func TestLargeTypeIsRememberedUntilItIsSwitchedOff(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		address := "/policies?q=养老&topic=elderly"
		p := h.page(t, address)
		on := h.ask(t, "GET "+p.link("大字版"))
		cookies := on.Cookies()
		if on.StatusCode != http.StatusSeeOther || on.Header.Get("Location") != escaped(address) || len(cookies) != 1 {
			t.Fatalf("%d to %s with %v", on.StatusCode, on.Header.Get("Location"), cookies)
		}
		c := cookies[0]
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge < 300*24*3600 {
			t.Errorf("the cookie is %+v", c)
		}
		large := h.page(t, address, "Cookie: "+c.Name+"="+c.Value)
		if attribute(large.all("html")[0], "class") != "large" || large.Header.Get("ETag") == p.Header.Get("ETag") || large.Header.Get("Vary") != "Cookie" {
			t.Errorf("%v", large.Header)
		}
		off := h.ask(t, "GET "+large.link("标准字号"))
		normal := h.page(t, address, "Cookie: view="+off.Cookies()[0].Value)
		if attribute(normal.all("html")[0], "class") != "" || normal.body != p.body {
			t.Error("it is not as it was")
		}
		for _, elsewhere := range []string{"//example.com", `/\example.com`, "https://example.com/", "javascript:alert(1)", "/%09/example.com", "%2f%2fexample.com", "", "/\\/example.com"} {
			a := h.ask(t, "GET /view?size=large&back="+elsewhere)
			if to, err := url.Parse(a.Header.Get("Location")); err != nil || to.Host != "" || to.Scheme != "" || !strings.HasPrefix(to.Path, "/") || strings.HasPrefix(to.Path, "//") {
				t.Errorf("%s leads to %q", elsewhere, a.Header.Get("Location"))
			}
		}
	})
}

// rows are the titles that a page lists.
func (p *webPage) rows() []string {
	var list []string
	for _, n := range p.all("h3") {
		if attribute(n.Parent, "class") == "row" {
			list = append(list, text(n))
		}
	}
	return list
}

func TestFiltersOfAPageAreLinksThatToggle(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		begin := h.page(t, "/policies?q=养老&utm_source=wechat&page=1")
		for _, label := range []string{"养老", "办法", "2023年", "已被修改", "鸢都市民政局"} {
			to := begin.link(label)
			chosen := h.page(t, to)
			if strings.Contains(to, "utm_source") || strings.Contains(to, "page=") {
				t.Errorf("%s: %s carries on what it need not", label, to)
			}
			page := read[handler.PolicyPage](t, h, "GET /api/v1/policies?"+strings.TrimPrefix(to, "/policies?"))
			if got := chosen.rows(); !slices.Equal(got, titles(page.Items)) {
				t.Errorf("%s: the page lists %q, the API %q", label, got, titles(page.Items))
			}
			off := chosen.link("✓已选，点此取消：" + label)
			if other := chosen.link("取消筛选：" + label); off == "" || other != off {
				t.Errorf("%s: it is taken away by %q and %q", label, off, other)
			}
			if back := h.page(t, off); !slices.Equal(back.rows(), begin.rows()) || back.link(label) != to {
				t.Errorf("%s: taken away again, the list is another", label)
			}
		}
		two := h.page(t, h.page(t, begin.link("2023年")).link("2024年"))
		if one := two.link("取消筛选：2023年"); one != "/policies?q=%E5%85%BB%E8%80%81&year=2024" {
			t.Errorf("of two years one is taken away by %q", one)
		}
		for query, label := range map[string]string{"year=1999": "1999年", "topic=consumer&year=2015": "消费", "department=«国务院办公厅»&year=2015": "国务院办公厅",
			"category=没有的": "没有的", "validity=expired&year=2025": "失效", "department=nowhere": "没有的部门", "topic=nothing": "没有的专题"} {
			if h.page(t, h.fill(t, "/policies?"+query)).link("取消筛选："+label) == "" {
				t.Errorf("%s found nothing, and %s can't be taken away", query, label)
			}
		}
		sorted := h.page(t, begin.link("最早"))
		if page := h.list(t, "q=养老&sort=oldest"); !slices.Equal(sorted.rows(), titles(page.Items)) {
			t.Errorf("the oldest first are %q", sorted.rows())
		}
		if again := h.page(t, sorted.link("最相关")); !slices.Equal(again.rows(), begin.rows()) {
			t.Error("sorted back, the list is another")
		}
	})
}

func TestPagesOfAListAreTurned(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, query := range []string{"", "?sort=oldest", "?department=«鸢都市人民政府»&sort=newest"} {
			var turned []string
			address, pages := "/policies"+h.fill(t, query), 0
			for address != "" && pages < 10 {
				p := h.page(t, address)
				turned = append(turned, p.rows()...)
				if pages++; pages > 1 && p.link("上一页") == "" || pages == 1 && p.link("上一页") != "" {
					t.Errorf("%s: the way back is %q", address, p.link("上一页"))
				}
				address = p.link("下一页")
			}
			whole := h.list(t, strings.TrimPrefix(query+"&limit=100", "?"))
			if !slices.Equal(turned, titles(whole.Items)) || pages != (whole.Total+19)/20 {
				t.Errorf("%s: turned in %d pages %q", query, pages, turned)
			}
		}
		p := h.page(t, "/policies?page=2")
		if want := fmt.Sprintf("第 21–%d 份，共 %d 份", h.list(t, "").Total, h.list(t, "").Total); !strings.Contains(text(p.root), want) {
			t.Errorf("does not say %s", want)
		}
		if back := p.link("上一页"); back != "/policies?page=1" && back != "/policies" {
			t.Errorf("back leads to %q", back)
		}
	})
}

func TestSampleContentIsCalledThat(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		sample := h.handler
		sample.Sample, sample.SiteCode = true, "3707000001"
		server := serve(t, sample)
		for _, address := range []string{"/", "/policies", "/policies/" + h.ids["鸢政发〔2023〕1号"], "/nothing"} {
			if a := askAt(t, server, "GET "+address); !strings.Contains(a.body, "所有文件均为示例") {
				t.Errorf("%s: does not say so", address)
			}
			if a := h.ask(t, "GET "+address); strings.Contains(a.body, "均为示例") {
				t.Errorf("%s: says so where it is not", address)
			}
		}
		if code := askAt(t, server, "GET /").asPage(t).meta()["SiteIDCode"]; code != "3707000001" {
			t.Errorf("the site's code is %q", code)
		}
	})
}

func TestTheAPIIsExplainedToPeople(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		shown := text(h.page(t, "/api").root)
		for path, item := range describe(t).Paths {
			if !strings.Contains(shown, "GET "+path) || !strings.Contains(shown, item["get"].Summary) {
				t.Errorf("%s is not explained", path)
			}
			for _, p := range item["get"].Parameters {
				if !strings.Contains(shown, p.Description) {
					t.Errorf("%s: %s is not explained", path, p.Name)
				}
			}
		}
	})
}

func TestTheHouseSaysHowItIs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.tell(t, []story{
			{name: "it is alive", ask: "GET /healthz", status: 200, says: []string{`"status":"alive"`, `"version":"test"`}},
			{name: "it is ready", ask: "GET /readyz", status: 200, says: []string{`"status":"ready"`, `"name":"records"`}},
		})
	})
	eachAnew(t, func(t *testing.T, h *house) {
		h.store.Close()
		if a := h.ask(t, "GET /readyz#fault"); a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, `"status":"unavailable"`) {
			t.Errorf("without its records: %d %s", a.StatusCode, a.body)
		}
		if a := h.ask(t, "GET /healthz"); a.StatusCode != http.StatusOK {
			t.Errorf("it is alive: %d", a.StatusCode)
		}
	})
}
