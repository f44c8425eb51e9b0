package handler_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

const (
	gazettes       = "/admin/v1/gazettes"
	gazetteImports = "/admin/v1/gazette-imports"
)

// printedFile is a file of the real data, or a reason not to test.
func printedFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("../../shared/data/" + name)
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// brings hands in a file of an issue, under a name; more goes into the address.
func (n *newsroom) brings(content []byte, name, more string) (int, map[string]any) {
	a := n.editor.handAt(gazetteImports+"?department_id="+n.office+"&name="+url.QueryEscape(name)+more, bytes.NewReader(content), int64(len(content)))
	return a.StatusCode, a.json(n.editor.t)
}

// reads has what was handed in read, and tells what became of it.
func (n *newsroom) reads(t *testing.T, h *house, content []byte, name, more string) map[string]any {
	t.Helper()
	status, i := n.brings(content, name, more)
	if status != http.StatusCreated {
		t.Fatalf("%s is answered %d: %v", name, status, i)
	}
	if err := h.issues.Work(ctx); err != nil {
		t.Fatal(err)
	}
	return n.editor.must("GET "+gazetteImports+"/"+i["id"].(string), nil)
}

// issue brings a file to the public, as the issue of a place.
func (n *newsroom) issue(t *testing.T, h *house, content []byte, name, more string) string {
	t.Helper()
	i := n.reads(t, h, content, name, more)
	if i["state"] != "made" {
		t.Fatalf("nothing is made of %s: %v", name, i)
	}
	id := i["document_id"].(string)
	n.signsIssue(n.changesIssue(id, func(c map[string]any) { c["day"] = "2019-01-15" }))
	return id
}

// changesIssue changes the working copy of an issue.
func (n *newsroom) changesIssue(id string, change func(content map[string]any)) map[string]any {
	r := n.editor.must("GET "+gazettes+"/"+id, nil)
	content := r["content"].(map[string]any)
	change(content)
	return n.editor.must("PUT "+gazettes+"/"+id, map[string]any{"content": content}, ifMatch(r))
}

func (n *newsroom) signsIssue(r map[string]any) map[string]any {
	at := gazettes + "/" + r["id"].(string)
	r = n.editor.must("POST "+at+"/submit", map[string]any{"excuses": excusesOf(n.editor.must("GET "+at+"/checks", nil))}, ifMatch(r))
	return n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "新一期", "note": "更正"}, ifMatch(r))
}

// excusesOf are reasons for all that may stay with one.
func excusesOf(checks map[string]any) []map[string]any {
	list := []map[string]any{}
	for _, f := range items(checks) {
		if f["severity"] == "ask" {
			list = append(list, map[string]any{"finding": f["number"], "reason": "原刊如此"})
		}
	}
	return list
}

