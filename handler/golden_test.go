package handler_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write handler/testdata anew")

// The answers of both sets, byte for byte, but for the IDs.
func TestAnswersKeepTheirForm(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, ask := range map[string]string{
			"policies":             "GET /api/v1/policies?q=养老服务管理办法&limit=2",
			"policies-by-number":   "GET /api/v1/policies?q=国办发2018 123",
			"policies-loosened":    "GET /api/v1/policies?q=gongjijin&sort=newest",
			"policies-none":        "GET /api/v1/policies?q=公积金&topic=education",
			"policy":               "GET /api/v1/policies/«鸢政发〔2023〕1号»",
			"policy-table":         "GET /api/v1/policies/«鸢医保发〔2026〕4号»",
			"policy-bare":          "GET /api/v1/policies/«鸢都市历史建筑名录»",
			"interpretation":       "GET /api/v1/interpretations/«一张图看懂公积金提取»",
			"suggest":              "GET /api/v1/policies/suggest?q=公积金提",
			"topics":               "GET /api/v1/topics",
			"departments":          "GET /api/v1/departments",
			"search":               "GET /api/v1/search?q=公积金提取&limit=1",
			"search-hot":           "GET /api/v1/search/hot",
			"problem-fields":       "GET /api/v1/policies?limit=0&sort=x",
			"problem-not-found":    "GET /api/v1/policies/nothing",
			"problem-page":         "GET /api/v1/policies?offset=990&limit=20",
			"problem-no-such-path": "GET /api/v1/nothing",
		} {
			t.Run(name, func(t *testing.T) {
				a := h.ask(t, ask, "X-Request-Id: golden-golden")
				h.isGolden(t, "testdata/"+name+".json", a.body)
			})
		}
	})
}

func (h *house) isGolden(t *testing.T, path, body string) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(h.withoutIDs(body)), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s was\n%s\nand is\n%s", path, want, got.String())
	}
}

// withoutIDs puts names where IDs stand, the same in every run.
func (h *house) withoutIDs(body string) string {
	names := map[string][]string{}
	for name, id := range h.ids {
		names[id] = append(names[id], name)
	}
	for id, of := range names {
		name, err := json.Marshal("«" + slices.Min(of) + "»")
		if err != nil {
			panic(err) // strings can be written
		}
		body = strings.ReplaceAll(body, id, strings.Trim(string(name), `"`))
	}
	return body
}
