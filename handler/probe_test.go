package handler_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	text, err := os.ReadFile("/tmp/probe.txt")
	if err != nil {
		t.Skip()
	}
	each(t, func(t *testing.T, h *house) {
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			parts := strings.Split(line, " | ")
			began := time.Now()
			a := h.ask(t, parts[0], parts[1:]...)
			fmt.Printf("== %s %v\n%d %v\n%.1800s\n", line, time.Since(began), a.StatusCode, a.Header, a.body)
		}
	})
}
