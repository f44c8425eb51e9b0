package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"yuandu/service/ingest"
	"yuandu/store/search"
)

var importCommand = command{
	name: "import", about: "导入已公开的文件（JSONL、JSONL.gz、CSV、XLSX），或公报的原件（PDF、OFD）",
	usage:     "import policies 文件…\n  yuandu import gazette 文件… [--year 2021 --issue 3] [--department 部门]",
	example:   "YUANDU_DATA=./data yuandu import policies 政策.xlsx laws.jsonl.gz\n  YUANDU_DATA=./data yuandu import gazette 公报2021年第3期.pdf",
	arguments: true,
	options:   []string{"--year", "--issue", "--department"},
	run:       importFiles,
}

func importFiles(ctx context.Context, c *Config, args []string) error {
	if len(args) > 0 && args[0] == "gazette" {
		return importGazettes(ctx, c, args[1:])
	}
	if len(args) < 2 || args[0] != "policies" || slices.ContainsFunc(args[1:], func(a string) bool { return strings.HasPrefix(a, "-") }) {
		fmt.Fprintln(os.Stderr, "要说明导入什么、从哪些文件导入，例如：yuandu import policies 政策.xlsx")
		return misused
	}
	paths, err := readable(args[1:])
	if err != nil {
		return err
	}
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	service := ingest.New(b.store)
	rejected := 0
	for _, path := range paths {
		report, err := importFile(ctx, service, path)
		rejected += report.Rejected
		if err != nil {
			return err
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

// errorsSuffix ends the name of the file with the rows of another that could
// not be taken.
const errorsSuffix = ".errors.jsonl"

// readable looks at every file before anything is imported, so that a slip in
// the third name does not come to light when two files are in.
func readable(paths []string) (files []string, err error) {
	var wrong []string
	for _, path := range paths {
		if strings.HasSuffix(path, errorsSuffix) {
			fmt.Printf("跳过 %s：它是上次导入时有误的行\n", path)
			continue
		}
		r, err := ingest.Open(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			wrong = append(wrong, path+"：没有这个文件")
		case errors.Is(err, os.ErrPermission):
			wrong = append(wrong, path+"：没有读这个文件的权限")
		case err != nil:
			wrong = append(wrong, path+"："+err.Error())
		default:
			r.Close()
			files = append(files, path)
		}
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("有文件不能导入，因此什么都没有导入：\n  %s", strings.Join(wrong, "\n  "))
	}
	return files, nil
}

func importFile(ctx context.Context, service *ingest.Service, path string) (ingest.Report, error) {
	rejected := &rejectedRows{path: path + errorsSuffix}
	show := newProgress(path)
	report, err := service.File(ctx, path, rejected, show.step)
	show.end()
	rejected.close(err == nil)
	if len(report.Unknown) > 0 {
		fmt.Printf("  不认识、没有用到的列：%s\n", strings.Join(report.Unknown, "、"))
	}
	fmt.Printf("%s：读到 %d 行，新增 %d，更新 %d，未变 %d（其中解读 %d），有误 %d\n",
		path, report.Rows, report.Created, report.Changed, report.Unchanged, report.Interpretations, report.Rejected)
	if report.Withheld > 0 {
		fmt.Printf("  %d 份已在本站撤回，没有重新公开\n", report.Withheld)
	}
	if rejected.file != nil {
		fmt.Printf("  有误的行和原因写在 %s，改好后可以再导入\n", rejected.path)
	}
	if ctx.Err() != nil {
		fmt.Println("已中断。写完的行都在，再运行一次就接着导入。")
		return report, interrupted
	}
	if err != nil {
		return report, fmt.Errorf("%s：%w", path, err)
	}
	return report, nil
}

// rejectedRows go to a file beside the import file, which is made when there is
// something to write and replaces the one of an earlier run. Where it cannot be
// written they are said instead: they must not stop the rest.
type rejectedRows struct {
	path string
	file *os.File
	said bool
}

func (r *rejectedRows) Write(row []byte) (int, error) {
	if r.said {
		return os.Stderr.Write(row)
	}
	var err error
	if r.file == nil {
		r.file, err = os.Create(r.path)
	}
	if err == nil {
		n := 0
		if n, err = r.file.Write(row); err == nil {
			return n, nil
		}
	}
	fmt.Fprintf(os.Stderr, "  %s 写不了（%v），有误的行写在这里：\n", r.path, err)
	r.said = true
	return os.Stderr.Write(row)
}

// close ends the file; after a whole run without rejected rows the one of an
// earlier run is out of date.
func (r *rejectedRows) close(whole bool) {
	if r.file != nil {
		r.file.Close()
	} else if whole && !r.said {
		os.Remove(r.path)
	}
}

// indexImported lets the search find what was imported: a running server does
// it, else this command, under the same lock.
func indexImported(ctx context.Context, b *backends, c *Config) error {
	const notYet = "文件都已导入，但检索没有更新完；启动服务时会接着更新：%w"
	fmt.Println("正在更新检索……")
	done, err := alone(ctx, b, c)
	if err != nil {
		return fmt.Errorf(notYet, err)
	}
	if done == nil {
		fmt.Println("另一个 yuandu 正在运行，由它更新检索。")
		return nil
	}
	defer done()
	began := time.Now()
	if err := build(b, c).search.Finish(ctx); err != nil {
		return fmt.Errorf(notYet, err)
	}
	fmt.Printf("检索已更新，用时 %v\n", time.Since(began).Round(100*time.Millisecond))
	return nil
}

// alone opens the index for a command while no other process serves. done is
// nil where one does; else it lets others in again.
func alone(ctx context.Context, b *backends, c *Config) (done func(), err error) {
	err = b.openIndex(ctx, c)
	if errors.Is(err, search.ErrHeld) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	release, is, err := b.store.Serve(ctx, true)
	if err != nil || !is {
		return nil, err
	}
	return release, nil
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
