package search_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store/search"
)

const secret = "a-key-that-nobody-may-read"

// openAt opens an index at a server that only pretends to be Meilisearch.
func openAt(t *testing.T, server http.Handler) *search.Meili {
	t.Helper()
	at := httptest.NewServer(server)
	t.Cleanup(at.Close)
	t.Cleanup(at.CloseClientConnections)
	return openMeili(t, search.MeiliConfig{URL: at.URL, Key: secret,
		Patience: search.MeiliPatience{Answer: 300 * time.Millisecond, Take: 300 * time.Millisecond, Work: 600 * time.Millisecond}})
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	io.WriteString(w, body)
}

func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { answer(w, status, body) }
}

// wanted wants an error that tells whose trouble it is, and not the key.
func wanted(t *testing.T, what string, err error, unavailable bool) {
	t.Helper()
	if err == nil || errors.Is(err, search.ErrUnavailable) != unavailable {
		t.Errorf("%s: the error is %v, and unavailable should be %v", what, err, unavailable)
	}
	if err != nil && strings.Contains(err.Error(), secret) {
		t.Errorf("%s: the error tells the key: %v", what, err)
	}
}

var anyQuestion = search.Query{Kind: model.KindPolicy, Mode: search.All, Text: "养老", Limit: 20,
	Sort: search.Relevance, Today: "2024-01-01"}

func TestMeiliInTroubleIsUnavailable(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
	for name, server := range map[string]http.HandlerFunc{
		"500":             answering(500, `{"message":"internal","code":"internal","type":"internal"}`),
		"503":             answering(503, `{"message":"too many","code":"too_many_search_requests","type":"system"}`),
		"502 of a proxy":  answering(502, "<html>Bad Gateway "+secret+"</html>"),
		"429":             answering(429, `{}`),
		"507":             answering(507, `{"message":"No space left on device","code":"no_space_left_on_device","type":"system"}`),
		"a wrong key":     answering(403, `{"message":"The provided API key `+secret+` is invalid.","code":"invalid_api_key","type":"auth"}`),
		"a missing index": answering(404, `{"message":"Index missing","code":"index_not_found","type":"invalid_request"}`),
		"no JSON":         answering(200, "hello"),
		"half JSON":       answering(200, `{"results":[{"hits":[{"id":`),
		"an empty answer": answering(200, ``),
		"no answer":       hang,
		"a slow answer": func(w http.ResponseWriter, r *http.Request) {
			answer(w, 200, `{"results":[`)
			w.(http.Flusher).Flush()
			hang(w, r)
		},
		"a broken line": func(w http.ResponseWriter, _ *http.Request) { hijackAndClose(w, "") },
		"half an answer": func(w http.ResponseWriter, _ *http.Request) {
			hijackAndClose(w, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{")
		},
		"a redirect to fog": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/"+secret, http.StatusTemporaryRedirect)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var troubled atomic.Bool
			m := openAt(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !troubled.Load() {
					answer(w, 200, `[]`)
					return
				}
				server(w, r)
			}))
			troubled.Store(true)
			from := time.Now()
			allUnavailable(t, m)
			if err := m.Health(t.Context()); name == "a missing index" {
				if !errors.Is(err, search.ErrOutdated) {
					t.Errorf("Health without an index is %v", err)
				}
			} else {
				wanted(t, "Health", err, true)
			}
			if took := time.Since(from); took > 10*time.Second {
				t.Errorf("it took %v to say so", took)
			}
		})
	}
}

func allUnavailable(t *testing.T, m *search.Meili) {
	t.Helper()
	_, err := m.Find(t.Context(), anyQuestion)
	wanted(t, "Find", err, true)
	several := anyQuestion
	several.Variants = []string{"工伤"}
	several.Facets = []string{"topic", search.ValidityFacet}
	_, err = m.Find(t.Context(), several)
	wanted(t, "Find with variants", err, true)
	several.Mode = search.Any
	_, err = m.Find(t.Context(), several)
	wanted(t, "Find some words", err, true)
	_, err = m.Entries(t.Context(), model.KindPolicy, "", 5)
	wanted(t, "Entries", err, true)
	wanted(t, "Apply", m.Apply(t.Context(), model.KindPolicy, putting("A")), true)
	_, err = m.Rebuild(t.Context())
	wanted(t, "Rebuild", err, true)
}

func hijackAndClose(w http.ResponseWriter, first string) {
	line, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		io.WriteString(line, first)
		line.Close()
	}
}

