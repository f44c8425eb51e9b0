package search_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"yuandu/internal/testenv"
	"yuandu/store/search"
	"yuandu/store/search/searchtest"
)

// meiliConfig is a place on the test server that nobody else has.
func meiliConfig(t testing.TB) search.MeiliConfig {
	t.Helper()
	return search.MeiliConfig{URL: testenv.Need(t, "YUANDU_TEST_MEILI_URL", "Meilisearch"),
		Key:      testenv.Need(t, "YUANDU_TEST_MEILI_KEY", "Meilisearch"),
		Prefix:   "test_" + strings.ToLower(rand.Text()),
		Patience: search.MeiliPatience{Answer: time.Minute}} // the machine may be busy with other tests
}

func openMeili(t *testing.T, cfg search.MeiliConfig) *search.Meili {
	t.Helper()
	m, err := search.OpenMeili(t.Context(), cfg)
	if err != nil {
		t.Fatalf("open Meilisearch: %v", err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func TestMeiliKeepsTheContractOfAnIndex(t *testing.T) {
	configs := map[search.Index]search.MeiliConfig{}
	open := func(t *testing.T) search.Index {
		cfg := meiliConfig(t)
		m := openMeili(t, cfg)
		t.Cleanup(func() { dropIndexes(t, cfg) })
		configs[m] = cfg
		return m
	}
	searchtest.Run(t, open, searchtest.Options{Engine: "Meilisearch", Reopen: func(t *testing.T, index search.Index) search.Index {
		index.Close()
		return openMeili(t, configs[index])
	}})
}
