package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

const gazetteImportColumns = `i.id, coalesce(i.file_id, ''), i.name, i.department_id, i.staff_id, i.year, i.number, i.into_id, i.state, i.document_id,
	i.problem, i.problem_args, i.created_at, i.updated_at, ` + printedColumns

const fromGazetteImports = ` FROM gazette_imports i JOIN printed_files p ON p.sm3 = i.sm3 WHERE `

func scanGazetteImport(row scanner) (i model.GazetteImport, err error) {
	return i, row.Scan(append([]any{&i.ID, &i.FileID, &i.Name, &i.DepartmentID, &i.StaffID, &i.Year, &i.Number, &i.Into, &i.State, &i.DocumentID,
		&i.Problem.Code, asJSON(&i.Problem.Args), milliseconds{&i.CreatedAt}, milliseconds{&i.UpdatedAt}}, printedInto(&i.File)...)...)
}

// AddGazetteImport keeps that somebody brings a file in, which gets an ID.
func (tx *Tx) AddGazetteImport(ctx context.Context, i *model.GazetteImport) error {
	i.ID, i.State = NewID(), model.GazetteWaiting
	i.CreatedAt = tx.store.clock.Now()
	i.UpdatedAt = i.CreatedAt
	return tx.exec(ctx, "add gazette import", `INSERT INTO gazette_imports (id, sm3, file_id, name, department_id, staff_id, year, number, into_id, state,
			document_id, problem, problem_args, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', 'null', $11, $12)`,
		i.ID, i.File.SM3, i.FileID, i.Name, i.DepartmentID, i.StaffID, i.Year, i.Number, i.Into, i.State, tx.now(), tx.now())
}