func TestMeiliAwayIsNoErrorOfOpening(t *testing.T) {
	at := httptest.NewServer(answering(200, `{}`))
	at.Close()
	m := openMeili(t, search.MeiliConfig{URL: at.URL, Key: secret})
	wanted(t, "Health of nobody", m.Health(t.Context()), true)
	_, err := m.Find(t.Context(), anyQuestion)
	wanted(t, "a question to nobody", err, true)
}

func TestMeiliIsNotOpenedWithWrongSettings(t *testing.T) {
	at := httptest.NewServer(answering(403,
		`{"message":"The provided API key is invalid: `+secret+`","code":"invalid_api_key","type":"auth"}`))
	defer at.Close()
	for _, cfg := range []search.MeiliConfig{{URL: at.URL, Key: secret}, {URL: "localhost:7700", Key: secret},
		{URL: "", Key: secret}, {URL: "ftp://x", Key: secret}, {URL: at.URL, Key: secret, Prefix: "a/b"}} {
		m, err := search.OpenMeili(t.Context(), cfg)
		if err == nil || m != nil || strings.Contains(err.Error(), secret) || errors.Is(err, search.ErrUnavailable) {
			t.Errorf("%q with the prefix %q opens: %v", cfg.URL, cfg.Prefix, err)
		}
	}
}

func TestAQuestionThatMeiliRefusesIsOurFault(t *testing.T) {
	m := openAt(t, answering(400, `{"message":"Was expecting","code":"invalid_search_filter","type":"invalid_request"}`))
	_, err := m.Find(t.Context(), anyQuestion)
	wanted(t, "a bad filter", err, false)
}

func TestAnEndedContextIsNotTheServersTrouble(t *testing.T) {
	m := openAt(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			answer(w, 200, `[]`)
			return
		}
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := m.Find(ctx, anyQuestion)
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, search.ErrUnavailable) {
		t.Errorf("the error is %v", err)
	}
}

// pretender takes documents as Meilisearch does: with 202 first, and with what
// came of it in a task later.
type pretender struct {
	mu      sync.Mutex
	fate    func(docs []map[string]any) (status, failure string)
	tasks   []string // their answers
	held    map[string]any
	posts   int
	waiting bool // there is a task that is not over
}

func (p *pretender) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	switch {
	case strings.HasSuffix(r.URL.Path, "/settings/stop-words"):
		answer(w, 200, `["yuandulayout1"]`)
	case strings.HasSuffix(r.URL.Path, "/documents/fetch"):
		rows := []any{}
		for _, row := range p.held {
			rows = append(rows, row)
		}
		text, _ := json.Marshal(map[string]any{"results": rows})
		answer(w, 200, string(text))
	case r.URL.Path == "/tasks":
		if p.waiting {
			answer(w, 200, `{"results":[`+p.tasks[len(p.tasks)-1]+`]}`)
		} else {
			answer(w, 200, `{"results":[]}`)
		}
	case strings.HasPrefix(r.URL.Path, "/tasks/"):
		var uid int
		fmt.Sscan(strings.TrimPrefix(r.URL.Path, "/tasks/"), &uid)
		answer(w, 200, p.tasks[uid])
	case strings.HasSuffix(r.URL.Path, "/documents"):
		p.posts++
		var docs []map[string]any
		json.Unmarshal(body, &docs)
		status, failure := p.fate(docs)
		if status == "413" {
			answer(w, 413, `{"message":"too large","code":"payload_too_large","type":"invalid_request"}`)
			return
		}
		if status == "succeeded" {
			for _, d := range docs {
				p.held[d["id"].(string)] = map[string]any{"id": d["id"], "version": d["version"]}
			}
		}
		p.tasks = append(p.tasks, fmt.Sprintf(`{"uid":%d,"status":%q,"error":%s}`, len(p.tasks), status, failure))
		answer(w, 202, fmt.Sprintf(`{"taskUid":%d,"status":"enqueued"}`, len(p.tasks)-1))
	default:
		answer(w, 404, `{}`)
	}
}

func pretend(fate func(docs []map[string]any) (status, failure string)) *pretender {
	return &pretender{fate: fate, held: map[string]any{}}
}

func putting(ids ...string) []search.Op {
	var ops []search.Op
	for _, id := range ids {
		ops = append(ops, search.Op{ID: id, Put: &search.Doc{ID: id, Kind: model.KindPolicy, Version: 1, Title: "养老"}})
	}
	return ops
}

