//go:build ignore

// Command bareecho answers what it was given from memory, with nothing of the
// house around it: echo and the bytes. It is what an answer is measured against
// (bench/read_test.go builds it).
package main

import (
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"github.com/labstack/echo/v4"
)

const contentType = "application/json; charset=utf-8"

// main serves each file of a folder under its own name.
func main() {
	answers := map[string][]byte{}
	entries, err := os.ReadDir(os.Args[1])
	check(err)
	for _, entry := range entries {
		answers[entry.Name()], err = os.ReadFile(filepath.Join(os.Args[1], entry.Name()))
		check(err)
	}
	e := echo.New()
	e.GET("/api/v1/policies/:id", func(c echo.Context) error {
		body, ok := answers[c.Param("id")]
		if !ok {
			return echo.ErrNotFound
		}
		return c.Blob(http.StatusOK, contentType, body)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	slog.Info("serving", "address", listener.Addr().String())
	check(http.Serve(listener, e))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
