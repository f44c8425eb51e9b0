package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

func TestSearchGoesOnWithoutMeilisearch(t *testing.T) {
	t.Parallel()
	meili := housetest.StartMeilisearch(t)
	h := housetest.Production(t).With("YUANDU_MEILI_URL", meili.URL, "YUANDU_MEILI_KEY", meili.Key)
	h.Must("import", "policies", housetest.File(t, "before.jsonl", good("之前的", 30)))
	s := h.Serve()
	if page := s.Find("之前的第3号通知"); page.Total != 1 || page.Degraded {
		t.Fatalf("%+v", page)
	}

	meili.Kill()
	for i := range 12 { // other questions than before: answers are kept
		if page := s.Find(fmt.Sprintf("之前的第%d号通知", i+10)); page.Total != 1 || !page.Degraded {
			t.Errorf("without Meilisearch %d are found, degraded %v", page.Total, page.Degraded)
		}
	}
	if page := s.Policies(url.Values{"year": {"2024"}}); page.Total != 30 || !page.Degraded || len(page.Facets["department"]) != 1 {
		t.Errorf("without Meilisearch the filters leave %d, degraded %v, facets %v", page.Total, page.Degraded, page.Facets)
	}
	if unwell := s.AwaitStatus("degraded"); !slices.Equal(unwell, []string{"search"}) {
		t.Errorf("unwell are %v", unwell)
	}
	h.Must("import", "policies", housetest.File(t, "meanwhile.jsonl", good("其间的", 20)))
	if page := s.Find("其间的第4号通知"); page.Total != 1 || !page.Degraded {
		t.Errorf("what came meanwhile: %d found, degraded %v", page.Total, page.Degraded)
	}
	s.Stop()
	s = h.Serve() // also without it

	if page := s.Find("其间的第5号通知"); page.Total != 1 || !page.Degraded {
		t.Errorf("after a start without Meilisearch: %d found, degraded %v", page.Total, page.Degraded)
	}
	r := h.Run("reindex") // asks the server, which tries on
	if r.Status != 1 || !strings.Contains(r.Said, "服务会再试") {
		t.Errorf("a rebuild without Meilisearch ended with %d:\n%s", r.Status, r.Said)
	}
	meili.Start()
	s.AwaitStatus("ready")
	housetest.Eventually(t, "the index is in step, and every answer comes from it", func() bool {
		again, other := s.Find("其间的第5号通知"), s.Find("为了试验，制定本办法")
		return !again.Degraded && again.Total == 1 && !other.Degraded && other.Total == 50
	})
}

func TestSearchGoesOnWithoutRedis(t *testing.T) {
	t.Parallel()
	h := housetest.Production(t)
	door, address := housetest.Before(t, h.Env("YUANDU_REDIS_URL"))
	behind := h.With("YUANDU_REDIS_URL", address)
	s := behind.Serve()
	s.AwaitStatus("ready")
	door.Shut()
	if unwell := s.AwaitStatus("degraded"); !slices.Equal(unwell, []string{"cache"}) {
		t.Errorf("unwell are %v", unwell)
	}
	// Another command reaches Redis; the server knows of the change all the same, but not the index.
	h.Must("import", "policies", housetest.File(t, "rows.jsonl", good("没有锁的", 10)))
	if page := s.Find("没有锁的"); page.Degraded {
		t.Error("searching needs no lock")
	}
	s.Await("search index is behind, trying on")
	if r := behind.Run("import", "policies", housetest.File(t, "more.jsonl", good("更多的", 1))); r.Status != 1 ||
		!strings.Contains(r.Said, "连不上服务器") || !strings.Contains(r.Said, "YUANDU_REDIS_URL") {
		t.Errorf("ended with %d and said:\n%s", r.Status, r.Said)
	}
	door.Open()
	s.AwaitStatus("ready")
	housetest.Eventually(t, "the index catches up", func() bool { return s.Find("没有锁的").Total == 10 })
	s.Await("search index is in step again")
	if n := strings.Count(s.Said(), "search index is behind"); n > 2 {
		t.Errorf("it said %d times that the index is behind", n)
	}
	s.Stop()
}

func TestFilesAreAwayWithS3AndNothingElse(t *testing.T) {
	t.Parallel()
	h := housetest.Production(t)
	door, address := housetest.Before(t, h.Env("YUANDU_S3_ENDPOINT"))
	h = h.With("YUANDU_S3_ENDPOINT", address)
	h.Must("import", "policies", housetest.File(t, "rows.jsonl", good("带附件的", 1)))
	h.Change(`INSERT INTO files (id, blob_key, name, media_type, size, sm3, created_at) VALUES ('f1', 'files/ab/cd', '表.pdf', 'application/pdf', 1, 'ab', 0)`)
	h.Change(`INSERT INTO attachments (owner_kind, owner_id, position, file_id) SELECT 'policy', id, 0, 'f1' FROM policies`)
	s := h.Serve()
	s.AwaitStatus("ready")
	door.Shut()
	if unwell := s.AwaitStatus("degraded"); !slices.Equal(unwell, []string{"files"}) {
		t.Errorf("unwell are %v", unwell)
	}
	status, body := s.Get("/api/v1/files/f1")
	if status != 503 || !strings.Contains(body, `"code":"file.unavailable"`) {
		t.Errorf("a file that cannot be had now: %d %s", status, body)
	}
	if page := s.Find("带附件的"); page.Total != 1 || page.Degraded {
		t.Errorf("%+v", page)
	}
	if r := h.Elsewhere().Run("serve"); r.Status != 1 || !strings.Contains(r.Said, "连不上服务器") || !strings.Contains(r.Said, "YUANDU_S3_ENDPOINT") {
		t.Errorf("ended with %d and said:\n%s", r.Status, r.Said)
	}
	door.Open()
	s.AwaitStatus("ready")
	s.Stop()
}

func TestWithoutRecordsNothingIsAnswered(t *testing.T) {
	t.Parallel()
	h := housetest.Production(t)
	h.Must("import", "policies", housetest.File(t, "rows.jsonl", good("数据库里的", 2)))
	door, address := housetest.Before(t, h.Env("YUANDU_DATABASE_URL"))
	behind := h.With("YUANDU_DATABASE_URL", address)
	s := behind.Serve()
	door.Shut()
	if unwell := s.AwaitStatus("unavailable"); !slices.Equal(unwell, []string{"records"}) {
		t.Errorf("unwell are %v", unwell)
	}
	if status, _ := s.Ready(); status != 503 {
		t.Errorf("/readyz answers %d", status)
	}
	if status, _ := s.Get("/healthz"); status != 200 {
		t.Errorf("/healthz answers %d: the process lives", status)
	}
	if status, body := s.Get("/api/v1/policies"); status < 500 || strings.Contains(body, "127.0.0.1") {
		t.Errorf("%d %s", status, body)
	}
	if r := behind.Run("migrate"); r.Status != 1 || !strings.Contains(r.Said, "连不上服务器") || !strings.Contains(r.Said, "YUANDU_DATABASE_URL") {
		t.Errorf("ended with %d and said:\n%s", r.Status, r.Said)
	}
	door.Open()
	s.AwaitStatus("ready")
	if page := s.Find("数据库里的"); page.Total != 2 {
		t.Errorf("%+v", page)
	}
	s.Stop()
}
