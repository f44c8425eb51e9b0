package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

var reindexCommand = command{
	name: "reindex", about: "重建检索索引，期间搜索照常",
	usage:   "reindex",
	example: "YUANDU_DATA=./data yuandu reindex",
	run:     reindex,
}

// reindex asks the running server for it, else does it itself.
func reindex(ctx context.Context, c *Config, _ []string) error {
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	done, err := alone(ctx, b, c)
	if err != nil {
		return err
	}
	if done == nil {
		return askServer(ctx, b)
	}
	defer done()
	service := build(b, c).search
	total, err := service.Reindex(ctx, newCounter())
	if err != nil {
		return fmt.Errorf("重建没有完成，原来的索引仍在使用：%w", err)
	}
	if err := service.Finish(ctx); err != nil {
		return err
	}
	fmt.Printf("检索已重建，共 %d 份\n", total)
	return nil
}

// askServer leaves the wish and watches how far it comes. Ctrl-C stops the
// watching, not the rebuild.
func askServer(ctx context.Context, b *backends) error {
	id, err := b.store.AskRebuild(ctx)
	if err != nil {
		return err
	}
	fmt.Println("另一个 yuandu 正在运行，由它重建；按 Ctrl-C 可以不等，重建会继续。")
	show := newCounter()
	for {
		r, err := b.store.Rebuild(ctx, id)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case r.FinishedAt > 0:
			fmt.Printf("检索已重建，共 %d 份\n", r.Total)
			return nil
		case r.Error != "":
			return fmt.Errorf("重建没有完成，服务会再试：%s", r.Error)
		}
		show(r.Done, r.Total)
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func newCounter() func(done, total int) {
	said := time.Now()
	return func(done, total int) {
		if total > 0 && time.Since(said) >= time.Second {
			said = time.Now()
			fmt.Fprintf(os.Stderr, "  %d / %d\n", done, total)
		}
	}
}
