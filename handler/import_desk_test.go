package handler_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yuandu/model"
)

// bring brings in a file of many documents for the office.
func (n *newsroom) bring(v *visitor, name string, content []byte) *answer {
	n.t().Helper()
	at := "/admin/v1/imports?department_id=" + n.office + "&name=" + url.QueryEscape(name)
	return v.handAt(at, bytes.NewReader(content), int64(len(content)))
}

// brought is an import whose file has been looked through.
func (n *newsroom) brought(name string, content []byte) map[string]any {
	n.t().Helper()
	a := n.bring(n.editor, name, content)
	if a.StatusCode != 201 {
		n.t().Fatalf("%s: %d %s", name, a.StatusCode, a.body)
	}
	n.work()
	return n.editor.must("GET /admin/v1/imports/"+a.json(n.t())["id"].(string), nil)
}

// work lets the house do what it has to do with imports.
func (n *newsroom) work() {
	n.t().Helper()
	if err := n.handler.Import.Work(ctx); err != nil {
		n.t().Fatal(err)
	}
	if err := n.handler.Publication.WorkAll(ctx); err != nil {
		n.t().Fatal(err)
	}
}

func (n *newsroom) t() testing.TB { return n.editor.t }

// rowCounts are the rows of an import by what became of them.
func rowCounts(i map[string]any) string {
	c := i["counts"].(map[string]any)
	return fmt.Sprintf("%s: %v rows, ready %v, warned %v, here %v, wrong %v, made %v", i["state"], c["rows"], c["ready"], c["warned"], c["here"], c["wrong"], c["made"])
}

func (n *newsroom) counted(t testing.TB, id any, want string) map[string]any {
	t.Helper()
	i := n.editor.must(fmt.Sprintf("GET /admin/v1/imports/%v", id), nil)
	if got := rowCounts(i); got != want {
		t.Fatalf("the import is\n%s\nnot\n%s\n%v", got, want, i["problem"])
	}
	return i
}

// rows are the rows of an import in some state, each in a line.
func (n *newsroom) rows(id any, state string) string {
	n.t().Helper()
	var lines []string
	for _, r := range n.editor.must(fmt.Sprintf("GET /admin/v1/imports/%v/rows?state=%s", id, state), nil)["items"].([]any) {
		row := r.(map[string]any)
		line := fmt.Sprintf("%v %v", row["line"], row["title"])
		for _, w := range row["wrong"].([]any) {
			w := w.(map[string]any)
			line += fmt.Sprintf(" | %v %q %v", w["column"], w["value"], w["reason"])
		}
		for _, list := range []string{"warnings", "left"} {
			for _, w := range row[list].([]any) {
				line += fmt.Sprintf(" | %v", w.(map[string]any)["message"])
			}
		}
		if here, ok := row["here"].(map[string]any); ok {
			line += fmt.Sprintf(" | here: %v line %v", here["stage"], here["line"])
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func says(t testing.TB, what, got string, want ...string) {
	t.Helper()
	if got != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nnot\n%s", what, got, strings.Join(want, "\n"))
	}
}

// table is a CSV as an office hands it in: with a title above, names in its own
// words, and slips.
const table = `市住建局政策文件汇总,,,,,,
标题（必填）,发文字号,发布机构,成文日期,发布日期,正文,备注
鸢都市物业管理办法,鸢建发〔2026〕1号,市住房和城乡建设局,2026-01-05,2026年1月6日,"第一条　为了规范物业管理，制定本办法。
第二条　根据《鸢都市房屋租赁办法》（鸢建发〔2026〕2号），业主可以出租房屋。",
鸢都市房屋租赁办法,鸢建发〔2026〕2号,鸢都市房产局,2026-02-05,2026-02-06,第一条　租赁房屋应当签订合同。,
,鸢建发〔2026〕3号,市住房和城乡建设局,明年,2026-03-06,,
鸢都市物业管理办法,鸢建发〔2026〕1号,市住房和城乡建设局,2026-01-05,2026-01-06,第一条　又来一遍。,
鸢都市供热办法,供热办法,市住房和城乡建设局,2027-01-05,,第一条　按时供热。,
`

func TestATableBecomesDraftsAfterALookAtIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("汇总.csv", []byte(table))
		id := i["id"]
		n.counted(t, id, "checked: 5 rows, ready 3, warned 2, here 1, wrong 1, made 0")
		says(t, "wrong", n.rows(id, "wrong"), `6  | 成文日期 "明年" “明年”不是日期，应写作 2021-03-30 或 2021年3月30日 | 标题（必填） "" 不能为空 | 正文 "" 不能为空`)
		says(t, "here", n.rows(id, "here"), `7 鸢都市物业管理办法 | here: <nil> line 3`)
		says(t, "odd", n.rows(id, "warned"),
			"5 鸢都市房屋租赁办法 | 部门名录里没有“鸢都市房产局”，确认导入时可以指定它是哪个部门。",
			"8 鸢都市供热办法 | 文号“供热办法”不像文号，请核对。 | 成文日期（2027-01-05）在今天之后，请核对。")
		if list := n.editor.must("GET /admin/v1/policies", nil); list["total"].(float64) != 0 {
			t.Fatal("a look at the file made drafts")
		}
		at := "/admin/v1/imports/" + id.(string)
		fill := map[string]any{"issuers": []map[string]string{{"name": "鸢都市房产局", "department_id": n.office}}, "no_interpretation": "以前发布的文件"}
		n.editor.must("POST "+at+"/confirm", fill)
		n.editor.refused(409, "import.not_checked", "POST "+at+"/confirm", fill)
		n.work()
		n.counted(t, id, "made: 5 rows, ready 0, warned 2, here 1, wrong 1, made 3")
		list := n.editor.must("GET /admin/v1/policies?import="+id.(string)+"&sort=title", nil)
		if list["total"].(float64) != 3 {
			t.Fatalf("%v drafts", list["total"])
		}
		h.tells(t, "drafts are not public", "GET /api/v1/policies", 200, `"items":[]`)
		for _, r := range list["items"].([]any) {
			n.madeAsConfirmed(t, r.(map[string]any))
		}

		again := n.brought("汇总.csv", []byte(table))
		n.counted(t, again["id"], "checked: 5 rows, ready 0, warned 0, here 4, wrong 1, made 0")
		n.editor.refused(409, "import.nothing", "POST /admin/v1/imports/"+again["id"].(string)+"/confirm", map[string]any{})
		n.editor.must("POST /admin/v1/imports/"+again["id"].(string)+"/discard", nil)
		n.counted(t, again["id"], "undone: 5 rows, ready 0, warned 0, here 4, wrong 1, made 0")
	})
}

