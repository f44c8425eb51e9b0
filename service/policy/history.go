package policy

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yuandu/media"
	"yuandu/model"
)

// Side is one of two revisions that are compared.
type Side struct {
	Version int64
	Title   string
	At      time.Time
}

// Comparison is what changed between two revisions of a public document.
type Comparison struct {
	From, To Side
	media.Differences
}

// past is a version of a document that everybody may read.
type past struct {
	Side
	media.Edition
}

func (s *Service) past(ctx context.Context, kind model.Kind, id string, version int64) (p past, err error) {
	r, err := s.store.Revision(ctx, kind, id, version)
	switch {
	case err != nil:
		return p, err
	case r == nil:
		return p, model.ErrRevisionMissing
	case r.Closed != "":
		return p, model.ErrRevisionClosed.With("", map[string]any{"reason": r.Closed})
	}
	if p.Form, err = model.ReadCanonical([]byte(r.Canonical)); err != nil {
		return p, err
	}
	p.Side = Side{version, p.Form.Title, r.SavedAt}
	p.Files, err = s.store.RevisionFiles(ctx, kind, id, version)
	return p, err
}

// Compare compares two revisions of a public document that everybody may read.
// to 0 is the newest, from 0 the one before to.
func (s *Service) Compare(ctx context.Context, kind model.Kind, id string, from, to int64) (*Comparison, error) {
	public, err := s.store.IsPublic(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if !public {
		return nil, s.gone(ctx, kind, id, missingOf(kind))
	}
	if from, to, err = s.sides(ctx, kind, id, from, to); err != nil {
		return nil, err
	}
	old, err := s.past(ctx, kind, id, from)
	if err != nil {
		return nil, err
	}
	new, err := s.past(ctx, kind, id, to)
	if err != nil {
		return nil, err
	}
	return &Comparison{old.Side, new.Side, media.CompareEditions(old.Edition, new.Edition)}, nil
}

// sides says which two revisions are meant.
func (s *Service) sides(ctx context.Context, kind model.Kind, id string, from, to int64) (int64, int64, error) {
	log, err := s.store.RevisionLog(ctx, kind, id)
	if err != nil || len(log) == 0 {
		return from, to, err
	}
	if to == 0 {
		to = log[0].Version
	}
	for i := 0; from == 0 && i < len(log); i++ {
		if log[i].Version < to && log[i].Closed == "" {
			from = log[i].Version
		}
	}
	return cmp.Or(from, to), to, nil
}

// AsOf is a policy as it stood on a day.
type AsOf struct {
	*Detail
	Day     model.Day
	Version int64     // of the revision
	Since   time.Time // when that revision became public here
}

// At reads a public policy as it stood at the end of a day: its text, its name and
// its dates from the revision of that day, its validity as on that day. Of a day
// before the house had the document, the oldest revision stands.
func (s *Service) At(ctx context.Context, id string, day model.Day) (*AsOf, error) {
	d, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	log, err := s.store.RevisionLog(ctx, model.KindPolicy, id)
	if err != nil {
		return nil, err
	}
	chosen := log[len(log)-1]
	for _, r := range log {
		if model.Today(r.SavedAt) <= day {
			chosen = r
			break
		}
	}
	was, err := s.past(ctx, model.KindPolicy, id, chosen.Version)
	if err != nil {
		return nil, err
	}
	if day < was.Form.Published || day > s.today() {
		return nil, model.ErrNotOnDay.With("at", map[string]any{"day": was.Form.Published.Chinese()})
	}
	putBack(d, was.Edition)
	d.Validity = d.ValidityOn(day)
	d.Links = slices.DeleteFunc(d.Links, func(l model.Link) bool { return l.Since > day })
	d.Corrections = slices.DeleteFunc(d.Corrections, func(c Correction) bool { return c.Day > day })
	return &AsOf{d, day, was.Version, was.At}, nil
}

// putBack gives a policy what it had in an older form. Offices that have other
// names today keep these.
func putBack(d *Detail, was media.Edition) {
	f := was.Form
	d.Title, d.DocNumber, d.IndexNumber, d.Theme, d.Category = f.Title, f.DocNumber, f.IndexNumber, f.Theme, f.Category
	d.WrittenDate, d.PublishedDate, d.EffectiveDate, d.ExpiryDate = f.Written, f.Published, f.Effective, f.Expiry
	d.Stated, d.SourceURL, d.Body = f.Stated, f.SourceURL, was.Body()
	d.Attachments = nil
	for _, proof := range f.Attachments {
		for _, a := range was.Files {
			if a.SM3 == proof.SM3 {
				a.Name = proof.Name
				d.Attachments = append(d.Attachments, a)
				break
			}
		}
	}
}
