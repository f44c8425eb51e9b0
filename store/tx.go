package store

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"yuandu/model"
)

// Tx is a change of the database: its rows, their outbox and their jobs are
// all there, or none is.
type Tx struct {
	reads
	store     *Store
	jobTx     jobTx
	indexed   bool        // an outbox row was written
	changed   bool        // something that the public sees
	announced bool        // there is something to be told, or sent
	by        model.Actor // of the last audit line
	lines     []model.AuditLine
	kept      []auditRevision // revisions that this transaction keeps
	last      []statement     // what nothing in the transaction reads
}

// InTx runs do in one transaction. Whatever do returns undoes it.
func (s *Store) InTx(ctx context.Context, do func(*Tx) error) error {
	var indexed, announced bool
	err := s.dialect.inTx(ctx, func(q querier, j jobTx) ([]statement, error) {
		tx := &Tx{reads: reads{q: q, d: s.dialect}, store: s, jobTx: j}
		if err := do(tx); err != nil {
			return nil, err
		}
		indexed, announced = tx.indexed, tx.announced
		return tx.finish(ctx)
	})
	if err == nil && indexed {
		s.indexing.ring()
	}
	if err == nil && announced {
		s.announcing.ring()
	}
	return err
}

// finish writes what a transaction owes once, however many rows it changed, and
// gives what is left to be written with the commit.
func (tx *Tx) finish(ctx context.Context) ([]statement, error) {
	if err := tx.keepOnce(ctx); err != nil {
		return nil, err
	}
	if err := tx.auditRevisions(ctx); err != nil {
		return nil, err
	}
	if tx.indexed {
		if err := tx.Enqueue(ctx, IndexJob{}); err != nil {
			return nil, err
		}
	}
	if tx.announced {
		if err := tx.Enqueue(ctx, AnnounceJob{}); err != nil {
			return nil, err
		}
	}
	if tx.changed {
		if err := tx.grow(ctx, MarkPublic); err != nil {
			return nil, err
		}
	}
	lines, err := tx.auditLines()
	return append(tx.last, lines...), err
}

// Enqueue adds a job that runs if the transaction is committed.
func (tx *Tx) Enqueue(ctx context.Context, args river.JobArgs) error {
	if err := tx.store.jobs.insert(ctx, tx.jobTx, args); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

func (tx *Tx) exec(ctx context.Context, doing, query string, args ...any) error {
	if _, err := tx.q.ExecContext(ctx, tx.d.text(query), args...); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// later has a statement written with the commit: many go to the server together.
func (tx *Tx) later(query string, args ...any) {
	tx.last = append(tx.last, statement{query, args})
}

// ids are the texts that a query gives one by one.
func (tx *Tx) ids(ctx context.Context, query string, args ...any) ([]string, error) {
	return collect(ctx, tx.reads, scanID, query, args...)
}

func (tx *Tx) now() int64 { return tx.store.clock.Now().UnixMilli() }

// The marks.
const (
	MarkPublic    = "public"    // what the public can read, or its index
	MarkDirectory = "directory" // departments and topics
)

// Mark is the present value of a mark, 0 where it never grew.
func (r reads) Mark(ctx context.Context, name string) (int64, error) {
	var value int64
	_, err := r.row(ctx, `SELECT value FROM marks WHERE name = $1`, []any{name}, &value)
	return value, err
}

func (tx *Tx) grow(ctx context.Context, mark string) error {
	return tx.exec(ctx, "grow mark "+mark, `INSERT INTO marks (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = marks.value + 1`, mark)
}

// Serve takes the database for a serving process, which holds parts of its own
// where alone is true. release lets it go; ok is false when another serving
// process stands against it.
func (s *Store) Serve(ctx context.Context, alone bool) (release func(), ok bool, err error) {
	return s.dialect.serve(ctx, alone)
}

// Private says that the database belongs to one process.
func (s *Store) Private() bool { return s.dialect.private() }

// TouchPublic grows MarkPublic where no row of a document changed, but what
// the public is answered did.
func (s *Store) TouchPublic(ctx context.Context) error {
	return s.InTx(ctx, func(tx *Tx) error { return tx.grow(ctx, MarkPublic) })
}
