package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"yuandu/service/ingest"
	"yuandu/store/search"
)

var importCommand = command{
	name: "import", about: "导入已公开的文件（JSONL、JSONL.gz、CSV、XLSX）",
	usage:   "import policies 文件…",
	example: "YUANDU_DATA=./data yuandu import policies 政策.xlsx laws.jsonl.gz",
	run:     importFiles,
}

// someRejected is the exit status of an import that took some rows and not
// others.
const someRejected = exit(3)

func importFiles(ctx context.Context, c *Config, args []string) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() < 2 || flags.Arg(0) != "policies" {
		fmt.Fprintln(os.Stderr, "要说明导入什么、从哪些文件导入，例如：yuandu import policies 政策.xlsx")
		return exit(2)
	}
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	service := ingest.New(b.store)
	rejected := 0
	for _, path := range flags.Args()[1:] {
		report, err := importFile(ctx, service, path)
		rejected += report.Rejected
		if err != nil {
			return fmt.Errorf("%s：%w", path, err)
		}
	}
	if err := indexImported(ctx, b, c); err != nil {
		return err
	}
	if rejected > 0 {
		return someRejected
	}
	return nil
}

func importFile(ctx context.Context, service *ingest.Service, path string) (ingest.Report, error) {
	errorFile := &lazyFile{path: path + ".errors.jsonl"}
	defer errorFile.close()
	show := newProgress(path)
	report, err := service.File(ctx, path, errorFile, show.step)
	show.end()
	if len(report.Unknown) > 0 {
		fmt.Printf("  不认识、没有用到的列：%s\n", strings.Join(report.Unknown, "、"))
	}
	fmt.Printf("%s：读到 %d 行，新增 %d，更新 %d，未变 %d（其中解读 %d），有误 %d\n",
		path, report.Rows, report.Created, report.Changed, report.Unchanged, report.Interpretations, report.Rejected)
	if report.Rejected > 0 {
		fmt.Printf("  有误的行和原因写在 %s，改好后可以再导入\n", errorFile.path)
	}
	if errors.Is(err, context.Canceled) {
		return report, fmt.Errorf("已中断。写完的行都在，再运行一次就接着导入")
	}
	return report, err
}

// lazyFile is made when there is something to write, and replaces the one of
// an earlier run.
type lazyFile struct {
	path string
	file *os.File
}

func (l *lazyFile) Write(p []byte) (int, error) {
	if l.file == nil {
		f, err := os.Create(l.path)
		if err != nil {
			return 0, err
		}
		l.file = f
	}
	return l.file.Write(p)
}

func (l *lazyFile) close() {
	if l.file != nil {
		l.file.Close()
		return
	}
	os.Remove(l.path)
}

// indexImported lets the search find what was imported: a running server does
// it, else this command, under the same lock.
func indexImported(ctx context.Context, b *backends, c *Config) error {
	fmt.Println("正在更新检索……")
	err := b.openIndex(ctx, c)
	if errors.Is(err, search.ErrHeld) {
		fmt.Println("有服务正在运行，由它更新检索。")
		return nil
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
		fmt.Println("有服务正在运行，由它更新检索。")
		return nil
	}
	began := time.Now()
	if err := build(b, c).search.CatchUp(ctx); err != nil {
		return fmt.Errorf("文件都已导入，但检索没有更新完；启动服务时会接着更新：%w", err)
	}
	fmt.Printf("检索已更新，用时 %v\n", time.Since(began).Round(100*time.Millisecond))
	return nil
}

// progress shows how far an import is: a bar on a terminal, a line now and then
// elsewhere.
type progress struct {
	name  string
	began time.Time
	said  time.Time
	bar   *progressbar.ProgressBar
}

const sayEvery = 5 * time.Second

func newProgress(name string) *progress {
	p := &progress{name: name, began: time.Now(), said: time.Now()}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		p.bar = progressbar.NewOptions64(1, progressbar.OptionSetDescription(name), progressbar.OptionSetWriter(os.Stderr),
			progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	}
	return p
}

func (p *progress) step(now ingest.Progress) {
	if p.bar != nil {
		p.bar.ChangeMax64(max(now.Total, 1))
		p.bar.Describe(fmt.Sprintf("%s %d 行", p.name, now.Rows))
		_ = p.bar.Set64(now.Read) // only the picture suffers
		return
	}
	if time.Since(p.said) < sayEvery {
		return
	}
	p.said = time.Now()
	rate := float64(now.Rows) / time.Since(p.began).Seconds()
	left := ""
	if now.Read > 0 {
		rest := time.Duration(float64(time.Since(p.began)) * float64(now.Total-now.Read) / float64(now.Read))
		left = fmt.Sprintf("，约剩 %v", rest.Round(time.Second))
	}
	fmt.Fprintf(os.Stderr, "  %d 行，每秒 %.0f 行%s\n", now.Rows, rate, left)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
