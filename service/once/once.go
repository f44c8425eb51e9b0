// Package once lets a request have its effect at most once, however often it
// is sent: the phone that lost its network may ask again, and gets the same
// answer.
package once

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
)

// Service is the memory of what was done.
type Service struct {
	store *store.Store
	cache cache.Cache
	clock model.Clock
}

// New makes the service.
func New(s *store.Store, c cache.Cache, clock model.Clock) *Service { return &Service{s, c, clock} }

// Answer is what was answered to a request. Where that was lost with its process there
// is no status, and Made names what the request made.
type Answer struct {
	Made   string            `json:"-"`
	Status int               `json:"status"`
	Head   map[string]string `json:"head"`
	Body   []byte            `json:"body"`
}

// How long one request keeps another of the same key from trying, also where its
// process was killed, and how long keys are kept.
const (
	busyFor = 15 * time.Second
	keptFor = 24 * time.Hour
)

// Errors of request keys.
var (
	ErrKeyMissing   = &model.Error{Kind: model.Invalid, Code: "request.key_missing", Field: "Idempotency-Key"}
	ErrKeyMalformed = &model.Error{Kind: model.Invalid, Code: "request.key_malformed", Field: "Idempotency-Key"}
	ErrKeyReused    = &model.Error{Kind: model.Invalid, Code: "request.key_reused", Field: "Idempotency-Key"}
	ErrRunning      = &model.Error{Kind: model.Conflict, Code: "request.running"}
)

// Name makes the key of a request out of what it is.
func Name(scope, key, route string, body []byte) *model.Once {
	sum := sm3.Sum(body)
	return &model.Once{Scope: scope, Key: key, Route: route, BodySum: hex.EncodeToString(sum[:])}
}

// Begin says what becomes of a request: the answer of before, or that it is to
// be done now. Then the caller does it under a context that model.WithOnce
// made, and calls end.
func (s *Service) Begin(ctx context.Context, o *model.Once) (before *Answer, end func(*Answer), err error) {
	// An answer that is kept is told to any number of askers at once. Done without one,
	// it may be that whoever does it is still at it.
	if before, err = s.before(ctx, o); err == nil && before != nil && before.Status != 0 {
		return before, nil, nil
	}
	// A cache that is away lets two of a key run at once; the database lets one
	// of them have its effect.
	lock, ok, err := s.cache.Lock(ctx, "once:"+o.Scope+":"+o.Key, busyFor)
	if err == nil && !ok {
		return nil, nil, ErrRunning
	}
	free := func() {
		if lock != nil {
			lock.Unlock()
		}
	}
	before, err = s.before(ctx, o)
	if err != nil || before != nil {
		free()
		return before, nil, err
	}
	return nil, func(a *Answer) {
		defer free()
		s.keep(ctx, o, a)
	}, nil
}

func (s *Service) before(ctx context.Context, o *model.Once) (*Answer, error) {
	done, err := s.store.Done(ctx, o.Scope, o.Key)
	switch {
	case err != nil || done == nil:
		return nil, err
	case done.Route != o.Route || done.BodySum != o.BodySum:
		return nil, ErrKeyReused
	case done.Answer == "" && done.Made != "":
		return &Answer{Made: done.Made}, nil
	case done.Answer == "":
		return nil, model.ErrDoneBefore
	}
	a := &Answer{}
	if err := json.Unmarshal([]byte(done.Answer), a); err != nil {
		return nil, fmt.Errorf("read kept answer: %w", err)
	}
	return a, nil
}

// keep keeps the answer of what was done. One that can't be kept is told apart
// at the next try: it was done, and its answer is lost.
func (s *Service) keep(ctx context.Context, o *model.Once, a *Answer) {
	if !o.Recorded || a == nil {
		return
	}
	text, err := json.Marshal(a)
	if err == nil {
		_ = s.store.KeepAnswer(context.WithoutCancel(ctx), o, string(text))
	}
}

// Forget forgets keys that were kept long enough.
func (s *Service) Forget(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.ForgetOnce(ctx, s.clock.Now().Add(-keptFor)) })
}
