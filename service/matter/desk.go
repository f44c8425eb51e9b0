package matter

import (
	"context"
	"errors"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Rights are what somebody may do to a matter as it stands.
type Rights struct {
	Read    bool // also as it is written, before it is public
	Write   bool // edit it, and link to it
	Release bool // let out what others wrote in it
	Merge   bool // with another that is the same
}

// Record is a matter as staff see it.
type Record struct {
	model.Matter
	Waits  bool
	Public bool
	May    Rights
}

// may says what somebody may do to a matter. One that was released is read by everybody who
// reads documents.
func (s *Service) may(ctx context.Context, by model.Actor, m *model.Matter) (r Rights, err error) {
	if by.Kind == model.TheSystem {
		return Rights{true, true, true, true}, nil
	}
	d, err := s.store.Directory(ctx)
	if err != nil {
		return r, err
	}
	release := d.May(by, model.ActReleaseMatters, m.DepartmentID)
	return Rights{m.Released != nil || d.May(by, model.ActReadDocuments, m.DepartmentID), d.May(by, model.ActWriteMatters, m.DepartmentID),
		release, release}, nil
}

// record shows a matter to somebody: what they may not read is not named to them.
func (s *Service) record(ctx context.Context, by model.Actor, m *model.Matter) (*Record, error) {
	may, err := s.may(ctx, by, m)
	if err == nil && !may.Read {
		err = model.ErrNotAllowed
	}
	if err != nil {
		return nil, err
	}
	if err := s.veil(ctx, by, m); err != nil {
		return nil, err
	}
	r := &Record{*m, m.Waits(), m.IsPublic(), may}
	r.May.Release = may.Release && r.Waits && !slices.Contains(m.Writers, by.ID)
	return r, nil
}

// veil takes from the links what somebody may not read: the titles of others' drafts, and
// letters for who has nothing to do with letters.
func (s *Service) veil(ctx context.Context, by model.Actor, m *model.Matter) error {
	d, err := s.store.Directory(ctx)
	if err != nil || by.Kind == model.TheSystem {
		return err
	}
	var links []model.MatterLink
	for _, l := range m.Links {
		switch {
		case l.IsInside() && !d.May(by, model.ActReadLetters, l.Subject.DepartmentID) && !by.May(model.ActInstructLetters):
			continue
		case !l.IsInside() && !l.Subject.Public && !d.May(by, model.ActReadDocuments, l.Subject.DepartmentID):
			l.Subject.Title = ""
		}
		links = append(links, l)
	}
	m.Links = links
	return nil
}

// Question is what somebody wants to see of the matters; what is empty does not narrow.
type Question struct {
	Text          string
	Waiting       bool // for a second person
	Offset, Limit int
}

// List lists matters, those changed last at first, and counts all that match.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) (list []Record, total int, err error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	within, limited := d.Within(by, model.ActReadDocuments)
	rows, total, err := s.store.Matters(ctx, store.MatterFilter{Text: q.Text, Waiting: q.Waiting, Within: within, Limited: limited, Offset: q.Offset, Limit: q.Limit})
	for n := range rows {
		if err == nil {
			var r *Record
			if r, err = s.record(ctx, by, &rows[n]); err == nil {
				list = append(list, *r)
			}
		}
	}
	return list, total, err
}

// Read reads a matter for staff.
func (s *Service) Read(ctx context.Context, by model.Actor, id string) (*Record, error) {
	m, err := s.store.Matter(ctx, id)
	if err == nil && m == nil {
		err = model.ErrMatterMissing
	}
	if err != nil {
		return nil, err
	}
	return s.record(ctx, by, m)
}

// Ref names a matter, and the version that was read of it.
type Ref struct {
	ID      string
	Version int64
}

// Begin opens a matter for a department.
func (s *Service) Begin(ctx context.Context, by model.Actor, departmentID string, face model.MatterFace) (*Record, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if d.Department(departmentID) == nil {
		return nil, model.ErrDepartmentMissing.With("department", nil)
	}
	m := &model.Matter{DepartmentID: departmentID, MatterFace: face, CreatedAt: s.clock.Now()}
	may, err := s.may(ctx, by, m)
	switch {
	case err != nil:
		return nil, err
	case !may.Write:
		return nil, model.ErrNotAllowed
	}
	if err := m.Tidy(); err != nil {
		return nil, err
	}
	m.Wrote(staffOf(by), m.CreatedAt)
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.KeepMatter(ctx, m); err != nil {
			return err
		}
		return s.note(ctx, tx, by, m.ID, "begun", nil)
	})
	if err != nil {
		return nil, err
	}
	return s.record(ctx, by, m)
}