func TestAnIssueIsReadMendedSignedAndCited(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.reads(t, h, content, "公报2019年第1期.pdf", "")
		if i["state"] != "made" || i["pages"] != 23.0 || i["done"] != 23.0 || i["step"] != "done" {
			t.Fatalf("it is read: %v", i)
		}
		id := i["document_id"].(string)
		h.tells(t, "a draft does not exist for the public", "GET /api/v1/gazettes/"+id, 404, "gazette.not_found")
		r := n.changesIssue(id, func(c map[string]any) {
			if c["year"] != 2019.0 || c["number"] != 1.0 || c["title"] != "鸢都市人民政府公报 2019年第1期" {
				t.Errorf("the name of the file says its place: %v", c)
			}
			c["day"] = "2019-01-15"
			c["pieces"] = []map[string]any{{"title": "中华人民共和国宪法", "first": 1, "top": 0, "last": 23, "bottom": 1, "category": "宪法"}}
		})
		if f := n.editor.must("GET "+gazettes+"/"+id+"/file", nil); len(f["sheets"].([]any)) != 23 {
			t.Errorf("the file holds %v", f)
		}
		if p := n.editor.must("GET "+gazettes+"/"+id+"/pages/2", nil); p["body"] == "" || len(p["lines"].([]any)) == 0 {
			t.Errorf("its editor sees a page: %v", p)
		}
		n.signsIssue(r)

		h.tells(t, "it stands on the shelf", "GET /api/v1/gazettes", 200, `"year":2019`, `"place":"2019年第1期"`, `"state":"public"`)
		h.tells(t, "with its pieces", "GET /api/v1/gazettes/"+id, 200, "中华人民共和国宪法", `"pages":23`, `"layer":"text"`)
		h.tells(t, "it is cited", "GET /api/v1/gazettes/place?q="+url.QueryEscape("公报 2019年第1期 第2页"), 200, `"page":2`, `"address":"/gazettes/2019/1?page=2"`, id)
		h.tells(t, "by number", "GET /api/v1/gazettes/place?year=2019&number=1&page=2", 200, `"page":2`)
		h.tells(t, "not beyond its end", "GET /api/v1/gazettes/place?year=2019&number=1&page=99", 404, "共 23 页")
		h.tells(t, "nor where none is", "GET /api/v1/gazettes/place?q="+url.QueryEscape("公报2018年第1期"), 404, "2018年第1期")
		h.tells(t, "a page has its words", "GET /api/v1/gazettes/"+id+"/pages/3", 200, `"layer":"text"`, `"box":[`, `"place":"2019年第1期第3页"`)
		h.tells(t, "there is no page 24", "GET /api/v1/gazettes/"+id+"/pages/24", 404, "gazette.no_such_page")
		h.tells(t, "found in it", "GET /api/v1/gazettes/"+id+"/find?q="+url.QueryEscape("全国人民代表大会"), 200, `"boxes":[[`, `"highlights":[[`)
		h.tells(t, "nothing is nowhere", "GET /api/v1/gazettes/"+id+"/find?q="+url.QueryEscape("鸢都风筝"), 200, `"total":0`)

		h.catchUp(t)
		h.tells(t, "the search finds the piece", "GET /api/v1/search?q="+url.QueryEscape("国家机构的组织"), 200, `"kind":"gazette_piece","total":1`, `"issue_id":"`+id+`"`)
		h.tells(t, "and understands a citation", "GET /api/v1/search?q="+url.QueryEscape("公报 2019年第1期 第12页"), 200, `"gazette":{"issue":`, `"page":12`)
	})
}

func TestAPictureOfAPageIsSharpKeptAndGoneWithItsIssue(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.issue(t, h, content, "公报2019年第1期.pdf", "")
		at := "GET /api/v1/gazettes/" + id + "/pages/2/picture"
		first := h.ask(t, at+"?width=1080")
		if first.StatusCode != 200 || !strings.HasPrefix(first.Header.Get("Content-Type"), "image/") || first.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("it is answered %d %v", first.StatusCode, first.Header)
		}
		tag := first.Header.Get("ETag")
		if strings.HasPrefix(tag, "W/") || len(tag) < 20 {
			t.Errorf("the tag is %s", tag)
		}
		if again := h.ask(t, at+"?width=1080", "If-None-Match: "+tag); again.StatusCode != 304 {
			t.Errorf("who has it is answered %d", again.StatusCode)
		}
		if part := h.ask(t, at+"?width=1080", "Range: bytes=0-99"); part.StatusCode != 206 || len(part.body) != 100 || part.body != first.body[:100] {
			t.Errorf("a part is answered %d", part.StatusCode)
		}
		if zipped := h.ask(t, at+"?width=1080", "Accept-Encoding: gzip"); zipped.Header.Get("Content-Encoding") != "" || zipped.Header.Get("Content-Length") == "" {
			t.Errorf("what is compressed already is compressed again: %v", zipped.Header)
		}
		page := h.ask(t, "GET /api/v1/gazettes/"+id+"/pages/2")
		_, address, _ := strings.Cut(page.body, `"width":1500,"url":"`)
		address, _, _ = strings.Cut(address, `"`)
		address = strings.ReplaceAll(address, `\u0026`, "&")
		sharp := h.ask(t, "GET "+address)
		if sharp.StatusCode != 200 || !strings.Contains(sharp.Header.Get("Cache-Control"), "immutable") || len(sharp.body) <= len(first.body) {
			t.Errorf("the wide one is answered %d %v", sharp.StatusCode, sharp.Header)
		}
		h.tells(t, "no other width", at+"?width=999", 422, "pages.no_such_width")
		h.tells(t, "no other page", strings.Replace(at, "/2/", "/24/", 1), 404, "gazette.no_such_page")

		r := n.reviewer.must("GET "+gazettes+"/"+id, nil)
		n.reviewer.must("POST "+gazettes+"/"+id+"/withdraw", map[string]any{"reason": "印错了"}, ifMatch(r))
		for _, gone := range []string{at + "?width=1080", "GET " + address, "GET /api/v1/gazettes/" + id, "GET /api/v1/gazettes/" + id + "/pages/2"} {
			h.tells(t, "it is gone at once", gone, 404, "印错了")
		}
	})
}

