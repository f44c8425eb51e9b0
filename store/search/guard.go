package search

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sony/gobreaker/v2"
)

// Guard keeps a search server that is away from holding up every question:
// after three failures questions fail at once for ten seconds, then one is
// let through to try.
type Guard struct {
	Index
	breaker  *gobreaker.CircuitBreaker[Found]
	patience time.Duration
}

// NewGuard guards an index; a question that takes longer than patience counts
// as failed.
func NewGuard(index Index, patience time.Duration) *Guard {
	return &Guard{Index: index, patience: patience, breaker: gobreaker.NewCircuitBreaker[Found](gobreaker.Settings{
		Name:         "search",
		Timeout:      10 * time.Second,
		ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= 3 },
		IsSuccessful: func(err error) bool { return !errors.Is(err, ErrUnavailable) },
	})}
}

// Find asks the index while it answers; otherwise ErrUnavailable.
func (g *Guard) Find(ctx context.Context, q Query) (Found, error) {
	found, err := g.breaker.Execute(func() (Found, error) {
		limited, cancel := context.WithTimeout(ctx, g.patience)
		defer cancel()
		found, err := g.Index.Find(limited, q)
		if err != nil && limited.Err() != nil && ctx.Err() == nil {
			err = fmt.Errorf("no answer within %v: %w", g.patience, ErrUnavailable)
		}
		return found, err
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return Found{}, fmt.Errorf("search is resting after failures: %w", ErrUnavailable)
	}
	return found, err
}
