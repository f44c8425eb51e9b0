package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
)

func TestDemoShowsAWholeCity(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	began := time.Now()
	demo := h.Serve("demo")
	first := time.Since(began)
	policies, interpretations, degraded := demo.Public()
	if policies < 60 || interpretations < 40 || degraded {
		t.Errorf("%d policies, %d interpretations, degraded %v", policies, interpretations, degraded)
	}
	showsTopicsAndDepartments(t, demo)
	showsEveryValidity(t, demo)
	showsFeedbackInEveryState(t, h)
	showsKnowledgeInEveryState(t, h)
	showsMeetingsInEveryState(t, h)
	showsEventsInEveryState(t, h)
	showsMatters(t, h)
	showsConsultations(t, h)
	showsTheGazette(t, h, demo)
	if n := h.Count(`SELECT count(*) FROM public_letters`); n != 70 {
		t.Errorf("%d letters are public", n)
	}
	if n := h.Count(`SELECT max(useful) FROM public_letters`); n < 20 {
		t.Errorf("the most useful letter was useful to %d", n)
	}
	if n := h.Count(`SELECT count(*) FROM policies WHERE body LIKE '%"a100"%'`); n < 2 {
		t.Errorf("%d documents of 100 articles and more", n)
	}
	if h.Count(`SELECT count(*) FROM policies WHERE body LIKE '%"table"%'`) < 1 || h.Count(`SELECT count(*) FROM attachments`) < 1 {
		t.Error("no document with a table, or without the table to take home")
	}
	for _, path := range []string{"/", "/policies?q=养老", "/policies/" + demo.Find("养老").Items[0].ID} {
		if _, page := demo.Get(path); !strings.Contains(page, "所有文件均为示例") {
			t.Errorf("%s does not say that the content is an example", path)
		}
	}
	if n := h.Count(`SELECT count(*) FROM push_templates WHERE wechat_id <> ''`); n != 2 {
		t.Errorf("messages of %d purposes can go out", n)
	}
	versions := h.Count(`SELECT sum(version) FROM policies`)
	demo.Stop()

	began = time.Now()
	demo = h.Serve("demo")
	second := time.Since(began)
	t.Logf("demo ready after %v the first time, %v the second", first.Round(time.Millisecond), second.Round(time.Millisecond))
	if again, _, _ := demo.Public(); again != policies || h.Count(`SELECT sum(version) FROM policies`) != versions {
		t.Error("the second start changed the content")
	}
	if address := demo.Await(`网站\s+(http\S+)/`)[1]; address != demo.Address {
		t.Errorf("it prints %s, it is at %s", address, demo.Address)
	}
	demo.Stop()
}

func TestEverySampleIsMarked(t *testing.T) {
	for _, folder := range []string{"policies", "interpretations"} {
		names, err := fs.Glob(sample, "sample/"+folder+"/*.md")
		if err != nil || len(names) < 40 {
			t.Fatal(len(names), err)
		}
		for _, name := range names {
			if text, err := sample.ReadFile(name); err != nil || !strings.Contains(string(text), "\n示例: 是\n") {
				t.Errorf("%s is not marked 示例 (%v)", name, err)
			}
		}
	}
}

func showsTopicsAndDepartments(t *testing.T, demo *housetest.Server) {
	t.Helper()
	for path, least := range map[string]int{"/api/v1/topics": 18, "/api/v1/departments": 20} {
		var list struct {
			Items []struct {
				Name     string
				Policies int
			}
		}
		_, body := demo.Get(path)
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		used := 0
		for _, item := range list.Items {
			if item.Policies > 0 {
				used++
			}
		}
		if used < least {
			t.Errorf("%s: %d of %d have policies, want %d", path, used, len(list.Items), least)
		}
	}
}

func showsEveryValidity(t *testing.T, demo *housetest.Server) {
	t.Helper()
	for _, validity := range []string{"pending", "in_force", "amended", "expired", "repealed"} {
		if page := demo.Policies(url.Values{"validity": {validity}}); page.Total == 0 || page.Items[0].Validity != validity {
			t.Errorf("no document is %s", validity)
		}
	}
}

func showsFeedbackInEveryState(t *testing.T, h *housetest.House) {
	t.Helper()
	for _, state := range []string{"received", "answered", "reopened", "closed"} {
		if h.Count(`SELECT count(*) FROM feedback WHERE state = '`+state+`'`) == 0 {
			t.Errorf("no feedback is %s", state)
		}
	}
	if n := h.Count(`SELECT count(*) FROM feedback WHERE created_at > updated_at OR updated_at > ` + fmt.Sprint(time.Now().UnixMilli())); n > 0 {
		t.Errorf("%d feedbacks are from a time to come", n)
	}
	if n := h.Count(`SELECT count(*) FROM feedback f WHERE 0 < (SELECT count(*) FROM feedback_events a JOIN feedback_events b
		ON b.feedback_id = a.feedback_id AND b.n > a.n WHERE a.feedback_id = f.id AND b.at < a.at)`); n > 0 {
		t.Errorf("the steps of %d feedbacks are told in the wrong order", n)
	}
}

