package handler_test

import (
	"encoding/hex"
	"fmt"
	"mime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
	"yuandu/outside"
	"yuandu/service/ingest"
	"yuandu/store"
)

// newsroom is a house with an office, and the people who publish for it.
type newsroom struct {
	*house
	office                  string
	admin, editor, reviewer *visitor
}

func (h *house) newsroom(t testing.TB) *newsroom {
	t.Helper()
	admin := h.found(t)
	n := &newsroom{house: h, admin: admin, office: h.office(t, admin, "市住房和城乡建设局", "")}
	n.editor = h.hire(t, admin, "bianji", n.office, model.Grant{Role: model.Editor, DepartmentID: n.office})
	n.reviewer = h.hire(t, admin, "shenhe", n.office, model.Grant{Role: model.Reviewer, DepartmentID: n.office})
	return n
}

// policy is a working copy that nothing is wrong with.
func (n *newsroom) policy(title, number string) map[string]any {
	return map[string]any{"title": title, "doc_number": number, "written_date": "2026-11-20", "effective_date": "2026-12-01",
		"department_ids": []string{n.office}, "topic_ids": []string{"housing"}, "no_interpretation": "事务性通知，内容简明",
		"body": []map[string]any{
			{"kind": "text", "text": "第一条　为了规范老旧小区加装电梯，制定本办法。"},
			{"kind": "text", "text": "第二条　加装电梯的费用由业主共同分担，财政给予每台二十万元补助。"},
		}}
}

func ifMatch(record map[string]any) string { return fmt.Sprintf(`If-Match: "%.0f"`, record["version"]) }

// begin opens a draft of the editor's.
func (n *newsroom) begin(content map[string]any) map[string]any {
	return n.editor.must("POST /admin/v1/policies", map[string]any{"department_id": n.office, "content": content})
}

var signedNow = map[string]any{"no_secret": true, "attribute": "open", "tell": true, "why": "新的补助政策"}

// published brings a document all the way.
func (n *newsroom) published(t testing.TB, content map[string]any) map[string]any {
	t.Helper()
	return n.publish(n.begin(content))
}

// publish brings a draft all the way.
func (n *newsroom) publish(r map[string]any) map[string]any {
	at := "/admin/v1/policies/" + r["id"].(string)
	r = n.editor.must("POST "+at+"/submit", map[string]any{}, ifMatch(r))
	return n.reviewer.must("POST "+at+"/sign", signedNow, ifMatch(r))
}

func TestADocumentGoesFromTheDeskToThePublicAndBack(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		id := r["id"].(string)
		desk, public := "/admin/v1/policies/"+id, "/api/v1/policies/"+id

		h.tells(t, "a draft does not exist for the public", "GET "+public, 404, `"policy.not_found"`)
		n.reviewer.refused(409, "publication.not_in_review", "POST "+desk+"/sign", signedNow, ifMatch(r))
		r = n.editor.must("POST "+desk+"/submit", map[string]any{"note": "请尽快"}, ifMatch(r))
		n.editor.refused(403, "staff.not_allowed", "POST "+desk+"/sign", signedNow, ifMatch(r))
		n.editor.refused(409, "publication.not_a_draft", "PUT "+desk, map[string]any{"content": n.policy("改名", "")}, ifMatch(r))
		n.reviewer.refused(422, "publication.secrecy_unsigned", "POST "+desk+"/sign", map[string]any{"no_secret": false, "attribute": "open"}, ifMatch(r))
		r = n.reviewer.must("POST "+desk+"/sign", signedNow, ifMatch(r))
		if r["stage"] != "published" || r["public"] != true {
			t.Fatalf("signed, and it is %v, public %v", r["stage"], r["public"])
		}
		h.tells(t, "what was signed is public", "GET "+public, 200, `"title":"鸢都市老旧小区加装电梯管理办法"`, `"label":"第二条"`)
		h.catchUp(t)
		h.tells(t, "and is found", "GET /api/v1/policies?q=加装电梯", 200, `"id":"`+id+`"`)

		r = n.editor.must("POST "+desk+"/reopen", nil, ifMatch(r))
		content := n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		content["body"].([]map[string]any)[1]["text"] = "第二条　加装电梯的费用由业主共同分担，财政给予每台十五万元补助。"
		r = n.editor.must("PUT "+desk, map[string]any{"content": content}, ifMatch(r))
		h.tells(t, "a correction that is being written is not public", "GET "+public, 200, "二十万元")
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		corrected := map[string]any{"no_secret": true, "attribute": "open", "tell": false, "why": "笔误"}
		n.reviewer.refused(422, "publication.note_needed", "POST "+desk+"/sign", corrected, ifMatch(r))
		corrected["note"] = "第二条的补助金额应为十五万元。"
		r = n.reviewer.must("POST "+desk+"/sign", corrected, ifMatch(r))
		h.tells(t, "the correction is public", "GET "+public, 200, "十五万元", `"note":"第二条的补助金额应为十五万元。"`)
		h.tells(t, "and the page tells of it", "GET /policies/"+id, 200, "更正</strong>", "补助金额应为十五万元", "/proof")
		h.proves(t, public, 2)

		r = n.reviewer.must("POST "+desk+"/withdraw", map[string]string{"reason": "文件内容有误，重新研究后发布。"}, ifMatch(r))
		if r["stage"] != "withdrawn" {
			t.Fatalf("withdrawn, and it is %v", r["stage"])
		}
		h.tells(t, "what was withdrawn says why", "GET "+public, 404, `"publication.withdrawn"`, "重新研究后发布")
		h.tells(t, "nothing finds it, though the index still knows it", "GET /api/v1/policies?q=加装电梯", 200, `"items":[]`)

		r = n.editor.must("POST "+desk+"/reopen", nil, ifMatch(r))
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		n.reviewer.must("POST "+desk+"/sign", signedNow, ifMatch(r))
		h.tells(t, "put right, it is public again under its address", "GET "+public, 200, "十五万元")
		if got := h.changes(t, id); got != "published told, corrected, withdrawn, published told" {
			t.Errorf("the changes are %s", got)
		}
	})
}

