package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"yuandu/handler"
	"yuandu/store"
	"yuandu/store/blob"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// backends are the parts that the house stands on, each chosen on its own:
// a shared server where its address is set, else an embedded one of this
// process.
type backends struct {
	store   *store.Store
	index   search.Index
	cache   cache.Cache
	bucket  blob.Bucket
	names   map[string]string // part → maker
	private []string          // parts that only this process can use
	serving func()
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// openBackends opens every part. Whatever was opened is closed where one fails.
func openBackends(ctx context.Context, c *Config) (b *backends, err error) {
	b = &backends{names: map[string]string{}, serving: func() {}}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	if b.store, err = store.Open(ctx, c.DatabaseURL, filepath.Join(c.Data, "yuandu.db"), systemClock{}); err != nil {
		return b, fmt.Errorf("数据库（YUANDU_DATABASE_URL 或 YUANDU_DATA）：%w", err)
	}
	b.chose("records", b.store.Name(), b.store.Private())
	if err := b.openCache(ctx, c); err != nil {
		return b, fmt.Errorf("缓存（YUANDU_REDIS_URL）：%w", err)
	}
	if err := b.openBucket(ctx, c); err != nil {
		return b, fmt.Errorf("文件（YUANDU_S3_* 或 YUANDU_DATA）：%w", err)
	}
	return b, nil
}

func (b *backends) chose(part, maker string, private bool) {
	b.names[part] = maker
	if private {
		b.private = append(b.private, part+" ("+maker+")")
	}
}

func (b *backends) openCache(ctx context.Context, c *Config) (err error) {
	if c.RedisURL == "" {
		b.chose("cache", "memory", true)
		b.cache = cache.NewMemory(systemClock{}, 64<<20)
		return nil
	}
	b.chose("cache", "redis", false)
	b.cache, err = cache.OpenRedis(ctx, c.RedisURL, "yuandu:")
	return err
}

func (b *backends) openBucket(ctx context.Context, c *Config) (err error) {
	if c.S3Endpoint == "" {
		b.chose("files", "folder", true)
		b.bucket, err = blob.OpenDir(filepath.Join(c.Data, "files"))
		return err
	}
	b.chose("files", "s3", false)
	b.bucket, err = blob.OpenS3(ctx, blob.S3Options{Endpoint: c.S3Endpoint, Region: c.S3Region, Bucket: c.S3Bucket,
		AccessKey: c.S3AccessKey, SecretKey: c.S3SecretKey})
	return err
}

// searchPatience is how long a question waits for a search server.
const searchPatience = 2 * time.Second

// openIndex opens the search index: the server's, or the folder, which belongs
// to one process at a time (search.ErrHeld).
func (b *backends) openIndex(ctx context.Context, c *Config) (err error) {
	if c.MeiliURL == "" {
		b.chose("search", "bleve", true)
		b.index, err = search.OpenBleve(filepath.Join(c.Data, "index"))
		return err
	}
	b.chose("search", "meilisearch", false)
	index, err := search.OpenMeili(ctx, search.MeiliConfig{URL: c.MeiliURL, Key: c.MeiliKey})
	if err != nil {
		return err
	}
	b.index = search.NewGuard(index, searchPatience)
	return nil
}

// serve opens the index and takes the database for a serving process. Two may
// share it only if every part of both is shared.
func (b *backends) serve(ctx context.Context, c *Config) error {
	if err := b.openIndex(ctx, c); err != nil {
		if errors.Is(err, search.ErrHeld) {
			return fmt.Errorf("另一个 yuandu 正在使用 %s 里的检索索引，本进程不启动。请先停掉它，或换一个 YUANDU_DATA", c.Data)
		}
		return fmt.Errorf("检索（YUANDU_MEILI_URL 或 YUANDU_DATA）：%w", err)
	}
	release, ok, err := b.store.Serve(ctx, len(b.private) > 0)
	if err != nil {
		return fmt.Errorf("登记服务进程：%w", err)
	}
	if !ok && len(b.private) > 0 {
		return fmt.Errorf("另一个 yuandu 正在使用同一个数据库，而本进程的这些部件不能共用：%v。请先停掉另一个，或把它们都换成共用的服务", b.private)
	}
	if !ok {
		return fmt.Errorf("另一个 yuandu 正在使用同一个数据库，而它有不能共用的部件。请先停掉它，或给它换成共用的服务")
	}
	b.serving = release
	slog.Info("backends", "records", b.names["records"], "search", b.names["search"], "cache", b.names["cache"], "files", b.names["files"])
	return nil
}

// parts asks every part how it is.
func (b *backends) parts(ctx context.Context) []handler.Part {
	return []handler.Part{
		{Name: "records", Kind: b.names["records"], Healthy: b.store.Health(ctx) == nil},
		{Name: "search", Kind: b.names["search"], Healthy: b.index.Health(ctx) == nil, Degraded: true},
		{Name: "cache", Kind: b.names["cache"], Healthy: b.cache.Health(ctx) == nil, Degraded: true},
		{Name: "files", Kind: b.names["files"], Healthy: b.bucket.Health(ctx) == nil, Degraded: true},
	}
}

func (b *backends) close() {
	b.serving()
	if b.index != nil {
		b.index.Close()
	}
	if b.bucket != nil {
		b.bucket.Close()
	}
	if b.cache != nil {
		b.cache.Close()
	}
	if b.store != nil {
		b.store.Close()
	}
}
