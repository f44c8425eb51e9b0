package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yuandu/handler"
	"yuandu/service/directory"
	"yuandu/service/file"
	"yuandu/service/ingest"
	"yuandu/service/policy"
	"yuandu/service/search"
	"yuandu/worker"
)

var serveCommand = command{
	name: "serve", about: "启动服务",
	usage:   "serve",
	example: "YUANDU_ADDR=:8080 YUANDU_DATA=/var/lib/yuandu yuandu serve",
	run: func(ctx context.Context, c *Config, args []string) error {
		return serve(ctx, c, service{})
	},
}

// How long things may take at the end.
const (
	drainRequests = 20 * time.Second
	drainJobs     = 10 * time.Second
)

// service is what tells demo from serve.
type service struct {
	sample  bool
	prepare func(context.Context, *house) error // before the doors open
	opened  func(address string)
}

// house is everything that runs in a serving process, top to bottom.
type house struct {
	*backends
	config    *Config
	search    *search.Service
	policy    *policy.Service
	directory *directory.Service
	file      *file.Service
	ingest    *ingest.Service
}

func build(b *backends, c *Config) *house {
	h := &house{backends: b, config: c, file: file.New(b.store, b.bucket), ingest: ingest.New(b.store)}
	h.search = search.New(b.store, b.index, b.cache, systemClock{}, slog.Default())
	h.policy = policy.New(b.store, h.search.Ask, systemClock{})
	h.directory = directory.New(b.store, h.search.Ask, systemClock{})
	return h
}

// keptAnswers is the memory for rendered answers, in bytes.
const keptAnswers = 64 << 20

func (h *house) handler(sample bool) http.Handler {
	return handler.New(handler.House{
		Policy: h.policy, Directory: h.directory, Search: h.search, File: h.file, Clock: systemClock{},
		Version: version, PublicURL: h.config.PublicURL, Sample: sample, TrustedProxies: h.config.proxies,
		KeepBytes: keptAnswers, Parts: h.parts,
	})
}

// serve opens the house and keeps it open until ctx ends; then it takes no more
// requests, answers those under way, ends the jobs and closes the stores.
func serve(ctx context.Context, c *Config, s service) error {
	if err := ensureKeys(c.KeyFile); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("监听 YUANDU_ADDR：%w", err)
	}
	defer listener.Close()
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.serve(ctx, c); err != nil {
		return err
	}
	h := build(b, c)
	if s.prepare != nil {
		if err := s.prepare(ctx, h); err != nil {
			return err
		}
	}
	return h.run(ctx, listener, s)
}

func (h *house) run(ctx context.Context, listener net.Listener, s service) error {
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	stopJobs, err := worker.Start(working, h.store, worker.Services{Search: h.search, Log: slog.Default()})
	if err != nil {
		return err
	}
	var background sync.WaitGroup
	background.Go(func() { h.search.Run(working) })
	background.Go(func() { h.measure(working) })

	server := handler.Server(h.config.Addr, h.handler(s.sample))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	slog.Info("serving", "address", listener.Addr().String(), "version", version)
	if s.opened != nil {
		s.opened(h.config.PublicURL)
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		slog.Info("closing: requests under way are answered")
		err = h.drain(server, stopJobs)
	}
	stopWorking()
	background.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (h *house) drain(server *http.Server, stopJobs func(context.Context) error) error {
	requests, cancel := context.WithTimeout(context.Background(), drainRequests)
	defer cancel()
	err := server.Shutdown(requests)
	jobs, cancelJobs := context.WithTimeout(context.Background(), drainJobs)
	defer cancelJobs()
	return errors.Join(err, stopJobs(jobs))
}

// measure serves Prometheus metrics on their own address, where one is set.
func (h *house) measure(ctx context.Context) {
	if h.config.MetricsAddr == "" {
		return
	}
	registerQueueMetrics(ctx, h.store)
	server := &http.Server{Addr: h.config.MetricsAddr, Handler: promhttp.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("metrics not served (YUANDU_METRICS_ADDR)", "error", err)
	}
}
