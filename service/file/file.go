// Package file hands out the files of public documents and takes new ones in.
package file

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Service is the files.
type Service struct {
	store  *store.Store
	bucket blob.Bucket
	easel  chan struct{} // has room for one who draws
}

// New makes the service.
func New(s *store.Store, bucket blob.Bucket) *Service {
	return &Service{s, bucket, make(chan struct{}, 1)}
}

// Opened is a file that can be read; who reads it closes Bytes.
type Opened struct {
	*store.File
	Bytes blob.Object
}

// Open opens a file that a public document refers to. Whether it is public is
// asked each time. While the storage is away it is ErrFileUnavailable.
func (s *Service) Open(ctx context.Context, id string) (*Opened, error) {
	f, err := s.store.PublicFile(ctx, id)
	return s.open(ctx, f, err)
}

// OpenFor opens a file for staff: one that they handed in, that a document has
// which they may read, or that is public. Any other does not exist for them.
func (s *Service) OpenFor(ctx context.Context, by model.Actor, id string) (*Opened, error) {
	f, err := s.store.File(ctx, id)
	if err == nil && f != nil && f.KeptBy != by.ID {
		f, err = s.shared(ctx, by, f)
	}
	return s.open(ctx, f, err)
}

// shared is a file that others handed in, nil where somebody may not read it.
func (s *Service) shared(ctx context.Context, by model.Actor, f *store.File) (*store.File, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	departments, err := s.store.FileDepartments(ctx, f.FileID)
	if err != nil {
		return nil, err
	}
	for _, id := range departments {
		if directory.May(by, model.ActReadDocuments, id) {
			return f, nil
		}
	}
	return s.store.PublicFile(ctx, f.FileID)
}

func (s *Service) open(ctx context.Context, f *store.File, err error) (*Opened, error) {
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, model.ErrFileNotFound
	}
	object, err := s.bucket.Open(ctx, f.BlobKey)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return nil, fmt.Errorf("bytes of file %s are gone: %w", f.FileID, err)
	case errors.Is(err, blob.ErrUnavailable):
		return nil, model.ErrFileUnavailable
	case err != nil:
		return nil, err
	}
	return &Opened{f, object}, nil
}

// Keep puts bytes under their SM3 into the bucket and gives them a row. They are
// those of a document that is brought in: nothing of them is looked at.
func (s *Service) Keep(ctx context.Context, tx *store.Tx, name, mediaType string, content []byte) (*store.File, error) {
	sum := sm3.Sum(content)
	hash := hex.EncodeToString(sum[:])
	f := &store.File{BlobKey: keyOf(hash)}
	f.Name, f.MediaType, f.Size, f.SM3 = name, mediaType, int64(len(content)), hash
	if err := tx.HoldFiles(ctx); err != nil {
		return nil, err
	}
	if err := s.bucket.Put(ctx, f.BlobKey, bytes.NewReader(content), f.Size, mediaType); err != nil {
		return nil, fmt.Errorf("keep file: %w", err)
	}
	return f, tx.SaveFile(ctx, f)
}

// keyOf is where bytes lie in the bucket: the same ones once.
func keyOf(sum string) string { return "files/" + sum[:2] + "/" + sum }

// smallKeyOf is where a picture of some bytes lies as lists show it.
func smallKeyOf(sum string) string { return "small/" + sum[:2] + "/" + sum }

// OpenSmall opens a picture that is kept as lists show it: one that is small itself, or
// was kept before there were small ones, is opened whole. Who asks has been asked
// already whether they may.
func (s *Service) OpenSmall(ctx context.Context, id string) (*Opened, error) {
	f, err := s.store.File(ctx, id)
	if err == nil && (f == nil || !strings.HasPrefix(f.MediaType, "image/")) {
		err = model.ErrFileNotFound
	}
	if err != nil {
		return nil, err
	}
	little := *f
	little.BlobKey, little.MediaType, little.SM3 = smallKeyOf(f.SM3), "image/jpeg", f.SM3+"-small"
	object, err := s.bucket.Open(ctx, little.BlobKey)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return s.open(ctx, f, nil)
	case errors.Is(err, blob.ErrUnavailable):
		return nil, model.ErrFileUnavailable
	case err != nil:
		return nil, err
	}
	return &Opened{&little, object}, nil
}

// OpenKept opens any file that is kept: who asks has been asked already whether they
// may.
func (s *Service) OpenKept(ctx context.Context, id string) (*Opened, error) {
	f, err := s.store.File(ctx, id)
	return s.open(ctx, f, err)
}
