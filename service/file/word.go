package file

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"yuandu/media"
	"yuandu/model"
)

// Word is a Word document as an editor would have written it here, WordNote what
// was resolved or left out on the way.
type (
	Word     = media.Docx
	WordNote = media.DocxNote
)

// ReadWord reads a Word document that was handed in. Its pictures are kept as
// files of their own, as any that is handed in.
func (s *Service) ReadWord(ctx context.Context, by model.Actor, fileID string) (*Word, error) {
	f, err := s.OpenFor(ctx, by, fileID)
	if err != nil {
		return nil, err
	}
	defer f.Bytes.Close()
	content, err := io.ReadAll(io.LimitReader(f.Bytes, model.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read a word document: %w", err)
	}
	return media.ReadDocx(bytes.NewReader(content), int64(len(content)), func(name string, picture []byte) (string, error) {
		return s.addBytes(ctx, by, name, picture)
	})
}

func (s *Service) addBytes(ctx context.Context, by model.Actor, name string, content []byte) (string, error) {
	arrived, err := s.Receive(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	defer arrived.Close()
	added, err := s.Add(ctx, by, name, arrived)
	if err != nil {
		return "", err
	}
	return added.FileID, nil
}
