package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
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
	vault   *store.Vault
	index   search.Index
	cache   cache.Cache
	bucket  blob.Bucket
	makers  map[string]string // part → maker
	private []string          // parts that only this process can use, in Chinese
	release func()            // of the database, where it is taken for serving
}

func newBackends() *backends {
	return &backends{makers: map[string]string{}, release: func() {}}
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// openBackends opens what every command needs: records and locks. Whatever was
// opened is closed where one fails.
func openBackends(ctx context.Context, c *Config) (*backends, error) {
	b := newBackends()
	err := b.openStore(ctx, c)
	if err == nil {
		err = b.openCache(ctx, c)
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// chose notes who makes a part; own names it where only this process can use
// it.
func (b *backends) chose(part, maker, own string) {
	b.makers[part] = maker
	if own != "" {
		b.private = append(b.private, own)
	}
}

func (b *backends) openStore(ctx context.Context, c *Config) (err error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("数据文件夹（YUANDU_DATA）：%w", err)
	}
	if b.vault, err = openVault(c.KeyFile); err != nil {
		return err
	}
	b.store, err = store.Open(ctx, store.Options{URL: c.DatabaseURL, File: filepath.Join(c.Data, "yuandu.db"), Clock: systemClock{}, Vault: b.vault})
	if err != nil {
		if c.DatabaseURL == "" {
			return fmt.Errorf("数据库（YUANDU_DATA，%s）：%w", c.Data, err)
		}
		return fmt.Errorf("数据库（YUANDU_DATABASE_URL）：%w", err)
	}
	own := ""
	if b.store.Private() {
		own = "数据库（SQLite，应设 YUANDU_DATABASE_URL）"
	}
	b.chose("records", b.store.Name(), own)
	return nil
}

func (b *backends) openCache(ctx context.Context, c *Config) error {
	if c.RedisURL == "" {
		b.chose("cache", "memory", "缓存（进程内存，应设 YUANDU_REDIS_URL）")
		b.cache = cache.NewMemory(systemClock{}, 64<<20)
		return nil
	}
	shared, err := cache.OpenRedis(ctx, c.RedisURL, c.RedisPrefix+":")
	if err != nil {
		return fmt.Errorf("缓存（YUANDU_REDIS_URL）：%w", err)
	}
	b.cache = shared
	b.chose("cache", "redis", "")
	return nil
}

func (b *backends) openBucket(ctx context.Context, c *Config) (err error) {
	if b.bucket, err = bucketOf(ctx, c); err != nil {
		return err
	}
	if c.S3Endpoint == "" {
		b.chose("files", "folder", "文件（数据文件夹，应设 YUANDU_S3_ENDPOINT）")
	} else {
		b.chose("files", "s3", "")
	}
	return nil
}

func bucketOf(ctx context.Context, c *Config) (blob.Bucket, error) {
	if c.S3Endpoint == "" {
		folder, err := blob.OpenDir(filepath.Join(c.Data, "files"))
		if err != nil {
			return nil, fmt.Errorf("文件（YUANDU_DATA）：%w", err)
		}
		return folder, nil
	}
	shared, err := blob.OpenS3(ctx, blob.S3Options{Endpoint: c.S3Endpoint, Region: c.S3Region, Bucket: c.S3Bucket,
		AccessKey: c.S3AccessKey, SecretKey: c.S3SecretKey})
	if err != nil {
		return nil, fmt.Errorf("文件（YUANDU_S3_ENDPOINT）：%w", err)
	}
	return shared, nil
}

// searchPatience is how long a question waits for a search server.
const searchPatience = 2 * time.Second

// openIndex opens the search index: the server's, or the folder, which belongs
// to one process at a time (search.ErrHeld).
func (b *backends) openIndex(ctx context.Context, c *Config) error {
	if c.MeiliURL == "" {
		folder, err := search.OpenBleve(filepath.Join(c.Data, "index"))
		if err != nil {
			return fmt.Errorf("检索（YUANDU_DATA）：%w", err)
		}
		b.index = folder
		b.chose("search", "bleve", "检索（内嵌索引，应设 YUANDU_MEILI_URL）")
		return nil
	}
	shared, err := search.OpenMeili(ctx, search.MeiliConfig{URL: c.MeiliURL, Key: c.MeiliKey, Prefix: c.MeiliPrefix})
	if err != nil {
		return fmt.Errorf("检索（YUANDU_MEILI_URL）：%w", err)
	}
	b.index = search.NewGuard(shared, searchPatience)
	b.chose("search", "meilisearch", "")
	return nil
}

// serve opens the other parts and takes the database for a serving process. Two
// may share it only if every part of both is shared.
func (b *backends) serve(ctx context.Context, c *Config) error {
	err := b.openIndex(ctx, c)
	if errors.Is(err, search.ErrHeld) {
		return fmt.Errorf("另一个 yuandu 正在使用 %s 里的检索索引（可能是服务，也可能是没有做完的导入或重建），本进程不启动。"+
			"请等它做完或停掉它，或换一个 YUANDU_DATA", c.Data)
	}
	if err == nil {
		err = b.openBucket(ctx, c)
	}
	if err != nil {
		return err
	}
	release, alone, err := b.store.Serve(ctx, len(b.private) > 0)
	switch {
	case err != nil:
		return fmt.Errorf("登记服务进程：%w", err)
	case !alone && len(b.private) > 0:
		return fmt.Errorf("另一个 yuandu 正在使用同一个数据库，而本进程有不能共用的部件：%s。请停掉另一个，或把它们都换成共用的服务",
			strings.Join(b.private, "、"))
	case !alone:
		return errors.New("另一个 yuandu 正在使用同一个数据库，并且不能与人共用：它有自己的部件，或正在导入、重建。请停掉它或等它做完，或把它的部件都换成共用的服务")
	}
	b.release = release
	slog.Info("backends", "records", b.makers["records"], "search", b.makers["search"], "cache", b.makers["cache"], "files", b.makers["files"])
	return nil
}

// parts asks every part how it is, all at once: one that is slow to say so
// does not make the others late. Without records nothing can be answered.
func (b *backends) parts(ctx context.Context) []handler.Part {
	asked := []struct {
		name   string
		health func(context.Context) error
	}{{"records", b.store.Health}, {"search", b.index.Health}, {"cache", b.cache.Health}, {"files", b.bucket.Health}}
	parts := make([]handler.Part, len(asked))
	var answered sync.WaitGroup
	for i, a := range asked {
		answered.Go(func() {
			healthy := a.health(ctx) == nil
			parts[i] = handler.Part{Name: a.name, Kind: b.makers[a.name], Healthy: healthy, Degraded: !healthy && a.name != "records"}
		})
	}
	answered.Wait()
	return parts
}

func (b *backends) close() {
	b.release()
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
