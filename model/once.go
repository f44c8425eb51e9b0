package model

import "context"

// Once is one request that must have its effect at most once: its transaction
// keeps the key, so that the same key never commits again.
type Once struct {
	Scope    string // who asks
	Key      string // what they call it
	Route    string
	BodySum  string // SM3 of what was asked
	Recorded bool   // a transaction of this request has kept the key
}

type onceKey struct{}

// WithOnce hands a request's key to the transactions in it.
func WithOnce(ctx context.Context, o *Once) context.Context {
	return context.WithValue(ctx, onceKey{}, o)
}

// OnceOf is the key of the request that ctx belongs to, nil where it has none.
func OnceOf(ctx context.Context) *Once {
	o, _ := ctx.Value(onceKey{}).(*Once)
	return o
}
