package staff

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Grant replaces the roles of somebody. version is the one that was read.
// Nobody changes their own, nobody gets two of the three powers, and the last
// holder of a power keeps it. What can't be done any more with the new roles goes to
// somebody else, who must be named where there is something.
func (s *Service) Grant(ctx context.Context, by model.Actor, id string, version int64, grants []model.Grant, heir Heir) (*model.Staff, error) {
	if err := s.allow(ctx, by, model.ActGrantRoles); err != nil {
		return nil, err
	}
	if id == by.ID {
		return nil, model.ErrRoleOneself
	}
	granted, err := s.Get(ctx, by, id)
	switch {
	case err != nil:
		return nil, err
	case granted.IsClosed():
		return nil, model.ErrAccountClosed
	}
	if err := s.checkGrants(ctx, grants); err != nil {
		return nil, err
	}
	handover := model.Handover{From: id, Keeps: grants, To: heir.To, Why: heir.Why, By: by}
	open, err := s.openWork(ctx, handover)
	if err != nil {
		return nil, err
	}
	if err := s.checkHeir(ctx, id, heir.To, len(open) > 0); err != nil {
		return nil, err
	}
	before := granted.Grants
	granted.Grants, granted.Version = grants, version
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := s.handOver(ctx, tx, handover); err != nil {
			return err
		}
		return s.saveGrants(ctx, tx, by, granted, before)
	})
	return granted, err
}

type regranted struct {
	Before []model.Grant `json:"before"`
	After  []model.Grant `json:"after"`
}

func (s *Service) saveGrants(ctx context.Context, tx *store.Tx, by model.Actor, of *model.Staff, before []model.Grant) error {
	for _, power := range model.Powers() {
		if holds(before, power) && !holds(of.Grants, power) {
			if err := keepsOne(ctx, tx, power, of.ID); err != nil {
				return err
			}
		}
	}
	if err := tx.SaveGrants(ctx, of, by.ID); err != nil {
		return err
	}
	return tx.Audit(ctx, by, entry("staff.granted", of.ID, regranted{before, of.Grants}))
}

func holds(grants []model.Grant, r model.Role) bool { return model.Actor{Grants: grants}.Holds(r) }

// keepsOne is ErrLastPower where nobody but one holds a power: without a
// holder the house could not be run, or not be watched.
func keepsOne(ctx context.Context, tx *store.Tx, power model.Role, but string) error {
	left, err := tx.CountHolders(ctx, power, but)
	if err == nil && left == 0 {
		err = model.ErrLastPower
	}
	return err
}

// checkGrants looks whether roles can be given as they are.
func (s *Service) checkGrants(ctx context.Context, grants []model.Grant) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	powers := 0
	for _, g := range grants {
		switch {
		case !slices.Contains(model.Roles(), g.Role):
			return model.ErrRoleUnknown
		case g.Role.InDepartment() != (g.DepartmentID != ""),
			g.DepartmentID != "" && directory.Department(g.DepartmentID) == nil:
			return model.ErrRoleDepartment
		case g.Role.IsPower():
			powers++
		}
	}
	if powers > 1 || powers == 1 && len(grants) > 1 {
		return model.ErrRolePowers
	}
	return nil
}