func staffOf(by model.Actor) string {
	if by.Kind == model.AStaff {
		return by.ID
	}
	return ""
}

func (s *Service) note(ctx context.Context, tx *store.Tx, by model.Actor, id, act string, details map[string]any) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "matter." + act, Object: model.Ref{Kind: string(model.KindMatter), ID: id}, Details: details})
}

// take reads a matter in order to change it, by a right, in the version that was read.
func (s *Service) take(ctx context.Context, tx *store.Tx, by model.Actor, r Ref, right func(Rights) bool) (*model.Matter, error) {
	m, err := tx.MatterFor(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	may, err := s.may(ctx, by, m)
	switch {
	case err != nil:
		return nil, err
	case !right(may):
		return nil, model.ErrNotAllowed
	case m.Version != r.Version:
		return nil, model.ErrStale
	}
	return m, nil
}

// act takes a matter, does something to it by a right and keeps it, all or nothing.
func (s *Service) act(ctx context.Context, by model.Actor, r Ref, right func(Rights) bool, do func(*store.Tx, *model.Matter) error) (*Record, error) {
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		m, err := s.take(ctx, tx, by, r, right)
		if err != nil {
			return err
		}
		if err := do(tx, m); err != nil {
			return err
		}
		return tx.KeepMatter(ctx, m)
	})
	if err != nil {
		return nil, err
	}
	return s.Read(ctx, by, r.ID)
}

func write(r Rights) bool   { return r.Write }
func release(r Rights) bool { return r.Release }
func merge(r Rights) bool   { return r.Merge }

// Edit changes what is told of a matter itself. Everybody else goes on reading what was
// released.
func (s *Service) Edit(ctx context.Context, by model.Actor, r Ref, face model.MatterFace) (*Record, error) {
	if err := face.Tidy(); err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, write, func(tx *store.Tx, m *model.Matter) error {
		m.MatterFace = face
		m.Wrote(staffOf(by), s.clock.Now())
		return s.note(ctx, tx, by, m.ID, "edited", nil)
	})
}

// Remove takes away a matter that was never released.
func (s *Service) Remove(ctx context.Context, by model.Actor, r Ref) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		m, err := s.take(ctx, tx, by, r, write)
		switch {
		case err != nil:
			return err
		case m.Released != nil:
			return model.ErrMatterReleased
		}
		if err := tx.RemoveMatter(ctx, m.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, by, m.ID, "removed", nil)
	})
}

// Subject is what is to be linked to a matter. A letter is named by its number.
type Subject struct {
	Kind       model.Kind
	ID, ItemID string
}

// Link says that something belongs to a matter. Everybody sees it once a second person has
// released it, and as long as it is public itself.
func (s *Service) Link(ctx context.Context, by model.Actor, r Ref, about Subject) (*Record, error) {
	kind, known := model.MatterKindOf(about.Kind)
	if !known || about.ItemID != "" && about.Kind != model.KindMeeting && about.Kind != model.KindGazette {
		return nil, model.ErrMatterLinkKind
	}
	l := &model.MatterLink{MatterID: r.ID, Kind: about.Kind, ItemID: about.ItemID, Step: kind.Step, LinkedBy: staffOf(by), LinkedAt: s.clock.Now()}
	return s.act(ctx, by, r, write, func(tx *store.Tx, m *model.Matter) (err error) {
		if l.SubjectID, err = s.subject(ctx, by, about); err != nil {
			return err
		}
		if err := tx.AddMatterLink(ctx, l); err != nil {
			return err
		}
		if !l.IsInside() {
			m.Wrote(staffOf(by), s.clock.Now())
		}
		return s.note(ctx, tx, by, m.ID, "linked", map[string]any{"kind": l.Kind, "id": l.SubjectID, "item": l.ItemID})
	})
}

// subject is the ID of what is to be linked, for who may read it.
func (s *Service) subject(ctx context.Context, by model.Actor, about Subject) (string, error) {
	if about.Kind == model.KindOwnLetter {
		return s.letter(ctx, by, about.ID)
	}
	return about.ID, s.mayLink(ctx, by, about)
}

