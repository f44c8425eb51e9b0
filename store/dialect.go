package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	_ "modernc.org/sqlite" // the SQLite engine
)

//go:embed migrations
var migrations embed.FS

// dialect is all in which the engines differ. No other file asks which one
// it is talking to.
type dialect interface {
	name() string
	text(query string) string         // $N as this engine writes it
	each(list string) string          // rows whose value is each of a JSON list of texts
	among(column, list string) string // a column is one of a JSON list of texts
	field(object, name string) string // a text of a JSON object, NULL where there is none
	day(moment string) string         // the day of a moment in milliseconds, in Shanghai
	skipLocked() string               // ends a question for rows that nobody else is about to change
	shared() string                   // ends a question for rows that nobody changes before the transaction ends
	// inTx commits what do did, and writes with the commit what do gave back.
	inTx(ctx context.Context, do func(querier, jobTx) ([]statement, error)) error
	migrate(ctx context.Context) error
	jobs(config *river.Config) (jobs, error)
	// serve takes the database for a serving process: alone, or beside others
	// that also share. It reports false when another process stands against it.
	serve(ctx context.Context, alone bool) (release func(), ok bool, err error)
	// private says that another process on another machine can't use it.
	private() bool
	close() error
}

// sqliteDB is one file: one connection writes, several read.
type sqliteDB struct {
	file        string
	write, read *sql.DB
	parsed      *parsed // by write
	texts       sync.Map
}

const sqlitePragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16000)&_pragma=wal_autocheckpoint(4000)&_txlock=immediate"

func openSQLite(ctx context.Context, file string) (dialect, querier, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, nil, fmt.Errorf("make data folder: %w", err)
	}
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + sqlitePragmas
	write, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, nil, fmt.Errorf("open database: %w", err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		write.Close()
		return nil, nil, fmt.Errorf("open database file: %w", err)
	}
	read, err := sql.Open("sqlite", dsn+"&_pragma=query_only(1)&_pragma=mmap_size(268435456)")
	if err != nil {
		write.Close()
		return nil, nil, fmt.Errorf("open database: %w", err)
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	return &sqliteDB{file: file, write: write, read: read, parsed: parse(write)}, prepare(read, read.PrepareContext), nil
}

func (d *sqliteDB) name() string  { return "sqlite" }
func (d *sqliteDB) private() bool { return true }

func (d *sqliteDB) each(list string) string { return "json_each(" + list + ")" }

func (d *sqliteDB) among(column, list string) string {
	return column + " IN (SELECT value FROM " + d.each(list) + ")"
}

func (d *sqliteDB) field(object, name string) string {
	return "json_extract(" + object + ", '$." + name + "')"
}

func (d *sqliteDB) day(moment string) string {
	return "strftime('%Y-%m-%d', " + moment + " / 1000 + 28800, 'unixepoch')"
}

// skipLocked is nothing: one connection writes.
func (d *sqliteDB) skipLocked() string { return "" }
func (d *sqliteDB) shared() string     { return "" }

var parameter = regexp.MustCompile(`\$(\d+)`)

func (d *sqliteDB) text(query string) string {
	if t, ok := d.texts.Load(query); ok {
		return t.(string)
	}
	t := parameter.ReplaceAllString(query, "?$1")
	if inTurn(query) {
		t = parameter.ReplaceAllString(query, "?")
	}
	d.texts.Store(query, t)
	return t
}

// inTurn says that the parameters of a query stand in their order, each once.
// Then SQLite need not be told their numbers, which it looks up one by one: of
// 3,000 of them that takes ten times as long as all the rest.
func inTurn(query string) bool {
	for i, m := range parameter.FindAllStringSubmatch(query, -1) {
		if m[1] != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

func (d *sqliteDB) inTx(ctx context.Context, do func(querier, jobTx) ([]statement, error)) error {
	d.parsed.ready(ctx)
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer tx.Rollback()
	q := d.parsed.within(tx)
	last, err := do(q, jobTx{sqlite: tx})
	if err != nil {
		return err
	}
	for _, s := range last {
		if _, err := q.ExecContext(ctx, d.text(s.text), s.args...); err != nil {
			return fmt.Errorf("write with the commit: %w", err)
		}
	}
	return tx.Commit()
}

func (d *sqliteDB) migrate(ctx context.Context) error {
	if err := migrateFolder(ctx, d.write, goose.DialectSQLite3, "sqlite"); err != nil {
		return err
	}
	m, err := rivermigrate.New(riversqlite.New(d.write), nil)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	if _, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	return nil
}

func (d *sqliteDB) jobs(config *river.Config) (jobs, error) {
	client, err := river.NewClient(riversqlite.New(d.write), quiet(config))
	return riverJobs[*sql.Tx]{client, func(t jobTx) *sql.Tx { return t.sqlite }}, err
}

// serve locks a file beside the database: a file has one serving process.
func (d *sqliteDB) serve(context.Context, bool) (func(), bool, error) {
	held := flock.New(d.file + ".serving")
	ok, err := held.TryLock()
	return func() { held.Unlock() }, ok, err
}

func (d *sqliteDB) close() error {
	d.read.Close()
	return d.write.Close()
}

// postgresDB is a PostgreSQL server, or what speaks its protocol.
type postgresDB struct {
	pool *pgxpool.Pool
	db   *sql.DB
}

func openPostgres(ctx context.Context, address string) (dialect, querier, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, nil, fmt.Errorf("the address of the database can't be read") // pgx would quote the password
	}
	config.ConnConfig.RuntimeParams["timezone"] = "Asia/Shanghai"
	if config.MaxConns < 16 {
		config.MaxConns = 16
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, nil, fmt.Errorf("open database: %w", err)
	}
	db := stdlib.OpenDBFromPool(pool)
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, nil, fmt.Errorf("reach database: %w", err)
	}
	return &postgresDB{pool, db}, db, nil
}

