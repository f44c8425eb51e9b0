package handler_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yuandu/handler"
)

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
		if attribute(large.all("html")[0], "class") != "large" || large.Header.Get("ETag") == p.Header.Get("ETag") ||
			large.Header.Get("Vary") != "Cookie" {
			t.Errorf("%v", large.Header)
		}
		off := h.ask(t, "GET "+large.link("标准字号"))
		normal := h.page(t, address, "Cookie: view="+off.Cookies()[0].Value)
		if attribute(normal.all("html")[0], "class") != "" || normal.body != p.body {
			t.Error("it is not as it was")
		}
		for _, elsewhere := range []string{"//example.com", `/\example.com`, "https://example.com/",
			"javascript:alert(1)", "/%09/example.com", "%2f%2fexample.com", "", "/\\/example.com"} {
			a := h.ask(t, "GET /view?size=large&back="+elsewhere)
			if to, err := url.Parse(a.Header.Get("Location")); err != nil || to.Host != "" || to.Scheme != "" ||
				!strings.HasPrefix(to.Path, "/") || strings.HasPrefix(to.Path, "//") {
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
		for query, label := range map[string]string{"year=1999": "1999年", "topic=consumer&year=2015": "消费",
			"department=«国务院办公厅»&year=2015": "国务院办公厅",
			"category=没有的":                  "没有的", "validity=expired&year=2025": "失效", "department=nowhere": "没有的部门", "topic=nothing": "没有的专题"} {
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
		if want := fmt.Sprintf("第 21–%d 份，共 %d 份", h.list(t, "").Total, h.list(t,
			"").Total); !strings.Contains(text(p.root), want) {
			t.Errorf("does not say %s", want)
		}
		if back := p.link("上一页"); back != "/policies?page=1" && back != "/policies" {
			t.Errorf("back leads to %q", back)
		}
	})
}
