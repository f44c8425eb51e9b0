package directory

import (
	"context"
	"errors"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Merging is what merging one department into another would do.
type Merging struct {
	From, Into model.Department
	Moving     model.DepartmentMoving
	Names      []string // that become aliases of Into
	Children   []string // names of the departments that come under Into
}

// MergePreview tells what merging would do, and does nothing.
func (s *Service) MergePreview(ctx context.Context, by model.Actor, from, into string) (*Merging, error) {
	ended, kept, directory, err := s.pair(ctx, by, from, into)
	if err != nil {
		return nil, err
	}
	m := &Merging{From: *ended, Into: *kept}
	after := copied(kept)
	after.Absorb(ended)
	m.Names = after.Aliases[len(kept.Aliases):]
	for _, d := range directory.Departments {
		if d.ParentID == from {
			m.Children = append(m.Children, d.Name)
		}
	}
	m.Moving, err = s.store.DepartmentMoving(ctx, from)
	return m, err
}

// copied is a department whose names can be changed: those of a directory are
// shared.
func copied(d *model.Department) model.Department {
	c := *d
	c.Aliases = slices.Clone(d.Aliases)
	return c
}

// pair finds the two, and says why they cannot be merged.
func (s *Service) pair(ctx context.Context, by model.Actor, from, into string) (ended, kept *model.Department, d *store.Directory, err error) {
	if !by.May(model.ActEditDepartments) {
		return nil, nil, nil, model.ErrNotAllowed
	}
	if d, err = s.store.Directory(ctx); err != nil {
		return nil, nil, nil, err
	}
	ended, kept = d.Department(from), d.Department(into)
	switch {
	case ended == nil && d.Now(from) != from:
		return nil, nil, d, model.ErrStale // somebody was faster
	case ended == nil:
		return nil, nil, d, model.ErrDepartmentMissing
	case from == into:
		return nil, nil, d, model.ErrMergeSelf
	case kept == nil && d.Now(into) != into:
		name := d.Department(d.Now(into)).Name
		return nil, nil, d, model.ErrDepartmentMerged.With("into", map[string]any{"name": name})
	case kept == nil:
		return nil, nil, d, model.ErrDepartmentMissing.With("into", nil)
	case slices.Contains(d.Upward(into), from):
		return nil, nil, d, model.ErrMergeBelow
	}
	return ended, kept, d, nil
}

// Merge lets one department take the place of another, all at once: documents,
// drafts, staff with their roles, and departments below go along, the old names
// become aliases, and the old ID leads to the new one. It can't be undone.
func (s *Service) Merge(ctx context.Context, by model.Actor, from string, version int64, into string) error {
	ended, kept, d, err := s.pair(ctx, by, from, into)
	if err != nil {
		return err
	}
	old, stays := copied(ended), copied(kept)
	old.Version = version
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		moved, err := tx.MergeDepartment(ctx, store.DepartmentMerge{From: &old, Into: &stays, Below: d.Downward(from, into), By: by.ID})
		if err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "department.merged", Object: model.Ref{Kind: "department", ID: from},
			Details: mergedInto{into, old.Name, moved}})
	})
	if errors.Is(err, model.ErrDepartmentMissing) {
		return model.ErrStale // it was there a moment ago
	}
	return err
}

type mergedInto struct {
	Into  string                 `json:"into"`
	Name  string                 `json:"name"`
	Moved model.DepartmentMoving `json:"moved"`
}

// Now is under which ID a department is today.
func (s *Service) Now(ctx context.Context, ids []string) ([]string, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return directory.NowAll(ids), nil
}