// madeAsConfirmed looks at a draft that an import made.
func (n *newsroom) madeAsConfirmed(t testing.TB, item map[string]any) {
	t.Helper()
	at := "/admin/v1/policies/" + item["id"].(string)
	r := n.editor.must("GET "+at, nil)
	content := r["content"].(map[string]any)
	if got := fmt.Sprint(r["stage"], content["department_ids"], content["no_interpretation"]); got != fmt.Sprintf("draft[%s]以前发布的文件", n.office) {
		t.Errorf("%v is %s", r["title"], got)
	}
	if r["title"] == "鸢都市物业管理办法" {
		target := content["relations"].([]any)[0].(map[string]any)
		other := n.editor.must("GET /admin/v1/policies?q="+url.QueryEscape("鸢建发〔2026〕2号"), nil)["items"].([]any)[0].(map[string]any)
		if target["kind"] != "based_on" || target["target_id"] != other["id"] {
			t.Errorf("what one row says of another is %v, which is %v", target, other["id"])
		}
	}
	history := n.editor.must("GET "+at+"/history", nil)["items"].([]any)[0].(map[string]any)
	if history["act"] != "imported" || history["note"] != "汇总.csv" {
		t.Errorf("its history is %v", history)
	}
	n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r)) // it can be edited as any other
}

