package main

import (
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

// refused expects that a command will not run, and says why.
func refused(t *testing.T, h *housetest.House, says ...string) {
	t.Helper()
	r := h.Run("serve")
	for _, s := range says {
		if r.Status != 1 || !strings.Contains(r.Said, s) {
			t.Errorf("ended with %d and did not say “%s”:\n%s", r.Status, s, r.Said)
		}
	}
}

func TestEmbeddedDataHasOneServer(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	first := h.Serve()
	refused(t, h, "另一个 yuandu 正在使用", "检索索引", "不启动")
	first.Kill()
	h.Serve().Stop() // and nothing that was held is held on
}

func TestServersShareWhatIsShared(t *testing.T) {
	t.Parallel()
	h := housetest.Production(t)
	other := h.Elsewhere()
	first, second := h.Serve(), other.Serve()
	h.Must("import", "policies", housetest.File(t, "rows.jsonl", good("两台一起", 40)))
	for _, s := range []*housetest.Server{first, second} {
		housetest.Eventually(t, "both servers find what was imported", func() bool { return s.Find("两台一起").Total == 40 })
	}

	for name, private := range map[string]struct {
		house *housetest.House
		says  string
	}{
		"its own index":   {h.Elsewhere().With("YUANDU_MEILI_URL", "", "YUANDU_MEILI_KEY", ""), "检索（内嵌索引"},
		"its own cache":   {h.Elsewhere().With("YUANDU_REDIS_URL", ""), "缓存（进程内存"},
		"files in a disk": {withoutS3(h.Elsewhere()), "文件（数据文件夹"},
	} {
		t.Run("a server with "+name+" is not let in", func(t *testing.T) {
			refused(t, private.house.For(t), "另一个 yuandu 正在使用同一个数据库", private.says)
		})
	}

	first.Kill()
	h.Serve().Stop() // at once
	second.Stop()
	third := withoutS3(h.Elsewhere()).Serve()
	refused(t, other, "不能与人共用")
	third.Stop()
}

func withoutS3(h *housetest.House) *housetest.House {
	return h.With("YUANDU_S3_ENDPOINT", "", "YUANDU_S3_BUCKET", "", "YUANDU_S3_ACCESS_KEY", "", "YUANDU_S3_SECRET_KEY", "")
}

// Two sites on the same servers keep apart by their prefixes.
func TestTwoSitesShareTheServers(t *testing.T) {
	t.Parallel()
	weifang, qingdao := housetest.Production(t), housetest.Production(t)
	for name, h := range map[string]*housetest.House{"潍坊的": weifang, "青岛的": qingdao} {
		h.Must("import", "policies", housetest.File(t, "rows.jsonl", good(name, 3)))
	}
	weifang.Must("reindex")
	for name, h := range map[string]*housetest.House{"潍坊的": weifang, "青岛的": qingdao} {
		s := h.Serve()
		if page := s.Find("第2号通知"); page.Total != 1 || !strings.HasPrefix(page.Items[0].Title, name) {
			t.Errorf("%d found: %+v", page.Total, page.Items)
		}
		s.Stop()
	}
}