func TestTheSameFileAndTheSameNumberAreOneIssue(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	other := printedFile(t, "pdf/derived_scan_minfadian_12p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.issue(t, h, content, "公报2019年第1期.pdf", "")
		if again := n.reads(t, h, content, "又一次.pdf", ""); again["state"] != "same" || again["document_id"] != id {
			t.Errorf("the same file is the same issue: %v", again)
		}
		if status, why := n.brings(other, "扫描.pdf", "&year=2019&number=1"); status != 409 || !strings.Contains(why["detail"].(string), "鸢都市人民政府公报 2019年第1期") {
			t.Errorf("the place is taken: %d %v", status, why)
		}
		if i := n.reads(t, h, other, "公报2019年第1期 扫描.pdf", ""); i["state"] != "failed" || !strings.Contains(i["problem"].(string), "鸢都市人民政府公报 2019年第1期") {
			t.Errorf("also where the file says it: %v", i)
		}
		second := n.reads(t, h, other, "扫描.pdf", "&year=2019&number=2")["document_id"].(string)
		r := n.changesIssue(second, func(c map[string]any) { c["day"], c["number"] = "2019-02-15", 1 })
		checks := n.editor.must("GET "+gazettes+"/"+second+"/checks", nil)
		if !strings.Contains(fmt.Sprint(checks), "gazette.taken") {
			t.Errorf("nor can it be renamed so: %v", checks)
		}
		n.editor.refused(422, "publication.findings", "POST "+gazettes+"/"+second+"/submit", map[string]any{"excuses": []any{}}, ifMatch(r))
		r = n.changesIssue(second, func(c map[string]any) { c["number"] = 2 })
		n.signsIssue(r)
		h.tells(t, "a scan says that it is one", "GET /api/v1/gazettes/"+second+"/pages/2", 200, `"layer":"image"`, "仅图像", `"body":""`)

		h.tells(t, "both are there", "GET /api/v1/gazettes", 200, `"number":2`, `"number":1`)
		if status, why := n.brings(content, "x.pdf", "&into="+second); status != 409 || why["code"] != "gazette_import.no_draft" {
			t.Errorf("the file of what is not being written stays: %d %v", status, why)
		}
	})
}

func TestANewFileOfAnIssueLeavesWhatWasMended(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	other := printedFile(t, "pdf/derived_scan_minfadian_12p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.reads(t, h, content, "公报2019年第1期.pdf", "")["document_id"].(string)
		n.changesIssue(id, func(c map[string]any) {
			c["day"], c["missing"] = "2019-01-15", "第 24 页原刊缺"
			c["pieces"] = []map[string]any{{"title": "宪法", "first": 2, "top": 0.1, "last": 3, "bottom": 0.5}}
			c["texts"] = []map[string]any{{"page": 2, "body": "改过的字\n第二段"}}
		})
		if i := n.reads(t, h, other, "扫描.pdf", "&into="+id); i["state"] != "made" || i["document_id"] != id {
			t.Fatalf("it gets the new file: %v", i)
		}
		r := n.editor.must("GET "+gazettes+"/"+id, nil)
		c := r["content"].(map[string]any)
		pieces := c["pieces"].([]any)
		if c["file_name"] != "扫描.pdf" || c["day"] != "2019-01-15" || c["missing"] != "第 24 页原刊缺" || len(pieces) != 1 ||
			pieces[0].(map[string]any)["bottom"] != 0.5 || len(c["texts"].([]any)) != 1 {
			t.Errorf("mended stays mended: %v", c)
		}
		if i := n.reads(t, h, other, "扫描.pdf", "&into="+id); i["state"] != "same" {
			t.Errorf("the same file again changes nothing: %v", i)
		}
		n.changesIssue(id, func(c map[string]any) { c["year"], c["number"] = 2019, 1 })
		n.signsIssue(n.editor.must("GET "+gazettes+"/"+id, nil))
		h.tells(t, "a scan that was typed is searched", "GET /api/v1/gazettes/"+id+"/find?q="+url.QueryEscape("改过的字"), 200, `"total":1`)
		h.tells(t, "and read", "GET /api/v1/gazettes/"+id+"/pages/2", 200, `"mended":true`, `"layer":"text"`, "第二段")
		h.proves(t, "/api/v1/gazettes/"+id, 1)
	})
}

