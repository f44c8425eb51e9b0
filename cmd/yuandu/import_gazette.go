package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"yuandu/locale"
	"yuandu/model"
	"yuandu/service/gazette"
)

// issues are files of the gazette, and what is said of them.
type issues struct {
	paths        []string
	year, number int
	department   string
}

// issuesOf understands what stands behind import gazette.
func issuesOf(args []string) (i issues, err error) {
	for n := 0; n < len(args); n++ {
		name, value, given := strings.Cut(args[n], "=")
		if !strings.HasPrefix(name, "--") {
			i.paths = append(i.paths, args[n])
			continue
		}
		if !given {
			if n++; n == len(args) {
				return i, fmt.Errorf("%s 后面要写是什么", name)
			}
			value = args[n]
		}
		switch name {
		case "--year":
			i.year, err = strconv.Atoi(value)
		case "--issue":
			i.number, err = strconv.Atoi(value)
		case "--department":
			i.department = value
		}
		if err != nil {
			return i, fmt.Errorf("%s 后面要写数字，不是“%s”", name, value)
		}
	}
	switch {
	case len(i.paths) == 0:
		return i, errors.New("要写出公报的文件，例如：yuandu import gazette 公报2021年第3期.pdf")
	case (i.year == 0) != (i.number == 0):
		return i, errors.New("--year 和 --issue 要一起写")
	case i.year > 0 && len(i.paths) > 1:
		return i, errors.New("--year 和 --issue 说的是一个文件；几个文件请分几次，或者在文件名里写上期号")
	}
	return i, nil
}

func importGazettes(ctx context.Context, c *Config, args []string) error {
	what, err := issuesOf(args)
	if err != nil {
		return err
	}
	for _, path := range what.paths {
		if at, err := os.Stat(path); err != nil || at.IsDir() {
			return fmt.Errorf("%s：没有这个文件，因此什么都没有导入", path)
		}
	}
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	if b.bucket, err = bucketOf(ctx, c); err != nil {
		return err
	}
	h := build(b, c)
	department, err := h.gazetteOffice(ctx, what.department)
	if err != nil {
		return err
	}
	left := 0
	for _, path := range what.paths {
		made, err := h.importGazette(ctx, path, department, what)
		if err != nil {
			return err
		}
		if !made {
			left++
		}
	}
	if left > 0 {
		return someRejected
	}
	return nil
}

// gazetteOffice is the department that drafts of the gazette belong to: the one that is named,
// or else the office of the government.
func (h *house) gazetteOffice(ctx context.Context, name string) (string, error) {
	directory, err := h.store.Directory(ctx)
	if err != nil {
		return "", err
	}
	for _, d := range directory.Departments {
		if name != "" && (d.Name == name || d.ShortName == name) || name == "" && strings.HasSuffix(d.Name, "人民政府办公室") {
			return d.ID, nil
		}
	}
	if name == "" {
		return "", errors.New("没有找到市政府办公室，请用 --department 写明草稿归哪个部门")
	}
	return "", fmt.Errorf("没有“%s”这个部门", name)
}

// importGazette brings in one file, and says what became of it.
func (h *house) importGazette(ctx context.Context, path, department string, what issues) (made bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	at, err := file.Stat()
	if err != nil {
		return false, err
	}
	began := time.Now()
	i, err := func() (*model.GazetteImport, error) {
		arrived, err := h.file.ReceiveIssue(file, at.Size())
		if err != nil {
			return nil, err
		}
		defer arrived.Close()
		by := model.System("import")
		f, err := h.file.AddIssue(ctx, by, filepath.Base(path), arrived)
		if err != nil {
			return nil, err
		}
		return h.gazetteImport.Begin(ctx, by, gazette.Brought{File: f, DepartmentID: department, Year: what.year, Number: what.number})
	}()
	if err == nil {
		i, err = h.watchGazette(ctx, i.ID)
	}
	var why *model.Error
	switch {
	case errors.As(err, &why):
		fmt.Printf("%s：%s\n", path, locale.Say(locale.Chinese, why.Code, why.Args))
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%s：%w", path, err)
	}
	took := time.Since(began).Round(time.Millisecond)
	switch i.State {
	case model.GazetteMade:
		fmt.Printf("%s：%d 页，用时 %v，已成草稿，请在控制台核对、送审\n", path, i.File.Pages, took)
	case model.GazetteSame:
		fmt.Printf("%s：这个文件已经在了，没有再导入，用时 %v\n", path, took)
	default:
		fmt.Printf("%s：%s\n", path, locale.Say(locale.Chinese, i.Problem.Code, i.Problem.Args))
		return false, nil
	}
	return true, nil
}

// lookAgain is how often is looked how far another process, or this one, has come.
const lookAgain = 300 * time.Millisecond

// watchGazette reads what waits until an import is settled. Where a server runs, that may be
// the one who reads.
func (h *house) watchGazette(ctx context.Context, id string) (*model.GazetteImport, error) {
	said := time.Now()
	for {
		working := make(chan error, 1)
		go func() { working <- h.gazetteImport.Work(ctx) }()
		var err error
		for busy := true; busy; {
			select {
			case err = <-working:
				busy = false
			case <-time.After(lookAgain):
			}
			i, seen := h.gazetteImport.Get(ctx, model.System("import"), id)
			if seen != nil {
				return nil, errors.Join(seen, err)
			}
			if i.State != model.GazetteWaiting && !busy {
				return i, err
			}
			if time.Since(said) > sayEvery && i.File.Pages > 0 {
				said = time.Now()
				fmt.Fprintf(os.Stderr, "  %d / %d 页\n", i.File.Done, i.File.Pages)
			}
		}
		if err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lookAgain):
		}
	}
}

// takes says whether an argument is an option of a command.
func (c command) takes(argument string) bool {
	name, _, _ := strings.Cut(argument, "=")
	return slices.Contains(c.options, name)
}
