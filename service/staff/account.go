package staff

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Work is what one domain gives people to do. When somebody leaves, or gets other
// roles, what is open goes to somebody else.
type Work interface {
	// Open counts what waits for somebody and cannot stay with the roles that are
	// kept, by kind.
	Open(ctx context.Context, h model.Handover) ([]model.OpenWork, error)
	// HandOver gives all of that to somebody else, in a transaction. Nothing stays,
	// also where nobody was named.
	HandOver(ctx context.Context, tx *store.Tx, h model.Handover) error
}

// OpenWork is how many things of a kind wait for somebody.
type OpenWork = model.OpenWork

// OpenWork lists what waits for somebody, in every domain.
func (s *Service) OpenWork(ctx context.Context, staffID string) ([]OpenWork, error) {
	return s.openWork(ctx, model.Handover{From: staffID})
}

func (s *Service) openWork(ctx context.Context, h model.Handover) ([]OpenWork, error) {
	list := []OpenWork{}
	for _, w := range s.work {
		open, err := w.Open(ctx, h)
		if err != nil {
			return nil, err
		}
		for _, o := range open {
			if o.Count > 0 {
				list = append(list, o)
			}
		}
	}
	return list, nil
}

// Close closes an account: all its sessions end, and what is open goes to
// another person, who must be named where there is something.
func (s *Service) Close(ctx context.Context, by model.Actor, id string, version int64, heir Heir) (*model.Staff, error) {
	leaving, err := s.other(ctx, by, model.ActCloseAccounts, id)
	switch {
	case err != nil:
		return nil, err
	case id == by.ID:
		return nil, model.ErrCloseOneself
	case leaving.IsClosed():
		return nil, model.ErrAccountClosed
	}
	open, err := s.OpenWork(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.checkHeir(ctx, id, heir.To, len(open) > 0); err != nil {
		return nil, err
	}
	leaving.ClosedAt, leaving.Version = s.clock.Now(), version
	return leaving, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := s.leave(ctx, tx, leaving); err != nil {
			return err
		}
		if err := s.handOver(ctx, tx, model.Handover{From: id, To: heir.To, Why: heir.Why, By: by}); err != nil {
			return err
		}
		if err := tx.CloseStaff(ctx, leaving); err != nil {
			return err
		}
		if _, err := tx.EndStaffSessions(ctx, id, "", "", model.EndedClosed); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.closed", id, handedOver{heir.To, open}))
	})
}

// Heir is who takes over what is open, and why.
type Heir struct{ To, Why string }

type handedOver struct {
	To   string     `json:"to"`
	Open []OpenWork `json:"open"`
}

// checkHeir looks whether what is open can go to somebody.
func (s *Service) checkHeir(ctx context.Context, id, to string, needed bool) error {
	if to == "" && !needed {
		return nil
	}
	heir, err := s.store.Staff(ctx, to)
	if err == nil && (heir == nil || heir.IsClosed() || to == id) {
		err = model.ErrHandOverTo
	}
	return err
}

// leave keeps the last holder of a power.
func (s *Service) leave(ctx context.Context, tx *store.Tx, leaving *model.Staff) error {
	for _, power := range model.Powers() {
		if holds(leaving.Grants, power) {
			if err := keepsOne(ctx, tx, power, leaving.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) handOver(ctx context.Context, tx *store.Tx, h model.Handover) error {
	for _, w := range s.work {
		if err := w.HandOver(ctx, tx, h); err != nil {
			return err
		}
	}
	return nil
}

// Reopen opens a closed account again. Its roles are as they were.
func (s *Service) Reopen(ctx context.Context, by model.Actor, id string, version int64) (*model.Staff, error) {
	back, err := s.other(ctx, by, model.ActCloseAccounts, id)
	if err != nil {
		return nil, err
	}
	back.ClosedAt, back.Version = time.Time{}, version
	return back, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.CloseStaff(ctx, back); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.reopened", id, nil))
	})
}

// other reads the person that somebody may do an act to.
func (s *Service) other(ctx context.Context, by model.Actor, act model.Act, id string) (*model.Staff, error) {
	if err := s.allow(ctx, by, act); err != nil {
		return nil, err
	}
	return s.Get(ctx, by, id)
}

// ResetPassword gives somebody a password that must be changed, and ends all
// sessions. The second factor stays: whoever knows the new password still is
// not that person.
func (s *Service) ResetPassword(ctx context.Context, by model.Actor, id string) (string, error) {
	of, err := s.other(ctx, by, model.ActResetPasswords, id)
	if err != nil {
		return "", err
	}
	return s.resetPassword(ctx, by, of, func(*store.Tx) error { return nil })
}

func (s *Service) resetPassword(ctx context.Context, by model.Actor, of *model.Staff, also func(*store.Tx) error) (string, error) {
	if of.IsClosed() {
		return "", model.ErrAccountClosed
	}
	password := temporaryPassword()
	hash, err := s.doors.hash(ctx, password)
	if err != nil {
		return "", err
	}
	return password, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetPassword(ctx, of.ID, hash, true); err != nil {
			return err
		}
		if _, err := tx.EndStaffSessions(ctx, of.ID, "", "", model.EndedPassword); err != nil {
			return err
		}
		if err := also(tx); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.password_reset", of.ID, nil))
	})
}