func TestWhatIsNoIssueGetsASentenceAndNoDraft(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		for name, code := range map[string]string{"hostile/billion_laughs.pdf": "pages.memory", "hostile/bomb_flate_nested.pdf": "pages.memory",
			"hostile/enc_user.pdf": "pages.encrypted", "hostile/notpdf.pdf": "pages.not_pages", "hostile/recursive_pages.pdf": "pages.too_many",
			"hostile/tall_page.pdf": "pages.page_size", "hostile/trunc50.pdf": "pages.damaged"} {
			i := n.reads(t, h, printedFile(t, name), "公报2019年第1期.pdf", "")
			if i["state"] != "failed" || i["code"] != code || i["document_id"] != "" || len([]rune(i["problem"].(string))) < 8 {
				t.Errorf("%s: %v", name, i)
			}
		}
		if status, why := n.brings(nil, "公报.pdf", ""); status != 422 || why["code"] != "file.empty" {
			t.Errorf("nothing: %d %v", status, why)
		}
		if i := n.reads(t, h, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "公报.pdf", ""); i["state"] != "failed" || i["code"] != "pages.named_only" {
			t.Errorf("a picture: %v", i)
		}
		if list := n.editor.must("GET "+gazettes, nil); list["total"] != 0.0 {
			t.Errorf("there are drafts: %v", list)
		}
		h.tells(t, "all is well", "GET /healthz", 200)
	})
}

func TestAYearSaysWhichOfItsIssuesAreNotHere(t *testing.T) {
	content := printedFile(t, "pdf/derived_scan_minfadian_12p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		n.issue(t, h, content, "公报2019年第3期.pdf", "")
		h.tells(t, "two are missing before it", "GET /api/v1/gazettes", 200, `"missing":[1,2]`, `{"number":1,"state":"missing","id":"","why":""}`)
		office := h.hire(t, n.admin, "duban", "", model.Grant{Role: model.Supervisor})
		year := "/admin/v1/gazette-years/2019"
		said := map[string]any{"issues": 4, "gaps": []map[string]any{{"number": 1, "why": "当期没有出版"}}}
		n.editor.refused(403, "staff.not_allowed", "PUT "+year, said, "If-Match: \"0\"")
		office.refused(422, "gazette_year.gap", "PUT "+year, map[string]any{"issues": 4, "gaps": []map[string]any{{"number": 1, "why": " "}}}, "If-Match: \"0\"")
		y := office.must("PUT "+year, said, "If-Match: \"0\"")
		if fmt.Sprint(y["missing"]) != "[2 4]" || y["version"] != 1.0 {
			t.Errorf("the year is %v", y)
		}
		office.refused(412, "edit.stale", "PUT "+year, said, "If-Match: \"0\"")
		h.tells(t, "everybody sees why", "GET /api/v1/gazettes", 200, "当期没有出版", `"missing":[2,4]`, `"issues":4`)
	})
}

