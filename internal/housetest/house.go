// Package housetest runs the yuandu binary as its users and operators do: as a
// process of its own, on the embedded set and on the production set, which can
// be interrupted, killed and cut off from its servers.
package housetest

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yuandu/internal/testenv"
	"yuandu/store/storetest"
)

// patience is how long anything may take before a test gives up on it: the
// machine may be busy with other tests.
const patience = 5 * time.Minute

var binary string

// Main builds the binary, runs the tests of a package with it, and ends.
func Main(m *testing.M) {
	folder, err := os.MkdirTemp("", "yuandu-binary-")
	if err == nil {
		err = os.Chmod(folder, 0o755) // for those who run it as somebody else
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(folder, "yuandu")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", binary, "yuandu/cmd/yuandu").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(folder)
	os.Exit(status)
}

// House is a house for one test: a data folder and, on the production set, a
// place of its own on every server.
type House struct {
	t    testing.TB
	Data string
	env  map[string]string
}

// Each runs a test on both sets, beside others.
func Each(t *testing.T, test func(t *testing.T, h *House)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		test(t, Embedded(t))
	})
	t.Run("production", func(t *testing.T) {
		t.Parallel()
		test(t, Production(t))
	})
}

// Embedded is a house that needs no server.
func Embedded(t testing.TB) *House {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	return &House{t: t, Data: data, env: map[string]string{
		"YUANDU_DATA": data, "YUANDU_ADDR": "127.0.0.1:0", "PATH": os.Getenv("PATH"), "TMPDIR": t.TempDir(),
	}}
}

// Production is a house on PostgreSQL, Redis, Meilisearch and S3.
func Production(t testing.TB) *House {
	t.Helper()
	h := Embedded(t)
	name := "h" + strings.ToLower(rand.Text())
	for variable, value := range map[string]string{
		"YUANDU_DATABASE_URL": storetest.EmptyPostgres(t),
		"YUANDU_REDIS_URL":    testenv.Need(t, "YUANDU_TEST_REDIS_URL", "Redis"), "YUANDU_REDIS_PREFIX": name,
		"YUANDU_MEILI_URL": testenv.Need(t, "YUANDU_TEST_MEILI_URL", "Meilisearch"), "YUANDU_MEILI_PREFIX": name,
		"YUANDU_MEILI_KEY":     testenv.Need(t, "YUANDU_TEST_MEILI_KEY", "Meilisearch"),
		"YUANDU_S3_ENDPOINT":   testenv.Need(t, "YUANDU_TEST_S3_ENDPOINT", "S3"),
		"YUANDU_S3_BUCKET":     testenv.Need(t, "YUANDU_TEST_S3_BUCKET", "S3"),
		"YUANDU_S3_ACCESS_KEY": testenv.Need(t, "YUANDU_TEST_S3_ACCESS_KEY", "S3"),
		"YUANDU_S3_SECRET_KEY": testenv.Need(t, "YUANDU_TEST_S3_SECRET_KEY", "S3"),
	} {
		h.env[variable] = value
	}
	t.Cleanup(func() {
		for _, uid := range h.meiliIndexes() {
			h.askMeili("DELETE", "/indexes/"+uid)
		}
	})
	return h
}

// With is the same house under other variables: a name, its value, and so on.
// "" takes a variable away.
func (h *House) With(pairs ...string) *House {
	other := &House{t: h.t, Data: h.Data, env: map[string]string{}}
	for name, value := range h.env {
		other.env[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		other.env[pairs[i]] = pairs[i+1]
		if pairs[i+1] == "" {
			delete(other.env, pairs[i])
		}
		if pairs[i] == "YUANDU_DATA" {
			other.Data = pairs[i+1]
		}
	}
	return other
}

// For is the same house in a part of a test.
func (h *House) For(t testing.TB) *House {
	other := h.With()
	other.t = t
	return other
}

// BehindProxy is the same house that believes a proxy on this machine, so that
// everybody comes from an address of their own.
func (h *House) BehindProxy() *House { return h.With("YUANDU_TRUSTED_PROXIES", "127.0.0.1") }

var temporaryPassword = regexp.MustCompile(`临时密码  (\S+)`)

// Found makes the first administrator of a house that runs, and signs them in.
func (h *House) Found(v *Visitor) {
	h.t.Helper()
	made := h.Must("staff", "add", "wangmin", "王敏")
	v.Begin("wangmin", temporaryPassword.FindStringSubmatch(made.Said)[1])
}

// Elsewhere is the same house with a data folder of its own.
func (h *House) Elsewhere() *House {
	return h.With("YUANDU_DATA", filepath.Join(h.t.TempDir(), "data"))
}

// SameKeysElsewhere is Elsewhere with the keys of this one: another process of the
// same house.
func (h *House) SameKeysElsewhere() *House { return h.Elsewhere().With("YUANDU_KEY_FILE", h.keyFile()) }

// Env is the value of a variable of the house.
func (h *House) Env(name string) string { return h.env[name] }

// IsEmbedded says whether the search index lies in the data folder.
func (h *House) IsEmbedded() bool { return h.env["YUANDU_MEILI_URL"] == "" }

// Result is how a command ended.
type Result struct {
	Status int
	Said   string // on both of its channels
}

// Run runs a command to its end.
func (h *House) Run(args ...string) Result {
	h.t.Helper()
	p := h.Start(args...)
	status := p.Wait()
	return Result{status, p.Said()}
}

// Must runs a command that has to succeed.
func (h *House) Must(args ...string) Result {
	h.t.Helper()
	r := h.Run(args...)
	if r.Status != 0 {
		h.t.Fatalf("yuandu %s ended with %d:\n%s", strings.Join(args, " "), r.Status, r.Said)
	}
	return r
}

// Eventually asks until the answer is yes.
func Eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	within(t, patience, what, yes)
}

func within(t testing.TB, patience time.Duration, what string, yes func() bool) {
	t.Helper()
	beat := time.NewTicker(20 * time.Millisecond)
	defer beat.Stop()
	for end := time.Now().Add(patience); !yes(); <-beat.C {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", patience, what)
		}
	}
}
