package handler_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// What all requests go through is laid out once: laid out for each, it took longer than the
// answers. Nothing may run beside this test, or what that takes would count.
func TestARequestLaysNothingOutAnew(t *testing.T) {
	h := build(t, embedded)
	took := testing.AllocsPerRun(50, func() {
		answer := httptest.NewRecorder()
		h.server.Config.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/healthz", nil))
		if answer.Code != http.StatusOK {
			t.Errorf("it is answered %d", answer.Code)
		}
	})
	if took > 200 {
		t.Errorf("an answer of two words takes %.0f allocations", took)
	}
}
