package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

func TestTheFirstAdministratorIsMadeAndRescuedOnTheServer(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		made := h.Must("staff", "add", "wangmin", "王敏")
		if !regexp.MustCompile(`临时密码  \w{6}-\w{6}-\w{6}-\w{6}\n`).MatchString(made.Said) {
			t.Error(made.Said)
		}
		for _, c := range []struct{ args, says string }{
			{"staff add second 李强", "已经有系统管理员了"},
			{"staff add", "用法"},
			{"staff reset nobody", "没有这个人"},
		} {
			if r := h.Run(strings.Fields(c.args)...); r.Status != 1 || !strings.Contains(r.Said, c.says) {
				t.Errorf("%s: %d %s", c.args, r.Status, r.Said)
			}
		}
		if rescued := h.Must("staff", "reset", "wangmin"); !strings.Contains(rescued.Said, "临时密码") || rescued.Said == made.Said {
			t.Error(rescued.Said)
		}
		if verified := h.Must("verify"); !strings.Contains(verified.Said, "没有发现改动") || !strings.Contains(verified.Said, "核验了 4 条") {
			t.Error(verified.Said)
		}
	})
}

func TestVerifyNamesTheLineThatWasChanged(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("staff", "add", "wangmin", "王敏")
		h.Exec(`UPDATE audit SET act = 'staff.opened_by_nobody' WHERE n = 1`)
		r := h.Run("verify")
		if r.Status != 1 || !strings.Contains(r.Said, "第 1 条") || !strings.Contains(r.Said, "内容被改过") {
			t.Errorf("%d %s", r.Status, r.Said)
		}
	})
}

func TestVerifyNeedsTheAuditKeyAlone(t *testing.T) {
	h := housetest.Embedded(t)
	h.Must("staff", "add", "wangmin", "王敏")
	whole, err := os.ReadFile(filepath.Join(h.Data, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	audit := regexp.MustCompile(`"audit": "([0-9a-f]{64})"`).FindStringSubmatch(string(whole))[1]
	for _, c := range []struct {
		name, keys, says string
		status           int
	}{
		{"the audit key alone", fmt.Sprintf(`{"audit": %q}`, audit), "没有发现改动", 0},
		{"another audit key", fmt.Sprintf(`{"audit": %q}`, strings.Repeat("0", 64)), "内容被改过", 1},
		{"no audit key", `{"seal": "00"}`, "文件里没有审计密钥", 1},
	} {
		file := filepath.Join(t.TempDir(), "auditor.json")
		if err := os.WriteFile(file, []byte(c.keys), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := h.With("YUANDU_KEY_FILE", file).Run("verify"); r.Status != c.status || !strings.Contains(r.Said, c.says) {
			t.Errorf("%s: %d %s", c.name, r.Status, r.Said)
		}
	}
}

func TestATailThatWasCutIsFoundByTheHeadFile(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("staff", "add", "wangmin", "王敏")
		h.Must("staff", "reset", "wangmin")
		h.Exec(`DELETE FROM audit WHERE n = 4`)
		h.Exec(`DELETE FROM audit_chain WHERE seq = 4`)
		h.Exec(`UPDATE audit_head SET seq = 3, link = (SELECT link FROM audit_chain WHERE seq = 3)`)
		if r := h.Run("verify"); r.Status != 1 || !strings.Contains(r.Said, "第 4 条起：末尾被截去") {
			t.Errorf("%d %s", r.Status, r.Said)
		}
		if r := h.Run("staff", "reset", "wangmin"); r.Status != 1 || !strings.Contains(r.Said, "head") { // the head file is evidence
			t.Errorf("the head was written over: %d %s", r.Status, r.Said)
		}
	})
}

func TestTheKeyFileMustBeWholeAndOnesOwn(t *testing.T) {
	h := housetest.Embedded(t)
	h.Must("staff", "add", "wangmin", "王敏")
	file := filepath.Join(h.Data, "keys.json")
	for _, c := range []struct {
		name, says string
		harm       func() error
	}{
		{"others may read it", "chmod 600", func() error { return os.Chmod(file, 0o644) }},
		{"it is cut short", "不是完整的密钥文件", func() error { return os.WriteFile(file, []byte(`{"seal": "00`), 0o600) }},
		{"it is a folder", "读不了", func() error { os.Remove(file); return os.Mkdir(file, 0o700) }},
	} {
		if err := c.harm(); err != nil {
			t.Fatal(err)
		}
		if r := h.Run("staff", "reset", "wangmin"); r.Status != 1 || !strings.Contains(r.Said, c.says) {
			t.Errorf("%s: %d %s", c.name, r.Status, r.Said)
		}
		os.Chmod(file, 0o600)
	}
}

func TestANewKeySealsEverythingAnewAndTheOldOneMayGo(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("staff", "add", "wangmin", "王敏")
		first := h.Must("rotate-key")
		second := h.Must("rotate-key")
		if !strings.Contains(first.Said, "换好了新密钥") || !strings.Contains(second.Said, "换好了新密钥") {
			t.Error(first.Said, second.Said)
		}
		if r := h.Must("rotate-key", "forget"); !strings.Contains(r.Said, "删去了 2 个旧密钥") {
			t.Error(r.Said)
		}
		if r := h.Run("rotate-key", "now"); r.Status != 1 || !strings.Contains(r.Said, "forget") {
			t.Errorf("%d %s", r.Status, r.Said)
		}
		if r := h.Must("verify"); !strings.Contains(r.Said, "没有发现改动") {
			t.Error(r.Said)
		}
	})
}
