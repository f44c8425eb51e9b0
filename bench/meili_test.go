package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// meili is an index of its own on the Meilisearch server, laid out as somebody
// would who uses nothing else.
type meili struct {
	client   *http.Client
	url, key string
	index    string
}

func newMeili(t *testing.T) *meili {
	m := &meili{client: newClient(), url: strings.TrimRight(os.Getenv("YUANDU_TEST_MEILI_URL"), "/"),
		key: os.Getenv("YUANDU_TEST_MEILI_KEY"), index: "bench_" + strconv.FormatInt(time.Now().UnixNano(), 36)}
	t.Cleanup(func() { m.send(http.MethodDelete, "/indexes/"+m.index, nil) })
	return m
}

// meiliSettings search titles before bodies, and keep typos out of Chinese.
var meiliSettings = map[string]any{
	"searchableAttributes": []string{"title", "number", "body"},
	"filterableAttributes": facetFields,
	"sortableAttributes":   []string{"published"},
	"typoTolerance":        map[string]any{"enabled": false},
	"localizedAttributes":  []any{map[string]any{"locales": []string{"cmn"}, "attributePatterns": []string{"*"}}},
	"faceting":             map[string]any{"maxValuesPerFacet": 200},
}

func (m *meili) fill(t *testing.T, documents []document) {
	t.Helper()
	began := time.Now()
	m.work(t, http.MethodPost, "/indexes", map[string]any{"uid": m.index, "primaryKey": "id"})
	m.work(t, http.MethodPatch, "/indexes/"+m.index+"/settings", meiliSettings)
	for from := 0; from < len(documents); from += 500 {
		m.work(t, http.MethodPost, "/indexes/"+m.index+"/documents", documents[from:min(from+500, len(documents))])
	}
	note("Meilisearch: %d documents indexed in %.1f s", len(documents), time.Since(began).Seconds())
}

// work asks for something and waits until it is done.
func (m *meili) work(t *testing.T, method, path string, body any) {
	t.Helper()
	text, err := json.Marshal(body)
	must(t, err)
	answer, err := m.send(method, path, text)
	must(t, err)
	var task struct {
		TaskUID int `json:"taskUid"`
	}
	must(t, json.Unmarshal(answer, &task))
	for {
		answer, err = m.send(http.MethodGet, fmt.Sprintf("/tasks/%d", task.TaskUID), nil)
		must(t, err)
		var is struct{ Status string }
		must(t, json.Unmarshal(answer, &is))
		switch is.Status {
		case "succeeded":
			return
		case "failed", "canceled":
			t.Fatalf("Meilisearch: %s", answer)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (m *meili) send(method, path string, body []byte) ([]byte, error) {
	r, err := http.NewRequest(method, m.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+m.key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := m.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("Meilisearch: %s: %s", answer.Status, text)
	}
	return text, err
}

// body is a question in Meilisearch's terms, with all that our answers have;
// marked asks for found words and the best passage too.
func (m *meili) body(t *testing.T, q question, marked bool) []byte {
	t.Helper()
	ask := map[string]any{
		"q": q.text, "limit": pageLimit, "offset": q.offset, "facets": facetFields, "locales": []string{"cmn"},
		"attributesToRetrieve": []string{"id", "title", "number", "department", "topic", "category", "published", "validity"},
	}
	if marked {
		ask["attributesToHighlight"], ask["attributesToCrop"], ask["cropLength"] = []string{"title", "body"}, []string{"body"}, 40
	}
	var filters []string
	for name, values := range q.filters {
		filters = append(filters, fmt.Sprintf(`%s IN ["%s"]`, name, strings.Join(values, `","`)))
	}
	if len(filters) > 0 {
		ask["filter"] = filters
	}
	if by := map[string]string{"newest": "published:desc", "oldest": "published:asc"}[q.sort]; by != "" {
		ask["sort"] = []string{by}
	}
	text, err := json.Marshal(ask)
	must(t, err)
	return text
}

func (m *meili) total(t *testing.T, body []byte) int {
	t.Helper()
	answer, err := m.send(http.MethodPost, "/indexes/"+m.index+"/search", body)
	must(t, err)
	var found struct{ EstimatedTotalHits int }
	must(t, json.Unmarshal(answer, &found))
	return found.EstimatedTotalHits
}
