package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"yuandu/store"
)

var rotateKeyCommand = command{
	name: "rotate-key", about: "换新的封存密钥，把封存的个人信息重新封存；加 forget 删去不再用到的旧密钥",
	usage:     "rotate-key [forget]",
	example:   "yuandu rotate-key",
	arguments: true,
	run: func(ctx context.Context, c *Config, args []string) error {
		if len(args) > 1 || len(args) == 1 && args[0] != "forget" {
			return errors.New("rotate-key 只认识 forget 这个参数")
		}
		b, err := openBackends(ctx, c)
		if err != nil {
			return err
		}
		defer b.close()
		if len(args) == 1 {
			return forgetKeys(ctx, b.store, c.KeyFile)
		}
		return rotateKey(ctx, b.store, c.KeyFile)
	},
}

// serversNotice is how long running servers may go on sealing with a key that was
// replaced: they look at the file each second.
const serversNotice = 2 * time.Second

// rotateKey puts a new key before the old ones, which go on opening, and seals
// everything anew. Broken off, it can be run again.
func rotateKey(ctx context.Context, s *store.Store, file string) error {
	k, err := readKeys(file)
	if err != nil {
		return err
	}
	k.OldSeals = append([]string{k.Seal}, k.OldSeals...)
	k.Seal = random(16)
	if err := replaceKeys(file, k); err != nil {
		return err
	}
	select {
	case <-time.After(serversNotice):
	case <-ctx.Done():
		return ctx.Err()
	}
	n, err := s.Reseal(ctx, func(done int) {
		if done%10_000 == 0 {
			fmt.Printf("已重新封存 %d 项\n", done)
		}
	})
	if err != nil {
		return err
	}
	fmt.Printf("换好了新密钥，重新封存了 %d 项。请备份 %s；它换了以后才做的备份，要用新的密钥文件恢复。\n"+
		"旧密钥还留在文件里。用到它的备份都不再需要时，可用 yuandu rotate-key forget 删去。\n", n, file)
	return nil
}

// forgetKeys takes the old keys out of the file, if nothing is sealed with
// them any more.
func forgetKeys(ctx context.Context, s *store.Store, file string) error {
	k, err := readKeys(file)
	if err != nil {
		return err
	}
	left, err := s.SealedWithOthers(ctx)
	if err != nil {
		return err
	}
	if left > 0 {
		return fmt.Errorf("还有 %d 项是用旧密钥封存的，没有删去旧密钥。请先运行 yuandu rotate-key", left)
	}
	n := len(k.OldSeals)
	k.OldSeals = nil
	if err := replaceKeys(file, k); err != nil {
		return err
	}
	fmt.Printf("删去了 %d 个旧密钥。用它们封存的旧备份不能再恢复个人信息。\n", n)
	return nil
}

func replaceKeys(file string, k *keys) error {
	if err := setAside(file, k, func(aside string) error { return os.Rename(aside, file) }); err != nil {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件写不了：%w", err)
	}
	return nil
}
