// Package storetest opens throwaway databases, so that one test body runs on
// every engine.
package storetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to make and drop databases

	"yuandu/internal/testenv"
	"yuandu/store"
)

// Clock is a clock that stands until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock standing at noon of a day (yyyy-mm-dd) in Shanghai.
func NewClock(day string) *Clock {
	t, err := time.Parse(time.RFC3339, day+"T12:00:00+08:00")
	if err != nil {
		panic(err)
	}
	return &Clock{now: t}
}

// Now is where the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move moves the clock on.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Each runs a test on every engine, on a fresh database each.
func Each(t *testing.T, test func(t *testing.T, s *store.Store, clock *Clock)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		clock := NewClock("2026-11-24")
		test(t, open(t, "", SQLite(t), clock), clock)
	})
	t.Run("postgres", func(t *testing.T) {
		clock := NewClock("2026-11-24")
		test(t, open(t, Postgres(t), "", clock), clock)
	})
}

func open(t *testing.T, url, file string, clock *Clock) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{URL: url, File: file, Clock: clock, Vault: Vault()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Keys are keys for tests.
func Keys() *store.Keys {
	key := func(b byte, n int) []byte { return bytes.Repeat([]byte{b}, n) }
	return &store.Keys{Seals: [][]byte{key('s', 16)}, Audit: key('a', 32), Hash: key('h', 32)}
}

// Vault seals with Keys.
func Vault() *store.Vault {
	keys := Keys()
	return store.NewVault(func() (*store.Keys, error) { return keys, nil })
}

// SQLite is the path of a fresh database file, its tables made, that goes with
// the test.
func SQLite(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "yuandu.db")
	if err := os.WriteFile(file, sqliteTables(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Postgres is the address of a fresh database, its tables made, that goes with
// the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return postgresLike(t, postgresTables(testenv.Need(t, "YUANDU_TEST_POSTGRES_URL", "PostgreSQL")))
}

// EmptyPostgres is the address of a fresh database that goes with the test.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	return postgresLike(t, "template1")
}

func postgresLike(t testing.TB, model string) string {
	t.Helper()
	server := testenv.Need(t, "YUANDU_TEST_POSTGRES_URL", "PostgreSQL")
	name := "t_" + strings.ToLower(rand.Text())
	if err := run(server, `CREATE DATABASE `+name+` TEMPLATE `+model); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return within(server, name)
}

// within is the address of a database of a server.
func within(server, name string) string {
	address, err := url.Parse(server)
	if err != nil {
		panic(err)
	}
	address.Path = "/" + name
	return address.String()
}

func run(server, statement string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
