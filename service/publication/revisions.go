package publication

import (
	"context"
	"slices"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// The forms of a document that are no revisions.
const (
	Working int64 = 0  // the working copy
	Latest  int64 = -1 // what was public last, empty where nothing ever was
)

// Change is a row of a table of comparison, Differences all of them, UnitLine
// a line and Piece a stretch of its text; Revision is what was public from a moment on.
type (
	Change      = media.Change
	FieldChange = media.FieldChange
	Piece       = media.Piece
	UnitLine    = media.UnitLine
	Differences = media.Differences
	Revision    = store.Revision
)

// Side is one of two versions that are compared.
type Side struct {
	Version int64 // 0 for the working copy and for nothing
	Title   string
	At      time.Time
}

// Comparison is what changed between two versions of a document.
type Comparison struct {
	From, To Side
	Differences
}

// Revisions lists what was public of a document, the newest first.
func (s *Service) Revisions(ctx context.Context, by model.Actor, kind model.Kind, id string) ([]Revision, error) {
	if _, err := s.Get(ctx, by, kind, id); err != nil {
		return nil, err
	}
	return s.store.RevisionLog(ctx, kind, id)
}

// Compare compares two versions of a document: numbers of revisions, Working, or
// Latest.
func (s *Service) Compare(ctx context.Context, by model.Actor, kind model.Kind, id string, from, to int64) (*Comparison, error) {
	p, err := s.Get(ctx, by, kind, id)
	if err != nil {
		return nil, err
	}
	old, err := s.version(ctx, p, from)
	if err != nil {
		return nil, err
	}
	new, err := s.version(ctx, p, to)
	if err != nil {
		return nil, err
	}
	return &Comparison{old.Side, new.Side, media.CompareEditions(old.Edition, new.Edition)}, nil
}

// version is a form of a document with the files that it shows.
type version struct {
	Side
	media.Edition
}

func (s *Service) version(ctx context.Context, p *model.Publication, number int64) (v version, err error) {
	if number == Working && p.Content != nil {
		v.Form, v.Files, err = s.nouns[p.Kind].Form(ctx, p.ID, p.Content)
		v.Side = Side{0, v.Form.Title, p.UpdatedAt}
		if err == nil && v.Form.Published == "" {
			v.Form.Published, err = s.firstDay(ctx, p)
		}
		return v, err
	}
	r, err := s.revision(ctx, p, number)
	if err != nil || r == nil {
		return v, err
	}
	if v.Form, err = model.ReadCanonical([]byte(r.Canonical)); err != nil {
		return v, err
	}
	v.Side = Side{r.Version, v.Form.Title, r.SavedAt}
	v.Files, err = s.store.RevisionFiles(ctx, p.Kind, p.ID, r.Version)
	return v, err
}

// firstDay is since when a document is public, which corrections leave as it is; "" where it
// never was.
func (s *Service) firstDay(ctx context.Context, p *model.Publication) (model.Day, error) {
	latest, err := s.store.LatestRevision(ctx, p.Kind, p.ID)
	if err != nil || latest == nil {
		return "", err
	}
	form, err := model.ReadCanonical([]byte(latest.Canonical))
	return form.Published, err
}

func (s *Service) revision(ctx context.Context, p *model.Publication, number int64) (*Revision, error) {
	if number <= Working {
		return s.store.LatestRevision(ctx, p.Kind, p.ID)
	}
	r, err := s.store.Revision(ctx, p.Kind, p.ID, number)
	if err == nil && r == nil {
		err = model.ErrRevisionMissing
	}
	return r, err
}

// CloseRevision keeps an older version of a document from the public, who are
// told why; it stays as proof.
func (s *Service) CloseRevision(ctx context.Context, by model.Actor, r Ref, version int64, reason string) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWithdraw, func(tx *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		e := model.PublicationEvent{Act: model.PubClosed, Note: reason, Version: version}
		if reason == "" {
			return e, model.ErrReasonNeeded
		}
		log, err := tx.RevisionLog(ctx, p.Kind, p.ID)
		at := slices.IndexFunc(log, func(r Revision) bool { return r.Version == version })
		switch {
		case err != nil:
			return e, err
		case at < 0:
			return e, model.ErrRevisionMissing
		case at == 0 && p.Public:
			return e, model.ErrRevisionPublic
		}
		return e, tx.CloseRevision(ctx, p.Kind, p.ID, version, store.Closure{By: by.ID, Reason: reason})
	})
}
