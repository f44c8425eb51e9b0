// Package account is the residents: how they come in through WeChat, what they
// agree to, what the house holds of them, and how all of it goes away again.
package account

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/wechat"
)

// WeChat is what the service asks of WeChat's door.
type WeChat interface {
	SignIn(ctx context.Context, code string) (wechat.Person, error)
	Phone(ctx context.Context, code, openID string) (string, error)
}

// Service is the residents.
type Service struct {
	store    *store.Store
	cache    cache.Cache
	vault    *store.Vault
	wechat   WeChat
	clock    model.Clock
	holdings []Holding
}

// New makes the service. holdings are what the other domains hold about
// residents; what the service holds itself comes first.
func New(s *store.Store, c cache.Cache, v *store.Vault, w WeChat, clock model.Clock, holdings ...Holding) *Service {
	a := &Service{store: s, cache: c, vault: v, wechat: w, clock: clock}
	a.holdings = append([]Holding{person{s}, devices{s}, consents{s}, trail{s}, answers{s}}, holdings...)
	return a
}

// Entry is a sign-in: a token that only its holder knows.
type Entry struct {
	Token          string
	Agreed         bool // else a consent is due before anything personal
	PrivacyVersion int64
}

// unagreed is all that is known of somebody who has not agreed: it lies sealed
// in the cache and nowhere else.
type unagreed struct {
	OpenID  string `json:"openid"`
	UnionID string `json:"unionid"`
	Device  string `json:"device"`
}

func unagreedKey(tokenHash string) string { return "unagreed:" + tokenHash }

// SignIn lets somebody in by a code of wx.login. device is what the client says
// of itself.
func (s *Service) SignIn(ctx context.Context, code, device string) (*Entry, error) {
	version, err := s.privacyVersion(ctx)
	if err != nil {
		return nil, err
	}
	person, err := s.wechat.SignIn(ctx, code)
	if err != nil {
		return nil, err
	}
	e := &Entry{Token: store.NewToken(), PrivacyVersion: version}
	known, err := s.store.ResidentByOpenID(ctx, person.OpenID)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return e, s.remember(ctx, e.Token, unagreed{person.OpenID, person.UnionID, device})
	}
	consent, err := s.store.Consent(ctx, known.ID)
	if err != nil {
		return nil, err
	}
	e.Agreed = consent.Holds(version)
	return e, s.store.InTx(ctx, func(tx *store.Tx) error {
		_, err := s.enter(ctx, tx, known.ID, store.TokenHash(e.Token), device)
		return err
	})
}

func (s *Service) privacyVersion(ctx context.Context) (int64, error) {
	version, err := s.store.PrivacyVersion(ctx)
	if err == nil && version == 0 {
		err = model.ErrPrivacyMissing
	}
	return version, err
}

// enter keeps a sign-in of a resident under the hash of its token.
func (s *Service) enter(ctx context.Context, tx *store.Tx, residentID, tokenHash, device string) (*model.ResidentSession, error) {
	now := s.clock.Now()
	v := &model.ResidentSession{ResidentID: residentID, Device: device, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(model.ResidentSessionLasts)}
	if err := tx.AddResidentSession(ctx, v, tokenHash); err != nil {
		return nil, err
	}
	return v, tx.Audit(ctx, model.Actor{Kind: model.AResident, ID: residentID, Session: v.ID}, entry("resident.signed_in", residentID, nil))
}

func entry(act, residentID string, details any) model.AuditEntry {
	return model.AuditEntry{Act: act, Object: model.Ref{Kind: "resident", ID: residentID}, Details: details}
}

func (s *Service) remember(ctx context.Context, token string, u unagreed) error {
	plain, err := json.Marshal(u)
	if err != nil {
		return fmt.Errorf("remember sign-in: %w", err)
	}
	key := unagreedKey(store.TokenHash(token))
	sealed, err := s.vault.Seal(key, string(plain))
	if err != nil {
		return err
	}
	if err := s.cache.Set(ctx, key, sealed, model.UnagreedLasts); err != nil {
		return model.ErrCacheAway
	}
	return nil
}

