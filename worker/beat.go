package worker

import (
	"context"
	"log/slog"
	"time"
)

// lookEvery is how often the house looks for what has become due or waits to be
// done.
const lookEvery = time.Second

// Look does something again and again until ctx ends. Any number of processes may
// do the same: what is done settles who does it.
func Look(ctx context.Context, log *slog.Logger, what string, do func(context.Context) error) {
	beat := time.NewTicker(lookEvery)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				log.Error(what+" broke off", "error", err)
			}
		case <-ctx.Done():
			return
		}
	}
}
