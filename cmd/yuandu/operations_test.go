package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

func TestTheHouseSaysHowItIs(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		s := h.With("YUANDU_METRICS_ADDR", "127.0.0.1:0").Serve()
		s.AwaitStatus("ready")
		status, ready := s.Ready()
		set := ""
		for _, p := range ready.Parts {
			set += " " + p.Name + "=" + p.Kind
			if !p.Healthy || p.Degraded {
				t.Errorf("%+v", p)
			}
		}
		want := " records=sqlite search=bleve cache=memory files=folder"
		if !h.IsEmbedded() {
			want = " records=postgres search=meilisearch cache=redis files=s3"
		}
		if status != 200 || set != want || !strings.Contains(s.Said(), "msg=backends"+want) {
			t.Errorf("/readyz answers %d, the set is%s", status, set)
		}
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", good("要数的", 5)))
		housetest.Eventually(t, "the queue is worked off", func() bool {
			return s.Find("要数的").Total == 5 && strings.Contains(s.Measured(), "\nyuandu_index_queue 0\n")
		})
		s.Get("/api/v1/policies/unknown")
		measured := s.Measured()
		for _, shape := range []string{
			`yuandu_http_request_seconds_bucket\{route="/api/v1/policies",status="2xx",le="0.25"\} [1-9]`,
			`yuandu_http_request_seconds_count\{route="/api/v1/policies/:id",status="4xx"\} 1\n`,
			`yuandu_index_dead 0\n`, `yuandu_index_lag_seconds 0\n`, `go_goroutines \d`,
		} {
			if !regexp.MustCompile(shape).MatchString(measured) {
				t.Errorf("the metrics have no %s:\n%s", shape, measured)
			}
		}
		if status, _ := s.Get("/metrics"); status != 404 {
			t.Error("the metrics are public")
		}
		s.Stop()
	})
}

func TestKeysAreMadeOnceAndKeptFromOthers(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	file := filepath.Join(t.TempDir(), "keys", "yuandu.keys")
	h = h.With("YUANDU_KEY_FILE", file)
	h.Serve().Stop()
	made, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file has mode %v (%v)", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("beside the key file lie %v (%v)", left, err)
	}
	h.Serve().Stop()
	if again, err := os.ReadFile(file); err != nil || string(again) != string(made) {
		t.Error("the second start made other keys")
	}
	for _, story := range []struct {
		name, text string
		mode       os.FileMode
		says       string
	}{
		{"others may read it", string(made), 0o644, "别人也能读（权限 0644）。应为 0600：chmod 600 " + file},
		{"a group may read it", string(made), 0o640, "别人也能读（权限 0640）"},
		{"it is cut off", string(made[:len(made)/2]), 0o600, "不是完整的密钥文件"},
		{"it is empty", "", 0o600, "不是完整的密钥文件"},
		{"a key is no key", strings.ReplaceAll(string(made), string(made[20:24]), "zzzz"), 0o600, "不是完整的密钥文件"},
		{"it is something else", `{"seal":"1","audit":"2","hash":"3"}`, 0o600, "请从备份中找回"},
	} {
		if err := os.WriteFile(file, []byte(story.text), story.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, story.mode); err != nil {
			t.Fatal(err)
		}
		r := h.Run("serve")
		if r.Status != 1 || !strings.Contains(r.Said, "YUANDU_KEY_FILE") || !strings.Contains(r.Said, story.says) {
			t.Errorf("%s: ended with %d and said:\n%s", story.name, r.Status, r.Said)
		}
		if strings.Contains(r.Said, string(made[20:36])) {
			t.Errorf("%s: a key is said", story.name)
		}
	}
}
