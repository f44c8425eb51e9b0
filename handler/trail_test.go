package handler_test

import (
	"testing"

	"yuandu/store"
)

func auditOf(act string) store.AuditFilter { return store.AuditFilter{Act: act, Limit: 100} }

// trailed looks whether the trail tells of an act, and how often.
func (h *house) trailed(t testing.TB, act string, times int) {
	t.Helper()
	lines, err := h.store.AuditLines(ctx, auditOf(act))
	if err != nil || len(lines) != times {
		t.Errorf("the trail tells of %s %d times, not %d (%v)", act, len(lines), times, err)
	}
}
