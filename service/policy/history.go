package policy

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
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

// revisionOf is a revision that everybody may read, with its files.
func (s *Service) revisionOf(ctx context.Context, kind model.Kind, id string, version int64) (*store.Revision, []model.Attachment, error) {
	r, err := s.store.Revision(ctx, kind, id, version)
	switch {
	case err != nil:
		return nil, nil, err
	case r == nil:
		return nil, nil, model.ErrRevisionMissing
	case r.Closed != "":
		return nil, nil, model.ErrRevisionClosed.With("", map[string]any{"reason": r.Closed})
	}
	files, err := s.store.RevisionFiles(ctx, kind, id, version)
	return r, files, err
}

// Compare compares two revisions of a public document that everybody may read.
// to 0 is the newest, from 0 the one before to.
func (s *Service) Compare(ctx context.Context, kind model.Kind, id string, from, to int64) (*Comparison, error) {
	if public, err := s.store.IsPublic(ctx, kind, id); err != nil || !public {
		return nil, withheld(err, s.gone(ctx, kind, id, missingOf(kind)))
	}
	from, to, err := s.sides(ctx, kind, id, from, to)
	if err != nil {
		return nil, err
	}
	old, oldFiles, err := s.revisionOf(ctx, kind, id, from)
	if err != nil {
		return nil, err
	}
	new, newFiles, err := s.revisionOf(ctx, kind, id, to)
	if err != nil {
		return nil, err
	}
	before, err := model.ReadCanonical([]byte(old.Canonical))
	if err != nil {
		return nil, err
	}
	after, err := model.ReadCanonical([]byte(new.Canonical))
	if err != nil {
		return nil, err
	}
	return &Comparison{Side{from, before.Title, old.SavedAt}, Side{to, after.Title, new.SavedAt},
		media.CompareForms(before, after, media.FileBySM3(slices.Concat(newFiles, oldFiles)))}, nil
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

// withheld is err, else why something is not public.
func withheld(err, why error) error {
	if err != nil {
		return err
	}
	return why
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
	r, files, err := s.revisionOf(ctx, model.KindPolicy, id, chosen.Version)
	if err != nil {
		return nil, err
	}
	form, err := model.ReadCanonical([]byte(r.Canonical))
	if err != nil {
		return nil, err
	}
	if day < form.Published || day > s.today() {
		return nil, model.ErrNotOnDay.With("at", map[string]any{"day": form.Published.Chinese()})
	}
	s.putBack(d, form, files)
	d.Validity = d.ValidityOn(day)
	d.Links = slices.DeleteFunc(d.Links, func(l model.Link) bool { return l.Since > day })
	d.Corrections = slices.DeleteFunc(d.Corrections, func(c Correction) bool { return c.Day > day })
	return &AsOf{d, day, r.Version, r.SavedAt}, nil
}

// putBack gives a policy what it had in an older form. Offices that have other
// names today keep these.
func (s *Service) putBack(d *Detail, f model.CanonicalForm, files []model.Attachment) {
	byHash := media.FileBySM3(files)
	d.Title, d.DocNumber, d.IndexNumber, d.Theme, d.Category = f.Title, f.DocNumber, f.IndexNumber, f.Theme, f.Category
	d.WrittenDate, d.PublishedDate, d.EffectiveDate, d.ExpiryDate = f.Written, f.Published, f.Effective, f.Expiry
	d.Stated, d.SourceURL, d.Body = f.Stated, f.SourceURL, media.BodyOf(f.Body, byHash)
	d.Attachments = nil
	for _, proof := range f.Attachments {
		for _, a := range files {
			if a.SM3 == proof.SM3 {
				a.Name = proof.Name
				d.Attachments = append(d.Attachments, a)
				break
			}
		}
	}
}
