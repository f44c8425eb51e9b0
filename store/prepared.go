package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared asks by statements that are parsed once: SQLite takes longer to parse
// a small question than to answer it. PostgreSQL's driver does this by itself.
type prepared struct {
	querier
	parse      func(ctx context.Context, query string) (*sql.Stmt, error)
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

// mostStatements is how many texts are kept: lists of IDs come in many lengths.
const mostStatements = 400

func prepare(of querier, parse func(context.Context, string) (*sql.Stmt, error)) *prepared {
	return &prepared{querier: of, parse: parse, statements: map[string]*sql.Stmt{}}
}

func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return p.querier.ExecContext(ctx, query, args...)
}

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = unwatched(ctx)
	if s := p.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return p.querier.QueryContext(ctx, query, args...)
}

func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx = unwatched(ctx)
	if s := p.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.querier.QueryRowContext(ctx, query, args...)
}

// unwatched is a context that nobody need watch while rows are read: every
// question is short, and two goroutines that wait for its context to end cost as
// much as a small one. One that has ended already still ends it.
func unwatched(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// statement is nil where a query must be asked as it is: there is no room, or it
// cannot be parsed, which asking will tell.
func (p *prepared) statement(ctx context.Context, query string) *sql.Stmt {
	s, full := p.kept(query)
	if s != nil || full {
		return s
	}
	s, err := p.parse(ctx, query) // may wait for a connection, so not under the lock
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.statements[query]; other != nil {
		s.Close()
		return other
	}
	p.statements[query] = s
	return s
}

func (p *prepared) kept(query string) (s *sql.Stmt, full bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.statements[query], len(p.statements) >= mostStatements
}

// parsed are the statements of a pool of one connection, kept from one
// transaction to the next. Within a transaction the pool has no connection to
// parse one by, so what was missing is parsed before the next begins.
type parsed struct {
	pool    *prepared
	mu      sync.Mutex
	missing []string
}

func parse(pool *sql.DB) *parsed {
	return &parsed{pool: prepare(pool, pool.PrepareContext)}
}

// ready parses what the last transactions missed.
func (p *parsed) ready(ctx context.Context) {
	p.mu.Lock()
	missing := p.missing
	p.missing = nil
	p.mu.Unlock()
	for _, query := range missing {
		p.pool.statement(ctx, query)
	}
}

// within asks in a transaction, by the statements of the pool where it has them.
func (p *parsed) within(tx *sql.Tx) *prepared {
	return prepare(tx, func(ctx context.Context, query string) (*sql.Stmt, error) {
		s, full := p.pool.kept(query)
		if s != nil {
			return tx.StmtContext(ctx, s), nil
		}
		if !full {
			p.mu.Lock()
			p.missing = append(p.missing, query)
			p.mu.Unlock()
		}
		return tx.PrepareContext(ctx, query)
	})
}
