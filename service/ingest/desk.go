package ingest

import (
	"context"
	"crypto/rand"
	"log/slog"
	"maps"
	"slices"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Desk brings documents in for editors: a file is looked through first, and what
// is made of it are drafts.
type Desk struct {
	store  *store.Store
	bucket blob.Bucket
	clock  model.Clock
	log    *slog.Logger
	open   Opener
	holder string
}

// Opener opens a draft for its writers, in the transaction in which its row is
// noted as made: so it is opened once. note says where it came from.
type Opener func(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, note string) error

// NewDesk makes the desk. The files lie in bucket.
func NewDesk(s *store.Store, bucket blob.Bucket, clock model.Clock, log *slog.Logger, open Opener) *Desk {
	return &Desk{s, bucket, clock, log, open, rand.Text()}
}

// May is ErrNotAllowed where somebody may not act on the imports of a department.
func (d *Desk) May(ctx context.Context, by model.Actor, act model.Act, departmentID string) error {
	directory, err := d.store.Directory(ctx)
	switch {
	case err != nil:
		return err
	case directory.Department(departmentID) == nil:
		return model.ErrDepartmentMissing.With("department_id", nil)
	case !directory.May(by, act, departmentID):
		return model.ErrNotAllowed
	}
	return nil
}

// Begin begins an import of a file that is kept, whose drafts a department will
// own. It is read by Work.
func (d *Desk) Begin(ctx context.Context, by model.Actor, f *store.File, departmentID string) (*model.Import, error) {
	if err := d.May(ctx, by, model.ActWriteDocuments, departmentID); err != nil {
		return nil, err
	}
	now := d.clock.Now()
	i := &model.Import{Name: f.Name, FileID: f.FileID, Size: f.Size, DepartmentID: departmentID, StaffID: by.ID,
		State: model.ImportReading, Work: model.WorkRead, Total: f.Size, CreatedAt: now, UpdatedAt: now}
	return i, d.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddImport(ctx, i); err != nil {
			return err
		}
		return d.note(ctx, tx, by, i, "begun", map[string]any{"size": i.Size})
	})
}

func (d *Desk) note(ctx context.Context, tx *store.Tx, by model.Actor, i *model.Import, act string, details map[string]any) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "import." + act, Object: model.Ref{Kind: "import", ID: i.ID}, Details: details})
}

// Get reads an import.
func (d *Desk) Get(ctx context.Context, by model.Actor, id string) (*model.Import, error) {
	i, err := d.store.Import(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case i == nil:
		return nil, model.ErrImportMissing
	}
	return i, d.May(ctx, by, model.ActReadDocuments, i.DepartmentID)
}

// Stages counts the drafts of an import by how far they have come; those that
// were thrown away stand under "".
func (d *Desk) Stages(ctx context.Context, i *model.Import) (map[model.Stage]int, error) {
	return d.store.ImportStages(ctx, i.ID)
}

// List lists the imports that somebody may see, the newest first, and counts them.
func (d *Desk) List(ctx context.Context, by model.Actor, offset, limit int) ([]model.Import, int, error) {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	f := store.ImportFilter{Offset: offset, Limit: limit}
	f.Within, f.Limited = directory.Within(by, model.ActReadDocuments)
	return d.store.Imports(ctx, f)
}

// RowQuestion asks for rows of an import; what is empty does not narrow it.
type RowQuestion = store.ImportRowFilter

// RowPage lists rows of an import, and counts all that match.
func (d *Desk) RowPage(ctx context.Context, by model.Actor, id string, q RowQuestion) ([]model.ImportRow, int, error) {
	if _, err := d.Get(ctx, by, id); err != nil {
		return nil, 0, err
	}
	return d.store.ImportRows(ctx, id, q)
}

// Confirm lets the rows that can be taken become drafts, which Work makes.
func (d *Desk) Confirm(ctx context.Context, by model.Actor, id string, fill model.ImportFill) (*model.Import, error) {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	fill.By = by.ID
	for _, department := range append(slices.Collect(maps.Values(fill.Issuers)), fill.Issuer) {
		if department != "" && directory.Department(department) == nil {
			return nil, model.ErrDepartmentMissing.With("issuers", nil)
		}
	}
	return d.act(ctx, by, id, func(tx *store.Tx, i *model.Import) error {
		if err := i.Confirm(fill); err != nil {
			return err
		}
		return d.note(ctx, tx, by, i, "confirmed", map[string]any{"drafts": i.Counts.Ready})
	})
}

// Undo gives up an import of which nothing was made yet.
func (d *Desk) Undo(ctx context.Context, by model.Actor, id string) (*model.Import, error) {
	return d.act(ctx, by, id, func(tx *store.Tx, i *model.Import) error {
		if err := i.Undo(); err != nil {
			return err
		}
		return d.note(ctx, tx, by, i, "undone", nil)
	})
}

func (d *Desk) act(ctx context.Context, by model.Actor, id string, do func(*store.Tx, *model.Import) error) (i *model.Import, err error) {
	return i, d.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if i, err = tx.ImportFor(ctx, id); err != nil {
			return err
		}
		if err := d.May(ctx, by, model.ActWriteDocuments, i.DepartmentID); err != nil {
			return err
		}
		if err := do(tx, i); err != nil {
			return err
		}
		return tx.KeepImport(ctx, i)
	})
}
