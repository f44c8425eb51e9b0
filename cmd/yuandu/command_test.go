package main

import (
	"os"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

func TestEveryCommandExplainsItself(t *testing.T) {
	h := housetest.Embedded(t)
	all := h.Must("-h").Said
	for _, c := range commands() {
		for _, help := range []string{"-h", "--help"} {
			r := h.Must(c.name, help)
			if !strings.Contains(r.Said, "\n用法：\n  yuandu "+c.usage) || !strings.Contains(r.Said, "\n例：\n  "+c.example) {
				t.Errorf("yuandu %s %s said:\n%s", c.name, help, r.Said)
			}
		}
		if strings.Contains(all, "  "+c.name) == c.hidden || !strings.Contains(c.example, "yuandu "+c.name) {
			t.Errorf("%s is not among the commands (or should not be), or its example is of something else", c.name)
		}
	}
	if _, err := os.Stat(h.Data); err == nil {
		t.Error("asking for help made the data folder")
	}
}

func TestMisuseIsSaid(t *testing.T) {
	h := housetest.Embedded(t)
	broken := h.With("YUANDU_ADDR", "8080", "YUANDU_REDIS_URL", "redis://:geheim@cache:port")
	for _, story := range []struct {
		name   string
		house  *housetest.House
		args   string
		status int
		says   string
	}{
		{"nothing asked shows what can be", h, "", 0, "用法：\n  yuandu 命令"},
		{"no such command", h, "publish", 2, "没有“publish”这个命令"},
		{"no such option", h, "import -x", 2, "import 没有“-x”这个参数"},
		{"an argument too many", h, "serve now", 2, "serve 没有“now”这个参数"},
		{"nothing to import", h, "import", 2, "要说明导入什么"},
		{"nothing to import from", h, "import policies", 2, "要说明导入什么"},
		{"no such noun", h, "import laws x.jsonl", 2, "要说明导入什么"},
		{"a wrong configuration", broken, "serve", 1, "YUANDU_REDIS_URL：地址读不懂"},
		{"the version needs no configuration", broken, "version", 0, ""},
		{"nor does the contract", broken, "openapi", 0, `"openapi"`},
	} {
		t.Run(story.name, func(t *testing.T) {
			r := story.house.Run(strings.Fields(story.args)...)
			if r.Status != story.status || !strings.Contains(r.Said, story.says) || strings.Contains(r.Said, "geheim") {
				t.Errorf("ended with %d, want %d, and said:\n%s", r.Status, story.status, r.Said)
			}
		})
	}
}

func TestMigrateMakesTheTables(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		alone := h.With("YUANDU_REDIS_URL", "redis://127.0.0.1:1", "YUANDU_S3_ENDPOINT", "")
		alone = alone.With("YUANDU_S3_BUCKET", "", "YUANDU_S3_ACCESS_KEY", "", "YUANDU_S3_SECRET_KEY", "")
		for range 2 {
			if r := alone.Must("migrate"); !strings.Contains(r.Said, "的表已是最新") {
				t.Error(r.Said)
			}
		}
		if h.Count(`SELECT count(*) FROM topics`) != 18 {
			t.Error("there are no topics")
		}
	})
}
