package staff

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"yuandu/model"
	"yuandu/store"
)

// Time-based codes (RFC 6238): six digits, half a minute each; one step early
// or late is let in.
const (
	codeStep     = 30 * time.Second
	codeSlack    = 1
	factorBytes  = 20 // of a secret (RFC 4226 section 4)
	clockOffMost = 20 // steps within which a wrong clock is recognised
)

// Enrolment is what an authenticator is fed with.
type Enrolment struct {
	Secret string // base32, to be typed
	URI    string // otpauth://
	QR     []byte // PNG of the URI
}

// Enrol begins the enrolment of a second factor. The secret counts once a code
// made with it has been seen; until then it waits, sealed, with the session.
func (s *Service) Enrol(ctx context.Context, p *Presence, site string) (*Enrolment, error) {
	if p.Session.Stage != model.StageEnrol {
		return nil, model.ErrFactorSet
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: p.Staff.Login, SecretSize: factorBytes})
	if err != nil {
		return nil, fmt.Errorf("make enrolment: %w", err)
	}
	secret := key.Secret()
	if err := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.OfferFactor(ctx, p.Session.ID, secret) }); err != nil {
		return nil, err
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return nil, fmt.Errorf("draw enrolment: %w", err)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, picture); err != nil {
		return nil, fmt.Errorf("draw enrolment: %w", err)
	}
	return &Enrolment{Secret: secret, URI: key.URL(), QR: drawn.Bytes()}, nil
}

// DataURI is the picture as a page can show it without asking again.
func (e *Enrolment) DataURI() string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(e.QR)
}

// ConfirmFactor ends the enrolment with a code and gives the recovery codes,
// which are shown once.
func (s *Service) ConfirmFactor(ctx context.Context, p *Presence, code string) (*Entry, []string, error) {
	secret, err := s.store.OfferedFactor(ctx, p.Session.ID)
	switch {
	case err != nil:
		return nil, nil, err
	case secret == "" || p.Session.Stage != model.StageEnrol:
		return nil, nil, model.ErrEnrolExpired
	}
	step, wrong := s.stepOf(secret, code)
	if wrong != nil {
		return nil, nil, wrong
	}
	var e *Entry
	codes := recoveryCodes()
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetFactor(ctx, p.Staff.ID, secret); err != nil {
			return err
		}
		if _, err := tx.UseStep(ctx, p.Staff.ID, step); err != nil {
			return err
		}
		if err := tx.SetRecoveryCodes(ctx, p.Staff.ID, codes); err != nil {
			return err
		}
		if err := tx.Audit(ctx, p.Actor, entry("staff.factor_enrolled", p.Staff.ID, nil)); err != nil {
			return err
		}
		e, err = s.advance(ctx, tx, p)
		return err
	})
	return e, codes, err
}

// Code is the second step of a sign-in. A code works once.
func (s *Service) Code(ctx context.Context, from Caller, p *Presence, code string) (*Entry, error) {
	if p.Session.Stage != model.StageFactor {
		return nil, model.ErrStageNeeded
	}
	if err := s.mayTry(ctx, p.Staff.Login); err != nil {
		return nil, err
	}
	step, err := s.checkCode(ctx, p.Staff.ID, code)
	if wrong, ours := err.(*model.Error); ours {
		return nil, s.fail(ctx, from, p.Staff.Login, p.Staff, wrong)
	}
	if err != nil {
		return nil, err
	}
	var e *Entry
	fresh := false
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if fresh, err = tx.UseStep(ctx, p.Staff.ID, step); err != nil || !fresh {
			return err
		}
		e, err = s.advance(ctx, tx, p)
		return err
	})
	if err == nil && !fresh {
		return nil, s.fail(ctx, from, p.Staff.Login, p.Staff, model.ErrCodeUsed)
	}
	return e, err
}

