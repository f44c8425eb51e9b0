package directory

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// Office is a department as the console shows it.
type Office struct {
	Department
	Staff int // open accounts in it, without those below
}

// Offices lists the departments with what hangs on them, parents before
// children.
func (s *Service) Offices(ctx context.Context) ([]Office, error) {
	departments, err := s.Departments(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := s.store.StaffByDepartment(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Office, len(departments))
	for i, d := range departments {
		list[i] = Office{d, counts[d.ID]}
	}
	return list, nil
}

// Names are the names of all departments by ID.
func (s *Service) Names(ctx context.Context) (map[string]string, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, d := range directory.Departments {
		names[d.ID] = d.Name
	}
	return names, nil
}

// Save adds a department, or changes the one of d.ID if its version is still
// the one that was read.
func (s *Service) Save(ctx context.Context, by model.Actor, d *model.Department) error {
	if !by.May(model.ActEditDepartments) {
		return model.ErrNotAllowed
	}
	if err := put(d); err != nil {
		return err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	if err := checkPlace(directory, d); err != nil {
		return err
	}
	act := "department.added"
	if d.ID != "" {
		act = "department.edited"
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.KeepDepartment(ctx, d); err != nil {
			return err
		}
		if was := directory.Department(d.ID); was != nil && isFoundOtherwise(was, d) {
			if err := tx.QueueOf(ctx, directory.Downward(d.ID)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: act, Object: model.Ref{Kind: "department", ID: d.ID}, Details: kept{d.ParentID, d.Name}})
	})
}

// isFoundOtherwise says whether documents of a department are found by other names
// than before, or below another one.
func isFoundOtherwise(was, is *model.Department) bool {
	return was.ParentID != is.ParentID || was.Name != is.Name || was.ShortName != is.ShortName || !slices.Equal(was.Aliases, is.Aliases)
}

type kept struct {
	ParentID string `json:"parent_id"`
	Name     string `json:"name"`
}

// put puts what was typed right, and says what is wrong with it.
func put(d *model.Department) error {
	d.Name, d.ShortName = strings.TrimSpace(d.Name), strings.TrimSpace(d.ShortName)
	aliases := []string{}
	for _, a := range d.Aliases {
		if a = strings.TrimSpace(a); a != "" && !slices.Contains(aliases, a) {
			aliases = append(aliases, a)
		}
	}
	d.Aliases = aliases
	for field, text := range map[string]string{"name": d.Name, "short_name": d.ShortName, "aliases": strings.Join(aliases, "")} {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '<' || r == '>' }) {
			return model.ErrDepartmentName.With(field, nil)
		}
	}
	if n := utf8.RuneCountInString(d.Name); n < 2 || n > 60 {
		return model.ErrDepartmentName
	}
	return nil
}

// checkPlace looks whether a department can stand where it is put.
func checkPlace(directory *store.Directory, d *model.Department) error {
	for _, other := range directory.Departments {
		if other.Name == d.Name && other.ID != d.ID {
			return model.ErrDepartmentTaken
		}
	}
	switch {
	case d.ID != "" && directory.Department(d.ID) == nil:
		return model.ErrDepartmentMissing
	case d.ParentID == "":
		return nil
	case directory.Department(d.ParentID) == nil:
		return model.ErrDepartmentMissing.With("parent_id", nil)
	case d.ID != "" && slices.Contains(directory.Upward(d.ParentID), d.ID):
		return model.ErrDepartmentLoop
	}
	return nil
}

// Remove takes away a department that nothing belongs to.
func (s *Service) Remove(ctx context.Context, by model.Actor, id string, version int64) error {
	if !by.May(model.ActEditDepartments) {
		return model.ErrNotAllowed
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	removed := directory.Department(id)
	if removed == nil {
		return model.ErrDepartmentMissing
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.RemoveDepartment(ctx, id, version); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "department.removed", Object: model.Ref{Kind: "department", ID: id},
			Details: kept{removed.ParentID, removed.Name}})
	})
}
