package handler_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"yuandu/media/mediatest"
)

// corrected publishes a correction of a public document.
func (n *newsroom) corrected(t testing.TB, id string, content map[string]any, signed map[string]any) map[string]any {
	t.Helper()
	desk := "/admin/v1/policies/" + id
	r := n.editor.must("GET "+desk, nil)
	r = n.editor.must("POST "+desk+"/reopen", nil, ifMatch(r))
	r = n.editor.must("PUT "+desk, map[string]any{"content": content}, ifMatch(r))
	r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
	return n.reviewer.must("POST "+desk+"/sign", signed, ifMatch(r))
}

// amended is the policy with another second article.
func (n *newsroom) amended(text string) map[string]any {
	content := n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
	content["body"].([]map[string]any)[1]["text"] = text
	return content
}

// daysLater lets two days go by; everybody signs in again.
func (n *newsroom) daysLater() {
	n.clock.Move(48 * time.Hour)
	n.editor.signIn("bianji")
	n.reviewer.signIn("shenhe")
}

var signedCorrection = map[string]any{"no_secret": true, "attribute": "open", "why": "笔误", "note": "第二条的补助金额应为十五万元。"}

func TestWhatChangedBetweenTwoVersionsIsShown(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		first := n.amended("第二条　财政给予每台二十万元补助。")
		r := n.begin(first)
		id := r["id"].(string)
		desk, public := "/admin/v1/policies/"+id, "/api/v1/policies/"+id
		all := n.reviewer.must("GET "+desk+"/compare", nil)
		if counts := all["counts"].(map[string]any); counts["added"].(float64) != 2 || len(counts) != 1 {
			t.Errorf("of what never was public is new: %v", counts)
		}
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		n.reviewer.must("POST "+desk+"/sign", signedNow, ifMatch(r))
		h.tells(t, "one version has nothing to be compared with", "GET /policies/"+id+"/revisions", 200, "只公开过一个版本")

		n.daysLater()
		second := n.amended("第二条　财政给予每台十五万元补助。")
		second["doc_number"] = "鸢建发〔2026〕21号"
		n.corrected(t, id, second, signedCorrection)
		h.tells(t, "the public sees which words changed", "GET "+public+"/compare", 200,
			`"from":{"version":1`, `"to":{"version":2`, `{"text":"二十万","mark":"gone"}`, `{"text":"十五万","mark":"come"}`, `"name":"文号"`)
		h.tells(t, "and so does the page", "GET /policies/"+id+"/revisions", 200, "<del>二十万</del>", "<ins>十五万</ins>", "第二条的补助金额应为十五万元")
		h.tells(t, "there is no third version", "GET "+public+"/compare?from=1&to=9", 404, `"publication.revision_missing"`)

		table := func(sum string) map[string]any {
			content := n.amended("第二条　财政给予补助。")
			content["body"] = append(content["body"].([]map[string]any), map[string]any{"kind": "table", "rows": [][]string{{"楼型", "补助", ""}, {"多层", sum, "25"}},
				"spans": []map[string]int{{"row": 0, "column": 1, "rows": 1, "columns": 2}}})
			return content
		}
		n.corrected(t, id, table("20"), signedCorrection)
		n.corrected(t, id, table("21"), signedCorrection)
		h.tells(t, "cells that are merged stay so", "GET /policies/"+id+"/revisions", 200, `<td colspan="2">补助</td>`, "<del>20</del>", "<ins>21</ins>")

		staff := n.editor.must("GET "+desk+"/compare?from=1&to=2", nil)
		if counts := staff["counts"].(map[string]any); counts["changed"].(float64) != 1 || counts["same"].(float64) != 1 {
			t.Errorf("between the versions lies %v", counts)
		}
		if list := n.editor.must("GET "+desk+"/revisions", nil)["items"].([]any); len(list) != 4 {
			t.Errorf("there are the versions %v", list)
		}
	})
}

func TestAPolicyIsReadAsItStoodOnADay(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		today := h.clock.Now().Format(time.DateOnly)
		id := n.published(t, n.amended("第二条　财政给予每台二十万元补助。"))["id"].(string)
		n.daysLater()
		n.corrected(t, id, n.amended("第二条　财政给予每台十五万元补助。"), signedCorrection)
		later := h.clock.Now().Format(time.DateOnly)
		ask := "GET /api/v1/policies/" + id + "?at="
		h.tells(t, "on the first day", ask+today, 200, "二十万元", `"as_of":{"day":"`+today+`","version":1`, `"corrections":[]`)
		h.tells(t, "on the day of the correction", ask+later, 200, "十五万元", `"version":2`, "第二条的补助金额应为十五万元")
		h.tells(t, "before it was published there was none", ask+"2020-01-01", 404, `"publication.not_on_day"`)
		h.tells(t, "and nobody knows tomorrow", ask+"2199-01-01", 404, `"publication.not_on_day"`)
		h.tells(t, "a day that is none", ask+"2023-02-31", 422, `"at"`)
		h.tells(t, "the page says of which day it is", "GET /policies/"+id+"?at="+today, 200, "过去的内容", "二十万元")
	})
}

