package store

import (
	"context"
	"fmt"
	"strings"

	"yuandu/model"
)

// The roles of a file in a document.
const (
	roleAttachment = "attachment"
	rolePicture    = "picture"
)

// setFiles says which files belong to a public document: those that stand below
// it, and those that its body shows.
func (tx *Tx) setFiles(ctx context.Context, kind model.Kind, id string, attachments, pictures []model.Attachment) error {
	err := tx.exec(ctx, "clear files", `DELETE FROM attachments WHERE owner_kind = $1 AND owner_id = $2`, kind, id)
	if err != nil {
		return err
	}
	for i, a := range attachments {
		if err := tx.setFile(ctx, kind, id, i, a, roleAttachment); err != nil {
			return err
		}
	}
	for i, a := range pictures {
		if err := tx.setFile(ctx, kind, id, len(attachments)+i, a, rolePicture); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) setFile(ctx context.Context, kind model.Kind, id string, position int, a model.Attachment, role string) error {
	return tx.exec(ctx, "set file", `INSERT INTO attachments (owner_kind, owner_id, position, file_id, name, role)
		VALUES ($1, $2, $3, $4, $5, $6)`, kind, id, position, a.FileID, a.Name, role)
}

// Files reads kept files of some IDs, in the order of the IDs; those that are
// not there are left out.
func (r reads) Files(ctx context.Context, ids []string) ([]model.Attachment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "id", ids)
	rows, err := collect(ctx, r, func(row scanner) (a model.Attachment, err error) {
		return a, row.Scan(&a.FileID, &a.Name, &a.MediaType, &a.Size, &a.SM3)
	}, `SELECT id, name, media_type, size, sm3 FROM files WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	return inOrder(ids, rows, func(a *model.Attachment) string { return a.FileID }), nil
}

// Attached are the files of a working copy under the names that they have there. It is
// ErrFileNotFound where one is missing.
func (r reads) Attached(ctx context.Context, files []model.DraftFile) ([]model.Attachment, error) {
	ids, names := make([]string, len(files)), map[string]string{}
	for i, f := range files {
		ids[i], names[f.FileID] = f.FileID, f.Name
	}
	list, err := r.Files(ctx, ids)
	switch {
	case err != nil:
		return nil, err
	case len(list) != len(ids):
		return nil, model.ErrFileNotFound.With("attachments", nil)
	}
	for i := range list {
		if name := strings.TrimSpace(names[list[i].FileID]); name != "" {
			list[i].Name = name
		}
	}
	return list, nil
}
