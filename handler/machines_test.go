package handler_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
)

func TestArticlesCarryTheTagsOfGovernmentSites(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		site := map[string]string{"SiteName": "鸢都政事", "SiteDomain": "zhengshi.example.cn"}
		for address, want := range map[string]map[string]string{
			"/policies/«鸢政发〔2023〕1号»": {"ArticleTitle": "鸢都市养老服务管理办法", "PubDate": "2023-03-01 00:00",
				"ContentSource": "鸢都市人民政府", "Author": "鸢都市人民政府",
				"Keywords": "养老", "Url": publicURL + "/policies/«鸢政发〔2023〕1号»", "ColumnName": "政策文件",
				"ColumnType": "政策"},
			"/policies/«鸢都市历史建筑名录»": {"PubDate": "2026-11-24 12:00",
				"ContentSource": "发文机关不详"}, // the day on which it became public here
			"/interpretations/«一图读懂：养老服务»": {"ArticleTitle": "一图读懂：养老服务", "PubDate": "2023-09-01 00:00",
				"ContentSource": "鸢都市民政局", "ColumnName": "政策解读"},
			"/interpretations/«一张图看懂公积金提取»": {"Image": publicURL + "/api/v1/files/«picture.png»",
				"Url": publicURL + "/interpretations/«一张图看懂公积金提取»"},
			"/policies": {"ColumnName": "政策文件", "ColumnType": "政策"}, "/": {"ColumnName": "首页"},
			"/departments": {"ColumnName": "部门"},
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
		if d := h.page(t, h.fill(t, "/policies/«鸢政发〔2023〕1号»")).meta()["Description"]; !strings.HasPrefix(d,
			"第一章 总则 第一条") || len([]rune(d)) > 120 {
			t.Errorf("described as %q", d)
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
		if err := xml.Unmarshal([]byte(a.body), &set); err != nil ||
			!strings.HasPrefix(a.Header.Get("Content-Type"), "application/xml") {
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
			says: []string{"User-agent: *", "Disallow: /api/",
				"Sitemap: " + publicURL + "/sitemap.xml"}, hides: []string{"Disallow: /\n", "Disallow: /policies"}}})
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
			for method, o := range item {
				ours := strings.HasPrefix(path, "/api/")
				if strings.Contains(shown, strings.ToUpper(method)+" "+path) != ours {
					t.Errorf("%s %s is explained: %v", method, path, !ours)
				}
				for _, p := range o.Parameters {
					if ours && !strings.Contains(shown, p.Description) {
						t.Errorf("%s: %s is not explained", path, p.Name)
					}
				}
			}
		}
	})
}

func TestTheHouseSaysHowItIs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.tell(t, []story{
			{name: "it is alive", ask: "GET /healthz",
				status: 200, says: []string{`"status":"alive"`, `"version":"test"`}},
			{name: "it is ready", ask: "GET /readyz",
				status: 200, says: []string{`"status":"ready"`, `"name":"records"`}},
		})
	})
	eachAnew(t, func(t *testing.T, h *house) {
		h.store.Close()
		if a := h.ask(t, "GET /readyz#fault"); a.StatusCode != http.StatusServiceUnavailable ||
			!strings.Contains(a.body, `"status":"unavailable"`) {
			t.Errorf("without its records: %d %s", a.StatusCode, a.body)
		}
		if a := h.ask(t, "GET /healthz"); a.StatusCode != http.StatusOK {
			t.Errorf("it is alive: %d", a.StatusCode)
		}
	})
}
