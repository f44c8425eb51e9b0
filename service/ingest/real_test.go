package ingest

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"yuandu/model"
)

func TestRealFilesAreReadWhole(t *testing.T) {
	for _, file := range []struct {
		name    string
		rows    int
		unknown []string
	}{
		{"policies/policies_housing.jsonl", 1674, []string{"id", "region", "status", "chars", "url_reliable", "text_kind", "cited_numbers"}},
		{"policies/policies_shanghai_tech.jsonl", 31, []string{"chars", "source_path", "cited_numbers"}},
		{"policies/policies_statecouncil.jsonl", 59, []string{"id", "chars"}},
		{"laws/laws.jsonl.gz", 2425, []string{"id", "region", "history", "chars", "source_path"}},
		{"laws/laws_shandong.jsonl", 472, []string{"id", "region", "history", "chars", "source_path"}},
	} {
		t.Run(filepath.Base(file.name), func(t *testing.T) {
			path := filepath.Join("../../../shared/data", file.name)
			if _, err := os.Stat(path); os.IsNotExist(err) {
				t.Skip("SKIPPED: ../shared/data is absent")
			}
			r, err := Open(path)
			must(t, err)
			defer r.Close()
			rows, filled := 0, map[Column]int{}
			memory := newMemory()
			must(t, r.All(func(row Row, wrong *RowError) error {
				if wrong != nil {
					t.Error(wrong)
					return nil
				}
				rows++
				for c := range row.Values {
					filled[c]++
				}
				if rows%50 == 0 {
					memory.look()
				}
				return nil
			}))
			t.Logf("%d rows, %d MB at most, filled: %v", rows, memory.most>>20, filled)
			if rows != file.rows || !slices.Equal(r.Unknown(), file.unknown) {
				t.Errorf("%d rows, unknown columns %q", rows, r.Unknown())
			}
			if memory.most > 100<<20 {
				t.Errorf("reading took %d MB", memory.most>>20)
			}
		})
	}
}

// memory watches how much more the heap holds than at the beginning.
type memory struct{ start, most uint64 }

func newMemory() *memory {
	runtime.GC()
	m := &memory{}
	m.look()
	return &memory{start: m.most}
}

func (m *memory) look() {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	if stats.HeapAlloc > m.start {
		m.most = max(m.most, stats.HeapAlloc-m.start)
	}
}

func TestRealMetaIsReadWithCare(t *testing.T) {
	path := "../../../shared/data/policies/policies_shanghai_tech.jsonl"
	if _, err := os.Stat(path); os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	r, err := Open(path)
	must(t, err)
	defer r.Close()
	issuers := map[string]int{}
	must(t, r.All(func(row Row, _ *RowError) error {
		issuers[row.Values[Issuer]]++
		if _, err := model.ParseDay(row.Values[PublishedDate]); err != nil {
			t.Error(row.Values)
		}
		return nil
	}))
	for _, wrong := range []string{"分类**:", "暂无", "加快布局", "上海市", "上海市相关部门"} {
		if issuers[wrong] > 0 {
			t.Errorf("%s is no office", wrong)
		}
	}
	if issuers["上海市科学技术委员会"] != 15 {
		t.Errorf("issuers are %v", issuers)
	}
}
