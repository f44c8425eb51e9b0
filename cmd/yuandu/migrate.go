package main

import (
	"context"
	"fmt"
)

var migrateCommand = command{
	name: "migrate", about: "把数据库的表更新到本版本（serve 启动时也会做）",
	usage:   "migrate",
	example: "YUANDU_DATABASE_URL=postgres://… yuandu migrate",
	run: func(ctx context.Context, c *Config, _ []string) error {
		b := newBackends()
		defer b.close()
		if err := b.openStore(ctx, c); err != nil {
			return err
		}
		fmt.Printf("%s 的表已是最新\n", b.store.Name())
		return nil
	},
}
