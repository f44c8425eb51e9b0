package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"yuandu/store/search"
)

var reindexCommand = command{
	name: "reindex", about: "重建检索索引，期间搜索照常",
	usage:   "reindex",
	example: "YUANDU_DATA=./data yuandu reindex",
	run:     reindex,
}

// reindex asks the running server for it, else does it itself.
func reindex(ctx context.Context, c *Config, args []string) error {
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.openIndex(ctx, c)
	if errors.Is(err, search.ErrHeld) {
		return askServer(ctx, b)
	}
	if err != nil {
		return err
	}
	release, alone, err := b.store.Serve(ctx, true)
	if err != nil {
		return err
	}
	defer release()
	if !alone {
		return askServer(ctx, b)
	}
	h := build(b, c)
	show := newCounter()
	total, err := h.search.Reindex(ctx, show)
	if err != nil {
		return fmt.Errorf("重建没有完成，原来的索引仍在使用：%w", err)
	}
	if err := h.search.CatchUp(ctx); err != nil {
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
	fmt.Println("有服务正在运行，由它重建；按 Ctrl-C 可以不等，重建会继续。")
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
