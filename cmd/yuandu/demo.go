package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
)

var demoCommand = command{
	name: "demo", about: "用示例内容启动，不需要任何服务器",
	usage:   "demo",
	example: "yuandu demo",
	data:    "./data/demo",
	run: func(ctx context.Context, c *Config, _ []string) error {
		c.DatabaseURL, c.RedisURL, c.MeiliURL, c.S3Endpoint = "", "", "", ""
		return serve(ctx, c, service{sample: true, prepare: furnish, opened: greet})
	},
}

// greet prints where to go.
func greet(address, data string) {
	fmt.Fprintf(os.Stdout, `
鸢都政事演示站点已启动，内容均为示例。

  网站        %[1]s/
  查政策      %[1]s/policies?q=养老
  手机网页    %[1]s/m/    居民手机上的样子，可以扮演示例人物登录
  开放接口    %[1]s/api
  控制台      %[1]s/console/    第一个管理员：YUANDU_DATA=%[2]s yuandu staff add 登录名 姓名
  微信模拟    %[1]s/sim/control/    扮演居民：登录、接受或拒绝消息，制造故障
  健康状况    %[1]s/readyz

按 Ctrl-C 结束。
`, address, data)
}

// furnish makes a house in which everything can be tried at once.
func furnish(ctx context.Context, h *house) error {
	if err := loadSample(ctx, h); err != nil {
		return err
	}
	return provideTemplates(ctx, h)
}

// loadSample fills an empty house with the sample content, and its index. A
// file in the data folder stands for a loading that has not come to its end:
// the next start goes on with it.
func loadSample(ctx context.Context, h *house) error {
	unfinished := filepath.Join(h.config.Data, "sample.unfinished")
	held, err := h.store.PolicyVersions(ctx, "", 1)
	if err != nil {
		return err
	}
	if _, err := os.Stat(unfinished); len(held) > 0 && err != nil {
		return nil
	}
	slog.Info("loading sample content")
	if err := os.WriteFile(unfinished, nil, 0o600); err != nil {
		return fmt.Errorf("示例内容：%w", err)
	}
	if err := sampleInto(ctx, h); err != nil {
		return fmt.Errorf("示例内容：%w", err)
	}
	if err := h.search.Finish(ctx); err != nil {
		return err
	}
	return os.Remove(unfinished)
}