func TestADocumentAppearsAtItsTimeUnlessItIsHeld(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("鸢都市加装电梯补助细则", "鸢建发〔2026〕13号"))
		desk, public := "/admin/v1/policies/"+r["id"].(string), "/api/v1/policies/"+r["id"].(string)
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		later := map[string]any{"no_secret": true, "attribute": "open", "why": "新政策", "tell": true, "at": h.clock.Now().Add(2 * time.Minute)}
		past := map[string]any{"no_secret": true, "attribute": "open", "why": "新政策", "tell": true, "at": h.clock.Now().Add(-time.Minute)}
		n.reviewer.refused(422, "publication.time_past", "POST "+desk+"/sign", past, ifMatch(r))
		r = n.reviewer.must("POST "+desk+"/sign", later, ifMatch(r))
		due := func() {
			t.Helper()
			if err := h.handler.Publication.PublishDue(ctx); err != nil {
				t.Fatal(err)
			}
		}
		due()
		h.tells(t, "before its time nobody sees it", "GET "+public, 404, `"policy.not_found"`)
		r = n.reviewer.must("POST "+desk+"/hold", nil, ifMatch(r))
		h.clock.Move(3 * time.Minute)
		due()
		h.tells(t, "one that is held does not appear", "GET "+public, 404, `"policy.not_found"`)
		later["at"] = h.clock.Now().Add(2 * time.Minute)
		n.reviewer.must("POST "+desk+"/sign", later, ifMatch(r))
		h.clock.Move(2 * time.Minute)
		due()
		due()
		h.tells(t, "at its time it is there", "GET "+public, 200, "加装电梯补助细则")
		if got := h.changes(t, r["id"].(string)); got != "published told" {
			t.Errorf("the changes are %s", got)
		}
	})
}

func TestTwoEditorsOfOneDraftLoseNothing(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("甲", ""))
		desk := "/admin/v1/policies/" + r["id"].(string)
		n.editor.must("PUT "+desk, map[string]any{"content": n.policy("乙", "")}, ifMatch(r))
		a := n.editor.refused(412, "edit.stale", "PUT "+desk, map[string]any{"content": n.policy("丙", "")}, ifMatch(r))
		if !strings.Contains(a.body, `"title":"乙"`) {
			t.Errorf("the second is not shown what the first wrote: %.300s", a.body)
		}
		n.editor.refused(428, "request.version_missing", "PUT "+desk, map[string]any{"content": n.policy("丁", "")})
	})
}

