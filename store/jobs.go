package store

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"yuandu/model"
)

// IndexJob wakes the worker that brings the search index up to date. It
// carries nothing: what to do stands in the outbox.
type IndexJob struct{}

// Kind names the job in the database.
func (IndexJob) Kind() string { return "search_index" }

// AnnounceJob wakes the workers that tell followers of a change. It carries
// nothing: how far they are stands with the announcement.
type AnnounceJob struct{}

// Kind names the job in the database.
func (AnnounceJob) Kind() string { return "announce" }

// ReconcileJob compares the search index with the database, each night.
type ReconcileJob struct{}

// Kind names the job in the database.
func (ReconcileJob) Kind() string { return "search_reconcile" }

// SweepJob forgets what is kept for a while only, each night.
type SweepJob struct{}

// Kind names the job in the database.
func (SweepJob) Kind() string { return "sweep" }

// LetterDaysJob counts the deadlines of some open letters anew: those behind the one
// of a day that it names.
type LetterDaysJob struct {
	Due model.Day `json:"due"`
	ID  string    `json:"id"`
}

// Kind names the job in the database.
func (LetterDaysJob) Kind() string { return "letter_days" }

// jobs is River on either engine.
type jobs interface {
	insert(ctx context.Context, tx jobTx, args river.JobArgs) error
	start(ctx context.Context) error
	stop(ctx context.Context) error
}

// jobTx is a transaction in the shape that the engine's River wants.
type jobTx struct {
	sqlite   *sql.Tx
	postgres pgx.Tx
}

type riverJobs[T any] struct {
	client *river.Client[T]
	pick   func(jobTx) T
}

func (j riverJobs[T]) insert(ctx context.Context, tx jobTx, args river.JobArgs) error {
	_, err := j.client.InsertTx(ctx, j.pick(tx), args, nil)
	return err
}

func (j riverJobs[T]) start(ctx context.Context) error { return j.client.Start(ctx) }
func (j riverJobs[T]) stop(ctx context.Context) error  { return j.client.Stop(ctx) }

// Limits of jobs: River has no heartbeat, so a job found running after
// rescueAfter is taken for dead and must never run that long.
const (
	jobTimeout  = time.Minute
	rescueAfter = 2 * time.Minute
)

// quiet fills in what every client needs. River logs errors only.
func quiet(config *river.Config) *river.Config {
	if config == nil {
		config = &river.Config{}
	}
	config.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	config.JobTimeout = jobTimeout
	config.RescueStuckJobsAfter = rescueAfter
	config.FetchPollInterval = 200 * time.Millisecond
	return config
}

// Work starts the jobs of this process. stop waits for those under way.
func (s *Store) Work(ctx context.Context, workers *river.Workers, periodic []*river.PeriodicJob) (stop func(context.Context) error, err error) {
	if err := s.freeStuckJobs(ctx); err != nil {
		return nil, err
	}
	working, err := s.dialect.jobs(&river.Config{
		Workers:      workers,
		PeriodicJobs: periodic,
		Queues:       map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
	})
	if err != nil {
		return nil, fmt.Errorf("set up jobs: %w", err)
	}
	if err := working.start(ctx); err != nil {
		return nil, fmt.Errorf("start jobs: %w", err)
	}
	return working.stop, nil
}

// freeStuckJobs lets jobs that a killed process left running run again at
// once, where there can be no other process.
func (s *Store) freeStuckJobs(ctx context.Context) error {
	if !s.dialect.private() {
		return nil
	}
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "free stuck jobs", `UPDATE river_job SET state = 'available' WHERE state = 'running'`)
	})
}