// GazetteImport reads an import, nil where there is none of that ID.
func (r reads) GazetteImport(ctx context.Context, id string) (*model.GazetteImport, error) {
	list, err := collect(ctx, r, scanGazetteImport, `SELECT `+gazetteImportColumns+fromGazetteImports+`i.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read gazette import: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// GazetteImports lists imports, the newest first, and counts them.
func (s *Store) GazetteImports(ctx context.Context, f ImportFilter) (list []model.GazetteImport, total int, err error) {
	w := &where{}
	w.and("i.id <> ''")
	if f.Limited {
		in(w, "i.department_id", append([]string{""}, f.Within...))
	}
	if _, err := s.row(ctx, `SELECT count(*) FROM gazette_imports i WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count gazette imports: %w", err)
	}
	list, err = collect(ctx, s.reads, scanGazetteImport, `SELECT `+gazetteImportColumns+fromGazetteImports+w.String()+
		fmt.Sprintf(` ORDER BY i.created_at DESC, i.id DESC LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list gazette imports: %w", err)
	}
	return list, total, nil
}

// GazetteImportsRead are imports that wait although their file is read, or can't be.
func (s *Store) GazetteImportsRead(ctx context.Context, limit int) ([]model.GazetteImport, error) {
	list, err := collect(ctx, s.reads, scanGazetteImport, `SELECT `+gazetteImportColumns+fromGazetteImports+
		`i.state = 'waiting' AND p.step IN ('done', 'failed') ORDER BY i.created_at, i.id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("read gazette imports to settle: %w", err)
	}
	return list, nil
}

// SettleGazetteImport takes an import that waits, in order to say what becomes of it: until the
// transaction ends nobody else does. It is ErrNotHeld where somebody has.
func (tx *Tx) SettleGazetteImport(ctx context.Context, id string) error {
	if err := tx.holdGazette(ctx); err != nil {
		return err
	}
	waits, err := tx.row(ctx, `UPDATE gazette_imports SET updated_at = $2 WHERE id = $1 AND state = 'waiting' RETURNING id`, []any{id, tx.now()}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("settle gazette import: %w", err)
	case !waits:
		return ErrNotHeld
	}
	return nil
}

// holdGazette keeps all others from giving a place in the gazette an issue, until the
// transaction ends.
func (tx *Tx) holdGazette(ctx context.Context) error {
	return tx.exec(ctx, "hold gazette", `INSERT INTO marks (name, value) VALUES ('gazette', 0) ON CONFLICT (name) DO UPDATE SET value = marks.value`)
}

// KeepGazetteImport writes what became of an import.
func (tx *Tx) KeepGazetteImport(ctx context.Context, i *model.GazetteImport) error {
	i.UpdatedAt = tx.store.clock.Now()
	return tx.exec(ctx, "keep gazette import", `UPDATE gazette_imports SET state = $2, document_id = $3, problem = $4, problem_args = $5, file_id = $6,
		updated_at = $7 WHERE id = $1`, i.ID, i.State, i.DocumentID, i.Problem.Code, toJSON(i.Problem.Args), orNull(i.FileID), tx.now())
}

// ForgetGazetteImports forgets imports that are older than an age and at rest, and then files
// of which nothing knows any more; what was made of them stays. forgotten are the pictures of
// those files, whose bytes are still there.
func (tx *Tx) ForgetGazetteImports(ctx context.Context, age time.Duration) (forgotten []PrintedPicture, err error) {
	before := tx.store.clock.Now().Add(-age).UnixMilli()
	err = tx.exec(ctx, "forget gazette imports", `DELETE FROM gazette_imports WHERE state <> 'waiting' AND created_at < $1`, before)
	if err != nil {
		return nil, err
	}
	lost, err := tx.ids(ctx, `SELECT p.sm3 FROM printed_files p WHERE p.updated_at < $1
		AND NOT EXISTS (SELECT 1 FROM gazette_imports i WHERE i.sm3 = p.sm3) AND NOT EXISTS (SELECT 1 FROM gazette_issues g WHERE g.file_sm3 = p.sm3)
		AND NOT EXISTS (SELECT 1 FROM files f JOIN publication_files k ON k.file_id = f.id WHERE f.sm3 = p.sm3)
		AND NOT EXISTS (SELECT 1 FROM files f JOIN revision_files k ON k.file_id = f.id WHERE f.sm3 = p.sm3)`, before)
	for _, sm3 := range lost {
		of, err := tx.pictures(ctx, `FROM printed_pictures k WHERE k.sm3 = $1`, sm3)
		if err != nil {
			return nil, err
		}
		forgotten = append(forgotten, of...)
		if err := tx.exec(ctx, "forget printed file", `DELETE FROM printed_files WHERE sm3 = $1`, sm3); err != nil {
			return nil, err
		}
	}
	return forgotten, err
}

// GazetteAt is a document that is, or is to be, the issue of a place.
type GazetteAt struct{ ID, Title string }

// GazettesAt are the documents on their way or public whose place is that, but for one.
func (r reads) GazettesAt(ctx context.Context, place model.GazettePlace, but string) ([]GazetteAt, error) {
	list, err := collect(ctx, r, func(row scanner) (g GazetteAt, err error) { return g, row.Scan(&g.ID, &g.Title) },
		`SELECT id, title FROM publications WHERE kind = 'gazette' AND doc_number = $1 AND deleted_at = 0 AND id <> $2
		UNION SELECT id, title FROM gazette_issues WHERE year = $3 AND number = $4 AND id <> $5`, place.String(), but, place.Year, place.Number, but)
	if err != nil {
		return nil, fmt.Errorf("look for the issue of a place: %w", err)
	}
	return list, nil
}

// GazetteOfFile is the issue, on its way or public, that was made of a file, "" where none was.
func (r reads) GazetteOfFile(ctx context.Context, sm3 string) (id string, err error) {
	_, err = r.row(ctx, `SELECT b.id FROM publications b JOIN publication_files k ON k.kind = b.kind AND k.id = b.id JOIN files f ON f.id = k.file_id
			WHERE b.kind = 'gazette' AND b.deleted_at = 0 AND f.sm3 = $1
		UNION SELECT id FROM gazette_issues WHERE file_sm3 = $2 LIMIT 1`, []any{sm3, sm3}, &id)
	if err != nil {
		return "", fmt.Errorf("look for the issue of a file: %w", err)
	}
	return id, nil
}
