package account

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// Guardians' relations to the child.
var relations = map[string]bool{"father": true, "mother": true, "other": true}

// Agreement is what somebody agrees to, and for whom.
type Agreement struct {
	Version  int64
	Minor    bool // below fourteen: the guardian agrees
	Guardian model.Guardian
}

// Agree keeps the consent to the present privacy text. With the first one the
// resident comes to be. To agree again to the same text changes nothing.
func (s *Service) Agree(ctx context.Context, p *Presence, a Agreement) error {
	version, err := s.privacyVersion(ctx)
	switch {
	case err != nil:
		return err
	case a.Version != version:
		return model.ErrConsentOld.With("version", map[string]any{"version": version})
	case p.Agreed:
		return nil
	}
	if err := checkGuardian(&a); err != nil {
		return err
	}
	if p.Session != nil {
		return s.store.InTx(ctx, func(tx *store.Tx) error { return s.consent(ctx, tx, p.Actor, a) })
	}
	return s.begin(ctx, p, a)
}

func checkGuardian(a *Agreement) error {
	if !a.Minor {
		a.Guardian = model.Guardian{}
		return nil
	}
	a.Guardian.Name = strings.TrimSpace(a.Guardian.Name)
	phone, ok := mobile(a.Guardian.Phone)
	if !isName(a.Guardian.Name) || !ok || !relations[a.Guardian.Relation] {
		return model.ErrGuardianNeeded
	}
	a.Guardian.Phone = phone
	return nil
}

// begin makes the resident out of what the cache remembers.
func (s *Service) begin(ctx context.Context, p *Presence, a Agreement) error {
	u, err := s.recall(ctx, p.TokenHash)
	if err != nil {
		return err
	}
	if u == nil {
		return model.ErrSignInNeeded
	}
	r := &model.Resident{OpenID: u.OpenID, UnionID: u.UnionID}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveResident(ctx, r); err != nil {
			return err
		}
		p.Actor.Kind, p.Actor.ID = model.AResident, r.ID
		if err := s.consent(ctx, tx, p.Actor, a); err != nil {
			return err
		}
		v, err := s.enter(ctx, tx, r.ID, p.TokenHash, u.Device)
		if err != nil {
			return err
		}
		p.Session, p.Actor.Session = v, v.ID
		return nil
	})
	if err == nil {
		_ = s.cache.Delete(ctx, unagreedKey(p.TokenHash)) // it forgets by itself soon
	}
	return err
}

type agreedTo struct {
	Version int64 `json:"version"`
	Minor   bool  `json:"minor"`
}

func (s *Service) consent(ctx context.Context, tx *store.Tx, by model.Actor, a Agreement) error {
	c := &model.Consent{ResidentID: by.ID, PrivacyVersion: a.Version, Minor: a.Minor, Guardian: a.Guardian}
	if err := tx.AddConsent(ctx, c); err != nil {
		return err
	}
	return tx.Audit(ctx, by, entry("resident.agreed", by.ID, agreedTo{a.Version, a.Minor}))
}

// Withdraw withdraws the consent. What was given by it, name and phone, goes at
// once (PIPL art. 15 and 47); the account stays, and can do nothing personal.
func (s *Service) Withdraw(ctx context.Context, p *Presence) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		withdrawn, err := tx.WithdrawConsent(ctx, p.Actor.ID)
		if err != nil || !withdrawn {
			return err
		}
		r, err := tx.Resident(ctx, p.Actor.ID)
		switch {
		case err != nil:
			return err
		case r == nil:
			return model.ErrSignInNeeded
		}
		r.Name, r.Phone = "", ""
		if err := tx.SaveResident(ctx, r); err != nil {
			return err
		}
		return tx.Audit(ctx, p.Actor, entry("resident.withdrew", p.Actor.ID, nil))
	})
}

// Me is what the house holds of the resident who asks.
type Me struct {
	Resident *model.Resident
	Consent  *model.Consent
	Privacy  *model.PrivacyText
	Agreed   bool
}

// Me reads what the house holds of the resident who asks.
func (s *Service) Me(ctx context.Context, p *Presence) (me *Me, err error) {
	me = &Me{Agreed: p.Agreed}
	if me.Privacy, err = s.store.PrivacyText(ctx, 0); err == nil && me.Privacy == nil {
		err = model.ErrPrivacyMissing
	}
	if err != nil || p.Session == nil {
		return me, err
	}
	if me.Resident, err = s.store.Resident(ctx, p.Actor.ID); err != nil {
		return nil, err
	}
	if me.Resident == nil {
		return nil, model.ErrSignInNeeded
	}
	me.Consent, err = s.store.Consent(ctx, p.Actor.ID)
	return me, err
}

// Rename keeps the name that a resident goes by. version is the one that was
// read.
func (s *Service) Rename(ctx context.Context, p *Presence, version int64, name string) (*model.Resident, error) {
	name = strings.TrimSpace(name)
	if name != "" && !isName(name) {
		return nil, model.ErrNameMalformed
	}
	return s.change(ctx, p, "resident.renamed", func(r *model.Resident) {
		r.Name, r.Version = name, version
	})
}

// BindPhone keeps the phone number that WeChat answers for a code of its
// button.
func (s *Service) BindPhone(ctx context.Context, p *Presence, code string) (*model.Resident, error) {
	r, err := s.store.Resident(ctx, p.Actor.ID)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, model.ErrSignInNeeded
	}
	phone, err := s.wechat.Phone(ctx, code, r.OpenID)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, p, "resident.phone_bound", func(r *model.Resident) { r.Phone = phone })
}

// UnbindPhone forgets the phone number.
func (s *Service) UnbindPhone(ctx context.Context, p *Presence) (*model.Resident, error) {
	return s.change(ctx, p, "resident.phone_unbound", func(r *model.Resident) { r.Phone = "" })
}

func (s *Service) change(ctx context.Context, p *Presence, act string, do func(*model.Resident)) (r *model.Resident, err error) {
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if r, err = tx.Resident(ctx, p.Actor.ID); err != nil {
			return err
		}
		if r == nil {
			return model.ErrSignInNeeded
		}
		do(r)
		if err := tx.SaveResident(ctx, r); err != nil {
			return err
		}
		return tx.Audit(ctx, p.Actor, entry(act, r.ID, nil))
	})
	return r, err
}

var mobileShape = regexp.MustCompile(`^1[3-9]\d{9}$`)

// mobile puts a mainland mobile number into its plain form.
func mobile(text string) (string, bool) {
	text = strings.NewReplacer(" ", "", "-", "", "+86", "").Replace(text)
	return text, mobileShape.MatchString(text)
}

// isName takes people's names as they are, and no other text.
func isName(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 1 && n <= 30 && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune("<>{}\\", r) })
}