func (s *Service) checkCode(ctx context.Context, staffID, code string) (int64, error) {
	credentials, err := s.store.Credentials(ctx, staffID)
	if err != nil {
		return 0, err
	}
	step, wrong := s.stepOf(credentials.Factor, code)
	if wrong != nil {
		return 0, wrong
	}
	return step, nil
}

// stepOf finds the step that a code belongs to. One of a clock that is minutes
// off is told apart: the person can mend that.
func (s *Service) stepOf(secret, code string) (int64, *model.Error) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	now := s.clock.Now().Unix() / int64(codeStep/time.Second)
	for off := int64(0); off <= clockOffMost; off++ {
		for _, step := range []int64{now - off, now + off} {
			if !codeIs(secret, step, code) {
				continue
			}
			if off <= codeSlack {
				return step, nil
			}
			clock := model.ErrClockFast
			if step < now {
				clock = model.ErrClockSlow
			}
			return 0, clock.With("code", map[string]any{"minutes": (off + 1) / 2})
		}
	}
	return 0, model.ErrWrongCode
}

func codeIs(secret string, step int64, code string) bool {
	want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	return err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
}

// recoveryCount is how many recovery codes somebody is given.
const recoveryCount = 10

// recoveryCodes are made of 50 random bits each: only somebody who has the
// password gets to try them, and slowly.
func recoveryCodes() []string {
	codes := make([]string, recoveryCount)
	for i := range codes {
		text := strings.ToLower(rand.Text())
		codes[i] = text[:5] + "-" + text[5:10]
	}
	return codes
}

// Recover is the second step of a sign-in without the authenticator: by one of
// the recovery codes. It says how many are left.
func (s *Service) Recover(ctx context.Context, from Caller, p *Presence, code string) (*Entry, int, error) {
	if p.Session.Stage != model.StageFactor {
		return nil, 0, model.ErrStageNeeded
	}
	if err := s.mayTry(ctx, p.Staff.Login); err != nil {
		return nil, 0, err
	}
	var e *Entry
	left, ok := 0, false
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if left, ok, err = tx.UseRecoveryCode(ctx, p.Staff.ID, recoveryText(code)); err != nil || !ok {
			return err
		}
		if err := tx.Audit(ctx, p.Actor, entry("staff.recovery_used", p.Staff.ID, leftOver{left})); err != nil {
			return err
		}
		e, err = s.advance(ctx, tx, p)
		return err
	})
	if err == nil && !ok {
		return nil, 0, s.fail(ctx, from, p.Staff.Login, p.Staff, model.ErrWrongCode)
	}
	return e, left, err
}

type leftOver struct {
	Left int `json:"left"`
}

// recoveryText is a recovery code however it was typed.
func recoveryText(code string) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, strings.ToLower(code))
	if len(text) != 10 {
		return text
	}
	return text[:5] + "-" + text[5:]
}

// RenewRecoveryCodes replaces the recovery codes, for a code of the
// authenticator.
func (s *Service) RenewRecoveryCodes(ctx context.Context, p *Presence, code string) ([]string, error) {
	if err := s.mayTry(ctx, p.Staff.Login); err != nil {
		return nil, err
	}
	from := Caller{Address: p.Actor.Address, Request: p.Actor.Request}
	step, err := s.checkCode(ctx, p.Staff.ID, code)
	if wrong, ours := err.(*model.Error); ours {
		return nil, s.fail(ctx, from, p.Staff.Login, p.Staff, wrong)
	}
	if err != nil {
		return nil, err
	}
	codes := recoveryCodes()
	return codes, s.store.InTx(ctx, func(tx *store.Tx) error {
		fresh, err := tx.UseStep(ctx, p.Staff.ID, step)
		switch {
		case err != nil:
			return err
		case !fresh:
			return model.ErrCodeUsed
		}
		if err := tx.SetRecoveryCodes(ctx, p.Staff.ID, codes); err != nil {
			return err
		}
		return tx.Audit(ctx, p.Actor, entry("staff.recovery_renewed", p.Staff.ID, nil))
	})
}
