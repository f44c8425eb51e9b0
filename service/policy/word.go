package policy

import (
	"context"
	"io"
	"strings"

	"yuandu/media"
	"yuandu/model"
)

// Opener reads a kept picture and says what it is.
type Opener = func(fileID string) (content []byte, mediaType string, err error)

// Sheet is a document that WriteWord can write.
type Sheet = media.Sheet

// Sheet is a policy as it is handed out to be kept and printed. at is its address
// on the web.
func (d *Detail) Sheet(at string) Sheet {
	s := Sheet{Title: d.Title, Body: d.Body, Tail: []string{"有效性：" + d.Validity.Name()}}
	head := func(label, value string) {
		if value != "" {
			s.Head = append(s.Head, [2]string{label, value})
		}
	}
	var issuers []string
	for _, at := range d.Departments {
		issuers = append(issuers, at.Name)
	}
	head("文号", d.DocNumber)
	head("发文机关", strings.Join(issuers, "、"))
	head("成文日期", d.WrittenDate.Chinese())
	head("发布日期", d.PublishedDate.Chinese())
	head("施行日期", d.EffectiveDate.Chinese())
	head("失效日期", d.ExpiryDate.Chinese())
	for _, c := range d.Corrections {
		s.Tail = append(s.Tail, "更正（"+c.Day.Chinese()+"）："+c.Note)
	}
	s.Tail = append(s.Tail, "永久网址："+at)
	return s
}

// WriteWord writes a sheet as a Word document.
func WriteWord(w io.Writer, s Sheet, open Opener) error {
	s.Picture = open
	return media.WriteDocx(w, s)
}

// Sum is the SM3 of what is public of a document, in hex.
func (s *Service) Sum(ctx context.Context, kind model.Kind, id string) (string, error) {
	r, err := s.store.LatestRevision(ctx, kind, id)
	if err != nil || r == nil {
		return "", err
	}
	return r.SM3, nil
}