func TestAnImportGoesPublicAsOneBatch(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		var rows strings.Builder
		rows.WriteString("标题,文号,发文机关,成文日期,正文,种类,解读文件\n")
		for k := range 45 {
			fmt.Fprintf(&rows, "鸢都市第%d号办法,鸢建发〔2025〕%d号,市住房和城乡建设局,2025-01-05,第一条　内容。,,\n", k+1, k+1)
		}
		rows.WriteString("没有文号的通知,,市住房和城乡建设局,2025-01-05,内容。,,\n")
		rows.WriteString("一份解读,,市住房和城乡建设局,,解读的内容。,解读,鸢建发〔2025〕1号\n")
		i := n.brought("政策.csv", []byte(rows.String()))
		id, at := i["id"].(string), "/admin/v1/imports/"+i["id"].(string)
		if content := i["content"].(map[string]any); content["unexplained"] != 45.0 || content["no_number"] != 1.0 {
			t.Errorf("unexplained %v, without a number %v", content["unexplained"], content["no_number"])
		}
		n.editor.refused(409, "import.not_made", "POST "+at+"/submit", map[string]any{})
		n.editor.must("POST "+at+"/confirm", map[string]any{"no_interpretation": "以前发布的文件"})
		n.work()
		n.counted(t, id, "made: 47 rows, ready 0, warned 0, here 0, wrong 0, made 47")

		n.editor.must("POST "+at+"/submit", map[string]any{"note": "一批旧文件"})
		n.editor.refused(409, "import.busy", "POST "+at+"/submit", map[string]any{})
		n.work()
		task := n.task(at)
		says(t, "what is left behind", n.rows(id, "left"), "47 没有文号的通知 | 没有文号。没有文号的文件请说明理由。")
		if task["done"] != 46.0 || task["left_rows"] != 1.0 {
			t.Errorf("submitted: %v", task)
		}
		left := task["left"].([]any)[0].(map[string]any)
		excuses := []any{map[string]any{"code": left["code"], "reason": "便函，没有文号"}}
		n.editor.must("POST "+at+"/submit", map[string]any{"excuses": excuses})
		n.work()
		if task := n.task(at); task["done"] != 1.0 || task["left_rows"] != 0.0 {
			t.Errorf("submitted with an excuse: %v", task)
		}

		n.editor.refused(403, "staff.not_allowed", "POST "+at+"/sign", signedNow)
		n.reviewer.refused(422, "publication.secrecy_unsigned", "POST "+at+"/sign", map[string]any{"no_secret": false, "attribute": "open"})
		n.reviewer.refused(422, "publication.why_needed", "POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open"})
		n.reviewer.must("POST "+at+"/return", map[string]any{"reason": "再核对一遍"})
		n.work()
		n.editor.must("POST "+at+"/submit", map[string]any{})
		n.editor.must("GET "+at, nil)
		n.work()
		n.reviewer.must("POST "+at+"/sign", signedNow)
		n.work()
		if task := n.task(at); task["done"] != 47.0 || task["left_rows"] != 0.0 || task["ended_at"] == nil {
			t.Errorf("signed: %v", task)
		}
		if stages := n.editor.must("GET "+at, nil)["stages"].(map[string]any); stages["published"] != 47.0 {
			t.Errorf("the drafts are %v", stages)
		}
		h.tells(t, "all of them are public", "GET /api/v1/policies?limit=1", 200, `"total":46`)
		h.catchUp(t)
		h.tells(t, "and found", "GET /api/v1/policies?q=第7号办法", 200, "鸢都市第7号办法")
		n.editor.refused(409, "import.nothing", "POST "+at+"/recall", nil)
	})
}

func (n *newsroom) task(at string) map[string]any {
	n.t().Helper()
	return n.editor.must("GET "+at, nil)["task"].(map[string]any)
}