func TestADayThatIsNoneIsNotKept(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("鸢都市加装电梯补助细则", ""))
		desk := "/admin/v1/policies/" + r["id"].(string)
		for field, value := range map[string]any{"written_date": "2026-02-30", "expiry_date": "明年", "effective_date": "30261231",
			"relations": []any{map[string]any{"kind": "repeals", "target_title": "旧细则", "since": "2026-13-01"}}} {
			content := n.policy("鸢都市加装电梯补助细则", "")
			content[field] = value
			a := n.editor.refused(422, "day.malformed", "PUT "+desk, map[string]any{"content": content}, ifMatch(r))
			if !strings.Contains(a.body, `"field":"`+field) {
				t.Errorf("%s is not named: %s", field, a.body)
			}
		}
		content := n.policy("鸢都市加装电梯补助细则", "")
		content["written_date"] = "2026年3月1日"
		kept := n.editor.must("PUT "+desk, map[string]any{"content": content}, ifMatch(r))["content"].(map[string]any)
		if kept["written_date"] != "2026-03-01" {
			t.Errorf("a day as documents write it is kept as %v", kept["written_date"])
		}
		n.editor.refused(422, "day.malformed", "POST /admin/v1/interpretations",
			map[string]any{"department_id": n.office, "content": map[string]any{"title": "解读", "published_date": "昨天"}})
	})
}

func TestWhatIsMissingKeepsADraftFromReview(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(map[string]any{"title": "没有写完的办法"})
		desk := "/admin/v1/policies/" + r["id"].(string)
		n.editor.refused(422, "publication.findings", "POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		found := n.editor.must("GET "+desk+"/checks", nil)
		var codes []string
		for _, f := range found["items"].([]any) {
			codes = append(codes, f.(map[string]any)["code"].(string))
		}
		got := strings.Join(codes, " ")
		for _, want := range []string{"draft.no_department", "draft.no_body", "policy.no_number", "policy.no_date", "policy.unexplained"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not found: %s", want, got)
			}
		}
		content := n.policy("关于加装电梯的通知", "")
		r = n.editor.must("PUT "+desk, map[string]any{"content": content}, ifMatch(r))
		found = n.editor.must("GET "+desk+"/checks", nil)
		asked := found["items"].([]any)[0].(map[string]any)
		excuses := []map[string]any{{"finding": asked["number"], "reason": "便函，没有文号"}}
		n.editor.must("POST "+desk+"/submit", map[string]any{"excuses": excuses}, ifMatch(r))
	})
}

func TestALinkThatLeadsNowhereIsFoundBeforeAReview(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		h.dead = map[string]outside.Reason{"https://zjj.example.gov.cn/old": outside.Gone, "https://slow.example.gov.cn": outside.Unreachable}
		content := n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕50号")
		content["body"] = append(content["body"].([]map[string]any), map[string]any{"kind": "text",
			"text": "第三条　申请表见 https://zjj.example.gov.cn/old ，进度见 https://slow.example.gov.cn 。"})
		desk := "/admin/v1/policies/" + n.begin(content)["id"].(string)
		var found []string
		for _, f := range n.editor.must("GET "+desk+"/checks", nil)["items"].([]any) {
			found = append(found, fmt.Sprint(f.(map[string]any)["severity"], " ", f.(map[string]any)["code"]))
		}
		if got := strings.Join(found, ", "); got != "ask link.gone, note link.unreachable" {
			t.Errorf("found are %s", got)
		}
	})
}

func TestADeletedDraftCanBeTakenBack(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("要删的", ""))
		desk := "/admin/v1/policies/" + r["id"].(string)
		r = n.editor.must("DELETE "+desk, nil, ifMatch(r))
		if list := n.editor.must("GET /admin/v1/policies", nil); list["total"].(float64) != 0 {
			t.Errorf("a deleted draft is listed")
		}
		if list := n.editor.must("GET /admin/v1/policies?deleted=true", nil); list["total"].(float64) != 1 {
			t.Errorf("a deleted draft is not in the bin")
		}
		r = n.editor.must("POST "+desk+"/restore", nil, ifMatch(r))
		if r["stage"] != "draft" || r["deleted_at"] != nil {
			t.Errorf("taken back, it is %v", r)
		}
	})
}

