// Yuandu is the open-government service of a city: one binary that
// serves it and does everything around it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
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
	arguments                   bool     // it takes some
	options                     []string // that may stand among them
	hidden                      bool     // nobody types it
	data                        string   // its data folder where none is set, "" for the usual one
	run                         func(ctx context.Context, c *Config, args []string) error
	print                       func(out io.Writer) error // instead of run: needs no configuration
}

func commands() []command {
	return []command{serveCommand, demoCommand, importCommand, reindexCommand, migrateCommand, staffCommand, verifyCommand, rotateKeyCommand, openapiCommand, versionCommand, mediaWorkerCommand}
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
		os.Exit(int(interrupted))
	}()
	return ctx, cancel
}

// exit is an error that says with which status to end, its message said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// The exit statuses beside 0 and 1.
const (
	misused      = exit(2)
	someRejected = exit(3) // an import took some rows and not others
	interrupted  = exit(130)
)

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
	return int(misused)
}

func (c command) do(ctx context.Context, args []string, out, problems io.Writer) int {
	for _, a := range args {
		switch {
		case a == "-h" || a == "--help":
			c.help(out)
			return 0
		case strings.HasPrefix(a, "-") && !c.takes(a) || !c.arguments:
			fmt.Fprintf(problems, "%s 没有“%s”这个参数。\n\n", c.name, a)
			c.help(problems)
			return int(misused)
		}
	}
	err := c.start(ctx, args, out, problems)
	var status exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(problems, "已中断。")
		return int(interrupted)
	}
	fmt.Fprintln(problems, explain(err))
	return 1
}

func (c command) start(ctx context.Context, args []string, out, problems io.Writer) error {
	if c.print != nil {
		return c.print(out)
	}
	config, err := readConfig(environment(os.Environ()), c.data)
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(problems, &slog.HandlerOptions{Level: config.level})))
	if len(config.unknown) > 0 {
		slog.Warn("variables that mean nothing, see docs/configuration.md", "names", config.unknown)
	}
	return c.run(ctx, config, args)
}

func (c command) help(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n用法：\n  yuandu %s\n\n例：\n  %s\n\n配置见 docs/configuration.md（环境变量 YUANDU_*）。\n", c.about, c.usage, c.example)
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
	var unresolved *net.DNSError
	says := func(texts ...string) bool {
		for _, t := range texts {
			if strings.Contains(err.Error(), t) {
				return true
			}
		}
		return false
	}
	plain := ""
	switch {
	case errors.Is(err, syscall.ENOSPC) || says("database or disk is full", "No space left on device", "no space left on device"):
		plain = "磁盘已满，没有写完的内容已撤回。请腾出空间后再试。"
	case errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) || says("readonly database", "unable to open database file"):
		plain = "没有写入权限，或文件夹是只读的。请检查数据文件夹的权限。"
	case errors.Is(err, syscall.EADDRINUSE):
		plain = "地址已被占用，可能已有一个 yuandu 在运行。请停掉它，或换一个地址。"
	case errors.Is(err, syscall.ECONNREFUSED) || errors.As(err, &unresolved) || errors.Is(err, context.DeadlineExceeded) || says("connection refused"):
		plain = "连不上服务器。请检查它是否在运行，地址和端口是否正确。"
	default:
		return err.Error()
	}
	return plain + "\n（" + err.Error() + "）"
}

func usage(w io.Writer) {
	fmt.Fprint(w, "yuandu：鸢都政事，政府信息公开服务\n\n用法：\n  yuandu 命令 [参数]\n\n命令：\n")
	for _, c := range commands() {
		if !c.hidden {
			fmt.Fprintf(w, "  %-10s %s\n", c.name, c.about)
		}
	}
	fmt.Fprint(w, "\n“yuandu 命令 -h”看每个命令的说明和例子。第一次用：yuandu demo\n")
}
