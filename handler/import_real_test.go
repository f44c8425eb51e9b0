package handler_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

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

func TestTheRealPoliciesOnHousingAreBroughtInAndPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes")
	}
	eachBare(t, func(t *testing.T, h *house) {
		n, most := h.newsroom(t), 1674
		if h.parts.database != "" {
			most = 300 // the same again, on a machine that others use too
		}
		workbook := housing(t, most)
		step := func(what string, do func()) {
			t.Helper()
			memory, began := watchHeap(), time.Now()
			do()
			t.Logf("%-8s %6.1f s, heap %d MB at most", what, time.Since(began).Seconds(), memory.end())
		}
		var i map[string]any
		step("look", func() { i = n.brought("住房政策.xlsx", workbook) })
		t.Log(len(workbook)>>10, "kB:", rowCounts(i), i["content"])
		at := "/admin/v1/imports/" + i["id"].(string)
		ready := i["counts"].(map[string]any)["ready"].(float64)
		step("make", func() {
			n.editor.must("POST "+at+"/confirm", map[string]any{"issuer": n.office, "no_interpretation": "以前发布的文件", "written_as_published": true})
			n.work()
		})
		if i = n.editor.must("GET "+at, nil); i["counts"].(map[string]any)["made"] != ready || ready < 0.99*float64(most) {
			t.Fatal(rowCounts(i))
		}
		step("submit", func() { n.editor.must("POST "+at+"/submit", map[string]any{}); n.work() })
		task := n.task(at)
		excuses := []any{}
		for _, l := range task["left"].([]any) {
			if l := l.(map[string]any); l["excusable"] == true {
				excuses = append(excuses, map[string]any{"code": l["code"], "reason": "原文如此"})
			}
			t.Log(l)
		}
		step("again", func() { n.editor.must("POST "+at+"/submit", map[string]any{"excuses": excuses}); n.work() })
		t.Log("submitted", task["done"], "and", n.task(at)["done"], "left", n.task(at)["left_rows"])
		step("sign", func() { n.reviewer.must("POST "+at+"/sign", signedNow); n.work() })
		t.Log("signed", n.task(at)["done"], "left", n.task(at)["left_rows"], n.task(at)["left"])
	})
}

// heap watches how much memory is in use while something is done.
type heap struct {
	most uint64
	stop chan struct{}
	done chan struct{}
}

func watchHeap() *heap {
	runtime.GC()
	w := &heap{stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		beat := time.NewTicker(20 * time.Millisecond)
		defer beat.Stop()
		for {
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			w.most = max(w.most, stats.HeapInuse)
			select {
			case <-beat.C:
			case <-w.stop:
				return
			}
		}
	}()
	return w
}

func (w *heap) end() uint64 {
	close(w.stop)
	<-w.done
	return w.most >> 20
}