// mayLink is ErrMatterSubject where somebody may not read what they want to link.
func (s *Service) mayLink(ctx context.Context, by model.Actor, about Subject) error {
	p, err := s.store.Publication(ctx, about.Kind, about.ID)
	switch {
	case err != nil:
		return err
	case p == nil || !p.DeletedAt.IsZero():
		return model.ErrMatterSubject
	case p.Public || by.Kind == model.TheSystem:
		return nil
	}
	d, err := s.store.Directory(ctx)
	if err == nil && !d.May(by, model.ActReadDocuments, p.DepartmentID) {
		err = model.ErrMatterSubject
	}
	return err
}

// Unlink takes something out of a matter, for everybody at once.
func (s *Service) Unlink(ctx context.Context, by model.Actor, r Ref, linkID string) (*Record, error) {
	return s.act(ctx, by, r, write, func(tx *store.Tx, m *model.Matter) error {
		found, err := tx.RemoveMatterLink(ctx, m.ID, linkID)
		switch {
		case err != nil:
			return err
		case !found:
			return model.ErrMatterLinkMissing
		}
		m.UpdatedBy, m.UpdatedAt = staffOf(by), s.clock.Now()
		return s.note(ctx, tx, by, m.ID, "unlinked", map[string]any{"link": linkID})
	})
}

// Release lets out what somebody else wrote in a matter and linked to it. Its followers
// are told once of all that joins and is public now; what is not is told when it goes
// public.
func (s *Service) Release(ctx context.Context, by model.Actor, r Ref) (*Record, error) {
	return s.act(ctx, by, r, release, func(tx *store.Tx, m *model.Matter) error {
		joined, err := m.Release(staffOf(by), s.clock.Now())
		if err != nil {
			return err
		}
		if err := errors.Join(tx.ReleaseMatterLinks(ctx, m), tx.JoinPieces(ctx, "", m.ID)); err != nil {
			return err
		}
		if err := announce(ctx, tx, m, joined); err != nil {
			return err
		}
		return s.note(ctx, tx, by, m.ID, "released", map[string]any{"links": len(joined)})
	})
}

func announce(ctx context.Context, tx *store.Tx, m *model.Matter, joined []*model.MatterLink) error {
	var touches []model.Touch
	for _, l := range joined {
		if l.Subject.Public {
			touches = append(touches, model.Touch{Kind: model.KindMatterLink, Key: l.ID})
		}
	}
	if len(touches) == 0 {
		return nil
	}
	return tx.Announce(ctx, &model.Announcement{ID: store.NewID(), Sort: model.AnnounceChange, Kind: model.KindMatter, Object: m.ID, What: model.MatterLinked,
		Title: m.Released.Title, Rank: model.RankUsual, Stage: model.StageSpreading}, touches...)
}

// Merge lets one matter take the place of another that is the same thing. Everything that
// was linked to either is linked to it from then on, released or not as it was, and the
// followers go along.
func (s *Service) Merge(ctx context.Context, by model.Actor, from Ref, into string) (*Record, error) {
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		m, err := s.take(ctx, tx, by, from, merge)
		if err != nil {
			return err
		}
		other, err := s.other(ctx, tx, by, m, into)
		if err != nil {
			return err
		}
		if err := tx.MergeMatter(ctx, from.ID, into, staffOf(by)); err != nil {
			return err
		}
		for _, w := range m.Writers {
			other.Wrote(w, s.clock.Now())
		}
		other.UpdatedBy, other.UpdatedAt = staffOf(by), s.clock.Now()
		if err := tx.KeepMatter(ctx, other); err != nil {
			return err
		}
		return s.note(ctx, tx, by, from.ID, "merged", map[string]any{"into": into})
	})
	if err != nil {
		return nil, err
	}
	return s.Read(ctx, by, into)
}

// other is the matter that takes the place of one, by the same right.
func (s *Service) other(ctx context.Context, tx *store.Tx, by model.Actor, m *model.Matter, into string) (*model.Matter, error) {
	if m.ID == into {
		return nil, model.ErrMatterItself
	}
	o, err := tx.MatterFor(ctx, into)
	if err != nil {
		return nil, err
	}
	may, err := s.may(ctx, by, o)
	if err == nil && !may.Merge {
		err = model.ErrNotAllowed
	}
	return o, err
}

// Sorted are links by their days, what never goes public among them.
func Sorted(links []model.MatterLink) []model.MatterLink {
	links = slices.Clone(links)
	slices.SortStableFunc(links, model.CompareLinks)
	return links
}

// People are the names of staff.
func (s *Service) People(ctx context.Context, ids ...string) (map[string]string, error) {
	return s.store.StaffNames(ctx, ids)
}