func TestAnotherOfficeSeesNothingOfADraft(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		office, other := h.office(t, admin, "市民政局", ""), h.office(t, admin, "市教育局", "")
		n := &newsroom{house: h, admin: admin, office: office}
		n.editor = h.hire(t, admin, "bianji", office, model.Grant{Role: model.Editor, DepartmentID: office})
		stranger := h.hire(t, admin, "waiju", other, model.Grant{Role: model.Editor, DepartmentID: other})
		r := n.begin(n.policy("还在研究的办法", ""))
		desk := "/admin/v1/policies/" + r["id"].(string)
		stranger.refused(403, "staff.not_allowed", "GET "+desk, nil)
		stranger.refused(403, "staff.not_allowed", "PUT "+desk, map[string]any{"content": n.policy("改别人的", "")}, ifMatch(r))
		stranger.refused(403, "staff.not_allowed", "POST /admin/v1/policies", map[string]any{"department_id": office, "content": n.policy("冒名", "")})
		if list := stranger.must("GET /admin/v1/policies", nil); list["total"].(float64) != 0 {
			t.Errorf("another office sees %v", list["items"])
		}
	})
}

func TestColleaguesSeeWhoElseIsInADraft(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		desk := "/admin/v1/policies/" + n.begin(n.policy("两个人的稿", ""))["id"].(string)
		here := func(v *visitor) int { return len(v.must("PUT "+desk+"/presence", nil)["items"].([]any)) }
		if alone, second, again := here(n.editor), here(n.reviewer), here(n.editor); alone != 0 || second != 1 || again != 1 {
			t.Errorf("the first sees %d, the second %d, the first then %d", alone, second, again)
		}
		n.reviewer.must("DELETE "+desk+"/presence", nil)
		if left := here(n.editor); left != 0 {
			t.Errorf("who has left is still seen")
		}
		here(n.reviewer)
		h.clock.Move(time.Minute)
		if gone := here(n.editor); gone != 0 {
			t.Errorf("who went without a word is seen a minute later")
		}
	})
}

func TestTheSameDocumentIsNotPublishedTwice(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		n.published(t, n.policy("鸢都市加装电梯办法", "鸢建发〔2026〕15号"))
		r := n.begin(n.policy("鸢都市加装电梯办法（重复）", "鸢建发〔2026〕15号"))
		desk := "/admin/v1/policies/" + r["id"].(string)
		asked := n.editor.must("GET "+desk+"/checks", nil)["items"].([]any)[0].(map[string]any)
		excuses := []map[string]any{{"finding": asked["number"], "reason": "核对过，是另一份"}}
		r = n.editor.must("POST "+desk+"/submit", map[string]any{"excuses": excuses}, ifMatch(r))
		n.reviewer.refused(409, "publication.double", "POST "+desk+"/sign", signedNow, ifMatch(r))
	})
}

func TestAnImportDoesNotBringBackWhatWasWithdrawn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		row := ingest.Row{Line: 1, Values: map[ingest.Column]string{ingest.Title: "鸢都市物业管理办法", ingest.DocNumber: "鸢建发〔2026〕3号",
			ingest.Issuer: "市住房和城乡建设局", ingest.PublishedDate: "2026-03-01",
			ingest.Text: "第一条　为了规范物业管理，制定本办法。\n第二条　《鸢都市物业管理暂行办法》（鸢建发〔2019〕3号）同时废止。"}}
		bring := func() ingest.Report {
			t.Helper()
			report, err := ingest.New(h.store).Rows(ctx, []ingest.Row{row})
			if err != nil {
				t.Fatal(err)
			}
			return report
		}
		bring()
		r := n.editor.must("GET /admin/v1/policies", nil)["items"].([]any)[0].(map[string]any)
		desk := "/admin/v1/policies/" + r["id"].(string)
		n.reviewer.must("POST "+desk+"/withdraw", map[string]string{"reason": "内容有误"}, ifMatch(r))
		row.Values[ingest.Text] += "\n第三条　本办法自公布之日起施行。"
		if again := bring(); again.Withheld != 1 || again.Created+again.Changed+again.Unchanged != 0 {
			t.Errorf("the second import says %+v", again)
		}
		h.tells(t, "it stays withdrawn", "GET /api/v1/policies/"+r["id"].(string), 404, `"publication.withdrawn"`)
		if list := n.editor.must("GET /admin/v1/policies", nil); list["total"].(float64) != 1 {
			t.Errorf("it came in a second time: %v", list["items"])
		}
	})
}