func (s *Service) recall(ctx context.Context, tokenHash string) (*unagreed, error) {
	key := unagreedKey(tokenHash)
	sealed, found, err := s.cache.Get(ctx, key)
	if err != nil || !found {
		return nil, nil // a cache that is away has forgotten: sign in again
	}
	plain, err := s.vault.Open(key, sealed)
	if err != nil {
		return nil, err
	}
	u := &unagreed{}
	if err := json.Unmarshal([]byte(plain), u); err != nil {
		return nil, fmt.Errorf("recall sign-in: %w", err)
	}
	return u, nil
}

// Presence is somebody who came with a token.
type Presence struct {
	TokenHash string
	Session   *model.ResidentSession // nil before the first consent
	Agreed    bool
	Actor     model.Actor
}

// seenEvery is how often the use of a session is written down.
const seenEvery = time.Hour

// Identify finds who holds a token: nil where nobody does.
func (s *Service) Identify(ctx context.Context, token, request string) (*Presence, error) {
	hash := store.TokenHash(token)
	v, err := s.store.ResidentSession(ctx, hash)
	if err != nil {
		return nil, err
	}
	if v == nil {
		u, err := s.recall(ctx, hash)
		if err != nil || u == nil {
			return nil, err
		}
		return &Presence{TokenHash: hash, Actor: model.Actor{Request: request}}, nil
	}
	now := s.clock.Now()
	if !v.EndedAt.IsZero() || !now.Before(v.ExpiresAt) {
		return nil, nil
	}
	if err := s.see(ctx, v, now); err != nil {
		return nil, err
	}
	p := &Presence{TokenHash: hash, Session: v,
		Actor: model.Actor{Kind: model.AResident, ID: v.ResidentID, Session: v.ID, Request: request}}
	p.Agreed, err = s.agreed(ctx, v.ResidentID)
	return p, err
}

func (s *Service) agreed(ctx context.Context, residentID string) (bool, error) {
	version, err := s.privacyVersion(ctx)
	if err != nil {
		return false, err
	}
	consent, err := s.store.Consent(ctx, residentID)
	return consent.Holds(version), err
}

// see lets the thirty days begin anew.
func (s *Service) see(ctx context.Context, v *model.ResidentSession, now time.Time) error {
	if now.Sub(v.SeenAt) < seenEvery {
		return nil
	}
	v.SeenAt, v.ExpiresAt = now, now.Add(model.ResidentSessionLasts)
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.SeeResident(ctx, v) })
}

// ErasedBy finds the resident whose erasure a token asked for: a repeated
// request gets the same answer again, and nothing else.
func (s *Service) ErasedBy(ctx context.Context, token string) (residentID string, err error) {
	v, err := s.store.ResidentSession(ctx, store.TokenHash(token))
	if err != nil || v == nil || v.EndedWhy != model.EndedErased {
		return "", err
	}
	return v.ResidentID, nil
}

// SignOut ends the session of whoever asks.
func (s *Service) SignOut(ctx context.Context, p *Presence) error {
	if p.Session == nil {
		return s.cache.Delete(ctx, unagreedKey(p.TokenHash))
	}
	return s.EndDevice(ctx, p, p.Session.ID)
}

// Devices lists where the resident is signed in.
func (s *Service) Devices(ctx context.Context, p *Presence) ([]model.ResidentSession, error) {
	return s.store.ResidentSessions(ctx, p.Actor.ID, s.clock.Now())
}

// EndDevice signs one of the resident's devices out.
func (s *Service) EndDevice(ctx context.Context, p *Presence, id string) error {
	why := model.EndedElsewhere
	if id == p.Session.ID {
		why = model.EndedSignOut
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		ended, err := tx.EndResidentSession(ctx, p.Actor.ID, id, why)
		switch {
		case err != nil:
			return err
		case !ended:
			return model.ErrDeviceNotFound
		}
		return tx.Audit(ctx, p.Actor, entry("resident.signed_out", p.Actor.ID, nil))
	})
}

// Forget forgets sessions that are long over, and consents of erased accounts
// that need not be proved any more.
func (s *Service) Forget(ctx context.Context) error {
	now := s.clock.Now()
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetResidentSessions(ctx, now.Add(-7*24*time.Hour)); err != nil {
			return err
		}
		return tx.ForgetConsents(ctx, now.AddDate(-consentsKept, 0, 0))
	})
}
