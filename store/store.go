// Package store is what the house remembers: the only SQL, the same text for
// SQLite and PostgreSQL, one file a noun.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/oklog/ulid/v2"

	"yuandu/model"
)

// Store is the database. Its methods read; what changes it goes through InTx.
type Store struct {
	reads
	clock   model.Clock
	vault   *Vault
	dialect dialect
	jobs    jobs

	directoryMu sync.Mutex
	directory   *Directory

	indexing, announcing bell
}

// Options say which database to open, and with what.
type Options struct {
	URL   string // a PostgreSQL address; where it is empty, File is used
	File  string // of SQLite
	Clock model.Clock
	Vault *Vault // nil for commands that neither seal nor write to the audit trail
}

// Open opens the database and brings its tables up to date.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := OpenAsIs(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// OpenAsIs opens the database for reading it as it stands: nothing is written.
func OpenAsIs(ctx context.Context, o Options) (*Store, error) {
	open, address := openPostgres, o.URL
	if address == "" {
		open, address = openSQLite, o.File
	}
	d, read, err := open(ctx, address)
	if err != nil {
		return nil, err
	}
	return &Store{clock: o.Clock, vault: o.Vault, dialect: d, reads: reads{q: read, d: d}}, nil
}

// prepare brings the tables up to date and sets up what writes to them.
func (s *Store) prepare(ctx context.Context) (err error) {
	if err := s.dialect.migrate(ctx); err != nil {
		return err
	}
	if s.jobs, err = s.dialect.jobs(nil); err != nil {
		return fmt.Errorf("set up jobs: %w", err)
	}
	return s.InTx(ctx, func(tx *Tx) error { return tx.seedTopics(ctx) })
}

// Name says which engine runs: sqlite or postgres.
func (s *Store) Name() string { return s.dialect.name() }

// Health says whether the database answers.
func (s *Store) Health(ctx context.Context) error {
	var one int
	return s.q.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
}

// Close closes the database.
func (s *Store) Close() error { return s.dialect.close() }

// reads are the questions to the database; they work on the whole and within
// a transaction alike.
type reads struct {
	q querier
	d dialect
}

// querier is what *sql.DB, *sql.Tx and *sql.Conn have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// scanner is a row being read.
type scanner interface{ Scan(dest ...any) error }

// collect reads every row of an answer.
func collect[T any](ctx context.Context, r reads, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	list := []T{}
	err := stream(ctx, r, scan, func(item T) error {
		list = append(list, item)
		return nil
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// stream hands on the rows of a query while they are read.
func stream[T any](ctx context.Context, r reads, scan func(scanner) (T, error), hand func(T) error, query string, args ...any) error {
	rows, err := r.q.QueryContext(ctx, r.d.text(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		item, err := scan(rows)
		if err == nil {
			err = hand(item)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// row reads one row; found is false where there is none.
func (r reads) row(ctx context.Context, query string, args []any, dest ...any) (found bool, err error) {
	err = r.q.QueryRowContext(ctx, r.d.text(query), args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// NewID makes an identifier: a ULID, ordered by time.
func NewID() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }

// jsonText stores a value as JSON in a text column, on both engines.
type jsonText[T any] struct{ V *T }

func asJSON[T any](v *T) jsonText[T] { return jsonText[T]{v} }

func (j jsonText[T]) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return json.Unmarshal([]byte(s), j.V)
	case []byte:
		return json.Unmarshal(s, j.V)
	}
	return fmt.Errorf("JSON column holds %T", src)
}

func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: %T cannot be written as JSON: %v", v, err))
	}
	return string(b)
}
