package file

import (
	"bytes"
	"context"
	"io"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// maxIssue is how large the file of an issue of the gazette may be.
const maxIssue = 200 << 20

// ReceiveIssue takes in the file of an issue of the gazette. What it is, whoever reads its
// pages says: every file that is none gets its sentence there.
func (s *Service) ReceiveIssue(r io.Reader, declared int64) (*Arrived, error) {
	if declared > maxIssue {
		return nil, tooLarge(maxIssue)
	}
	in := &incoming{r: r}
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	return keepFor(in, head, maxIssue)
}

// AddIssue keeps the file of an issue as it came, under a name that says what it is.
func (s *Service) AddIssue(ctx context.Context, by model.Actor, name string, a *Arrived) (*store.File, error) {
	t, err := a.issueType()
	if err != nil {
		return nil, err
	}
	f := &store.File{BlobKey: keyOf(a.SM3)}
	f.Name, f.MediaType, f.Size, f.SM3 = tableName(name), "application/octet-stream", a.Size, a.SM3
	if t != nil {
		f.Name, f.MediaType = cleaned(name, t), t.MediaType
	}
	return f, s.keep(ctx, by, f, &parcel{io.NewSectionReader(a.file, 0, a.Size), a.Size, a.SM3, nil})
}

// issueType is what the file of an issue is, nil where it is none.
func (a *Arrived) issueType() (*media.FileType, error) {
	head := make([]byte, 1024)
	n, err := a.file.ReadAt(head, 0)
	switch {
	case err != nil && err != io.EOF:
		return nil, err
	case bytes.Contains(head[:n], []byte("%PDF-")):
		return media.PDF, nil
	case media.IsOFD(a.file, a.Size):
		return media.OFD, nil
	}
	return nil, nil
}
