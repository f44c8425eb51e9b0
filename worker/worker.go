// Package worker says which job runs what, and when the nightly ones are due.
package worker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"yuandu/model"
	"yuandu/service/search"
	"yuandu/store"
)

// Services are what jobs work with.
type Services struct {
	Search     *search.Service
	Announced  func()                                           // wakes those who tell followers of changes
	Nightly    []func(context.Context) error                    // what domains do in the small hours
	LetterDays func(context.Context, store.LetterDaysJob) error // counts deadlines of some letters
	Log        *slog.Logger
}

// Start runs the jobs of a serving process until stop.
func Start(ctx context.Context, s *store.Store, services Services) (stop func(context.Context) error, err error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(context.Context, *river.Job[store.IndexJob]) error {
		services.Search.Wake() // the work may take longer than a job may
		return nil
	}))
	river.AddWorker(workers, river.WorkFunc(func(context.Context, *river.Job[store.AnnounceJob]) error {
		services.Announced()
		return nil
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[store.ReconcileJob]) error {
		queued, err := services.Search.Reconcile(ctx)
		if err == nil {
			services.Log.Info("search index compared with the database", "different", queued)
		}
		return err
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[store.SweepJob]) error {
		return services.sweep(ctx)
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[store.LetterDaysJob]) error {
		return services.LetterDays(ctx, job.Args)
	}))
	return s.Work(ctx, workers, nightly())
}

// sweep does what is done each night. One thing that fails does not keep the
// others from being done.
func (s Services) sweep(ctx context.Context) error {
	err := s.Search.Sweep(ctx)
	for _, do := range s.Nightly {
		err = errors.Join(err, do(ctx))
	}
	return err
}

// nightly are the jobs of the small hours, Shanghai time.
func nightly() []*river.PeriodicJob {
	return []*river.PeriodicJob{
		river.NewPeriodicJob(daily{2, 30}, func() (river.JobArgs, *river.InsertOpts) { return store.ReconcileJob{}, nil }, nil),
		river.NewPeriodicJob(daily{3, 10}, func() (river.JobArgs, *river.InsertOpts) { return store.SweepJob{}, nil }, nil),
	}
}

// daily is a time of day.
type daily struct{ hour, minute int }

// Next is the next time it is that time of day after a moment.
func (d daily) Next(after time.Time) time.Time {
	at := after.In(model.Shanghai)
	next := time.Date(at.Year(), at.Month(), at.Day(), d.hour, d.minute, 0, 0, model.Shanghai)
	if !next.After(at) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}