func TestTheDocumentsThatMeiliRefusesAreNamed(t *testing.T) {
	var ids []string
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("D%03d", i))
	}
	for name, status := range map[string]string{"by a failed task": "failed", "as too large a request": "413"} {
		t.Run(name, func(t *testing.T) {
			server := pretend(func(docs []map[string]any) (string, string) {
				for _, d := range docs {
					if d["id"] == "D042" || d["id"] == "D077" {
						return status, `{"message":"bad ` + secret + `","code":"invalid_document_fields","type":"invalid_request"}`
					}
				}
				return "succeeded", "null"
			})
			err := openAt(t, server).Apply(t.Context(), model.KindPolicy, putting(append(ids, "an id with blanks")...))
			var refused *search.OpError
			if !errors.As(err, &refused) || len(refused.Refused) != 3 || refused.Refused["D042"] == "" ||
				refused.Refused["D077"] == "" || refused.Refused["an id with blanks"] == "" {
				t.Fatalf("the error is %v", err)
			}
			if strings.Contains(fmt.Sprint(refused.Refused), secret) {
				t.Errorf("the reasons tell the key: %v", refused.Refused)
			}
			if len(server.held) != 98 || server.posts > 30 {
				t.Errorf("%d of the other 98 documents are held, after %d requests", len(server.held), server.posts)
			}
		})
	}
}

func TestATaskThatFailsForTheServersSakeRefusesNothing(t *testing.T) {
	server := pretend(func([]map[string]any) (string, string) {
		return "failed", `{"message":"no space left","code":"no_space_left_on_device","type":"system"}`
	})
	wanted(t, "a full disk", openAt(t, server).Apply(t.Context(), model.KindPolicy, putting("A", "B")), true)
	if server.posts != 1 {
		t.Errorf("it was tried %d times", server.posts)
	}
}

func TestAnApplyWaitsForWhatAnEarlierOneDidNotSeeTheEndOf(t *testing.T) {
	server := pretend(func([]map[string]any) (string, string) { return "processing", "null" })
	m := openAt(t, server)
	newer := putting("A")
	newer[0].Put.Version = 2
	wanted(t, "a task that lasts", m.Apply(t.Context(), model.KindPolicy, newer), true)
	server.mu.Lock()
	server.waiting = true
	server.mu.Unlock()
	time.AfterFunc(100*time.Millisecond, func() {
		server.mu.Lock()
		defer server.mu.Unlock()
		server.tasks[0] = `{"uid":0,"status":"succeeded"}`
		server.held["A"] = map[string]any{"id": "A", "version": 2}
	})
	if err := m.Apply(t.Context(), model.KindPolicy, putting("A")); err != nil {
		t.Errorf("the older version after it: %v", err)
	}
	if server.posts != 1 {
		t.Errorf("the older version was sent, though the newer one was on its way")
	}
}

// deaf passes everything on to the real server but keeps one answer back.
func deaf(t *testing.T, cfg search.MeiliConfig, path string) (http.Handler, *atomic.Int64) {
	t.Helper()
	to, err := url.Parse(cfg.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy, lost := httputil.NewSingleHostReverseProxy(to), &atomic.Int64{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, path) || lost.Add(1) > 1 {
			proxy.ServeHTTP(w, r)
			return
		}
		proxy.ServeHTTP(httptest.NewRecorder(), r)
		hijackAndClose(w, "")
	}), lost
}

func TestACommitWhoseAnswerIsLostIsNotUndoneByTheNext(t *testing.T) {
	cfg := meiliConfig(t)
	t.Cleanup(func() { dropIndexes(t, cfg) })
	server, swaps := deaf(t, cfg, "/swap-indexes")
	at := httptest.NewServer(server)
	t.Cleanup(at.Close)
	through := cfg
	through.URL = at.URL
	m := openMeili(t, through)
	r, err := m.Rebuild(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Apply(t.Context(), model.KindPolicy, putting("A")); err != nil {
		t.Fatal(err)
	}
	wanted(t, "the commit whose answer is lost", r.Commit(t.Context()), true)
	if err := r.Commit(t.Context()); err != nil {
		t.Fatalf("the commit after it: %v", err)
	}
	if found, err := m.Find(t.Context(), anyQuestion); err != nil || found.Total != 1 || swaps.Load() != 1 {
		t.Errorf("the new index answers with %d documents (%v) after %d swaps", found.Total, err, swaps.Load())
	}
}
