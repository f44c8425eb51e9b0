package file

import (
	"context"
	"errors"
	"fmt"
	"path"
	"time"

	"yuandu/store"
)

// Files that nothing refers to are forgotten after unheldFor, so many in a night.
const (
	unheldFor  = 7 * 24 * time.Hour
	sweepFiles = 200
)

// Sweep forgets files that were handed in a week ago and that no draft and no
// document refers to, each night.
func (s *Service) Sweep(ctx context.Context) error {
	if err := s.bucket.Health(ctx); err != nil {
		return fmt.Errorf("sweep files: %w", err)
	}
	ids, err := s.store.UnheldFiles(ctx, unheldFor, sweepFiles)
	if err != nil {
		return err
	}
	var all error
	for _, id := range ids {
		all = errors.Join(all, s.forget(ctx, id))
	}
	return all
}

// forget forgets the row and then the bytes, unless they have another row. A
// crash in between leaves bytes that nobody asks for, never a row without bytes.
func (s *Service) forget(ctx context.Context, id string) error {
	var key string
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		key, err = tx.ForgetFile(ctx, id, unheldFor)
		return err
	})
	if err != nil {
		if held, askErr := s.store.IsHeld(ctx, id); askErr == nil && held {
			return nil // somebody took it up at this moment
		}
		return err
	}
	if key == "" {
		return nil
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.HoldFiles(ctx); err != nil {
			return err
		}
		used, err := tx.HasBlob(ctx, key)
		if err != nil || used {
			return err
		}
		if err := s.bucket.Delete(ctx, smallKeyOf(path.Base(key))); err != nil {
			return err
		}
		return s.bucket.Delete(ctx, key)
	})
}