func TestAVersionThatMustNotBeReadIsClosed(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		n := r.newsroom
		list := n.editor.handed("名单.pdf", mediatest.PDF(1))
		first := n.amended("第二条　财政给予每台二十万元补助。")
		first["attachments"] = []map[string]any{{"file_id": list.ID, "name": "名单.pdf"}}
		record, day := n.published(t, first), r.clock.Now().Format(time.DateOnly)
		id := record["id"].(string)
		desk := "/admin/v1/policies/" + id
		n.reviewer.refused(409, "publication.revision_public", "POST "+desk+"/revisions/1/close", map[string]string{"reason": "误"}, ifMatch(record))
		n.daysLater()
		n.corrected(t, id, n.amended("第二条　财政给予每台十五万元补助。"), signedCorrection)
		r.tells(t, "what an older version had is still there", "GET /api/v1/files/"+list.ID, 200)

		record = n.editor.must("GET "+desk, nil)
		n.editor.refused(403, "staff.not_allowed", "POST "+desk+"/revisions/1/close", map[string]string{"reason": "名单里有身份证号"}, ifMatch(record))
		n.reviewer.refused(422, "publication.reason_needed", "POST "+desk+"/revisions/1/close", map[string]string{"reason": " "}, ifMatch(record))
		n.reviewer.refused(404, "publication.revision_missing", "POST "+desk+"/revisions/9/close", map[string]string{"reason": "误"}, ifMatch(record))
		n.reviewer.must("POST "+desk+"/revisions/1/close", map[string]string{"reason": "附件含有个人信息"}, ifMatch(record))
		r.tells(t, "a closed version is not compared", "GET /api/v1/policies/"+id+"/compare?from=1&to=2", 404, "附件含有个人信息")
		r.tells(t, "and not read as of its day", "GET /api/v1/policies/"+id+"?at="+day, 404, `"publication.revision_closed"`)
		r.tells(t, "its files are gone", "GET /api/v1/files/"+list.ID, 404)
		r.tells(t, "and not found by their hash", "GET /api/v1/proof/"+list.SM3, 200, `"items":[]`)
		r.tells(t, "it stays as proof", "GET /policies/"+id+"/proof", 200, "不再提供查阅：附件含有个人信息")
		r.proves(t, "/api/v1/policies/"+id, 2)
	})
}

func TestACorrectionCanCloseWhatWasBefore(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.published(t, n.amended("第二条　联系人张三，电话写错了。"))["id"].(string)
		signed := map[string]any{"no_secret": true, "attribute": "open", "why": "更正", "note": "删去不应公开的内容。", "close_older": true}
		n.corrected(t, id, n.amended("第二条　财政给予每台十五万元补助。"), signed)
		h.tells(t, "nobody reads what it was", "GET /api/v1/policies/"+id+"/compare?from=1&to=2", 404, `"publication.revision_closed"`)
		h.tells(t, "the list of versions says why", "GET /policies/"+id+"/revisions", 200, "不再提供查阅：删去不应公开的内容。")
	})
}

func TestAPaperIsCheckedByItsNumberItsHashOrItsFile(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf := mediatest.PDF(2)
		f := r.editor.handed("申请表.pdf", pdf)
		content := r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		content["attachments"] = []map[string]any{{"file_id": f.ID, "name": "申请表.pdf"}}
		id := r.published(t, content)["id"].(string)
		hash := r.ask(t, "GET /api/v1/policies/"+id+"/proof").json(t)["revisions"].([]any)[0].(map[string]any)["sm3"].(string)
		r.tells(t, "by its number", "GET /proof?q=鸢建发[2026]12号", 200, "/policies/"+id+"/proof")
		r.tells(t, "by its hash, however it was copied", "GET /proof?q="+strings.ToUpper(hash[:8])+"%20"+hash[8:], 200, "内容一致", "第 1 版的全部内容")
		r.tells(t, "one that is not ours", "GET /proof?q="+strings.Repeat("ab", 32), 200, "没有找到")
		r.tells(t, "the hash of a file", "GET /api/v1/proof/"+f.SM3, 200, `"file":"申请表.pdf"`, `"id":"`+id+`"`)
		r.tells(t, "what is no hash", "GET /api/v1/proof/xyz", 422, `"sm3"`)
		if page := r.checkPaper(t, "申请表(1).pdf", pdf); !strings.Contains(page, "内容一致") || !strings.Contains(page, "申请表(1).pdf") {
			t.Errorf("the file is not known again: %s", page)
		}
		if page := r.checkPaper(t, "申请表.pdf", append(pdf, ' ')); !strings.Contains(page, "没有找到") {
			t.Errorf("a file that was changed is taken for ours")
		}
		if page := r.checkPaper(t, "", nil); !strings.Contains(page, "还没有选择文件") {
			t.Errorf("without a file: %s", page)
		}
		code := r.ask(t, "GET /policies/"+id+"/code.png")
		if code.StatusCode != 200 || !strings.HasPrefix(code.body, "\x89PNG") {
			t.Errorf("the code of a printed page: %d", code.StatusCode)
		}
	})
}

