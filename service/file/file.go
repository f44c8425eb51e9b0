// Package file hands out the files of public documents and takes new ones in.
package file

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Service is the files.
type Service struct {
	store  *store.Store
	bucket blob.Bucket
}

// New makes the service.
func New(s *store.Store, bucket blob.Bucket) *Service { return &Service{s, bucket} }

// Open opens a file that a public document refers to; the caller closes it.
// Whether it is public is asked each time. While the storage is away it is
// ErrFileUnavailable.
func (s *Service) Open(ctx context.Context, id string) (*store.File, blob.Object, error) {
	f, err := s.store.PublicFile(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if f == nil {
		return nil, nil, model.ErrFileNotFound
	}
	object, err := s.bucket.Open(ctx, f.BlobKey)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return nil, nil, fmt.Errorf("bytes of file %s are gone: %w", id, err)
	case errors.Is(err, blob.ErrUnavailable):
		return nil, nil, model.ErrFileUnavailable
	}
	return f, object, err
}

// Keep puts bytes under their SM3 into the bucket and gives them a row.
func (s *Service) Keep(ctx context.Context, tx *store.Tx, name, mediaType string, content []byte) (*store.File, error) {
	sum := sm3.Sum(content)
	hash := hex.EncodeToString(sum[:])
	f := &store.File{BlobKey: "files/" + hash[:2] + "/" + hash}
	f.Name, f.MediaType, f.Size, f.SM3 = name, mediaType, int64(len(content)), hash
	if err := s.bucket.Put(ctx, f.BlobKey, bytes.NewReader(content), f.Size, mediaType); err != nil {
		return nil, fmt.Errorf("keep file: %w", err)
	}
	return f, tx.SaveFile(ctx, f)
}
