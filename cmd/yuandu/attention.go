package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// attention notes when residents were served last, so that what has time leaves
// them the machine.
type attention struct{ last atomic.Int64 }

// attentive is for how long after an answer the next question is expected.
const attentive = 500 * time.Millisecond

func (a *attention) isNeeded() bool { return time.Since(time.UnixMilli(a.last.Load())) < attentive }

func (a *attention) notes(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			a.last.Store(time.Now().UnixMilli())
		}
		next.ServeHTTP(w, r)
	})
}