// checkPaper hands a file to the page of proofs, as a browser does.
func (r *fileroom) checkPaper(t testing.TB, name string, content []byte) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		t.Fatal(err)
	}
	response, err := client.Post(r.server.URL+"/proof", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var page bytes.Buffer
	if _, err := page.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%d %v %.300s", response.StatusCode, err, page.String())
	}
	return page.String()
}

func TestAPolicyLeavesAndComesBackAsAWordDocument(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		content := r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		shot := r.editor.handed("效果图.png", mediatest.PNG(mediatest.Picture(40, 30)))
		content["body"] = append(content["body"].([]map[string]any),
			map[string]any{"kind": "table", "rows": [][]string{{"楼层", "分担"}, {"二层", "一成"}}},
			map[string]any{"kind": "picture", "file_id": shot.ID, "text": "加装后的样子"})
		id := r.published(t, content)["id"].(string)
		a := r.ask(t, "GET /policies/"+id+"/word")
		if kind := a.Header.Get("Content-Type"); a.StatusCode != 200 || !strings.Contains(kind, "wordprocessingml") {
			t.Fatalf("%d %s", a.StatusCode, kind)
		}
		word := r.editor.handed("办法.docx", []byte(a.body))
		read := r.editor.must("POST /admin/v1/word", map[string]string{"file_id": word.ID})
		if read["title"] != content["title"] {
			t.Errorf("the title is %v", read["title"])
		}
		if fmt.Sprint(read["topic_ids"]) != "[housing safety]" {
			t.Errorf("proposed are the topics %v", read["topic_ids"])
		}
		text, pictures := "", 0
		for _, p := range read["passages"].([]any) {
			text += fmt.Sprint(p.(map[string]any)["text"], p.(map[string]any)["rows"])
			if p.(map[string]any)["kind"] == "picture" {
				pictures++
			}
		}
		for _, want := range []string{"第二条　加装电梯的费用由业主共同分担", "[二层 一成]"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s is lost: %s", want, text)
			}
		}
		if pictures != 1 {
			t.Errorf("%d pictures came back", pictures)
		}
		pdf := r.editor.handed("附件.pdf", mediatest.PDF(1))
		r.editor.refused(422, "document.other_kind", "POST /admin/v1/word", map[string]string{"file_id": pdf.ID})
		old := r.editor.handed("老通知.wps", mediatest.Compound("WordDocument"))
		r.editor.refused(422, "document.old_word", "POST /admin/v1/word", map[string]string{"file_id": old.ID})
		r.editor.refused(404, "file.not_found", "POST /admin/v1/word", map[string]string{"file_id": strings.Repeat("0", 26)})
	})
}

func TestAnEditorSeesThePageBeforeThePublicDoes(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		content := r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		shot := r.editor.handed("效果图.png", mediatest.PNG(mediatest.Picture(40, 30)))
		content["body"] = append(content["body"].([]map[string]any), map[string]any{"kind": "picture", "file_id": shot.ID, "text": "样子"})
		content["relations"] = []map[string]any{{"kind": "repeals", "target_title": "鸢都市加装电梯暂行办法"}}
		desk := "/admin/v1/policies/" + r.begin(content)["id"].(string)
		a := r.reviewer.send("GET "+desk+"/preview", nil)
		for _, want := range []string{"预览", "第二条", `src="/admin/v1/files/` + shot.ID + `"`, "鸢都市加装电梯暂行办法"} {
			if !strings.Contains(a.body, want) {
				t.Errorf("the preview (%d) lacks %s", a.StatusCode, want)
			}
		}
		if a := r.editor.send("GET "+desk+"/preview?size=large", nil); !strings.Contains(a.body, `class="large"`) {
			t.Errorf("the preview in large type is not large")
		}
		r.visit(t).refused(401, "staff.signin_needed", "GET "+desk+"/preview", nil)
	})
}
