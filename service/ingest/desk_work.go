package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// mostTries is how often an import is taken up again after it broke off.
const mostTries = 5

// Free lets the imports that a killed process was working on be taken at once.
func (d *Desk) Free(ctx context.Context) error { return d.store.FreeImports(ctx) }

// Work does what waits to be read or to be made. Any number of processes may do
// it: one works on an import, and another goes on where it broke off.
func (d *Desk) Work(ctx context.Context) error {
	for {
		i, tries, err := d.store.TakeImport(ctx, d.holder, model.WorkRead, model.WorkMake)
		if err != nil || i == nil {
			return err
		}
		err = d.work(ctx, i, tries)
		var hopeless *unreadable
		switch {
		case errors.As(err, &hopeless):
			err = d.fail(ctx, i, hopeless.why)
		case errors.Is(err, store.ErrNotHeld):
			err = nil // it was undone, or is in other hands
		}
		if err != nil {
			return fmt.Errorf("import %s: %w", i.ID, err)
		}
	}
}

func (d *Desk) work(ctx context.Context, i *model.Import, tries int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if tries > mostTries {
		return &unreadable{"处理这个文件时多次中断，没有做完，请联系管理员"}
	}
	reader, err := d.reader(ctx, i)
	if err != nil {
		return err
	}
	defer reader.Close()
	if i.Work == model.WorkRead {
		return d.read(ctx, i, reader)
	}
	return d.make(ctx, i, reader)
}

// unreadable is why an import can't go on, for people.
type unreadable struct{ why string }

func (u *unreadable) Error() string { return u.why }

// reader opens the file of an import.
func (d *Desk) reader(ctx context.Context, i *model.Import) (*Reader, error) {
	file, err := d.fetch(ctx, i.FileID)
	if err != nil {
		return nil, err
	}
	r, err := openFile(file, i.Name)
	if err != nil {
		file.Close()
		return nil, &unreadable{"这个文件" + err.Error()}
	}
	return r, nil
}

// fetch brings a file into one that is gone when it is closed: a workbook is not
// read from its beginning to its end.
func (d *Desk) fetch(ctx context.Context, fileID string) (_ *os.File, err error) {
	f, err := d.store.File(ctx, fileID)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, model.ErrImportFileGone
	}
	object, err := d.bucket.Open(ctx, f.BlobKey)
	if err != nil {
		return nil, err
	}
	defer object.Close()
	file, err := os.CreateTemp("", "yuandu-import-")
	if err != nil {
		return nil, fmt.Errorf("make room for a file: %w", err)
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	if err := os.Remove(file.Name()); err != nil {
		return nil, fmt.Errorf("make room for a file: %w", err)
	}
	if _, err := io.Copy(file, object); err != nil {
		return nil, fmt.Errorf("fetch file: %w", err)
	}
	_, err = file.Seek(0, io.SeekStart)
	return file, err
}

// hold changes an import that is held.
func (d *Desk) hold(ctx context.Context, i *model.Import, do func(tx *store.Tx) error) error {
	return d.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.HeldImport(ctx, i.ID, d.holder); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return tx.KeepImport(ctx, i)
	})
}

// fail ends an import that can't go on. Drafts that were made stay, and can be
// thrown away together.
func (d *Desk) fail(ctx context.Context, i *model.Import, why string) error {
	return d.hold(ctx, i, func(tx *store.Tx) error {
		i.State, i.Problem, i.Work = model.ImportFailed, why, model.NoWork
		if i.Counts.Made > 0 {
			i.State = model.ImportMade
		}
		return d.note(ctx, tx, model.System("import"), i, "failed", nil)
	})
}

// filesFor is how long the file of an import is kept, for its rows to be corrected.
const filesFor = 90 * 24 * time.Hour

// Sweep lets go of files of imports of long ago, each night.
func (d *Desk) Sweep(ctx context.Context) error {
	return d.store.InTx(ctx, func(tx *store.Tx) error { return tx.ForgetImportFiles(ctx, filesFor) })
}
