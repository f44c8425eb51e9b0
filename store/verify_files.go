package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
)

// ErrNoBytes is what a BytesOf answers where nothing lies.
var ErrNoBytes = errors.New("no bytes are kept")

// BytesOf reads what lies under a key; who reads it closes it.
type BytesOf = func(ctx context.Context, blobKey string) (io.ReadCloser, error)

// VerifyFiles reads the bytes of every kept file and reports those that are not
// what they were, and every file that a revision names and that is not kept: the
// revision's own words are in the audit trail, so that bytes and row changed
// together are found too. It counts the files that were read.
func (s *Store) VerifyFiles(ctx context.Context, bytesOf BytesOf, report func(Break)) (read int, err error) {
	v := &fileVerifier{store: s, bytesOf: bytesOf, report: report, kept: map[string]bool{}}
	if err := v.files(ctx); err != nil {
		return v.read, fmt.Errorf("verify files: %w", err)
	}
	if err := v.named(ctx); err != nil {
		return v.read, fmt.Errorf("verify files of revisions: %w", err)
	}
	return v.read, nil
}

type fileVerifier struct {
	store   *Store
	bytesOf BytesOf
	report  func(Break)
	kept    map[string]bool // SM3 of what is there and whole
	read    int
}

func (v *fileVerifier) files(ctx context.Context) error {
	last := ""
	for {
		page, err := collect(ctx, v.store.reads, func(row scanner) (f File, err error) {
			return f, row.Scan(&f.FileID, &f.BlobKey, &f.SM3, &f.Size)
		}, `SELECT id, blob_key, sm3, size FROM files WHERE id > $1 ORDER BY id LIMIT 500`, last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, f := range page {
			if err := v.file(ctx, f); err != nil {
				return err
			}
			last = f.FileID
		}
	}
}

func (v *fileVerifier) file(ctx context.Context, f File) error {
	v.read++
	object, err := v.bytesOf(ctx, f.BlobKey)
	if errors.Is(err, ErrNoBytes) {
		v.report(Break{What: FileMissing, ID: f.FileID})
		return nil
	}
	if err != nil {
		return err
	}
	defer object.Close()
	sum := sm3.New()
	size, err := io.Copy(sum, object)
	switch {
	case err != nil:
		return fmt.Errorf("read file %s: %w", f.FileID, err)
	case size != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SM3:
		v.report(Break{What: FileChanged, ID: f.FileID})
	default:
		v.kept[f.SM3] = true
	}
	return nil
}

// named looks for the files that revisions name.
func (v *fileVerifier) named(ctx context.Context) error {
	var last auditRevision
	for {
		page, err := collect(ctx, v.store.reads, func(row scanner) (r namedFiles, err error) {
			return r, row.Scan(&r.Kind, &r.ID, &r.Version, &r.canonical)
		}, `SELECT kind, id, version, canonical FROM revisions
			WHERE (kind, id, version) > ($1, $2, $3) ORDER BY kind, id, version LIMIT 200`, last.Kind, last.ID, last.Version)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			for _, sum := range r.sums() {
				if !v.kept[sum] {
					v.report(Break{What: RevisionFileMissing, ID: revisionName(r.Kind, r.ID, r.Version)})
				}
			}
			last = r.auditRevision
		}
	}
}

type namedFiles struct {
	auditRevision
	canonical string
}

// sums are the hashes of the files that a form names. One that cannot be read was
// changed, which the trail tells.
func (r namedFiles) sums() (list []string) {
	form, err := model.ReadCanonical([]byte(r.canonical))
	if err != nil {
		return nil
	}
	for _, a := range form.Attachments {
		list = append(list, a.SM3)
	}
	for _, b := range form.Body {
		if b.SM3 != "" {
			list = append(list, b.SM3)
		}
	}
	if form.Picture != "" {
		list = append(list, form.Picture)
	}
	return list
}
