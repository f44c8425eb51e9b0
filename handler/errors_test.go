package handler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"yuandu/model"
)

func TestErrorsAreAnsweredByTheirKind(t *testing.T) {
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(was)
	gone, leave := context.WithCancel(context.Background())
	leave()
	here := context.Background()
	for _, c := range []struct {
		name   string
		ctx    context.Context
		err    error
		status int
		code   string
		logs   string
	}{
		{"a refusal", here, model.ErrPolicyMissing, 404, "policy.not_found", ""},
		{"a refusal with a reason", here, fmt.Errorf("why: %w", model.ErrTooMany), 429, "rate.too_many", ""},
		{"a fault", here, errors.New("disk is full"), 500, "fault", "disk is full"},
		{"nobody waits any more", gone, errors.New("interrupted"), 499, "request.closed", ""},
		{"something took too long", here, context.DeadlineExceeded, 500, "fault", "deadline"},
		{"something else was cancelled", here, context.Canceled, 500, "fault", "canceled"},
	} {
		log.Reset()
		p := problemOf(c.ctx, c.err)
		if p.Status != c.status || p.Code != c.code || p.Title == "" || p.Detail == "" {
			t.Errorf("%s: %+v", c.name, p)
		}
		if c.logs == "" && log.Len() > 0 || !strings.Contains(log.String(), c.logs) || strings.Contains(p.Detail, "disk") {
			t.Errorf("%s: logged %q, said %q", c.name, log.String(), p.Detail)
		}
	}
}

func TestEveryKindOfErrorHasAStatus(t *testing.T) {
	for _, kind := range []model.ErrorKind{model.Invalid, model.Unauthenticated, model.Forbidden, model.NotFound,
		model.Conflict, model.Stale, model.TooMany, model.Unavailable} {
		if statuses[kind] < 400 {
			t.Errorf("%s is answered %d", kind, statuses[kind])
		}
	}
}
