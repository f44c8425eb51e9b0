package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared asks by statements that are parsed once: SQLite takes longer to parse
// a small question than to answer it. PostgreSQL's driver does this by itself.
type prepared struct {
	asker
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

// asker is what *sql.DB and *sql.Tx have in common.
type asker interface {
	querier
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// mostStatements is how many texts are kept: lists of IDs come in many lengths.
const mostStatements = 400

func prepare(of asker) *prepared {
	return &prepared{asker: of, statements: map[string]*sql.Stmt{}}
}

func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return p.asker.ExecContext(ctx, query, args...)
}

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = unwatched(ctx)
	if s := p.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return p.asker.QueryContext(ctx, query, args...)
}

func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx = unwatched(ctx)
	if s := p.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.asker.QueryRowContext(ctx, query, args...)
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
	s, err := p.PrepareContext(ctx, query) // may wait for a connection, so not under the lock
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