func (d *postgresDB) name() string             { return "postgres" }
func (d *postgresDB) private() bool            { return false }
func (d *postgresDB) text(query string) string { return query }
func (d *postgresDB) each(list string) string {
	return "jsonb_array_elements_text(CAST(" + list + " AS jsonb))"
}

// among makes one array of the list: joined to a table that was counted long ago, rows
// of a function are compared with each of its rows.
func (d *postgresDB) among(column, list string) string {
	return column + " = ANY(ARRAY(SELECT value FROM " + d.each(list) + "))"
}

func (d *postgresDB) field(object, name string) string {
	return "(CAST(" + object + " AS jsonb) ->> '" + name + "')"
}

func (d *postgresDB) day(moment string) string {
	return "to_char(to_timestamp(" + moment + " / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"
}

func (d *postgresDB) skipLocked() string { return " FOR NO KEY UPDATE SKIP LOCKED" }
func (d *postgresDB) shared() string     { return " FOR SHARE" }

// inTx runs plain SQL and River's inserts on one connection, in one transaction.
func (d *postgresDB) inTx(ctx context.Context, do func(querier, jobTx) ([]statement, error)) error {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer conn.Close()
	var tx pgx.Tx
	err = conn.Raw(func(c any) (err error) {
		tx, err = c.(*stdlib.Conn).Conn().Begin(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	ended := false
	defer func() {
		if !ended {
			tx.Rollback(context.WithoutCancel(ctx))
		}
	}()
	last, err := do(conn, jobTx{postgres: tx})
	if err != nil {
		return err
	}
	if len(last) == 0 {
		return tx.Commit(ctx)
	}
	if err := commitWith(ctx, tx, last); err != nil {
		return err
	}
	ended = true
	return nil
}

// commitWith sends the last statements and the commit together: one way to the
// server and back instead of two.
func commitWith(ctx context.Context, tx pgx.Tx, last []statement) error {
	batch := &pgx.Batch{}
	for _, s := range last {
		batch.Queue(s.text, s.args...)
	}
	batch.Queue(`COMMIT`)
	results := tx.Conn().SendBatch(ctx, batch)
	for range last {
		if _, err := results.Exec(); err != nil {
			results.Close()
			return fmt.Errorf("write with the commit: %w", err)
		}
	}
	tag, err := results.Exec()
	if err == nil && tag.String() != "COMMIT" { // what can't be committed is rolled back without an error
		err = pgx.ErrTxCommitRollback
	}
	if err := errors.Join(err, results.Close()); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (d *postgresDB) migrate(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := migrateFolder(ctx, d.db, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker)); err != nil {
		return err
	}
	m, err := rivermigrate.New(riverpgxv5.New(d.pool), nil)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	return d.locked(ctx, func() error {
		if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
			return fmt.Errorf("migrate jobs: %w", err)
		}
		return nil
	})
}

// Keys of the advisory locks, any numbers of our own.
const (
	lockMigrate = 794301
	lockServe   = 794302
)

// locked runs do while no other process migrates jobs: River takes no lock.
func (d *postgresDB) locked(ctx context.Context, do func() error) error {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, lockMigrate); err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lockMigrate)
	return do()
}

func (d *postgresDB) jobs(config *river.Config) (jobs, error) {
	client, err := river.NewClient(riverpgxv5.New(d.pool), quiet(config))
	return riverJobs[pgx.Tx]{client, func(t jobTx) pgx.Tx { return t.postgres }}, err
}

// serve takes an advisory lock, shared or not. The server lets it go when the
// process dies, however it dies.
func (d *postgresDB) serve(ctx context.Context, alone bool) (func(), bool, error) {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return nil, false, err
	}
	ask := `SELECT pg_try_advisory_lock_shared($1)`
	if alone {
		ask = `SELECT pg_try_advisory_lock($1)`
	}
	ok := false
	if err := conn.QueryRowContext(ctx, ask, lockServe).Scan(&ok); err != nil || !ok {
		conn.Close()
		return func() {}, false, err
	}
	return func() {
		conn.ExecContext(context.Background(), `SELECT pg_advisory_unlock_all()`)
		conn.Close()
	}, true, nil
}

func (d *postgresDB) close() error {
	err := d.db.Close()
	d.pool.Close()
	return err
}

func migrateFolder(ctx context.Context, db *sql.DB, d goose.Dialect, folder string, options ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(d, db, files, options...)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for try := 0; ; try++ {
		_, err = provider.Up(ctx)
		if err == nil || try == 20 || !strings.Contains(err.Error(), "SQLITE_BUSY") {
			break
		}
		time.Sleep(100 * time.Millisecond) // another command is migrating the same file
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
