package staff

import (
	"context"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Caller is who stands before the console's door.
type Caller struct{ Address, Agent, Request string }

// Entry is a session and the token that opens it; the token is known to its
// holder alone.
type Entry struct {
	Token   string
	Session *model.StaffSession
}

// SignIn checks a name and a password. The entry's stage says what comes next.
// Wrong ones slow the next try down, and ErrLockedOut says until when.
func (s *Service) SignIn(ctx context.Context, from Caller, login, password string) (*Entry, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := s.mayTry(ctx, login); err != nil {
		return nil, err
	}
	found, hash, err := s.knock(ctx, login)
	if err != nil {
		return nil, err
	}
	ok, err := s.doors.matches(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, s.fail(ctx, from, login, found, model.ErrWrongPassword)
	}
	return s.enter(ctx, from, found)
}

// knock finds whom a login name belongs to and the hash to compare with, ""
// where nobody may come in by it.
func (s *Service) knock(ctx context.Context, login string) (*model.Staff, string, error) {
	found, err := s.store.StaffByLogin(ctx, login)
	if err != nil || found == nil || found.IsClosed() {
		return found, "", err
	}
	credentials, err := s.store.Credentials(ctx, found.ID)
	return found, credentials.PasswordHash, err
}

func (s *Service) enter(ctx context.Context, from Caller, who *model.Staff) (*Entry, error) {
	now := s.clock.Now()
	e := &Entry{Token: store.NewToken(), Session: &model.StaffSession{StaffID: who.ID, Stage: firstStage(who), Address: from.Address,
		Agent: shortened(from.Agent, 200), CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(model.StaffStage)}}
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddStaffSession(ctx, e.Session, store.TokenHash(e.Token)); err != nil {
			return err
		}
		return tx.Audit(ctx, actor(who, e.Session, from), entry("staff.password_right", who.ID, nil))
	})
	return e, err
}

// firstStage is what comes after the right password.
func firstStage(who *model.Staff) model.SignInStage {
	if who.FactorSet {
		return model.StageFactor
	}
	return stageAfterFactor(who)
}

// stageAfterFactor is what comes when the person is known for sure, or as sure
// as can be before a factor is enrolled.
func stageAfterFactor(who *model.Staff) model.SignInStage {
	switch {
	case who.MustChange:
		return model.StagePassword
	case !who.FactorSet:
		return model.StageEnrol
	}
	return model.StageFull
}

// Failures before each try has to wait, and how the wait grows.
const (
	freeFailures = 5
	firstWait    = time.Minute
	longestWait  = time.Hour
)

func (s *Service) waitAfter(count int) time.Time {
	if count < freeFailures {
		return time.Time{}
	}
	wait := longestWait
	if n := count - freeFailures; n < 6 {
		wait = min(firstWait<<n, longestWait)
	}
	return s.clock.Now().Add(wait)
}

// mayTry is ErrLockedOut while a login name has to wait.
func (s *Service) mayTry(ctx context.Context, login string) error {
	f, err := s.store.Failures(ctx, login)
	if err != nil {
		return err
	}
	if s.clock.Now().Before(f.Until) {
		return lockedOut(f.Until)
	}
	return nil
}

func lockedOut(until time.Time) error {
	// The sentence names a minute, and that minute must have come to its end.
	at := until.In(model.Shanghai).Add(time.Minute - time.Nanosecond).Format("15:04")
	return model.ErrLockedOut.With("", map[string]any{"at": at})
}

// fail counts a failure and answers with what was wrong, or until when to wait.
// What was typed is nowhere kept: it may be a password in the wrong field.
func (s *Service) fail(ctx context.Context, from Caller, login string, who *model.Staff, wrong *model.Error) error {
	by, id := model.Actor{Address: from.Address, Request: from.Request}, ""
	if who != nil {
		id = who.ID
	}
	var f store.Failures
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if f, err = tx.AddFailure(ctx, login, s.waitAfter); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.signin_failed", id, failed{wrong.Code, f.Count}))
	})
	switch {
	case err != nil:
		return err
	case !f.Until.IsZero():
		return lockedOut(f.Until)
	}
	return wrong
}

type failed struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
}

// advance brings a session to its next stage under a new token. One that has
// come all the way is a sign-in.
func (s *Service) advance(ctx context.Context, tx *store.Tx, p *Presence) (*Entry, error) {
	v, before := p.Session, p.Session.Stage
	who, err := tx.Staff(ctx, v.StaffID)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	v.Stage, v.SeenAt, v.ExpiresAt = stageAfterFactor(who), now, now.Add(model.StaffStage)
	if v.Stage == model.StageFull {
		v.ExpiresAt = v.CreatedAt.Add(model.StaffAbsolute)
		if err := tx.ForgiveFailures(ctx, who.Login); err != nil {
			return nil, err
		}
	}
	if v.Stage == model.StageFull && before != model.StageFull {
		if err := tx.SeeStaff(ctx, v); err != nil {
			return nil, err
		}
		if err := tx.Audit(ctx, p.Actor, entry("staff.signed_in", who.ID, nil)); err != nil {
			return nil, err
		}
	}
	e := &Entry{Token: store.NewToken(), Session: v}
	return e, tx.MoveStaffSession(ctx, v, store.TokenHash(e.Token))
}

// Presence is somebody who is signed in, however far.
type Presence struct {
	Session *model.StaffSession
	Staff   *model.Staff
	Actor   model.Actor
}

// seenEvery is how often a session's use is written down.
const seenEvery = time.Minute

// Identify finds who holds a token, nil where nobody does.
func (s *Service) Identify(ctx context.Context, from Caller, token string) (*Presence, error) {
	if token == "" {
		return nil, nil
	}
	v, err := s.store.StaffSession(ctx, store.TokenHash(token))
	now := s.clock.Now()
	if err != nil || v == nil || !v.Lives(now) {
		return nil, err
	}
	who, err := s.store.Staff(ctx, v.StaffID)
	if err != nil || who == nil || who.IsClosed() {
		return nil, err
	}
	if now.Sub(v.SeenAt) >= seenEvery {
		v.SeenAt = now
		if err := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.SeeStaff(ctx, v) }); err != nil {
			return nil, err
		}
	}
	return &Presence{Session: v, Staff: who, Actor: actor(who, v, from)}, nil
}

func actor(who *model.Staff, v *model.StaffSession, from Caller) model.Actor {
	return model.Actor{Kind: model.AStaff, ID: who.ID, Session: v.ID, Address: from.Address, Request: from.Request, Grants: who.Grants}
}

// SignOut ends the session of whoever asks.
func (s *Service) SignOut(ctx context.Context, p *Presence) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.EndStaffSessions(ctx, p.Staff.ID, p.Session.ID, "", model.EndedSignOut); err != nil {
			return err
		}
		return tx.Audit(ctx, p.Actor, entry("staff.signed_out", p.Staff.ID, nil))
	})
}

func shortened(text string, most int) string {
	runes := []rune(strings.ToValidUTF8(text, ""))
	return string(runes[:min(len(runes), most)])
}