// ResetFactor takes away somebody's second factor, and ends all sessions: a new
// one is enrolled at the next sign-in, which needs the password.
func (s *Service) ResetFactor(ctx context.Context, by model.Actor, id string) error {
	if _, err := s.other(ctx, by, model.ActResetFactors, id); err != nil {
		return err
	}
	if id == by.ID {
		return model.ErrRoleOneself
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetFactor(ctx, id, ""); err != nil {
			return err
		}
		if _, err := tx.EndStaffSessions(ctx, id, "", "", model.EndedPassword); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.factor_reset", id, nil))
	})
}

// Unlock lets somebody try again at once who was locked out.
func (s *Service) Unlock(ctx context.Context, by model.Actor, id string) error {
	of, err := s.other(ctx, by, model.ActEndSessions, id)
	if err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.ForgiveFailures(ctx, of.Login); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.unlocked", id, nil))
	})
}

// LockedUntil is until when somebody is locked out, zero where not.
func (s *Service) LockedUntil(ctx context.Context, login string) (time.Time, error) {
	f, err := s.store.Failures(ctx, login)
	if err != nil || !s.clock.Now().Before(f.Until) {
		return time.Time{}, err
	}
	return f.Until, nil
}

// Rescue lets a locked-out administrator in again, from the command line:
// password, second factor and failures start anew.
func (s *Service) Rescue(ctx context.Context, login string) (*model.Staff, string, error) {
	found, err := s.store.StaffByLogin(ctx, login)
	if err != nil {
		return nil, "", err
	}
	if found == nil {
		return nil, "", model.ErrStaffMissing
	}
	by := model.System("staff reset")
	password, err := s.resetPassword(ctx, by, found, func(tx *store.Tx) error {
		if err := tx.SetFactor(ctx, found.ID, ""); err != nil {
			return err
		}
		if err := tx.ForgiveFailures(ctx, found.Login); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.factor_reset", found.ID, nil))
	})
	return found, password, err
}

// ChangePassword changes one's own password. All other sessions end.
func (s *Service) ChangePassword(ctx context.Context, p *Presence, old, password string) (*Entry, error) {
	from := Caller{Address: p.Actor.Address, Request: p.Actor.Request}
	if err := s.checkOld(ctx, from, p, old); err != nil {
		return nil, err
	}
	if old == password {
		return nil, model.ErrPasswordSame
	}
	if err := checkPassword(password, p.Staff); err != nil {
		return nil, err
	}
	hash, err := s.doors.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	var e *Entry
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetPassword(ctx, p.Staff.ID, hash, false); err != nil {
			return err
		}
		if _, err := tx.EndStaffSessions(ctx, p.Staff.ID, "", p.Session.ID, model.EndedPassword); err != nil {
			return err
		}
		if err := tx.Audit(ctx, p.Actor, entry("staff.password_changed", p.Staff.ID, nil)); err != nil {
			return err
		}
		e, err = s.advance(ctx, tx, p)
		return err
	})
	return e, err
}

func (s *Service) checkOld(ctx context.Context, from Caller, p *Presence, old string) error {
	if err := s.mayTry(ctx, p.Staff.Login); err != nil {
		return err
	}
	credentials, err := s.store.Credentials(ctx, p.Staff.ID)
	if err != nil {
		return err
	}
	right, err := s.doors.matches(ctx, old, credentials.PasswordHash)
	if err == nil && !right {
		err = s.fail(ctx, from, p.Staff.Login, p.Staff, model.ErrPasswordOld)
	}
	return err
}

// Sessions lists where somebody is signed in; oneself may always be asked for.
func (s *Service) Sessions(ctx context.Context, by model.Actor, id string) ([]model.StaffSession, error) {
	if id != by.ID {
		if _, err := s.other(ctx, by, model.ActEndSessions, id); err != nil {
			return nil, err
		}
	}
	return s.store.StaffSessions(ctx, id, s.clock.Now())
}

// EndSession ends one session; one's own may always be ended.
func (s *Service) EndSession(ctx context.Context, by model.Actor, id, session string) error {
	if id != by.ID {
		if _, err := s.other(ctx, by, model.ActEndSessions, id); err != nil {
			return err
		}
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		ended, err := tx.EndStaffSessions(ctx, id, session, "", model.EndedElsewhere)
		switch {
		case err != nil:
			return err
		case ended == 0:
			return model.ErrDeviceNotFound
		}
		return tx.Audit(ctx, by, entry("staff.session_ended", id, nil))
	})
}

// RecoveryCodesLeft counts the recovery codes that still work.
func (s *Service) RecoveryCodesLeft(ctx context.Context, staffID string) (int, error) {
	return s.store.RecoveryCodesLeft(ctx, staffID)
}

// Forget forgets sessions and failures that are long over.
func (s *Service) Forget(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.ForgetStaffSessions(ctx, s.clock.Now().Add(-7*24*time.Hour))
	})
}