func TestAnImportCanBeThrownAwayWhole(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("汇总.csv", []byte(table))
		at := "/admin/v1/imports/" + i["id"].(string)
		n.editor.must("POST "+at+"/confirm", map[string]any{})
		n.editor.refused(409, "import.busy", "POST "+at+"/discard", nil)
		n.work()
		n.editor.must("POST "+at+"/discard", nil)
		n.work()
		i = n.counted(t, i["id"], "undone: 5 rows, ready 0, warned 2, here 1, wrong 1, made 3")
		if got := n.editor.must("GET /admin/v1/policies", nil)["total"]; got != 0.0 {
			t.Errorf("%v drafts are still there: %v", got, i)
		}
	})
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		gbk, err := simplifiedchinese.GB18030.NewEncoder().String("标题,正文\n鸢都市供热办法,按时供热。\n")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ name, content, code string }{
			{"空.csv", "", "file.empty"},
			{"旧.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.old_excel"},
			{"文件.pdf", "%PDF-1.7", "import.type"},
			{"网页.xls", "<html><table><tr><td>标题</td></tr></table></html>", "import.type"},
			{"程序.csv", "MZ\x90\x00\x03", "import.type"},
		} {
			a := n.bring(n.editor, c.name, []byte(c.content))
			if a.StatusCode != 422 || !strings.Contains(a.body, c.code) {
				t.Errorf("%s: %d %s", c.name, a.StatusCode, a.body)
			}
		}
		for _, length := range []int64{model.MaxImport + 1, -1} { // said beforehand, and not
			at := "/admin/v1/imports?name=大.csv&department_id=" + n.office
			a := n.editor.handAt(at, io.LimitReader(endless([]byte("PK\x03\x04")), model.MaxImport+1), length)
			n.editor.notHanded(a, 413, "file.too_large")
			if !strings.Contains(a.body, "200 MB") {
				t.Errorf("too large: %s", a.body)
			}
		}
		for _, c := range []struct{ name, content, problem string }{
			{"没有列名.csv", "甲,乙\n丙,丁\n", "没有找到列名"},
			{"没有正文.csv", "标题,文号\n甲,乙\n", "缺少“正文”这一列"},
			{"没有行.csv", "标题,正文\n", "只有列名，没有内容"},
			{"数组.json", `[{"title":"甲"}]`, "请改成每行一个 JSON 对象"},
		} {
			i := n.brought(c.name, []byte(c.content))
			if i["state"] != "failed" || !strings.Contains(i["problem"].(string), c.problem) {
				t.Errorf("%s: %s %s", c.name, i["state"], i["problem"])
			}
		}
		i := n.brought("国标码.csv", []byte(gbk))
		says(t, "GBK is read", n.rows(i["id"], "ready"), "2 鸢都市供热办法")
		i = n.brought("压缩.jsonl.gz", packed(t, `{"title":"鸢都市供水办法","text":"按时供水。"}`+"\n{坏的\n"))
		says(t, "packed lines are read", rowCounts(i), "checked: 2 rows, ready 1, warned 0, here 0, wrong 1, made 0")
	})
}

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRowsToCorrectComeBackAsTheyWere(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		long := strings.Repeat("第一条　很长的正文。", 4000)
		i := n.brought("汇总.csv", []byte("标题,成文日期,正文,备注\n甲,明年,"+long+",附注\n乙,2026-01-01,对的,\n丙,后年,短,\n"))
		at := "/admin/v1/imports/" + i["id"].(string)
		a := n.editor.send("GET "+at+"/rows.xlsx", nil)
		if a.StatusCode != 200 || !strings.Contains(a.Response.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%d %v", a.StatusCode, a.Response.Header)
		}
		sheet := sheetOf(t, a.body)
		if head := strings.Join(sheet[0], "|"); head != "问题|标题|成文日期|正文|正文（续2）|备注" {
			t.Errorf("the columns are %s", head)
		}
		if len(sheet) != 3 || sheet[1][0] != "原第 2 行\n成文日期：“明年”不是日期，应写作 2021-03-30 或 2021年3月30日" || sheet[1][3]+sheet[1][4] != long {
			t.Errorf("%d rows, first %.60q", len(sheet), sheet[1])
		}
		mended := excelize.NewFile()
		sheet[1][2], sheet[2][2] = "2026-01-01", "2026-01-02"
		for k, row := range sheet {
			if err := mended.SetSheetRow("Sheet1", fmt.Sprintf("A%d", k+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := mended.Write(&out); err != nil {
			t.Fatal(err)
		}
		again := n.brought("改好的.xlsx", out.Bytes())
		n.counted(t, again["id"], "checked: 2 rows, ready 2, warned 0, here 0, wrong 0, made 0")
		n.editor.must("POST /admin/v1/imports/"+again["id"].(string)+"/confirm", map[string]any{})
		n.work()
		first := n.editor.must("GET /admin/v1/policies?q=甲", nil)["items"].([]any)[0].(map[string]any)
		body := n.editor.send("GET /admin/v1/policies/"+first["id"].(string), nil).body
		if strings.Count(body, "很长的正文") != 4000 {
			t.Errorf("of the long text %d of 4000 are there", strings.Count(body, "很长的正文"))
		}
		template := n.editor.send("GET /admin/v1/imports/template.xlsx", nil)
		if head := sheetOf(t, template.body)[0]; head[0] != "标题（必填）" || len(head) != 17 {
			t.Errorf("the template has %q", head)
		}
	})
}

func sheetOf(t testing.TB, content string) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAnImportBelongsToItsDepartment(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		other := h.office(t, n.admin, "市教育局", "")
		stranger := h.hire(t, n.admin, "jiaoyu", other, model.Grant{Role: model.Editor, DepartmentID: other})
		if a := n.bring(stranger, "汇总.csv", []byte(table)); a.StatusCode != 403 {
			t.Errorf("for another department: %d", a.StatusCode)
		}
		i := n.brought("汇总.csv", []byte(table))
		at := "/admin/v1/imports/" + i["id"].(string)
		for _, request := range []string{"GET " + at, "GET " + at + "/rows", "POST " + at + "/confirm", "POST " + at + "/discard"} {
			stranger.refused(403, "staff.not_allowed", request, map[string]any{})
		}
		if list := stranger.must("GET /admin/v1/imports", nil); list["total"] != 0.0 {
			t.Errorf("a stranger sees %v imports", list["total"])
		}
		if list := n.editor.must("GET /admin/v1/imports", nil); list["total"] != 1.0 {
			t.Errorf("the editor sees %v imports", list["total"])
		}
	})
}