func TestNobodyReviewsWhatTheyWrote(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		admin := h.found(t)
		n := &newsroom{house: h, admin: admin, office: h.office(t, admin, "市民政局", "")}
		n.editor = h.hire(t, admin, "bianji", n.office, model.Grant{Role: model.Editor, DepartmentID: n.office})
		both := h.hire(t, admin, "shuangjue", n.office, model.Grant{Role: model.Editor, DepartmentID: n.office},
			model.Grant{Role: model.Reviewer, DepartmentID: n.office})
		r := n.begin(n.policy("鸢都市高龄津贴办法", "鸢民发〔2026〕7号"))
		desk := "/admin/v1/policies/" + r["id"].(string)
		r = both.must("PUT "+desk, map[string]any{"content": n.policy("鸢都市高龄津贴办法", "鸢民发〔2026〕8号")}, ifMatch(r))
		r = n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		both.refused(403, "publication.own_review", "POST "+desk+"/sign", signedNow, ifMatch(r))
		if r = both.must("GET "+desk, nil); r["may"].(map[string]any)["review"] != false {
			t.Errorf("who wrote in it is told that they may review it")
		}
	})
}

func TestFilesGoPublicUnderTheNamesOfTheDraftAndPicturesAreNoAttachments(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		kept := map[string]string{}
		h.change(t, func(tx *store.Tx) error {
			for name, mediaType := range map[string]string{"scan0001.pdf": "application/pdf", "map.png": "image/png"} {
				f, err := h.file.Keep(ctx, tx, name, mediaType, []byte(name))
				if err != nil {
					return err
				}
				kept[name] = f.FileID
			}
			return nil
		})
		content := n.policy("鸢都市公园开放办法", "鸢建发〔2026〕31号")
		content["attachments"] = []map[string]any{{"file_id": kept["scan0001.pdf"], "name": "附件1：开放名单.pdf"}}
		content["body"] = append(content["body"].([]map[string]any), map[string]any{"kind": "picture", "file_id": kept["map.png"], "text": "开放公园分布图"})
		h.tells(t, "a file of a draft is not public", "GET /api/v1/files/"+kept["map.png"], 404)
		r := n.published(t, content)
		public := h.ask(t, "GET /api/v1/policies/"+r["id"].(string)).json(t)
		list := public["attachments"].([]any)
		if len(list) != 1 || list[0].(map[string]any)["name"] != "附件1：开放名单.pdf" {
			t.Errorf("the attachments are %v", list)
		}
		h.tells(t, "the picture is public", "GET /api/v1/files/"+kept["map.png"], 200, "map.png")
		saved := h.ask(t, "GET /api/v1/files/"+kept["scan0001.pdf"]).Header.Get("Content-Disposition")
		if _, given, err := mime.ParseMediaType(saved); err != nil || given["filename"] != "附件1：开放名单.pdf" {
			t.Errorf("it is saved as %q", saved)
		}
		r = n.editor.must("POST /admin/v1/policies/"+r["id"].(string)+"/reopen", nil, ifMatch(r))
		if again := r["content"].(map[string]any)["attachments"].([]any); len(again) != 1 {
			t.Errorf("a correction begins with the attachments %v", again)
		}
	})
}

// tells asks as the public does.
func (h *house) tells(t *testing.T, name, ask string, status int, says ...string) {
	t.Helper()
	h.tell(t, []story{{name: name, ask: ask, status: status, says: says}})
}

// proves looks whether the bytes that anybody may fetch have the sum that is
// told of the latest of some revisions.
func (h *house) proves(t *testing.T, public string, revisions int) {
	t.Helper()
	proof := h.ask(t, "GET "+public+"/proof").json(t)
	list := proof["revisions"].([]any)
	if len(list) != revisions {
		t.Fatalf("%d revisions are told of, want %d", len(list), revisions)
	}
	sum := sm3.Sum([]byte(h.ask(t, "GET "+public+"/canonical").body))
	if got, want := list[0].(map[string]any)["sm3"], hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the sum is told as %v, and is %s", got, want)
	}
	if until := list[revisions-1].(map[string]any)["public_until"]; until == nil && revisions > 1 {
		t.Errorf("the first revision is said to be public still")
	}
	h.tells(t, "the page shows the same", "GET "+strings.TrimPrefix(public, "/api/v1")+"/proof", 200, hex.EncodeToString(sum[:]))
}

// changes tells what followers of a document may be told of, the oldest first.
func (h *house) changes(t testing.TB, id string) string {
	t.Helper()
	list, err := h.store.Changes(ctx, model.KindPolicy, id)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range slices.Backward(list) {
		word := string(c.What)
		if c.Tell {
			word += " told"
		}
		told = append(told, word)
	}
	return strings.Join(told, ", ")
}