func TestAnIssueIsToldAndItsPoliciesSayWhereTheyWerePrinted(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.tellPrivacy(t, "第一次发布")
		wang := h.settle(t, "王芳")
		wang.must("PUT /api/v1/me/follows/gazette/all", map[string]any{})
		if f := wang.must("GET /api/v1/me/follows", nil); !strings.Contains(fmt.Sprint(f), "人民政府公报") {
			t.Errorf("she follows %v", f)
		}
		p := &model.Policy{Title: "鸢都市风筝保护办法", DocNumber: "鸢政发〔2019〕1号", PublishedDate: "2019-01-02", Body: media.Structure("第一条 保护风筝。")}
		h.change(t, func(tx *store.Tx) error {
			_, err := tx.SavePolicy(ctx, "kite", p)
			return err
		})
		h.tells(t, "it is printed nowhere", "GET /api/v1/policies/"+p.ID, 200, `"printed":[]`)
		id := n.reads(t, h, content, "公报2019年第1期.pdf", "")["document_id"].(string)
		n.signsIssue(n.changesIssue(id, func(c map[string]any) {
			c["day"] = "2019-01-15"
			c["pieces"] = []map[string]any{{"title": "鸢都市风筝保护办法", "doc_number": "鸢政发〔2019〕1号", "first": 2, "top": 0, "last": 5, "bottom": 1, "policy_id": p.ID, "link": "confirmed"}}
		}))
		h.told(t)
		if v := items(wang.must("GET /api/v1/me/notices", nil)); len(v) != 1 || v[0]["says"] != "新一期公报" || v[0]["why"] != "您订阅了公报" {
			t.Errorf("she is told %v", v)
		}
		h.tells(t, "it was printed here", "GET /api/v1/policies/"+p.ID, 200, `"place":"2019年第1期第2页"`, `"address":"/gazettes/2019/1?page=2"`)
		issue := h.ask(t, "GET /api/v1/gazettes/"+id).json(t)
		piece := issue["pieces"].([]any)[0].(map[string]any)
		h.tells(t, "and back", "GET /api/v1/gazettes/"+id+"/pieces/"+piece["id"].(string), 200, `"policy":{"id":"`+p.ID+`"`, `"paragraphs":[{"text":`, `"page":2`)

		m := n.releases(n.links(n.matter("保护风筝"), "gazette", id, piece["id"].(string)))
		h.tells(t, "it joins its matter", "GET /api/v1/matters/"+m["id"].(string), 200, `"step":"gazette"`, "鸢都市风筝保护办法", "2019年第1期")

		r := n.reviewer.must("GET "+gazettes+"/"+id, nil)
		n.reviewer.must("POST "+gazettes+"/"+id+"/withdraw", map[string]any{"reason": "印错了"}, ifMatch(r))
		h.tells(t, "once the issue is withdrawn it says nothing", "GET /api/v1/policies/"+p.ID, 200, `"printed":[]`)
	})
}

func TestWhatWasPrintedStandsInTheMatterOfItsPolicy(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		p := n.published(t, n.policy("鸢都市风筝保护办法", "鸢政发〔2019〕1号"))["id"].(string)
		before := n.releases(n.links(n.matter("保护风筝"), "policy", p, ""))
		id := n.reads(t, h, content, "公报2019年第1期.pdf", "")["document_id"].(string)
		n.signsIssue(n.changesIssue(id, func(c map[string]any) {
			c["day"] = "2019-01-15"
			c["pieces"] = []map[string]any{{"title": "鸢都市风筝保护办法", "first": 2, "top": 0, "last": 5, "bottom": 1, "policy_id": p, "link": "confirmed"}}
		}))
		h.tells(t, "it joins by itself", "GET /api/v1/matters/"+before["id"].(string), 200, `"step":"gazette"`, "2019年第1期")
		after := n.releases(n.links(n.matter("放风筝"), "policy", p, ""))
		h.tells(t, "also a matter that is joined later", "GET /api/v1/matters/"+after["id"].(string), 200, `"step":"gazette"`, "2019年第1期")
	})
}

func TestReadingGoesOnWhereItBrokeOff(t *testing.T) {
	content := printedFile(t, "pdf/official_xianfa_23p.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		_, i := n.brings(content, "公报2019年第1期.pdf", "")
		kept := func() int {
			pages, err := h.store.PagesKept(ctx, i["sm3"].(string))
			if err != nil {
				t.Error(err)
			}
			return len(pages)
		}
		working, stop := context.WithCancel(ctx)
		go func() {
			for working.Err() == nil && kept() == 0 {
				runtime.Gosched()
			}
			stop()
		}()
		if err := h.issues.Work(working); err == nil {
			t.Fatal("it was read before it broke off")
		}
		before := kept()
		if before == 0 || before == 23 {
			t.Fatalf("%d pages are kept", before)
		}
		at := "GET " + gazetteImports + "/" + i["id"].(string)
		if err := h.issues.Work(ctx); err != nil || n.editor.must(at, nil)["state"] != "waiting" {
			t.Errorf("it was taken from who may still be reading it (%v)", err)
		}
		h.clock.Move(2 * time.Minute)
		if err := h.issues.Work(ctx); err != nil {
			t.Fatal(err)
		}
		if v := n.editor.must(at, nil); v["state"] != "made" || v["done"] != 23.0 {
			t.Errorf("in the end there is %v", v)
		}
	})
}

