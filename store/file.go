package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// File is a kept file: its bytes lie in the Bucket under BlobKey.
type File struct {
	model.Attachment
	BlobKey string
	KeptBy  string // the staff who handed it in, "" for an import on the server
}

func (r reads) attachments(ctx context.Context, kind model.Kind, ownerID string) ([]model.Attachment, error) {
	return collect(ctx, r, func(row scanner) (a model.Attachment, err error) {
		return a, row.Scan(&a.FileID, &a.Name, &a.MediaType, &a.Size, &a.SM3)
	}, `SELECT f.id, coalesce(nullif(a.name, ''), f.name), f.media_type, f.size, f.sm3
		FROM attachments a JOIN files f ON f.id = a.file_id
		WHERE a.owner_kind = $1 AND a.owner_id = $2 AND a.role = $3 ORDER BY a.position`, kind, ownerID, roleAttachment)
}

// PublicFile reads a file that a public document refers to, or did in a version
// that is open to all, nil where there is none: a file that nothing public refers
// to does not exist for the public.
func (s *Store) PublicFile(ctx context.Context, id string) (*File, error) {
	return s.file(ctx, `f.id = $1 AND (
		EXISTS (SELECT 1 FROM attachments a JOIN policies p ON p.id = a.owner_id
			WHERE a.file_id = f.id AND a.owner_kind = 'policy')
		OR EXISTS (SELECT 1 FROM attachments a JOIN interpretations i ON i.id = a.owner_id
			WHERE a.file_id = f.id AND a.owner_kind = 'interpretation')
		OR EXISTS (SELECT 1 FROM interpretations i WHERE i.picture_file_id = f.id)
		OR EXISTS (SELECT 1 FROM revision_files r
			JOIN publications b ON b.kind = r.kind AND b.id = r.id AND b.public = 1
			LEFT JOIN revision_closures c ON c.kind = r.kind AND c.id = r.id AND c.version = r.version
			WHERE r.file_id = f.id AND c.version IS NULL))`, id)
}

// File reads any file that is kept, nil where there is none.
func (r reads) File(ctx context.Context, id string) (*File, error) {
	return r.file(ctx, `f.id = $1`, id)
}

// FileDepartments are those with a document that has a file, or had it when it was
// public.
func (r reads) FileDepartments(ctx context.Context, id string) ([]string, error) {
	return collect(ctx, r, func(row scanner) (department string, err error) { return department, row.Scan(&department) }, `
		SELECT p.department_id FROM publication_files f JOIN publications p ON p.kind = f.kind AND p.id = f.id WHERE f.file_id = $1
		UNION SELECT p.department_id FROM revision_files f JOIN publications p ON p.kind = f.kind AND p.id = f.id WHERE f.file_id = $1`, id)
}

// file reads a file under the name that the document it belongs to gives it.
func (r reads) file(ctx context.Context, condition, id string) (*File, error) {
	f := &File{}
	found, err := r.row(ctx, `SELECT f.id, f.blob_key, f.media_type, f.size, f.sm3, f.kept_by,
		coalesce((SELECT max(a.name) FROM attachments a WHERE a.file_id = f.id AND a.name <> ''), f.name)
		FROM files f WHERE `+condition, []any{id}, &f.FileID, &f.BlobKey, &f.MediaType, &f.Size, &f.SM3, &f.KeptBy, &f.Name)
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if !found {
		return nil, nil
	}
	return f, nil
}

// SaveFile keeps the row of a file whose bytes are in the Bucket. An ID is made.
func (tx *Tx) SaveFile(ctx context.Context, f *File) error {
	f.FileID = NewID()
	return tx.exec(ctx, "save file", `
		INSERT INTO files (id, blob_key, name, media_type, size, sm3, kept_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		f.FileID, f.BlobKey, f.Name, f.MediaType, f.Size, f.SM3, f.KeptBy, tx.now())
}

// Attach adds a file to a public policy, behind the ones it has.
func (tx *Tx) Attach(ctx context.Context, policyID, fileID string) error {
	err := tx.exec(ctx, "attach file", `
		INSERT INTO attachments (owner_kind, owner_id, position, file_id)
		SELECT 'policy', $1, count(*), $2 FROM attachments WHERE owner_kind = 'policy' AND owner_id = $1`, policyID, fileID)
	if err != nil {
		return err
	}
	return tx.touch(ctx, policyID)
}

// fileReferences are the columns that refer to files, the quickest to search
// first: what none of them names is forgotten in time. A noun with files of its
// own adds a line, and its column is a foreign key, which guards a file that is
// taken up while it is being forgotten.
var fileReferences = []struct{ table, column string }{
	{"attachments", "file_id"},
	{"publication_files", "file_id"},
	{"imports", "file_id"},
	{"gazette_imports", "file_id"},
	{"revision_files", "file_id"},
	{"letter_files", "file_id"},
	{"interpretations", "picture_file_id"},
}

// unheld is the condition that nothing refers to files f.
var unheld = func() string {
	conditions := make([]string, len(fileReferences))
	for i, r := range fileReferences {
		conditions[i] = `NOT EXISTS (SELECT 1 FROM ` + r.table + ` x WHERE x.` + r.column + ` = f.id)`
	}
	return strings.Join(conditions, ` AND `)
}()

// UnheldFiles lists files that nothing refers to and that are older than an age.
func (s *Store) UnheldFiles(ctx context.Context, age time.Duration, limit int) ([]string, error) {
	before := s.clock.Now().Add(-age).UnixMilli()
	list, err := collect(ctx, s.reads, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`SELECT f.id FROM files f WHERE f.created_at < $1 AND `+unheld+` ORDER BY f.id LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("list files without a document: %w", err)
	}
	return list, nil
}

// IsHeld says whether something refers to a file.
func (r reads) IsHeld(ctx context.Context, id string) (bool, error) {
	held, err := r.row(ctx, `SELECT f.id FROM files f WHERE f.id = $1 AND NOT (`+unheld+`)`, []any{id}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for what refers to file: %w", err)
	}
	return held, nil
}

// ForgetFile forgets the row of a file that nothing refers to and that is older
// than an age, and says where its bytes lie; "" where it stays.
func (tx *Tx) ForgetFile(ctx context.Context, id string, age time.Duration) (blobKey string, err error) {
	before := tx.store.clock.Now().Add(-age).UnixMilli()
	_, err = tx.row(ctx, `DELETE FROM files AS f WHERE f.id = $1 AND f.created_at < $2 AND `+unheld+` RETURNING blob_key`,
		[]any{id, before}, &blobKey)
	if err != nil {
		return "", fmt.Errorf("forget file: %w", err)
	}
	return blobKey, nil
}

// HoldFiles keeps all others from giving bytes a row, or taking bytes away, until
// the transaction ends.
func (tx *Tx) HoldFiles(ctx context.Context) error {
	return tx.exec(ctx, "hold files", `INSERT INTO marks (name, value) VALUES ('files', 0)
		ON CONFLICT (name) DO UPDATE SET value = marks.value`)
}

// HasBlob says whether a file has its bytes under a key.
func (tx *Tx) HasBlob(ctx context.Context, blobKey string) (bool, error) {
	found, err := tx.row(ctx, `SELECT id FROM files WHERE blob_key = $1 LIMIT 1`, []any{blobKey}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for files of the same bytes: %w", err)
	}
	return found, nil
}
