// Package publication is the way of a document to the public, the same for every
// noun: it is written, checked, reviewed by somebody else, published at once or
// at its time, corrected and withdrawn.
package publication

import (
	"cmp"
	"context"
	"log/slog"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Noun is what the way asks of a kind of document.
type Noun interface {
	Kind() model.Kind
	// Read understands a working copy; content that is none is a *model.Error.
	Read(content []byte) (model.WorkingCopy, error)
	// Public is what is public of a document, as a working copy.
	Public(ctx context.Context, id string) ([]byte, error)
	// Form is the canonical form that a working copy would have if it were public,
	// with the files it refers to.
	Form(ctx context.Context, id string, content []byte) (model.CanonicalForm, []model.Attachment, error)
	// Check finds in a working copy what must not go public, and what is missing.
	Check(ctx context.Context, p *model.Publication) ([]check.Finding, error)
	// Publish makes the working copy what is public, and gives the version of the
	// revision.
	Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (version int64, err error)
	// Touches is what those follow who are told of a change of the document.
	Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error)
	// Withdraw takes the document from the public.
	Withdraw(ctx context.Context, tx *store.Tx, id string) error
}

// Service is the way.
type Service struct {
	store *store.Store
	clock model.Clock
	log   *slog.Logger
	nouns map[model.Kind]Noun
}

// New makes the service for some nouns.
func New(s *store.Store, clock model.Clock, log *slog.Logger, nouns ...Noun) *Service {
	byKind := map[model.Kind]Noun{}
	for _, n := range nouns {
		byKind[n.Kind()] = n
	}
	return &Service{s, clock, log, byKind}
}

// Ref names a document, and the version that was read of it.
type Ref struct {
	Kind    model.Kind
	ID      string
	Version int64
}

// may is ErrNotAllowed where somebody may not act on a document of a kind that belongs
// to a department.
func (s *Service) may(ctx context.Context, by model.Actor, act model.Act, kind model.Kind, departmentID string) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	if by.Kind != model.TheSystem && !directory.May(by, act.On(kind), departmentID) {
		return model.ErrNotAllowed
	}
	return nil
}

// Begin opens a draft for a department.
func (s *Service) Begin(ctx context.Context, by model.Actor, kind model.Kind, departmentID string, content []byte) (*model.Publication, error) {
	return s.BeginUnder(ctx, by, kind, "", departmentID, content)
}

// BeginUnder opens a draft for what has an ID already; where it has a draft too, it is
// ErrBeingCorrected.
func (s *Service) BeginUnder(ctx context.Context, by model.Actor, kind model.Kind, id, departmentID string, content []byte) (*model.Publication, error) {
	if err := s.may(ctx, by, model.ActWriteDocuments, kind, departmentID); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	p := &model.Publication{Kind: kind, ID: id, Stage: model.StageDraft, DepartmentID: departmentID, Writers: []string{by.ID},
		Content: content, CreatedAt: now, UpdatedAt: now, UpdatedBy: by.ID}
	return p, s.store.InTx(ctx, func(tx *store.Tx) error {
		if there, err := tx.Publication(ctx, kind, id); err != nil || there != nil {
			return cmp.Or(err, error(model.ErrBeingCorrected))
		}
		if err := s.keep(ctx, tx, p); err != nil {
			return err
		}
		return s.note(ctx, tx, by, p, model.PublicationEvent{Act: model.PubBegun})
	})
}

// note adds what was done to the document's own history and to the audit trail.
func (s *Service) note(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, e model.PublicationEvent) error {
	e.At = s.clock.Now()
	if by.Kind == model.AStaff {
		e.StaffID = by.ID
	}
	if err := tx.AddPublicationEvent(ctx, p.Kind, p.ID, e); err != nil {
		return err
	}
	return tx.Audit(ctx, by, model.AuditEntry{Act: "publication." + string(e.Act), Object: model.Ref{Kind: string(p.Kind), ID: p.ID},
		Details: noted{p.Version, e.Version, urgentBy(p, e.Act)}})
}

type noted struct {
	Version  int64  `json:"version"`
	Revision int64  `json:"revision,omitempty"`
	Urgent   string `json:"urgent,omitempty"` // why followers are told before all others
}

// urgentBy is why a reviewer has followers told before all others, where an act is
// a reviewer's word.
func urgentBy(p *model.Publication, act model.PublicationAct) string {
	switch act {
	case model.PubSigned, model.PubPublished, model.PubCorrected:
		if p.Review != nil {
			return p.Review.Urgent
		}
	}
	return ""
}

// Get reads a document on its way. Where nobody is working on it, the content is
// what is public.
func (s *Service) Get(ctx context.Context, by model.Actor, kind model.Kind, id string) (*model.Publication, error) {
	p, err := s.store.Publication(ctx, kind, id)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return nil, model.ErrPublicationMissing
	}
	if err := s.may(ctx, by, model.ActReadDocuments, kind, p.DepartmentID); err != nil {
		return nil, err
	}
	if p.Content == nil && p.Public {
		p.Content, err = s.nouns[kind].Public(ctx, id)
	}
	return p, err
}

// act reads a document, does something to it and keeps it, all or nothing. What
// do gives back is noted, unless it is empty.
func (s *Service) act(ctx context.Context, by model.Actor, r Ref, act model.Act,
	do func(*store.Tx, *model.Publication) (model.PublicationEvent, error)) (*model.Publication, error) {
	var p *model.Publication
	return p, s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if p, err = tx.PublicationFor(ctx, r.Kind, r.ID); err != nil {
			return err
		}
		if err := s.may(ctx, by, act, r.Kind, p.DepartmentID); err != nil {
			return err
		}
		if r.Version != p.Version {
			return model.ErrStale
		}
		e, err := do(tx, p)
		if err != nil {
			return err
		}
		if err := s.keep(ctx, tx, p); err != nil || e.Act == "" {
			return err
		}
		return s.note(ctx, tx, by, p, e)
	})
}

// keep writes a publication; its working copy as the noun understands it.
func (s *Service) keep(ctx context.Context, tx *store.Tx, p *model.Publication) error {
	var files []string
	if p.Content != nil {
		copied, err := s.nouns[p.Kind].Read(p.Content)
		if err != nil {
			return err
		}
		p.Content, p.Title, p.DocNumber, files = copied.Content, copied.Title, copied.DocNumber, copied.Files
	}
	return tx.KeepPublication(ctx, p, files)
}

// Write puts a new working copy in the place of the old one.
func (s *Service) Write(ctx context.Context, by model.Actor, r Ref, content []byte) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{}, p.Write(by.ID, content, s.clock.Now())
	})
}

// Assign puts a document into the hands of another department.
func (s *Service) Assign(ctx context.Context, by model.Actor, r Ref, departmentID string) (*model.Publication, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if directory.Department(departmentID) == nil {
		return nil, model.ErrDepartmentMissing.With("department_id", nil)
	}
	return s.act(ctx, by, r, model.ActAssignDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		p.DepartmentID = departmentID
		return model.PublicationEvent{Act: model.PubAssigned, Note: directory.Department(departmentID).Name}, nil
	})
}