func TestAnIssueThatIsAnOFDIsReadDrawnAndGivenBackAsItCame(t *testing.T) {
	content := printedFile(t, "ofd/ofdrw_hello.ofd")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.reads(t, h, content, "公报2020年第2期.pdf", "") // somebody gave it the wrong ending
		if i["state"] != "made" || i["pages"] != 2.0 || i["done"] != 2.0 {
			t.Fatalf("it is read: %v", i)
		}
		id := i["document_id"].(string)
		r := n.changesIssue(id, func(c map[string]any) {
			if c["year"] != 2020.0 || c["number"] != 2.0 {
				t.Errorf("the name of the file says its place: %v", c)
			}
			c["day"] = "2020-02-15"
			c["pieces"] = []map[string]any{{"title": "拿来主义", "first": 1, "top": 0, "last": 2, "bottom": 1}}
		})
		notes := n.editor.must("GET "+gazettes+"/"+id+"/file", nil)["notes"].([]any)
		if len(notes) == 0 || !strings.Contains(notes[0].(map[string]any)["message"].(string), "宋体") {
			t.Errorf("its editor is told of %v", notes)
		}
		n.signsIssue(r)

		h.tells(t, "its words are searched", "GET /api/v1/gazettes/"+id+"/find?q="+url.QueryEscape("礼尚往来"), 200, `"boxes":[[`, `"page":1`)
		h.tells(t, "and read", "GET /api/v1/gazettes/"+id+"/pages/2", 200, `"layer":"text"`, "新文艺")
		if picture := h.ask(t, "GET /api/v1/gazettes/"+id+"/pages/2/picture?width=1500"); picture.StatusCode != 200 || len(picture.body) < 20_000 {
			t.Errorf("a page is drawn when it is asked for: %d, %d bytes", picture.StatusCode, len(picture.body))
		}
		_, address, _ := strings.Cut(h.ask(t, "GET /api/v1/gazettes/"+id).body, `"original":{`)
		_, address, _ = strings.Cut(address, `"url":"`)
		address, _, _ = strings.Cut(address, `"`)
		original := h.ask(t, "GET "+address)
		if original.body != string(content) || original.Header.Get("Content-Type") != "application/ofd" ||
			!strings.Contains(original.Header.Get("Content-Disposition"), ".ofd") {
			t.Errorf("the original is given out as %d %v", original.StatusCode, original.Header)
		}
	})
}

func TestAScanIsReadByTheProgramThatIsSet(t *testing.T) {
	content := printedFile(t, "pdf/derived_scan_minfadian_12p.pdf")
	program, err := filepath.Abs("testdata/ocr.sh")
	if err != nil {
		t.Fatal(err)
	}
	eachBare(t, func(t *testing.T, h *house) {
		h.reading.Command = []string{"/bin/sh", program, "关于风筝放飞场地的通告"}
		n := h.newsroom(t)
		id := n.reads(t, h, content, "公报2019年第3期.pdf", "")["document_id"].(string)
		n.signsIssue(n.changesIssue(id, func(c map[string]any) {
			c["day"] = "2019-03-15"
			c["pieces"] = []map[string]any{{"title": "通告", "first": 1, "top": 0, "last": 12, "bottom": 1}}
		}))
		if notes := fmt.Sprint(n.editor.must("GET "+gazettes+"/"+id+"/file", nil)["notes"]); !strings.Contains(notes, "由图像识别") {
			t.Errorf("its editor is told of %s", notes)
		}
		h.tells(t, "a page says that its words were recognised", "GET /api/v1/gazettes/"+id+"/pages/2", 200, `"layer":"ocr"`, "由图像识别", "风筝放飞场地")
		h.tells(t, "they are found, where they stand", "GET /api/v1/gazettes/"+id+"/find?q="+url.QueryEscape("放飞场地"), 200, `"total":12`, `"boxes":[[`)
		h.catchUp(t)
		h.tells(t, "also from the main search", "GET /api/v1/search?q="+url.QueryEscape("风筝放飞场地"), 200, id)
	})
}