func showsKnowledgeInEveryState(t *testing.T, h *housetest.House) {
	t.Helper()
	for what, least := range map[string]int{"state = 'draft'": 1, "state = 'current'": 30, "review_day < '" + string(model.Today(time.Now())) + "' AND state = 'current'": 3,
		"id IN (SELECT b.knowledge_id FROM knowledge_policies b JOIN policies p ON p.id = b.policy_id WHERE p.expiry_date = '2025-12-31')": 1} {
		if n := h.Count(`SELECT count(*) FROM knowledge WHERE sample = 1 AND ` + what); n < least {
			t.Errorf("%d entries of the sample are %s, want %d", n, what, least)
		}
	}
	if n := h.Count(`SELECT count(*) FROM reply_templates WHERE sample = 1`); n != 8 {
		t.Errorf("the sample has %d templates", n)
	}
}

// A demo that is cut off while it loads its content has all of it after the
// next start.
func TestDemoFinishesWhatWasCutOff(t *testing.T) {
	t.Parallel()
	whole := housetest.Embedded(t)
	demo := whole.Serve("demo")
	demo.Stop()
	all := func(h *housetest.House) (n int) {
		for _, table := range []string{"policies", "attachments", "feedback_events", "meetings", "agenda_items", "matter_links", "publication_events WHERE kind = 'meeting'", "events", "event_sign_ups"} {
			n += h.Count(`SELECT count(*) FROM ` + table)
		}
		return n
	}
	want := all(whole)
	for _, while := range []string{"policies", "agenda_items"} {
		h := housetest.Embedded(t)
		cut := h.Start("demo")
		database := filepath.Join(h.Data, "yuandu.db")
		housetest.Eventually(t, "some of the content is there", func() bool {
			_, err := os.Stat(database)
			return err == nil && strings.Contains(cut.Said(), "loading sample") && h.Count(`SELECT count(*) FROM `+while) > 0
		})
		cut.Kill()
		t.Logf("cut off with %d %s", h.Count(`SELECT count(*) FROM `+while), while)
		h.Serve("demo").Stop()
		if got := all(h); got != want {
			t.Errorf("cut off among %s: %d policies, attachments, meetings and steps, want %d", while, got, want)
		}
		if len(whole.Records()) != len(h.Records()) {
			t.Error("documents are missing, or there twice")
		}
	}
}

// largeDocument is a row whose answer is larger than what the system holds for
// a reader who does not read.
func largeDocument(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for i := 1; text.Len() < 4<<20; i++ {
		fmt.Fprintf(&text, "第%d段　%s\n", i, strings.Repeat("为规范政府信息公开工作，", 40))
	}
	row, err := json.Marshal(map[string]string{"title": "很长的汇编", "text": text.String(), "date": "2024-05-01"})
	if err != nil {
		t.Fatal(err)
	}
	return housetest.File(t, "long.jsonl", [][]byte{row})
}

// slowReader asks for a document and reads only the beginning of the answer.
func slowReader(t *testing.T, s *housetest.Server) *http.Response {
	t.Helper()
	id := s.Find("很长的汇编").Items[0].ID
	narrow := &net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		return c.Control(func(fd uintptr) { syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096) })
	}}
	conn, err := narrow.Dial("tcp", strings.TrimPrefix(s.Address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET /api/v1/policies/%s HTTP/1.1\r\nHost: yuandu\r\n\r\n", id)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func refuses(s *housetest.Server) func() bool {
	return func() bool {
		status, _ := s.Get("/healthz")
		return status == 0
	}
}

func TestCtrlCAnswersRequestsUnderWay(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	h.Must("import", "policies", largeDocument(t))
	s := h.Serve()
	answer := slowReader(t, s)
	s.Signal(syscall.SIGINT)
	housetest.Eventually(t, "nobody new is let in", refuses(s))
	if s.Ended() {
		t.Fatal("it ended while a request was under way")
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil || !json.Valid(text) || int64(len(text)) != answer.ContentLength && answer.ContentLength >= 0 {
		t.Errorf("the answer broke off after %d bytes: %v", len(text), err)
	}
	if len(text) < 4<<20 {
		t.Errorf("the answer has %d bytes: too few to keep a request under way", len(text))
	}
	if status := s.Wait(); status != 0 {
		t.Errorf("it ended with %d", status)
	}

	s = h.Serve()
	slowReader(t, s)
	s.Signal(syscall.SIGTERM)
	housetest.Eventually(t, "nobody new is let in", refuses(s))
	began := time.Now()
	s.Signal(syscall.SIGINT)
	if status := s.Wait(); status != 130 || time.Since(began) > 5*time.Second {
		t.Errorf("after the second signal it ended with %d, after %v", status, time.Since(began))
	}
	h.Serve().Stop()
}

func TestAPortInUseIsSaid(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, variable := range []string{"YUANDU_ADDR", "YUANDU_METRICS_ADDR"} {
		h := housetest.Embedded(t).With(variable, taken.Addr().String())
		r := h.Run("demo")
		if r.Status != 1 || !strings.Contains(r.Said, "地址已被占用") || !strings.Contains(r.Said, variable) {
			t.Errorf("ended with %d and said:\n%s", r.Status, r.Said)
		}
		if _, err := os.Stat(filepath.Join(h.Data, "yuandu.db")); err == nil {
			t.Error("it made a database all the same")
		}
	}
}