// A table of past meetings: an item a row; names of the meeting in merged cells, as people
// write them.
func meetingTable(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	for n, row := range [][]any{
		{"历次会议汇总"},
		{"会议名称/届次", "日期", "主持人", "栏目", "议题", "决定", "汇报单位", "责任单位"},
		{"鸢都市第十八届人民政府第60次常务会议", "2025-09-05", "市长", "", "审议《鸢都市物业管理办法（草案）》", "会议原则通过。", "市住房和城乡建设局", "市住房和城乡建设局、鸢都市房产局"},
		{"", "", "", "", "研究加装电梯工作", "会议决定全面推开。", "", "市住房和城乡建设局"},
		{"冬季供热保障专题会议", "2025年10月9日", "副市长", "冬季供热保障", "研究热源建设", "会议决定新建热源一处。", "", ""},
		{"防汛工作会议", "2025-06-01", "", "防汛抗旱", "研究防汛", "", "", ""},
		{"安全生产会议", "去年", "", "安全生产", "", "", "", ""},
		{"冬季供热保障专题会议", "2025-10-09", "副市长", "冬季供热保障", "研究供热投诉", "会议要求当天答复。", "", ""},
		{"冬季供热保障专题会议", "2025-10-09", "副市长", "冬季供热保障", "研究热源建设", "又来一遍。", "", ""},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, cells := range [][2]string{{"A3", "A4"}, {"B3", "B4"}, {"C3", "C4"}} {
		if err := book.MergeCell("Sheet1", cells[0], cells[1]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPastMeetingsComeInFromATableWithAnItemARow(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("会议.xlsx", meetingTable(t))
		id := i["id"].(string)
		n.counted(t, id, "checked: 7 rows, ready 4, warned 1, here 1, wrong 2, made 0")
		says(t, "wrong", n.rows(id, "wrong"),
			`6 研究防汛 | 栏目 "防汛抗旱" 没有“防汛抗旱”这个会议栏目，可用的有 冬季供热保障、安全生产、市政府常务会议、民生实事、疫情防控、稳定就业`,
			`7  | 日期 "去年" “去年”不是日期，应写作 2021-03-30 或 2021年3月30日 | 议题 "" 不能为空`)
		says(t, "here", n.rows(id, "here"), "9 研究热源建设 | here: <nil> line 5")
		says(t, "odd", n.rows(id, "warned"), "3 审议《鸢都市物业管理办法（草案）》 | 部门名录里没有“鸢都市房产局”，确认导入时可以指定它是哪个部门。")
		if list := n.editor.must("GET "+meetings, nil); list["total"].(float64) != 0 {
			t.Fatal("a look at the file made drafts")
		}
		at := "/admin/v1/imports/" + id
		n.editor.must("POST "+at+"/confirm", map[string]any{"issuers": []map[string]string{{"name": "鸢都市房产局", "department_id": n.office}}})
		n.work()
		n.counted(t, id, "made: 7 rows, ready 0, warned 1, here 1, wrong 2, made 4")
		list := items(n.editor.must("GET "+meetings+"?import="+id+"&sort=title", nil))
		if len(list) != 2 {
			t.Fatalf("four items are of two meetings: %v", list)
		}
		content := n.editor.must("GET "+meetings+"/"+list[1]["id"].(string), nil)["content"].(map[string]any)
		first := itemsOf(content)[0].(map[string]any)
		if content["column_id"] != "executive" || content["term"] != "第十八届" || content["number"] != 60.0 || content["chair"] != "市长" || content["day"] != "2025-09-05" ||
			len(itemsOf(content)) != 2 || first["decision"] != "会议原则通过。" || fmt.Sprint(first["responsible_ids"]) != "["+n.office+"]" || fmt.Sprint(first["topic_ids"]) != "[housing]" {
			t.Errorf("the meeting is %v", content)
		}
		n.editor.must("POST "+at+"/submit", map[string]any{})
		n.work()
		if task := n.task(at); task["done"] != 2.0 {
			t.Errorf("both are submitted, once: %v", task)
		}
		again := n.brought("会议.xlsx", meetingTable(t))
		n.counted(t, again["id"], "checked: 7 rows, ready 0, warned 0, here 5, wrong 2, made 0")
	})
}
