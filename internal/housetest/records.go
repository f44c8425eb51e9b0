package housetest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // to look into the records behind the house's back
	_ "modernc.org/sqlite"
)

// Record is a document as it is recognised in any house that holds it.
type Record struct{ Kind, Title, Number, SM3 string }

// Records lists every document of the house, in order.
func (h *House) Records() []Record {
	h.t.Helper()
	var list []Record
	h.query(func(rows *sql.Rows) error {
		var r Record
		defer func() { list = append(list, r) }()
		return rows.Scan(&r.Kind, &r.Title, &r.Number, &r.SM3)
	}, `SELECT 'policy', title, doc_number, sm3 FROM policies UNION ALL SELECT 'interpretation', title, '', sm3 FROM interpretations`)
	slices.SortFunc(list, func(a, b Record) int {
		return strings.Compare(a.Kind+a.Title+a.Number+a.SM3, b.Kind+b.Title+b.Number+b.SM3)
	})
	return list
}

// Count is the number that a query answers with.
func (h *House) Count(query string) (n int) {
	h.t.Helper()
	h.query(func(rows *sql.Rows) error { return rows.Scan(&n) }, query)
	return n
}

// Exec changes rows behind the house's back, as somebody with a shell to the
// database would.
func (h *House) Exec(statement string) {
	h.t.Helper()
	db := h.open()
	defer db.Close()
	r, err := db.Exec(statement)
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		h.t.Fatalf("%s changed nothing (%v)", statement, err)
	}
}

// Strings are the rows of a query of one text column.
func (h *House) Strings(query string) (list []string) {
	h.t.Helper()
	h.query(func(rows *sql.Rows) error {
		var s string
		defer func() { list = append(list, s) }()
		return rows.Scan(&s)
	}, query)
	return list
}

func (h *House) query(scan func(*sql.Rows) error, query string) {
	h.t.Helper()
	db := h.open()
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
}

// Change changes the records behind the house's back.
func (h *House) Change(statement string, args ...any) {
	h.t.Helper()
	db := h.open()
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
		h.t.Fatal(err)
	}
}

func (h *House) open() *sql.DB {
	h.t.Helper()
	engine, address := "pgx", h.env["YUANDU_DATABASE_URL"]
	if address == "" {
		engine, address = "sqlite", "file:"+filepath.Join(h.Data, "yuandu.db")+"?_pragma=busy_timeout(20000)"
	}
	db, err := sql.Open(engine, address)
	if err != nil {
		h.t.Fatal(err)
	}
	return db
}

// meiliIndexes names the indexes of this house on the server.
func (h *House) meiliIndexes() (uids []string) {
	var list struct{ Results []struct{ UID string } }
	if json.Unmarshal(h.askMeili(http.MethodGet, "/indexes?limit=1000"), &list) != nil {
		return nil
	}
	for _, r := range list.Results {
		if strings.HasPrefix(r.UID, h.env["YUANDU_MEILI_PREFIX"]+"_") {
			uids = append(uids, r.UID)
		}
	}
	return uids
}

func (h *House) askMeili(method, path string) []byte {
	r, err := http.NewRequest(method, h.env["YUANDU_MEILI_URL"]+path, nil)
	if err != nil {
		return nil
	}
	r.Header.Set("Authorization", "Bearer "+h.env["YUANDU_MEILI_KEY"])
	answer, err := client.Do(r)
	if err != nil {
		return nil // it is away, and so are its indexes
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return text
}

// Generations names the indexes that lie there, of whatever engine: one a
// folder, or one a kind on the server.
func (h *House) Generations() (names []string) {
	h.t.Helper()
	if !h.IsEmbedded() {
		return h.meiliIndexes()
	}
	entries, err := os.ReadDir(filepath.Join(h.Data, "index"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Root is the folder of the whole project.
func Root() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(here)))
}

// SharedData is the folder of real documents; without it the test is skipped.
func SharedData(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(filepath.Dir(Root()), "shared", "data")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	return folder
}

// RealRows are the first so many rows of the real policies and as many laws as
// a quarter of them.
func RealRows(t testing.TB, n int) [][]byte {
	t.Helper()
	data := SharedData(t)
	rows := lines(t, filepath.Join(data, "policies", "policies_housing.jsonl"), n-n/4)
	return append(rows, lines(t, filepath.Join(data, "laws", "laws.jsonl.gz"), n/4)...)
}

func lines(t testing.TB, path string, n int) [][]byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var text io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	in := bufio.NewScanner(text)
	in.Buffer(nil, 32<<20)
	var list [][]byte
	for len(list) < n && in.Scan() {
		list = append(list, bytes.Clone(in.Bytes()))
	}
	if len(list) < n {
		t.Fatalf("%s has only %d rows (%v)", path, len(list), in.Err())
	}
	return list
}

// File writes rows to a file of the test, a line each.
func File(t testing.TB, name string, rows [][]byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, append(bytes.Join(rows, []byte("\n")), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
