package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Added is a file that was handed in and is kept.
type Added struct {
	store.File
	Pages    int // 0 where they can't be told
	Warnings []model.FileWarning
}

// Add keeps what arrived, under a name. What it is, its content says; a picture is
// kept as it looks and nothing else of it. Nobody of the public sees it before a
// public document refers to it.
func (s *Service) Add(ctx context.Context, by model.Actor, name string, a *Arrived) (*Added, error) {
	is, err := media.Sniff(a.file, a.Size, ending(name))
	if err != nil {
		return nil, err
	}
	p, err := s.prepare(ctx, a, is)
	if err != nil {
		return nil, err
	}
	added := &Added{Pages: is.Pages, Warnings: is.Warnings}
	added.Name, added.MediaType = cleaned(name, is.Type), is.Type.MediaType
	added.Size, added.SM3, added.BlobKey = p.size, p.sum, keyOf(p.sum)
	return added, s.keep(ctx, by, &added.File, p)
}

// parcel is what goes into the bucket.
type parcel struct {
	content io.ReadSeeker
	size    int64
	sum     string // SM3
	small   []byte // the same picture for lists, nil for none
}

// prepare takes out of a file what it tells of its maker; is is corrected.
func (s *Service) prepare(ctx context.Context, a *Arrived, is *media.Sniffed) (*parcel, error) {
	switch {
	case is.Type.IsPicture():
		return s.redraw(ctx, a, is)
	case is.Type == media.MP4:
		placed, err := media.Forget(a.file, a.Size)
		if err != nil {
			return nil, err
		}
		if placed {
			is.Warnings = append(is.Warnings, model.WarnPlaceGone)
		}
		return parcelOf(io.NewSectionReader(a.file, 0, a.Size))
	}
	return &parcel{content: io.NewSectionReader(a.file, 0, a.Size), size: a.Size, sum: a.SM3}, nil
}

// redraw draws one picture at a time: a large one takes a lot of memory.
func (s *Service) redraw(ctx context.Context, a *Arrived, is *media.Sniffed) (*parcel, error) {
	select {
	case s.easel <- struct{}{}:
		defer func() { <-s.easel }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r, err := media.Redraw(ctx, a.file, a.Size, is.Type)
	if err != nil {
		return nil, err
	}
	is.Type, is.Warnings = r.Type, slices.Concat(is.Warnings, r.Warnings)
	p, err := parcelOf(bytes.NewReader(r.Content))
	if err == nil {
		p.small = r.Small
	}
	return p, err
}

func parcelOf(content io.ReadSeeker) (*parcel, error) {
	sum := sm3.New()
	size, err := io.Copy(sum, content)
	if err != nil {
		return nil, fmt.Errorf("read a file again: %w", err)
	}
	return &parcel{content: content, size: size, sum: inHex(sum)}, nil
}

// keep puts the bytes into the bucket and then gives them a row. Whether they are
// there is asked again under the lock of all files: bytes that nobody had a row
// for may have been forgotten meanwhile.
func (s *Service) keep(ctx context.Context, by model.Actor, f *store.File, p *parcel) error {
	if err := s.put(ctx, f, p); err != nil {
		return err
	}
	if by.Kind == model.AStaff {
		f.KeptBy = by.ID
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.HoldFiles(ctx); err != nil {
			return err
		}
		if err := s.put(ctx, f, p); err != nil {
			return err
		}
		if err := tx.SaveFile(ctx, f); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "file.kept", Object: model.Ref{Kind: "file", ID: f.FileID},
			Details: map[string]any{"size": f.Size, "sm3": f.SM3, "media_type": f.MediaType}})
	})
}

// put puts bytes into the bucket that are not there yet.
func (s *Service) put(ctx context.Context, f *store.File, p *parcel) error {
	there, err := s.holds(ctx, f)
	if err == nil && !there {
		if _, err = p.content.Seek(0, io.SeekStart); err == nil {
			err = s.bucket.Put(ctx, f.BlobKey, p.content, p.size, f.MediaType)
		}
		if err == nil && p.small != nil {
			err = s.bucket.Put(ctx, smallKeyOf(f.SM3), bytes.NewReader(p.small), int64(len(p.small)), media.JPEG.MediaType)
		}
	}
	switch {
	case errors.Is(err, blob.ErrUnavailable):
		return model.ErrFileStorageAway
	case err != nil:
		return fmt.Errorf("keep file: %w", err)
	}
	return nil
}

func (s *Service) holds(ctx context.Context, f *store.File) (bool, error) {
	object, err := s.bucket.Open(ctx, f.BlobKey)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return false, nil
	case err != nil:
		return false, err
	}
	defer object.Close()
	return object.Size() == f.Size, nil
}
