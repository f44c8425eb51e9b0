package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// File is a kept file: its bytes lie in the Bucket under BlobKey.
type File struct {
	model.Attachment
	BlobKey string
}

func (r reads) attachments(ctx context.Context, kind model.Kind, ownerID string) ([]model.Attachment, error) {
	return collect(ctx, r, func(row scanner) (a model.Attachment, err error) {
		return a, row.Scan(&a.FileID, &a.Name, &a.MediaType, &a.Size, &a.SM3)
	}, `SELECT f.id, f.name, f.media_type, f.size, f.sm3
		FROM attachments a JOIN files f ON f.id = a.file_id
		WHERE a.owner_kind = $1 AND a.owner_id = $2 ORDER BY a.position`, kind, ownerID)
}

// PublicFile reads a file that a public document refers to, nil where there is
// none: a file that nothing public refers to does not exist for the public.
func (s *Store) PublicFile(ctx context.Context, id string) (*File, error) {
	f := &File{}
	found, err := s.row(ctx, `
		SELECT f.id, f.blob_key, f.name, f.media_type, f.size, f.sm3 FROM files f
		WHERE f.id = $1 AND (
			EXISTS (SELECT 1 FROM attachments a JOIN policies p ON p.id = a.owner_id
				WHERE a.file_id = f.id AND a.owner_kind = 'policy')
			OR EXISTS (SELECT 1 FROM attachments a JOIN interpretations i ON i.id = a.owner_id
				WHERE a.file_id = f.id AND a.owner_kind = 'interpretation')
			OR EXISTS (SELECT 1 FROM interpretations i WHERE i.picture_file_id = f.id))`,
		[]any{id}, &f.FileID, &f.BlobKey, &f.Name, &f.MediaType, &f.Size, &f.SM3)
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
		INSERT INTO files (id, blob_key, name, media_type, size, sm3, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		f.FileID, f.BlobKey, f.Name, f.MediaType, f.Size, f.SM3, tx.now())
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
