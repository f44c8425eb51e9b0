// Command yuandu is the open-government service of a city: one binary that
// serves it and does everything around it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // days are meant in Asia/Shanghai, also where the machine knows no zones
)

var version = "dev"

// command is one of the things that yuandu does.
type command struct {
	name, about, usage, example string
	data                        string // its data folder where none is set, "" for the usual one
	run                         func(ctx context.Context, c *Config, args []string) error
}

func commands() []command {
	return []command{serveCommand, demoCommand, importCommand, reindexCommand, migrateCommand, openapiCommand, versionCommand}
}

func main() {
	ctx, stop := untilStopped()
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// untilStopped ends the context at the first Ctrl-C, and the process at the
// second.
func untilStopped() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		<-signals
		os.Exit(130)
	}()
	return ctx, cancel
}

// exit is an error that says with which status to end, its message said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func run(ctx context.Context, args []string, out, problems io.Writer) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		usage(out)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.do(ctx, args[1:], out, problems)
		}
	}
	fmt.Fprintf(problems, "没有“%s”这个命令。\n\n", args[0])
	usage(problems)
	return 2
}

func (c command) do(ctx context.Context, args []string, out, problems io.Writer) int {
	for _, a := range args {
		if a == "-h" || a == "--help" {
			fmt.Fprintf(out, "%s\n\n用法：\n  yuandu %s\n\n例：\n  %s\n\n配置见 docs/configuration.md（环境变量 YUANDU_*）。\n", c.about, c.usage, c.example)
			return 0
		}
	}
	config, err := readConfig(environment(os.Environ()), c.data)
	if err == nil {
		slog.SetDefault(slog.New(slog.NewTextHandler(problems, &slog.HandlerOptions{Level: config.level})))
		err = c.run(ctx, config, args)
	}
	var status exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	case errors.Is(err, flag.ErrHelp):
		return 2
	}
	fmt.Fprintln(problems, explain(err))
	return 1
}

func environment(list []string) map[string]string {
	m := make(map[string]string, len(list))
	for _, entry := range list {
		name, value, _ := strings.Cut(entry, "=")
		m[name] = value
	}
	return m
}

// explain says in plain Chinese what stands behind the errors that the machine
// itself causes.
func explain(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "database or disk is full"):
		return "磁盘已满，没有写完的内容已撤回。请腾出空间后再试。\n（" + err.Error() + "）"
	case errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) || strings.Contains(err.Error(), "readonly database"):
		return "没有写入权限，或文件夹是只读的。请检查数据文件夹的权限。\n（" + err.Error() + "）"
	case errors.Is(err, syscall.EADDRINUSE):
		return "地址已被占用，可能已有一个 yuandu 在运行。请换一个 YUANDU_ADDR。\n（" + err.Error() + "）"
	}
	return err.Error()
}

func usage(w io.Writer) {
	fmt.Fprint(w, "yuandu：鸢都政事，政府信息公开服务\n\n用法：\n  yuandu 命令 [参数]\n\n命令：\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.about)
	}
	fmt.Fprint(w, "\n“yuandu 命令 -h”看每个命令的说明和例子。第一次用：yuandu demo\n")
}
