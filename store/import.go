package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yuandu/model"
)

const importColumns = `i.id, i.name, coalesce(i.file_id, ''), i.size, i.department_id, i.staff_id, i.state, i.problem, i.content, i.counts,
	i.done, i.total, i.fill, i.task, i.work, i.created_at, i.updated_at`

func scanImport(row scanner) (i model.Import, err error) {
	return i, row.Scan(&i.ID, &i.Name, &i.FileID, &i.Size, &i.DepartmentID, &i.StaffID, &i.State, &i.Problem, asJSON(&i.Content),
		asJSON(&i.Counts), &i.Done, &i.Total, asJSON(&i.Fill), asJSON(&i.Task), &i.Work, milliseconds{&i.CreatedAt}, milliseconds{&i.UpdatedAt})
}

// AddImport keeps a new import, which gets an ID.
func (tx *Tx) AddImport(ctx context.Context, i *model.Import) error {
	i.ID = NewID()
	return tx.exec(ctx, "add import", `
		INSERT INTO imports (id, name, file_id, size, department_id, staff_id, state, problem, content, counts, done, total, fill, task,
			work, held_by, held_until, tries, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', 0, 0, $16, $17)`,
		i.ID, i.Name, i.FileID, i.Size, i.DepartmentID, i.StaffID, i.State, i.Problem, toJSON(i.Content), toJSON(i.Counts), i.Done, i.Total,
		toJSON(i.Fill), toJSON(i.Task), i.Work, i.CreatedAt.UnixMilli(), i.UpdatedAt.UnixMilli())
}

// Import reads an import, nil where there is none of that ID.
func (r reads) Import(ctx context.Context, id string) (*model.Import, error) {
	list, err := collect(ctx, r, scanImport, `SELECT `+importColumns+` FROM imports i WHERE i.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// ImportFor reads an import in order to change it: until the transaction ends
// nobody else does. It is ErrImportMissing where there is none.
func (tx *Tx) ImportFor(ctx context.Context, id string) (*model.Import, error) {
	if err := tx.exec(ctx, "take import", `UPDATE imports SET updated_at = updated_at WHERE id = $1`, id); err != nil {
		return nil, err
	}
	i, err := tx.Import(ctx, id)
	if err == nil && i == nil {
		err = model.ErrImportMissing
	}
	return i, err
}

// KeepImport writes an import that ImportFor, or HeldImport, has read. New work
// is anybody's; where there is none, nobody holds it.
func (tx *Tx) KeepImport(ctx context.Context, i *model.Import) error {
	i.UpdatedAt = tx.store.clock.Now()
	return tx.exec(ctx, "keep import", `
		UPDATE imports SET state = $2, problem = $3, content = $4, counts = $5, done = $6, total = $7, fill = $8, task = $9,
			held_by = CASE WHEN work = $10 THEN held_by ELSE '' END, held_until = CASE WHEN work = $11 THEN held_until ELSE 0 END,
			tries = CASE WHEN work = $12 THEN tries ELSE 0 END, work = $13, updated_at = $14
		WHERE id = $1`,
		i.ID, i.State, i.Problem, toJSON(i.Content), toJSON(i.Counts), i.Done, i.Total, toJSON(i.Fill), toJSON(i.Task),
		i.Work, i.Work, i.Work, i.Work, i.UpdatedAt.UnixMilli())
}

// importHeldFor is how long somebody who works on an import may be silent.
const importHeldFor = time.Minute

// ErrNotHeld is that somebody else works on an import now, or that there is
// nothing more to do.
var ErrNotHeld = errors.New("import is not held")

// TakeImport takes the import that waits longest for one of some works, for a
// holder, who has to say something every minute; tries is how often it was taken
// for that work. It is nil where nothing waits.
func (s *Store) TakeImport(ctx context.Context, holder string, works ...model.ImportWork) (i *model.Import, tries int, err error) {
	now := s.clock.Now()
	w := &where{}
	w.and("held_until < ?", now.UnixMilli())
	in(w, "work", works)
	w.and("work <> ''")
	list, err := collect(ctx, s.reads, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`SELECT id FROM imports WHERE `+w.String()+` ORDER BY created_at, id LIMIT 1`, w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("look for imports at work: %w", err)
	}
	if len(list) == 0 {
		return nil, 0, nil
	}
	return i, tries, s.InTx(ctx, func(tx *Tx) error {
		took, err := tx.row(ctx, `UPDATE imports SET held_by = $2, held_until = $3, tries = tries + 1
			WHERE id = $1 AND held_until < $4 AND work <> '' RETURNING tries`,
			[]any{list[0], holder, now.Add(importHeldFor).UnixMilli(), now.UnixMilli()}, &tries)
		if err == nil && took {
			i, err = tx.Import(ctx, list[0])
		}
		if err != nil {
			return fmt.Errorf("take import: %w", err)
		}
		return nil
	})
}

// HeldImport reads an import for its holder, in order to change it, and holds it
// for another minute. It is ErrNotHeld where somebody else has taken it, or given
// it up.
func (tx *Tx) HeldImport(ctx context.Context, id, holder string) (*model.Import, error) {
	var until int64
	held, err := tx.row(ctx, `UPDATE imports SET held_until = $3 WHERE id = $1 AND held_by = $2 AND work <> '' RETURNING held_until`,
		[]any{id, holder, tx.store.clock.Now().Add(importHeldFor).UnixMilli()}, &until)
	switch {
	case err != nil:
		return nil, fmt.Errorf("hold import: %w", err)
	case !held:
		return nil, ErrNotHeld
	}
	return tx.Import(ctx, id)
}

// FreeImports lets the work of a killed process be taken at once, where there can
// be no other process.
func (s *Store) FreeImports(ctx context.Context) error {
	if !s.dialect.private() {
		return nil
	}
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "free imports", `UPDATE imports SET held_by = '', held_until = 0 WHERE work <> ''`)
	})
}

// ImportFilter narrows a list of imports.
type ImportFilter struct {
	Limited       bool // to those of Within, even where that is empty
	Within        []string
	Offset, Limit int
}

// Imports lists the imports of some departments, the newest first, and counts
// them.
func (s *Store) Imports(ctx context.Context, f ImportFilter) (list []model.Import, total int, err error) {
	w := &where{}
	w.and("i.id <> ''")
	if f.Limited {
		in(w, "i.department_id", append([]string{""}, f.Within...))
	}
	if _, err := s.row(ctx, `SELECT count(*) FROM imports i WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count imports: %w", err)
	}
	list, err = collect(ctx, s.reads, scanImport, `SELECT `+importColumns+` FROM imports i WHERE `+w.String()+
		fmt.Sprintf(` ORDER BY i.created_at DESC, i.id DESC LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list imports: %w", err)
	}
	return list, total, nil
}

// ForgetImportFiles lets go of the files of imports that are older than an age
// and at rest; what was made of them stays.
func (tx *Tx) ForgetImportFiles(ctx context.Context, age time.Duration) error {
	return tx.exec(ctx, "forget import files", `UPDATE imports SET file_id = NULL
		WHERE file_id IS NOT NULL AND work = '' AND created_at < $1`, tx.store.clock.Now().Add(-age).UnixMilli())
}
