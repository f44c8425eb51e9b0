package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yuandu/store"
)

// measure serves Prometheus metrics on their own address, where one is set.
func (h *house) measure(ctx context.Context, door net.Listener) {
	if door == nil {
		return
	}
	registerQueueMetrics(ctx, h.store)
	server := &http.Server{Handler: promhttp.Handler(), ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	slog.Info("metrics", "address", door.Addr().String())
	if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("metrics not served", "error", err)
	}
}

// registerQueueMetrics shows how far the search index is behind.
func registerQueueMetrics(ctx context.Context, s *store.Store) {
	ask := func(pick func(depth, dead int, oldest time.Duration) float64) func() float64 {
		return func() float64 {
			depth, dead, oldest, err := s.IndexQueue(ctx)
			if err != nil {
				return -1
			}
			return pick(depth, dead, oldest)
		}
	}
	for name, gauge := range map[string]struct {
		help string
		pick func(int, int, time.Duration) float64
	}{
		"yuandu_index_queue":       {"Documents that wait for the search index.", func(n, _ int, _ time.Duration) float64 { return float64(n) }},
		"yuandu_index_dead":        {"Documents that the search index refuses.", func(_, n int, _ time.Duration) float64 { return float64(n) }},
		"yuandu_index_lag_seconds": {"How long the oldest document has waited for the search index.", func(_, _ int, d time.Duration) float64 { return d.Seconds() }},
	} {
		collector := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: gauge.help}, ask(gauge.pick))
		var already prometheus.AlreadyRegisteredError
		if err := prometheus.Register(collector); err != nil && !errors.As(err, &already) {
			panic(err) // two metrics of one name: a mistake of ours
		}
	}
}
