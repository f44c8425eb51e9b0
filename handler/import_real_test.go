package handler_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"testing"

	"github.com/xuri/excelize/v2"
)

// housing makes a workbook of real policies on housing, so many at most.
func housing(t testing.TB, most int) []byte {
	t.Helper()
	file, err := os.Open("../../shared/data/policies/policies_housing.jsonl")
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book := excelize.NewFile()
	defer book.Close()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	line := 1
	put := func(cells ...any) {
		if err := stream.SetRow(fmt.Sprintf("A%d", line), cells); err != nil {
			t.Fatal(err)
		}
		line++
	}
	put("标题", "文号", "发文机关", "发布日期", "专题", "原文链接", "正文")
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() && line <= most+1 {
		var p struct {
			Title, Issuer, Date, Topic, URL, Text string
			Number                                string `json:"doc_number"`
		}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		put(p.Title, p.Number, p.Issuer, p.Date, p.Topic, p.URL, p.Text)
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRealPoliciesOnHousingAreBroughtInAndPublished(t *testing.T) {
	const most = 100
	workbook := housing(t, most)
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("住房政策.xlsx", workbook)
		at := "/admin/v1/imports/" + i["id"].(string)
		ready := i["counts"].(map[string]any)["ready"].(float64)
		n.editor.must("POST "+at+"/confirm", map[string]any{"issuer": n.office, "no_interpretation": "以前发布的文件", "written_as_published": true})
		n.work()
		if i = n.editor.must("GET "+at, nil); i["counts"].(map[string]any)["made"] != ready || ready < 0.99*most {
			t.Fatal(rowCounts(i))
		}
		n.editor.must("POST "+at+"/submit", map[string]any{})
		n.work()
		task := n.task(at)
		excuses := []any{}
		stopped := 0.0 // what no reason excuses: a hidden character, for one
		for _, l := range task["left"].([]any) {
			l := l.(map[string]any)
			if l["excusable"] != true {
				stopped += l["count"].(float64)
				continue
			}
			excuses = append(excuses, map[string]any{"code": l["code"], "reason": "原文如此"})
		}
		n.editor.must("POST "+at+"/submit", map[string]any{"excuses": excuses})
		n.work()
		n.reviewer.must("POST "+at+"/sign", signedNow)
		n.work()
		public := h.ask(t, "GET /api/v1/policies?limit=1").json(t)["total"].(float64)
		if public < ready-stopped || stopped > 0.05*most {
			t.Errorf("%v of %v are public, %v were stopped", public, ready, stopped)
		}
	})
}
